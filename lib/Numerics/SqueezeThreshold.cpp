//===- SqueezeThreshold.cpp - Thresholds from activations -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/SqueezeThreshold.h"

#include "lowbit/Numerics/Quantize.h"

#include <cassert>
#include <cmath>

namespace lowbit::numerics {

std::vector<float> squeezeThresholds(float adjust, float range,
                                     const LevelSet &set) {
  std::vector<float> thresholds = {range};
  if (set != LevelSet::bipolar())
    thresholds =
        midpointThresholds(range / static_cast<float>(set.maxLevel()), set);
  for (float &threshold : thresholds)
    threshold /= adjust;
  return thresholds;
}

float squeezeStep(std::span<const float> ranges, const LevelSet &set) {
  return orderedMean(ranges) / static_cast<float>(set.maxLevel());
}

float orderedMean(std::span<const float> values) {
  assert(!values.empty() && "nothing has no mean");
  float sum = 0;
  for (float value : values)
    sum += value;
  return sum / static_cast<float>(values.size());
}

/// matrix x + bias, one value for each element of `bias`.
static std::vector<float> applyLayer(std::span<const float> matrix,
                                     std::span<const float> bias,
                                     std::span<const float> x) {
  std::vector<float> result(bias.begin(), bias.end());
  for (size_t row = 0; row != bias.size(); ++row)
    for (size_t column = 0; column != x.size(); ++column) {
      float product = matrix[row * x.size() + column] * x[column];
      result[row] += product;
    }
  return result;
}

std::vector<float> SqueezeNetwork::apply(std::span<const float> inputs) const {
  std::vector<float> hidden = applyLayer(first, firstBias, inputs);
  for (float &value : hidden)
    value = value > 0 ? value : 0;
  std::vector<float> outputs = applyLayer(second, secondBias, hidden);
  for (float &value : outputs) {
    float power = static_cast<float>(std::exp(-static_cast<double>(value)));
    value = 1 / (1 + power);
  }
  return outputs;
}

/// Means over the positions, of adjust * x where `adjust` is given.
static std::vector<float> squeeze(std::span<const float> sample,
                                  size_t channels,
                                  std::span<const float> adjust) {
  size_t positions = sample.size() / channels;
  std::vector<float> means;
  std::vector<float> column(positions);
  for (size_t channel = 0; channel != channels; ++channel) {
    for (size_t position = 0; position != positions; ++position) {
      float x = sample[position * channels + channel];
      column[position] = adjust.empty() ? x : adjust[channel] * x;
    }
    means.push_back(orderedMean(column));
  }
  return means;
}

SqueezedSample squeezeSample(std::span<const float> sample, size_t channels,
                             const SqueezeNetwork &adjusting,
                             const SqueezeNetwork &thresholding,
                             float maxRange) {
  SqueezedSample squeezed;
  squeezed.adjust = adjusting.apply(squeeze(sample, channels, {}));
  for (float &value : squeezed.adjust)
    value *= 2;
  squeezed.range =
      thresholding.apply(squeeze(sample, channels, squeezed.adjust));
  for (float &value : squeezed.range)
    value *= maxRange;
  return squeezed;
}

float moveAverage(float running, float mean, float momentum) {
  float kept = (1 - momentum) * running;
  float moved = momentum * mean;
  return kept + moved;
}

} // namespace lowbit::numerics
