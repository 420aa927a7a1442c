//===- QuantizerBuilder.cpp - Quantizers in front of layers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantizerBuilder.h"

#include "Constants.h"
#include "SqueezeThresholds.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "lowbit/Numerics/Quantize.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace lowbit;

/// Activations of at most this many levels are made by thresholds; more levels
/// only where gaps leave no other way.
static constexpr unsigned kMaxThresholdLevels = 16;

bool ActivationChoice::usesThresholds() const {
  return set.numLevels() <= kMaxThresholdLevels || !set.isContiguous();
}

bool ActivationChoice::hasRange() const {
  return set.isContiguous() && set.maxLevel() > 0;
}

/// What the quantizer of `choice` makes of one number.
static float quantizeNumber(float x, const ActivationChoice &choice) {
  constexpr float noBias = -0.0f; // changes no number
  if (!choice.usesThresholds())
    return numerics::dequantize(numerics::quantize(x, choice.scale, choice.set),
                                choice.scale, noBias);
  std::vector<float> thresholds =
      numerics::midpointThresholds(choice.scale, choice.set);
  uint32_t rank = numerics::thresholdRank(x, thresholds, 1);
  return choice.scale * static_cast<float>(choice.set.levelAt(rank));
}

Value QuantizerBuilder::quantize(Value value, const ActivationChoice &choice) {
  for (auto &[known, version] : quantized[value])
    if (known == choice)
      return version;
  Value made = create(value, choice);
  quantized[value].emplace_back(choice, made);
  return made;
}

Value QuantizerBuilder::create(Value value, const ActivationChoice &choice) {
  if (Operation *op = value.getDefiningOp(); commutesWithQuantizer(op))
    return quantizeOperands(op, choice);
  Value base = value;
  if (auto sum = sums.find(value); sum != sums.end() && sum->second != choice)
    base = quantize(value, sum->second);
  OpBuilder builder(value.getContext());
  builder.setInsertionPointAfterValue(base);
  return choice.usesThresholds() ? createThreshold(builder, base, choice)
                                 : createUniform(builder, base, choice);
}

Value QuantizerBuilder::quantizeOperands(Operation *op,
                                         const ActivationChoice &choice) {
  IRMapping mapping;
  for (Value operand : getMovedOperands(op))
    mapping.map(operand, quantize(operand, choice));
  OpBuilder builder(op->getContext());
  builder.setInsertionPointAfter(op);
  // A padding element is quantized as any other.
  if (auto padding = getPadding(op))
    mapping.map(cast<tosa::PadOp>(op).getPadConst(),
                createTosaFloats(builder, op->getLoc(), {1},
                                 quantizeNumber(*padding, choice)));
  return builder.clone(*op, mapping)->getResult(0);
}

/// Thresholds half way between the levels, which may have gaps.
static Value createMidpoints(OpBuilder &builder, Value base,
                             const ActivationChoice &choice) {
  Location loc = base.getLoc();
  std::vector<float> values =
      numerics::midpointThresholds(choice.scale, choice.set);
  Value thresholds = createTosaFloats(
      builder, loc, {1, static_cast<int64_t>(values.size())}, values);
  Value step = createTosaFloats(builder, loc, {1}, choice.scale);
  return SqueezeThresholdOp::create(
      builder, loc, base.getType(), base, thresholds, step,
      TypeAttr::get(getLevelSetType(builder.getContext(), choice.set)));
}

Value QuantizerBuilder::createThreshold(OpBuilder &builder, Value base,
                                        const ActivationChoice &choice) {
  Location loc = base.getLoc();
  ++numThresholds;
  SmallVector<float> ranges = choice.channelRanges;
  if (ranges.empty())
    ranges.push_back(choice.scale * static_cast<float>(choice.set.maxLevel()));
  bool isTrainable = choice.hasRange() &&
                     cast<RankedTensorType>(base.getType()).getRank() >= 2;
  if (form == SqueezeThresholdForm::Training && isTrainable)
    return createSqueezeThresholdTraining(builder, loc, base, ranges,
                                          choice.set)
        .getResult();
  if (form == SqueezeThresholdForm::Training)
    emitRemark(loc) << "the training form needs levels without gaps, samples "
                       "and channels; these thresholds are frozen";
  if (!choice.hasRange())
    return createMidpoints(builder, base, choice);
  return createSqueezeThreshold(builder, loc, base, /*adjust=*/1.0f, ranges,
                                choice.set);
}

Value QuantizerBuilder::createUniform(OpBuilder &builder, Value base,
                                      const ActivationChoice &choice) {
  Location loc = base.getLoc();
  auto type = cast<RankedTensorType>(base.getType());
  Value scales = createTosaFloats(builder, loc, {1}, choice.scale);
  Value codes = QuantizeOp::create(
      builder, loc,
      type.clone(getLevelSetType(builder.getContext(), choice.set)), base,
      scales);
  ++numQuantizers;
  return DequantizeOp::create(builder, loc, type, codes, scales,
                              /*bias=*/Value());
}
