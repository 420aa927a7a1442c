//===- LowbitThresholds.cpp - Verifiers of ops with thresholds -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "dialects/Lowbit/LowbitVerifiers.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

//===----------------------------------------------------------------------===//
// ThresholdOp
//===----------------------------------------------------------------------===//

/// One threshold for each level but the lowest.
static LogicalResult verifyColumns(Operation *op, Value thresholds,
                                   const LevelSet &set) {
  int64_t columns = cast<RankedTensorType>(thresholds.getType()).getDimSize(1);
  int64_t expected = set.numLevels() - 1;
  if (columns == expected)
    return success();
  return op->emitOpError() << "has " << columns
                           << " thresholds per channel, but " << set.str()
                           << " has " << set.numLevels() << " levels and needs "
                           << expected;
}

static LogicalResult verifyRows(Operation *op, Value thresholds, Value input) {
  auto type = cast<RankedTensorType>(thresholds.getType());
  int64_t channels = getChannels(input);
  if (type.getDimSize(0) != 1 && type.getDimSize(0) != channels)
    return op->emitOpError() << "has thresholds for " << type.getDimSize(0)
                             << " channels; expected 1 or one row per channel ("
                             << channels << ")";
  return success();
}

/// C5: the ranks that `base` and `steps` lead to exist.
static LogicalResult verifyRanks(ThresholdOp op, const LevelSet &set) {
  int64_t columns =
      cast<RankedTensorType>(op.getThresholds().getType()).getDimSize(1);
  int64_t base = op.getBase(), greatest = set.numLevels() - 1;
  SmallVector<int64_t> steps(std::max<int64_t>(columns, 0), 1);
  if (auto given = op.getSteps())
    steps.assign(given->begin(), given->end());
  bool isPositive = llvm::all_of(steps, [](int64_t step) { return step > 0; });
  if (base < 0 || steps.empty() || !isPositive ||
      static_cast<int64_t>(steps.size()) != columns)
    return op.emitOpError("base must not be negative and steps must be "
                          "positive, one per column (")
           << columns << ", at least 1)";
  // Unsigned, and cut off early, so that no sum wraps.
  uint64_t rank = base;
  for (int64_t step : steps)
    if (rank <= static_cast<uint64_t>(greatest))
      rank += step;
  if (rank > static_cast<uint64_t>(greatest))
    return op.emitOpError() << "base and steps reach beyond rank " << greatest
                            << ", the last level of " << set.str();
  return success();
}

LogicalResult ThresholdOp::verify() {
  LevelSet set = *getLevelSet(getType());
  bool isPlain = getBase() == 0 && !getSteps();
  if ((isPlain && failed(verifyColumns(*this, getThresholds(), set))) ||
      failed(verifyRows(*this, getThresholds(), getInput()))) // C1
    return failure();
  if (failed(verifyRanks(*this, set))) // C5
    return failure();
  bool isFloat = getElementTypeOrSelf(getInput().getType()).isF32();
  Type element = getElementTypeOrSelf(getThresholds().getType());
  if (element.isF32() != isFloat) // C2
    return emitOpError() << "thresholds must be "
                         << (isFloat ? "f32 for a float" : "i32 for an integer")
                         << " input, not " << element;
  if (auto signs = getSigns()) { // C3
    if (static_cast<int64_t>(signs->size()) != getChannels(getInput()) ||
        !llvm::all_of(*signs, [](int8_t s) { return s == 1 || s == -1; }))
      return emitOpError("signs must be 1 or -1, one per channel (")
             << getChannels(getInput()) << ")";
  }
  auto ascends = [&](auto values) {
    if (!values)
      return true;
    int64_t row =
        cast<RankedTensorType>(getThresholds().getType()).getDimSize(1);
    for (int64_t i = 0, e = values->size(); i != e; ++i)
      if ((*values)[i] != (*values)[i] ||
          (i % row != 0 && (*values)[i] < (*values)[i - 1]))
        return false;
    return true;
  };
  if (!ascends(getConstantFloats(getThresholds())) ||
      !ascends(getConstantIntegers(getThresholds()))) // C4
    return emitOpError("thresholds of a channel must ascend and not be NaN");
  return success();
}

