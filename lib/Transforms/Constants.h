//===- Constants.h - Building constants -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_CONSTANTS_H
#define LOWBIT_LIB_TRANSFORMS_CONSTANTS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Value.h"

namespace lowbit {

/// A tosa.const of f32.
mlir::Value createTosaFloats(mlir::OpBuilder &builder, mlir::Location loc,
                             llvm::ArrayRef<int64_t> shape,
                             llvm::ArrayRef<float> values);

/// A 1-D arith.constant of f32.
mlir::Value createFloats(mlir::OpBuilder &builder, mlir::Location loc,
                         llvm::ArrayRef<float> values);

/// A 1-D arith.constant of i64, of one element where all values are equal: a
/// value for each channel, or one for all.
mlir::Value createI64s(mlir::OpBuilder &builder, mlir::Location loc,
                       llvm::ArrayRef<int64_t> values);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_CONSTANTS_H
