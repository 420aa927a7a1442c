//===- QuantizationPoints.cpp - Which float values need quantizers -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantizationPoints.h"

#include "Layers.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "llvm/ADT/IntEqClasses.h"

using namespace mlir;
using namespace lowbit;

static SchemeAttr getScheme(Operation *op) {
  return op ? op->getAttrOfType<SchemeAttr>(kSchemeAttr) : SchemeAttr();
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

static bool isUnpaddedAverage(Operation *op) {
  auto pool = dyn_cast<tosa::AvgPool2dOp>(op);
  return pool && !isPadded(pool);
}

/// Adds and pools that `value` is computed from, up to the layers before.
static void collectJoins(Value value, llvm::SetVector<Operation *> &joins) {
  Operation *op = value.getDefiningOp();
  if (!op || getScheme(op))
    return;
  if (auto step = matchElementwiseStep(op))
    return collectJoins(step->input, joins);
  if (commutesWithQuantizer(op)) {
    for (Value operand : getMovedOperands(op))
      collectJoins(operand, joins);
    return;
  }
  // Reductions in a row are one pool, of what the innermost reads.
  if (isSpatialReduction(op) &&
      isa_and_nonnull<tosa::ReduceSumOp>(op->getOperand(0).getDefiningOp()))
    return collectJoins(op->getOperand(0), joins);
  bool isPool = isSpatialReduction(op) || isUnpaddedAverage(op);
  if (!isPool && !isResidualAdd(op))
    return;
  if (!joins.insert(op))
    return;
  collectJoins(op->getOperand(0), joins);
  if (!isPool)
    collectJoins(op->getOperand(1), joins);
}

/// Adds what quantizers of `value` stand at to `group`.
static void collectSources(Value value, QuantizationGroup &group) {
  Operation *op = value.getDefiningOp();
  if (!commutesWithQuantizer(op)) {
    group.sources.insert(value);
    return;
  }
  if (auto padding = getPadding(op))
    group.paddings.push_back(*padding);
  for (Value operand : getMovedOperands(op))
    collectSources(operand, group);
}

namespace {
/// Collects uses, then merges the groups of those that share a source.
class PointsBuilder {
public:
  void addUse(Operation *user, unsigned operand, unsigned bits,
              Type levels = Type()) {
    QuantizationGroup &group = perUse.emplace_back();
    group.bits = bits;
    group.levels = levels;
    collectSources(user->getOperand(operand), group);
    points.uses.push_back({user, operand, group.sources, 0});
  }

  QuantizationPoints finish(unsigned residualBits) {
    llvm::IntEqClasses classes(perUse.size());
    llvm::DenseMap<std::tuple<Value, unsigned, Type>, unsigned> first;
    for (auto [index, group] : llvm::enumerate(perUse))
      for (Value source : group.sources)
        classes.join(
            first.try_emplace({source, group.bits, group.levels}, index)
                .first->second,
            index);
    classes.compress();
    points.groups.resize(classes.getNumClasses());
    for (auto [index, from] : llvm::enumerate(perUse)) {
      QuantizationGroup &group = points.groups[classes[index]];
      group.bits = from.bits;
      group.levels = from.levels;
      group.sources.insert(from.sources.begin(), from.sources.end());
      group.paddings.append(from.paddings);
      points.uses[index].group = classes[index];
    }
    points.residualBits = residualBits;
    return std::move(points);
  }

private:
  QuantizationPoints points;
  std::vector<QuantizationGroup> perUse;
};
} // namespace

QuantizationPoints lowbit::findQuantizationPoints(func::FuncOp function) {
  PointsBuilder builder;
  llvm::SetVector<Operation *> joins;
  unsigned residualBits = 0;
  function.walk([&](Operation *op) {
    SchemeAttr scheme = getScheme(op);
    if (!scheme)
      return;
    residualBits = std::max(residualBits, scheme.getResidualBits());
    builder.addUse(op, 0, scheme.getActivationBits(), scheme.getActivations());
    collectJoins(op->getOperand(0), joins);
  });
  for (Operation *join : joins)
    for (unsigned operand = 0; operand != (isResidualAdd(join) ? 2 : 1);
         ++operand)
      if (!isResidualAdd(join) || !isLayerSum(join->getOperand(operand)))
        builder.addUse(join, operand, residualBits);
  return builder.finish(residualBits);
}
