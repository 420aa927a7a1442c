//===- FloatSegment.cpp - What lies between a dequantization and a quantizer -*-
// C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatSegment.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Numerics/Quantize.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace lowbit;
using Kind = ElementwiseStep::Kind;

void ClampedAffine::append(const ElementwiseStep &step, int64_t channel) {
  auto shift = [&](double sign, double by) {
    scale *= sign;
    bias = sign * bias + by;
    lo = sign * lo + by;
    hi = sign * hi + by;
    if (sign < 0)
      std::swap(lo, hi);
  };
  switch (step.kind) {
  case Kind::Add:
    return shift(1, step.constant(channel));
  case Kind::Subtract:
    return shift(1, -step.constant(channel));
  case Kind::SubtractFrom:
    return shift(-1, step.constant(channel));
  case Kind::Multiply: {
    double factor = step.constant(channel);
    scale *= factor;
    bias *= factor;
    // 0 times an absent bound is a bound at 0.
    lo = factor == 0 ? 0 : lo * factor;
    hi = factor == 0 ? 0 : hi * factor;
    if (factor < 0)
      std::swap(lo, hi);
    return;
  }
  case Kind::Clamp:
    lo = std::min<double>(std::max<double>(lo, step.lo), step.hi);
    hi = std::min<double>(std::max<double>(hi, step.lo), step.hi);
    return;
  }
}

float SegmentSource::evaluate(int64_t x, int64_t channel) const {
  float y = static_cast<float>(x) * atChannel(scales, channel);
  if (!biases.empty())
    y = numerics::dequantize(x, atChannel(scales, channel),
                             atChannel(biases, channel));
  for (const ElementwiseStep &step : steps)
    y = step.apply(y, channel);
  return y;
}

/// Where constants are finite, only an infinity times 0 makes a NaN. Each value
/// on the way is monotone in x: one that is infinite for any x of the range is
/// infinite at one of its ends, and a NaN made there stays.
bool SegmentSource::isNumeric(IntegerRange range, int64_t channels) const {
  auto isFinite = [](float value) { return std::isfinite(value); };
  if (!llvm::all_of(scales, isFinite) || !llvm::all_of(biases, isFinite) ||
      !llvm::all_of(steps, [](const auto &step) { return step.isFinite(); }))
    return false;
  for (int64_t channel = 0; channel != channels; ++channel)
    if (std::isnan(evaluate(range.lo, channel)) ||
        std::isnan(evaluate(range.hi, channel)))
      return false;
  return true;
}

ClampedAffine SegmentSource::compose(int64_t channel) const {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  ClampedAffine affine = {atChannel(scales, channel),
                          biases.empty() ? 0.0 : atChannel(biases, channel),
                          -infinity, infinity};
  for (const ElementwiseStep &step : steps)
    affine.append(step, channel);
  return affine;
}

int SegmentSource::getDirection(int64_t channel) const {
  auto sign = [](float factor) { return (factor > 0) - (factor < 0); };
  int direction = sign(atChannel(scales, channel));
  for (const ElementwiseStep &step : steps) {
    if (step.kind == Kind::Multiply)
      direction *= sign(step.constant(channel));
    if (step.kind == Kind::SubtractFrom)
      direction = -direction;
  }
  return direction;
}

/// Traces elementwise steps upwards; returns where they begin.
static Value traceSteps(Value value, SmallVectorImpl<ElementwiseStep> &steps) {
  while (auto step = matchElementwiseStep(value.getDefiningOp())) {
    value = step->input;
    steps.push_back(std::move(*step));
  }
  std::reverse(steps.begin(), steps.end());
  return value;
}

static std::optional<SegmentSource> traceSource(Value value,
                                                Operation *&obstacle) {
  SegmentSource source;
  value = traceSteps(value, source.steps);
  obstacle = value.getDefiningOp();
  source.dequantize = value.getDefiningOp<DequantizeOp>();
  if (!source.dequantize)
    return std::nullopt;
  auto scales = getConstantFloats(source.dequantize.getScale());
  if (!scales)
    return std::nullopt;
  source.scales = std::move(*scales);
  if (Value bias = source.dequantize.getBias()) {
    auto biases = getConstantFloats(bias);
    if (!biases)
      return std::nullopt;
    source.biases = std::move(*biases);
  }
  return source;
}

std::optional<FloatSegment> lowbit::traceSegment(Value value,
                                                 Operation *&obstacle) {
  FloatSegment segment;
  SmallVector<ElementwiseStep> steps;
  Value start = traceSteps(value, steps);
  if (!isResidualAdd(start.getDefiningOp())) {
    auto source = traceSource(value, obstacle);
    if (!source)
      return std::nullopt;
    segment.first = std::move(*source);
    return segment;
  }
  segment.join = start.getDefiningOp();
  segment.stepsAfterJoin = std::move(steps);
  auto first = traceSource(segment.join->getOperand(0), obstacle);
  if (!first)
    return std::nullopt;
  auto second = traceSource(segment.join->getOperand(1), obstacle);
  if (!second)
    return std::nullopt;
  segment.first = std::move(*first);
  segment.second = std::move(second);
  return segment;
}
