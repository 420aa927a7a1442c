//===- Thresholds.cpp - From numbers to levels by comparison --------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

#include <bit>
#include <limits>

using namespace mlir;
using namespace lowbit;
using numerics::LevelKind;
using numerics::LevelSet;

/// More thresholds than these are searched by halving.
static constexpr int64_t kMaxCompared = 15;

namespace {
/// The thresholds of a `lowbit.threshold`, one row for each channel or one for
/// all.
struct ThresholdTable {
  int64_t rows, columns;
  /// One of the two, row-major.
  SmallVector<int64_t> integers;
  SmallVector<float> floats;

  /// Column `index`, as one value per channel.
  Value createColumn(OpBuilder &builder, Location loc, int64_t index,
                     int64_t channels) const;
  /// The table with each column repeated as often as `steps` says.
  ThresholdTable repeated(ArrayRef<int64_t> steps) const;
  /// All of it as a tensor of rows x columns.
  Value createTensor(OpBuilder &builder, Location loc) const;
};
} // namespace

static Value createDenseFloats(OpBuilder &builder, Location loc,
                               ArrayRef<int64_t> shape,
                               ArrayRef<float> values) {
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, values));
}

Value ThresholdTable::createColumn(OpBuilder &builder, Location loc,
                                   int64_t index, int64_t channels) const {
  auto select = [&](auto &all) {
    std::decay_t<decltype(all)> column;
    for (int64_t channel = 0; channel != channels; ++channel)
      column.push_back(all[(rows == 1 ? 0 : channel) * columns + index]);
    return column;
  };
  if (floats.empty())
    return createNarrowIntegers(builder, loc, select(integers));
  return createDenseFloats(builder, loc, {channels}, select(floats));
}

ThresholdTable ThresholdTable::repeated(ArrayRef<int64_t> steps) const {
  ThresholdTable table = {rows, 0, {}, {}};
  for (int64_t step : steps)
    table.columns += step;
  auto repeat = [&](const auto &from, auto &to) {
    for (auto [index, threshold] : llvm::enumerate(from))
      to.append(steps[index % columns], threshold);
  };
  repeat(integers, table.integers);
  repeat(floats, table.floats);
  return table;
}

Value ThresholdTable::createTensor(OpBuilder &builder, Location loc) const {
  if (!floats.empty())
    return createDenseFloats(builder, loc, {rows, columns}, floats);
  auto type = RankedTensorType::get({rows, columns}, builder.getI32Type());
  SmallVector<int32_t> values(integers.begin(), integers.end());
  return arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(type, ArrayRef<int32_t>(values)));
}

/// Integer thresholds are for comparison with x or, in channels of negative
/// sign, with ~x = -x - 1: -x may not fit i32, but -x >= t is ~x >= t - 1, and
/// holds always for the least t.
static ThresholdTable readTable(ThresholdOp op, DenseElementsAttr attr,
                                int64_t channels) {
  ThresholdTable table = {
      attr.getType().getDimSize(0), attr.getType().getDimSize(1), {}, {}};
  if (auto floats = getFloats(attr)) {
    table.floats = std::move(*floats);
    return table;
  }
  SmallVector<int64_t> all = *getIntegers(attr);
  if (!op.getSigns()) {
    table.integers = std::move(all);
    return table;
  }
  constexpr int64_t least = std::numeric_limits<int32_t>::min();
  for (auto [channel, sign] : llvm::enumerate(op.getSignsAttr().asArrayRef()))
    for (int64_t index = 0; index != table.columns; ++index) {
      int64_t row = table.rows == 1 ? 0 : channel;
      int64_t threshold = all[row * table.columns + index];
      table.integers.push_back(sign < 0 ? std::max(least, threshold - 1)
                                        : threshold);
    }
  table.rows = channels;
  return table;
}

//===----------------------------------------------------------------------===//
// Few thresholds: a comparison with each
//===----------------------------------------------------------------------===//

