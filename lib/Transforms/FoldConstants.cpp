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

/// Integers are moved and converted only: arithmetic that may overflow is left
/// to the program.
static bool isFoldableInteger(Operation *op, Type type) {
  return isa<tosa::ReshapeOp, tosa::SliceOp, tosa::IdentityOp,
             tosa::TransposeOp, tosa::ConcatOp, tosa::PadOp, tosa::CastOp>(
             op) &&
         (type.isSignlessInteger(8) || type.isSignlessInteger(16) ||
          type.isSignlessInteger(32));
}

/// Whether `op` is a TOSA computation of one tensor from constants.
static bool isFoldable(Operation *op) {
  if (!isa<tosa::TosaDialect>(op->getDialect()) || op->getNumResults() != 1)
    return false;
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || !reference::isConstantExpression(op))
    return false;
  Type element = type.getElementType();
  return element.isF32() || isFoldableInteger(op, element);
}

static DenseElementsAttr getElements(RankedTensorType type,
                                     const reference::Tensor &value) {
  if (value.isFloat())
    return DenseElementsAttr::get(type, value.floats());
  unsigned width = type.getElementType().getIntOrFloatBitWidth();
  SmallVector<APInt> elements;
  for (int64_t element : value.integers())
    elements.emplace_back(width, element, /*isSigned=*/true);
  return DenseElementsAttr::get(type, elements);
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
    auto constant = tosa::ConstOp::create(builder, op->getLoc(), type,
                                          getElements(type, *value));
    op->getResult(0).replaceAllUsesWith(constant.getOutput());
    op->erase();
    ++numFolded;
    return success();
  }
};
} // namespace
