//===- LowbitBounds.h - Proven ranges of integer values -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITBOUNDS_H
#define LOWBIT_DIALECTS_LOWBIT_LOWBITBOUNDS_H

#include "dialects/Lowbit/LowbitAttrs.h"
#include "lowbit/Numerics/SumBounds.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"

namespace lowbit {

using numerics::IntegerRange;

/// All values of an element type: the levels of a set, or what the width of an
/// integer holds.
IntegerRange getTypeRange(mlir::Type type);

/// The range that the elements of an integer or level-set tensor are proven to
/// lie in. Of a convolution or matrix product with constant weights: the worst
/// sums over the output channels. Of a sum pool: the kernel size times the
/// levels. Of i32 results of `rescale` and `add`: what their constants make of
/// the ranges of their operands. Of moved data: the range of what is moved. Of
/// codes besides: their levels, or the `clamp` inside them; of function
/// arguments: what `lowbit.range` states; else: all integers of the type.
IntegerRange getRange(mlir::Value value);

/// What results of `type` saturate to: `clamp`, or all that the type holds.
IntegerRange getLimits(std::optional<llvm::ArrayRef<int64_t>> clamp,
                       mlir::Type type);

/// The worst sums (numerics::worstSum) of each output channel, the first
/// dimension of `weight`; empty when the weights are not constant.
llvm::SmallVector<IntegerRange> getWorstSums(mlir::Value input,
                                             mlir::Value weight);

/// The worst sums over all channels as an attribute; null when the weights are
/// not constant.
WorstSumsAttr getWorstSumsAttr(mlir::Value input, mlir::Value weight);

} // namespace lowbit

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITBOUNDS_H
