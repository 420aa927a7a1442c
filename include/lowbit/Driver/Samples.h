//===- Samples.h - The data that a command runs on -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DRIVER_SAMPLES_H
#define LOWBIT_DRIVER_SAMPLES_H

#include "lowbit/Data/Dataset.h"
#include "lowbit/Driver/Console.h"

namespace lowbit::driver {

/// A data set with the normalization of the network that reads it.
class Samples {
public:
  /// Opens `spec`; `limit` keeps the first samples only.
  static mlir::FailureOr<Samples> open(llvm::StringRef spec,
                                       std::optional<size_t> limit,
                                       llvm::StringRef normalization,
                                       Console &console);

  size_t size() const { return dataset->size(); }
  int64_t label(size_t index) const { return dataset->label(index); }

  /// Fails with a hint if there are no labels.
  llvm::LogicalResult requireLabels() const;

  /// Fails if samples cannot feed an input of `shape`.
  llvm::LogicalResult requireShape(llvm::ArrayRef<int64_t> shape) const;

  /// Reads one sample, normalized. Safe on several threads.
  llvm::LogicalResult read(size_t index, llvm::ArrayRef<int64_t> shape,
                           llvm::MutableArrayRef<float> out) const;

private:
  Samples(std::unique_ptr<data::Dataset> dataset,
          data::Normalization normalization, Console &console)
      : dataset(std::move(dataset)), normalization(std::move(normalization)),
        console(&console) {}

  std::unique_ptr<data::Dataset> dataset;
  data::Normalization normalization;
  Console *console;
};

} // namespace lowbit::driver

#endif // LOWBIT_DRIVER_SAMPLES_H
