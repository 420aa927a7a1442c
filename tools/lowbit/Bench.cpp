//===- Bench.cpp - lowbit bench -*- C++ -*-===//
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
struct BenchCommand : Command {
  BenchCommand()
      : Command("bench", "Time a network and its layers on this machine"),
        network(cl::Positional, cl::Required, cl::sub(subCommand),
                cl::desc("NET.mlir|OUT.so")),
        quantization(subCommand), code(subCommand),
        seconds("seconds", cl::sub(subCommand), cl::value_desc("S"),
                cl::init(1.0),
                cl::desc("Measure the network so long, and its layers as long "
                         "again (default: 1)")),
        rounds("rounds", cl::sub(subCommand), cl::value_desc("N"),
               cl::desc("Measure N rounds instead, each of 0.1 ms or one run "
                        "at least")),
        cores("core", cl::sub(subCommand), cl::value_desc("N[,N...]"),
              cl::CommaSeparated,
              cl::desc("Stay on this core, or on these, one for each thread "
                       "(default: the one it starts on, and the next ones)")),
        samplesOnly("samples-only", cl::sub(subCommand),
                    cl::desc("Print the nanoseconds of one run and nothing "
                             "else, a line for each round")),
        json("json", cl::sub(subCommand), cl::value_desc("FILE"),
             cl::desc("Also write the times as JSON; share is a fraction")) {}

  llvm::LogicalResult run(driver::Session &session) override {
    driver::BenchRequest request;
    request.network = network;
    request.quantization = quantization.get();
    request.code = code.get();
    request.seconds = seconds;
    request.rounds = rounds;
    request.cores.assign(cores.begin(), cores.end());
    request.samplesOnly = samplesOnly;
    request.json = json;
    return driver::bench(session, std::move(request));
  }

  Text network;
  QuantizationFlags quantization;
  CodeFlags code;
  cl::opt<double> seconds;
  Number rounds;
  cl::list<unsigned> cores;
  Flag samplesOnly;
  Text json;
};
} // namespace

std::unique_ptr<Command> tool::makeBenchCommand() {
  return std::make_unique<BenchCommand>();
}
