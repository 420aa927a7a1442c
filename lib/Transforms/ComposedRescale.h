//===- ComposedRescale.h - Rescales that take in what is before -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_COMPOSEDRESCALE_H
#define LOWBIT_LIB_TRANSFORMS_COMPOSEDRESCALE_H

#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitOps.h"

namespace lowbit {

/// round((x * multiplier[c] + offset[c]) / 2^shift[c]), limited to `limits`:
/// each list has one element or one for each channel.
struct ChannelRescale {
  llvm::SmallVector<int64_t> multipliers;
  llvm::SmallVector<int64_t> offsets;
  llvm::SmallVector<int64_t> shifts;
  RoundingMode rounding = RoundingMode::HalfUp;
  IntegerRange limits;

  /// x + offset, not rounded.
  static ChannelRescale addition(llvm::ArrayRef<int64_t> offsets,
                                 IntegerRange limits);
};

/// Makes `rescale` of `input` with elements of type `element`. Where `input` is
/// itself a rescale without rounding or saturation, its operand is read
/// instead: (x m + o) m' + o' = x (m m') + (o m' + o'), which is the same
/// integer before the rounding as long as it stays below 2^62. Null if the sum
/// may not stay below 2^62.
mlir::Value createComposedRescale(mlir::OpBuilder &builder, mlir::Location loc,
                                  mlir::Value input, ChannelRescale rescale,
                                  mlir::Type element);

/// The gapless set of fewest bits that holds `range`, unsigned where it can be.
/// At most 16 bits are needed for the caller's ranges.
numerics::LevelSet getSetOf(IntegerRange range);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_COMPOSEDRESCALE_H
