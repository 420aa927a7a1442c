//===- FreezeSqueezeThreshold.cpp - From training to inference -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SqueezeThresholds.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/Verifier.h"

#include <cmath>

namespace lowbit {
#define GEN_PASS_DEF_FREEZESQUEEZETHRESHOLDPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Reads a running average, or reports why it cannot be frozen.
static FailureOr<SmallVector<float>> readAverage(Operation *op, StringRef name,
                                                 Value value) {
  auto average = getConstantFloats(value);
  if (!average)
    return op->emitError() << "the running " << name
                           << " must be constant to be frozen; write the "
                              "trained averages into the module";
  if (!llvm::all_of(*average,
                    [](float x) { return x > 0 && std::isfinite(x); }))
    return op->emitError() << "the running " << name
                           << " must be positive and finite to be frozen";
  return *average;
}

static LogicalResult freeze(SqueezeThresholdTrainingOp op) {
  if (!op.getNewRunningAdjust().use_empty() ||
      !op.getNewRunningRange().use_empty())
    return op.emitError("its new running averages are used, but frozen ones do "
                        "not move; remove what reads them first");
  auto adjust = readAverage(op, "adjust", op.getRunningAdjust());
  auto range = readAverage(op, "range", op.getRunningRange());
  if (failed(adjust) || failed(range))
    return failure();
  OpBuilder builder(op);
  auto made =
      createSqueezeThreshold(builder, op.getLoc(), op.getInput(), *adjust,
                             *range, *getLevelSet(op.getLevels()));
  made->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  op.getResult().replaceAllUsesWith(made);
  op.erase();
  return mlir::verify(made);
}

namespace {
struct FreezeSqueezeThresholdPass
    : lowbit::impl::FreezeSqueezeThresholdPassBase<FreezeSqueezeThresholdPass> {
  void runOnOperation() override {
    SmallVector<SqueezeThresholdTrainingOp> ops;
    getOperation().walk(
        [&](SqueezeThresholdTrainingOp op) { ops.push_back(op); });
    for (SqueezeThresholdTrainingOp op : ops) {
      if (failed(freeze(op)))
        signalPassFailure();
      else
        ++numFrozen;
    }
  }
};
} // namespace
