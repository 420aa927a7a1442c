//===- SqueezeThreshold.h - Thresholds from activations -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The arithmetic of squeeze-and-threshold quantizers in both forms, all in IEEE
// binary32 and in the order that docs/Semantics.md gives. Which networks lie
// between the squeeze and the thresholds is our reconstruction, following the
// abstract of arXiv 2209.15317.
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_SQUEEZETHRESHOLD_H
#define LOWBIT_NUMERICS_SQUEEZETHRESHOLD_H

#include "lowbit/Numerics/LevelSet.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lowbit::numerics {

/// The thresholds of a channel for input x, one for each level of `set` but the
/// lowest, where a quantizer of clipping range `range` reads adjust * x:
/// ((minLevel + i - 1/2) * (range / maxLevel)) / adjust, i = 1..n-1, and
/// range / adjust for the bipolar set. `set` is bipolar or gapless with a
/// positive level. Both forms of the op and its calibration call this.
std::vector<float> squeezeThresholds(float adjust, float range,
                                     const LevelSet &set);

/// The step of a layer whose channels have these clipping ranges (one or more):
/// their mean / maxLevel.
float squeezeStep(std::span<const float> ranges, const LevelSet &set);

/// Sum in ascending order from 0 on, divided by the number of values (at least
/// one).
float orderedMean(std::span<const float> values);

/// sigmoid(second relu(first x + firstBias) + secondBias): matrices row-major,
/// `first` of (hidden x inputs), `second` of (outputs x hidden) elements.
struct SqueezeNetwork {
  std::span<const float> first, firstBias, second, secondBias;

  /// One value in [0, 1] for each output; `inputs` values go in.
  std::vector<float> apply(std::span<const float> inputs) const;
};

/// What a sample computes from itself.
struct SqueezedSample {
  std::vector<float> adjust; ///< one for each channel
  std::vector<float> range;  ///< one for each channel, or one
};

/// Squeezes `sample`, positions x channels row-major: adjust = 2 *
/// adjusting(mean of x), range = maxRange * thresholding(mean of adjust * x).
SqueezedSample squeezeSample(std::span<const float> sample, size_t channels,
                             const SqueezeNetwork &adjusting,
                             const SqueezeNetwork &thresholding,
                             float maxRange);

/// (1 - momentum) * running + momentum * mean.
float moveAverage(float running, float mean, float momentum);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_SQUEEZETHRESHOLD_H
