//===- FloatGlue.h - What float TOSA ops between layers do -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_ANALYSIS_FLOATGLUE_H
#define LOWBIT_ANALYSIS_FLOATGLUE_H

#include "mlir/IR/Operation.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace lowbit {

/// One float operation between an integer layer and the next quantizer that
/// acts on each element by itself, monotonically: y = min(max(x op c, lo), hi).
struct ElementwiseStep {
  enum class Kind {
    Add,          ///< x + c
    Subtract,     ///< x - c
    SubtractFrom, ///< c - x
    Multiply,     ///< x * c
    Clamp,        ///< min(max(x, lo), hi)
  };
  Kind kind;
  /// One constant, or one per channel (last dimension).
  llvm::SmallVector<float> constants;
  float lo = 0, hi = 0;
  /// The operand that is not constant.
  mlir::Value input;

  /// The step in binary32, for one channel.
  float apply(float x, int64_t channel) const;
  float constant(int64_t channel) const {
    return constants[constants.size() == 1 ? 0 : channel];
  }
  /// Whether the constants are finite and the bounds of a clamp numbers.
  bool isFinite() const;
};

/// The step that `op` performs, if it is a float tosa.add, sub, mul with a
/// constant per tensor or per channel, or a tosa.clamp.
std::optional<ElementwiseStep> matchElementwiseStep(mlir::Operation *op);

/// Whether `op` is a tosa.add of two computed float tensors of one shape.
bool isResidualAdd(mlir::Operation *op);

/// Whether `op` moves or selects elements of its first operand without changing
/// them (reshape, slice, identity, transpose).
bool isDataMovement(mlir::Operation *op);

/// The constant that a float tosa.pad of constant widths fills in; nothing for
/// other ops, and for NaN.
std::optional<float> getPadding(mlir::Operation *op);

/// Whether `op` is a float tosa.reduce_sum or reduce_max over another dimension
/// than the first and the last one: a pool of the whole height, say.
bool isSpatialReduction(mlir::Operation *op);

/// Whether a quantizer behind `op` may stand in front of it instead, at each of
/// `getMovedOperands(op)`: data movement, concat of computed tensors, pad with
/// a constant (which has to be quantized too), and max pools and spatial
/// maxima, as quantizers are monotone.
bool commutesWithQuantizer(mlir::Operation *op);

/// The operands whose elements the result of an op that commutes with
/// quantizers holds.
mlir::OperandRange getMovedOperands(mlir::Operation *op);

/// Whether no element of `value` can be negative, as far as its defining ops
/// tell (clamps, sums and pools of such values, and what moves them).
bool isNonNegative(mlir::Value value);

} // namespace lowbit

#endif // LOWBIT_ANALYSIS_FLOATGLUE_H
