//===- Constants.cpp - Building constants -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Constants.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace lowbit;

Value lowbit::createTosaFloats(OpBuilder &builder, Location loc,
                               ArrayRef<int64_t> shape,
                               ArrayRef<float> values) {
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  return tosa::ConstOp::create(builder, loc, type,
                               DenseElementsAttr::get(type, values));
}

/// A 1-D constant of elements of `element`.
template <typename T>
static Value createVector(OpBuilder &builder, Location loc, Type element,
                          ArrayRef<T> values) {
  auto type =
      RankedTensorType::get({static_cast<int64_t>(values.size())}, element);
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, values));
}

Value lowbit::createFloats(OpBuilder &builder, Location loc,
                           ArrayRef<float> values) {
  return createVector(builder, loc, builder.getF32Type(), values);
}

Value lowbit::createI64s(OpBuilder &builder, Location loc,
                         ArrayRef<int64_t> values) {
  if (llvm::all_equal(values))
    values = values.take_front();
  return createVector(builder, loc, builder.getI64Type(), values);
}
