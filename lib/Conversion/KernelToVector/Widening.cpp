//===- Widening.cpp - Scalar arithmetic on vectors -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/Widening.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lowbit;

bool lowbit::canWiden(Block &block) {
  return llvm::all_of(block.without_terminator(), [](Operation &op) {
    return isa<arith::ConstantOp>(op) ||
           OpTrait::hasElementwiseMappableTraits(&op);
  });
}

static Value broadcast(OpBuilder &builder, Value scalar, int64_t lanes) {
  auto type = VectorType::get({lanes}, scalar.getType());
  if (auto constant = scalar.getDefiningOp<arith::ConstantOp>())
    return arith::ConstantOp::create(
        builder, scalar.getLoc(),
        DenseElementsAttr::get(type, constant.getValue()));
  return vector::BroadcastOp::create(builder, scalar.getLoc(), type, scalar);
}

void lowbit::cloneWidened(OpBuilder &builder, Block &block, int64_t lanes,
                          IRMapping &mapping) {
  for (Operation &scalar : block.without_terminator()) {
    if (isa<arith::ConstantOp>(scalar))
      continue;
    for (Value operand : scalar.getOperands())
      if (!mapping.contains(operand))
        mapping.map(operand, broadcast(builder, operand, lanes));
    Operation *clone = builder.clone(scalar, mapping);
    for (OpResult result : clone->getResults())
      result.setType(VectorType::get({lanes}, result.getType()));
  }
  // What is handed on may be a scalar, too.
  for (Value operand : block.getTerminator()->getOperands())
    if (!mapping.contains(operand))
      mapping.map(operand, broadcast(builder, operand, lanes));
}
