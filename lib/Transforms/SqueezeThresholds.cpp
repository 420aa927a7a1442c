//===- SqueezeThresholds.cpp - Building squeeze-and-threshold ops -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SqueezeThresholds.h"

#include "lowbit/Numerics/SqueezeThreshold.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

Value lowbit::createTosaFloats(OpBuilder &builder, Location loc,
                               ArrayRef<int64_t> shape,
                               ArrayRef<float> values) {
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  return tosa::ConstOp::create(builder, loc, type,
                               DenseElementsAttr::get(type, values));
}

SqueezeThresholdOp lowbit::createSqueezeThreshold(OpBuilder &builder,
                                                  Location loc, Value input,
                                                  ArrayRef<float> adjust,
                                                  ArrayRef<float> range,
                                                  const LevelSet &set) {
  SmallVector<std::vector<float>> rows;
  for (size_t row = 0; row != std::max(adjust.size(), range.size()); ++row)
    rows.push_back(
        numerics::squeezeThresholds(adjust[adjust.size() == 1 ? 0 : row],
                                    range[range.size() == 1 ? 0 : row], set));
  if (llvm::all_equal(rows))
    rows.resize(1);
  SmallVector<float> table;
  for (const std::vector<float> &row : rows)
    llvm::append_range(table, row);
  Value thresholds =
      createTosaFloats(builder, loc,
                       {static_cast<int64_t>(rows.size()),
                        static_cast<int64_t>(rows.front().size())},
                       table);
  Value step =
      createTosaFloats(builder, loc, {1}, {numerics::squeezeStep(range, set)});
  return SqueezeThresholdOp::create(
      builder, loc, input.getType(), input, thresholds, step,
      TypeAttr::get(getLevelSetType(builder.getContext(), set)));
}
