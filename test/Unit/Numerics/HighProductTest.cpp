//===- HighProductTest.cpp - Rescales in 32 bits -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/HighProduct.h"

#include <gtest/gtest.h>

#include <random>

using namespace lowbit::numerics;

namespace {

constexpr unsigned kSeed = 20;

/// Compares for every x of a range that is walked as a whole.
void expectEqual(const Rescale &rescale, int64_t least, int64_t most,
                 const HighProduct &product) {
  for (int64_t x = least; x <= most; ++x)
    ASSERT_EQ(rescale.apply(x), product.apply(x)) << "x = " << x;
}

/// Every intermediate number is one of 32 bits.
void expectNarrow(const HighProduct &product, int64_t x) {
  EXPECT_EQ(x << product.preshift, static_cast<int32_t>(x << product.preshift));
  EXPECT_GE(product.multiplier, int64_t(1) << 30);
  EXPECT_LT(product.multiplier, int64_t(1) << 31);
  EXPECT_LE(product.shift, 31u);
}

TEST(HighProductTest, EqualsTheRescaleOnTheWholeRange) {
  std::mt19937_64 random(kSeed);
  unsigned fitted = 0, sided = 0;
  for (int round = 0; round != 600; ++round) {
    SCOPED_TRACE("round " + std::to_string(round) + " of seed " +
                 std::to_string(kSeed));
    auto bits = [&](unsigned lo, unsigned hi) {
      return std::uniform_int_distribution<unsigned>(lo, hi)(random);
    };
    auto below = [&](int64_t limit) {
      return std::uniform_int_distribution<int64_t>(-limit, limit)(random);
    };
    // As converters make them: 31 bits, and some 256 levels for the range.
    unsigned rangeBits = bits(4, 16);
    int64_t least = -(int64_t(1) << rangeBits), most = -least - 1;
    int64_t multiplier = (int64_t(1) << 30) + bits(0, (1u << 30) - 1);
    unsigned shift = std::max(1u, 30 + rangeBits - bits(5, 8));
    auto rounding = static_cast<Rounding>(bits(0, 4));
    int64_t lo = bits(0, 1) ? 0 : -128, hi = lo + 255;
    Rescale rescale = {
        multiplier, below(int64_t(1) << shift), shift, rounding, lo, hi};
    auto product = fitHighProduct(rescale, least, most);
    if (!product)
      continue;
    ++fitted;
    sided += product->offset != product->negativeOffset;
    expectNarrow(*product, least);
    expectNarrow(*product, most);
    expectEqual(rescale, least, most, *product);
    if (HasFailure())
      return;
  }
  EXPECT_GT(fitted, 400u);
  // tosa_double rounds negative numbers otherwise.
  EXPECT_GT(sided, 10u);
}

TEST(HighProductTest, TakesMultipliersWithZerosAtTheirEnd) {
  // A product by 2^20 in front of a multiplier of 31 bits, on 512 integers.
  Rescale rescale = {int64_t(1835721671) << 20,
                     0,
                     33,
                     Rounding::TosaDouble,
                     -(int64_t(1) << 31),
                     (int64_t(1) << 31) - 1};
  auto product = fitHighProduct(rescale, -256, 255);
  ASSERT_TRUE(product);
  EXPECT_EQ(product->multiplier, 1835721671);
  expectEqual(rescale, -256, 255, *product);
}

TEST(HighProductTest, RefusesWhatItCannotProve) {
  Rescale rescale = {1 << 30, 0, 31, Rounding::HalfUp, -128, 127};
  EXPECT_TRUE(fitHighProduct(rescale, -256, 255));
  // Falling functions, constants, and multipliers of more than 31 bits.
  for (int64_t multiplier : {int64_t(-5), int64_t(0), (int64_t(1) << 40) + 1}) {
    rescale.multiplier = multiplier;
    EXPECT_FALSE(fitHighProduct(rescale, -256, 255)) << multiplier;
  }
  // Too many integers on both sides to look at each.
  Rescale wide = {
      (int64_t(1) << 30) + 1, 0, 30, Rounding::HalfUp, -(int64_t(1) << 31),
      (int64_t(1) << 31) - 1};
  EXPECT_FALSE(fitHighProduct(wide, -(1 << 20), 1 << 20));
}

} // namespace
