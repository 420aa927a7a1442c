//===- Session.h - A context and the network in it -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DRIVER_SESSION_H
#define LOWBIT_DRIVER_SESSION_H

#include "lowbit/Driver/Console.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/SourceMgr.h"

namespace lowbit::driver {

/// What one command works in: an MLIR context whose diagnostics reach the
/// user with the lines of the network's file that they are about. Modules and
/// engines must not outlive it.
class Session {
public:
  /// `registry` holds our dialects and those that the pipelines lower to.
  Session(const mlir::DialectRegistry &registry, Console &console);

  /// Reads a network from MLIR text or bytecode, once in a session. Null after
  /// an error was reported.
  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef path);

  /// Runs the passes that `build` adds. `what` is shown as progress.
  llvm::LogicalResult
  run(mlir::ModuleOp module, llvm::StringRef what,
      llvm::function_ref<void(mlir::OpPassManager &)> build);

  Console &getConsole() { return console; }
  mlir::MLIRContext *getContext() { return &context; }

private:
  Console &console;
  mlir::MLIRContext context;
  llvm::SourceMgr sources;
  /// Diagnostics with a place in a file; called after `plainHandler`.
  mlir::SourceMgrDiagnosticHandler sourceHandler;
  /// Diagnostics without one.
  mlir::ScopedDiagnosticHandler plainHandler;
};

} // namespace lowbit::driver

#endif // LOWBIT_DRIVER_SESSION_H
