//===- TensorOps.cpp - Data movement upstream's way -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/OpEvaluators.h"
#include "lib/Reference/Strided.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace lowbit::reference;

static FailureOr<Tensor> extractSlice(tensor::ExtractSliceOp op,
                                      Operands operands) {
  if (auto box = extractBox(*operands[0], op.getStaticOffsets(),
                            op.getStaticSizes(), op.getStaticStrides()))
    return box->reshaped(resultShape(op));
  return op.emitError("the slice leaves its input");
}

static bool hasStaticSlice(Operation *op) {
  return op->getNumOperands() == 1; // the others are dynamic positions
}

template <typename Op> static Tensor reshape(Op op, Operands operands) {
  return operands[0]->reshaped(resultShape(op));
}

/// The attribute of the constant that fills the padding, or null.
static Attribute getFiller(tensor::PadOp op) {
  Attribute filler;
  Value value = op.getConstantPaddingValue();
  return value && matchPattern(value, m_Constant(&filler)) ? filler : nullptr;
}

static FailureOr<Tensor> pad(tensor::PadOp op, Operands operands) {
  Attribute attr = getFiller(op);
  Tensor filler;
  if (auto real = dyn_cast<FloatAttr>(attr))
    filler = Tensor({}, std::vector<float>{real.getValue().convertToFloat()});
  else
    filler = Tensor({}, std::vector<int64_t>{cast<IntegerAttr>(attr).getInt()});
  if (auto box =
          padBox(*operands[0], filler, resultShape(op), op.getStaticLow()))
    return *std::move(box);
  return op.emitError("the input does not fit into the padded shape");
}

static bool hasStaticPad(Operation *op) {
  Attribute filler = getFiller(cast<tensor::PadOp>(op));
  return op->getNumOperands() == 1 &&
         isa_and_nonnull<FloatAttr, IntegerAttr>(filler);
}

static Tensor concat(tensor::ConcatOp op, Operands operands) {
  return concatenate(operands, op.getDim(), resultShape(op));
}

static Tensor fromElements(tensor::FromElementsOp op, Operands operands) {
  SmallVector<Tensor> elements;
  SmallVector<const Tensor *> pointers;
  for (const Tensor *operand : operands)
    elements.push_back(operand->reshaped({1}));
  for (const Tensor &element : elements)
    pointers.push_back(&element);
  auto count = static_cast<int64_t>(elements.size());
  return concatenate(pointers, 0, {count}).reshaped(resultShape(op));
}

/// Anything may be in it: zeros.
static Tensor empty(tensor::EmptyOp op, Operands) {
  return Tensor::zeros(op.getType());
}

static bool hasStaticShape(Operation *op) { return op->getNumOperands() == 0; }

static Tensor transpose(linalg::TransposeOp op, Operands operands) {
  return permute(*operands[0], op.getPermutation(), resultShape(op));
}

static bool isOnTensors(Operation *op) { return op->getNumResults() == 1; }

void lowbit::reference::addTensorOps(OpTable &table) {
  table.add<extractSlice>(hasStaticSlice);
  table.add<reshape<tensor::CollapseShapeOp>>();
  table.add<reshape<tensor::ExpandShapeOp>>();
  table.add<pad>(hasStaticPad);
  table.add<concat>();
  table.add<empty>(hasStaticShape);
  table.add<transpose>(isOnTensors);
  table.add<fromElements>();
}
