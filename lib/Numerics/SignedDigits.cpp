//===- SignedDigits.cpp - Canonical signed-digit form of constants --------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/SignedDigits.h"

#include <bit>
#include <cassert>
#include <cstdlib>

namespace lowbit::numerics {

std::vector<SignedDigit> canonicalSignedDigits(int64_t value) {
  std::vector<SignedDigit> digits;
  for (unsigned shift = 0; value != 0; ++shift, value >>= 1) {
    if (!(value & 1))
      continue;
    // The digit that leaves a multiple of four makes the next digit zero.
    bool negative = (value & 3) == 3;
    digits.push_back({shift, negative});
    value += negative ? 1 : -1;
  }
  return digits;
}

/// How many digits the canonical form has: its digits are (3q - q) / 2 taken
/// bit by bit, so one is nonzero where the bits of 3q and q differ.
static unsigned countSignedDigits(uint64_t magnitude) {
  return static_cast<unsigned>(std::popcount(3 * magnitude ^ magnitude));
}

int64_t limitSignedDigits(int64_t value, unsigned maxDigits) {
  assert(maxDigits >= 1 && "at least one digit");
  assert(std::abs(value) < int64_t(1) << 62 && "value out of range");
  auto magnitude = static_cast<uint64_t>(std::abs(value));
  // Let u be nearest and p * 2^k, p odd. If p were further than one step of
  // 2^k from the value, the step towards it would change or drop u's last
  // digit and not add one, hence be nearer. So u is the value cut below some
  // bit k, downwards or upwards.
  uint64_t best = 0;
  for (unsigned k = 0; k <= 62; ++k) {
    uint64_t cut = magnitude >> k;
    for (uint64_t p : {cut, cut + 1}) {
      uint64_t u = p << k;
      uint64_t distance = u > magnitude ? u - magnitude : magnitude - u;
      uint64_t least = best > magnitude ? best - magnitude : magnitude - best;
      if (countSignedDigits(p) <= maxDigits &&
          (distance < least || (distance == least && u < best)))
        best = u;
    }
  }
  return value < 0 ? -static_cast<int64_t>(best) : static_cast<int64_t>(best);
}

} // namespace lowbit::numerics
