//===- ConstantExpressions.cpp - Single operations on constants -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/OpEvaluators.h"
#include "lowbit/Reference/Evaluator.h"

#include <deque>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;

static OpEvaluator findEvaluator(Operation *op) {
  static const OpTable table;
  return table.find(op);
}

bool lowbit::reference::isConstantExpression(Operation *op) {
  auto isConstant = [](Value operand) {
    Operation *producer = operand.getDefiningOp();
    return producer && producer->hasTrait<OpTrait::ConstantLike>();
  };
  auto isStatic = [](Type type) {
    auto shaped = dyn_cast<RankedTensorType>(type);
    return !shaped || shaped.hasStaticShape();
  };
  return op->getNumOperands() > 0 && op->getNumResults() == 1 &&
         llvm::all_of(op->getOperands(), isConstant) &&
         llvm::all_of(op->getOperandTypes(), isStatic) &&
         llvm::all_of(op->getResultTypes(), isStatic) &&
         !op->hasTrait<OpTrait::ConstantLike>() && findEvaluator(op);
}

FailureOr<Tensor> lowbit::reference::evaluateConstantExpression(Operation *op) {
  std::deque<Tensor> values; // keeps addresses while it grows
  SmallVector<const Tensor *> operands;
  for (Value operand : op->getOperands()) {
    FailureOr<Tensor> value = readConstant(operand.getDefiningOp());
    if (failed(value))
      return failure();
    operands.push_back(&values.emplace_back(*std::move(value)));
  }
  FailureOr<Results> results = findEvaluator(op)(op, operands);
  if (failed(results))
    return failure();
  return std::move(results->front());
}
