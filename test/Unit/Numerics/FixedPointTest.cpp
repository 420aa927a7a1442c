//===- FixedPointTest.cpp - Unit tests of fixed-point fitting -------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/FixedPoint.h"
#include "lowbit/Numerics/Rounding.h"
#include "lowbit/Numerics/SignedDigits.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>
#include <random>

using namespace lowbit::numerics;

namespace {

using Reals = std::vector<double>;
using Integers = std::vector<int64_t>;

struct Problem {
  std::vector<Reals> scales;
  Integers bounds;
  Reals bias;

  std::vector<AffineTerm> terms() const {
    std::vector<AffineTerm> result;
    for (size_t k = 0; k < scales.size(); ++k)
      result.push_back({scales[k], bounds[k]});
    return result;
  }
};

double scaleOf(const Reals &scales, size_t channel) {
  return scales[scales.size() == 1 ? 0 : channel];
}

Problem randomProblem(std::mt19937 &random) {
  std::uniform_real_distribution<double> exponent(-20, 4), real(-300, 300);
  Problem problem;
  size_t channels = 1 + random() % 5, terms = 1 + random() % 3;
  for (size_t channel = 0; channel < channels; ++channel)
    problem.bias.push_back(real(random));
  for (size_t k = 0; k < terms; ++k) {
    Reals scales(random() % 2 ? 1 : channels);
    for (double &scale : scales)
      scale = (random() % 2 ? -1 : 1) * std::exp2(exponent(random));
    problem.scales.push_back(scales);
    problem.bounds.push_back(random() >> random() % 32);
  }
  return problem;
}

/// Largest error of the multipliers over all inputs, and whether the bound of
/// the accumulator is the largest sum, for every channel.
void expectWithinBounds(const Problem &problem, const FixedPointAffine &fit,
                        double maxError = 0x1p-6) {
  int64_t largest = 0;
  for (size_t channel = 0; channel < problem.bias.size(); ++channel) {
    double unit = std::ldexp(1, -int(fit.shift));
    int64_t offset = fit.offsets[channel];
    int64_t sum = std::abs(offset);
    double error = 0;
    for (size_t k = 0; k < problem.scales.size(); ++k) {
      int64_t multiplier = fit.multipliers[k][channel];
      double scale = scaleOf(problem.scales[k], channel);
      error += problem.bounds[k] * std::fabs(multiplier * unit - scale);
      sum += std::abs(multiplier) * problem.bounds[k];
    }
    EXPECT_LE(error, maxError * (1 + 1e-9));
    EXPECT_LE(std::fabs(offset * unit - problem.bias[channel]), unit / 2);
    largest = std::max(largest, sum);
  }
  EXPECT_EQ(fit.accumulatorBound, largest);
  EXPECT_LT(fit.accumulatorBound + (int64_t(1) << fit.shift >> 1), int64_t(1)
                                                                       << 62);
}

TEST(FixedPointTest, ErrorBoundOverRandomScales) {
  constexpr unsigned seed = 4;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  int fitted = 0;
  for (int round = 0; round < 3000; ++round) {
    Problem problem = randomProblem(random);
    auto fit = fitFixedPoint(problem.terms(), problem.bias);
    if (!fit)
      continue; // wide inputs with large scales
    ++fitted;
    ASSERT_EQ(fit->offsets.size(), problem.bias.size());
    ASSERT_EQ(fit->multipliers.size(), problem.scales.size());
    expectWithinBounds(problem, *fit);
    double boundSum = 0;
    for (int64_t bound : problem.bounds)
      boundSum += bound;
    if (fit->shift > 0) {
      EXPECT_GT(std::ldexp(boundSum, -int(fit->shift)), 0x1p-6);
    }
  }
  EXPECT_GT(fitted, 2000);
}

TEST(FixedPointTest, ErrorIsWhatIsAskedFor) {
  constexpr unsigned seed = 6;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  int fitted = 0;
  for (int round = 0; round < 2000; ++round) {
    Problem problem = randomProblem(random);
    FixedPointPrecision precision;
    precision.maxError = std::ldexp(1, -int(random() % 12));
    auto fit = fitFixedPoint(problem.terms(), problem.bias, precision);
    if (!fit)
      continue;
    ++fitted;
    expectWithinBounds(problem, *fit, precision.maxError);
    double boundSum = 0;
    for (int64_t bound : problem.bounds)
      boundSum += bound;
    if (fit->shift > 0) {
      EXPECT_GT(std::ldexp(boundSum, -int(fit->shift)), precision.maxError);
    }
  }
  EXPECT_GT(fitted, 1300);
}

/// Whether the sums of `problem` at a shift fit 32 bits, rounding included.
bool isNarrow(const Problem &problem, unsigned shift) {
  double unit = std::ldexp(1, int(shift)), largest = 0;
  for (size_t channel = 0; channel < problem.bias.size(); ++channel) {
    double sum = std::fabs(std::nearbyint(problem.bias[channel] * unit));
    for (size_t k = 0; k < problem.scales.size(); ++k)
      sum +=
          problem.bounds[k] *
          std::fabs(std::nearbyint(scaleOf(problem.scales[k], channel) * unit));
    largest = std::max(largest, sum);
  }
  return largest + unit < 0x1p31;
}

// The greatest shift at which 32 bits are enough, if this costs no more than is
// allowed, and the other otherwise.
TEST(FixedPointTest, NarrowSumsWherePrecisionAllows) {
  constexpr unsigned seed = 8;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  int narrowed = 0, kept = 0;
  for (int round = 0; round < 3000; ++round) {
    Problem problem = randomProblem(random);
    FixedPointPrecision precision;
    precision.narrowError = std::ldexp(precision.maxError, random() % 8);
    auto fine = fitFixedPoint(problem.terms(), problem.bias);
    auto fit = fitFixedPoint(problem.terms(), problem.bias, precision);
    ASSERT_EQ(fit.has_value(), fine.has_value());
    if (!fit)
      continue;
    double boundSum = 0;
    for (int64_t bound : problem.bounds)
      boundSum += bound;
    unsigned least = 0;
    while (std::ldexp(boundSum, -int(least) - 1) > precision.narrowError)
      ++least;
    unsigned expected = fine->shift;
    if (!isNarrow(problem, fine->shift))
      for (unsigned shift = fine->shift; shift-- > least;)
        if (isNarrow(problem, shift)) {
          expected = shift;
          break;
        }
    ASSERT_EQ(fit->shift, expected);
    expectWithinBounds(problem, *fit,
                       std::max(precision.maxError, precision.narrowError));
    narrowed += expected < fine->shift;
    kept += expected == fine->shift && !isNarrow(problem, expected);
  }
  EXPECT_GT(narrowed, 50);
  EXPECT_GT(kept, 50);
}

// Where a term has a multiplier for each channel it becomes the nearest of few
// digits; all else is as without the limit.
TEST(FixedPointTest, DigitsOfChannelsAreLimited) {
  constexpr unsigned seed = 7;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  int limited = 0;
  for (int round = 0; round < 2000; ++round) {
    Problem problem = randomProblem(random);
    FixedPointPrecision few;
    few.maxDigits = 1 + random() % 4;
    auto fit = fitFixedPoint(problem.terms(), problem.bias, few);
    auto fine = fitFixedPoint(problem.terms(), problem.bias);
    if (!fit || !fine)
      continue;
    EXPECT_EQ(fit->shift, fine->shift);
    EXPECT_EQ(fit->offsets, fine->offsets);
    int64_t largest = 0;
    for (size_t channel = 0; channel < problem.bias.size(); ++channel) {
      int64_t sum = std::abs(fit->offsets[channel]);
      for (size_t k = 0; k < problem.scales.size(); ++k) {
        int64_t multiplier = fit->multipliers[k][channel];
        int64_t expected = fine->multipliers[k][channel];
        if (problem.scales[k].size() > 1)
          expected = limitSignedDigits(expected, few.maxDigits);
        ASSERT_EQ(multiplier, expected);
        limited += multiplier != fine->multipliers[k][channel];
        sum += std::abs(multiplier) * problem.bounds[k];
      }
      largest = std::max(largest, sum);
    }
    EXPECT_EQ(fit->accumulatorBound, largest);
  }
  EXPECT_GT(limited, 1000);
}

TEST(FixedPointTest, PrecisionByHand) {
  Problem problem = {{{0.3, 0.7}, {0.3}}, {127, 1}, {0.5, 0}};
  FixedPointPrecision coarse;
  coarse.maxError = 0.25;
  coarse.maxDigits = 2;
  auto fit = fitFixedPoint(problem.terms(), problem.bias, coarse);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->shift, 8u); // 128/2 * 2^-8 = 1/4
  // 76.8 and 179.2: 77 = 64 + 16 - 4 + 1 and 179 = 256 - 64 - 16 + 4 - 1.
  EXPECT_EQ(fit->multipliers, (std::vector<Integers>{{80, 192}, {77, 77}}));
  EXPECT_EQ(fit->offsets, (Integers{128, 0}));
  EXPECT_EQ(fit->accumulatorBound, 192 * 127 + 77);
}

