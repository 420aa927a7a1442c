//===- QuantizeTest.cpp - Unit tests of quantize, dequantize, threshold ---===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Quantize.h"
#include "AllLevelSets.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace lowbit::numerics;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

TEST(QuantizeTest, TiesGoToEven) {
  LevelSet set = LevelSet::integer(4);
  const std::pair<float, int32_t> cases[] = {
      {0.5f, 0},   {1.5f, 2},   {2.5f, 2},   {3.5f, 4},  {-0.5f, 0},
      {-1.5f, -2}, {-2.5f, -2}, {6.5f, 6},   {7.5f, 7},  {-7.5f, -8},
      {0.49f, 0},  {0.51f, 1},  {-8.5f, -8}, {1e30f, 7}, {-1e30f, -8}};
  for (auto [x, level] : cases) {
    EXPECT_EQ(quantize(x, 1, set), level) << x;
    EXPECT_EQ(quantize(x / 4, 0.25f, set), level) << x;
  }
}

TEST(QuantizeTest, SpecialValues) {
  for (const LevelSet &set : allLevelSets()) {
    if (!set.isContiguous())
      continue;
    EXPECT_EQ(quantize(infinity, 0.1f, set), set.maxLevel()) << set.str();
    EXPECT_EQ(quantize(-infinity, 0.1f, set), set.minLevel()) << set.str();
    EXPECT_EQ(quantize(std::nanf(""), 0.1f, set), set.minLevel()) << set.str();
    EXPECT_EQ(quantize(3e38f, 1e-38f, set), set.maxLevel()) << set.str();
    EXPECT_EQ(quantize(-0.0f, 1, set), 0) << set.str();
  }
}

TEST(QuantizeTest, AgreesWithNearestOnExactQuotients) {
  for (const LevelSet &set : allLevelSets()) {
    if (!set.isContiguous() || set.bits() > 8)
      continue;
    for (int i = -1200; i <= 1200; ++i) {
      float x = static_cast<float>(i) / 4;
      ASSERT_EQ(quantize(x / 8, 0.125f, set), set.nearest(x))
          << set.str() << " " << x;
    }
  }
}

TEST(QuantizeTest, DividesInBinary32) {
  // 0.3f / 0.2f is exactly 1.5 in binary32, though 1.50000001 in binary64.
  EXPECT_EQ(0.3f / 0.2f, 1.5f);
  EXPECT_NE(double(0.3f) / double(0.2f), 1.5);
  EXPECT_EQ(quantize(0.3f, 0.2f, LevelSet::integer(8)), 2);
}

TEST(QuantizeTest, DequantizeRoundsTwice) {
  EXPECT_EQ(dequantize(3, 0.5f, 0.25f), 1.75f);
  EXPECT_EQ(dequantize(-2, 0.1f, 0.0f), -0.2f);
  // (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24: the product's rounding drops the last
  // term, a fused operation would keep it.
  float scale = 1 + 0x1p-12f;
  EXPECT_EQ(dequantize(4097, scale, -4098.0f), 0.0f);
  EXPECT_NE(std::fma(4097.0f, scale, -4098.0f), 0.0f);
  EXPECT_EQ(dequantize((int64_t(1) << 24) + 1, 1, 0), 0x1p24f);
}

TEST(ThresholdTest, TiesCountForBothSigns) {
  const float thresholds[] = {-1.5f, 0.0f, 0.0f, 2.0f};
  const std::pair<float, uint32_t> cases[] = {
      {-infinity, 0}, {-2, 0}, {-1.5f, 1}, {-1, 1},       {-0.0f, 3},
      {0, 3},         {1, 3},  {2, 4},     {infinity, 4}, {std::nanf(""), 0}};
  for (auto [x, rank] : cases) {
    EXPECT_EQ(thresholdRank(x, thresholds, 1), rank) << x;
    EXPECT_EQ(thresholdRank(-x, thresholds, -1), rank) << x;
  }
  EXPECT_EQ(thresholdRank(1.0f, std::span<const float>(), 1), 0u);
}

