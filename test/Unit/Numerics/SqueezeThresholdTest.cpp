//===- SqueezeThresholdTest.cpp - Unit tests of thresholds from samples ---===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/SqueezeThreshold.h"
#include "lowbit/Numerics/Quantize.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace lowbit::numerics;

namespace {

using Floats = std::vector<float>;

TEST(SqueezeThresholdTest, ThresholdsLieHalfwayBetweenLevels) {
  EXPECT_EQ(squeezeThresholds(1, 3, LevelSet::unsignedInteger(2)),
            Floats({0.5f, 1.5f, 2.5f}));
  EXPECT_EQ(squeezeThresholds(2, 3, LevelSet::unsignedInteger(2)),
            Floats({0.25f, 0.75f, 1.25f}));
  EXPECT_EQ(squeezeThresholds(0.5f, 3, LevelSet::ternary()), Floats({-3, 3}));
  EXPECT_EQ(squeezeThresholds(1, 3, LevelSet::integer(3)),
            Floats({-3.5f, -2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f}));
  EXPECT_EQ(squeezeThresholds(2, 3, LevelSet::bipolar()), Floats({1.5f}));
}

TEST(SqueezeThresholdTest, ThresholdsWithoutAdjustmentAreUniform) {
  LevelSet set = LevelSet::unsignedInteger(4);
  for (float range : {0.1f, 1.0f, 3.3f, 1e-30f})
    EXPECT_EQ(squeezeThresholds(1, range, set),
              midpointThresholds(range / 15, set))
        << range;
}

TEST(SqueezeThresholdTest, StepIsThatOfTheMeanRange) {
  EXPECT_EQ(squeezeStep(Floats{3}, LevelSet::unsignedInteger(2)), 1);
  EXPECT_EQ(squeezeStep(Floats{3, 6}, LevelSet::integerNarrow(3)), 1.5f);
  EXPECT_EQ(squeezeStep(Floats{3, 6}, LevelSet::bipolar()), 4.5f);
}

TEST(SqueezeThresholdTest, MeansAreSummedInOrder) {
  // 2^24 + 1 rounds to 2^24 twice, but 1 + 1 + 2^24 is exact.
  EXPECT_EQ(orderedMean(Floats{16777216, 1, 1, 0}), 4194304);
  EXPECT_EQ(orderedMean(Floats{1, 1, 16777216, 0}), 4194304.5f);
}

TEST(SqueezeThresholdTest, NetworkHasReluAndSigmoid) {
  // Hidden values 2 - 1 = 1 and relu(-2 + 1) = 0; outputs 3 and -3.
  const Floats first = {1, 0, 0, -1}, firstBias = {-1, 1},
               second = {3, 5, -3, 7}, secondBias = {0, 0};
  SqueezeNetwork network{first, firstBias, second, secondBias};
  float low = static_cast<float>(std::exp(-3.0)),
        high = static_cast<float>(std::exp(3.0));
  EXPECT_EQ(network.apply(Floats{2, 2}),
            Floats({1 / (1 + low), 1 / (1 + high)}));
}

TEST(SqueezeThresholdTest, RangeComesFromTheAdjustedSample) {
  // Two positions of two channels with means 2 and -1. Adjusting gives
  // 2 sigmoid(0) = 1; thresholding sees relu(2 - 1) - 1 = 0.
  const Floats none = {0, 0}, zero = {0}, sum = {1, 1}, one = {1},
               minusOne = {-1};
  SqueezedSample squeezed =
      squeezeSample(Floats{1, 0, 3, -2}, 2, {none, zero, none, none},
                    {sum, zero, one, minusOne}, 6);
  EXPECT_EQ(squeezed.adjust, Floats({1, 1}));
  EXPECT_EQ(squeezed.range, Floats({3}));
}

TEST(SqueezeThresholdTest, AveragesMoveByTheMomentum) {
  EXPECT_EQ(moveAverage(4, 8, 0), 4);
  EXPECT_EQ(moveAverage(4, 8, 0.25f), 5);
  EXPECT_EQ(moveAverage(4, 8, 1), 8);
}

} // namespace
