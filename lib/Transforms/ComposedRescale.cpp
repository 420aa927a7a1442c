//===- ComposedRescale.cpp - Rescales that take in what is before -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComposedRescale.h"

#include "Constants.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;

ChannelRescale ChannelRescale::addition(ArrayRef<int64_t> offsets,
                                        IntegerRange limits) {
  return {
      {1}, SmallVector<int64_t>(offsets), {0}, RoundingMode::HalfUp, limits};
}

/// Whether every product and sum stays below 2^62, with the rounding constant.
static bool isBounded(const ChannelRescale &rescale, IntegerRange input) {
  size_t channels = std::max({rescale.multipliers.size(),
                              rescale.offsets.size(), rescale.shifts.size()});
  for (size_t channel = 0; channel != channels; ++channel) {
    double bound =
        std::abs(static_cast<double>(atChannel(rescale.multipliers, channel))) *
            static_cast<double>(input.magnitude()) +
        std::abs(static_cast<double>(atChannel(rescale.offsets, channel))) +
        std::ldexp(0.5, atChannel(rescale.shifts, channel));
    if (bound >= 0x1p62)
      return false;
  }
  return true;
}

/// `inner` followed by `outer`, which reads its result; nothing when a product
/// of their constants leaves 62 bits.
static std::optional<ChannelRescale> compose(const ChannelRescale &inner,
                                             const ChannelRescale &outer) {
  ChannelRescale both = outer;
  size_t channels = std::max({inner.multipliers.size(), inner.offsets.size(),
                              outer.multipliers.size(), outer.offsets.size()});
  both.multipliers.clear();
  both.offsets.clear();
  auto isSmall = [](__int128 value) {
    constexpr __int128 limit = int64_t(1) << 62;
    return -limit < value && value < limit;
  };
  for (size_t channel = 0; channel != channels; ++channel) {
    __int128 factor = atChannel(outer.multipliers, channel);
    __int128 multiplier = factor * atChannel(inner.multipliers, channel);
    __int128 offset = factor * atChannel(inner.offsets, channel) +
                      atChannel(outer.offsets, channel);
    if (!isSmall(multiplier) || !isSmall(offset))
      return std::nullopt;
    both.multipliers.push_back(static_cast<int64_t>(multiplier));
    both.offsets.push_back(static_cast<int64_t>(offset));
  }
  return both;
}

/// Takes the factor 2^shift out of multipliers and offsets, where all have it:
/// then nothing is rounded, as roundings add less than 2^shift and no less than
/// 0 (tosa_double subtracts 2^30 only where it adds at least 2^31).
static bool divideByShifts(SmallVector<int64_t> &multipliers,
                           SmallVector<int64_t> &offsets,
                           ArrayRef<int64_t> shifts) {
  if (shifts.size() != 1)
    return false;
  for (SmallVector<int64_t> *values : {&multipliers, &offsets})
    for (int64_t &value : *values) {
      if (value % (int64_t(1) << shifts[0]) != 0)
        return false;
      value >>= shifts[0];
    }
  return true;
}

/// Reads a rescale whose result is x * multiplier + offset exactly: nothing to
/// round, and no saturation for any x that is possible.
static std::optional<ChannelRescale> matchExact(RescaleOp op) {
  auto multipliers = getConstantIntegers(op.getMultiplier());
  auto offsets = getConstantIntegers(op.getOffset());
  if (!multipliers || !offsets ||
      !divideByShifts(*multipliers, *offsets, op.getShift()))
    return std::nullopt;
  ChannelRescale rescale = {
      *multipliers, *offsets, {0}, RoundingMode::HalfUp, {}};
  IntegerRange input = getRange(op.getInput());
  rescale.limits = getLimits(op.getClamp(), op.getType());
  for (size_t channel = 0;
       channel != std::max(multipliers->size(), offsets->size()); ++channel) {
    int64_t factor = atChannel(*multipliers, channel);
    int64_t offset = atChannel(*offsets, channel);
    IntegerRange result = {input.lo * factor + offset,
                           input.hi * factor + offset};
    if (factor < 0)
      std::swap(result.lo, result.hi);
    if (!rescale.limits.contains(result))
      return std::nullopt;
  }
  return rescale;
}

Value lowbit::createComposedRescale(OpBuilder &builder, Location loc,
                                    Value input, ChannelRescale rescale,
                                    Type element) {
  while (auto before = input.getDefiningOp<RescaleOp>()) {
    auto inner = matchExact(before);
    auto both = inner ? compose(*inner, rescale) : std::nullopt;
    if (!both || !isBounded(*both, getRange(before.getInput())))
      break;
    input = before.getInput();
    rescale = std::move(*both);
  }
  if (!isBounded(rescale, getRange(input)))
    return Value();
  auto type = cast<RankedTensorType>(input.getType()).clone(element);
  ArrayRef<int64_t> shifts = rescale.shifts;
  if (llvm::all_equal(shifts))
    shifts = shifts.take_front();
  DenseI64ArrayAttr clamp;
  if (rescale.limits != getTypeRange(type))
    clamp =
        builder.getDenseI64ArrayAttr({rescale.limits.lo, rescale.limits.hi});
  return RescaleOp::create(
      builder, loc, type, input, createI64s(builder, loc, rescale.multipliers),
      createI64s(builder, loc, rescale.offsets),
      builder.getDenseI64ArrayAttr(shifts),
      RoundingModeAttr::get(builder.getContext(), rescale.rounding), clamp);
}

numerics::LevelSet lowbit::getSetOf(IntegerRange range) {
  using numerics::LevelSet;
  for (unsigned bits = 1; bits <= 16; ++bits) {
    LevelSet set = range.lo >= 0 ? LevelSet::unsignedInteger(bits)
                                 : LevelSet::integer(bits);
    if (set.minLevel() <= range.lo && range.hi <= set.maxLevel())
      return set;
  }
  llvm_unreachable("ranges of zero points and bytes fit 16 bits");
}
