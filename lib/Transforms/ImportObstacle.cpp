//===- ImportObstacle.cpp - Why a layer stays in integer TOSA -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ImportObstacle.h"

#include "Layers.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit;

/// The operation that stayed in TOSA first, on the way to `value`, although
/// what it reads did not: it is what the others wait for.
static Operation *findCause(Value value, function_ref<bool(Value)> isImported) {
  Operation *op = value.getDefiningOp();
  while (true) {
    auto operand = llvm::find_if(op->getOperands(), [&](Value read) {
      return !isImported(read) && !getConstantIntegers(read) &&
             isa_and_nonnull<tosa::TosaDialect>(
                 read.getDefiningOp()->getDialect()) &&
             !isa<tosa::ConstShapeOp>(read.getDefiningOp());
    });
    if (operand == op->operand_end())
      return op;
    op = (*operand).getDefiningOp();
  }
}

static std::string explainConvolution(Operation *op,
                                      function_ref<bool(Value)> isImported) {
  Value input = op->getOperand(0), weight = op->getOperand(1);
  if (!getConstantIntegers(weight) || !getConstantIntegers(op->getOperand(2)))
    return "its weights or biases are not constant";
  if (!hasElements(input, 8) || !hasElements(weight, 8))
    return "its operands are not i8";
  if (!isImported(input))
    return "reads the result of " +
           findCause(input, isImported)->getName().getStringRef().str() +
           ", which stays in TOSA";
  return "its sums may leave i32";
}

std::string lowbit::explainObstacle(Operation *op,
                                    function_ref<bool(Value)> isImported) {
  if (touchesFloat(op))
    return "";
  if (isa<tosa::AvgPool2dOp>(op))
    return kPaddedAverageReason.str();
  if (isa<tosa::TransposeConv2DOp, tosa::Conv3DOp, tosa::MatMulOp>(op))
    return "only 2-D convolutions of integer networks have kernels of ours";
  if (isLayerWithWeights(op))
    return explainConvolution(op, isImported);
  return "";
}
