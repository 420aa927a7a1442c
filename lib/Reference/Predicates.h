//===- Predicates.h - What the verifiers of TOSA leave open -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_REFERENCE_PREDICATES_H
#define LOWBIT_LIB_REFERENCE_PREDICATES_H

#include "lib/Reference/OpEvaluators.h"

namespace lowbit::reference {

/// Whether all of `predicates` hold, asked from left to right.
template <OpPredicate... predicates> bool all(mlir::Operation *op) {
  return (predicates(op) && ...);
}

/// Signless integers of 2 to 48 bits, TOSA's arithmetic integers: sums and
/// differences of two of them fit 64 bits.
bool isArithmeticInteger(mlir::Type elementType);

/// The first operand is f32.
bool hasFloatInput(mlir::Operation *op);

/// All operands with elements and the result have elements of one type.
bool hasOneElementType(mlir::Operation *op);

/// All operands with elements and the result are f32.
bool hasOnlyFloats(mlir::Operation *op);

/// The first operand and the result are arithmetic integers.
bool hasIntegers(mlir::Operation *op);

/// The same, and of one type.
bool hasSameIntegers(mlir::Operation *op);

/// The first operand and the result are i1.
bool hasBooleans(mlir::Operation *op);

/// The first two operands have one element type.
bool hasSameOperands(mlir::Operation *op);

/// The first operand has the element type of the result.
bool keepsElementType(mlir::Operation *op);

/// The first operand has the type of the result.
bool keepsType(mlir::Operation *op);

/// The first two operands broadcast to the shape of the result.
bool hasBroadcastShapes(mlir::Operation *op);

/// conv2d and transpose_conv2d, weights OHWI.
bool hasConvolutionShapes(mlir::Operation *op);
bool hasDepthwiseShapes(mlir::Operation *op);
bool hasMatmulShapes(mlir::Operation *op);

/// Pools and resize: batch and channels agree.
bool hasPoolShapes(mlir::Operation *op);

/// All operands and the result are arithmetic integers.
bool hasOnlyIntegers(mlir::Operation *op);

} // namespace lowbit::reference

#endif // LOWBIT_LIB_REFERENCE_PREDICATES_H
