//===- FloatSegment.h - What lies between a dequantization and a quantizer -*-
// C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_FLOATSEGMENT_H
#define LOWBIT_LIB_TRANSFORMS_FLOATSEGMENT_H

#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatGlue.h"

#include <optional>

namespace lowbit {

/// y = min(max(scale * x + bias, lo), hi) in real numbers: what a chain of
/// elementwise steps does to the integer x of one channel.
struct ClampedAffine {
  double scale;
  double bias;
  double lo;
  double hi;

  /// Follows it by `step`.
  void append(const ElementwiseStep &step, int64_t channel);
};

/// A dequantization and the elementwise steps after it.
struct SegmentSource {
  mutable DequantizeOp dequantize; ///< mutable: op accessors are not const
  llvm::SmallVector<float> scales;
  llvm::SmallVector<float> biases; ///< empty without bias
  llvm::SmallVector<ElementwiseStep> steps;

  /// The binary32 value that the float program computes from integer `x`.
  /// Each operation is monotone in its input, hence so is the whole.
  float evaluate(int64_t x, int64_t channel) const;

  /// Whether `evaluate` gives a number, not NaN, for every integer of `range`
  /// and each of `channels` channels.
  bool isNumeric(IntegerRange range, int64_t channels) const;

  /// The same as `evaluate` in real numbers.
  ClampedAffine compose(int64_t channel) const;

  /// +1 when the value grows with x, -1 when it falls, 0 when it is constant
  /// because some factor is 0.
  int getDirection(int64_t channel) const;
};

/// A float program between integers and a quantizer: one source; or two that a
/// residual add joins, and steps after the add.
struct FloatSegment {
  SegmentSource first;
  std::optional<SegmentSource> second;
  mlir::Operation *join = nullptr;
  llvm::SmallVector<ElementwiseStep> stepsAfterJoin;
};

/// Traces the value that a quantizer reads. On failure the result is empty and
/// `obstacle` is the operation (null: a function argument) that is not part of
/// any segment.
std::optional<FloatSegment> traceSegment(mlir::Value value,
                                         mlir::Operation *&obstacle);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_FLOATSEGMENT_H
