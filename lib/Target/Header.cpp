//===- Header.cpp - The C header of a network -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Target/Interface.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace lowbit::target;

static llvm::StringRef getCType(const Array &array) {
  return llvm::StringSwitch<llvm::StringRef>(array.type)
      .Case("f32", "float")
      .Case("i8", "int8_t")
      .Case("i16", "int16_t")
      .Case("i64", "uint64_t") // checksums
      .Default("int32_t");
}

static std::string getShape(const Array &array) {
  return llvm::join(
      llvm::map_range(array.shape,
                      [](int64_t size) { return std::to_string(size); }),
      "x");
}

namespace {
/// One parameter of the run function, besides the workspace.
struct Parameter {
  std::string name;
  const Array *array;
  bool isInput;
};
} // namespace

/// in, out; or in0, in1, ... where there are several. Checksums come last.
static std::vector<Parameter> getParameters(const Interface &interface) {
  std::vector<Parameter> parameters;
  auto append = [&](llvm::StringRef stem, const std::vector<Array> &arrays,
                    size_t count, bool isInput) {
    for (size_t i = 0; i != count; ++i)
      parameters.push_back(
          {count == 1 ? stem.str() : (stem + llvm::Twine(i)).str(), &arrays[i],
           isInput});
  };
  bool hasChecksums = !interface.checksums.empty();
  append("in", interface.inputs, interface.inputs.size(), true);
  append("out", interface.outputs, interface.outputs.size() - hasChecksums,
         false);
  if (hasChecksums)
    parameters.push_back({"checksums", &interface.outputs.back(), false});
  return parameters;
}

static void printConstants(llvm::raw_ostream &os, const Interface &interface,
                           llvm::ArrayRef<Parameter> parameters,
                           llvm::StringRef upper) {
  for (const Parameter &parameter : parameters) {
    std::string name = llvm::StringRef(parameter.name).upper();
    os << "/* " << getShape(*parameter.array)
       << ", dense, row-major (images: height, width, channels) */\n"
       << "#define " << upper << "_" << name << "_ELEMENTS "
       << parameter.array->numElements() << "\n"
       << "#define " << upper << "_" << name << "_BYTES "
       << parameter.array->numBytes() << "\n";
  }
  os << "/* Bytes of scratch memory for one run, aligned to " << upper
     << "_WORKSPACE_ALIGNMENT */\n"
     << "#define " << upper << "_WORKSPACE_BYTES " << interface.workspaceBytes
     << "\n#define " << upper << "_WORKSPACE_ALIGNMENT 64\n";
}

static void printRun(llvm::raw_ostream &os, const Interface &interface,
                     llvm::ArrayRef<Parameter> parameters) {
  if (interface.threads > 1)
    os << "/* One run uses " << interface.threads
       << " threads through LLVM's OpenMP runtime: link with\n"
          "   -fopenmp (clang) or -lomp. With fewer, as by OMP_THREAD_LIMIT, "
          "it gives the\n   same results. */\n"
       << "#define " << llvm::StringRef(interface.name).upper() << "_THREADS "
       << interface.threads << "\n\n";
  os << "/* Runs the network once. Touches nothing but what it is given: no\n"
        "   allocation, no global state; calls may run in parallel, each with "
        "a\n"
        "   workspace of its own. Buffers must not overlap.\n"
        "   Returns 0; 1 when a pointer is null; 2 when the workspace is not\n"
        "   aligned. */\n"
     << "int " << interface.name << "_run(";
  for (const Parameter &parameter : parameters)
    os << (parameter.isInput ? "const " : "") << getCType(*parameter.array)
       << " *" << parameter.name << ", ";
  os << "void *workspace);\n\n"
     << "/* This interface as JSON text. */\n"
     << "extern const char " << interface.name << "_interface[];\n";
}

std::string lowbit::target::makeHeader(const Interface &interface,
                                       llvm::StringRef summary) {
  std::string text;
  llvm::raw_string_ostream os(text);
  std::string upper = llvm::StringRef(interface.name).upper();
  std::vector<Parameter> parameters = getParameters(interface);
  os << "/* " << interface.name << ": a network compiled by lowbit.\n";
  llvm::SmallVector<llvm::StringRef> lines;
  summary.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines)
    os << "   " << line << "\n";
  os << "*/\n#ifndef " << upper << "_H\n#define " << upper
     << "_H\n\n#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n"
        "#endif\n\n";
  printConstants(os, interface, parameters, upper);
  if (!interface.checksums.empty()) {
    os << "/* Checksums, in order: " << llvm::join(interface.checksums, ", ")
       << " */\n";
  }
  os << "\n";
  printRun(os, interface, parameters);
  os << "\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* " << upper << "_H */\n";
  return text;
}
