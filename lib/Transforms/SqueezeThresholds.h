//===- SqueezeThresholds.h - Building squeeze-and-threshold ops -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_SQUEEZETHRESHOLDS_H
#define LOWBIT_LIB_TRANSFORMS_SQUEEZETHRESHOLDS_H

#include "dialects/Lowbit/LowbitOps.h"

namespace lowbit {

/// The inference form on `input` with the thresholds and the step that
/// `adjust` and `range`, positive and finite, lead to; each has one element or
/// one for each channel. The table has one row where all channels agree.
SqueezeThresholdOp createSqueezeThreshold(mlir::OpBuilder &builder,
                                          mlir::Location loc, mlir::Value input,
                                          llvm::ArrayRef<float> adjust,
                                          llvm::ArrayRef<float> range,
                                          const numerics::LevelSet &set);

/// The training form on `input`, which has at least two dimensions, set up so
/// that it computes what the inference form with adjustment 1 and `range` does:
/// the weights of its networks are 0, the biases give 1 and `range` (with more
/// than one range, up to rounding), and the running averages are exactly those.
SqueezeThresholdTrainingOp
createSqueezeThresholdTraining(mlir::OpBuilder &builder, mlir::Location loc,
                               mlir::Value input, llvm::ArrayRef<float> range,
                               const numerics::LevelSet &set);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_SQUEEZETHRESHOLDS_H
