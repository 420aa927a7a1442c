//===- SqueezeThresholds.cpp - Building squeeze-and-threshold ops -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SqueezeThresholds.h"

#include "Constants.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Numerics/SqueezeThreshold.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

SqueezeThresholdOp lowbit::createSqueezeThreshold(OpBuilder &builder,
                                                  Location loc, Value input,
                                                  ArrayRef<float> adjust,
                                                  ArrayRef<float> range,
                                                  const LevelSet &set) {
  SmallVector<std::vector<float>> rows;
  for (size_t row = 0; row != std::max(adjust.size(), range.size()); ++row)
    rows.push_back(numerics::squeezeThresholds(atChannel(adjust, row),
                                               atChannel(range, row), set));
  if (llvm::all_equal(rows))
    rows.resize(1);
  SmallVector<float> table;
  for (const std::vector<float> &row : rows)
    llvm::append_range(table, row);
  Value thresholds =
      createTosaFloats(builder, loc,
                       {static_cast<int64_t>(rows.size()),
                        static_cast<int64_t>(rows.front().size())},
                       table);
  Value step =
      createTosaFloats(builder, loc, {1}, {numerics::squeezeStep(range, set)});
  return SqueezeThresholdOp::create(
      builder, loc, input.getType(), input, thresholds, step,
      TypeAttr::get(getLevelSetType(builder.getContext(), set)));
}

/// Inputs of a hidden layer for each of its outputs, and by how much running
/// averages move: the customary values of squeeze-and-excitation blocks and of
/// batch norms.
static constexpr int64_t kReduction = 16;
static constexpr float kMomentum = 0.1f;

SqueezeThresholdTrainingOp
lowbit::createSqueezeThresholdTraining(OpBuilder &builder, Location loc,
                                       Value input, ArrayRef<float> range,
                                       const LevelSet &set) {
  auto type = cast<RankedTensorType>(input.getType());
  int64_t channels = type.getShape().back();
  int64_t hidden = std::max<int64_t>(channels / kReduction, 1);
  auto ranges = static_cast<int64_t>(range.size());
  auto create = [&](ArrayRef<int64_t> shape, ArrayRef<float> values) {
    return createTosaFloats(builder, loc, shape, values);
  };
  // 2 sigmoid(0) = 1, and greatest sigmoid(log(t / (greatest - t))) = t.
  float greatest = 2 * *llvm::max_element(range);
  SmallVector<float> biases;
  for (float t : range)
    biases.push_back(std::log(t / (greatest - t)));
  Value adjust = create({channels}, 1.0f), averages = create({ranges}, range);
  return SqueezeThresholdTrainingOp::create(
      builder, loc, type, adjust.getType(), averages.getType(), input,
      create({hidden, channels}, 0.0f), create({hidden}, 0.0f),
      create({channels, hidden}, 0.0f), create({channels}, 0.0f),
      create({hidden, channels}, 0.0f), create({hidden}, 0.0f),
      create({ranges, hidden}, 0.0f), create({ranges}, biases), adjust,
      averages, TypeAttr::get(getLevelSetType(builder.getContext(), set)),
      builder.getF32FloatAttr(kMomentum), builder.getF32FloatAttr(greatest));
}
