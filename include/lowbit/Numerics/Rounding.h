//===- Rounding.h - Named roundings, saturation, rescale -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_ROUNDING_H
#define LOWBIT_NUMERICS_ROUNDING_H

#include <cstdint>
#include <optional>
#include <string_view>

namespace lowbit::numerics {

/// How a value between two integers is rounded. The names are those printed in
/// the IR; docs/Semantics.md, section "Roundings", is the specification.
enum class Rounding : uint8_t {
  HalfUp,   ///< ties towards +infinity: floor(x + 1/2)
  HalfEven, ///< ties to the even integer
  HalfAway, ///< ties away from zero
  Floor,    ///< towards -infinity
  /// Half up after TOSA's first rounding: shifts above 31 add 2^30 to a value
  /// that is not negative and subtract it from a negative one beforehand.
  TosaDouble,
};

std::string_view stringify(Rounding rounding);
std::optional<Rounding> parseRounding(std::string_view text);

/// x / 2^shift rounded as named; shift in [0, 62]. Exact for every x for which
/// x + 2^(shift-1) does not leave int64; for TosaDouble by 2^30 less.
/// TosaDouble is apply_scale_32 of TOSA 1.0 (section 1.8.1, double_round) for
/// x = value x multiplier.
int64_t roundingShiftRight(int64_t x, unsigned shift, Rounding rounding);

/// min(max(x, lo), hi).
constexpr int64_t saturate(int64_t x, int64_t lo, int64_t hi) {
  return x < lo ? lo : (x > hi ? hi : x);
}

/// One channel of `lowbit.rescale`:
/// saturate(roundingShiftRight(x * multiplier + offset, shift), lo, hi).
/// The product and the sum must fit int64; op verifiers guarantee it.
struct Rescale {
  int64_t multiplier;
  int64_t offset;
  unsigned shift;
  Rounding rounding;
  int64_t lo;
  int64_t hi;

  int64_t apply(int64_t x) const {
    return saturate(
        roundingShiftRight(x * multiplier + offset, shift, rounding), lo, hi);
  }
};

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_ROUNDING_H
