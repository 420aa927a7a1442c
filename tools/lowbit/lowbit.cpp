//===- lowbit.cpp - The user's driver -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "lowbit/InitAll.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/InitLLVM.h"

using namespace lowbit;
namespace cl = llvm::cl;

static constexpr llvm::StringLiteral kOverview =
    "Compiles convolutional networks in TOSA to small integer object files.\n\n"
    "  lowbit compile net.mlir --recipe ternary.yaml --calibration "
    "idx:images,labels -o net\n"
    "  lowbit COMMAND --help   the options of one command\n";

static std::vector<std::unique_ptr<tool::Command>> makeCommands() {
  std::vector<std::unique_ptr<tool::Command>> commands;
  commands.push_back(tool::makeCompileCommand());
  commands.push_back(tool::makeReportCommand());
  commands.push_back(tool::makeEvalCommand());
  commands.push_back(tool::makeRunCommand());
  commands.push_back(tool::makeVerifyCommand());
  commands.push_back(tool::makeBenchCommand());
  commands.push_back(tool::makeCostsCommand());
  return commands;
}

static int runCommand(tool::Command &command) {
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  driver::Console console(llvm::outs(), llvm::errs(), command.quiet);
  driver::Session session(registry, console);
  return failed(command.run(session)) ? 1 : 0;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  auto commands = makeCommands();
  // LLVM's own libraries register hundreds of options.
  cl::OptionCategory none("");
  cl::HideUnrelatedOptions(none);
  cl::SetVersionPrinter([](llvm::raw_ostream &os) {
    os << "lowbit " LOWBIT_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
  });
  cl::ParseCommandLineOptions(argc, argv, kOverview);
  for (const std::unique_ptr<tool::Command> &command : commands)
    if (command->subCommand)
      return runCommand(*command);
  cl::PrintHelpMessage();
  return 1;
}
