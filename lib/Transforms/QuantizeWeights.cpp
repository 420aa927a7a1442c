//===- QuantizeWeights.cpp - Layers with a scheme onto codes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Constants.h"
#include "Layers.h"
#include "SinkDequantize.h"
#include "TrainedWeights.h"
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

/// The trained levels of `op`, where it has some and `set` holds those in use.
/// Warns where it does not, since the weights then change.
static FailureOr<std::optional<FittedWeights>>
takeTrained(Operation *op, ArrayRef<float> weights, int64_t channels,
            const LevelSet &set) {
  auto trained = op->getAttrOfType<TrainedAttr>(kTrainedAttr);
  if (!trained)
    return std::optional<FittedWeights>();
  auto levels = getTrainedLevels(op, trained, weights, channels);
  if (failed(levels))
    return failure();
  if (llvm::all_of(*levels, [&](int32_t l) { return set.contains(l); }))
    return std::optional(FittedWeights{
        *levels, SmallVector<float>(trained.getScales().getValues<float>())});
  op->emitWarning() << "layer '" << getLayerName(op) << "' was trained to "
                    << getLevelSet(trained.getLevels())->str()
                    << " weights, but the recipe asks for " << set.str()
                    << ": they are fitted to it";
  op->removeAttr(kTrainedAttr);
  return std::optional<FittedWeights>();
}

/// Trained levels, or the levels and scales nearest to the weights.
static FailureOr<FittedWeights> fitWeights(Operation *op, SchemeAttr scheme,
                                           const ChannelWeights &layer) {
  ArrayRef<float> weights = layer.values;
  int64_t channels = layer.channels;
  LevelSet set = *getLevelSet(scheme.getWeights());
  auto trained = takeTrained(op, weights, channels, set);
  if (failed(trained))
    return failure();
  if (*trained)
    return **std::move(trained);
  FittedWeights fitted;
  // One scale for each filter, or for all of them.
  bool isPerChannel = scheme.getScales() == Granularity::Channel;
  int64_t groups = isPerChannel ? channels : 1;
  int64_t size = weights.size() / groups;
  for (int64_t group = 0; group != groups; ++group) {
    ArrayRef<float> filters = weights.slice(group * size, size);
    numerics::ScaledLevels best = numerics::fitLevels(filters, set);
    fitted.levels.append(best.levels.begin(), best.levels.end());
    fitted.scales.append(channels / groups, best.scale);
  }
  return fitted;
}

/// Reads constant weights, or reports why they cannot be quantized.
static FailureOr<ChannelWeights> readWeights(Operation *op) {
  auto weights = getChannelWeights(op);
  if (!weights)
    return op->emitError("weights must be constant f32 to be quantized");
  if (llvm::any_of(weights->values, [](float w) { return !std::isfinite(w); }))
    return op->emitError("has infinite or NaN weights");
  return *std::move(weights);
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
    populateSinkDequantizePatterns(patterns);
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
    if (auto conv = dyn_cast<tosa::DepthwiseConv2DOp>(op))
      return quantizeConv(builder, conv, scheme, input.getInput(),
                          (*inputScale)[0]);
    if (auto matmul = dyn_cast<tosa::MatMulOp>(op))
      return quantizeMatmul(builder, matmul, scheme, input.getInput(),
                            (*inputScale)[0]);
    return op->emitError("has a scheme, but only convolutions and matrix "
                         "products can be quantized");
  }

  template <typename ConvOp>
  LogicalResult quantizeConv(OpBuilder &builder, ConvOp op, SchemeAttr scheme,
                             Value input, float inputScale) {
    auto weights = readWeights(op);
    if (failed(weights))
      return failure();
    auto bias = readBias(op, op.getBias());
    if (failed(bias))
      return failure();
    Location loc = op.getLoc();
    auto fitted = fitWeights(op, scheme, *weights);
    if (failed(fitted))
      return failure();
    auto [shape, groups] = getFilterShape(op);
    Value codes = ConstantOp::fromLevels(
        builder, loc, RankedTensorType::get(shape, scheme.getWeights()),
        fitted->levels);
    auto made = Conv2DOp::create(
        builder, loc, op.getType().clone(builder.getI32Type()), input, codes,
        op.getPad(), op.getStride(), op.getDilation(), groups, WorstSumsAttr());
    return finishLayer(builder, op, scheme, made,
                       createSumScale(builder, loc, *fitted, inputScale),
                       *bias);
  }

  /// tosa.matmul is [1, M, K] x [1, K, O]; codes of weights lie as [O, K].
  LogicalResult quantizeMatmul(OpBuilder &builder, tosa::MatMulOp op,
                               SchemeAttr scheme, Value input,
                               float inputScale) {
    auto weights = readWeights(op);
    if (failed(weights))
      return failure();
    Location loc = op.getLoc();
    auto type = cast<RankedTensorType>(op.getB().getType());
    int64_t rows = type.getDimSize(1), columns = type.getDimSize(2);
    auto fitted = fitWeights(op, scheme, *weights);
    if (failed(fitted))
      return failure();
    Value codes = ConstantOp::fromLevels(
        builder, loc,
        RankedTensorType::get({columns, rows}, scheme.getWeights()),
        fitted->levels);
    auto inputType = cast<RankedTensorType>(input.getType());
    Value flat =
        createReshape(builder, loc, input, {inputType.getDimSize(1), rows});
    auto product = MatmulOp::create(builder, loc, flat, codes, WorstSumsAttr());
    setLayer(op, scheme, product);
    Value sum = createReshape(builder, loc, product,
                              cast<RankedTensorType>(op.getType()).getShape());
    replaceByReal(builder, op, sum,
                  createSumScale(builder, loc, *fitted, inputScale), Value());
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
    if (Attribute trained = from->getAttr(kTrainedAttr))
      to->setAttr(kTrainedAttr, trained);
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
