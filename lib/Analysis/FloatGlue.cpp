//===- FloatGlue.cpp - What float TOSA ops between layers do -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Analysis/FloatGlue.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using Kind = ElementwiseStep::Kind;

float ElementwiseStep::apply(float x, int64_t channel) const {
  switch (kind) {
  case Kind::Add:
    return x + constant(channel);
  case Kind::Subtract:
    return x - constant(channel);
  case Kind::SubtractFrom:
    return constant(channel) - x;
  case Kind::Multiply:
    return x * constant(channel);
  case Kind::Clamp:
    return x < lo ? lo : (x > hi ? hi : x);
  }
  llvm_unreachable("all kinds are listed");
}

bool ElementwiseStep::isFinite() const {
  return llvm::all_of(constants, [](float c) { return std::isfinite(c); }) &&
         !std::isnan(lo) && !std::isnan(hi);
}

static bool isFloatTensor(Value value) {
  return getElementTypeOrSelf(value.getType()).isF32();
}

static bool isConstant(Value value) {
  return matchPattern(value, m_Constant());
}

/// The values of a constant that varies at most along the last dimension and
/// does not broadcast `shape` to a larger one.
static std::optional<SmallVector<float>>
getPerChannelConstant(Value value, ArrayRef<int64_t> shape) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  auto values = getConstantFloats(value);
  if (!type || !values || shape.empty())
    return std::nullopt;
  int64_t last = type.getRank() ? type.getShape().back() : 1;
  if (type.getNumElements() != last || (last != 1 && last != shape.back()))
    return std::nullopt;
  return values;
}

static std::optional<ElementwiseStep> matchBinary(Operation *op, Kind withRhs,
                                                  Kind withLhs) {
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  auto result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!result || !result.hasStaticShape() || !isFloatTensor(op->getResult(0)))
    return std::nullopt;
  bool isRhsConstant = isConstant(rhs);
  if (isRhsConstant == isConstant(lhs))
    return std::nullopt;
  Value input = isRhsConstant ? lhs : rhs;
  auto values =
      getPerChannelConstant(isRhsConstant ? rhs : lhs, result.getShape());
  if (!values || input.getType() != result)
    return std::nullopt;
  ElementwiseStep step;
  step.kind = isRhsConstant ? withRhs : withLhs;
  step.constants = std::move(*values);
  step.input = input;
  return step;
}

std::optional<ElementwiseStep> lowbit::matchElementwiseStep(Operation *op) {
  if (!op)
    return std::nullopt;
  if (isa<tosa::AddOp>(op))
    return matchBinary(op, Kind::Add, Kind::Add);
  if (isa<tosa::SubOp>(op))
    return matchBinary(op, Kind::Subtract, Kind::SubtractFrom);
  if (isa<tosa::MulOp>(op))
    return matchBinary(op, Kind::Multiply, Kind::Multiply);
  auto clamp = dyn_cast<tosa::ClampOp>(op);
  if (!clamp || !isFloatTensor(clamp.getInput()))
    return std::nullopt;
  ElementwiseStep step;
  step.kind = Kind::Clamp;
  step.lo = cast<FloatAttr>(clamp.getMinVal()).getValue().convertToFloat();
  step.hi = cast<FloatAttr>(clamp.getMaxVal()).getValue().convertToFloat();
  step.input = clamp.getInput();
  return step;
}

bool lowbit::isResidualAdd(Operation *op) {
  auto add = dyn_cast_or_null<tosa::AddOp>(op);
  return add && isFloatTensor(add.getOutput()) &&
         add.getInput1().getType() == add.getOutput().getType() &&
         add.getInput2().getType() == add.getOutput().getType() &&
         !isConstant(add.getInput1()) && !isConstant(add.getInput2());
}

bool lowbit::isDataMovement(Operation *op) {
  return isa_and_nonnull<tosa::ReshapeOp, tosa::SliceOp, tosa::IdentityOp,
                         tosa::TransposeOp>(op);
}

std::optional<float> lowbit::getPadding(Operation *op) {
  auto pad = dyn_cast_or_null<tosa::PadOp>(op);
  if (!pad || !pad.getPadding().getDefiningOp<tosa::ConstShapeOp>())
    return std::nullopt;
  auto values = getConstantFloats(pad.getPadConst());
  if (!values || values->size() != 1 || std::isnan(values->front()))
    return std::nullopt;
  return values->front();
}

bool lowbit::isSpatialReduction(Operation *op) {
  if (!isa_and_nonnull<tosa::ReduceSumOp, tosa::ReduceMaxOp>(op) ||
      !isFloatTensor(op->getOperand(0)))
    return false;
  int64_t axis = isa<tosa::ReduceSumOp>(op)
                     ? cast<tosa::ReduceSumOp>(op).getAxis()
                     : cast<tosa::ReduceMaxOp>(op).getAxis();
  auto type = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  return type && axis > 0 && axis + 1 < type.getRank();
}

bool lowbit::commutesWithQuantizer(Operation *op) {
  if (isDataMovement(op) || getPadding(op) ||
      isa_and_nonnull<tosa::MaxPool2dOp>(op) ||
      (isa_and_nonnull<tosa::ReduceMaxOp>(op) && isSpatialReduction(op)))
    return true;
  auto concat = dyn_cast_or_null<tosa::ConcatOp>(op);
  return concat && llvm::none_of(concat->getOperands(), isConstant);
}

OperandRange lowbit::getMovedOperands(Operation *op) {
  OperandRange operands = op->getOperands();
  return isa<tosa::ConcatOp>(op) ? operands : operands.take_front(1);
}

bool lowbit::isNonNegative(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return false;
  if (auto padding = getPadding(op); padding && *padding < 0)
    return false;
  if (commutesWithQuantizer(op))
    return llvm::all_of(getMovedOperands(op), isNonNegative);
  if (isa<tosa::AvgPool2dOp>(op) || isSpatialReduction(op))
    return isNonNegative(op->getOperand(0));
  if (isResidualAdd(op))
    return isNonNegative(op->getOperand(0)) && isNonNegative(op->getOperand(1));
  if (auto step = matchElementwiseStep(op))
    return step->kind == Kind::Clamp &&
           (step->lo >= 0 || (step->hi >= 0 && isNonNegative(step->input)));
  return false;
}
