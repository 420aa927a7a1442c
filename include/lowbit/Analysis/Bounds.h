//===- Bounds.h - Proven ranges of integer values -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_ANALYSIS_BOUNDS_H
#define LOWBIT_ANALYSIS_BOUNDS_H

#include "mlir/IR/Value.h"

#include <algorithm>
#include <cstdint>

namespace lowbit {

/// An interval of integers, both ends included.
struct IntegerRange {
  int64_t lo;
  int64_t hi;
  /// Largest magnitude in the interval.
  int64_t magnitude() const { return std::max(-lo, hi); }
};

/// The range that the elements of an integer or level-set tensor are proven to
/// lie in: of a convolution or matrix product with constant weights the exact
/// worst sums over the output channels (zero, padding, included), of a sum pool
/// the kernel size times the levels, of codes their levels, of function
/// arguments what `lowbit.range` states, else all of i32.
IntegerRange getRange(mlir::Value value);

} // namespace lowbit

#endif // LOWBIT_ANALYSIS_BOUNDS_H
