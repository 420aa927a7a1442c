//===- Predicates.cpp - What the verifiers of TOSA leave open -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Predicates.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit::reference;

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

static Type inputElement(Operation *op) {
  return getElementTypeOrSelf(op->getOperand(0).getType());
}
static Type resultElement(Operation *op) {
  return getElementTypeOrSelf(op->getResult(0).getType());
}

bool lowbit::reference::isArithmeticInteger(Type elementType) {
  auto integer = dyn_cast<IntegerType>(elementType);
  return integer && integer.isSignless() && integer.getWidth() >= 2 &&
         integer.getWidth() <= 48;
}

bool lowbit::reference::hasFloatInput(Operation *op) {
  return inputElement(op).isF32();
}

bool lowbit::reference::hasOneElementType(Operation *op) {
  Type element = resultElement(op);
  return llvm::all_of(op->getOperandTypes(), [&](Type type) {
    auto shaped = dyn_cast<ShapedType>(type);
    return !shaped || shaped.getElementType() == element;
  });
}

bool lowbit::reference::hasOnlyFloats(Operation *op) {
  return resultElement(op).isF32() && hasOneElementType(op);
}

bool lowbit::reference::keepsElementType(Operation *op) {
  return inputElement(op) == resultElement(op);
}

bool lowbit::reference::hasIntegers(Operation *op) {
  return isArithmeticInteger(inputElement(op)) &&
         isArithmeticInteger(resultElement(op));
}

bool lowbit::reference::hasSameIntegers(Operation *op) {
  return hasIntegers(op) && keepsElementType(op);
}

bool lowbit::reference::hasBooleans(Operation *op) {
  return inputElement(op).isInteger(1) && resultElement(op).isInteger(1);
}

bool lowbit::reference::hasSameOperands(Operation *op) {
  return inputElement(op) == getElementTypeOrSelf(op->getOperand(1).getType());
}

bool lowbit::reference::hasOnlyIntegers(Operation *op) {
  return hasIntegers(op) && llvm::all_of(op->getOperandTypes(), [](Type type) {
           return isArithmeticInteger(getElementTypeOrSelf(type));
         });
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

bool lowbit::reference::keepsType(Operation *op) {
  return op->getOperand(0).getType() == op->getResult(0).getType();
}

static bool broadcastsTo(ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  return from.size() == to.size() &&
         llvm::all_of(llvm::zip_equal(from, to), [](auto sizes) {
           auto [size, target] = sizes;
           return size == 1 || size == target;
         });
}

bool lowbit::reference::hasBroadcastShapes(Operation *op) {
  return broadcastsTo(shapeOf(op->getOperand(0)), resultShape(op)) &&
         broadcastsTo(shapeOf(op->getOperand(1)), resultShape(op));
}

static bool hasSameBatch(Operation *op) {
  return resultShape(op)[0] == shapeOf(op->getOperand(0))[0];
}

/// One bias for all channels of the result, or one for each.
static bool hasBias(Operation *op) {
  int64_t biases = shapeOf(op->getOperand(2))[0];
  return biases == 1 || biases == resultShape(op)[3];
}

bool lowbit::reference::hasConvolutionShapes(Operation *op) {
  ArrayRef<int64_t> weight = shapeOf(op->getOperand(1));
  return hasSameBatch(op) && hasBias(op) &&
         shapeOf(op->getOperand(0))[3] == weight[3] &&
         resultShape(op)[3] == weight[0];
}

bool lowbit::reference::hasDepthwiseShapes(Operation *op) {
  ArrayRef<int64_t> weight = shapeOf(op->getOperand(1));
  return hasSameBatch(op) && hasBias(op) &&
         shapeOf(op->getOperand(0))[3] == weight[2] &&
         resultShape(op)[3] == weight[2] * weight[3];
}

bool lowbit::reference::hasMatmulShapes(Operation *op) {
  ArrayRef<int64_t> lhs = shapeOf(op->getOperand(0));
  ArrayRef<int64_t> rhs = shapeOf(op->getOperand(1));
  ArrayRef<int64_t> result = resultShape(op);
  return hasSameBatch(op) && lhs[0] == rhs[0] && lhs[1] == result[1] &&
         lhs[2] == rhs[1] && rhs[2] == result[2];
}

bool lowbit::reference::hasPoolShapes(Operation *op) {
  return hasSameBatch(op) &&
         resultShape(op)[3] == shapeOf(op->getOperand(0))[3];
}
