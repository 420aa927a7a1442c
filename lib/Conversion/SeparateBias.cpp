//===- SeparateBias.cpp - Biases behind float convolutions -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Analysis/FloatLayers.h"
#include "lowbit/Conversion/Passes.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Builders.h"

namespace lowbit {
#define GEN_PASS_DEF_SEPARATEBIASPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

static Value createFloats(OpBuilder &builder, Location loc,
                          ArrayRef<int64_t> shape, float value) {
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  return tosa::ConstOp::create(builder, loc, type,
                               DenseElementsAttr::get(type, value));
}

/// `bias` as a tensor of rank 4 that broadcasts over pixels.
static Value expandBias(OpBuilder &builder, Location loc, Value bias) {
  int64_t channels = cast<ShapedType>(bias.getType()).getDimSize(0);
  auto shape = tosa::ConstShapeOp::create(
      builder, loc, tosa::shapeType::get(builder.getContext(), 4),
      builder.getIndexTensorAttr({1, 1, 1, channels}));
  auto type = RankedTensorType::get({1, 1, 1, channels}, builder.getF32Type());
  return tosa::ReshapeOp::create(builder, loc, type, bias, shape);
}

static void separateBias(tosa::Conv2DOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value bias = op.getBias();
  auto type = cast<RankedTensorType>(bias.getType());
  op.getBiasMutable().assign(createFloats(builder, loc, type.getShape(), 0));
  builder.setInsertionPointAfter(op);
  Value expanded = expandBias(builder, loc, bias);
  auto sum =
      tosa::AddOp::create(builder, loc, op.getType(), op.getOutput(), expanded);
  op.getOutput().replaceAllUsesExcept(sum.getOutput(), sum);
}

namespace {
struct SeparateBiasPass : lowbit::impl::SeparateBiasPassBase<SeparateBiasPass> {
  void runOnOperation() override {
    SmallVector<tosa::Conv2DOp> layers;
    getOperation()->walk([&](tosa::Conv2DOp op) {
      auto bias = dyn_cast<RankedTensorType>(op.getBias().getType());
      if (isFloatLayer(op) && bias && bias.hasStaticShape())
        layers.push_back(op);
    });
    for (tosa::Conv2DOp op : layers)
      separateBias(op);
  }
};
} // namespace
