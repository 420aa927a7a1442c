//===- Eval.cpp - lowbit eval -*- C++ -*-===//
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
enum class EngineKind { Native, Evaluator };

struct EvalCommand : Command {
  EvalCommand()
      : Command("eval", "Measure the accuracy of a network on labelled data"),
        network(cl::Positional, cl::Required, cl::sub(subCommand),
                cl::desc("NET.mlir|OUT.so")),
        quantization(subCommand), threads(quantization), data(subCommand),
        engine("engine", cl::sub(subCommand), cl::init(EngineKind::Native),
               cl::desc("What runs the network"),
               cl::values(clEnumValN(EngineKind::Native, "native",
                                     "machine code (default); one sample "
                                     "after the other unless --jobs says "
                                     "more"),
                          clEnumValN(EngineKind::Evaluator, "evaluator",
                                     "the reference evaluator, slowly"))),
        json("json", cl::sub(subCommand), cl::value_desc("FILE"),
             cl::desc("Also write the result as JSON; top1 is a fraction")) {}

  llvm::LogicalResult run(driver::Session &session) override {
    driver::EvalRequest request;
    request.network = network;
    request.quantization = quantization.get();
    request.data = data.data;
    request.limit = data.getLimit();
    request.useEvaluator = engine == EngineKind::Evaluator;
    bool isGiven = quantization.jobs.getNumOccurrences() != 0;
    if (isGiven || request.useEvaluator)
      request.jobs = quantization.jobs;
    request.json = json;
    return driver::eval(session, std::move(request));
  }

  Text network;
  QuantizationFlags quantization;
  JobsAlias threads;
  DataFlags data;
  cl::opt<EngineKind> engine;
  Text json;
};
} // namespace

std::unique_ptr<Command> tool::makeEvalCommand() {
  return std::make_unique<EvalCommand>();
}
