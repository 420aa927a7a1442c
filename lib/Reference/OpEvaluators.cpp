//===- OpEvaluators.cpp - From an op to the function that computes it -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/OpEvaluators.h"

using namespace mlir;
using namespace lowbit::reference;

OpTable::OpTable() {
  addTosaElementwise(*this);
  addTosaIntegerElementwise(*this);
  addTosaWindows(*this);
  addTosaIntegerWindows(*this);
  addTosaRescale(*this);
  addTosaReductions(*this);
  addTosaResize(*this);
  addTosaShapes(*this);
  addLowbitOps(*this);
  addThresholdOps(*this);
  addTensorOps(*this);
  addKernelOps(*this);
}

OpEvaluator OpTable::find(Operation *op) const {
  auto found = rules.find(op->getName().getStringRef());
  if (found == rules.end())
    return nullptr;
  for (const Rule &rule : found->second)
    if (!rule.accepts || rule.accepts(op))
      return rule.evaluate;
  return nullptr;
}
