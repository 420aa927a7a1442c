//===- FixedPoint.h - Integer multipliers for real scales -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_FIXEDPOINT_H
#define LOWBIT_NUMERICS_FIXEDPOINT_H

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lowbit::numerics {

/// One integer operand of an affine sum and how it enters: real value =
/// x * scale[c] (scale per channel, or a single one for all), |x| <= bound.
struct AffineTerm {
  std::span<const double> scales;
  int64_t bound;
};

/// Integers that compute round(sum_k x_k * scale_k[c] + bias[c]) as
/// (sum_k x_k * multipliers[k][c] + offsets[c]) >> shift.
struct FixedPointAffine {
  std::vector<std::vector<int64_t>> multipliers; ///< per term, per channel
  std::vector<int64_t> offsets;                  ///< per channel
  unsigned shift;
  /// Largest |multiplier * x| sum plus |offset| over the channels: what the
  /// accumulator of the affine sum must hold before rounding.
  int64_t accumulatorBound;
};

/// Chooses one shift for all channels: the least s in [0, 62] at which half a
/// unit of every multiplier, sum_k bound_k * 2^-(s+1), is at most 2^-6 of an
/// output level, or at which every multiplier and offset is exact. Multipliers
/// and offsets are rounded half to even. A term has one scale for all channels
/// or `bias.size()` of them. Nothing when a scale or bias is not finite, there
/// is no such shift, or accumulatorBound plus the rounding constant 2^(s-1)
/// reaches 2^62.
std::optional<FixedPointAffine> fitFixedPoint(std::span<const AffineTerm> terms,
                                              std::span<const double> bias);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_FIXEDPOINT_H
