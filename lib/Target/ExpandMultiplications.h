//===- ExpandMultiplications.h - Products by constants as shifts and additions
//-*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TARGET_EXPANDMULTIPLICATIONS_H
#define LOWBIT_LIB_TARGET_EXPANDMULTIPLICATIONS_H

namespace llvm {
class FunctionPass;
class TargetMachine;
} // namespace llvm

namespace lowbit::target {

/// A code generation pass that rewrites integer products by constants, in
/// functions with the attribute kMultiplierFreeFunction, to canonical
/// signed-digit sums of shifts. It must run after the last pass that may form
/// products from shifts or strides (loop strength reduction, code generation
/// preparation), hence inside the code generator. A product of two variables is
/// an error.
llvm::FunctionPass *
createExpandMultiplicationsPass(const llvm::TargetMachine &machine);

} // namespace lowbit::target

#endif // LOWBIT_LIB_TARGET_EXPANDMULTIPLICATIONS_H
