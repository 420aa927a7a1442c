//===- TosaShapes.cpp - TOSA ops that move or reduce elements -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/NanModes.h"
#include "lib/Reference/OpEvaluators.h"
#include "lib/Reference/Strided.h"

using namespace mlir;
using namespace lowbit::reference;

//===----------------------------------------------------------------------===//
// Moving
//===----------------------------------------------------------------------===//

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
  SmallVector<int64_t> from = rowMajorStrides(operands[0]->shape()), strides;
  for (int32_t dimension : op.getPerms())
    strides.push_back(from[dimension]);
  ArrayRef<int64_t> shape = resultShape(op);
  return gather(*operands[0], shape, stridedOffsets(shape, strides, 0));
}

//===----------------------------------------------------------------------===//
// Reducing
//===----------------------------------------------------------------------===//

/// Calls visit(result index, element) in ascending order along `axis`.
template <typename Visit>
static void forEachAlong(const Tensor &input, int64_t axis, Visit visit) {
  ArrayRef<int64_t> shape = input.shape();
  int64_t inner = ShapedType::getNumElements(shape.drop_front(axis + 1));
  int64_t outer = ShapedType::getNumElements(shape.take_front(axis));
  const float *element = input.floats().data();
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t position = 0; position < shape[axis]; ++position)
      for (int64_t i = 0; i < inner; ++i)
        visit(o * inner + i, position, *element++);
}

template <typename Combine>
static Tensor reduce(Operation *op, const Tensor &input, int64_t axis,
                     Combine combine) {
  ArrayRef<int64_t> shape = resultShape(op);
  std::vector<float> values(ShapedType::getNumElements(shape));
  forEachAlong(input, axis, [&](int64_t at, int64_t position, float element) {
    values[at] = position == 0 ? element : combine(values[at], element);
  });
  return Tensor(shape, std::move(values));
}

static Tensor reduceSum(tosa::ReduceSumOp op, Operands operands) {
  return reduce(op, *operands[0], op.getAxis(), std::plus<float>());
}

template <typename Op, auto compute>
static Tensor reduceNanAware(Op op, Operands operands) {
  tosa::NanPropagationMode mode = op.getNanMode();
  return reduce(op, *operands[0], op.getAxis(),
                [mode](float a, float b) { return compute(a, b, mode); });
}

/// The first greatest element; a NaN that propagates is greater than all.
static Tensor argMax(tosa::ArgMaxOp op, Operands operands) {
  bool ignoresNan = op.getNanMode() == tosa::NanPropagationMode::IGNORE;
  ArrayRef<int64_t> shape = resultShape(op);
  std::vector<int64_t> indices(ShapedType::getNumElements(shape));
  std::vector<float> best(indices.size());
  auto isBetter = [&](float element, float previous) {
    if (std::isnan(element) || std::isnan(previous))
      return ignoresNan != std::isnan(element) &&
             std::isnan(element) != std::isnan(previous);
    return element > previous;
  };
  forEachAlong(*operands[0], op.getAxis(),
               [&](int64_t at, int64_t position, float element) {
                 if (position != 0 && !isBetter(element, best[at]))
                   return;
                 best[at] = element;
                 indices[at] = position;
               });
  return Tensor(shape, std::move(indices));
}

void lowbit::reference::addTosaShapes(OpTable &table) {
  table.add<reshape>();
  table.add<slice>();
  table.add<pad>();
  table.add<concat>();
  table.add<transpose>();
  table.add<reduceSum>(hasFloatInput);
  table.add<reduceNanAware<tosa::ReduceMaxOp, maximum>>(hasFloatInput);
  table.add<reduceNanAware<tosa::ReduceMinOp, minimum>>(hasFloatInput);
  table.add<argMax>(hasFloatInput);
}
