//===- FoldBatchNorm.cpp - Per-channel arithmetic into convolutions -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// conv(x, w, b)[o] = sum x w[o] + b[o]. For constants g and d per output
// channel:
//   conv * g + d = conv(x, w g[o], b g + d)
//   d - conv     = conv(x, -w, d - b)
// Each product and sum of constants is rounded to binary32 once.
//
//===----------------------------------------------------------------------===//

#include "Constants.h"
#include "TrainedWeights.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lowbit {
#define GEN_PASS_DEF_FOLDBATCHNORMPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;
using Kind = ElementwiseStep::Kind;

/// What the step multiplies the weights of a channel by.
static float getWeightFactor(const ElementwiseStep &step, int64_t channel) {
  if (step.kind == Kind::Multiply)
    return step.constant(channel);
  return step.kind == Kind::SubtractFrom ? -1.0f : 1.0f;
}

/// Multiplies weights by `factor(output channel)`.
template <typename ConvOp, typename Factor>
static void scaleWeights(ConvOp conv, MutableArrayRef<float> weights,
                         Factor factor) {
  auto shape = cast<RankedTensorType>(conv.getWeight().getType()).getShape();
  // conv2d keeps weights as OHWI; depthwise as HWCM, whose output channel is
  // c * M + m, the index in the two last dimensions.
  int64_t channels =
      isa<tosa::DepthwiseConv2DOp>(conv) ? shape[2] * shape[3] : shape[0];
  int64_t inner = weights.size() / channels;
  for (auto [index, weight] : llvm::enumerate(weights))
    weight *= factor(isa<tosa::DepthwiseConv2DOp>(conv) ? index % channels
                                                        : index / inner);
}

template <typename ConvOp> struct FoldStepIntoConv : RewritePattern {
  FoldStepIntoConv(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    auto step = matchElementwiseStep(op);
    if (!step || step->kind == Kind::Clamp)
      return rewriter.notifyMatchFailure(op, "not per-channel arithmetic");
    auto conv = step->input.getDefiningOp<ConvOp>();
    if (!conv || !conv->hasOneUse())
      return rewriter.notifyMatchFailure(
          op, "input is not a convolution used once");
    auto weights = getConstantFloats(conv.getWeight());
    auto bias = getConstantFloats(conv.getBias());
    if (!weights || !bias)
      return rewriter.notifyMatchFailure(op, "weights are not constant");

    auto outType = cast<RankedTensorType>(conv.getType());
    int64_t channels = outType.getShape().back();
    SmallVector<float> newBias(channels);
    for (int64_t c = 0; c != channels; ++c)
      newBias[c] = step->apply(atChannel(*bias, c), c);
    auto factor = [&](int64_t c) { return getWeightFactor(*step, c); };
    scaleWeights(conv, *weights, factor);

    rewriter.setInsertionPoint(op);
    Location loc = conv.getLoc();
    auto type = cast<RankedTensorType>(conv.getWeight().getType());
    Value w = createTosaFloats(rewriter, loc, type.getShape(), *weights);
    Value b = createTosaFloats(rewriter, loc, {channels}, newBias);
    auto folded = cast<ConvOp>(rewriter.clone(*conv));
    folded.getWeightMutable().assign(w);
    folded.getBiasMutable().assign(b);
    scaleTrainedLevels(folded, channels, factor);
    rewriter.replaceOp(op, folded.getOperation());
    return success();
  }
};

namespace {
struct FoldBatchNormPass
    : lowbit::impl::FoldBatchNormPassBase<FoldBatchNormPass> {
  void runOnOperation() override {
    int64_t before = countSteps();
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldStepIntoConv<tosa::Conv2DOp>,
                 FoldStepIntoConv<tosa::DepthwiseConv2DOp>>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    numFolded += before - countSteps();
  }

  int64_t countSteps() {
    int64_t count = 0;
    getOperation().walk([&](Operation *op) {
      auto step = matchElementwiseStep(op);
      count += step && step->kind != Kind::Clamp;
    });
    return count;
  }
};
} // namespace
