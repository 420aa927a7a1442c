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

IntegerRange lowbit::getTypeRange(Type type) {
  if (auto set = getLevelSet(type))
    return {set->minLevel(), set->maxLevel()};
  unsigned bits = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  return {llvm::minIntN(bits), llvm::maxIntN(bits)};
}

IntegerRange lowbit::getLimits(std::optional<ArrayRef<int64_t>> clamp,
                               Type type) {
  // Ranges are asked for before the op is verified, too.
  if (clamp && clamp->size() == 2)
    return {(*clamp)[0], (*clamp)[1]};
  return getTypeRange(type);
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

WorstSumsAttr lowbit::getWorstSumsAttr(Value input, Value weight) {
  SmallVector<IntegerRange> sums = getWorstSums(input, weight);
  if (sums.empty())
    return WorstSumsAttr();
  auto least = llvm::min_element(
      sums, [](const auto &a, const auto &b) { return a.lo < b.lo; });
  auto most = llvm::max_element(
      sums, [](const auto &a, const auto &b) { return a.hi < b.hi; });
  return WorstSumsAttr::get(weight.getContext(), least->lo, most->hi,
                            least - sums.begin(), most - sums.begin());
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

/// The range of round((sum of terms + offset) / 2^shift), limited to `limits`.
/// It is monotone in every term, so that its ends are those of the terms.
static IntegerRange getAffineRange(ArrayRef<std::pair<Value, Value>> terms,
                                   Value offset, ArrayRef<int64_t> shifts,
                                   RoundingMode mode, IntegerRange limits) {
  auto offsets = getConstantIntegers(offset);
  SmallVector<SmallVector<int64_t>> multipliers;
  SmallVector<IntegerRange> ranges;
  size_t channels = std::max(shifts.size(), offsets ? offsets->size() : 0);
  for (auto [value, multiplier] : terms) {
    auto values = getConstantIntegers(multiplier);
    if (!values || values->empty())
      return limits;
    channels = std::max(channels, values->size());
    multipliers.push_back(std::move(*values));
    ranges.push_back(getRange(value));
  }
  if (!offsets || offsets->empty() || shifts.empty())
    return limits;
  std::optional<IntegerRange> all;
  for (size_t channel = 0; channel != channels; ++channel) {
    // Verified sums stay below 2^62; of others nothing is known.
    __int128 lo = atChannel(*offsets, channel), hi = lo;
    for (auto [values, range] : llvm::zip_equal(multipliers, ranges)) {
      __int128 factor = atChannel(values, channel);
      lo += factor * (factor < 0 ? range.hi : range.lo);
      hi += factor * (factor < 0 ? range.lo : range.hi);
    }
    int64_t shift = atChannel(shifts, channel);
    constexpr __int128 most = int64_t(1) << 62;
    if (lo <= -most || hi >= most || shift < 0 || shift > 62)
      return limits;
    auto round = [&](__int128 sum) {
      return numerics::saturate(
          numerics::roundingShiftRight(static_cast<int64_t>(sum), shift,
                                       getRounding(mode)),
          limits.lo, limits.hi);
    };
    IntegerRange range = {round(lo), round(hi)};
    all = all ? all->unite(range) : range;
  }
  return all.value_or(limits);
}

// Codes end the recursion: a network is not walked through for a range.
IntegerRange lowbit::getRange(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    return getArgumentRange(argument);
  IntegerRange any = getTypeRange(value.getType());
  return llvm::TypeSwitch<Operation *, IntegerRange>(value.getDefiningOp())
      .Case<Conv2DOp, MatmulOp>(
          [](auto op) { return getSumRange(op.getInput(), op.getWeight()); })
      .Case(getPoolRange)
      .Case([](MaxPool2DOp op) { return getRange(op.getInput()); })
      .Case([&](RescaleOp op) {
        IntegerRange limits = getLimits(op.getClamp(), op.getType());
        if (getLevelSet(op.getType()))
          return limits;
        return getAffineRange({{op.getInput(), op.getMultiplier()}},
                              op.getOffset(), op.getShift(), op.getRounding(),
                              limits);
      })
      .Case([&](AddOp op) {
        IntegerRange limits = getLimits(op.getClamp(), op.getType());
        if (getLevelSet(op.getType()))
          return limits;
        int64_t shift = op.getShift();
        return getAffineRange({{op.getLhs(), op.getLhsMultiplier()},
                               {op.getRhs(), op.getRhsMultiplier()}},
                              op.getOffset(), shift, op.getRounding(), limits);
      })
      .Case<tensor::ExtractSliceOp, tensor::CollapseShapeOp,
            tensor::ExpandShapeOp>(
          [](Operation *op) { return getRange(op->getOperand(0)); })
      .Case([](PadOp op) {
        int64_t level = op.getLevel();
        return getRange(op.getInput()).unite({level, level});
      })
      .Case([](tensor::ConcatOp op) {
        IntegerRange range = getRange(op.getInputs().front());
        for (Value input : op.getInputs().drop_front())
          range = range.unite(getRange(input));
        return range;
      })
      .Default(any);
}
