//===- LowbitBounds.cpp - Proven ranges of integer values -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitBounds.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Numerics/Rounding.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lowbit;

/// All values of the element type: the levels of a set, or what the width
/// holds.
static IntegerRange getTypeRange(Type type) {
  if (auto set = getLevelSet(type))
    return {set->minLevel(), set->maxLevel()};
  unsigned bits = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  return {llvm::minIntN(bits), llvm::maxIntN(bits)};
}

/// The constant behind `weight`, looking through unpacking.
static ConstantOp getWeightConstant(Value weight) {
  if (auto unpack = weight.getDefiningOp<UnpackOp>())
    weight = unpack.getInput();
  return weight.getDefiningOp<ConstantOp>();
}

SmallVector<IntegerRange> lowbit::getWorstSums(Value input, Value weight) {
  ConstantOp constant = getWeightConstant(weight);
  if (!constant)
    return {};
  IntegerRange in = getRange(input);
  auto type = cast<RankedTensorType>(weight.getType());
  int64_t channels = type.getDimSize(0);
  int64_t terms = type.getNumElements() / channels;
  SmallVector<int32_t> levels = constant.getLevels();
  SmallVector<IntegerRange> sums;
  for (int64_t channel = 0; channel != channels; ++channel)
    sums.push_back(
        numerics::worstSum(ArrayRef(levels).slice(channel * terms, terms), in));
  return sums;
}

static IntegerRange getSumRange(Value input, Value weight) {
  SmallVector<IntegerRange> sums = getWorstSums(input, weight);
  if (!sums.empty()) {
    IntegerRange range = sums.front();
    for (const IntegerRange &sum : sums)
      range = range.unite(sum);
    return range;
  }
  auto type = cast<RankedTensorType>(weight.getType());
  int64_t terms = type.getNumElements() / type.getDimSize(0);
  int64_t most = terms * getTypeRange(type).magnitude() *
                 getTypeRange(input.getType()).magnitude();
  return {-most, most};
}

static IntegerRange getPoolRange(SumPool2DOp op) {
  IntegerRange in = getRange(op.getInput());
  int64_t taps = op.getKernel()[0] * op.getKernel()[1];
  return {std::min<int64_t>(in.lo * taps, 0),
          std::max<int64_t>(in.hi * taps, 0)};
}

static IntegerRange getArgumentRange(BlockArgument argument) {
  // A block under conversion may have no parent.
  Region *body = argument.getOwner()->getParent();
  auto function = body && &body->front() == argument.getOwner()
                      ? dyn_cast<FunctionOpInterface>(body->getParentOp())
                      : FunctionOpInterface();
  auto range = function ? function.getArgAttrOfType<DenseI64ArrayAttr>(
                              argument.getArgNumber(), kRangeAttr)
                        : DenseI64ArrayAttr();
  IntegerRange any = getTypeRange(argument.getType());
  // What is stated is believed only as far as the type allows it.
  if (!range || range.size() != 2 || range[0] > any.hi || range[1] < any.lo)
    return any;
  return {std::max(range[0], any.lo), std::min(range[1], any.hi)};
}

IntegerRange lowbit::getRange(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    return getArgumentRange(argument);
  IntegerRange any = getTypeRange(value.getType());
  auto limitedTo = [&](std::optional<ArrayRef<int64_t>> clamp) {
    return clamp && clamp->size() == 2 ? IntegerRange{(*clamp)[0], (*clamp)[1]}
                                       : any;
  };
  return llvm::TypeSwitch<Operation *, IntegerRange>(value.getDefiningOp())
      .Case<Conv2DOp, MatmulOp>(
          [](auto op) { return getSumRange(op.getInput(), op.getWeight()); })
      .Case(getPoolRange)
      .Case([](MaxPool2DOp op) { return getRange(op.getInput()); })
      .Case<RescaleOp, AddOp>([&](auto op) { return limitedTo(op.getClamp()); })
      .Case<tensor::ExtractSliceOp, tensor::CollapseShapeOp,
            tensor::ExpandShapeOp>(
          [](Operation *op) { return getRange(op->getOperand(0)); })
      .Case([](tensor::ConcatOp op) {
        IntegerRange range = getRange(op.getInputs().front());
        for (Value input : op.getInputs().drop_front())
          range = range.unite(getRange(input));
        return range;
      })
      .Default(any);
}
