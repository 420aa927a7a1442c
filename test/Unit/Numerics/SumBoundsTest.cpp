//===- SumBoundsTest.cpp - Unit tests of worst sums -----------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/SumBounds.h"

#include "gtest/gtest.h"

#include <random>
#include <vector>

using namespace lowbit::numerics;

namespace {

/// The range of all partial sums, term by term: each input may be left out or
/// take any value of `input`.
IntegerRange enumerateSums(const std::vector<int32_t> &weights,
                           IntegerRange input) {
  std::vector<int64_t> sums = {0};
  for (int32_t weight : weights) {
    std::vector<int64_t> next = sums;
    for (int64_t sum : sums)
      for (int64_t x = input.lo; x <= input.hi; ++x)
        next.push_back(sum + weight * x);
    sums = next;
  }
  auto [lo, hi] = std::minmax_element(sums.begin(), sums.end());
  return {*lo, *hi};
}

TEST(SumBoundsTest, EqualsEnumerationOfAllPartialSums) {
  const unsigned seed = 7;
  std::mt19937 random(seed);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<int32_t> weights(random() % 4);
    for (int32_t &weight : weights)
      weight = static_cast<int32_t>(random() % 15) - 7;
    int64_t lo = static_cast<int64_t>(random() % 9) - 4;
    IntegerRange input = {lo, lo + static_cast<int64_t>(random() % 5)};
    EXPECT_EQ(worstSum(weights, input), enumerateSums(weights, input))
        << "seed " << seed << ", trial " << trial;
  }
}

TEST(SumBoundsTest, TernaryOnTwoBits) {
  std::vector<int32_t> weights = {1, -1, 0, 1, 1};
  EXPECT_EQ(worstSum(weights, {0, 3}), (IntegerRange{-3, 9}));
}

TEST(SumBoundsTest, InputsOfOneSignLeaveZeroReachable) {
  std::vector<int32_t> weights = {2};
  EXPECT_EQ(worstSum(weights, {3, 5}), (IntegerRange{0, 10}));
  EXPECT_EQ(worstSum(weights, {-5, -3}), (IntegerRange{-10, 0}));
}

TEST(SumBoundsTest, WidthsAtTheirEnds) {
  EXPECT_EQ(accumulatorBits({-128, 127}), 8u);
  EXPECT_EQ(accumulatorBits({-129, 0}), 16u);
  EXPECT_EQ(accumulatorBits({0, 128}), 16u);
  EXPECT_EQ(accumulatorBits({-32768, 32767}), 16u);
  EXPECT_EQ(accumulatorBits({0, 32768}), 32u);
  EXPECT_EQ(accumulatorBits({-(int64_t(1) << 31), (int64_t(1) << 31) - 1}),
            32u);
  EXPECT_EQ(accumulatorBits({0, int64_t(1) << 31}), 64u);
}

} // namespace
