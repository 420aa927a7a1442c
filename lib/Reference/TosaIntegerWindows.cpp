//===- TosaIntegerWindows.cpp - Integer convolutions, products, pools -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Convolutions.h"
#include "lib/Reference/Integers.h"
#include "lib/Reference/Predicates.h"
#include "lowbit/Numerics/Rounding.h"
#include "lowbit/Numerics/TosaScale.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;

//===----------------------------------------------------------------------===//
// Sums of products
//===----------------------------------------------------------------------===//

/// Calls sum<T>() with the unsigned T in which sums wrap no earlier than in the
/// type of the result, and wraps what it returns to that type.
template <typename Function>
static Tensor withWrappingSums(Operation *op, Function sum) {
  Value result = op->getResult(0);
  if (integerWidth(result) <= 32)
    return wrapTo<uint32_t>(result, sum.template operator()<uint32_t>());
  return wrapTo<uint64_t>(result, sum.template operator()<uint64_t>());
}

/// The elements less the zero point, modulo 2^n. What padding stands for
/// becomes 0 by it.
template <typename T>
static std::vector<T> centre(const Tensor &tensor, const Tensor &zeroPoint) {
  std::vector<T> values;
  values.reserve(tensor.numElements());
  for (int64_t value : tensor.integers())
    values.push_back(static_cast<T>(value - scalar(zeroPoint)));
  return values;
}

template <typename Op> static Tensor convolution(Op op, Operands operands) {
  const Tensor &input = *operands[0], &weight = *operands[1];
  return withWrappingSums(op, [&]<typename T>() {
    auto centredInput = centre<T>(input, *operands[3]);
    auto centredWeight = centre<T>(weight, *operands[4]);
    ArrayRef<int64_t> biases = operands[2]->integers();
    auto sums =
        sumProducts<T>(op, {input.shape(), weight.shape(), resultShape(op),
                            centredInput, centredWeight});
    addBias<T>(sums, std::vector<T>(biases.begin(), biases.end()));
    return sums;
  });
}

static Tensor matmul(tosa::MatMulOp op, Operands operands) {
  const Tensor &lhs = *operands[0], &rhs = *operands[1];
  return withWrappingSums(op, [&]<typename T>() {
    return multiplyMatrices<T>(centre<T>(lhs, *operands[2]),
                               centre<T>(rhs, *operands[3]), lhs.shape()[2],
                               resultShape(op));
  });
}

//===----------------------------------------------------------------------===//
// Pools
//===----------------------------------------------------------------------===//

/// A sum of `count` elements, zero points taken off, times a fixed-point
/// 1 / count.
static int64_t average(int64_t sum, int64_t count, int64_t outputZeroPoint,
                       unsigned width) {
  auto [multiplier, shift] =
      numerics::reciprocalScale(static_cast<uint32_t>(count));
  int64_t scaled =
      numerics::applyScale32(static_cast<int32_t>(sum), multiplier, shift,
                             numerics::TosaRounding::Single);
  return numerics::saturate(scaled + outputZeroPoint, llvm::minIntN(width),
                            llvm::maxIntN(width));
}

static FailureOr<Tensor> averagePool2D(tosa::AvgPool2dOp op,
                                       Operands operands) {
  constexpr int64_t maxCount = int64_t(1) << 30;
  const Tensor &input = *operands[0];
  int64_t inputZeroPoint = scalar(*operands[1]);
  int64_t outputZeroPoint = scalar(*operands[2]);
  ArrayRef<int64_t> shape = resultShape(op);
  unsigned width = integerWidth(op.getOutput());
  Window window(op.getKernel(), op.getPad(), op.getStride());
  auto values = pool<int64_t>(input.integers(), input.shape(), shape, window, 0,
                              std::plus<int64_t>());
  bool isCountable = true;
  forEachPosition(input.shape(), shape,
                  [&](int64_t row, int64_t, int64_t y, int64_t x) {
                    int64_t count = countTaps(window, input.shape(), y, x);
                    isCountable &= count > 0 && count <= maxCount;
                    for (int64_t c = 0; isCountable && c < shape[3]; ++c) {
                      int64_t &value = values[row * shape[3] + c];
                      value = average(value - count * inputZeroPoint, count,
                                      outputZeroPoint, width);
                    }
                  });
  if (!isCountable)
    return op.emitError("a window holds no element, or more than 2^30");
  return Tensor(shape, std::move(values));
}

static Tensor maxPool2D(tosa::MaxPool2dOp op, Operands operands) {
  const Tensor &input = *operands[0];
  Window window(op.getKernel(), op.getPad(), op.getStride());
  return Tensor(
      resultShape(op),
      pool<int64_t>(input.integers(), input.shape(), resultShape(op), window,
                    llvm::minIntN(integerWidth(op.getInput())), greaterOf));
}

void lowbit::reference::addTosaIntegerWindows(OpTable &table) {
  table.add<convolution<tosa::Conv2DOp>>(
      all<hasOnlyIntegers, hasConvolutionShapes>);
  table.add<convolution<tosa::DepthwiseConv2DOp>>(
      all<hasOnlyIntegers, hasDepthwiseShapes>);
  table.add<convolution<tosa::TransposeConv2DOp>>(
      all<hasOnlyIntegers, hasConvolutionShapes>);
  table.add<matmul>(all<hasOnlyIntegers, hasMatmulShapes>);
  table.add<averagePool2D>(
      all<hasSameIntegers, hasOnlyIntegers, hasPoolShapes>);
  table.add<maxPool2D>(all<hasSameIntegers, hasPoolShapes>);
}
