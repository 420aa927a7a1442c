//===- FixedPoint.cpp - Integer multipliers for real scales ---------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/FixedPoint.h"

#include "lowbit/Numerics/SignedDigits.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace lowbit::numerics {

static constexpr unsigned maxShift = 62;
static constexpr int64_t accumulatorLimit = int64_t(1) << 62;

template <typename Predicate>
static bool everyReal(std::span<const AffineTerm> terms,
                      std::span<const double> bias, Predicate holds) {
  for (const AffineTerm &term : terms)
    if (!std::all_of(term.scales.begin(), term.scales.end(), holds))
      return false;
  return std::all_of(bias.begin(), bias.end(), holds);
}

/// The least shift at which half a unit of each multiplier is small enough, or
/// a smaller one at which every multiplier and offset is exact.
static std::optional<unsigned> chooseShift(std::span<const AffineTerm> terms,
                                           std::span<const double> bias,
                                           double maxError) {
  double boundSum = 0;
  for (const AffineTerm &term : terms)
    boundSum += static_cast<double>(term.bound);
  for (unsigned shift = 0; shift <= maxShift; ++shift) {
    int exponent = static_cast<int>(shift);
    auto isExact = [exponent](double real) {
      double scaled = std::ldexp(real, exponent);
      return std::nearbyint(scaled) == scaled;
    };
    if (std::ldexp(boundSum, -exponent - 1) <= maxError ||
        everyReal(terms, bias, isExact))
      return shift;
  }
  return std::nullopt;
}

static std::optional<int64_t> toFixedPoint(double real, unsigned shift) {
  double scaled = std::nearbyint(std::ldexp(real, static_cast<int>(shift)));
  if (std::fabs(scaled) >= static_cast<double>(accumulatorLimit))
    return std::nullopt;
  return static_cast<int64_t>(scaled);
}

static std::optional<std::vector<int64_t>>
toFixedPoint(std::span<const double> reals, size_t channels, unsigned shift) {
  assert((reals.size() == 1 || reals.size() == channels) &&
         "one scale, or one per channel");
  std::vector<int64_t> fixed;
  fixed.reserve(channels);
  for (size_t channel = 0; channel < channels; ++channel) {
    std::optional<int64_t> value =
        toFixedPoint(reals[reals.size() == 1 ? 0 : channel], shift);
    if (!value)
      return std::nullopt;
    fixed.push_back(*value);
  }
  return fixed;
}

/// The largest sum of one channel; nothing when adding the rounding constant
/// 2^(shift-1) to it reaches the limit.
static std::optional<int64_t> accumulatorSum(const FixedPointAffine &affine,
                                             std::span<const AffineTerm> terms,
                                             size_t channel) {
  int64_t half = affine.shift == 0 ? 0 : int64_t(1) << (affine.shift - 1);
  int64_t room = accumulatorLimit - 1 - half;
  int64_t sum = std::abs(affine.offsets[channel]);
  if (sum > room)
    return std::nullopt;
  for (size_t k = 0; k < terms.size(); ++k) {
    int64_t multiplier = std::abs(affine.multipliers[k][channel]);
    if (multiplier != 0 && terms[k].bound > (room - sum) / multiplier)
      return std::nullopt;
    sum += multiplier * terms[k].bound;
  }
  return sum;
}

/// The integers for a shift.
static std::optional<FixedPointAffine>
fitAtShift(std::span<const AffineTerm> terms, std::span<const double> bias,
           unsigned maxDigits, unsigned shift) {
  FixedPointAffine affine = {{}, {}, shift, 0};
  auto offsets = toFixedPoint(bias, bias.size(), shift);
  if (!offsets)
    return std::nullopt;
  affine.offsets = std::move(*offsets);
  for (const AffineTerm &term : terms) {
    assert(term.bound >= 0 && "a bound is a magnitude");
    auto multipliers = toFixedPoint(term.scales, bias.size(), shift);
    if (!multipliers)
      return std::nullopt;
    // One multiplier for all is a constant of the program, whose digits cost
    // little.
    if (maxDigits > 0 && term.scales.size() > 1)
      for (int64_t &multiplier : *multipliers)
        multiplier = limitSignedDigits(multiplier, maxDigits);
    affine.multipliers.push_back(std::move(*multipliers));
  }
  for (size_t channel = 0; channel < bias.size(); ++channel) {
    auto sum = accumulatorSum(affine, terms, channel);
    if (!sum)
      return std::nullopt;
    affine.accumulatorBound = std::max(affine.accumulatorBound, *sum);
  }
  return affine;
}

/// Whether sums fit 32 bits, with the rounding constant.
static bool isNarrow(const FixedPointAffine &affine) {
  return affine.accumulatorBound + (int64_t(1) << affine.shift) < int64_t(1)
                                                                      << 31;
}

std::optional<FixedPointAffine>
fitFixedPoint(std::span<const AffineTerm> terms, std::span<const double> bias,
              const FixedPointPrecision &precision) {
  if (!everyReal(terms, bias, [](double real) { return std::isfinite(real); }))
    return std::nullopt;
  std::optional<unsigned> shift = chooseShift(terms, bias, precision.maxError);
  if (!shift)
    return std::nullopt;
  auto best = fitAtShift(terms, bias, precision.maxDigits, *shift);
  if (!best || isNarrow(*best) || precision.narrowError <= precision.maxError)
    return best;
  std::optional<unsigned> least =
      chooseShift(terms, bias, precision.narrowError);
  for (unsigned narrower = *shift; narrower-- > *least;) {
    auto affine = fitAtShift(terms, bias, precision.maxDigits, narrower);
    if (affine && isNarrow(*affine))
      return affine;
  }
  return best;
}

} // namespace lowbit::numerics
