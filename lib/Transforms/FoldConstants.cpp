//===- FoldConstants.cpp - TOSA operations on constants -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Reference/Evaluator.h"
#include "lowbit/Transforms/Passes.h"

namespace lowbit {
#define GEN_PASS_DEF_FOLDCONSTANTSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Whether `op` is a TOSA computation of one f32 tensor from constants.
static bool isFoldable(Operation *op) {
  if (!isa<tosa::TosaDialect>(op->getDialect()) || op->getNumResults() != 1)
    return false;
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  return type && type.getElementType().isF32() &&
         reference::isConstantExpression(op);
}

namespace {
struct FoldConstantsPass
    : lowbit::impl::FoldConstantsPassBase<FoldConstantsPass> {
  void runOnOperation() override {
    // Program order: an operation on folded operands is foldable in turn.
    getOperation().walk([&](Operation *op) {
      if (isFoldable(op) && failed(fold(op)))
        signalPassFailure();
    });
  }

  LogicalResult fold(Operation *op) {
    auto value = reference::evaluateConstantExpression(op);
    if (failed(value))
      return failure();
    OpBuilder builder(op);
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    auto constant =
        tosa::ConstOp::create(builder, op->getLoc(), type,
                              DenseElementsAttr::get(type, value->floats()));
    op->getResult(0).replaceAllUsesWith(constant.getOutput());
    op->erase();
    ++numFolded;
    return success();
  }
};
} // namespace
