//===- CodeGeneration.h - From the llvm dialect to machine code -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TARGET_CODEGENERATION_H
#define LOWBIT_LIB_TARGET_CODEGENERATION_H

#include "lowbit/Target/Object.h"
#include "llvm/IR/DiagnosticHandler.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/Support/raw_ostream.h"

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

// What objects for one CPU and for several have in common; Object.cpp defines
// it.
namespace lowbit::target {

/// Makes all targets of LLVM known.
void initializeTargets();

llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const Machine &machine);

/// Turns errors of the code generator into diagnostics of the module.
struct DiagnosticForwarder : llvm::DiagnosticHandler {
  explicit DiagnosticForwarder(mlir::ModuleOp module) : module(module) {}
  bool handleDiagnostics(const llvm::DiagnosticInfo &info) override;
  mlir::ModuleOp module;
  bool hasFailed = false;
};

/// A module of the llvm dialect as LLVM IR for `machine`. Null after a
/// diagnostic.
std::unique_ptr<llvm::Module> translate(mlir::ModuleOp module,
                                        llvm::LLVMContext &context,
                                        const llvm::TargetMachine &machine);

/// NAME_interface: the interface as JSON text.
void addInterface(llvm::Module &module, const Interface &interface);

/// The standard pipeline at level 3, with vectorization as clang has it.
void optimize(llvm::Module &module, llvm::TargetMachine &machine);

/// The standard code generation pipeline, with one more pass after the last one
/// that works on LLVM IR and could form products. Functions with attributes
/// "target-cpu" and "target-features" are compiled for these.
llvm::Error generate(llvm::Module &module, llvm::TargetMachine &machine,
                     llvm::raw_pwrite_stream &os);

} // namespace lowbit::target

#endif // LOWBIT_LIB_TARGET_CODEGENERATION_H
