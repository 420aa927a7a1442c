//===- Rounding.cpp - Named roundings of a right shift --------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Rounding.h"

#include <cassert>
#include <cstdlib>

namespace lowbit::numerics {

std::string_view stringify(Rounding rounding) {
  switch (rounding) {
  case Rounding::HalfUp:
    return "half_up";
  case Rounding::HalfEven:
    return "half_even";
  case Rounding::HalfAway:
    return "half_away";
  case Rounding::Floor:
    return "floor";
  case Rounding::TosaDouble:
    return "tosa_double";
  }
  std::abort();
}

std::optional<Rounding> parseRounding(std::string_view text) {
  for (Rounding rounding :
       {Rounding::HalfUp, Rounding::HalfEven, Rounding::HalfAway,
        Rounding::Floor, Rounding::TosaDouble})
    if (stringify(rounding) == text)
      return rounding;
  return std::nullopt;
}

int64_t roundingShiftRight(int64_t x, unsigned shift, Rounding rounding) {
  assert(shift <= 62 && "shift out of range");
  if (rounding == Rounding::TosaDouble) {
    int64_t first = int64_t(1) << 30;
    if (shift > 31)
      x += x < 0 ? -first : first;
    rounding = Rounding::HalfUp;
  }
  int64_t floor = x >> shift;
  if (shift == 0 || rounding == Rounding::Floor)
    return floor;
  int64_t half = int64_t(1) << (shift - 1);
  int64_t remainder = x & (2 * half - 1);
  if (remainder != half)
    return floor + (remainder > half);
  switch (rounding) {
  case Rounding::HalfUp:
    return floor + 1;
  case Rounding::HalfEven:
    return floor + (floor & 1);
  case Rounding::HalfAway:
    return floor + (x >= 0);
  case Rounding::Floor:
  case Rounding::TosaDouble:
    break;
  }
  std::abort();
}

} // namespace lowbit::numerics
