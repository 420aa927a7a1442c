//===- Widening.h - Scalar arithmetic on vectors -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_WIDENING_H
#define LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_WIDENING_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

namespace lowbit {

/// Whether all operations of `block` but the last work on vectors as they do on
/// scalars.
bool canWiden(mlir::Block &block);

/// Clones the operations of `block`, but for the last, on vectors of `lanes`
/// elements. `mapping` has the vectors of the block's arguments; scalars from
/// outside of the block are the same for all lanes.
void cloneWidened(mlir::OpBuilder &builder, mlir::Block &block, int64_t lanes,
                  mlir::IRMapping &mapping);

} // namespace lowbit

#endif // LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_WIDENING_H
