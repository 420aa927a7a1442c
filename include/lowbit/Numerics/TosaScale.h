//===- TosaScale.h - Fixed-point scaling as TOSA defines it -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// TOSA 1.0 leaves a result open where one of its REQUIREs does not hold. Here
// it is defined all the same, as MLIR's lowering computes it: products in 64
// bits, results in 32, both modulo a power of two (docs/Semantics.md, section
// "Integer TOSA").
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_TOSASCALE_H
#define LOWBIT_NUMERICS_TOSASCALE_H

#include <cstdint>
#include <span>

namespace lowbit::numerics {

/// TOSA 1.0, "Precision Scaling": rounding_mode_t without INEXACT_ROUND, whose
/// results depend on the implementation.
enum class TosaRounding : uint8_t {
  Single, ///< half up: floor(x + 1/2)
  Double, ///< half up after 2^30 was added to a product's magnitude
};

/// apply_scale_32 of TOSA 1.0, "Precision Scaling":
/// (value * multiplier + round) >> shift, where round is 2^(shift-1), and under
/// Double for shift > 31 another 2^30 with the sign of the value. shift is in
/// [0, 63] (TOSA: [2, 62]); 0 does not round. With Single it is also the
/// product of MUL on i32 with a positive shift.
int32_t applyScale32(int32_t value, int32_t multiplier, unsigned shift,
                     TosaRounding rounding);

/// apply_scale_16 of TOSA 1.0, "Precision Scaling":
/// (value * multiplier + 2^(shift-1)) >> shift for a value of 48 bits. shift is
/// in [0, 63] (TOSA: [2, 62]); 0 does not round.
int32_t applyScale16(int64_t value, int16_t multiplier, unsigned shift);

/// scale_t of TOSA 1.0, "Precision Scaling": multiplier * 2^-shift.
struct TosaScale {
  int32_t multiplier; ///< in [2^30, 2^31)
  unsigned shift;     ///< in [30, 60]
};

/// reciprocal_scale of TOSA 1.0, "Precision Scaling": 1 / count, a little too
/// large, so that averages round half away from zero. count is in [1, 2^30].
TosaScale reciprocalScale(uint32_t count);

/// One channel of RESCALE of TOSA 1.0, section "RESCALE".
struct TosaRescale {
  int64_t inputZeroPoint;
  int64_t outputZeroPoint;
  int32_t multiplier;
  unsigned shift;        ///< in [0, 63] (TOSA: [2, 62])
  bool scale32;          ///< apply_scale_32, or else apply_scale_16
  TosaRounding rounding; ///< counts for apply_scale_32
  int64_t lo;            ///< the ends of the output's type
  int64_t hi;

  /// saturate(scale(x - inputZeroPoint) + outputZeroPoint, lo, hi).
  int64_t apply(int64_t x) const;
};

/// The result of TABLE on i16 of TOSA 1.0, section "TABLE": the line between
/// the two entries around x, with 7 bits of fraction. `table` has 513 entries.
int32_t interpolateTable(std::span<const int16_t> table, int16_t x);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_TOSASCALE_H
