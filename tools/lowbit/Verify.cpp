//===- Verify.cpp - lowbit verify -*- C++ -*-===//
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
struct VerifyCommand : Command {
  VerifyCommand()
      : Command("verify",
                "Compare machine code with the evaluator, layer by layer"),
        network(cl::Positional, cl::Required, cl::sub(subCommand),
                cl::desc("NET.mlir")),
        quantization(subCommand), code(subCommand), data(subCommand),
        object("object", cl::sub(subCommand), cl::value_desc("OUT.so"),
               cl::desc("Compare this shared object instead of compiling; "
                        "layers can be compared if it was compiled with "
                        "--checksums")) {}

  llvm::LogicalResult run(driver::Session &session) override {
    driver::VerifyRequest request;
    request.network = network;
    request.quantization = quantization.get();
    request.data = data.data;
    request.limit = data.getLimit();
    request.object = object;
    request.code = code.get();
    request.jobs = quantization.jobs;
    return driver::verify(session, std::move(request));
  }

  Text network;
  QuantizationFlags quantization;
  CodeFlags code;
  DataFlags data;
  Text object;
};
} // namespace

std::unique_ptr<Command> tool::makeVerifyCommand() {
  return std::make_unique<VerifyCommand>();
}