TEST(FixedPointTest, SmallestShiftByHand) {
  Problem problem = {{{0.3}}, {127}, {0.1, -0.25}};
  auto fit = fitFixedPoint(problem.terms(), problem.bias);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->shift, 12u); // 127/2 * 2^-12 <= 2^-6 < 127/2 * 2^-11
  EXPECT_EQ(fit->multipliers, (std::vector<Integers>{{1229, 1229}}));
  EXPECT_EQ(fit->offsets, (Integers{410, -1024}));
  EXPECT_EQ(fit->accumulatorBound, 127 * 1229 + 1024);
}

TEST(FixedPointTest, ExactScalesTakeTheSmallestExactShift) {
  Problem problem = {{{2, 0.75}, {-1}}, {1000000, 3}, {5, -7}};
  auto fit = fitFixedPoint(problem.terms(), problem.bias);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->shift, 2u);
  EXPECT_EQ(fit->multipliers, (std::vector<Integers>{{8, 3}, {-4, -4}}));
  EXPECT_EQ(fit->offsets, (Integers{20, -28}));
}

TEST(FixedPointTest, RoundsHalfToEven) {
  Problem problem = {{{0x1p-6 * 0.5, 0x1p-6 * 1.5}}, {2}, {0x1p-7, 0x3p-7}};
  auto fit = fitFixedPoint(problem.terms(), problem.bias);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->shift, 6u);
  EXPECT_EQ(fit->multipliers, (std::vector<Integers>{{0, 2}}));
  EXPECT_EQ(fit->offsets, (Integers{0, 2}));
}

