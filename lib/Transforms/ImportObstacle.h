//===- ImportObstacle.h - Why a layer stays in integer TOSA -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_IMPORTOBSTACLE_H
#define LOWBIT_LIB_TRANSFORMS_IMPORTOBSTACLE_H

#include "mlir/IR/Operation.h"

#include <string>

namespace lowbit {

/// Why an integer layer stays in TOSA, as far as users will wonder; empty for
/// operations that nobody expects to be moved. `isImported` tells values that
/// integer operations of ours make.
std::string explainObstacle(mlir::Operation *op,
                            llvm::function_ref<bool(mlir::Value)> isImported);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_IMPORTOBSTACLE_H
