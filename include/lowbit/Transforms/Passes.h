//===- Passes.h - Passes on the ladder -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TRANSFORMS_PASSES_H
#define LOWBIT_TRANSFORMS_PASSES_H

#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace lowbit {

/// LLVM function attribute of layers that must contain no multiplication.
inline constexpr llvm::StringLiteral kMultiplierFreeFunction =
    "lowbit-multiplier-free";

/// Whether a type leaves its leading dimension, the batch, open: what
/// lowbit-specialize-batch gives a size.
bool isFreeBatch(mlir::Type type);

/// Which form of the quantizer lowbit-insert-squeeze-threshold inserts.
enum class SqueezeThresholdForm { Frozen, Training };

/// What lowbit-insert-timers executes before it reads the time, so that earlier
/// instructions have finished by then.
enum class TimerBarrier { None, Lfence, Isb };

#define GEN_PASS_DECL
#include "lowbit/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "lowbit/Transforms/Passes.h.inc"

} // namespace lowbit

#endif // LOWBIT_TRANSFORMS_PASSES_H
