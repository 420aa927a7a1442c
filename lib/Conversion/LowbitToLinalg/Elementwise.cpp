//===- Elementwise.cpp - Quantize, dequantize, threshold -*- C++ -*-===//
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

#include <limits>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

static Value createFloat(OpBuilder &builder, Location loc, float value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getF32FloatAttr(value));
}

static RankedTensorType getConverted(const TypeConverter *converter,
                                     Value value) {
  return cast<RankedTensorType>(converter->convertType(value.getType()));
}

/// A per-channel operand as inputs of an elementwise generic: a vector of one
/// element per channel, or nothing and a scalar for all.
static Value expandChannels(OpBuilder &builder, Location loc, Value vector,
                            int64_t channels) {
  auto type = cast<RankedTensorType>(vector.getType());
  if (type.getDimSize(0) == channels)
    return vector;
  auto values = getConstantFloats(vector);
  if (!values)
    return {};
  auto expanded = RankedTensorType::get({channels}, type.getElementType());
  return arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(expanded, values->front()));
}

//===----------------------------------------------------------------------===//
// Between float and levels
//===----------------------------------------------------------------------===//

/// round_half_even(v) of |v| < 2^22: adding 1.5 * 2^23 leaves no bits below 1,
/// so the addition itself rounds, half to even; the subtraction is exact.
static Value emitRoundHalfEven(OpBuilder &builder, Location loc, Value v) {
  Value magic = createFloat(builder, loc, 12582912.0f);
  Value sum = arith::AddFOp::create(builder, loc, v, magic);
  return arith::SubFOp::create(builder, loc, sum, magic);
}

/// "v > lo ? v : lo", then "v < hi ? v : hi": NaN becomes lo.
static Value emitLimit(OpBuilder &builder, Location loc, Value v, float lo,
                       float hi) {
  auto limit = [&](arith::CmpFPredicate predicate, float bound) {
    Value limitValue = createFloat(builder, loc, bound);
    Value keeps = arith::CmpFOp::create(builder, loc, predicate, v, limitValue);
    v = arith::SelectOp::create(builder, loc, keeps, v, limitValue);
  };
  limit(arith::CmpFPredicate::OGT, lo);
  limit(arith::CmpFPredicate::OLT, hi);
  return v;
}

struct LowerQuantize : OpConversionPattern<QuantizeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(QuantizeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto scale = getConstantFloats(op.getScale());
    if (!scale)
      return rewriter.notifyMatchFailure(op, "scale is not constant");
    LevelSet set = *getLevelSet(op.getType());
    auto type = getConverted(getTypeConverter(), op.getResult());
    Value result = createElementwise(
        rewriter, op.getLoc(), type, adaptor.getInput(), {},
        [&](OpBuilder &builder, Location loc, ValueRange scalars) -> Value {
          Value step = createFloat(builder, loc, (*scale)[0]);
          Value v = arith::DivFOp::create(builder, loc, scalars[0], step);
          v = emitLimit(builder, loc, v, set.minLevel(), set.maxLevel());
          v = emitRoundHalfEven(builder, loc, v);
          Value level =
              arith::FPToSIOp::create(builder, loc, builder.getI32Type(), v);
          return emitStoredLevel(builder, loc, level, set);
        });
    rewriter.replaceOp(op, result);
    return success();
  }
};