/// Signs per channel: for integers the mask 0 or -1, for floats the factor 1 or
/// -1.
static Value createSigns(OpBuilder &builder, ThresholdOp op) {
  SmallVector<int64_t> masks;
  SmallVector<float> factors;
  ArrayRef<int8_t> signs = op.getSignsAttr().asArrayRef();
  for (int8_t sign : signs) {
    masks.push_back(sign < 0 ? -1 : 0);
    factors.push_back(sign);
  }
  if (!getElementTypeOrSelf(op.getInput()).isF32())
    return createNarrowIntegers(builder, op.getLoc(), masks);
  return createDenseFloats(builder, op.getLoc(),
                           {static_cast<int64_t>(factors.size())}, factors);
}

/// x, or -x (of an integer ~x) where the sign of the channel is negative.
static Value emitSigned(OpBuilder &builder, Location loc, Value x, Value sign) {
  if (isa<FloatType>(x.getType()))
    return arith::MulFOp::create(builder, loc, x, sign);
  return arith::XOrIOp::create(builder, loc, x,
                               convert(builder, loc, sign, x.getType(),
                                       /*isUnsigned=*/false));
}

static Value emitReaches(OpBuilder &builder, Location loc, Value x,
                         Value threshold) {
  if (isa<FloatType>(x.getType()))
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGE, x,
                                 threshold);
  return arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::sge, x,
      convert(builder, loc, threshold, x.getType(), /*isUnsigned=*/false));
}

/// `step` where `holds`, else 0.
static Value emitStep(OpBuilder &builder, Location loc, Value holds,
                      int64_t step, Type type) {
  if (step == 1)
    return arith::ExtUIOp::create(builder, loc, type, holds);
  return arith::SelectOp::create(builder, loc, holds,
                                 createInteger(builder, loc, type, step),
                                 createInteger(builder, loc, type, 0));
}

/// Whether levels are stored as their rank plus a constant.
static bool countsRanks(const LevelSet &set) {
  return set.kind() == LevelKind::List ||
         (set.isContiguous() && !isStoredAsCode(set));
}

/// Whether the level is the number of thresholds that x reaches, of which there
/// are 2^k - 1, enough for halving them.
static bool canHalve(ThresholdOp op, int64_t columns) {
  return !op.getSteps() && columns >= 7 &&
         std::has_single_bit(uint64_t(columns) + 1) &&
         countsRanks(*getLevelSet(op.getType()));
}

/// Thresholds as numbers of one type, the widest that there is among them.
static SmallVector<Value> alignThresholds(OpBuilder &builder, Location loc,
                                          ValueRange thresholds) {
  Type widest = thresholds.front().getType();
  for (Value threshold : thresholds)
    if (threshold.getType().getIntOrFloatBitWidth() >
        widest.getIntOrFloatBitWidth())
      widest = threshold.getType();
  SmallVector<Value> aligned(thresholds);
  if (isa<IntegerType>(widest))
    for (Value &threshold : aligned)
      threshold =
          convert(builder, loc, threshold, widest, /*isUnsigned=*/false);
  return aligned;
}

/// The level, bit by bit of its rank from the top: a comparison with the middle
/// threshold leaves one half of them, which is selected. k comparisons and
/// 2^k - 1 - k selections do the work of 2^k - 1 comparisons and sums.
static Value emitHalvedLevel(OpBuilder &builder, Location loc, Value x,
                             ValueRange thresholds, ThresholdOp op, Type type) {
  LevelSet set = *getLevelSet(op.getType());
  SmallVector<Value> left = alignThresholds(builder, loc, thresholds);
  Value level = createInteger(builder, loc, type,
                              getStored(set, set.levelAt(op.getBase())));
  while (!left.empty()) {
    size_t middle = left.size() / 2;
    Value reaches = emitReaches(builder, loc, x, left[middle]);
    Value more =
        emitStep(builder, loc, reaches, static_cast<int64_t>(middle) + 1, type);
    level = arith::AddIOp::create(builder, loc, level, more);
    for (size_t i = 0; i != middle; ++i)
      left[i] = arith::SelectOp::create(builder, loc, reaches,
                                        left[middle + 1 + i], left[i]);
    left.truncate(middle);
  }
  return level;
}

