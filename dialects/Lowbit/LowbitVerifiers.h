//===- LowbitVerifiers.h - Checks that verifiers share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITVERIFIERS_H
#define LOWBIT_DIALECTS_LOWBIT_LOWBITVERIFIERS_H

#include "mlir/IR/Operation.h"
#include "mlir/IR/Value.h"

namespace lowbit {

/// One element, which is positive and finite where it is constant.
mlir::LogicalResult verifyScale(mlir::Operation *op, llvm::StringRef name,
                                mlir::Value scale);

} // namespace lowbit

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITVERIFIERS_H
