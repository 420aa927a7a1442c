//===- SinkDequantize.cpp - Scales move behind what they commute with -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SinkDequantize.h"

#include "Constants.h"
#include "Layers.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

namespace {
/// squeeze_threshold(x, t, step) = threshold(x, t) * step.
struct SplitSqueezeThreshold : OpRewritePattern<SqueezeThresholdOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SqueezeThresholdOp op,
                                PatternRewriter &rewriter) const override {
    auto type = cast<RankedTensorType>(op.getType());
    Value codes = ThresholdOp::create(rewriter, op.getLoc(),
                                      type.clone(op.getLevels()), op.getInput(),
                                      op.getThresholds(), DenseI8ArrayAttr());
    rewriter.replaceOpWithNewOp<DequantizeOp>(op, type, codes, op.getStep(),
                                              Value());
    return success();
  }
};
} // namespace

DequantizeOp lowbit::getUniformDequantize(Value value) {
  auto dequantize = value.getDefiningOp<DequantizeOp>();
  if (!dequantize || dequantize.getBias() ||
      cast<RankedTensorType>(dequantize.getScale().getType()).getDimSize(0) !=
          1)
    return {};
  return dequantize;
}

Value lowbit::createReshape(OpBuilder &builder, Location loc, Value value,
                            ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  auto reassociation = [](int64_t rank) {
    SmallVector<ReassociationIndices> all(1);
    for (int64_t i = 0; i != rank; ++i)
      all[0].push_back(i);
    return all;
  };
  if (type.getRank() != 1)
    value = tensor::CollapseShapeOp::create(builder, loc, value,
                                            reassociation(type.getRank()));
  if (shape.size() == 1)
    return value;
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), value,
                                       reassociation(shape.size()));
}

static Value createSlice(OpBuilder &builder, tosa::SliceOp op, Value codes) {
  auto start = op.getStart().getDefiningOp<tosa::ConstShapeOp>();
  auto offsets = start ? getIntegers(start.getValues()) : std::nullopt;
  if (!offsets)
    return {};
  auto result = cast<RankedTensorType>(op.getType());
  SmallVector<OpFoldResult> strides(result.getRank(), builder.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(
      builder, op.getLoc(), codes,
      getAsIndexOpFoldResult(op.getContext(), *offsets),
      getAsIndexOpFoldResult(op.getContext(), result.getShape()), strides);
}

static Value createTranspose(OpBuilder &builder, tosa::TransposeOp op,
                             Value codes) {
  Value empty = tensor::EmptyOp::create(
      builder, op.getLoc(), cast<RankedTensorType>(op.getType()).getShape(),
      getElementTypeOrSelf(codes));
  SmallVector<int64_t> permutation(op.getPerms());
  return linalg::TransposeOp::create(builder, op.getLoc(), codes, empty,
                                     permutation)
      .getResult()[0];
}

/// The level that times `scale` is `x`.
static std::optional<int64_t> findLevel(float x, float scale,
                                        const LevelSet &set) {
  double level = std::nearbyint(static_cast<double>(x) / scale);
  if (!(std::abs(level) <= set.maxMagnitude()) ||
      !set.contains(static_cast<int32_t>(level)) ||
      static_cast<float>(level) * scale != x)
    return std::nullopt;
  return static_cast<int64_t>(level);
}

Value lowbit::createPad(OpBuilder &builder, tosa::PadOp op, Value codes,
                        int64_t padding) {
  auto widths = op.getPadding().getDefiningOp<tosa::ConstShapeOp>();
  auto sizes = widths ? getIntegers(widths.getValues()) : std::nullopt;
  if (!sizes || llvm::any_of(*sizes, [](int64_t n) { return n < 0; }) ||
      !getLevelSet(codes.getType())->contains(padding))
    return {};
  SmallVector<int64_t> low, high;
  for (auto [index, size] : llvm::enumerate(*sizes))
    (index % 2 ? high : low).push_back(size);
  return PadOp::create(builder, op.getLoc(), codes, low, high, padding);
}

/// The same for a padding of `op` in numbers: codes times `scale`.
static Value createScaledPad(OpBuilder &builder, tosa::PadOp op, Value codes,
                             float scale) {
  auto padding = getPadding(op);
  auto level = padding
                   ? findLevel(*padding, scale, *getLevelSet(codes.getType()))
                   : std::nullopt;
  return level ? createPad(builder, op, codes, *level) : Value();
}

static Value createMaxPool(OpBuilder &builder, tosa::MaxPool2dOp op,
                           Value codes) {
  // A window of padding only has no greatest level.
  for (int side = 0; side != 4; ++side)
    if (op.getPad()[side] >= op.getKernel()[side / 2])
      return {};
  auto made = MaxPool2DOp::create(builder, op.getLoc(), codes, op.getKernel(),
                                  op.getPad(), op.getStride());
  copyLayer(op, made);
  return made;
}

/// The elements along dimensions [first, last] of `codes` as the height of a
/// picture of width 1, for a pool over all of it.
static Value createColumn(OpBuilder &builder, Location loc, Value codes,
                          int64_t first, int64_t last) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(codes.getType()).getShape();
  return createReshape(
      builder, loc, codes,
      {ShapedType::getNumElements(shape.take_front(first)),
       ShapedType::getNumElements(shape.slice(first, last - first + 1)), 1,
       ShapedType::getNumElements(shape.drop_front(last + 1))});
}

