//===- TosaElementwise.cpp - TOSA ops on one element at a time -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Broadcast.h"
#include "lib/Reference/Integers.h"
#include "lib/Reference/NanModes.h"
#include "lib/Reference/Predicates.h"

using namespace mlir;
using namespace lowbit::reference;

//===----------------------------------------------------------------------===//
// One operand
//===----------------------------------------------------------------------===//

template <typename Op, auto compute>
static Tensor unary(Op op, Operands operands) {
  std::vector<float> values(operands[0]->floats());
  for (float &value : values)
    value = compute(value);
  return Tensor(resultShape(op), std::move(values));
}

static Tensor clamp(tosa::ClampOp op, Operands operands) {
  float lo = cast<FloatAttr>(op.getMinVal()).getValue().convertToFloat();
  float hi = cast<FloatAttr>(op.getMaxVal()).getValue().convertToFloat();
  tosa::NanPropagationMode mode = op.getNanMode();
  std::vector<float> values(operands[0]->floats());
  for (float &value : values)
    value = minimum(maximum(value, lo, mode), hi, mode);
  return Tensor(resultShape(op), std::move(values));
}

static Tensor identity(tosa::IdentityOp, Operands operands) {
  return *operands[0];
}

//===----------------------------------------------------------------------===//
// Casts
//===----------------------------------------------------------------------===//

/// Rounds half to even and saturates to `width` bits; NaN becomes 0.
static int64_t toInteger(float value, unsigned width) {
  if (std::isnan(value))
    return 0;
  double rounded = std::nearbyint(static_cast<double>(value));
  double limit = std::ldexp(1.0, width - 1); // one more than the greatest
  if (rounded >= limit)
    return llvm::maxIntN(width);
  return rounded < -limit ? llvm::minIntN(width)
                          : static_cast<int64_t>(rounded);
}

template <typename From>
static Tensor castElements(ArrayRef<From> input, RankedTensorType type) {
  Type element = type.getElementType();
  if (element.isF32())
    return Tensor(type.getShape(),
                  std::vector<float>(input.begin(), input.end()));
  unsigned width = element.getIntOrFloatBitWidth();
  std::vector<int64_t> values;
  values.reserve(input.size());
  for (From value : input) {
    if (width == 1)
      values.push_back(value != 0);
    else if constexpr (std::is_same_v<From, float>)
      values.push_back(toInteger(value, width));
    else
      values.push_back(wrap(value, width));
  }
  return Tensor(type.getShape(), std::move(values));
}

static Tensor castTensor(tosa::CastOp op, Operands operands) {
  auto type = cast<RankedTensorType>(op.getType());
  return visitElements(*operands[0],
                       [&](auto input) { return castElements(input, type); });
}

static bool isSignlessCast(Operation *op) {
  auto isKnown = [](Type type) {
    Type element = getElementTypeOrSelf(type);
    return element.isF32() || element.isSignlessInteger();
  };
  return isKnown(op->getOperand(0).getType()) &&
         isKnown(op->getResult(0).getType());
}

//===----------------------------------------------------------------------===//
// Two and three operands
//===----------------------------------------------------------------------===//

template <typename Op, auto compute>
static Tensor binary(Op op, Operands operands) {
  return withBroadcast(op, operands, [&](const Tensor &lhs, const Tensor &rhs) {
    return Tensor(lhs.shape(),
                  combine<float>(lhs.floats(), rhs.floats(), compute));
  });
}

template <typename Op, auto compute>
static Tensor nanAware(Op op, Operands operands) {
  tosa::NanPropagationMode mode = op.getNanMode();
  return withBroadcast(op, operands, [&](const Tensor &lhs, const Tensor &rhs) {
    return Tensor(lhs.shape(), combine<float>(lhs.floats(), rhs.floats(),
                                              [mode](float a, float b) {
                                                return compute(a, b, mode);
                                              }));
  });
}

