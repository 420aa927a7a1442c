//===- Quantize.h - Where real numbers become levels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_QUANTIZE_H
#define LOWBIT_NUMERICS_QUANTIZE_H

#include "lowbit/Numerics/LevelSet.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lowbit::numerics {

/// `lowbit.quantize` of one element, all in IEEE binary32: v = x / scale,
/// v limited to [minLevel, maxLevel] by "v > min ? v : min" then
/// "v < max ? v : max" (so NaN gives minLevel), then rounded half to even.
/// `set` must be gapless; scale must be positive and finite.
int32_t quantize(float x, float scale, const LevelSet &set);

/// `lowbit.dequantize` of one element in binary32, two roundings, never fused:
/// float(level) * scale + bias.
float dequantize(int64_t level, float scale, float bias);

/// `lowbit.threshold` of one element: the number of thresholds t with
/// sign * x >= t, sign being +1 or -1. A NaN x counts none. Thresholds are
/// ascending, ties count.
uint32_t thresholdRank(float x, std::span<const float> thresholds, int sign);
uint32_t thresholdRank(int64_t x, std::span<const int32_t> thresholds,
                       int sign);

/// Result of fitting levels to real weights: weight ~= scale * level.
struct ScaledLevels {
  float scale;
  std::vector<int32_t> levels;
  double squaredError;
};

/// Scale and levels with the least sum of squared errors over `weights` that
/// this search finds: candidate scales s = max|w| / maxMagnitude and s0 * f for
/// a geometric grid of f, s0 the least scale at which no weight saturates
/// (leaving out a side of zero on which the set has no level), each followed by
/// one step (levels nearest to w/s, then s = <w, l> / <l, l>) and the best few
/// by further ones until the error stops falling noticeably. Never worse than
/// the nearest levels under max|w| / maxMagnitude. All-zero weights give scale
/// 1 and the levels nearest to 0. Deterministic. Scale is positive, finite and
/// not subnormal; weights must be finite.
ScaledLevels fitLevels(std::span<const float> weights, const LevelSet &set);

/// A histogram of real activations for choosing a clipping range.
/// Bins divide [lo, hi] evenly, lo <= hi; values outside are counted in the end
/// bins, NaN is not counted.
class Histogram {
public:
  Histogram(float lo, float hi, size_t bins = 2048);
  void add(float value);
  float lo() const { return low; }
  float hi() const { return high; }
  std::span<const uint64_t> bins() const { return counts; }
  /// Centre of bin `index`.
  double centre(size_t index) const;

private:
  float low, high;
  std::vector<uint64_t> counts;
};

/// The scale with the least mean squared error when the histogram's values are
/// quantized to the nearest levels of `set`: tries clipping ranges from the
/// full one down in even steps. Returns a positive finite scale; 1 when the
/// histogram is empty, has all its values in bins that hold zero, or lies
/// wholly on a side of zero on which the set has no level.
float fitActivationScale(const Histogram &histogram, const LevelSet &set);

/// The n-1 thresholds half way between the levels of `set` (n levels) times
/// scale: t_i = (level of rank i-1 + level of rank i) / 2 * scale, i = 1..n-1,
/// in binary32. For a gapless set they are those of a uniform quantizer.
std::vector<float> midpointThresholds(float scale, const LevelSet &set);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_QUANTIZE_H