//===----------------------------------------------------------------------===//
// SqueezeThresholdOp
//===----------------------------------------------------------------------===//

LogicalResult SqueezeThresholdOp::verify() {
  auto levels = dyn_cast<LevelSetTypeInterface>(getLevels());
  if (!levels) // C3
    return emitOpError() << "levels must be a level-set type, not "
                         << getLevels();
  if (failed(verifyColumns(*this, getThresholds(), levels.getLevelSet())) ||
      failed(verifyRows(*this, getThresholds(), getInput()))) // C1
    return failure();
  return verifyScale(*this, "step", getStep()); // C2
}

//===----------------------------------------------------------------------===//
// SqueezeThresholdTrainingOp
//===----------------------------------------------------------------------===//

static LogicalResult verifyShape(Operation *op, StringRef name, Value value,
                                 ArrayRef<int64_t> expected) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(value.getType()).getShape();
  if (shape == expected)
    return success();
  auto diagnostic = op->emitOpError() << name << " is ";
  llvm::interleave(shape, diagnostic, "x");
  diagnostic << ", expected ";
  llvm::interleave(expected, diagnostic, "x");
  return diagnostic;
}

/// Of a two-layer network: hidden x inputs, hidden, outputs x hidden, outputs.
/// The hidden size is that of `bias`.
static LogicalResult
verifyNetwork(Operation *op, ArrayRef<std::pair<StringRef, Value>> parameters,
              int64_t inputs, int64_t outputs) {
  int64_t hidden =
      cast<RankedTensorType>(parameters[1].second.getType()).getDimSize(0);
  const SmallVector<int64_t> shapes[] = {
      {hidden, inputs}, {hidden}, {outputs, hidden}, {outputs}};
  for (auto [parameter, shape] : llvm::zip_equal(parameters, shapes))
    if (failed(verifyShape(op, parameter.first, parameter.second, shape)))
      return failure();
  return success();
}

static LogicalResult verifyLevels(Operation *op, Type type) {
  auto levels = dyn_cast<LevelSetTypeInterface>(type);
  if (!levels)
    return op->emitOpError() << "levels must be a level-set type, not " << type;
  LevelSet set = levels.getLevelSet();
  if (set == LevelSet::bipolar() || (set.isContiguous() && set.maxLevel() > 0))
    return success();
  return op->emitOpError() << "levels '" << set.str()
                           << "' have gaps or none above 0; use bipolar, int, "
                              "uint or ternary";
}

LogicalResult SqueezeThresholdTrainingOp::verify() {
  auto type = cast<RankedTensorType>(getInput().getType());
  if (type.getRank() < 2) // C1
    return emitOpError("input must have at least two dimensions: samples "
                       "first, channels last");
  int64_t channels = type.getShape().back();
  if (failed(verifyNetwork(
          *this,
          {{"w1", getW1()}, {"b1", getB1()}, {"w2", getW2()}, {"b2", getB2()}},
          channels, channels))) // C2
    return failure();
  int64_t ranges = cast<RankedTensorType>(getB4().getType()).getDimSize(0);
  if (ranges != 1 && ranges != channels) // C3
    return emitOpError() << "b4 has " << ranges
                         << " elements; expected 1 or one per channel ("
                         << channels << ")";
  if (failed(verifyNetwork(
          *this,
          {{"w3", getW3()}, {"b3", getB3()}, {"w4", getW4()}, {"b4", getB4()}},
          channels, ranges)))
    return failure();
  if (failed(verifyShape(*this, "running adjust", getRunningAdjust(),
                         {channels})) ||
      failed(verifyShape(*this, "running range", getRunningRange(),
                         {ranges}))) // C4
    return failure();
  if (failed(verifyLevels(*this, getLevels()))) // C5
    return failure();
  float momentum = getMomentum().convertToFloat();
  if (!(momentum >= 0 && momentum <= 1)) // C6
    return emitOpError("momentum must be in [0, 1]");
  float greatest = getMaxRange().convertToFloat();
  if (!(greatest > 0) || std::isinf(greatest))
    return emitOpError("max_range must be positive and finite");
  return success();
}
