//===- TrainedLevelsTest.cpp - Unit tests of hidden level sets ------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/TrainedLevels.h"
#include "AllLevelSets.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>
#include <random>

using namespace lowbit::numerics;

namespace {

using Levels = std::vector<int32_t>;
using Weights = std::vector<float>;

constexpr unsigned seed = 20261124;

std::optional<TrainedLevels<float>> find(const Weights &weights,
                                         size_t channels) {
  return findTrainedLevels(std::span<const float>(weights), channels);
}

std::optional<TrainedLevels<int64_t>> find(const std::vector<int64_t> &weights,
                                           size_t channels) {
  return findTrainedLevels(std::span<const int64_t>(weights), channels);
}

/// Levels of `set`, drawn at random, all of them in the first channel.
Levels drawLevels(const LevelSet &set, size_t channels, size_t size) {
  std::mt19937 random(seed);
  Levels levels = levelsOf(set);
  for (size_t i = levels.size(); i < channels * size; ++i)
    levels.push_back(set.levelAt(random() % set.numLevels()));
  return levels;
}

/// fl(scale of the channel x level). Scales have all 24 bits.
Weights scaleLevels(const Levels &levels, size_t channels, bool perChannel) {
  std::mt19937 random(seed);
  size_t size = levels.size() / channels;
  Weights weights;
  float scale = 0;
  for (size_t i = 0; i < levels.size(); ++i) {
    if (i == 0 || (perChannel && i % size == 0))
      scale = std::ldexp(float(0x800001 + 2 * (random() % 0x3FFFFF)), -27);
    weights.push_back(scale * static_cast<float>(levels[i]));
  }
  return weights;
}

template <typename Scale>
void expectDescribes(const TrainedLevels<Scale> &found,
                     const std::vector<Scale> &weights, size_t channels) {
  ASSERT_EQ(found.scales.size(), channels);
  ASSERT_EQ(found.levels.size(), weights.size());
  for (size_t i = 0; i < weights.size(); ++i) {
    double product =
        double(found.scales[i / (weights.size() / channels)]) * found.levels[i];
    ASSERT_TRUE(found.set.contains(found.levels[i])) << found.levels[i];
    ASSERT_LE(std::fabs(product - double(weights[i])),
              0x1p-20 * std::fabs(double(weights[i])));
  }
}

/// The sets that are told by themselves: no smaller or earlier one has their
/// levels.
std::vector<LevelSet> findableSets() {
  std::vector<LevelSet> sets = {LevelSet::bipolar(),
                                LevelSet::ternary(),
                                LevelSet::pow2(3),
                                LevelSet::pow2(4),
                                LevelSet::pow2(5),
                                LevelSet::pow2NoZero(2),
                                LevelSet::pow2NoZero(3),
                                LevelSet::pow2NoZero(4),
                                LevelSet::pow2NoZero(5),
                                LevelSet::odd(2),
                                LevelSet::odd(3),
                                LevelSet::odd(4),
                                LevelSet::integerNarrow(3),
                                LevelSet::integerNarrow(4),
                                LevelSet::integerNarrow(5),
                                LevelSet::integerNarrow(6),
                                LevelSet::integer(2),
                                LevelSet::integer(4),
                                LevelSet::integer(6),
                                LevelSet::unsignedInteger(1),
                                LevelSet::unsignedInteger(2),
                                LevelSet::unsignedInteger(4),
                                LevelSet::unsignedInteger(6)};
  // Differences of powers of two, and numbers without any order.
  sets.push_back(LevelSet::list(Levels{-63, -60, -31, -30, -28, -15, -14, 0, 14,
                                       15, 28, 30, 31, 62, 63, 127}));
  sets.push_back(LevelSet::list(Levels{-7, -3, 0, 1, 6}));
  sets.push_back(LevelSet::list(Levels{-1000, 1, 999}));
  return sets;
}

class FindTrainedLevels : public testing::TestWithParam<LevelSet> {};

INSTANTIATE_TEST_SUITE_P(Grid, FindTrainedLevels,
                         testing::ValuesIn(findableSets()));

TEST_P(FindTrainedLevels, OneScaleForAll) {
  Levels levels = drawLevels(GetParam(), 8, 144);
  Weights weights = scaleLevels(levels, 8, false);
  auto found = find(weights, 8);
  ASSERT_TRUE(found) << "seed " << seed;
  EXPECT_EQ(found->set, GetParam());
  EXPECT_EQ(found->levels, levels);
  for (float scale : found->scales)
    EXPECT_EQ(scale, found->scales[0]);
  expectDescribes(*found, weights, 8);
}

TEST_P(FindTrainedLevels, OneScaleForEachChannel) {
  Levels levels = drawLevels(GetParam(), 8, 144);
  Weights weights = scaleLevels(levels, 8, true);
  auto found = find(weights, 8);
  ASSERT_TRUE(found) << "seed " << seed;
  EXPECT_EQ(found->set, GetParam());
  EXPECT_EQ(found->levels, levels);
  expectDescribes(*found, weights, 8);
}

TEST_P(FindTrainedLevels, IntegersWithAScaleForEachChannel) {
  Levels levels = drawLevels(GetParam(), 8, 144);
  std::vector<int64_t> weights;
  for (size_t i = 0; i < levels.size(); ++i)
    weights.push_back(int64_t(i / 144 + 1) * levels[i]);
  auto found = find(weights, 8);
  ASSERT_TRUE(found) << "seed " << seed;
  EXPECT_EQ(found->set, GetParam());
  EXPECT_EQ(found->levels, levels);
  expectDescribes(*found, weights, 8);
}

TEST_P(FindTrainedLevels, OneOddWeightRulesThemOut) {
  Weights weights =
      scaleLevels(drawLevels(GetParam(), 8, 144), 8, /*perChannel=*/false);
  weights[1000] = 0.123456789f;
  EXPECT_FALSE(find(weights, 8)) << "seed " << seed;
}

TEST(TrainedLevelsTest, OrdinaryWeightsHaveNone) {
  std::mt19937 random(seed);
  for (size_t size : {1, 2, 3, 4, 9, 27, 144, 1000})
    for (size_t channels : {1, 2, 8, 64}) {
      Weights weights;
      for (size_t i = 0; i < size * channels; ++i)
        weights.push_back(float(int32_t(random())) * 0x1p-31f);
      EXPECT_FALSE(find(weights, channels)) << size << " x " << channels;
      // Pruned: zeros are no evidence.
      for (size_t i = 0; i < weights.size(); ++i)
        if (random() % 8)
          weights[i] = 0;
      EXPECT_FALSE(find(weights, channels)) << size << " x " << channels;
    }
}

TEST(TrainedLevelsTest, FewWeightsAreNoEvidence) {
  EXPECT_FALSE(find(Weights{}, 1));
  EXPECT_FALSE(find(Weights{0.3f}, 1));
  EXPECT_FALSE(find(Weights{0.3f, -0.3f, 0.3f}, 1));
  // Two levels and one scale ask for twelve weights.
  Weights weights(11, 0.3f);
  weights[4] = -0.3f;
  EXPECT_FALSE(find(weights, 1));
  weights.push_back(0.3f);
  EXPECT_EQ(find(weights, 1)->set, LevelSet::bipolar());
  // Of three scales too, though one would do.
  EXPECT_FALSE(find(Weights{1, -1, 1, -1, 3, -3, 3, -3, 7, -7, 7, -7}, 3));
}

TEST(TrainedLevelsTest, ChannelsOfZeros) {
  EXPECT_FALSE(find(Weights(100), 4));
  Weights weights(100, -0.7f);
  for (size_t i = 25; i < 50; ++i)
    weights[i] = 0;
  auto found = find(weights, 4);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->set, LevelSet::list(Levels{-1, 0}));
  EXPECT_EQ(found->levels[25], 0);
}