static Value createMaximum(OpBuilder &builder, tosa::ReduceMaxOp op,
                           Value codes) {
  int64_t axis = op.getAxis();
  Value column = createColumn(builder, op.getLoc(), codes, axis, axis);
  int64_t height = cast<RankedTensorType>(column.getType()).getDimSize(1);
  auto made = MaxPool2DOp::create(
      builder, op.getLoc(), column, ArrayRef<int64_t>{height, 1},
      ArrayRef<int64_t>{0, 0, 0, 0}, ArrayRef<int64_t>{1, 1});
  copyLayer(op, made);
  return createReshape(builder, op.getLoc(), made,
                       cast<RankedTensorType>(op.getType()).getShape());
}

Value lowbit::applyToCodes(OpBuilder &builder, Operation *op, ValueRange codes,
                           float scale) {
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](tosa::IdentityOp) { return codes[0]; })
      .Case([&](tosa::ReshapeOp reshape) {
        return createReshape(
            builder, op->getLoc(), codes[0],
            cast<RankedTensorType>(reshape.getType()).getShape());
      })
      .Case([&](tosa::SliceOp slice) {
        return createSlice(builder, slice, codes[0]);
      })
      .Case([&](tosa::TransposeOp transpose) {
        return createTranspose(builder, transpose, codes[0]);
      })
      .Case([&](tosa::PadOp pad) {
        return createScaledPad(builder, pad, codes[0], scale);
      })
      .Case([&](tosa::ConcatOp concat) -> Value {
        return tensor::ConcatOp::create(builder, op->getLoc(), concat.getAxis(),
                                        codes);
      })
      .Case([&](tosa::MaxPool2dOp pool) {
        return createMaxPool(builder, pool, codes[0]);
      })
      .Case([&](tosa::ReduceMaxOp reduce) {
        return createMaximum(builder, reduce, codes[0]);
      })
      .Default(Value());
}

namespace {
struct SinkDequantize : RewritePattern {
  SinkDequantize(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!commutesWithQuantizer(op))
      return rewriter.notifyMatchFailure(op, "does not commute");
    SmallVector<Value> codes;
    Value scale;
    for (Value operand : getMovedOperands(op)) {
      DequantizeOp dequantize = getUniformDequantize(operand);
      if (!dequantize)
        return rewriter.notifyMatchFailure(op, "no per-tensor dequantization");
      if (scale &&
          getConstantFloats(scale) != getConstantFloats(dequantize.getScale()))
        return rewriter.notifyMatchFailure(op, "scales differ");
      scale = dequantize.getScale();
      codes.push_back(dequantize.getInput());
    }
    if (!llvm::all_equal(llvm::map_range(
            codes, [](Value value) { return getElementTypeOrSelf(value); })))
      return rewriter.notifyMatchFailure(op, "level sets differ");
    // The greatest level is the greatest number only when the scale is
    // positive.
    auto constant = getConstantFloats(scale);
    if (!constant || !(constant->front() > 0))
      return rewriter.notifyMatchFailure(op, "the scale may be negative");
    if (!getLevelSet(codes[0].getType()) && !isDataMovement(op))
      return rewriter.notifyMatchFailure(op, "integers of no level set");
    Value moved = applyToCodes(rewriter, op, codes, constant->front());
    if (!moved)
      return rewriter.notifyMatchFailure(op, "has no form on codes");
    rewriter.replaceOpWithNewOp<DequantizeOp>(op, op->getResult(0).getType(),
                                              moved, scale, Value());
    return success();
  }
};

