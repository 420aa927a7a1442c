//===- Run.cpp - lowbit run -*- C++ -*-===//
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
struct RunCommand : Command {
  RunCommand()
      : Command("run", "Print what a network answers to data"),
        network(cl::Positional, cl::Required, cl::sub(subCommand),
                cl::desc("NET.mlir|OUT.so")),
        quantization(subCommand), threads(quantization), data(subCommand),
        output("output", cl::sub(subCommand), cl::value_desc("FILE.npy"),
               cl::desc("Also write all outputs as one array of their type; "
                        "the first dimension is the sample")) {}

  llvm::LogicalResult run(driver::Session &session) override {
    driver::PrintRequest request;
    request.network = network;
    request.quantization = quantization.get();
    request.data = data.data;
    request.limit = data.getLimit();
    request.npy = output;
    return driver::run(session, std::move(request));
  }

  Text network;
  QuantizationFlags quantization;
  JobsAlias threads;
  DataFlags data;
  Text output;
};
} // namespace

std::unique_ptr<Command> tool::makeRunCommand() {
  return std::make_unique<RunCommand>();
}
