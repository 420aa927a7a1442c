//===- ThresholdTable.h - Integer thresholds and their ranks -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_THRESHOLDTABLE_H
#define LOWBIT_LIB_TRANSFORMS_THRESHOLDTABLE_H

#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitOps.h"

namespace lowbit {

/// The operands and attributes of a lowbit.threshold on integers, in 64 bits so
/// that thresholds just outside of any i32 can be written down.
struct ThresholdTable {
  /// One row for each channel, or one for all; all have `steps.size()`
  /// elements.
  llvm::SmallVector<llvm::SmallVector<int64_t>> rows;
  llvm::SmallVector<int8_t> signs; ///< one for each row
  int64_t base = 0;
  llvm::SmallVector<int64_t> steps;

  /// Brings the table into the least form that gives the same ranks for every
  /// integer of `range`. Returns whether anything changed.
  bool simplify(IntegerRange range);

  /// Whether lowbit.threshold can hold the thresholds.
  bool fitsI32() const;
};

/// The table of an op on integers with constant thresholds.
std::optional<ThresholdTable> readThresholds(ThresholdOp op);

/// The levels of `type` that `input` reaches in `table`, which fits i32: a
/// lowbit.threshold, or a constant where the table has no columns.
mlir::Operation *createThreshold(mlir::OpBuilder &builder, mlir::Location loc,
                                 mlir::Type type, mlir::Value input,
                                 const ThresholdTable &table);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_THRESHOLDTABLE_H