/// Whether a sum of `count` levels fits i32, as lowbit.sum_pool2d demands.
bool fitsSum(Value codes, int64_t count) {
  auto set = getLevelSet(codes.getType());
  return set && count * set->maxMagnitude() < int64_t(1) << 31;
}

/// avg_pool(q * s) = sum_pool(q) * (s / (kh * kw)). With padding the divisor
/// would vary, so only unpadded pools match.
struct SumInsteadOfAverage : OpRewritePattern<tosa::AvgPool2dOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tosa::AvgPool2dOp op,
                                PatternRewriter &rewriter) const override {
    DequantizeOp dequantize = getUniformDequantize(op.getInput());
    if (!dequantize)
      return rewriter.notifyMatchFailure(op, "no per-tensor dequantization");
    if (isPadded(op))
      return rewriter.notifyMatchFailure(op, "padded average");
    auto scale = getConstantFloats(dequantize.getScale());
    if (!scale)
      return rewriter.notifyMatchFailure(op, "scale is not constant");
    int64_t count = op.getKernel()[0] * op.getKernel()[1];
    if (!fitsSum(dequantize.getInput(), count))
      return rewriter.notifyMatchFailure(op, "the sum may leave i32");
    auto sum = SumPool2DOp::create(rewriter, op.getLoc(), dequantize.getInput(),
                                   op.getKernel(), op.getPad(), op.getStride());
    copyLayer(op, sum);
    float divided = (*scale)[0] / count;
    rewriter.replaceOpWithNewOp<DequantizeOp>(
        op, op.getType(), sum, createFloats(rewriter, op.getLoc(), {divided}),
        Value());
    return success();
  }
};

/// reduce_sum(q * s) = sum_pool(q) * s, of several reductions in a row over
/// neighbouring dimensions at once: a pool reads levels, not another's sum.
struct SumInsteadOfReduction : OpRewritePattern<tosa::ReduceSumOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tosa::ReduceSumOp op,
                                PatternRewriter &rewriter) const override {
    if (!isSpatialReduction(op))
      return rewriter.notifyMatchFailure(op, "reduces batch or channels");
    tosa::ReduceSumOp innermost = op;
    int64_t first = op.getAxis(), last = op.getAxis();
    while (auto next =
               innermost.getInput().getDefiningOp<tosa::ReduceSumOp>()) {
      innermost = next;
      first = std::min<int64_t>(first, next.getAxis());
      last = std::max<int64_t>(last, next.getAxis());
    }
    DequantizeOp dequantize = getUniformDequantize(innermost.getInput());
    if (!dequantize)
      return rewriter.notifyMatchFailure(op, "no per-tensor dequantization");
    ArrayRef<int64_t> shape =
        cast<RankedTensorType>(innermost.getInput().getType()).getShape();
    ArrayRef<int64_t> result = op.getType().getShape();
    for (int64_t dim = first; dim <= last; ++dim)
      if (result[dim] != 1)
        return rewriter.notifyMatchFailure(op, "dimensions between are kept");
    int64_t count =
        ShapedType::getNumElements(shape.slice(first, last - first + 1));
    if (!fitsSum(dequantize.getInput(), count))
      return rewriter.notifyMatchFailure(op, "the sum may leave i32");
    Value column =
        createColumn(rewriter, op.getLoc(), dequantize.getInput(), first, last);
    auto sum = SumPool2DOp::create(
        rewriter, op.getLoc(), column, ArrayRef<int64_t>{count, 1},
        ArrayRef<int64_t>{0, 0, 0, 0}, ArrayRef<int64_t>{1, 1});
    copyLayer(op, sum);
    rewriter.replaceOpWithNewOp<DequantizeOp>(
        op, op.getType(), createReshape(rewriter, op.getLoc(), sum, result),
        dequantize.getScale(), Value());
    return success();
  }
};
} // namespace

void lowbit::populateSinkDequantizePatterns(RewritePatternSet &patterns) {
  patterns.add<SplitSqueezeThreshold, SinkDequantize, SumInsteadOfAverage,
               SumInsteadOfReduction>(patterns.getContext());
}
