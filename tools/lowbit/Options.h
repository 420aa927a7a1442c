//===- Options.h - Options that several subcommands share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TOOLS_LOWBIT_OPTIONS_H
#define LOWBIT_TOOLS_LOWBIT_OPTIONS_H

#include "lowbit/Driver/Commands.h"
#include "llvm/Support/CommandLine.h"

#include <memory>

namespace lowbit::tool {

using Text = llvm::cl::opt<std::string>;
using Flag = llvm::cl::opt<bool>;
using Number = llvm::cl::opt<unsigned>;

/// One subcommand: its options, and what to do with them.
class Command {
public:
  Command(llvm::StringRef name, llvm::StringRef description)
      : subCommand(name, description),
        quiet("quiet", llvm::cl::sub(subCommand),
              llvm::cl::desc("No summary, notes or progress")) {}
  virtual ~Command();

  virtual llvm::LogicalResult run(driver::Session &session) = 0;

  llvm::cl::SubCommand subCommand;
  Flag quiet;
};

std::unique_ptr<Command> makeCompileCommand();
std::unique_ptr<Command> makeReportCommand();
std::unique_ptr<Command> makeEvalCommand();
std::unique_ptr<Command> makeRunCommand();
std::unique_ptr<Command> makeVerifyCommand();
std::unique_ptr<Command> makeBenchCommand();
std::unique_ptr<Command> makeCostsCommand();

/// How a network is read and becomes a quantized one.
struct QuantizationFlags {
  explicit QuantizationFlags(llvm::cl::SubCommand &command);
  driver::Quantization get() const;

  Text recipe, calibration;
  Number samples;
  Text normalization;
  Number jobs;
  Number batch;
};

/// Commands that run samples, of networks whose code has one thread, know
/// `--jobs` by this name, too.
struct JobsAlias : llvm::cl::alias {
  explicit JobsAlias(QuantizationFlags &quantization)
      : alias("threads", llvm::cl::NotHidden,
              llvm::cl::desc("The same as --jobs"),
              llvm::cl::aliasopt(quantization.jobs)) {}
};

/// The machine to compile for, and the kernels that it runs.
struct CodeFlags {
  explicit CodeFlags(llvm::cl::SubCommand &command);
  driver::CodeOptions get() const;

  Text triple, cpu, features, kernel, arithmetic, costs;
  Number threads;
};

/// The data to run on.
struct DataFlags {
  explicit DataFlags(llvm::cl::SubCommand &command);
  std::optional<size_t> getLimit() const;

  Text data;
  Number limit;
};

} // namespace lowbit::tool

#endif // LOWBIT_TOOLS_LOWBIT_OPTIONS_H