TEST(ThresholdTest, IntegersAgreeWithTheDefinition) {
  const std::vector<int32_t> thresholds = {
      std::numeric_limits<int32_t>::min(), -3, -3, 0, 4,
      std::numeric_limits<int32_t>::max()};
  std::vector<int64_t> values = {std::numeric_limits<int64_t>::min(),
                                 std::numeric_limits<int64_t>::max(),
                                 int64_t(1) << 31,
                                 -(int64_t(1) << 31),
                                 (int64_t(1) << 31) - 1,
                                 int64_t(1) << 32};
  for (int64_t x = -8; x <= 8; ++x)
    values.push_back(x);
  for (int64_t x : values)
    for (int sign : {1, -1}) {
      long double key = sign * static_cast<long double>(x);
      auto expected = std::count_if(thresholds.begin(), thresholds.end(),
                                    [&](int32_t t) { return key >= t; });
      EXPECT_EQ(thresholdRank(x, thresholds, sign), expected) << x;
    }
}

TEST(ThresholdTest, MidpointThresholdsByHand) {
  EXPECT_EQ(midpointThresholds(0.5f, LevelSet::bipolar()),
            (std::vector<float>{0}));
  EXPECT_EQ(midpointThresholds(0.5f, LevelSet::pow2(3)),
            (std::vector<float>{-1.5f, -0.75f, -0.25f, 0.25f, 0.75f, 1.5f}));

  EXPECT_EQ(midpointThresholds(0.5f, LevelSet::ternary()),
            (std::vector<float>{-0.25f, 0.25f}));
  EXPECT_EQ(midpointThresholds(2, LevelSet::unsignedInteger(2)),
            (std::vector<float>{1, 3, 5}));
  std::vector<float> wide =
      midpointThresholds(0.1f, LevelSet::unsignedInteger(16));
  EXPECT_EQ(wide.size(), 65535u);
  EXPECT_TRUE(std::is_sorted(wide.begin(), wide.end()));
}

// With a power of two for scale nothing is rounded but the result: the two
// agree except where x/scale is halfway between two levels of which the lower
// is even. There quantize stays and the threshold counts.
TEST(ThresholdTest, UniformAgreesWithQuantizeExceptAtTies) {
  for (LevelSet set : {LevelSet::integer(4), LevelSet::unsignedInteger(3),
                       LevelSet::ternary(), LevelSet::integerNarrow(5)}) {
    float scale = 0.125f;
    std::vector<float> thresholds = midpointThresholds(scale, set);
    for (int i = -200; i <= 200; ++i) {
      float quotient = static_cast<float>(i) / 8;
      int32_t ranked = set.minLevel() +
                       int32_t(thresholdRank(quotient * scale, thresholds, 1));
      int32_t quantized = quantize(quotient * scale, scale, set);
      bool tie = quotient - std::floor(quotient) == 0.5f &&
                 int(std::floor(quotient)) % 2 == 0 &&
                 quotient > set.minLevel() && quotient < set.maxLevel();
      ASSERT_EQ(ranked, quantized + tie) << set.str() << " " << quotient;
    }
  }
}

// With any scale they differ at most where x is a threshold or x/scale rounds
// to a tie, that is within a rounding of the true tie.
TEST(ThresholdTest, UniformAgreesWithQuantizeOffTheThresholds) {
  std::mt19937 random(6);
  LevelSet set = LevelSet::integer(4);
  for (int round = 0; round < 200; ++round) {
    float scale = std::ldexp(1 + float(random() % 10007) / 10007, -3);
    std::vector<float> thresholds = midpointThresholds(scale, set);
    std::vector<float> values;
    for (float t : thresholds)
      for (float x = std::nextafter(std::nextafter(t, -9.f), -9.f);
           values.size() < 5 || x <= std::nextafter(t, 9.f);
           x = std::nextafter(x, 9.f))
        values.push_back(x);
    for (float x : values) {
      float quotient = x / scale;
      bool near = std::count(thresholds.begin(), thresholds.end(), x) ||
                  quotient - std::floor(quotient) == 0.5f;
      int32_t ranked =
          set.minLevel() + int32_t(thresholdRank(x, thresholds, 1));
      int32_t difference = ranked - quantize(x, scale, set);
      ASSERT_LE(std::abs(difference), near) << x << " " << scale;
    }
  }
}

} // namespace
