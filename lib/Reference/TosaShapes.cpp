//===- TosaShapes.cpp - TOSA ops that move elements -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Predicates.h"
#include "lib/Reference/Strided.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace lowbit::reference;

static Tensor reshape(tosa::ReshapeOp op, Operands operands) {
  return operands[0]->reshaped(resultShape(op));
}

static FailureOr<Tensor> slice(tosa::SliceOp op, Operands operands) {
  ArrayRef<int64_t> shape = resultShape(op);
  SmallVector<int64_t> ones(shape.size(), 1);
  if (auto box = extractBox(*operands[0], operands[1]->integers(), shape, ones))
    return *std::move(box);
  return op.emitError("the slice leaves its input");
}

static FailureOr<Tensor> pad(tosa::PadOp op, Operands operands) {
  ArrayRef<int64_t> padding = operands[1]->integers();
  SmallVector<int64_t> low;
  for (size_t d = 0; d < padding.size(); d += 2)
    low.push_back(padding[d]);
  if (auto box = padBox(*operands[0], *operands[2], resultShape(op), low))
    return *std::move(box);
  return op.emitError("the input does not fit into the padded shape");
}

static Tensor concat(tosa::ConcatOp op, Operands operands) {
  return concatenate(operands, op.getAxis(), resultShape(op));
}

static Tensor transpose(tosa::TransposeOp op, Operands operands) {
  return permute(*operands[0], op.getPerms(), resultShape(op));
}

static Tensor reverse(tosa::ReverseOp op, Operands operands) {
  ArrayRef<int64_t> shape = operands[0]->shape();
  SmallVector<int64_t> strides = rowMajorStrides(shape);
  int64_t &stride = strides[op.getAxis()];
  int64_t last = (shape[op.getAxis()] - 1) * stride;
  stride = -stride;
  return gather(*operands[0], shape, stridedOffsets(shape, strides, last));
}

static Tensor tile(tosa::TileOp op, Operands operands) {
  Tensor result = *operands[0];
  SmallVector<int64_t> shape(result.shape());
  for (auto [axis, size] : llvm::enumerate(resultShape(op))) {
    SmallVector<const Tensor *> copies(size / shape[axis], &result);
    shape[axis] = size;
    result = concatenate(copies, static_cast<int64_t>(axis), shape);
  }
  return result;
}

/// values [N, K, C] at indices [N, W]: [N, W, C].
static FailureOr<Tensor> gatherRows(tosa::GatherOp op, Operands operands) {
  const Tensor &values = *operands[0], &indices = *operands[1];
  int64_t rows = values.shape()[1], channels = values.shape()[2];
  int64_t perBatch = indices.shape()[1];
  std::vector<int64_t> offsets;
  for (auto [at, row] : llvm::enumerate(indices.integers())) {
    if (row < 0 || row >= rows)
      return op.emitError("an index is outside [0, ") << rows << ")";
    int64_t batch = static_cast<int64_t>(at) / perBatch;
    for (int64_t c = 0; c < channels; ++c)
      offsets.push_back((batch * rows + row) * channels + c);
  }
  return gather(values, resultShape(op), offsets);
}

//===----------------------------------------------------------------------===//
// What the verifiers of TOSA leave open
//===----------------------------------------------------------------------===//

static bool isReversible(Operation *op) {
  auto axis = static_cast<int64_t>(cast<tosa::ReverseOp>(op).getAxis());
  return axis >= 0 && axis < static_cast<int64_t>(resultShape(op).size()) &&
         resultShape(op) == shapeOf(op->getOperand(0));
}

/// The sizes of the result are multiples of those of the input.
static bool isTileable(Operation *op) {
  ArrayRef<int64_t> from = shapeOf(op->getOperand(0)), to = resultShape(op);
  return from.size() == to.size() &&
         llvm::all_of(llvm::zip_equal(from, to), [](auto sizes) {
           return std::get<1>(sizes) % std::get<0>(sizes) == 0;
         });
}

static bool hasGatherShapes(Operation *op) {
  ArrayRef<int64_t> values = shapeOf(op->getOperand(0));
  ArrayRef<int64_t> indices = shapeOf(op->getOperand(1));
  Type index = getElementTypeOrSelf(op->getOperand(1).getType());
  return index.isSignlessInteger() && values[0] == indices[0] &&
         resultShape(op) == ArrayRef({values[0], indices[1], values[2]});
}

void lowbit::reference::addTosaShapes(OpTable &table) {
  table.add<reshape>(hasOneElementType);
  table.add<slice>(hasOneElementType);
  table.add<pad>(hasOneElementType);
  table.add<concat>(hasOneElementType);
  table.add<transpose>(hasOneElementType);
  table.add<reverse>(all<hasOneElementType, isReversible>);
  table.add<tile>(all<hasOneElementType, isTileable>);
  table.add<gatherRows>(all<hasGatherShapes, keepsElementType>);
}