TEST(TrainedLevelsTest, RoundingIsForgivenAndMoreIsNot) {
  Weights weights(64, 0.7f);
  weights[3] = -0.7f * (1 + 0x1p-22f);
  EXPECT_TRUE(find(weights, 1));
  weights[3] = -0.7f * (1 + 0x1p-17f);
  EXPECT_FALSE(find(weights, 1));
  // A tiny number is not 0.
  weights[3] = 0x1p-60f;
  EXPECT_FALSE(find(weights, 1));
  weights[3] = -0.0f;
  EXPECT_TRUE(find(weights, 1));
}

TEST(TrainedLevelsTest, WeightsThatAreNoNumbers) {
  for (float bad : {std::numeric_limits<float>::infinity(), std::nanf("")}) {
    Weights weights(64, 0.5f);
    weights[7] = bad;
    EXPECT_FALSE(find(weights, 1));
  }
  EXPECT_FALSE(find(Weights(64, std::numeric_limits<float>::denorm_min()), 1));
}

// Channel 1 uses -7 and 0 of the list only, which reduce to -1 and 0: as good
// as -3 and 0.
TEST(TrainedLevelsTest, ChannelsAreAlignedToAList) {
  Levels list = {-7, -3, 0, 1, 6};
  Levels levels;
  for (int i = 0; i < 50; ++i)
    levels.push_back(list[i % 5]);
  for (int i = 0; i < 50; ++i)
    levels.push_back(i % 3 ? -7 : 0);
  Weights weights = scaleLevels(levels, 2, /*perChannel=*/true);
  auto found = find(weights, 2);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->set, LevelSet::list(list));
  expectDescribes(*found, weights, 2);
}

TEST(TrainedLevelsTest, Integers) {
  std::vector<int64_t> ternary = {-127, 0, 127, 127, 5, -5, 0, 0};
  auto found = find(ternary, 2);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->set, LevelSet::ternary());
  EXPECT_EQ(found->scales, (std::vector<int64_t>{127, 5}));
  EXPECT_EQ(found->levels, (Levels{-1, 0, 1, 1, 1, -1, 0, 0}));
  // More than six bits are not worth the name.
  std::vector<int64_t> wide;
  for (int64_t w = -127; w <= 127; ++w)
    wide.push_back(w);
  EXPECT_FALSE(find(wide, 1));
  EXPECT_FALSE(find(std::vector<int64_t>{0, 0, 0}, 1));
  EXPECT_FALSE(
      find(std::vector<int64_t>{std::numeric_limits<int64_t>::min(), 1}, 1));
}

} // namespace
