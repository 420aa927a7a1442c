//===- Layers.h - What passes ask of the operations of a layer -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_LAYERS_H
#define LOWBIT_LIB_TRANSFORMS_LAYERS_H

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Operation.h"

#include <optional>

namespace lowbit {

/// Whether `op` is a TOSA convolution or matrix product: what recipes count.
bool isLayerWithWeights(mlir::Operation *op);

/// Whether an operand or a result of `op` is of floats.
bool touchesFloat(mlir::Operation *op);

/// Fails, with a diagnostic at `op`, unless networks may consist of it: TOSA,
/// constants and the lowbit dialect.
llvm::LogicalResult verifyIsTosa(mlir::Operation *op);

/// The name of the layer that `op` belongs to.
llvm::StringRef getLayerName(mlir::Operation *op);

/// Whether `value` is a statically shaped tensor of integers of `bits` bits.
bool hasElements(mlir::Value value, unsigned bits);

/// The only element of a constant: a zero point, or a padding.
std::optional<int64_t> getZeroPoint(mlir::Value value);

/// Whether elements outside of its input lie in a window of `op`. Its divisor
/// varies then, which no integer form of ours has.
bool isPadded(mlir::tosa::AvgPool2dOp op);
inline constexpr llvm::StringLiteral kPaddedAverageReason =
    "a padded average divides by the number of elements inside";

/// Lets `to` belong to the layer of `from`, with its ban on multiplications if
/// there is one. Nothing happens when `from` is null.
void copyLayer(mlir::Operation *from, mlir::Operation *to);

/// Where any layer does without multiplications, residual adds, pools and other
/// integer layers without weights do too: this marks them.
void extendMultiplierFreedom(mlir::Operation *function);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_LAYERS_H
