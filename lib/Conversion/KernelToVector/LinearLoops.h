//===- LinearLoops.h - Loop nests with linear accesses -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LINEARLOOPS_H
#define LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LINEARLOOPS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>

namespace lowbit {

/// One loop of a nest.
struct LinearLoop {
  int64_t extent;
  bool isReduction;
  /// Elements between neighbouring iterations, for each operand.
  llvm::SmallVector<int64_t> strides;
};

/// A linalg operation on buffers whose accesses are linear in the loops:
/// element offset[i] + sum of iteration x stride of operand i, from where it
/// begins.
struct LinearNest {
  llvm::SmallVector<LinearLoop> loops; ///< parallel ones first
  llvm::SmallVector<int64_t> offsets;  ///< of each operand, 0 for scalars

  /// Reads the accesses; loops of one iteration are dropped, and neighbouring
  /// ones that walk on where the other ended are merged. Nothing for operations
  /// that are not linear, or on buffers of dynamic layout.
  static std::optional<LinearNest> read(mlir::linalg::LinalgOp op);
};

} // namespace lowbit

#endif // LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LINEARLOOPS_H