/// The level of the rank of x as stored, given which of the op's thresholds x
/// reaches. Where levels are stored as ranks, the steps of those are summed;
/// otherwise the last one selects the level (they are a prefix, thresholds
/// being sorted).
static Value emitRankedLevel(OpBuilder &builder, Location loc,
                             ArrayRef<Value> reached, ThresholdOp op,
                             Type type) {
  LevelSet set = *getLevelSet(op.getType());
  int64_t rank = op.getBase();
  Value level =
      createInteger(builder, loc, type, getStored(set, set.levelAt(rank)));
  bool counts = countsRanks(set);
  for (auto [index, holds] : llvm::enumerate(reached)) {
    int64_t step = op.getSteps() ? (*op.getSteps())[index] : 1;
    rank += step;
    if (counts) {
      Value more = emitStep(builder, loc, holds, step, type);
      level = arith::AddIOp::create(builder, loc, level, more);
      continue;
    }
    Value next =
        createInteger(builder, loc, type, getStored(set, set.levelAt(rank)));
    level = arith::SelectOp::create(builder, loc, holds, next, level);
  }
  return level;
}

//===----------------------------------------------------------------------===//
// Many thresholds: a search by halving
//===----------------------------------------------------------------------===//

/// The number of thresholds in row `channel` of `table` that x reaches, found
/// bit by bit from the top: thresholds ascend, so that x reaches the ones below
/// a reached one.
static Value emitSearchedRank(OpBuilder &builder, Location loc, Value x,
                              Value table, Value channel) {
  int64_t count = cast<RankedTensorType>(table.getType()).getDimSize(1);
  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  Value rank = index(0);
  for (int64_t step = std::bit_floor(uint64_t(count)); step != 0; step /= 2) {
    Value probe = arith::AddIOp::create(builder, loc, rank, index(step));
    Value place = arith::SubIOp::create(builder, loc, probe, index(1));
    // The last bits may lead beyond the table, unless it has 2^m - 1 columns.
    bool mayLeave = !std::has_single_bit(uint64_t(count) + 1);
    if (mayLeave)
      place = arith::MinUIOp::create(builder, loc, place, index(count - 1));
    Value threshold = tensor::ExtractOp::create(builder, loc, table,
                                                ValueRange{channel, place});
    Value reaches = emitReaches(builder, loc, x, threshold);
    if (mayLeave) {
      Value isInside = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::ule, probe, index(count));
      reaches = arith::AndIOp::create(builder, loc, reaches, isInside);
    }
    rank = arith::SelectOp::create(builder, loc, reaches, probe, rank);
  }
  return rank;
}

/// The level of rank `rank` (index) as stored: in gapless sets and odd ones by
/// arithmetic, else out of `levels`, the stored levels by rank.
static Value emitLevelOfRank(OpBuilder &builder, Location loc, Value rank,
                             Value levels, const LevelSet &set, Type type) {
  if (levels)
    return tensor::ExtractOp::create(builder, loc, levels, rank);
  Type i32 = builder.getI32Type();
  Value level = arith::IndexCastOp::create(builder, loc, i32, rank);
  if (set.kind() == LevelKind::Odd || set.kind() == LevelKind::Bipolar)
    level = arith::ShLIOp::create(builder, loc, level,
                                  createInteger(builder, loc, i32, 1));
  level = arith::AddIOp::create(
      builder, loc, level, createInteger(builder, loc, i32, set.minLevel()));
  return convert(builder, loc, level, type, /*isUnsigned=*/false);
}

/// The stored levels by rank, where no arithmetic tells them.
static Value createLevelTable(OpBuilder &builder, Location loc,
                              const LevelSet &set) {
  if (!isStoredAsCode(set))
    return {};
  SmallVector<int64_t> stored;
  for (uint32_t rank = 0; rank != set.numLevels(); ++rank)
    stored.push_back(getStored(set, set.levelAt(rank)));
  return createIntegers(builder, loc, getStorageType(builder.getContext(), set),
                        stored);
}

