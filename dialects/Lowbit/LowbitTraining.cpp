//===- LowbitTraining.cpp - Ops that a training tool learns -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

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
