//===- FitLevelsTest.cpp - Unit tests of fitting levels to weights --------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AllLevelSets.h"
#include "lowbit/Numerics/Quantize.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace lowbit::numerics;

namespace {

using Weights = std::vector<float>;

class FitLevels : public testing::TestWithParam<LevelSet> {};

INSTANTIATE_TEST_SUITE_P(Grid, FitLevels, testing::ValuesIn(allLevelSets()));

double errorOf(const Weights &weights, const LevelSet &set, float scale) {
  double sum = 0;
  for (float weight : weights) {
    double error = weight - double(scale) * set.nearest(double(weight) / scale);
    sum += error * error;
  }
  return sum;
}

float largestOf(const Weights &weights) {
  float largest = 0;
  for (float weight : weights)
    largest = std::max(largest, std::fabs(weight));
  return largest;
}

void expectConsistent(const ScaledLevels &fit, const Weights &weights,
                      const LevelSet &set) {
  ASSERT_EQ(fit.levels.size(), weights.size());
  ASSERT_TRUE(std::isnormal(fit.scale) && fit.scale > 0) << fit.scale;
  for (size_t i = 0; i < weights.size(); ++i)
    ASSERT_EQ(fit.levels[i], set.nearest(double(weights[i]) / fit.scale));
  ASSERT_DOUBLE_EQ(fit.squaredError, errorOf(weights, set, fit.scale));
}

TEST_P(FitLevels, NotWorseThanMaxScaling) {
  constexpr unsigned seed = 7;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, 0.05f);
  for (size_t count : {1, 2, 9, 27, 100, 1200}) {
    Weights weights(count);
    for (float &weight : weights)
      weight = normal(random);
    ScaledLevels fit = fitLevels(weights, GetParam());
    expectConsistent(fit, weights, GetParam());
    float plain = largestOf(weights) / GetParam().maxMagnitude();
    EXPECT_LE(fit.squaredError, errorOf(weights, GetParam(), plain)) << count;
  }
}

TEST_P(FitLevels, RecoversScaledLevels) {
  constexpr unsigned seed = 8;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  LevelSet set = GetParam();
  for (float scale : {1.0f, 0.37f, 1e-4f}) {
    std::vector<int32_t> levels = {set.maxLevel(), set.minLevel()};
    for (int i = 0; i < 300; ++i)
      levels.push_back(set.levelAt(random() % set.numLevels()));
    Weights weights;
    for (int32_t level : levels)
      weights.push_back(static_cast<float>(level) * scale);
    ScaledLevels fit = fitLevels(weights, set);
    expectConsistent(fit, weights, set);
    EXPECT_EQ(fit.levels, levels);
    EXPECT_FLOAT_EQ(fit.scale, scale);
  }
}

TEST_P(FitLevels, AllZeroOrEmpty) {
  LevelSet set = GetParam();
  ScaledLevels zero = fitLevels(Weights{0, -0.0f, 0}, set);
  EXPECT_EQ(zero.scale, 1);
  EXPECT_EQ(zero.levels, std::vector<int32_t>(3, set.nearest(0)));
  double nearest = set.nearest(0);
  EXPECT_EQ(zero.squaredError, 3 * nearest * nearest);
  ScaledLevels empty = fitLevels({}, set);
  EXPECT_EQ(empty.scale, 1);
  EXPECT_TRUE(empty.levels.empty());
}

TEST_P(FitLevels, ExtremeAndOneSidedWeights) {
  float max = std::numeric_limits<float>::max();
  float min = std::numeric_limits<float>::denorm_min();
  for (const Weights &weights :
       {Weights{max, -max, 1}, Weights{min, -min, 0}, Weights{max, min},
        Weights{-3, -2, -1}, Weights{3, 2, 1}, Weights{-1000, 1, 2, 3}})
    expectConsistent(fitLevels(weights, GetParam()), weights, GetParam());
}

TEST(FitLevelsTest, BipolarScaleIsTheMeanMagnitude) {
  ScaledLevels fit = fitLevels(Weights{1, -2, 3, -6}, LevelSet::bipolar());
  EXPECT_FLOAT_EQ(fit.scale, 3);
  EXPECT_EQ(fit.levels, (std::vector<int32_t>{1, -1, 1, -1}));
  EXPECT_DOUBLE_EQ(fit.squaredError, 4 + 1 + 0 + 9);
}

/// The optimum for ternary: the k largest magnitudes and their mean, best k.
double bestTernaryError(Weights weights) {
  std::sort(weights.begin(), weights.end(),
            [](float a, float b) { return std::fabs(a) > std::fabs(b); });
  double energy = 0, sum = 0, gain = 0;
  for (size_t k = 0; k < weights.size(); ++k) {
    energy += double(weights[k]) * weights[k];
    sum += std::fabs(weights[k]);
    gain = std::max(gain, sum * sum / double(k + 1));
  }
  return energy - gain;
}

TEST(FitLevelsTest, TernaryIsNearTheOptimum) {
  std::mt19937 random(9);
  std::normal_distribution<float> normal;
  for (size_t count : {5, 20, 100, 2000}) {
    Weights weights(count);
    for (float &weight : weights)
      weight = normal(random);
    double best = bestTernaryError(weights);
    double found = fitLevels(weights, LevelSet::ternary()).squaredError;
    EXPECT_GE(found, best * (1 - 1e-9));
    EXPECT_LE(found, best * 1.02) << count;
  }
}

TEST(FitLevelsTest, ClippingAnOutlierPays) {
  std::mt19937 random(10);
  std::normal_distribution<float> normal;
  Weights weights(5000);
  for (float &weight : weights)
    weight = normal(random);
  weights[0] = 12;
  LevelSet set = LevelSet::integer(4);
  ScaledLevels fit = fitLevels(weights, set);
  EXPECT_LT(fit.scale, 12.0f / 7 / 2);
  EXPECT_LT(fit.squaredError, errorOf(weights, set, 12.0f / 8) / 3);
}

TEST(FitLevelsTest, OrderDoesNotMatter) {
  std::mt19937 random(11);
  std::normal_distribution<float> normal;
  Weights weights(500);
  for (float &weight : weights)
    weight = normal(random);
  for (LevelSet set : {LevelSet::pow2(4), LevelSet::integer(8)}) {
    float scale = fitLevels(weights, set).scale;
    std::reverse(weights.begin(), weights.end());
    EXPECT_EQ(fitLevels(weights, set).scale, scale);
  }
}

} // namespace
