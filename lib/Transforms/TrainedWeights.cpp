//===- TrainedWeights.cpp - Weights of layers and their trained levels ----===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TrainedWeights.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitDialect.h"
#include "dialects/Lowbit/LowbitTypes.h"
#include "mlir/IR/Diagnostics.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

FilterShape lowbit::getFilterShape(tosa::Conv2DOp op) {
  auto type = cast<RankedTensorType>(op.getWeight().getType());
  return {SmallVector<int64_t>(type.getShape()), /*groups=*/1};
}

FilterShape lowbit::getFilterShape(tosa::DepthwiseConv2DOp op) {
  auto type = cast<RankedTensorType>(op.getWeight().getType());
  ArrayRef<int64_t> shape = type.getShape();
  return {{shape[2] * shape[3], shape[0], shape[1], 1}, /*groups=*/shape[2]};
}

std::optional<ChannelWeights> lowbit::getChannelWeights(Operation *op) {
  if (!isa<tosa::Conv2DOp, tosa::DepthwiseConv2DOp, tosa::MatMulOp>(op))
    return std::nullopt;
  auto type = dyn_cast<RankedTensorType>(op->getOperand(1).getType());
  auto values = getConstantFloats(op->getOperand(1));
  if (!type || !type.hasStaticShape() || !values || values->empty())
    return std::nullopt;
  if (isa<tosa::Conv2DOp>(op))
    return ChannelWeights{*std::move(values), type.getDimSize(0)};
  if (isa<tosa::MatMulOp>(op) && type.getDimSize(0) != 1)
    return std::nullopt;
  int64_t channels = type.getShape().back();
  if (isa<tosa::DepthwiseConv2DOp>(op))
    channels *= type.getDimSize(2);
  return ChannelWeights{channelsFirst<float>(*values, channels), channels};
}

static DenseFPElementsAttr makeScales(MLIRContext *context,
                                      ArrayRef<float> scales) {
  auto type = RankedTensorType::get({static_cast<int64_t>(scales.size())},
                                    Float32Type::get(context));
  return cast<DenseFPElementsAttr>(DenseElementsAttr::get(type, scales));
}

TrainedAttr lowbit::makeTrainedAttr(MLIRContext *context, const LevelSet &set,
                                    ArrayRef<float> scales) {
  return TrainedAttr::get(context, getLevelSetType(context, set),
                          makeScales(context, scales));
}

void lowbit::scaleTrainedLevels(Operation *op, int64_t channels,
                                function_ref<float(int64_t)> factor) {
  auto trained = op->getAttrOfType<TrainedAttr>(kTrainedAttr);
  if (!trained || trained.getScales().getNumElements() != channels)
    return;
  SmallVector<float> scales(trained.getScales().getValues<float>());
  for (auto [channel, scale] : llvm::enumerate(scales)) {
    float gain = factor(channel);
    bool isZero = (scale == 0 || gain == 0) && std::isfinite(gain);
    scale *= gain;
    if (!isZero && !std::isnormal(scale)) {
      op->removeAttr(kTrainedAttr);
      return;
    }
  }
  op->setAttr(kTrainedAttr,
              TrainedAttr::get(op->getContext(), trained.getLevels(),
                               makeScales(op->getContext(), scales)));
}

FailureOr<SmallVector<int32_t>>
lowbit::getTrainedLevels(Operation *op, TrainedAttr trained,
                         ArrayRef<float> weights, int64_t channels) {
  // Each folding rounds weight and scale once; the greatest level is 2^15.
  constexpr double tolerance = 0x1p-17;
  LevelSet set = *getLevelSet(trained.getLevels());
  SmallVector<float> scales(trained.getScales().getValues<float>());
  if (static_cast<int64_t>(scales.size()) != channels)
    return op->emitError() << "'" << kTrainedAttr << "' has " << scales.size()
                           << " scales, the layer has " << channels
                           << " channels";
  int64_t size = weights.size() / channels;
  SmallVector<int32_t> levels;
  levels.reserve(weights.size());
  for (auto [index, weight] : llvm::enumerate(weights)) {
    double scale = scales[index / size];
    int32_t level = set.nearest(scale == 0 ? 0 : weight / scale);
    if (!(std::fabs(weight - level * scale) <= tolerance * std::fabs(weight)))
      return op->emitError() << "'" << kTrainedAttr
                             << "' does not describe the weights: " << weight
                             << " is no level of " << set.str() << " times "
                             << scales[index / size];
    levels.push_back(level);
  }
  return levels;
}
