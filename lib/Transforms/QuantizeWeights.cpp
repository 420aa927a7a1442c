//===- QuantizeWeights.cpp - Layers with a scheme onto codes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "lowbit/Numerics/Quantize.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include <cmath>

namespace lowbit {
#define GEN_PASS_DEF_QUANTIZEWEIGHTSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

static Value createFloats(OpBuilder &builder, Location loc,
                          ArrayRef<float> values) {
  auto type = RankedTensorType::get({static_cast<int64_t>(values.size())},
                                    builder.getF32Type());
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, values));
}

//===----------------------------------------------------------------------===//
// Dequantizations move down
//===----------------------------------------------------------------------===//

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

/// The dequantization that makes `value` with one scale and no bias: the same
/// whichever element it is applied to.
static DequantizeOp getUniformDequantize(Value value) {
  auto dequantize = value.getDefiningOp<DequantizeOp>();
  if (!dequantize || dequantize.getBias() ||
      cast<RankedTensorType>(dequantize.getScale().getType()).getDimSize(0) !=
          1)
    return {};
  return dequantize;
}

/// Reshapes through one dimension, which fits every pair of shapes.
static Value createReshape(OpBuilder &builder, Location loc, Value value,
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

/// `op` on codes instead of on floats; null if it has no integer form.
static Value applyToCodes(OpBuilder &builder, Operation *op, Value codes) {
  Location loc = op->getLoc();
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  if (isa<tosa::IdentityOp>(op))
    return codes;
  if (isa<tosa::ReshapeOp>(op))
    return createReshape(builder, loc, codes, result.getShape());
  if (auto slice = dyn_cast<tosa::SliceOp>(op)) {
    auto start = slice.getStart().getDefiningOp<tosa::ConstShapeOp>();
    auto offsets = start ? getIntegers(start.getValues()) : std::nullopt;
    if (!offsets)
      return {};
    SmallVector<OpFoldResult> strides(result.getRank(),
                                      builder.getIndexAttr(1));
    return tensor::ExtractSliceOp::create(
        builder, loc, codes, getAsIndexOpFoldResult(op->getContext(), *offsets),
        getAsIndexOpFoldResult(op->getContext(), result.getShape()), strides);
  }
  if (auto pool = dyn_cast<tosa::MaxPool2dOp>(op)) {
    // A window of padding only has no greatest level.
    for (int side = 0; side != 4; ++side)
      if (pool.getPad()[side] >= pool.getKernel()[side / 2])
        return {};
    auto made = MaxPool2DOp::create(builder, loc, codes, pool.getKernel(),
                                    pool.getPad(), pool.getStride());
    copyLayer(op, made);
    return made;
  }
  return {};
}

struct SinkDequantize : RewritePattern {
  SinkDequantize(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isDataMovement(op) && !isa<tosa::MaxPool2dOp>(op))
      return rewriter.notifyMatchFailure(op, "does not commute");
    DequantizeOp dequantize = getUniformDequantize(op->getOperand(0));
    if (!dequantize)
      return rewriter.notifyMatchFailure(op, "no per-tensor dequantization");
    // The greatest level is the greatest number only when the scale is
    // positive.
    auto scale = getConstantFloats(dequantize.getScale());
    if (isa<tosa::MaxPool2dOp>(op) && !(scale && (*scale)[0] > 0))
      return rewriter.notifyMatchFailure(op, "the scale may be negative");
    Value moved = applyToCodes(rewriter, op, dequantize.getInput());
    if (!moved)
      return rewriter.notifyMatchFailure(op, "has no form on codes");
    rewriter.replaceOpWithNewOp<DequantizeOp>(
        op, op->getResult(0).getType(), moved, dequantize.getScale(), Value());
    return success();
  }
};

