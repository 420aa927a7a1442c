//===- Report.cpp - lowbit report -*- C++ -*-===//
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
struct ReportCommand : Command {
  ReportCommand()
      : Command("report", "Say how every layer is computed, and why so"),
        network(cl::Positional, cl::Required, cl::sub(subCommand),
                cl::desc("NET.mlir")),
        quantization(subCommand), code(subCommand),
        strict("strict", cl::sub(subCommand),
               cl::desc("Fail if a layer falls back to upstream's lowering")),
        json("json", cl::sub(subCommand), cl::value_desc("FILE"),
             cl::desc("Also write the report as JSON")) {}

  llvm::LogicalResult run(driver::Session &session) override {
    return driver::report(
        session, {network, quantization.get(), code.get(), strict, json});
  }

  Text network;
  QuantizationFlags quantization;
  CodeFlags code;
  Flag strict;
  Text json;
};
} // namespace

std::unique_ptr<Command> tool::makeReportCommand() {
  return std::make_unique<ReportCommand>();
}
