//===- TrainedWeights.h - Weights of layers and their trained levels -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_TRAINEDWEIGHTS_H
#define LOWBIT_LIB_TRANSFORMS_TRAINEDWEIGHTS_H

#include "dialects/Lowbit/LowbitAttrs.h"
#include "lowbit/Numerics/LevelSet.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace lowbit {

/// Weights whose last dimension is the output channel as a run of equal length
/// for each output channel.
template <typename T>
llvm::SmallVector<T> channelsFirst(llvm::ArrayRef<T> values, int64_t channels) {
  int64_t inner = values.size() / channels;
  llvm::SmallVector<T> runs(values.size());
  for (int64_t i = 0; i != inner; ++i)
    for (int64_t c = 0; c != channels; ++c)
      runs[c * inner + i] = values[i * channels + c];
  return runs;
}

/// The layout [O, KH, KW, C / groups] of a convolution's filters.
struct FilterShape {
  llvm::SmallVector<int64_t> sizes;
  int64_t groups;
};
FilterShape getFilterShape(mlir::tosa::Conv2DOp op);
/// TOSA keeps these weights as [KH, KW, C, M], with output channels c M + m: as
/// many filters of one channel, in C groups.
FilterShape getFilterShape(mlir::tosa::DepthwiseConv2DOp op);

/// Weights of a layer, a run of equal length for each output channel.
struct ChannelWeights {
  llvm::SmallVector<float> values;
  int64_t channels;
};

/// The constant f32 weights of a tosa.conv2d (OHWI), depthwise_conv2d (HWCM) or
/// matmul ([1, K, O]); nothing for other operations or weights.
std::optional<ChannelWeights> getChannelWeights(mlir::Operation *op);

/// `lowbit.trained` with one scale for each output channel.
TrainedAttr makeTrainedAttr(mlir::MLIRContext *context,
                            const numerics::LevelSet &set,
                            llvm::ArrayRef<float> scales);

/// Multiplies the scales of `lowbit.trained` on `op`, if it is there, by
/// `factor(output channel)`. The attribute goes where a product leaves the
/// normal numbers (0 aside), from which levels cannot be told any more. Nothing
/// happens where the number of scales is not `channels`.
void scaleTrainedLevels(mlir::Operation *op, int64_t channels,
                        llvm::function_ref<float(int64_t)> factor);

/// The levels that `trained`, an attribute of `op`, gives to weights that lie
/// as a run for each of `channels` output channels. Emits an error at `op`
/// where it does not describe them. Weights of scale 0 get the level nearest to
/// 0.
mlir::FailureOr<llvm::SmallVector<int32_t>>
getTrainedLevels(mlir::Operation *op, TrainedAttr trained,
                 llvm::ArrayRef<float> weights, int64_t channels);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_TRAINEDWEIGHTS_H
