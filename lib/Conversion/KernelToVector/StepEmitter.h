//===- StepEmitter.h - Steps along filter rows -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_STEPEMITTER_H
#define LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_STEPEMITTER_H

#include "lib/Conversion/KernelToVector/LayerEmitter.h"

namespace lowbit {

/// A tile's sums of 32 bits stay in registers, lanes being output channels,
/// while steps of `stepBytes` neighbouring bytes of each pixel, which all lanes
/// share, walk along the filter.
class StepEmitter : public LayerEmitter {
public:
  StepEmitter(mlir::OpBuilder &builder, kernel::Conv2DOp op, int64_t stepBytes);
  virtual ~StepEmitter() = default;

  /// Emits all loops.
  void emit();

protected:
  /// Where a step is in the filter.
  struct Step {
    mlir::Value ky, kx, step; ///< kx: 0 where a filter row has no gaps
  };

  /// Adds to the sums of each pixel and vector what a step has for them.
  virtual llvm::SmallVector<mlir::Value>
  emitStep(const Tile &tile, const Step &step, mlir::ValueRange sums) = 0;

  /// Position of a step's weights, of `size` bytes for each vector.
  mlir::Value weightPosition(const Tile &tile, int64_t vector, const Step &step,
                             int64_t size);
  /// A step's weights, a vector of `elements` for each vector of the tile.
  llvm::SmallVector<mlir::Value> loadWeights(const Tile &tile, const Step &step,
                                             int64_t elements);
  /// Positions of a step's bytes of each pixel.
  llvm::SmallVector<mlir::Value> bytePositions(const Tile &tile,
                                               const Step &step);

private:
  llvm::SmallVector<TileSum> emitSums(const Tile &tile);

  int64_t stepBytes;
  int64_t taps;  ///< of a filter row, walked one by one
  int64_t steps; ///< of a tap or a row
};

} // namespace lowbit

#endif // LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_STEPEMITTER_H
