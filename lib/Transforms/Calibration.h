//===- Calibration.h - Values that a network takes on real samples -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_CALIBRATION_H
#define LOWBIT_LIB_TRANSFORMS_CALIBRATION_H

#include "lowbit/Data/Dataset.h"
#include "lowbit/Numerics/Quantize.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"

namespace lowbit {

/// What was seen of one float value over the calibration samples: the exact
/// range of all its elements, that of each channel (index in the last
/// dimension), and a strided selection of the elements.
struct ValueStatistics {
  float lo = 0;
  float hi = 0;
  std::vector<float> selection;
  std::vector<float> channelLo, channelHi;
  /// Elements of the value in one sample.
  size_t sampleSize = 0;

  /// Adds what was seen of another value, or one element; channels no longer
  /// have a meaning then.
  void add(const ValueStatistics &other);
  void add(float element);
  /// Adds what was seen of the same value in another sample.
  void addSample(const ValueStatistics &other);

  numerics::Histogram histogram() const;

  /// What was seen of one channel.
  ValueStatistics channel(size_t index) const;
};

/// Runs `function` in float on the first `samples` samples of `dataset` with
/// the reference evaluator, on `threads` threads (0: all), and collects
/// statistics of `values`, which may be arguments. The result does not depend
/// on the number of threads. Emits a diagnostic on failure.
mlir::FailureOr<llvm::DenseMap<mlir::Value, ValueStatistics>>
calibrate(mlir::func::FuncOp function, llvm::ArrayRef<mlir::Value> values,
          const data::Dataset &dataset, unsigned samples,
          const data::Normalization &normalization, unsigned threads);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_CALIBRATION_H
