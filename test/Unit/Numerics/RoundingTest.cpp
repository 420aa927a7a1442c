//===- RoundingTest.cpp - Unit tests of the named roundings ---------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Rounding.h"

#include "gtest/gtest.h"

#include <cstdlib>
#include <limits>

using namespace lowbit::numerics;

namespace {

constexpr Rounding allRoundings[] = {Rounding::HalfUp, Rounding::HalfEven,
                                     Rounding::HalfAway, Rounding::Floor,
                                     Rounding::TosaDouble};

/// Whether y is x / d rounded as named: all in integers, from the definition.
bool isRounded(int64_t x, int64_t d, int64_t y, Rounding rounding) {
  int64_t rest = x - y * d; // x/d - y, times d
  if (rounding == Rounding::Floor)
    return rest >= 0 && rest < d;
  if (2 * std::abs(rest) != d)
    return 2 * std::abs(rest) < d;
  if (rounding == Rounding::HalfUp || rounding == Rounding::TosaDouble)
    return rest < 0;
  if (rounding == Rounding::HalfEven)
    return y % 2 == 0;
  return x < 0 ? rest > 0 : rest < 0;
}

TEST(RoundingTest, ShiftMeetsTheDefinition) {
  for (Rounding rounding : allRoundings)
    for (unsigned shift = 0; shift <= 9; ++shift)
      for (int64_t x = -300; x <= 300; ++x) {
        int64_t y = roundingShiftRight(x, shift, rounding);
        ASSERT_TRUE(isRounded(x, int64_t(1) << shift, y, rounding))
            << x << " >> " << shift << " " << stringify(rounding) << " = " << y;
      }
}

TEST(RoundingTest, TiesByHand) {
  EXPECT_EQ(roundingShiftRight(5, 1, Rounding::HalfUp), 3);
  EXPECT_EQ(roundingShiftRight(-5, 1, Rounding::HalfUp), -2);
  EXPECT_EQ(roundingShiftRight(5, 1, Rounding::HalfEven), 2);
  EXPECT_EQ(roundingShiftRight(7, 1, Rounding::HalfEven), 4);
  EXPECT_EQ(roundingShiftRight(-5, 1, Rounding::HalfEven), -2);
  EXPECT_EQ(roundingShiftRight(5, 1, Rounding::HalfAway), 3);
  EXPECT_EQ(roundingShiftRight(-5, 1, Rounding::HalfAway), -3);
  EXPECT_EQ(roundingShiftRight(5, 1, Rounding::Floor), 2);
  EXPECT_EQ(roundingShiftRight(-5, 1, Rounding::Floor), -3);
}

TEST(RoundingTest, TosaDoubleRoundsTwiceAboveShift31) {
  // x / 2^32 = 0.5 - 2^-3: the first rounding adds 2^-2 and carries it over.
  int64_t x = (int64_t(1) << 31) - (int64_t(1) << 29);
  EXPECT_EQ(roundingShiftRight(x, 32, Rounding::HalfUp), 0);
  EXPECT_EQ(roundingShiftRight(x, 32, Rounding::TosaDouble), 1);
  EXPECT_EQ(roundingShiftRight(-x, 32, Rounding::HalfUp), 0);
  EXPECT_EQ(roundingShiftRight(-x, 32, Rounding::TosaDouble), -1);
  // 0 counts as not negative.
  EXPECT_EQ(roundingShiftRight(0, 32, Rounding::TosaDouble), 0);
  // At 31 there is no first rounding.
  EXPECT_EQ(roundingShiftRight(x / 2, 31, Rounding::TosaDouble), 0);
}

TEST(RoundingTest, LargeValues) {
  constexpr int64_t max = std::numeric_limits<int64_t>::max();
  constexpr int64_t min = std::numeric_limits<int64_t>::min();
  constexpr int64_t top = int64_t(1) << 62;
  for (Rounding rounding : {Rounding::HalfUp, Rounding::HalfEven,
                            Rounding::HalfAway, Rounding::Floor}) {
    EXPECT_EQ(roundingShiftRight(max, 0, rounding), max);
    EXPECT_EQ(roundingShiftRight(min, 0, rounding), min);
    EXPECT_EQ(roundingShiftRight(min, 62, rounding), -2);
    EXPECT_EQ(roundingShiftRight(top, 62, rounding), 1);
    EXPECT_EQ(roundingShiftRight(-top, 62, rounding), -1);
    EXPECT_EQ(roundingShiftRight(1, 62, rounding), 0);
    EXPECT_EQ(roundingShiftRight(-1, 62, rounding),
              rounding == Rounding::Floor ? -1 : 0);
  }
  int64_t tie = top + top / 2; // 1.5 * 2^62
  EXPECT_EQ(roundingShiftRight(tie, 62, Rounding::HalfUp), 2);
  EXPECT_EQ(roundingShiftRight(tie, 62, Rounding::HalfEven), 2);
  EXPECT_EQ(roundingShiftRight(tie, 62, Rounding::Floor), 1);
  EXPECT_EQ(roundingShiftRight(-tie, 62, Rounding::HalfUp), -1);
  EXPECT_EQ(roundingShiftRight(-tie, 62, Rounding::HalfEven), -2);
  EXPECT_EQ(roundingShiftRight(-tie, 62, Rounding::HalfAway), -2);
  EXPECT_EQ(roundingShiftRight(max, 1, Rounding::Floor), top - 1);
  EXPECT_EQ(roundingShiftRight(max, 1, Rounding::HalfUp), top);
}

TEST(RoundingTest, NamesRoundTrip) {
  for (Rounding rounding : allRoundings)
    EXPECT_EQ(parseRounding(stringify(rounding)), rounding);
  EXPECT_EQ(parseRounding("half_even"), Rounding::HalfEven);
  for (const char *text : {"", "half", "half_even ", "HalfUp", "ceil"})
    EXPECT_EQ(parseRounding(text), std::nullopt) << text;
}

TEST(RoundingTest, Saturate) {
  EXPECT_EQ(saturate(5, -2, 3), 3);
  EXPECT_EQ(saturate(-5, -2, 3), -2);
  EXPECT_EQ(saturate(1, -2, 3), 1);
  EXPECT_EQ(saturate(9, 4, 4), 4);
}

TEST(RoundingTest, Rescale) {
  Rescale rescale = {3, 2, 2, Rounding::HalfEven, -4, 7};
  EXPECT_EQ(rescale.apply(0), 0);   // 2/4 = 0.5
  EXPECT_EQ(rescale.apply(4), 4);   // 14/4 = 3.5
  EXPECT_EQ(rescale.apply(-4), -2); // -10/4 = -2.5
  EXPECT_EQ(rescale.apply(100), 7);
  EXPECT_EQ(rescale.apply(-100), -4);
}

} // namespace
