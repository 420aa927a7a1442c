//===- OpEvaluators.cpp - From an op to the function that computes it -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/OpEvaluators.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit::reference;

OpTable::OpTable() {
  addTosaElementwise(*this);
  addTosaWindows(*this);
  addTosaShapes(*this);
  addLowbitOps(*this);
  addTensorOps(*this);
}

OpEvaluator OpTable::find(Operation *op) const {
  auto rule = rules.find(op->getName().getStringRef());
  if (rule == rules.end())
    return nullptr;
  OpPredicate accepts = rule->second.accepts;
  return accepts && !accepts(op) ? nullptr : rule->second.evaluate;
}

bool lowbit::reference::hasFloatInput(Operation *op) {
  return getElementTypeOrSelf(op->getOperand(0).getType()).isF32();
}