TEST(FixedPointTest, ResultIsWithinHalfALevel) {
  std::mt19937 random(5);
  Problem problem = {{{0.0123}, {-0.7}}, {5000, 128}, {3.3}};
  auto fit = fitFixedPoint(problem.terms(), problem.bias);
  ASSERT_TRUE(fit);
  for (int round = 0; round < 1000; ++round) {
    int64_t x = int64_t(random() % 10001) - 5000;
    int64_t y = int64_t(random() % 257) - 128;
    int64_t sum = x * fit->multipliers[0][0] + y * fit->multipliers[1][0] +
                  fit->offsets[0];
    int64_t level = roundingShiftRight(sum, fit->shift, Rounding::HalfEven);
    EXPECT_NEAR(level, x * 0.0123 - y * 0.7 + 3.3, 0.5 + 0x1p-5);
  }
}

TEST(FixedPointTest, DegenerateInputs) {
  auto none = fitFixedPoint({}, {});
  ASSERT_TRUE(none);
  EXPECT_EQ(none->shift, 0u);
  EXPECT_EQ(none->accumulatorBound, 0);
  Reals scale = {0.1}, bias = {2.5};
  std::vector<AffineTerm> zeroBound = {{scale, 0}};
  auto constant = fitFixedPoint(zeroBound, bias);
  ASSERT_TRUE(constant);
  EXPECT_EQ(constant->offsets, (Integers{2}));
}

bool fits(double scale, int64_t bound, double bias) {
  Problem problem = {{{scale}}, {bound}, {bias}};
  return fitFixedPoint(problem.terms(), problem.bias).has_value();
}

TEST(FixedPointTest, Refusals) {
  double infinity = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(fits(infinity, 1, 0));
  EXPECT_FALSE(fits(std::nan(""), 1, 0));
  EXPECT_FALSE(fits(1, 1, -infinity));
  EXPECT_FALSE(fits(1, 1, std::nan("")));
  EXPECT_FALSE(fits(0x1p62, 1, 0));
  EXPECT_FALSE(fits(1e300, 1, 0));
  EXPECT_FALSE(fits(0, 1, 1e300));
  EXPECT_FALSE(fits(0.1, int64_t(1) << 61, 0));
  EXPECT_FALSE(fits(1000.1, int64_t(1) << 30, 0));
}

TEST(FixedPointTest, AccumulatorLimitIsSharp) {
  EXPECT_TRUE(fits(1, (int64_t(1) << 62) - 1, 0));
  EXPECT_FALSE(fits(1, (int64_t(1) << 62) - 1, 1));
  EXPECT_TRUE(fits(0x1p61, 1, 0x1p60));
  EXPECT_FALSE(fits(0x1p61, 1, 0x1p61));
  // Shift 1 adds a rounding constant of 1 to 2^62 - 2 or 2^62 - 1.
  EXPECT_TRUE(fits(0.5, (int64_t(1) << 62) - 2, 0));
  EXPECT_FALSE(fits(0.5, (int64_t(1) << 62) - 1, 0));
}

} // namespace