struct LowerDequantize : OpConversionPattern<DequantizeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(DequantizeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    auto type = cast<RankedTensorType>(op.getType());
    int64_t channels = type.getRank() ? type.getShape().back() : 1;
    SmallVector<Value> vectors = {
        expandChannels(rewriter, loc, adaptor.getScale(), channels)};
    if (Value bias = adaptor.getBias())
      vectors.push_back(expandChannels(rewriter, loc, bias, channels));
    if (llvm::is_contained(vectors, Value()))
      return rewriter.notifyMatchFailure(op, "scale or bias is not constant");
    Type inputType = op.getInput().getType();
    Value result = createElementwise(
        rewriter, loc, type, adaptor.getInput(), vectors,
        [&](OpBuilder &builder, Location bodyLoc, ValueRange scalars) {
          Value level = emitInteger(builder, bodyLoc, scalars[0], inputType,
                                    builder.getI32Type());
          Value real = arith::SIToFPOp::create(builder, bodyLoc,
                                               builder.getF32Type(), level);
          real = arith::MulFOp::create(builder, bodyLoc, real, scalars[1]);
          if (scalars.size() == 4) // input, scale, bias, output
            real = arith::AddFOp::create(builder, bodyLoc, real, scalars[2]);
          return real;
        });
    rewriter.replaceOp(op, result);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

/// Column `index` of a table of integer thresholds, as one value per channel,
/// for comparison with x or, in channels of negative sign, with ~x = -x - 1: -x
/// may not fit i32, but -x >= t is ~x >= t - 1, and holds always for the least
/// t.
static Value createIntegerColumn(OpBuilder &builder, ThresholdOp op,
                                 DenseElementsAttr table, int64_t index,
                                 int64_t channels) {
  constexpr int64_t least = std::numeric_limits<int32_t>::min();
  int64_t rows = table.getType().getDimSize(0);
  int64_t columns = table.getType().getDimSize(1);
  SmallVector<int64_t> all = *getIntegers(table);
  SmallVector<int64_t> column;
  for (int64_t channel = 0; channel != channels; ++channel) {
    int64_t threshold = all[(rows == 1 ? 0 : channel) * columns + index];
    bool isNegative =
        op.getSigns() && op.getSignsAttr().asArrayRef()[channel] < 0;
    column.push_back(isNegative ? std::max(least, threshold - 1) : threshold);
  }
  return createIntegers(builder, op.getLoc(), builder.getI32Type(), column);
}

/// Column `index` of a table of float thresholds as one value per channel.
static Value createFloatColumn(OpBuilder &builder, Location loc,
                               DenseElementsAttr table, int64_t index,
                               int64_t channels) {
  int64_t rows = table.getType().getDimSize(0);
  int64_t columns = table.getType().getDimSize(1);
  SmallVector<float> all = *getFloats(table);
  SmallVector<float> column;
  for (int64_t channel = 0; channel != channels; ++channel)
    column.push_back(all[(rows == 1 ? 0 : channel) * columns + index]);
  auto columnType = RankedTensorType::get({channels}, builder.getF32Type());
  return arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(columnType, ArrayRef<float>(column)));
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

/// The level of the rank of x as stored, given which of the op's thresholds x
/// reaches. In gapless sets, and in lists, which are stored as ranks, the steps
/// of those are summed; otherwise the last one selects the level (they are a
/// prefix, thresholds being sorted).
static Value emitRankedLevel(OpBuilder &builder, Location loc,
                             ArrayRef<Value> reached, ThresholdOp op,
                             Type type) {
  LevelSet set = *getLevelSet(op.getType());
  int64_t rank = op.getBase();
  Value level =
      createInteger(builder, loc, type, getStored(set, set.levelAt(rank)));
  bool counts = set.kind() == numerics::LevelKind::List ||
                (set.isContiguous() && !isStoredAsCode(set));
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

struct LowerThreshold : OpConversionPattern<ThresholdOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ThresholdOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    DenseElementsAttr table;
    if (!matchPattern(op.getThresholds(), m_Constant(&table)))
      return rewriter.notifyMatchFailure(op, "thresholds are not constant");
    Location loc = op.getLoc();
    auto type = getConverted(getTypeConverter(), op.getResult());
    int64_t channels = type.getRank() ? type.getShape().back() : 1;
    bool isFloat = getElementTypeOrSelf(op.getInput()).isF32();
    SmallVector<Value> vectors;
    for (int64_t index = 0; index != table.getType().getDimSize(1); ++index)
      vectors.push_back(
          isFloat ? createFloatColumn(rewriter, loc, table, index, channels)
                  : createIntegerColumn(rewriter, op, table, index, channels));
    if (op.getSigns())
      vectors.push_back(createSigns(rewriter, op));
    Value result = createElementwise(
        rewriter, loc, type, adaptor.getInput(), vectors,
        [&](OpBuilder &builder, Location bodyLoc, ValueRange scalars) {
          return emitBody(builder, bodyLoc, op, scalars, type.getElementType());
        });
    rewriter.replaceOp(op, result);
    return success();
  }

  /// Per channel: for integers the mask 0 or -1, for floats the factor 1 or -1.
  static Value createSigns(OpBuilder &builder, ThresholdOp op) {
    SmallVector<int64_t> masks;
    SmallVector<float> factors;
    ArrayRef<int8_t> signs = op.getSignsAttr().asArrayRef();
    for (int8_t sign : signs) {
      masks.push_back(sign < 0 ? -1 : 0);
      factors.push_back(sign);
    }
    if (!getElementTypeOrSelf(op.getInput()).isF32())
      return createIntegers(builder, op.getLoc(), builder.getI32Type(), masks);
    auto type = RankedTensorType::get({static_cast<int64_t>(factors.size())},
                                      builder.getF32Type());
    return arith::ConstantOp::create(
        builder, op.getLoc(),
        DenseElementsAttr::get(type, ArrayRef<float>(factors)));
  }

  static Value emitBody(OpBuilder &builder, Location loc, ThresholdOp op,
                        ValueRange scalars, Type stored) {
    Type inputType = op.getInput().getType();
    bool isFloat = getElementTypeOrSelf(inputType).isF32();
    auto table = cast<RankedTensorType>(op.getThresholds().getType());
    ValueRange thresholds = scalars.slice(1, table.getDimSize(1));
    Value x = isFloat ? scalars[0]
                      : emitInteger(builder, loc, scalars[0], inputType,
                                    builder.getI32Type());
    if (op.getSigns()) {
      Value sign = scalars[1 + thresholds.size()];
      x = isFloat ? arith::MulFOp::create(builder, loc, x, sign).getResult()
                  : arith::XOrIOp::create(builder, loc, x, sign).getResult();
    }
    SmallVector<Value> reached;
    for (Value threshold : thresholds)
      reached.push_back(
          isFloat ? arith::CmpFOp::create(
                        builder, loc, arith::CmpFPredicate::OGE, x, threshold)
                        .getResult()
                  : arith::CmpIOp::create(
                        builder, loc, arith::CmpIPredicate::sge, x, threshold)
                        .getResult());
    return emitRankedLevel(builder, loc, reached, op, stored);
  }
};

void lowbit::populateElementwisePatterns(
    RewritePatternSet &patterns, const StorageTypeConverter &converter) {
  patterns.add<LowerQuantize, LowerDequantize, LowerThreshold>(
      converter, patterns.getContext());
}
