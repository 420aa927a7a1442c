//===- TosaScale.cpp - Fixed-point scaling as TOSA defines it -------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/TosaScale.h"

#include "lowbit/Numerics/Rounding.h"

#include <bit>
#include <cassert>

namespace lowbit::numerics {

/// (x * multiplier + 2^(shift-1) + extra) >> shift, computed modulo 2^64 and
/// cut to 32 bits.
static int32_t scale(int64_t x, int64_t multiplier, unsigned shift,
                     int64_t extra) {
  assert(shift <= 63 && "shift out of range");
  uint64_t half = (uint64_t(1) << shift) >> 1;
  uint64_t sum = static_cast<uint64_t>(x) * static_cast<uint64_t>(multiplier) +
                 half + static_cast<uint64_t>(extra);
  return static_cast<int32_t>(static_cast<int64_t>(sum) >> shift);
}

int32_t applyScale32(int32_t value, int32_t multiplier, unsigned shift,
                     TosaRounding rounding) {
  int64_t extra = 0;
  if (rounding == TosaRounding::Double && shift > 31)
    extra = value >= 0 ? int64_t(1) << 30 : -(int64_t(1) << 30);
  return scale(value, multiplier, shift, extra);
}

int32_t applyScale16(int64_t value, int16_t multiplier, unsigned shift) {
  return scale(value, multiplier, shift, /*extra=*/0);
}

TosaScale reciprocalScale(uint32_t count) {
  assert(count >= 1 && count <= uint32_t(1) << 30 && "count out of range");
  // 2^(k-1) < count <= 2^k.
  auto k = static_cast<unsigned>(std::bit_width(count - 1));
  uint64_t numerator = ((uint64_t(1) << 30) + 1) << k;
  return {static_cast<int32_t>(numerator / count), 30 + k};
}

int64_t TosaRescale::apply(int64_t x) const {
  int64_t centred = x - inputZeroPoint;
  int32_t scaled =
      scale32 ? applyScale32(static_cast<int32_t>(centred), multiplier, shift,
                             rounding)
              : applyScale16(centred, static_cast<int16_t>(multiplier), shift);
  auto sum = static_cast<int32_t>(scaled + outputZeroPoint);
  return saturate(sum, lo, hi);
}

int32_t interpolateTable(std::span<const int16_t> table, int16_t x) {
  assert(table.size() == 513 && "table of another size");
  int32_t position = x + 32768;
  int32_t base = table[position >> 7], next = table[(position >> 7) + 1];
  return base * 128 + (next - base) * (position & 127);
}

} // namespace lowbit::numerics
