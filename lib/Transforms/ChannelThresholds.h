//===- ChannelThresholds.h - Thresholds of each channel's own -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_CHANNELTHRESHOLDS_H
#define LOWBIT_LIB_TRANSFORMS_CHANNELTHRESHOLDS_H

#include "mlir/IR/Operation.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/ArrayRef.h"

namespace lowbit {

/// Why `user` cannot read `source`, through operand `operand` and what lies
/// between, with thresholds of each channel's own; empty if it can.
std::string getChannelObstacle(mlir::Operation *user, unsigned operand,
                               mlir::Value source);

/// Multiplies the weights of `layer`, for which there is no obstacle, by one
/// factor for each input channel.
void scaleInputChannels(mlir::Operation *layer, llvm::ArrayRef<float> factors);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_CHANNELTHRESHOLDS_H
