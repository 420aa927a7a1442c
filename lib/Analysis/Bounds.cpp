//===- Bounds.cpp - Proven ranges of integer values -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Analysis/Bounds.h"

#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

#include <limits>

using namespace mlir;
using namespace lowbit;

static IntegerRange getLevelRange(const numerics::LevelSet &set) {
  return {set.minLevel(), set.maxLevel()};
}

/// The constant behind `weight`, looking through unpacking.
static ConstantOp getWeightConstant(Value weight) {
  if (auto unpack = weight.getDefiningOp<UnpackOp>())
    weight = unpack.getInput();
  return weight.getDefiningOp<ConstantOp>();
}

/// Worst sums of products: for each output channel, the positive weights take
/// the greatest activation and the negative ones the least, or the reverse.
/// Activations may also be 0, which is what padding counts.
static IntegerRange getSumRange(Value input, Value weight) {
  IntegerRange in = getLevelRange(*getLevelSet(input.getType()));
  in = {std::min<int64_t>(in.lo, 0), std::max<int64_t>(in.hi, 0)};
  auto type = cast<RankedTensorType>(weight.getType());
  int64_t channels = type.getDimSize(0);
  int64_t terms = type.getNumElements() / channels;
  IntegerRange levels = getLevelRange(*getLevelSet(type));
  ConstantOp constant = getWeightConstant(weight);
  if (!constant) {
    int64_t most = terms * levels.magnitude() * in.magnitude();
    return {-most, most};
  }
  SmallVector<int32_t> values = constant.getLevels();
  IntegerRange range = {0, 0};
  for (int64_t channel = 0; channel != channels; ++channel) {
    int64_t lo = 0, hi = 0;
    for (int64_t i = channel * terms; i != (channel + 1) * terms; ++i) {
      hi += values[i] * (values[i] > 0 ? in.hi : in.lo);
      lo += values[i] * (values[i] > 0 ? in.lo : in.hi);
    }
    range = {std::min(range.lo, lo), std::max(range.hi, hi)};
  }
  return range;
}

IntegerRange lowbit::getRange(Value value) {
  if (auto set = getLevelSet(value.getType()))
    return getLevelRange(*set);
  IntegerRange any = {std::numeric_limits<int32_t>::min(),
                      std::numeric_limits<int32_t>::max()};
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    auto function = dyn_cast_or_null<FunctionOpInterface>(
        argument.getOwner()->getParentOp());
    auto range = function ? function.getArgAttrOfType<DenseI64ArrayAttr>(
                                argument.getArgNumber(), kRangeAttr)
                          : DenseI64ArrayAttr();
    return range ? IntegerRange{range[0], range[1]} : any;
  }
  return llvm::TypeSwitch<Operation *, IntegerRange>(value.getDefiningOp())
      .Case<Conv2DOp, MatmulOp>(
          [](auto op) { return getSumRange(op.getInput(), op.getWeight()); })
      .Case([](SumPool2DOp op) {
        IntegerRange in = getLevelRange(*getLevelSet(op.getInput().getType()));
        int64_t taps = op.getKernel()[0] * op.getKernel()[1];
        return IntegerRange{std::min<int64_t>(in.lo * taps, 0),
                            std::max<int64_t>(in.hi * taps, 0)};
      })
      .Default(any);
}
