//===- SinkDataMovement.cpp - Reshapes and transposes move down -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Elementwise arithmetic does not ask where its elements lie: for a reshape or
// transpose m, f(m(x), m(y), c) = m(f(x, y, c')), where c' is the constant c in
// the shape that m makes c of. So a layer's arithmetic follows right after the
// layer, where batch norms fold and integers absorb it.
//
//===----------------------------------------------------------------------===//

#include "Constants.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lowbit {
#define GEN_PASS_DEF_SINKDATAMOVEMENTPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Whether `a` and `b` do the same to tensors of one type.
static bool moveAlike(Operation *a, Operation *b) {
  if (!a || !b || a->getName() != b->getName() ||
      a->getOperand(0).getType() != b->getOperand(0).getType() ||
      a->getResult(0).getType() != b->getResult(0).getType())
    return false;
  auto transpose = dyn_cast<tosa::TransposeOp>(a);
  return !transpose ||
         transpose.getPerms() == cast<tosa::TransposeOp>(b).getPerms();
}

/// The shape that a constant of `shape`, which broadcasts over the result of
/// `movement`, has in front of it; nothing where its elements would have to be
/// put in another order.
static std::optional<SmallVector<int64_t>>
getShapeBefore(Operation *movement, ArrayRef<int64_t> shape) {
  auto before = cast<RankedTensorType>(movement->getOperand(0).getType());
  auto after = cast<RankedTensorType>(movement->getResult(0).getType());
  int64_t size = ShapedType::getNumElements(shape);
  if (shape.size() != static_cast<size_t>(after.getRank()))
    return std::nullopt;
  SmallVector<int64_t> moved(before.getRank(), 1);
  if (size == 1)
    return moved;
  auto varying = llvm::find_if(shape, [](int64_t n) { return n != 1; });
  if (*varying != size)
    return std::nullopt; // varies along several dimensions
  int64_t dim = varying - shape.begin();
  if (auto transpose = dyn_cast<tosa::TransposeOp>(movement)) {
    moved[transpose.getPerms()[dim]] = size;
    return moved;
  }
  if (dim + 1 != after.getRank() || before.getRank() == 0 ||
      before.getShape().back() != size)
    return std::nullopt;
  moved.back() = size;
  return moved;
}

namespace {
struct MoveBehindElementwise : RewritePattern {
  MoveBehindElementwise(MLIRContext *context, mlir::Pass::Statistic &numMoved)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context), numMoved(numMoved) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isa<tosa::AddOp, tosa::SubOp, tosa::MulOp, tosa::ClampOp>(op))
      return rewriter.notifyMatchFailure(op, "is not elementwise arithmetic");
    auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
    if (!type || !type.hasStaticShape() || !type.getElementType().isF32())
      return rewriter.notifyMatchFailure(op, "has no static shape of f32");
    Operation *movement = findMovement(op, type);
    if (!movement)
      return rewriter.notifyMatchFailure(op, "operands are not moved alike");
    auto before = cast<RankedTensorType>(movement->getOperand(0).getType());
    IRMapping mapping;
    for (Value operand : getArithmeticOperands(op)) {
      Value moved = operand.getType() == type && !isConstant(operand)
                        ? operand.getDefiningOp()->getOperand(0)
                        : moveConstant(rewriter, movement, operand);
      if (!moved)
        return rewriter.notifyMatchFailure(op, "constant varies otherwise");
      mapping.map(operand, moved);
    }
    Operation *made = rewriter.clone(*op, mapping);
    made->getResult(0).setType(before);
    mapping.map(movement->getOperand(0), made->getResult(0));
    rewriter.replaceOp(op, rewriter.clone(*movement, mapping));
    ++numMoved;
    return success();
  }

private:
  mlir::Pass::Statistic &numMoved;

  static bool isConstant(Value value) {
    return matchPattern(value, m_Constant());
  }

  /// Without the shift of tosa.mul.
  static OperandRange getArithmeticOperands(Operation *op) {
    return op->getOperands().take_front(isa<tosa::ClampOp>(op) ? 1 : 2);
  }

  /// The reshape or transpose behind every operand that is not constant.
  static Operation *findMovement(Operation *op, RankedTensorType type) {
    Operation *movement = nullptr;
    for (Value operand : getArithmeticOperands(op)) {
      if (isConstant(operand))
        continue;
      Operation *producer = operand.getDefiningOp();
      auto source =
          isa_and_nonnull<tosa::ReshapeOp, tosa::TransposeOp>(producer)
              ? dyn_cast<RankedTensorType>(producer->getOperand(0).getType())
              : RankedTensorType();
      if (!source || !source.hasStaticShape() || operand.getType() != type ||
          (movement && !moveAlike(movement, producer)))
        return nullptr;
      movement = producer;
    }
    return movement;
  }

  static Value moveConstant(OpBuilder &builder, Operation *movement,
                            Value constant) {
    auto type = dyn_cast<RankedTensorType>(constant.getType());
    auto values = getConstantFloats(constant);
    auto shape = type && values ? getShapeBefore(movement, type.getShape())
                                : std::nullopt;
    if (!shape)
      return {};
    return createTosaFloats(builder, constant.getLoc(), *shape, *values);
  }
};

struct SinkDataMovementPass
    : lowbit::impl::SinkDataMovementPassBase<SinkDataMovementPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<MoveBehindElementwise>(&getContext(), numMoved);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
