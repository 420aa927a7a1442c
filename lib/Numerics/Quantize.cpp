//===- Quantize.cpp - Element-wise quantize, dequantize, threshold --------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Quantize.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace lowbit::numerics {

int32_t quantize(float x, float scale, const LevelSet &set) {
  assert(set.isContiguous() && "quantize needs a gapless set");
  assert(scale > 0 && std::isfinite(scale) && "scale must be positive");
  auto lo = static_cast<float>(set.minLevel());
  auto hi = static_cast<float>(set.maxLevel());
  float v = x / scale;
  v = v > lo ? v : lo;
  v = v < hi ? v : hi;
  return static_cast<int32_t>(std::nearbyint(v));
}

float dequantize(int64_t level, float scale, float bias) {
  float product = static_cast<float>(level) * scale;
  float sum = product + bias;
  return sum;
}

uint32_t thresholdRank(float x, std::span<const float> thresholds, int sign) {
  if (std::isnan(x))
    return 0;
  float key = sign < 0 ? -x : x;
  auto above = std::upper_bound(thresholds.begin(), thresholds.end(), key);
  return static_cast<uint32_t>(above - thresholds.begin());
}

uint32_t thresholdRank(int64_t x, std::span<const int32_t> thresholds,
                       int sign) {
  // -INT64_MIN does not exist; one less is above every int32 all the same.
  int64_t key =
      sign < 0 ? -std::max(x, -std::numeric_limits<int64_t>::max()) : x;
  auto above = std::upper_bound(thresholds.begin(), thresholds.end(), key);
  return static_cast<uint32_t>(above - thresholds.begin());
}

} // namespace lowbit::numerics
