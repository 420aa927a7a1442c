//===- FloatLayers.cpp - Float layers as kernels see them -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Analysis/FloatLayers.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;

bool FloatLayer::isPadded() const {
  return llvm::any_of(pad, [](int64_t size) { return size != 0; });
}

bool lowbit::isFloatLayer(Operation *op) {
  return isa<tosa::Conv2DOp, tosa::DepthwiseConv2DOp, tosa::MatMulOp>(op) &&
         llvm::all_of(op->getOperandTypes(), [](Type type) {
           return getElementTypeOrSelf(type).isF32();
         });
}

static SmallVector<int64_t> shapeOf(Value value) {
  return SmallVector<int64_t>(cast<ShapedType>(value.getType()).getShape());
}

template <typename Op> static FloatLayer readWindow(Op op) {
  FloatLayer layer;
  layer.image = shapeOf(op.getInput());
  layer.output = shapeOf(op.getOutput());
  layer.pad = SmallVector<int64_t>(op.getPad());
  layer.stride = SmallVector<int64_t>(op.getStride());
  layer.dilation = SmallVector<int64_t>(op.getDilation());
  constexpr bool hasOutputsLast = std::is_same_v<Op, tosa::DepthwiseConv2DOp>;
  constexpr unsigned height = hasOutputsLast ? 0 : 1;
  SmallVector<int64_t> weight = shapeOf(op.getWeight());
  layer.filterHeight = weight[height];
  layer.filterWidth = weight[height + 1];
  layer.hasOutputsLast = hasOutputsLast;
  // A filter for each channel of one channel is a convolution.
  layer.isDepthwise = hasOutputsLast && layer.image[3] != 1;
  return layer;
}

static FloatLayer readMatrixProduct(tosa::MatMulOp op) {
  SmallVector<int64_t> lhs = shapeOf(op.getA()), rhs = shapeOf(op.getB());
  return {{1, 1, lhs[1], lhs[2]},
          {1, 1, lhs[1], rhs[2]},
          1,
          1,
          {0, 0, 0, 0},
          {1, 1},
          {1, 1},
          /*isDepthwise=*/false,
          /*hasOutputsLast=*/true};
}

static FloatLayer read(Operation *op) {
  if (auto conv = dyn_cast<tosa::Conv2DOp>(op))
    return readWindow(conv);
  if (auto conv = dyn_cast<tosa::DepthwiseConv2DOp>(op))
    return readWindow(conv);
  return readMatrixProduct(cast<tosa::MatMulOp>(op));
}

static void flattenPointwise(FloatLayer &layer) {
  bool isPointwise = layer.filterHeight == 1 && layer.filterWidth == 1 &&
                     layer.stride[0] == 1 && layer.stride[1] == 1 &&
                     !layer.isPadded();
  if (!isPointwise)
    return;
  for (auto *sizes : {&layer.image, &layer.output}) {
    (*sizes)[2] *= (*sizes)[0] * (*sizes)[1];
    (*sizes)[0] = (*sizes)[1] = 1;
  }
}

std::variant<FloatLayer, StringRef> lowbit::readFloatLayer(Operation *op) {
  auto hasShape = [](Value value) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type && type.hasStaticShape() && type.getNumElements() > 0;
  };
  if (!llvm::all_of(op->getOperands(), hasShape) || !hasShape(op->getResult(0)))
    return "shapes are not static";
  if (isa<tosa::MatMulOp>(op) && shapeOf(op->getOperand(1))[0] != 1)
    return "batched matrix products have no kernel";
  auto weights = getConstantFloats(op->getOperand(1));
  if (!weights)
    return "weights are not constant";
  // Padding is products with 0, which must not be NaN.
  if (!llvm::all_of(*weights,
                    [](float weight) { return std::isfinite(weight); }))
    return "weights are not finite";
  FloatLayer layer = read(op);
  if (!isa<tosa::MatMulOp>(op) && !getConstantFloats(op->getOperand(2)) &&
      shapeOf(op->getOperand(2)) != ArrayRef(layer.output[3]))
    return "a computed bias for all channels has no kernel";
  if (layer.isDepthwise && layer.image[3] != layer.output[3])
    return "channel multipliers have no kernel";
  flattenPointwise(layer);
  return layer;
}
