//===- Convolutions.h - Convolutions and matrix products of TOSA -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_REFERENCE_CONVOLUTIONS_H
#define LOWBIT_LIB_REFERENCE_CONVOLUTIONS_H

#include "lib/Reference/Windows.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

namespace lowbit::reference {

/// The operands of a convolution, zero points already taken off: what is left
/// are sums of products, float ones or integer ones modulo 2^n for unsigned T.
template <typename T> struct ConvolutionTerms {
  llvm::ArrayRef<int64_t> inputShape;
  llvm::ArrayRef<int64_t> weightShape;
  llvm::ArrayRef<int64_t> resultShape;
  llvm::ArrayRef<T> input;
  llvm::ArrayRef<T> weight;
};

template <typename T>
std::vector<T> sumProducts(mlir::tosa::Conv2DOp op,
                           const ConvolutionTerms<T> &terms) {
  Window window(terms.weightShape.slice(1, 2), op.getPad(), op.getStride(),
                op.getDilation());
  auto weights = outputChannelsLast<T>(terms.weight, terms.resultShape[3]);
  return convolve<T>(terms.input, terms.inputShape, weights, terms.resultShape,
                     window);
}

/// The order of the sums is that of `convolve`.
template <typename T>
std::vector<T> sumProducts(mlir::tosa::DepthwiseConv2DOp op,
                           const ConvolutionTerms<T> &terms) {
  llvm::ArrayRef<int64_t> inShape = terms.inputShape, shape = terms.resultShape;
  Window window(terms.weightShape.take_front(2), op.getPad(), op.getStride(),
                op.getDilation());
  int64_t channels = inShape[3], multiplier = terms.weightShape[3];
  std::vector<T> sums(mlir::ShapedType::getNumElements(shape));
  forEachPosition(
      inShape, shape, [&](int64_t row, int64_t picture, int64_t y, int64_t x) {
        forEachTap(window, inShape, y, x, [&](int64_t tap, int64_t pixel) {
          T *sum = &sums[row * shape[3]];
          const T *in = &terms.input[(picture + pixel) * channels];
          const T *weights = &terms.weight[tap * shape[3]];
          for (int64_t c = 0; c < channels; ++c)
            for (int64_t m = 0; m < multiplier; ++m)
              *sum++ += in[c] * *weights++;
        });
      });
  return sums;
}

/// Every input pixel spreads over the outputs iy * stride + out_pad + ky. The
/// sums run over iy, ix, ky, kx, c ascending.
template <typename T>
std::vector<T> sumProducts(mlir::tosa::TransposeConv2DOp op,
                           const ConvolutionTerms<T> &terms) {
  llvm::ArrayRef<int64_t> inShape = terms.inputShape, shape = terms.resultShape;
  llvm::ArrayRef<int64_t> outPad = op.getOutPad();
  llvm::ArrayRef<int64_t> kernel = terms.weightShape.slice(1);
  int64_t channels = inShape[3];
  auto weights = outputChannelsLast<T>(terms.weight, shape[3]);
  std::vector<T> sums(mlir::ShapedType::getNumElements(shape));
  auto spread = [&](const T *in, int64_t n, int64_t y, int64_t x) {
    for (int64_t ky = 0; ky < kernel[0]; ++ky)
      for (int64_t kx = 0; kx < kernel[1]; ++kx) {
        int64_t oy = y + ky, ox = x + kx;
        if (oy < 0 || oy >= shape[1] || ox < 0 || ox >= shape[2])
          continue;
        T *sum = &sums[((n * shape[1] + oy) * shape[2] + ox) * shape[3]];
        const T *w = &weights[(ky * kernel[1] + kx) * channels * shape[3]];
        for (int64_t c = 0; c < channels; ++c)
          for (int64_t o = 0; o < shape[3]; ++o)
            sum[o] += in[c] * *w++;
      }
  };
  const T *in = terms.input.data();
  for (int64_t n = 0; n < inShape[0]; ++n)
    for (int64_t y = 0; y < inShape[1]; ++y)
      for (int64_t x = 0; x < inShape[2]; ++x, in += channels)
        spread(in, n, y * op.getStride()[0] + outPad[0],
               x * op.getStride()[1] + outPad[2]);
  return sums;
}

/// Adds the bias, one number or one per channel, to the finished sums.
template <typename T>
void addBias(std::vector<T> &sums, llvm::ArrayRef<T> bias) {
  for (size_t row = 0; row < sums.size(); row += bias.size())
    for (size_t c = 0; c < bias.size(); ++c)
      sums[row + c] += bias[c];
}

/// The products of matrices lhs [B, M, K] and rhs [B, K, N], K being `common`,
/// of shape [B, M, N]. The sums run over K ascending, from 0.
template <typename T>
std::vector<T> multiplyMatrices(llvm::ArrayRef<T> lhs, llvm::ArrayRef<T> rhs,
                                int64_t common, llvm::ArrayRef<int64_t> shape) {
  int64_t rows = shape[1], columns = shape[2];
  std::vector<T> sums(mlir::ShapedType::getNumElements(shape));
  for (int64_t row = 0; row < shape[0] * rows; ++row)
    for (int64_t c = 0; c < common; ++c) {
      T a = lhs[row * common + c];
      const T *b = &rhs[(row / rows * common + c) * columns];
      for (int64_t column = 0; column < columns; ++column)
        sums[row * columns + column] += a * b[column];
    }
  return sums;
}

} // namespace lowbit::reference

#endif // LOWBIT_LIB_REFERENCE_CONVOLUTIONS_H
