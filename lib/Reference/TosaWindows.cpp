//===- TosaWindows.cpp - TOSA convolutions, pools, resize, matmul -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/NanModes.h"
#include "lib/Reference/OpEvaluators.h"
#include "lib/Reference/Windows.h"

using namespace mlir;
using namespace lowbit::reference;

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

/// Adds the bias, one number or one per channel, to the finished sums.
static Tensor addBias(std::vector<float> sums, ArrayRef<float> bias,
                      ArrayRef<int64_t> shape) {
  int64_t channels = shape.back();
  for (size_t row = 0; row < sums.size(); row += channels)
    for (int64_t c = 0; c < channels; ++c)
      sums[row + c] += bias[bias.size() == 1 ? 0 : c];
  return Tensor(shape, std::move(sums));
}

static Tensor conv2D(tosa::Conv2DOp op, Operands operands) {
  const Tensor &input = *operands[0], &weight = *operands[1];
  ArrayRef<int64_t> shape = resultShape(op);
  Window window(weight.shape().slice(1, 2), op.getPad(), op.getStride(),
                op.getDilation());
  auto weights = outputChannelsLast<float>(weight.floats(), shape[3]);
  return addBias(
      convolve<float>(input.floats(), input.shape(), weights, shape, window),
      operands[2]->floats(), shape);
}

static Tensor depthwiseConv2D(tosa::DepthwiseConv2DOp op, Operands operands) {
  const Tensor &input = *operands[0], &weight = *operands[1];
  ArrayRef<int64_t> inShape = input.shape(), shape = resultShape(op);
  Window window(weight.shape().take_front(2), op.getPad(), op.getStride(),
                op.getDilation());
  int64_t channels = inShape[3], multiplier = weight.shape()[3];
  std::vector<float> sums(ShapedType::getNumElements(shape));
  forEachPosition(
      inShape, shape, [&](int64_t row, int64_t picture, int64_t y, int64_t x) {
        forEachTap(window, inShape, y, x, [&](int64_t tap, int64_t pixel) {
          float *sum = &sums[row * shape[3]];
          const float *in = &input.floats()[(picture + pixel) * channels];
          const float *weights = &weight.floats()[tap * shape[3]];
          for (int64_t c = 0; c < channels; ++c)
            for (int64_t m = 0; m < multiplier; ++m)
              *sum++ += in[c] * *weights++;
        });
      });
  return addBias(std::move(sums), operands[2]->floats(), shape);
}

/// Every input pixel spreads over the outputs iy * stride + out_pad + ky. The
/// sums run over iy, ix, ky, kx, c ascending; the bias comes last.
static Tensor transposeConv2D(tosa::TransposeConv2DOp op, Operands operands) {
  const Tensor &input = *operands[0], &weight = *operands[1];
  ArrayRef<int64_t> inShape = input.shape(), shape = resultShape(op);
  ArrayRef<int64_t> outPad = op.getOutPad(), kernel = weight.shape().slice(1);
  int64_t channels = inShape[3];
  auto weights = outputChannelsLast<float>(weight.floats(), shape[3]);
  std::vector<float> sums(ShapedType::getNumElements(shape));
  auto spread = [&](const float *in, int64_t n, int64_t y, int64_t x) {
    for (int64_t ky = 0; ky < kernel[0]; ++ky)
      for (int64_t kx = 0; kx < kernel[1]; ++kx) {
        int64_t oy = y + ky, ox = x + kx;
        if (oy < 0 || oy >= shape[1] || ox < 0 || ox >= shape[2])
          continue;
        float *sum = &sums[((n * shape[1] + oy) * shape[2] + ox) * shape[3]];
        const float *w = &weights[(ky * kernel[1] + kx) * channels * shape[3]];
        for (int64_t c = 0; c < channels; ++c)
          for (int64_t o = 0; o < shape[3]; ++o)
            sum[o] += in[c] * *w++;
      }
  };
  const float *in = input.floats().data();
  for (int64_t n = 0; n < inShape[0]; ++n)
    for (int64_t y = 0; y < inShape[1]; ++y)
      for (int64_t x = 0; x < inShape[2]; ++x, in += channels)
        spread(in, n, y * op.getStride()[0] + outPad[0],
               x * op.getStride()[1] + outPad[2]);
  return addBias(std::move(sums), operands[2]->floats(), shape);
}

/// The sums run over the common dimension ascending, from 0.
static Tensor matmul(tosa::MatMulOp op, Operands operands) {
  const Tensor &lhs = *operands[0], &rhs = *operands[1];
  ArrayRef<int64_t> shape = resultShape(op);
  int64_t rows = shape[1], columns = shape[2], common = lhs.shape()[2];
  std::vector<float> sums(ShapedType::getNumElements(shape));
  for (int64_t row = 0; row < shape[0] * rows; ++row)
    for (int64_t c = 0; c < common; ++c) {
      float a = lhs.floats()[row * common + c];
      const float *b = &rhs.floats()[(row / rows * common + c) * columns];
      for (int64_t column = 0; column < columns; ++column)
        sums[row * columns + column] += a * b[column];
    }
  return Tensor(shape, std::move(sums));
}

//===----------------------------------------------------------------------===//
// Pools and resize
//===----------------------------------------------------------------------===//

