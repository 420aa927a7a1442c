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
/// range of all its elements and a strided selection of them.
struct ValueStatistics {
  float lo = 0;
  float hi = 0;
  std::vector<float> selection;

  /// Adds what was seen of another value.
  void add(const ValueStatistics &other);
  void add(float element);

  numerics::Histogram histogram() const;
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
