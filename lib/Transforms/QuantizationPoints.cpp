//===- QuantizationPoints.cpp - Which float values need quantizers -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantizationPoints.h"

#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace lowbit;

/// Ops that commute with a quantizer: they pick elements, or the greatest of
/// several, and quantizers are monotone.
static bool commutesWithQuantizer(Operation *op) {
  return isDataMovement(op) || isa_and_nonnull<tosa::MaxPool2dOp>(op);
}

static SchemeAttr getScheme(Operation *op) {
  return op ? op->getAttrOfType<SchemeAttr>(kSchemeAttr) : SchemeAttr();
}

static QuantizedUse makeUse(Operation *user, unsigned operand, unsigned bits) {
  QuantizedUse use{user, operand, user->getOperand(operand), bits, {}};
  while (commutesWithQuantizer(use.source.getDefiningOp())) {
    use.path.push_back(use.source.getDefiningOp());
    use.source = use.path.back()->getOperand(0);
  }
  return use;
}

bool lowbit::followsResidualAdd(Value value) {
  while (auto step = matchElementwiseStep(value.getDefiningOp()))
    value = step->input;
  return isResidualAdd(value.getDefiningOp());
}

/// Whether `value` is a layer's sum under per-channel additions and products:
/// its integers can enter a residual add as they are.
static bool isLayerSum(Value value) {
  while (auto step = matchElementwiseStep(value.getDefiningOp())) {
    if (step->kind == ElementwiseStep::Kind::Clamp)
      return false;
    value = step->input;
  }
  return static_cast<bool>(getScheme(value.getDefiningOp()));
}

/// Adds and pools that `value` is computed from, up to the layers before.
static void collectJoins(Value value, llvm::SetVector<Operation *> &joins) {
  Operation *op = value.getDefiningOp();
  if (!op || getScheme(op))
    return;
  if (auto step = matchElementwiseStep(op))
    return collectJoins(step->input, joins);
  if (commutesWithQuantizer(op))
    return collectJoins(op->getOperand(0), joins);
  bool isPool = isa<tosa::AvgPool2dOp>(op) &&
                llvm::all_of(cast<tosa::AvgPool2dOp>(op).getPad(),
                             [](int64_t pad) { return pad == 0; });
  if (!isPool && !isResidualAdd(op))
    return;
  if (!joins.insert(op))
    return;
  collectJoins(op->getOperand(0), joins);
  if (!isPool)
    collectJoins(op->getOperand(1), joins);
}

QuantizationPoints lowbit::findQuantizationPoints(func::FuncOp function) {
  QuantizationPoints points;
  llvm::SetVector<Operation *> joins;
  unsigned residualBits = 0;
  function.walk([&](Operation *op) {
    SchemeAttr scheme = getScheme(op);
    if (!scheme)
      return;
    residualBits = std::max(residualBits, scheme.getResidualBits());
    points.uses.push_back(makeUse(op, 0, scheme.getActivationBits()));
    collectJoins(op->getOperand(0), joins);
  });
  points.residualBits = residualBits;
  for (Operation *join : joins)
    for (unsigned operand = 0; operand != (isResidualAdd(join) ? 2 : 1);
         ++operand)
      if (!isResidualAdd(join) || !isLayerSum(join->getOperand(operand)))
        points.uses.push_back(makeUse(join, operand, residualBits));

  llvm::SetVector<Value> sources;
  for (const QuantizedUse &use : points.uses)
    sources.insert(use.source);
  points.sources.assign(sources.begin(), sources.end());
  return points;
}
