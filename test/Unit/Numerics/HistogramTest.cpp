//===- HistogramTest.cpp - Unit tests of activation clipping --------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Quantize.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace lowbit::numerics;

namespace {

using Counts = std::vector<uint64_t>;

constexpr float infinity = std::numeric_limits<float>::infinity();

Counts countsOf(const Histogram &histogram) {
  return {histogram.bins().begin(), histogram.bins().end()};
}

TEST(HistogramTest, BinsDivideTheRange) {
  Histogram histogram(-1, 1, 4);
  for (float x : {-1.0f, -0.51f, -0.5f, -0.1f, 0.0f, 0.49f, 0.5f, 1.0f})
    histogram.add(x);
  EXPECT_EQ(countsOf(histogram), (Counts{2, 2, 2, 2}));
  EXPECT_EQ(histogram.centre(0), -0.75);
  EXPECT_EQ(histogram.centre(3), 0.75);
}

TEST(HistogramTest, EndBinsTakeWhatIsOutside) {
  Histogram histogram(0, 2, 2);
  for (float x : {-5.0f, -infinity, 7.0f, infinity, 1e38f})
    histogram.add(x);
  histogram.add(std::nanf(""));
  EXPECT_EQ(countsOf(histogram), (Counts{2, 3}));
}

TEST(HistogramTest, ValuesUpToTheTopEdge) {
  Histogram histogram(-3e38f, 3e38f, 7);
  histogram.add(std::nextafter(3e38f, 0.0f));
  histogram.add(std::nextafter(-3e38f, 0.0f));
  EXPECT_EQ(countsOf(histogram), (Counts{1, 0, 0, 0, 0, 0, 1}));
}

TEST(HistogramTest, EmptyRange) {
  Histogram histogram(0, 0, 3);
  histogram.add(0);
  histogram.add(1);
  EXPECT_EQ(countsOf(histogram), (Counts{1, 0, 1}));
  EXPECT_EQ(fitActivationScale(histogram, LevelSet::unsignedInteger(4)), 1);
}

TEST(ActivationScaleTest, NothingToFit) {
  LevelSet set = LevelSet::unsignedInteger(4);
  Histogram empty(0, 5);
  EXPECT_EQ(fitActivationScale(empty, set), 1);
  Histogram zero(0, 5);
  zero.add(0);
  EXPECT_EQ(fitActivationScale(zero, set), 1);
  Histogram negative(-5, -1);
  negative.add(-2);
  EXPECT_EQ(fitActivationScale(negative, set), 1);
  EXPECT_GT(fitActivationScale(negative, LevelSet::integer(4)), 0);
}

TEST(ActivationScaleTest, UniformValuesKeepTheFullRange) {
  LevelSet eight = LevelSet::unsignedInteger(8);
  Histogram unsignedHistogram(0, 6);
  Histogram signedHistogram(-2, 6);
  for (int i = 0; i <= 6000; ++i) {
    unsignedHistogram.add(static_cast<float>(i) / 1000);
    signedHistogram.add(static_cast<float>(i) / 1000 * 4 / 3 - 2);
  }
  EXPECT_NEAR(fitActivationScale(unsignedHistogram, eight), 6.0 / 255,
              0.02 * 6 / 255);
  EXPECT_NEAR(fitActivationScale(signedHistogram, LevelSet::integer(8)),
              6.0 / 127, 0.02 * 6 / 127);
  EXPECT_NEAR(fitActivationScale(signedHistogram, LevelSet::integerNarrow(8)),
              6.0 / 127, 0.02 * 6 / 127);
}

double squaredError(const std::vector<float> &values, float scale,
                    const LevelSet &set) {
  double sum = 0;
  for (float x : values) {
    double error = x - dequantize(quantize(x, scale, set), scale, 0);
    sum += error * error;
  }
  return sum;
}

// Against the error over the values themselves: the scale found must be near
// the best of a finer search.
TEST(ActivationScaleTest, NearTheBestClipping) {
  constexpr unsigned seed = 12;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::exponential_distribution<float> exponential;
  std::vector<float> values(5000);
  float largest = 0;
  for (float &x : values) {
    x = exponential(random);
    largest = std::max(largest, x);
  }
  Histogram histogram(0, largest);
  for (float x : values)
    histogram.add(x);
  for (unsigned bits : {2, 3, 4, 8}) {
    LevelSet set = LevelSet::unsignedInteger(bits);
    double best = infinity;
    for (int k = 1; k <= 1000; ++k)
      best =
          std::min(best, squaredError(values,
                                      largest * static_cast<float>(k) / 1000 /
                                          static_cast<float>(set.maxLevel()),
                                      set));
    float scale = fitActivationScale(histogram, set);
    EXPECT_LE(squaredError(values, scale, set), best * 1.05) << bits;
  }
}

TEST(ActivationScaleTest, EveryGaplessSetGivesAScale) {
  Histogram histogram(-1, 1);
  for (int i = -100; i <= 100; ++i)
    histogram.add(static_cast<float>(i) / 100);
  for (LevelSet set : {LevelSet::ternary(), LevelSet::integer(1),
                       LevelSet::unsignedInteger(1), LevelSet::integer(16)}) {
    float scale = fitActivationScale(histogram, set);
    EXPECT_TRUE(std::isfinite(scale) && scale > 0) << set.str();
  }
}

} // namespace
