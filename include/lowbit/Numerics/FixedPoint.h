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

/// How near multipliers come to scales.
struct FixedPointPrecision {
  /// What rounding the multipliers may add to a result, in output levels.
  double maxError = 0x1p-6;
  /// What it may add where the sums fit 32 bits then, and else do not; no less
  /// than `maxError`.
  double narrowError = 0;
  /// The most signed digits of a multiplier, where a term has one for each
  /// channel; 0: as many as it takes.
  unsigned maxDigits = 0;
};

/// Chooses one shift for all channels: the least s in [0, 62] at which half a
/// unit of every multiplier, sum_k bound_k * 2^-(s+1), is at most
/// `precision.maxError`, or at which every multiplier and offset is exact; or
/// the greatest below it at which this is at most `precision.narrowError` and
/// rounded sums are below 2^31, if there is one and they are not at s.
/// Multipliers and offsets are rounded half to even; multipliers then, where
/// digits are limited, to the nearest with so many. A term has one scale for
/// all channels or `bias.size()` of them. Nothing when a scale or bias is not
/// finite, there is no such shift, or accumulatorBound plus the rounding
/// constant 2^(s-1) reaches 2^62.
std::optional<FixedPointAffine>
fitFixedPoint(std::span<const AffineTerm> terms, std::span<const double> bias,
              const FixedPointPrecision &precision = {});

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_FIXEDPOINT_H
