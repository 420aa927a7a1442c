//===- Histogram.cpp - Clipping ranges of activations ---------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScaleRange.h"
#include "lowbit/Numerics/Quantize.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace lowbit::numerics {

/// Clipping ranges tried: the full one times k/100, k from 100 down to this.
static constexpr int fullClip = 100;
static constexpr int leastClip = 5;

Histogram::Histogram(float lo, float hi, size_t bins)
    : low(lo), high(hi), counts(bins) {
  assert(bins > 0 && "a histogram has at least one bin");
  assert(std::isfinite(lo) && std::isfinite(hi) && lo <= hi &&
         "a histogram has a finite range");
}

void Histogram::add(float value) {
  if (std::isnan(value))
    return;
  size_t index = 0;
  if (value >= high && value > low)
    index = counts.size() - 1;
  else if (value > low)
    index = static_cast<size_t>((double(value) - low) / (double(high) - low) *
                                double(counts.size()));
  ++counts[std::min(index, counts.size() - 1)];
}

double Histogram::centre(size_t index) const {
  return low +
         (double(index) + 0.5) * (double(high) - low) / double(counts.size());
}

/// Whether every value counted is in a bin that holds zero.
static bool isAllZero(const Histogram &histogram) {
  double halfWidth = (double(histogram.hi()) - histogram.lo()) /
                     (2 * double(histogram.bins().size()));
  for (size_t index = 0; index < histogram.bins().size(); ++index)
    if (histogram.bins()[index] != 0 &&
        std::fabs(histogram.centre(index)) > halfWidth)
      return false;
  return true;
}

static double clippingError(const Histogram &histogram, float scale,
                            const LevelSet &set) {
  double error = 0;
  for (size_t index = 0; index < histogram.bins().size(); ++index) {
    uint64_t count = histogram.bins()[index];
    if (count == 0)
      continue;
    double value = histogram.centre(index);
    int32_t level = set.isContiguous()
                        ? quantize(static_cast<float>(value), scale, set)
                        : set.nearest(value / scale);
    double difference = value - double(scale) * level;
    error += double(count) * difference * difference;
  }
  return error;
}

float fitActivationScale(const Histogram &histogram, const LevelSet &set) {
  double full = fullRangeScale(histogram.lo(), histogram.hi(), set);
  if (!(full > 0) || isAllZero(histogram))
    return 1;
  float best = 1;
  double bestError = std::numeric_limits<double>::infinity();
  for (int k = fullClip; k >= leastClip; --k) {
    float scale = toScale(full * k / fullClip);
    double error = clippingError(histogram, scale, set);
    if (error < bestError) {
      best = scale;
      bestError = error;
    }
  }
  return best;
}

std::vector<float> midpointThresholds(float scale, const LevelSet &set) {
  std::vector<float> thresholds;
  thresholds.reserve(set.numLevels() - 1);
  // Levels have at most 17 bits: their mean is exact.
  for (uint32_t rank = 1; rank < set.numLevels(); ++rank)
    thresholds.push_back(
        static_cast<float>(set.levelAt(rank - 1) + set.levelAt(rank)) / 2 *
        scale);
  return thresholds;
}

} // namespace lowbit::numerics