//===----------------------------------------------------------------------===//
// The pattern
//===----------------------------------------------------------------------===//

struct LowerThreshold : OpConversionPattern<ThresholdOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ThresholdOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    DenseElementsAttr attr;
    if (!matchPattern(op.getThresholds(), m_Constant(&attr)))
      return rewriter.notifyMatchFailure(op, "thresholds are not constant");
    auto type =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    ThresholdTable table = readTable(op, attr, getChannels(op.getInput()));
    if (table.columns <= kMaxCompared) {
      rewriter.replaceOp(
          op, compare(rewriter, op, adaptor.getInput(), table, type));
      return success();
    }
    if (op.getSteps())
      table = table.repeated(*op.getSteps());
    rewriter.replaceOp(op,
                       search(rewriter, op, adaptor.getInput(), table, type));
    return success();
  }

  /// The number that is compared: a float, or an integer in i32.
  static Value emitOperand(OpBuilder &builder, Location loc, ThresholdOp op,
                           ValueRange scalars, unsigned signOperand) {
    Type inputType = op.getInput().getType();
    Value x = scalars[0];
    if (!isa<FloatType>(x.getType()))
      x = emitInteger(builder, loc, x, inputType, builder.getI32Type());
    return op.getSigns() ? emitSigned(builder, loc, x, scalars[signOperand])
                         : x;
  }

  static Value compare(OpBuilder &builder, ThresholdOp op, Value input,
                       const ThresholdTable &table, RankedTensorType type) {
    Location loc = op.getLoc();
    int64_t channels = getChannels(op.getInput());
    SmallVector<Value> vectors;
    for (int64_t index = 0; index != table.columns; ++index)
      vectors.push_back(table.createColumn(builder, loc, index, channels));
    if (op.getSigns())
      vectors.push_back(createSigns(builder, op));
    return createElementwise(
        builder, loc, type, input, vectors,
        [&](OpBuilder &nested, Location bodyLoc, ValueRange scalars) {
          Value x =
              emitOperand(nested, bodyLoc, op, scalars, table.columns + 1);
          ValueRange thresholds = scalars.slice(1, table.columns);
          if (canHalve(op, table.columns))
            return emitHalvedLevel(nested, bodyLoc, x, thresholds, op,
                                   type.getElementType());
          SmallVector<Value> reached;
          for (Value threshold : thresholds)
            reached.push_back(emitReaches(nested, bodyLoc, x, threshold));
          return emitRankedLevel(nested, bodyLoc, reached, op,
                                 type.getElementType());
        });
  }

  static Value search(OpBuilder &builder, ThresholdOp op, Value input,
                      const ThresholdTable &table, RankedTensorType type) {
    Location loc = op.getLoc();
    LevelSet set = *getLevelSet(op.getType());
    Value thresholds = table.createTensor(builder, loc);
    Value levels = createLevelTable(builder, loc, set);
    SmallVector<Value> vectors;
    if (op.getSigns())
      vectors.push_back(createSigns(builder, op));
    return createElementwise(
        builder, loc, type, input, vectors,
        [&](OpBuilder &nested, Location bodyLoc, ValueRange scalars) {
          Value x = emitOperand(nested, bodyLoc, op, scalars, 1);
          Value channel =
              table.rows == 1
                  ? arith::ConstantIndexOp::create(nested, bodyLoc, 0)
                        .getResult()
                  : linalg::IndexOp::create(nested, bodyLoc, type.getRank() - 1)
                        .getResult();
          Value rank = arith::AddIOp::create(
              nested, bodyLoc,
              emitSearchedRank(nested, bodyLoc, x, thresholds, channel),
              arith::ConstantIndexOp::create(nested, bodyLoc, op.getBase()));
          return emitLevelOfRank(nested, bodyLoc, rank, levels, set,
                                 type.getElementType());
        });
  }
};

void lowbit::populateThresholdPatterns(RewritePatternSet &patterns,
                                       const StorageTypeConverter &converter) {
  patterns.add<LowerThreshold>(converter, patterns.getContext());
}