static Tensor averagePool2D(tosa::AvgPool2dOp op, Operands operands) {
  const Tensor &input = *operands[0];
  ArrayRef<int64_t> shape = resultShape(op);
  Window window(op.getKernel(), op.getPad(), op.getStride());
  std::vector<float> values = pool<float>(input.floats(), input.shape(), shape,
                                          window, 0.0f, std::plus<float>());
  forEachPosition(input.shape(), shape,
                  [&](int64_t row, int64_t, int64_t y, int64_t x) {
                    int64_t count = 0;
                    forEachTap(window, input.shape(), y, x,
                               [&](int64_t, int64_t) { ++count; });
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

namespace {

/// Where one output coordinate of a resize falls between input coordinates.
struct ResizePoint {
  int64_t below, above, nearest;
  float fraction;

  /// scale is the quotient numerator / denominator of the sizes.
  ResizePoint(int64_t output, int64_t extent, int64_t numerator,
              int64_t denominator, int64_t offset) {
    int64_t position = output * denominator + offset;
    int64_t cell = llvm::divideFloorSigned(position, numerator);
    int64_t rest = position - cell * numerator;
    below = std::clamp<int64_t>(cell, 0, extent - 1);
    above = std::clamp<int64_t>(cell + 1, 0, extent - 1);
    nearest = 2 * rest >= numerator ? above : below;
    fraction = static_cast<float>(rest) / static_cast<float>(numerator);
  }
};

} // namespace

static float interpolate(const ResizePoint &y, const ResizePoint &x,
                         llvm::function_ref<float(int64_t, int64_t)> at) {
  float top = at(y.below, x.below) * (1 - x.fraction) +
              at(y.below, x.above) * x.fraction;
  float bottom = at(y.above, x.below) * (1 - x.fraction) +
                 at(y.above, x.above) * x.fraction;
  return top * (1 - y.fraction) + bottom * y.fraction;
}

static FailureOr<Tensor> resize(tosa::ResizeOp op, Operands operands) {
  const Tensor &input = *operands[0];
  ArrayRef<int64_t> scale = operands[1]->integers();
  ArrayRef<int64_t> offset = operands[2]->integers();
  if (llvm::any_of(scale, [](int64_t s) { return s <= 0; }))
    return op.emitError("a scale is not positive");
  ArrayRef<int64_t> inShape = input.shape(), shape = resultShape(op);
  bool isNearest = op.getMode() == tosa::ResizeMode::NEAREST_NEIGHBOR;
  std::vector<float> values;
  auto append = [&](int64_t picture, const ResizePoint &y,
                    const ResizePoint &x) {
    for (int64_t c = 0; c < shape[3]; ++c) {
      auto at = [&](int64_t iy, int64_t ix) {
        return input.floats()[(picture + iy * inShape[2] + ix) * shape[3] + c];
      };
      values.push_back(isNearest ? at(y.nearest, x.nearest)
                                 : interpolate(y, x, at));
    }
  };
  forEachPosition(
      inShape, shape, [&](int64_t, int64_t picture, int64_t y, int64_t x) {
        append(picture,
               ResizePoint(y, inShape[1], scale[0], scale[1], offset[0]),
               ResizePoint(x, inShape[2], scale[2], scale[3], offset[1]));
      });
  return Tensor(shape, std::move(values));
}

//===----------------------------------------------------------------------===//
// What the verifiers of TOSA leave open
//===----------------------------------------------------------------------===//

static bool hasSameBatch(Operation *op) {
  return hasFloatInput(op) &&
         resultShape(op)[0] == shapeOf(op->getOperand(0))[0];
}

/// conv2d and transpose_conv2d, weights OHWI.
static bool hasConvolutionShapes(Operation *op) {
  ArrayRef<int64_t> weight = shapeOf(op->getOperand(1));
  return hasSameBatch(op) && shapeOf(op->getOperand(0))[3] == weight[3] &&
         resultShape(op)[3] == weight[0];
}

static bool hasDepthwiseShapes(Operation *op) {
  ArrayRef<int64_t> weight = shapeOf(op->getOperand(1));
  return hasSameBatch(op) && shapeOf(op->getOperand(0))[3] == weight[2] &&
         resultShape(op)[3] == weight[2] * weight[3];
}

static bool hasMatmulShapes(Operation *op) {
  ArrayRef<int64_t> lhs = shapeOf(op->getOperand(0));
  ArrayRef<int64_t> rhs = shapeOf(op->getOperand(1));
  ArrayRef<int64_t> result = resultShape(op);
  return hasSameBatch(op) && lhs[0] == rhs[0] && lhs[1] == result[1] &&
         lhs[2] == rhs[1] && rhs[2] == result[2];
}

static bool hasPoolShapes(Operation *op) {
  return hasSameBatch(op) &&
         resultShape(op)[3] == shapeOf(op->getOperand(0))[3];
}

void lowbit::reference::addTosaWindows(OpTable &table) {
  table.add<conv2D>(hasConvolutionShapes);
  table.add<depthwiseConv2D>(hasDepthwiseShapes);
  table.add<transposeConv2D>(hasConvolutionShapes);
  table.add<matmul>(hasMatmulShapes);
  table.add<averagePool2D>(hasPoolShapes);
  table.add<maxPool2D>(hasPoolShapes);
  table.add<resize>(hasPoolShapes);
}
