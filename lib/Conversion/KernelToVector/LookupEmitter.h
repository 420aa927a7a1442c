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
  /// groups of row `weightRow` of the weights, on the input from `inputBase`
  /// on.
  llvm::SmallVector<mlir::Value> emitRun(const Tile &tile,
                                         mlir::Value weightRow,
                                         mlir::Value inputBase, mlir::Value run,
                                         int64_t length);

  /// The sums of 16 bits of all runs of a filter row, whose weights begin at
  /// `firstRow`, added to `sums`: for each pixel and vector, pairs of
  /// neighbouring lanes as numbers of 16 bits, and the lanes at odd places.
  llvm::SmallVector<mlir::Value> emitColumns(const Tile &tile,
                                             mlir::Value firstRow,
                                             mlir::Value inputBase,
                                             mlir::ValueRange sums);
  /// The sums of the lanes at even places.
  mlir::Value emitEven(mlir::Value pairs, mlir::Value odd);
  mlir::VectorType getWideType();

  int64_t width;      ///< filter columns that are walked together
  int64_t groups;     ///< of channels
  int64_t steps;      ///< groups in a run
  int64_t columns;    ///< of runs in a filter row
  int64_t weightRows; ///< of each vector's weights: spans of columns

private:
  llvm::SmallVector<mlir::Value> emitRuns(const Tile &tile,
                                          mlir::Value weightRow,
                                          mlir::Value inputBase,
                                          mlir::ValueRange sums);
  llvm::SmallVector<mlir::Value> emitWiden(mlir::ValueRange narrow,
                                           mlir::ValueRange sums);
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
