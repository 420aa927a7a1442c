//===- TosaReductions.cpp - TOSA ops that reduce one dimension -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Integers.h"
#include "lib/Reference/NanModes.h"
#include "lib/Reference/Predicates.h"

using namespace mlir;
using namespace lowbit::reference;

/// Calls visit(result index, position, element) in ascending order along
/// `axis`.
template <typename T, typename Visit>
static void forEachAlong(ArrayRef<T> elements, ArrayRef<int64_t> shape,
                         int64_t axis, Visit visit) {
  int64_t inner = ShapedType::getNumElements(shape.drop_front(axis + 1));
  int64_t outer = ShapedType::getNumElements(shape.take_front(axis));
  const T *element = elements.data();
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t position = 0; position < shape[axis]; ++position)
      for (int64_t i = 0; i < inner; ++i)
        visit(o * inner + i, position, *element++);
}

template <typename T, typename Op, typename Combine>
static std::vector<T> reduce(Op op, ArrayRef<T> elements, Combine combine) {
  std::vector<T> values(ShapedType::getNumElements(resultShape(op)));
  forEachAlong(elements, shapeOf(op.getInput()), op.getAxis(),
               [&](int64_t at, int64_t position, T element) {
                 values[at] =
                     position == 0 ? element : combine(values[at], element);
               });
  return values;
}

/// The position of the first element that is better than all before it.
template <typename T, typename IsBetter>
static Tensor findBest(tosa::ArgMaxOp op, ArrayRef<T> elements,
                       IsBetter isBetter) {
  ArrayRef<int64_t> shape = resultShape(op);
  std::vector<int64_t> indices(ShapedType::getNumElements(shape));
  std::vector<T> best(indices.size());
  forEachAlong(elements, shapeOf(op.getInput()), op.getAxis(),
               [&](int64_t at, int64_t position, T element) {
                 if (position != 0 && !isBetter(element, best[at]))
                   return;
                 best[at] = element;
                 indices[at] = position;
               });
  return Tensor(shape, std::move(indices));
}

//===----------------------------------------------------------------------===//
// Floats
//===----------------------------------------------------------------------===//

static Tensor reduceSum(tosa::ReduceSumOp op, Operands operands) {
  return Tensor(resultShape(op),
                reduce(op, operands[0]->floats(), std::plus<float>()));
}

template <typename Op, auto compute>
static Tensor reduceNanAware(Op op, Operands operands) {
  tosa::NanPropagationMode mode = op.getNanMode();
  return Tensor(resultShape(op),
                reduce(op, operands[0]->floats(), [mode](float a, float b) {
                  return compute(a, b, mode);
                }));
}

/// The first greatest element; a NaN that propagates is greater than all.
static Tensor argMax(tosa::ArgMaxOp op, Operands operands) {
  bool ignoresNan = op.getNanMode() == tosa::NanPropagationMode::IGNORE;
  return findBest(op, operands[0]->floats(), [&](float element, float best) {
    if (std::isnan(element) || std::isnan(best))
      return ignoresNan != std::isnan(element) &&
             std::isnan(element) != std::isnan(best);
    return element > best;
  });
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

/// Wrapping after the last step is the same as after each.
template <typename Op, auto compute>
static Tensor reduceIntegers(Op op, Operands operands) {
  auto values = reduce(op, operands[0]->integers(), compute);
  return wrapTo<int64_t>(op.getOutput(), values);
}

static Tensor argMaxOfIntegers(tosa::ArgMaxOp op, Operands operands) {
  return findBest(op, operands[0]->integers(), std::greater<int64_t>());
}

/// The axis lies in the input and the result has size 1 there.
template <typename Op> static bool hasReducedShape(Operation *op) {
  SmallVector<int64_t> shape(shapeOf(op->getOperand(0)));
  int64_t axis = cast<Op>(op).getAxis();
  if (axis < 0 || axis >= static_cast<int64_t>(shape.size()))
    return false;
  shape[axis] = 1;
  return resultShape(op) == ArrayRef<int64_t>(shape);
}

/// The indices are integers and the axis is gone from the shape.
static bool hasArgMaxShape(Operation *op) {
  SmallVector<int64_t> shape(shapeOf(op->getOperand(0)));
  int64_t axis = cast<tosa::ArgMaxOp>(op).getAxis();
  if (axis < 0 || axis >= static_cast<int64_t>(shape.size()))
    return false;
  shape.erase(shape.begin() + axis);
  Type index = getElementTypeOrSelf(op->getResult(0).getType());
  return index.isSignlessInteger() &&
         resultShape(op) == ArrayRef<int64_t>(shape);
}

void lowbit::reference::addTosaReductions(OpTable &table) {
  using tosa::ReduceAllOp, tosa::ReduceAnyOp, tosa::ReduceMaxOp,
      tosa::ReduceMinOp, tosa::ReduceSumOp;
  table.add<reduceSum>(all<hasOnlyFloats, hasReducedShape<ReduceSumOp>>);
  table.add<reduceNanAware<ReduceMaxOp, maximum>>(
      all<hasOnlyFloats, hasReducedShape<ReduceMaxOp>>);
  table.add<reduceNanAware<ReduceMinOp, minimum>>(
      all<hasOnlyFloats, hasReducedShape<ReduceMinOp>>);
  table.add<argMax>(all<hasFloatInput, hasArgMaxShape>);

  table.add<reduceIntegers<ReduceSumOp, std::plus<int64_t>{}>>(
      all<hasSameIntegers, hasReducedShape<ReduceSumOp>>);
  table.add<reduceIntegers<ReduceMaxOp, greaterOf>>(
      all<hasSameIntegers, hasReducedShape<ReduceMaxOp>>);
  table.add<reduceIntegers<ReduceMinOp, lesserOf>>(
      all<hasSameIntegers, hasReducedShape<ReduceMinOp>>);
  table.add<reduceIntegers<ReduceAllOp, std::bit_and<int64_t>{}>>(
      all<hasBooleans, hasReducedShape<ReduceAllOp>>);
  table.add<reduceIntegers<ReduceAnyOp, std::bit_or<int64_t>{}>>(
      all<hasBooleans, hasReducedShape<ReduceAnyOp>>);
  table.add<argMaxOfIntegers>(all<hasIntegers, hasArgMaxShape>);
}
