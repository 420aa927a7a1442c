//===- Elementwise.cpp - Quantize and dequantize -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

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
    int64_t channels = getChannels(op.getResult());
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

void lowbit::populateElementwisePatterns(
    RewritePatternSet &patterns, const StorageTypeConverter &converter) {
  patterns.add<LowerQuantize, LowerDequantize>(converter,
                                               patterns.getContext());
}
