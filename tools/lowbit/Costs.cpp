//===- Costs.cpp - lowbit costs -*- C++ -*-===//
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
struct CostsCommand : Command {
  CostsCommand()
      : Command("costs", "Measure what the steps of kernels cost on this "
                         "machine, for the option --costs of other commands"),
        cpu("cpu", cl::sub(subCommand), cl::value_desc("CPU"),
            cl::desc("Use what this processor has in common with CPU "
                     "(default: all it has)")),
        core("core", cl::sub(subCommand), cl::value_desc("N"),
             cl::desc("Stay on this core (default: the one it starts on)")) {}

  llvm::LogicalResult run(driver::Session &session) override {
    driver::CostsRequest request;
    request.machine.cpu = cpu;
    if (core.getNumOccurrences() != 0)
      request.core = core;
    return driver::measureCosts(session, request);
  }

  Text cpu;
  Number core;
};
} // namespace

std::unique_ptr<Command> tool::makeCostsCommand() {
  return std::make_unique<CostsCommand>();
}
