//===- TosaScaleTest.cpp - Unit tests of TOSA's fixed-point scaling -------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/TosaScale.h"

#include "gtest/gtest.h"

#include <cstdlib>
#include <limits>
#include <random>
#include <vector>

using namespace lowbit::numerics;

namespace {

using Wide = __int128;

constexpr int32_t lowest = std::numeric_limits<int32_t>::min();
constexpr int32_t highest = std::numeric_limits<int32_t>::max();

/// floor(x / 2^shift) by division.
Wide floorDivide(Wide x, unsigned shift) {
  Wide d = Wide(1) << shift;
  return x >= 0 ? x / d : -((-x + d - 1) / d);
}

/// The definition in exact integers, before the result is cut to 32 bits.
Wide scaleExactly(int64_t value, int64_t multiplier, unsigned shift,
                  bool isDouble) {
  Wide round = Wide(1) << (shift - 1);
  if (isDouble && shift > 31)
    round += value >= 0 ? Wide(1) << 30 : -(Wide(1) << 30);
  return floorDivide(Wide(value) * multiplier + round, shift);
}

bool fits(Wide x) { return x >= lowest && x <= highest; }

TEST(TosaScaleTest, Scale32MeetsTheDefinitionAtAllShifts) {
  const uint32_t seed = 32;
  std::mt19937 random(seed);
  for (unsigned shift = 2; shift <= 62; ++shift)
    for (int i = 0; i < 2000; ++i) {
      // Values of all magnitudes.
      auto value = static_cast<int32_t>(random()) >> (random() % 31);
      auto multiplier = static_cast<int32_t>(random() >> (1 + random() % 31));
      for (bool isDouble : {false, true}) {
        Wide expected = scaleExactly(value, multiplier, shift, isDouble);
        if (!fits(expected))
          continue;
        auto rounding = isDouble ? TosaRounding::Double : TosaRounding::Single;
        ASSERT_EQ(applyScale32(value, multiplier, shift, rounding),
                  static_cast<int32_t>(expected))
            << value << " * " << multiplier << " >> " << shift << ", seed "
            << seed;
      }
    }
}

TEST(TosaScaleTest, Scale32RoundsTiesUp) {
  // Halves: x / 2.
  for (auto rounding : {TosaRounding::Single, TosaRounding::Double}) {
    EXPECT_EQ(applyScale32(3, 1 << 29, 30, rounding), 2);
    EXPECT_EQ(applyScale32(1, 1 << 29, 30, rounding), 1);
    EXPECT_EQ(applyScale32(-1, 1 << 29, 30, rounding), 0);
    EXPECT_EQ(applyScale32(-3, 1 << 29, 30, rounding), -1);
    EXPECT_EQ(applyScale32(-5, 1 << 29, 30, rounding), -2);
  }
}

TEST(TosaScaleTest, DoubleRoundingBeginsAboveShift31) {
  // Just below one half: 2^30 more lifts it over, and the same with the sign.
  const int32_t multiplier = highest; // 2^31 - 1
  EXPECT_EQ(applyScale32(1, multiplier, 32, TosaRounding::Single), 0);
  EXPECT_EQ(applyScale32(1, multiplier, 32, TosaRounding::Double), 1);
  // -1/2 less a little is -1 only with the 2^30 taken off.
  EXPECT_EQ(applyScale32(-1, multiplier, 32, TosaRounding::Single), 0);
  EXPECT_EQ(applyScale32(-1, multiplier, 32, TosaRounding::Double), -1);
  for (int32_t value : {-5, -1, 0, 1, 5})
    EXPECT_EQ(applyScale32(value, multiplier, 31, TosaRounding::Double),
              applyScale32(value, multiplier, 31, TosaRounding::Single));
  EXPECT_EQ(applyScale32(0, multiplier, 62, TosaRounding::Double), 0);
}

TEST(TosaScaleTest, Scale32AtTheEnds) {
  const int32_t one = 1 << 30;
  for (int32_t value : {lowest, lowest + 1, -1, 0, 1, highest})
    EXPECT_EQ(applyScale32(value, one, 30, TosaRounding::Single), value);
  EXPECT_EQ(applyScale32(lowest, highest, 62, TosaRounding::Single), -1);
  EXPECT_EQ(applyScale32(highest, highest, 62, TosaRounding::Single), 1);
  // A tie of the greatest shift: 2^61 / 2^62.
  EXPECT_EQ(applyScale32(1 << 30, one, 61, TosaRounding::Single), 1);
  EXPECT_EQ(applyScale32(lowest, one, 62, TosaRounding::Single), 0);
}

TEST(TosaScaleTest, Scale32WrapsToThirtyTwoBits) {
  // 2^31 and 2^32 + 3.
  EXPECT_EQ(applyScale32(1 << 29, 1 << 4, 2, TosaRounding::Single), lowest);
  EXPECT_EQ(applyScale32((1 << 30) + 1, 12, 2, TosaRounding::Single),
            static_cast<int32_t>(3221225475u));
}

TEST(TosaScaleTest, Scale32AsTheProductOfMul) {
  // Negative multipliers and the shifts that only MUL allows.
  EXPECT_EQ(applyScale32(-3, -1, 1, TosaRounding::Single), 2);
  EXPECT_EQ(applyScale32(3, -1, 1, TosaRounding::Single), -1);
  EXPECT_EQ(applyScale32(7, -9, 0, TosaRounding::Single), -63);
  EXPECT_EQ(applyScale32(highest, highest, 63, TosaRounding::Single), 0);
  EXPECT_EQ(applyScale32(lowest, highest, 63, TosaRounding::Single), 0);
  EXPECT_EQ(applyScale32(lowest, lowest, 62, TosaRounding::Single), 1);
  // 2^62 + 2^62 leaves 64 bits.
  EXPECT_EQ(applyScale32(lowest, lowest, 63, TosaRounding::Single), -1);
}

TEST(TosaScaleTest, Scale16MeetsTheDefinitionAtAllShifts) {
  const uint32_t seed = 16;
  std::mt19937 random(seed);
  for (unsigned shift = 2; shift <= 62; ++shift)
    for (int i = 0; i < 2000; ++i) {
      auto bits = static_cast<int64_t>(uint64_t(random()) << 32 | random());
      int64_t value = bits >> (16 + random() % 47);
      auto multiplier = static_cast<int16_t>(random() >> (17 + random() % 15));
      Wide expected = scaleExactly(value, multiplier, shift, false);
      if (!fits(expected))
        continue;
      ASSERT_EQ(applyScale16(value, multiplier, shift),
                static_cast<int32_t>(expected))
          << value << " * " << multiplier << " >> " << shift << ", seed "
          << seed;
    }
}

TEST(TosaScaleTest, Scale16AtTheEnds) {
  const int64_t greatest = (int64_t(1) << 47) - 1;
  EXPECT_EQ(applyScale16(greatest, 32767, 62), 1);
  EXPECT_EQ(applyScale16(-greatest - 1, 32767, 62), -1);
  EXPECT_EQ(applyScale16(greatest, 1, 17), 1 << 30);
  EXPECT_EQ(applyScale16(-3, 1 << 14, 15), -1);
}

TEST(TosaScaleTest, ReciprocalOfSmallCounts) {
  // From the definition: 2^k is the least power that is not below the count.
  for (uint32_t count = 1; count <= 5000; ++count) {
    unsigned k = 0;
    while ((uint32_t(1) << k) < count)
      ++k;
    TosaScale scale = reciprocalScale(count);
    ASSERT_EQ(scale.shift, 30 + k) << count;
    ASSERT_EQ(scale.multiplier,
              static_cast<int64_t>((((uint64_t(1) << 30) + 1) << k) / count));
  }
  TosaScale largest = reciprocalScale(uint32_t(1) << 30);
  EXPECT_EQ(largest.shift, 60u);
  EXPECT_EQ(largest.multiplier, (1 << 30) + 1);
  EXPECT_GE(reciprocalScale((uint32_t(1) << 29) + 1).multiplier, 1 << 30);
}

TEST(TosaScaleTest, ReciprocalRoundsAveragesOfBytesHalfAway) {
  // It is a little too large, which moves ties of either sign outwards.
  for (int32_t count = 1; count <= 300; ++count) {
    TosaScale scale = reciprocalScale(count);
    for (int32_t sum = -255 * count; sum <= 255 * count; ++sum) {
      int32_t magnitude = (2 * std::abs(sum) + count) / (2 * count);
      ASSERT_EQ(applyScale32(sum, scale.multiplier, scale.shift,
                             TosaRounding::Single),
                sum < 0 ? -magnitude : magnitude)
          << sum << " / " << count;
    }
  }
}

TEST(TosaScaleTest, RescaleTakesZeroPointsAndSaturates) {
  TosaRescale rescale = {-128, 5,  1 << 30, 31, true, TosaRounding::Single,
                         -128, 127};
  EXPECT_EQ(rescale.apply(-128), 5);
  EXPECT_EQ(rescale.apply(-127), 6); // 0.5
  EXPECT_EQ(rescale.apply(127), 127);
  rescale.outputZeroPoint = -100;
  EXPECT_EQ(rescale.apply(127), 28);
  rescale.multiplier = highest;
  rescale.shift = 29;
  EXPECT_EQ(rescale.apply(127), 127);
  rescale.inputZeroPoint = 127;
  EXPECT_EQ(rescale.apply(-128), -128);
}

TEST(TosaScaleTest, RescaleOfFortyEightBits) {
  TosaRescale rescale = {0,      0,    1 << 14, 30, false, TosaRounding::Double,
                         -32768, 32767};
  EXPECT_EQ(rescale.apply(int64_t(1) << 16), 1);
  EXPECT_EQ(rescale.apply(-(int64_t(1) << 15)), 0); // -0.5
  EXPECT_EQ(rescale.apply(int64_t(1) << 40), 32767);
  EXPECT_EQ(rescale.apply(-(int64_t(1) << 40)), -32768);
}

TEST(TosaScaleTest, RescaleWrapsBeforeItSaturates) {
  // 2^31 becomes -2^31 and then the least byte.
  TosaRescale rescale = {0,    0,  1 << 4, 2, true, TosaRounding::Single,
                         -128, 127};
  EXPECT_EQ(rescale.apply(1 << 29), -128);
}

TEST(TosaScaleTest, TableInterpolatesBetweenEntries) {
  std::vector<int16_t> table(513);
  for (int i = 0; i < 513; ++i)
    table[i] = static_cast<int16_t>(i * 100 - 25600);
  EXPECT_EQ(interpolateTable(table, -32768), -25600 * 128);
  EXPECT_EQ(interpolateTable(table, -32767), -25600 * 128 + 100);
  EXPECT_EQ(interpolateTable(table, -1), -100);
  EXPECT_EQ(interpolateTable(table, 0), 0);
  EXPECT_EQ(interpolateTable(table, 64), 6400);
  EXPECT_EQ(interpolateTable(table, 32767), 25500 * 128 + 100 * 127);
  // The steepest slopes.
  table[0] = 32767;
  table[1] = -32768;
  table[2] = 32767;
  EXPECT_EQ(interpolateTable(table, -32768 + 127), 32767 * 128 - 65535 * 127);
  EXPECT_EQ(interpolateTable(table, -32768 + 255), -32768 * 128 + 65535 * 127);
}

} // namespace
