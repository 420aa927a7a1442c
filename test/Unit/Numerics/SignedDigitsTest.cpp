//===- SignedDigitsTest.cpp - Unit tests of signed-digit forms ------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/SignedDigits.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <random>

using namespace lowbit::numerics;

namespace {

using Digits = std::vector<SignedDigit>;

constexpr int64_t gridBound = 4096;

int64_t valueOf(const Digits &digits) {
  int64_t value = 0;
  for (SignedDigit digit : digits)
    value += (digit.negative ? -1 : 1) * (int64_t(1) << digit.shift);
  return value;
}

void expectCanonical(int64_t value) {
  Digits digits = canonicalSignedDigits(value);
  ASSERT_EQ(valueOf(digits), value);
  for (size_t i = 1; i < digits.size(); ++i)
    ASSERT_GE(digits[i].shift, digits[i - 1].shift + 2) << value;
}

/// The least number of terms +-2^k, k <= 14, of each value in [0, 2^14], by
/// breadth-first search from 0.
std::vector<unsigned> leastDigitCounts() {
  constexpr int64_t limit = int64_t(1) << 14;
  constexpr unsigned unseen = ~0u;
  std::vector<unsigned> count(2 * limit + 1, unseen);
  std::vector<int64_t> queue = {0};
  count[limit] = 0;
  for (size_t head = 0; head < queue.size(); ++head)
    for (int64_t power = 1; power <= limit; power *= 2)
      for (int64_t next : {queue[head] - power, queue[head] + power})
        if (std::abs(next) <= limit && count[next + limit] == unseen) {
          count[next + limit] = count[queue[head] + limit] + 1;
          queue.push_back(next);
        }
  return std::vector<unsigned>(count.begin() + limit, count.end());
}

TEST(SignedDigitsTest, CanonicalAndMinimal) {
  std::vector<unsigned> least = leastDigitCounts();
  for (int64_t value = -gridBound; value <= gridBound; ++value) {
    expectCanonical(value);
    ASSERT_EQ(canonicalSignedDigits(value).size(), least[std::abs(value)])
        << value;
  }
}

TEST(SignedDigitsTest, ByHand) {
  EXPECT_TRUE(canonicalSignedDigits(0).empty());
  EXPECT_EQ(canonicalSignedDigits(7), (Digits{{0, true}, {3, false}}));
  EXPECT_EQ(canonicalSignedDigits(-6), (Digits{{1, false}, {3, true}}));
  EXPECT_EQ(canonicalSignedDigits(8), (Digits{{3, false}}));
}

TEST(SignedDigitsTest, LargeValues) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 1000; ++i)
    expectCanonical(static_cast<int64_t>(random()) >> 2);
  expectCanonical((int64_t(1) << 62) - 1);
  expectCanonical(1 - (int64_t(1) << 62));
}

TEST(SignedDigitsTest, LimitIsNearest) {
  std::vector<unsigned> least = leastDigitCounts();
  for (unsigned maxDigits = 1; maxDigits <= 4; ++maxDigits) {
    std::vector<int64_t> allowed;
    for (size_t value = 0; value < least.size(); ++value)
      if (least[value] <= maxDigits)
        allowed.push_back(static_cast<int64_t>(value));
    for (int64_t value = 0; value <= gridBound; ++value) {
      auto above = std::lower_bound(allowed.begin(), allowed.end(), value);
      int64_t expected = *above;
      if (expected != value && value - above[-1] <= expected - value)
        expected = above[-1];
      ASSERT_EQ(limitSignedDigits(value, maxDigits), expected) << value;
      ASSERT_EQ(limitSignedDigits(-value, maxDigits), -expected) << value;
    }
  }
}

TEST(SignedDigitsTest, LimitByHand) {
  EXPECT_EQ(limitSignedDigits(11, 1), 8);
  EXPECT_EQ(limitSignedDigits(11, 2), 10);
  EXPECT_EQ(limitSignedDigits(11, 3), 11);
  EXPECT_EQ(limitSignedDigits(3, 1), 2);
  int64_t largest = (int64_t(1) << 62) - 1;
  EXPECT_EQ(limitSignedDigits(largest, 1), largest + 1);
  EXPECT_EQ(limitSignedDigits(largest, 2), largest);
  EXPECT_EQ(limitSignedDigits(-largest, 1), -largest - 1);
}

} // namespace