template <typename Op, typename Compare>
static Tensor comparison(Op op, Operands operands) {
  return withBroadcast(op, operands, [&](const Tensor &lhs, const Tensor &rhs) {
    return Tensor(
        lhs.shape(),
        lhs.isFloat()
            ? combine<int64_t>(lhs.floats(), rhs.floats(), Compare())
            : combine<int64_t>(lhs.integers(), rhs.integers(), Compare()));
  });
}

static Tensor selectElements(tosa::SelectOp op, Operands operands) {
  ArrayRef<int64_t> shape = resultShape(op);
  Tensor condition = broadcast(*operands[0], shape);
  Tensor result = broadcast(*operands[2], shape);
  Tensor onTrue = broadcast(*operands[1], shape);
  for (auto [index, chosen] : llvm::enumerate(condition.integers())) {
    if (chosen && result.isFloat())
      result.floats()[index] = onTrue.floats()[index];
    else if (chosen)
      result.integers()[index] = onTrue.integers()[index];
  }
  return result;
}

/// The third operand of mul, the shift, is an i8.
static bool isFloatProduct(Operation *op) {
  return hasFloatInput(op) && hasSameOperands(op) && hasBroadcastShapes(op) &&
         getElementTypeOrSelf(op->getResult(0).getType()).isF32();
}

static bool isComparable(Operation *op) {
  Type element = getElementTypeOrSelf(op->getOperand(0).getType());
  return hasSameOperands(op) &&
         (element.isF32() || element.isSignlessInteger());
}

static bool isSelectable(Operation *op) {
  auto select = cast<tosa::SelectOp>(op);
  return getElementTypeOrSelf(select.getOnTrue()) ==
             getElementTypeOrSelf(select.getOutput()) &&
         getElementTypeOrSelf(select.getOnFalse()) ==
             getElementTypeOrSelf(select.getOutput());
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static void addUnary(OpTable &table) {
  table.add<unary<tosa::NegateOp, [](float x) { return -x; }>>(hasOnlyFloats);
  table.add<unary<tosa::AbsOp, [](float x) { return std::fabs(x); }>>(
      hasOnlyFloats);
  table.add<unary<tosa::ExpOp, [](float x) { return std::exp(x); }>>(
      hasOnlyFloats);
  table.add<unary<tosa::LogOp, [](float x) { return std::log(x); }>>(
      hasOnlyFloats);
  table.add<unary<tosa::TanhOp, [](float x) { return std::tanh(x); }>>(
      hasOnlyFloats);
  table.add<unary<tosa::FloorOp, [](float x) { return std::floor(x); }>>(
      hasOnlyFloats);
  table.add<unary<tosa::CeilOp, [](float x) { return std::ceil(x); }>>(
      hasOnlyFloats);
  table.add<unary<tosa::ReciprocalOp, [](float x) { return 1 / x; }>>(
      hasOnlyFloats);
  table.add<unary<tosa::RsqrtOp, [](float x) { return 1 / std::sqrt(x); }>>(
      hasOnlyFloats);
  table.add<
      unary<tosa::SigmoidOp, [](float x) { return 1 / (1 + std::exp(-x)); }>>(
      hasOnlyFloats);
  table.add<clamp>(hasOnlyFloats);
  table.add<castTensor>(isSignlessCast);
  table.add<identity>(keepsType);
}

void lowbit::reference::addTosaElementwise(OpTable &table) {
  addUnary(table);
  table.add<binary<tosa::AddOp, std::plus<float>{}>>(hasOnlyFloats);
  table.add<binary<tosa::SubOp, std::minus<float>{}>>(hasOnlyFloats);
  table.add<binary<tosa::MulOp, std::multiplies<float>{}>>(isFloatProduct);
  table.add<nanAware<tosa::MaximumOp, maximum>>(hasOnlyFloats);
  table.add<nanAware<tosa::MinimumOp, minimum>>(hasOnlyFloats);
  table.add<comparison<tosa::EqualOp, std::equal_to<>>>(isComparable);
  table.add<comparison<tosa::GreaterOp, std::greater<>>>(isComparable);
  table.add<comparison<tosa::GreaterEqualOp, std::greater_equal<>>>(
      isComparable);
  table.add<selectElements>(isSelectable);
}
