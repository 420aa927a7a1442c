//===- SumBounds.h - How large sums of products can get -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_SUMBOUNDS_H
#define LOWBIT_NUMERICS_SUMBOUNDS_H

#include <algorithm>
#include <cstdint>
#include <span>

namespace lowbit::numerics {

/// An interval of integers, both ends included.
struct IntegerRange {
  int64_t lo;
  int64_t hi;

  /// Largest magnitude in the interval.
  int64_t magnitude() const { return std::max(-lo, hi); }

  bool contains(const IntegerRange &other) const {
    return lo <= other.lo && other.hi <= hi;
  }

  /// The least interval that holds both.
  IntegerRange unite(const IntegerRange &other) const {
    return {std::min(lo, other.lo), std::max(hi, other.hi)};
  }

  friend bool operator==(const IntegerRange &, const IntegerRange &) = default;
};

/// The least and the greatest value that sum_i x_i * weights[i] takes, and that
/// any partial sum of it takes in any order, when each x_i is in `input` or is
/// left out (padding). Both ends are reached by inputs where `input` holds 0 or
/// nothing is left out: a positive weight takes the greatest input and a
/// negative one the least, or the reverse. At most 2^31 weights of magnitudes
/// up to 2^16, and inputs of magnitudes up to 2^16.
IntegerRange worstSum(std::span<const int32_t> weights, IntegerRange input);

/// The two's complement widths that sums are kept in: the least of 8, 16 and
/// 32 that holds `range`, or 64.
unsigned accumulatorBits(IntegerRange range);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_SUMBOUNDS_H
