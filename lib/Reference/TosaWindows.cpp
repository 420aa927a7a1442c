//===- TosaWindows.cpp - Float convolutions, products, pools -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Convolutions.h"
#include "lib/Reference/NanModes.h"
#include "lib/Reference/Predicates.h"

using namespace mlir;
using namespace lowbit::reference;

template <typename Op> static Tensor convolution(Op op, Operands operands) {
  const Tensor &input = *operands[0], &weight = *operands[1];
  ArrayRef<int64_t> shape = resultShape(op);
  auto sums = sumProducts<float>(op, {input.shape(), weight.shape(), shape,
                                      input.floats(), weight.floats()});
  addBias(sums, operands[2]->floats());
  return Tensor(shape, std::move(sums));
}

static Tensor matmul(tosa::MatMulOp op, Operands operands) {
  const Tensor &lhs = *operands[0], &rhs = *operands[1];
  ArrayRef<int64_t> shape = resultShape(op);
  return Tensor(shape, multiplyMatrices(lhs.floats(), rhs.floats(),
                                        lhs.shape()[2], shape));
}

static Tensor averagePool2D(tosa::AvgPool2dOp op, Operands operands) {
  const Tensor &input = *operands[0];
  ArrayRef<int64_t> shape = resultShape(op);
  Window window(op.getKernel(), op.getPad(), op.getStride());
  std::vector<float> values = pool<float>(input.floats(), input.shape(), shape,
                                          window, 0.0f, std::plus<float>());
  forEachPosition(input.shape(), shape,
                  [&](int64_t row, int64_t, int64_t y, int64_t x) {
                    int64_t count = countTaps(window, input.shape(), y, x);
                    for (int64_t c = 0; c < shape[3]; ++c)
                      values[row * shape[3] + c] /= static_cast<float>(count);
                  });
  return Tensor(shape, std::move(values));
}

static Tensor maxPool2D(tosa::MaxPool2dOp op, Operands operands) {
  const Tensor &input = *operands[0];
  ArrayRef<int64_t> shape = resultShape(op);
  tosa::NanPropagationMode mode = op.getNanMode();
  Window window(op.getKernel(), op.getPad(), op.getStride());
  return Tensor(shape, pool<float>(input.floats(), input.shape(), shape, window,
                                   -std::numeric_limits<float>::infinity(),
                                   [mode](float a, float b) {
                                     return maximum(a, b, mode);
                                   }));
}

void lowbit::reference::addTosaWindows(OpTable &table) {
  table.add<convolution<tosa::Conv2DOp>>(
      all<hasOnlyFloats, hasConvolutionShapes>);
  table.add<convolution<tosa::DepthwiseConv2DOp>>(
      all<hasOnlyFloats, hasDepthwiseShapes>);
  table.add<convolution<tosa::TransposeConv2DOp>>(
      all<hasOnlyFloats, hasConvolutionShapes>);
  table.add<matmul>(all<hasOnlyFloats, hasMatmulShapes>);
  table.add<averagePool2D>(all<hasOnlyFloats, hasPoolShapes>);
  table.add<maxPool2D>(all<hasOnlyFloats, hasPoolShapes>);
}