/// avg_pool(q * s) = sum_pool(q) * (s / (kh * kw)). With padding the divisor
/// would vary, so only unpadded pools match.
struct SumInsteadOfAverage : OpRewritePattern<tosa::AvgPool2dOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tosa::AvgPool2dOp op,
                                PatternRewriter &rewriter) const override {
    DequantizeOp dequantize = getUniformDequantize(op.getInput());
    if (!dequantize)
      return rewriter.notifyMatchFailure(op, "no per-tensor dequantization");
    if (llvm::any_of(op.getPad(), [](int64_t pad) { return pad != 0; }))
      return rewriter.notifyMatchFailure(op, "padded average");
    auto scale = getConstantFloats(dequantize.getScale());
    if (!scale)
      return rewriter.notifyMatchFailure(op, "scale is not constant");
    auto sum = SumPool2DOp::create(rewriter, op.getLoc(), dequantize.getInput(),
                                   op.getKernel(), op.getPad(), op.getStride());
    copyLayer(op, sum);
    float divided = (*scale)[0] / (op.getKernel()[0] * op.getKernel()[1]);
    rewriter.replaceOpWithNewOp<DequantizeOp>(
        op, op.getType(), sum, createFloats(rewriter, op.getLoc(), {divided}),
        Value());
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

namespace {
/// Weights of a layer as codes, with one scale per output channel (first
/// dimension).
struct FittedWeights {
  SmallVector<int32_t> levels;
  SmallVector<float> scales;
};
} // namespace

static FittedWeights fitWeights(ArrayRef<float> weights, int64_t channels,
                                const LevelSet &set) {
  FittedWeights fitted;
  int64_t size = weights.size() / channels;
  for (int64_t channel = 0; channel != channels; ++channel) {
    ArrayRef<float> filter = weights.slice(channel * size, size);
    numerics::ScaledLevels best = numerics::fitLevels(filter, set);
    fitted.levels.append(best.levels.begin(), best.levels.end());
    fitted.scales.push_back(best.scale);
  }
  return fitted;
}

/// Reads constant weights, or reports why they cannot be quantized.
static FailureOr<SmallVector<float>> readWeights(Operation *op, Value weight) {
  auto weights = getConstantFloats(weight);
  if (!weights)
    return op->emitError("weights must be constant f32 to be quantized");
  if (llvm::any_of(*weights, [](float w) { return !std::isfinite(w); }))
    return op->emitError("has infinite or NaN weights");
  return *weights;
}

static FailureOr<SmallVector<float>> readBias(Operation *op, Value bias) {
  auto values = getConstantFloats(bias);
  if (!values)
    return op->emitError("bias must be constant f32 for the layer to be "
                         "quantized");
  if (llvm::any_of(*values, [](float b) { return !std::isfinite(b); }))
    return op->emitError("has an infinite or NaN bias");
  return *values;
}

/// scales of the weights x scale of the activations.
static Value createSumScale(OpBuilder &builder, Location loc,
                            const FittedWeights &fitted, float inputScale) {
  SmallVector<float> scales(fitted.scales);
  for (float &scale : scales)
    scale *= inputScale;
  return createFloats(builder, loc, scales);
}

namespace {
struct QuantizeWeightsPass
    : lowbit::impl::QuantizeWeightsPassBase<QuantizeWeightsPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<SplitSqueezeThreshold, SinkDequantize, SumInsteadOfAverage>(
        &getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    SmallVector<Operation *> layers;
    getOperation().walk([&](Operation *op) {
      if (op->hasAttr(kSchemeAttr))
        layers.push_back(op);
    });
    for (Operation *op : layers)
      if (failed(quantizeLayer(op)))
        return signalPassFailure();
  }

  LogicalResult quantizeLayer(Operation *op) {
    auto scheme = op->getAttrOfType<SchemeAttr>(kSchemeAttr);
    DequantizeOp input = getUniformDequantize(op->getOperand(0));
    auto inputScale =
        input ? getConstantFloats(input.getScale()) : std::nullopt;
    if (!inputScale)
      return op->emitError("has a scheme, but its input is not quantized; run "
                           "lowbit-insert-squeeze-threshold first");
    OpBuilder builder(op);
    if (auto conv = dyn_cast<tosa::Conv2DOp>(op))
      return quantizeConv(builder, conv, scheme, input.getInput(),
                          (*inputScale)[0]);
    if (auto matmul = dyn_cast<tosa::MatMulOp>(op))
      return quantizeMatmul(builder, matmul, scheme, input.getInput(),
                            (*inputScale)[0]);
    return op->emitError("has a scheme, but only convolutions and matrix "
                         "products can be quantized");
  }

  LogicalResult quantizeConv(OpBuilder &builder, tosa::Conv2DOp op,
                             SchemeAttr scheme, Value input, float inputScale) {
    auto weights = readWeights(op, op.getWeight());
    auto bias = readBias(op, op.getBias());
    if (failed(weights) || failed(bias))
      return failure();
    Location loc = op.getLoc();
    auto type = cast<RankedTensorType>(op.getWeight().getType());
    FittedWeights fitted = fitWeights(*weights, type.getDimSize(0),
                                      *getLevelSet(scheme.getWeights()));
    Value codes = ConstantOp::fromLevels(
        builder, loc, type.clone(scheme.getWeights()), fitted.levels);
    auto made =
        Conv2DOp::create(builder, loc, op.getType().clone(builder.getI32Type()),
                         input, codes, op.getPadAttr(), op.getStrideAttr(),
                         op.getDilationAttr(), WorstSumsAttr());
    return finishLayer(builder, op, scheme, made,
                       createSumScale(builder, loc, fitted, inputScale), *bias);
  }

  /// tosa.matmul is [1, M, K] x [1, K, O]; codes of weights lie as [O, K].
  LogicalResult quantizeMatmul(OpBuilder &builder, tosa::MatMulOp op,
                               SchemeAttr scheme, Value input,
                               float inputScale) {
    auto weights = readWeights(op, op.getB());
    if (failed(weights))
      return failure();
    Location loc = op.getLoc();
    auto type = cast<RankedTensorType>(op.getB().getType());
    int64_t rows = type.getDimSize(1), columns = type.getDimSize(2);
    SmallVector<float> transposed(weights->size());
    for (int64_t k = 0; k != rows; ++k)
      for (int64_t o = 0; o != columns; ++o)
        transposed[o * rows + k] = (*weights)[k * columns + o];
    FittedWeights fitted =
        fitWeights(transposed, columns, *getLevelSet(scheme.getWeights()));
    Value codes = ConstantOp::fromLevels(
        builder, loc,
        RankedTensorType::get({columns, rows}, scheme.getWeights()),
        fitted.levels);
    auto inputType = cast<RankedTensorType>(input.getType());
    Value flat =
        createReshape(builder, loc, input, {inputType.getDimSize(1), rows});
    auto product = MatmulOp::create(builder, loc, flat, codes, WorstSumsAttr());
    setLayer(op, scheme, product);
    Value sum = createReshape(builder, loc, product,
                              cast<RankedTensorType>(op.getType()).getShape());
    replaceByReal(builder, op, sum,
                  createSumScale(builder, loc, fitted, inputScale), Value());
    return success();
  }

  LogicalResult finishLayer(OpBuilder &builder, Operation *op,
                            SchemeAttr scheme, Operation *made, Value scale,
                            ArrayRef<float> bias) {
    if (failed(mlir::verify(made)))
      return failure();
    setLayer(op, scheme, made);
    auto channels =
        cast<RankedTensorType>(op->getResult(0).getType()).getShape().back();
    SmallVector<float> offsets(bias);
    if (offsets.size() == 1)
      offsets.assign(channels, bias[0]);
    replaceByReal(builder, op, made->getResult(0), scale,
                  createFloats(builder, op->getLoc(), offsets));
    return success();
  }

  static void setLayer(Operation *from, SchemeAttr scheme, Operation *to) {
    copyLayer(from, to);
    if (scheme.getMultiplierFree())
      to->setAttr(kMultiplierFreeAttr, UnitAttr::get(from->getContext()));
  }

  void replaceByReal(OpBuilder &builder, Operation *op, Value sum, Value scale,
                     Value bias) {
    auto real = DequantizeOp::create(
        builder, op->getLoc(), op->getResult(0).getType(), sum, scale, bias);
    op->replaceAllUsesWith(real);
    op->erase();
    ++numQuantized;
  }
};
} // namespace
