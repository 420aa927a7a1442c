//===- Storage.h - How values lie in memory -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_CONVERSION_STORAGE_H
#define LOWBIT_CONVERSION_STORAGE_H

#include "lowbit/Numerics/LevelSet.h"
#include "mlir/IR/Types.h"

namespace lowbit {

/// The integer type that stores elements of `set` in memory: the level itself
/// in the narrowest of i8, i16 and i32, except for powers of two, whose code
/// (sign and exponent) is stored in i8, and for lists, whose code (the rank)
/// is.
mlir::Type getStorageType(mlir::MLIRContext *context,
                          const numerics::LevelSet &set);

} // namespace lowbit

#endif // LOWBIT_CONVERSION_STORAGE_H
