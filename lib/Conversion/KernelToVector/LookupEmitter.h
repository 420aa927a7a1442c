//===- LookupEmitter.h - Steps of lookups -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LOOKUPEMITTER_H
#define LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LOOKUPEMITTER_H

#include "lib/Conversion/KernelToVector/LayerEmitter.h"

namespace lowbit {

/// A byte of the input, the codes of a group of channels, chooses a row of the
/// table; the codes of the weights choose bytes in this row, one for each lane,
/// which are the group's sums of products. Runs of groups are summed in 8 bits,
/// in which they are proven to fit.
class LookupEmitter : public LayerEmitter {
public:
  LookupEmitter(mlir::OpBuilder &builder, kernel::Conv2DOp op);

protected:
  /// The 8-bit sums of a run of groups, for each pixel and vector: of `length`
  /// groups of filter row `weightRow`, on the input row `inputRow` rows below
  /// the tile's first.
  llvm::SmallVector<mlir::Value> emitRun(const Tile &tile,
                                         mlir::Value weightRow,
                                         mlir::Value inputRow, mlir::Value run,
                                         int64_t length);

  int64_t lanes;
  int64_t width;      ///< of the filter
  int64_t groups;     ///< of channels
  int64_t steps;      ///< groups in a run
  int64_t weightRows; ///< of each vector's weights

private:
  /// Position in the weights of a group, behind the starts of its run.
  mlir::Value weightPosition(const Tile &tile, int64_t vector,
                             mlir::Value weightRow, mlir::Value run,
                             mlir::Value group);
  llvm::SmallVector<mlir::Value>
  emitGroup(const Tile &tile, mlir::Value weightRow, mlir::Value inputBase,
            mlir::Value run, mlir::Value group, mlir::ValueRange carried);
  void emitColumn(const Tile &tile, mlir::Value position, int64_t column,
                  llvm::ArrayRef<llvm::SmallVector<mlir::Value>> codes,
                  llvm::SmallVector<mlir::Value> &sums);
  llvm::SmallVector<mlir::Value> emitRow(mlir::Value position);

  mlir::Value table;
};

} // namespace lowbit

#endif // LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LOOKUPEMITTER_H
