//===- Compile.cpp - lowbit compile -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"

using namespace lowbit;
using namespace lowbit::tool;
namespace cl = llvm::cl;

namespace {
struct CompileCommand : Command {
  CompileCommand()
      : Command("compile", "Make an object file and a C header of a network"),
        network(cl::Positional, cl::Required, cl::sub(subCommand),
                cl::desc("NET.mlir")),
        quantization(subCommand), code(subCommand),
        output("o", cl::Required, cl::sub(subCommand), cl::value_desc("OUT"),
               cl::desc("Write OUT.o and OUT.h")),
        name("name", cl::sub(subCommand), cl::value_desc("NAME"),
             cl::desc("Prefix of the C symbols (default: made of OUT)")),
        shared("shared", cl::sub(subCommand),
               cl::desc("Also write OUT.so, which 'lowbit run' can open")),
        checksums("checksums", cl::sub(subCommand),
                  cl::desc("Let the network return the checksum of every "
                           "layer, for 'lowbit verify --object'")),
        strict("strict", cl::sub(subCommand),
               cl::desc("Fail if a layer falls back to upstream's lowering")),
        multiversion("multiversion", cl::sub(subCommand), cl::ValueOptional,
                     cl::value_desc("CPU,CPU+FEATURE,..."),
                     cl::desc("Hold code for several CPUs, from the least to "
                              "the most, and choose when loaded (without a "
                              "value: for most machines of the target)")) {}

  llvm::LogicalResult run(driver::Session &session) override {
    std::string versions = multiversion;
    if (versions.empty() && multiversion.getNumOccurrences() != 0)
      versions = "default";
    return driver::compile(session,
                           {network, quantization.get(), code.get(), output,
                            name, shared, checksums, strict, versions});
  }

  Text network;
  QuantizationFlags quantization;
  CodeFlags code;
  Text output, name;
  Flag shared, checksums, strict;
  Text multiversion;
};
} // namespace

std::unique_ptr<Command> tool::makeCompileCommand() {
  return std::make_unique<CompileCommand>();
}
