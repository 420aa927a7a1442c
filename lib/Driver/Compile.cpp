//===- Compile.cpp - lowbit compile and report -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Commands.h"
#include "lowbit/Driver/Report.h"
#include "lowbit/Target/OpenMP.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <algorithm>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;
namespace path = llvm::sys::path;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static bool isIdentifier(StringRef name) {
  return !name.empty() && !llvm::isDigit(name.front()) &&
         llvm::all_of(name,
                      [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

/// `stem` as a C identifier.
static std::string makeIdentifier(StringRef stem) {
  std::string name = stem.str();
  for (char &c : name)
    if (!llvm::isAlnum(c))
      c = '_';
  if (name.empty() || llvm::isDigit(name.front()))
    name.insert(0, "net_");
  return name;
}

/// Settles the names of files and symbols, before any long work.
static LogicalResult chooseNames(CompileRequest &request, Console &console) {
  if (StringRef(request.output).ends_with(".o"))
    request.output.resize(request.output.size() - 2);
  StringRef output = request.output;
  StringRef stem = path::filename(output);
  if (stem.empty() || stem == "." || stem == ".." ||
      path::is_separator(output.back()))
    return console.error("'" + output + "' names no file; pass -o FOLDER/NAME");
  StringRef folder = path::parent_path(output);
  if (!folder.empty() && !llvm::sys::fs::is_directory(folder))
    return console.error("cannot write to '" + folder +
                         "': there is no such folder");
  if (request.name.empty())
    request.name = makeIdentifier(stem);
  if (!isIdentifier(request.name))
    return console.error("'" + request.name +
                         "' cannot be part of C names; pass --name with "
                         "letters, digits and underscores");
  return success();
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

/// Takes a network to integers. The module is null after an error was reported.
static std::pair<OwningOpRef<ModuleOp>, std::vector<Fallback>>
quantizeNetwork(Session &session, StringRef network, Quantization quantization,
                bool strict) {
  std::pair<OwningOpRef<ModuleOp>, std::vector<Fallback>> none;
  auto completed = complete(std::move(quantization), session.getConsole());
  if (failed(completed))
    return none;
  OwningOpRef<ModuleOp> module = session.parse(network);
  if (!module)
    return none;
  auto fallbacks = quantize(session, *module, *completed);
  if (failed(fallbacks) || (strict && failed(refuse(*fallbacks))))
    return none;
  return {std::move(module), *std::move(fallbacks)};
}

/// Takes a network to planned layers and describes them. The module is null
/// after an error was reported.
static std::pair<OwningOpRef<ModuleOp>, NetworkReport>
planNetwork(Session &session, StringRef network, Quantization quantization,
            bool strict, const CodeOptions &code, bool checksums) {
  auto [module, fallbacks] =
      quantizeNetwork(session, network, std::move(quantization), strict);
  if (!module || failed(plan(session, *module, code, checksums)))
    return {};
  NetworkReport report = makeReport(*module, fallbacks);
  return {std::move(module), std::move(report)};
}

LogicalResult driver::report(Session &session, ReportRequest request) {
  Console &console = session.getConsole();
  if (failed(checkThreads(request.code, console)))
    return failure();
  auto [module, report] =
      planNetwork(session, request.network, std::move(request.quantization),
                  request.strict, request.code, /*checksums=*/false);
  if (!module)
    return failure();
  auto workspace = makeLoops(session, *module);
  if (failed(workspace))
    return failure();
  report.workspace = *std::move(workspace);
  addThreads(report, *module);
  if (!request.json.empty()) {
    std::string text;
    llvm::raw_string_ostream(text) << llvm::formatv("{0:2}\n", report.toJson());
    if (llvm::Error error = target::writeFile(request.json, text))
      return console.error(std::move(error));
  }
  report.print(console.results());
  return success();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

namespace {
/// What a compilation makes.
struct Compiled {
  Binary binary;
  /// Of each version; one where there are none.
  std::vector<NetworkReport> reports;
};
} // namespace

/// What the header's opening comment says.
static std::string describe(const CompileRequest &request,
                            const Compiled &compiled) {
  const Binary &binary = compiled.binary;
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "Compiled by lowbit from '" << path::filename(request.network) << "'";
  if (request.quantization.isWanted())
    os << " with the recipe '" << path::filename(request.quantization.recipe)
       << "'";
  if (!request.code.triple.empty())
    os << " for " << request.code.triple;
  os << ".\n";
  for (auto [index, report] : llvm::enumerate(compiled.reports)) {
    if (!binary.versionBytes.empty())
      os << "Version " << binary.interface.versions[index] << ", "
         << binary.versionBytes[index] << " bytes:\n";
    for (const LayerReport &layer : report.layers)
      os << layer.name << ": " << layer.kernel << ", weights " << layer.weights
         << ", " << llvm::join(layer.inputs, ", ") << " -> "
         << llvm::join(layer.outputs, ", ") << '\n';
  }
  // A file's name must not end the comment.
  for (size_t at; (at = text.find("*/")) != std::string::npos;)
    text.insert(at + 1, " ");
  return text;
}

/// Writes all files, or none.
static FailureOr<std::vector<std::string>>
writeOutputs(const CompileRequest &request, const Binary &binary,
             StringRef summary, Console &console) {
  std::vector<std::string> written;
  llvm::scope_exit undo([&] {
    for (const std::string &file : written)
      llvm::sys::fs::remove(file);
  });
  auto write = [&](StringRef suffix, StringRef content) -> LogicalResult {
    std::string file = (request.output + suffix).str();
    if (llvm::Error error = target::writeFile(file, content))
      return console.error(std::move(error));
    written.push_back(file);
    return success();
  };
  StringRef object(binary.object.data(), binary.object.size());
  if (failed(write(".o", object)) ||
      failed(write(".h", target::makeHeader(binary.interface, summary))))
    return failure();
  if (request.shared) {
    std::string file = request.output + ".so";
    std::vector<std::string> libraries;
    if (binary.interface.threads > 1) {
      auto runtime = target::loadOpenMP();
      if (!runtime)
        return console.error(runtime.takeError());
      libraries.push_back(*std::move(runtime));
    }
    if (llvm::Error error =
            target::linkShared(written.front(), file, libraries))
      return console.error(std::move(error));
    written.push_back(file);
  }
  undo.release();
  return written;
}

/// One line of what an object for several CPUs holds.
static std::string describeVersions(const Binary &binary) {
  std::string text = "versions: ";
  for (auto [name, bytes] :
       llvm::zip_equal(binary.interface.versions, binary.versionBytes))
    text += name + " of " + std::to_string(bytes) + " bytes, ";
  return text + "and " + std::to_string(binary.sharedBytes) +
         " bytes that several of them read";
}

/// A shared object for several threads names the runtime of this machine.
static LogicalResult checkRuntime(const CompileRequest &request,
                                  Console &console) {
  if (!request.shared || request.code.threads == 1)
    return success();
  if (!isForThisSystem(request.code))
    return console.error("--shared with --threads links the OpenMP runtime of "
                         "this machine, which is of no use to '" +
                         request.code.triple +
                         "'; leave out --shared and link "
                         "the object there");
  if (auto runtime = target::loadOpenMP(); !runtime)
    return console.error(runtime.takeError());
  return success();
}

static void summarize(const Compiled &compiled, ArrayRef<std::string> files,
                      unsigned threads, double seconds, Console &console) {
  const Binary &binary = compiled.binary;
  const NetworkReport &report = compiled.reports.front();
  console.summary(Twine(report.layers.size()) + " layers, object of " +
                  Twine(binary.object.size()) + " bytes, workspace of " +
                  Twine(binary.workspace.bytes) + " bytes (" +
                  llvm::formatv("{0:F1}", binary.workspace.excess()).str() +
                  " % above the lower bound), " +
                  llvm::formatv("{0:F1}", seconds).str() + " seconds");
  if (!binary.versionBytes.empty())
    console.summary(describeVersions(binary));
  console.summary("wrote " + llvm::join(files, ", "));
  if (threads > 1 && binary.interface.threads == 1)
    console.note("no layer has enough work for " + Twine(threads) +
                 " threads: the code uses one");
  if (binary.interface.threads > 1)
    console.note("one run uses " + Twine(binary.interface.threads) +
                 " threads: link the object with -fopenmp (clang) or -lomp");
  if (size_t count = report.numFallbacks())
    console.note(Twine(count) + (count == 1 ? " layer falls" : " layers fall") +
                 " back to upstream's lowering, see 'lowbit report'");
}

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

static FailureOr<Compiled> compileOne(Session &session,
                                      const CompileRequest &request) {
  auto [module, report] =
      planNetwork(session, request.network, request.quantization,
                  request.strict, request.code, request.checksums);
  if (!module)
    return failure();
  auto binary = generate(session, *module, request.name, request.code);
  if (failed(binary))
    return failure();
  return Compiled{*std::move(binary), {std::move(report)}};
}

/// Plans the network, quantized once, for each version.
static FailureOr<Compiled> compileVersions(Session &session,
                                           const CompileRequest &request,
                                           ArrayRef<target::Version> versions) {
  auto [module, fallbacks] = quantizeNetwork(
      session, request.network, request.quantization, request.strict);
  if (!module)
    return failure();
  Compiled compiled;
  std::vector<OwningOpRef<ModuleOp>> owned;
  SmallVector<ModuleOp> modules;
  for (const target::Version &version : versions) {
    CodeOptions code = request.code;
    static_cast<target::Machine &>(code) = version.machine;
    modules.push_back(*owned.emplace_back(module->clone()));
    if (failed(plan(session, modules.back(), code, request.checksums)))
      return failure();
    compiled.reports.push_back(makeReport(modules.back(), fallbacks));
  }
  auto binary = generateVersions(session, modules, request.name, versions);
  if (failed(binary))
    return failure();
  compiled.binary = *std::move(binary);
  return compiled;
}

/// The versions that a request asks for: none where it is for one CPU.
static FailureOr<std::vector<target::Version>>
chooseVersions(const CompileRequest &request, Console &console) {
  if (request.multiversion.empty())
    return std::vector<target::Version>();
  if (!request.code.cpu.empty() || !request.code.features.empty())
    return console.error("--multiversion lists the CPUs and their features; "
                         "leave out --cpu and --features, and write "
                         "CPU+FEATURE in the list");
  if (request.code.threads > 1)
    return console.error("--multiversion with --threads is not supported: "
                         "objects for several CPUs use one thread");
  auto versions =
      target::parseVersions(request.multiversion, request.code.triple);
  if (!versions)
    return console.error(versions.takeError());
  return *std::move(versions);
}

LogicalResult driver::compile(Session &session, CompileRequest request) {
  Console &console = session.getConsole();
  auto start = std::chrono::steady_clock::now();
  if (failed(chooseNames(request, console)))
    return failure();
  // An unknown machine is found out before the long work.
  if (auto bits = target::getPointerBits(request.code); !bits)
    return console.error(bits.takeError());
  if (failed(checkThreads(request.code, console)) ||
      failed(checkRuntime(request, console)))
    return failure();
  auto versions = chooseVersions(request, console);
  if (failed(versions))
    return failure();
  auto compiled = versions->empty()
                      ? compileOne(session, request)
                      : compileVersions(session, request, *versions);
  if (failed(compiled))
    return failure();
  auto files = writeOutputs(request, compiled->binary,
                            describe(request, *compiled), console);
  if (failed(files))
    return failure();
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  summarize(*compiled, *files, request.code.threads, time.count(), console);
  return success();
}
