//===- Windows.h - Convolution and pooling over NHWC -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_REFERENCE_WINDOWS_H
#define LOWBIT_LIB_REFERENCE_WINDOWS_H

#include "lowbit/Reference/Tensor.h"

#include <array>

namespace lowbit::reference {

/// How windows lie over a picture; every pair is [y, x]. Only the padding at
/// the top and the left shows in coordinates.
struct Window {
  std::array<int64_t, 2> kernel;
  std::array<int64_t, 2> padBefore;
  std::array<int64_t, 2> stride;
  std::array<int64_t, 2> dilation;

  /// From the attributes of an op: pad is [top, bottom, left, right].
  Window(llvm::ArrayRef<int64_t> kernel, llvm::ArrayRef<int64_t> pad,
         llvm::ArrayRef<int64_t> stride,
         llvm::ArrayRef<int64_t> dilation = {1, 1})
      : kernel{kernel[0], kernel[1]}, padBefore{pad[0], pad[2]},
        stride{stride[0], stride[1]}, dilation{dilation[0], dilation[1]} {}
};

/// Calls visit(tap, pixel) for each tap of the window at output position (y,
/// x) that lies inside the input: tap = ky * kernel width + kx, pixel = iy *
/// input width + ix, in ascending order.
template <typename Visit>
void forEachTap(const Window &window, llvm::ArrayRef<int64_t> inputShape,
                int64_t y, int64_t x, Visit visit) {
  for (int64_t ky = 0; ky < window.kernel[0]; ++ky) {
    int64_t iy =
        y * window.stride[0] - window.padBefore[0] + ky * window.dilation[0];
    if (iy < 0 || iy >= inputShape[1])
      continue;
    for (int64_t kx = 0; kx < window.kernel[1]; ++kx) {
      int64_t ix =
          x * window.stride[1] - window.padBefore[1] + kx * window.dilation[1];
      if (ix >= 0 && ix < inputShape[2])
        visit(ky * window.kernel[1] + kx, iy * inputShape[2] + ix);
    }
  }
}

/// How many taps of the window at output position (y, x) lie inside the input.
inline int64_t countTaps(const Window &window,
                         llvm::ArrayRef<int64_t> inputShape, int64_t y,
                         int64_t x) {
  int64_t count = 0;
  forEachTap(window, inputShape, y, x, [&](int64_t, int64_t) { ++count; });
  return count;
}

/// Calls visit(row, picture, y, x) for each output position: row is its number
/// in row-major order, picture the first pixel of its input picture.
template <typename Visit>
void forEachPosition(llvm::ArrayRef<int64_t> inputShape,
                     llvm::ArrayRef<int64_t> outputShape, Visit visit) {
  int64_t row = 0;
  for (int64_t n = 0; n < outputShape[0]; ++n)
    for (int64_t y = 0; y < outputShape[1]; ++y)
      for (int64_t x = 0; x < outputShape[2]; ++x)
        visit(row++, n * inputShape[1] * inputShape[2], y, x);
}

/// Weights from [o][ky][kx][c] to [ky][kx][c][o].
template <typename To, typename From>
std::vector<To> outputChannelsLast(llvm::ArrayRef<From> weights,
                                   int64_t outputs) {
  int64_t taps = weights.size() / outputs;
  std::vector<To> result(weights.size());
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t tap = 0; tap < taps; ++tap)
      result[tap * outputs + o] = static_cast<To>(weights[o * taps + tap]);
  return result;
}

/// The sums of a 2-D convolution with weights [ky][kx][c][o]. Each starts from
/// 0 and runs over ky, kx, c ascending, taps outside the input left out. c runs
/// over the channels of one of `groups` groups; o belongs to one of as many.
template <typename T>
std::vector<T>
convolve(llvm::ArrayRef<T> input, llvm::ArrayRef<int64_t> inputShape,
         llvm::ArrayRef<T> weights, llvm::ArrayRef<int64_t> outputShape,
         const Window &window, int64_t groups = 1) {
  int64_t channels = inputShape[3], outputs = outputShape[3];
  std::vector<T> sums(mlir::ShapedType::getNumElements(outputShape));
  forEachPosition(
      inputShape, outputShape,
      [&](int64_t row, int64_t picture, int64_t y, int64_t x) {
        T *sum = sums.data() + row * outputs;
        forEachTap(window, inputShape, y, x, [&](int64_t tap, int64_t pixel) {
          const T *in = input.data() + (picture + pixel) * channels;
          for (int64_t g = 0; g < groups; ++g, in += channels / groups) {
            const T *weight =
                weights.data() + tap * (channels / groups) * outputs;
            for (int64_t c = 0; c < channels / groups; ++c, weight += outputs)
              for (int64_t o = g * outputs / groups;
                   o < (g + 1) * outputs / groups; ++o)
                sum[o] += in[c] * weight[o];
          }
        });
      });
  return sums;
}

/// Folds the elements of each window and channel, taps outside the input left
/// out, from `init` in ascending order.
template <typename T, typename Fold>
std::vector<T> pool(llvm::ArrayRef<T> input, llvm::ArrayRef<int64_t> inputShape,
                    llvm::ArrayRef<int64_t> outputShape, const Window &window,
                    T init, Fold fold) {
  int64_t channels = outputShape[3];
  std::vector<T> result(mlir::ShapedType::getNumElements(outputShape), init);
  forEachPosition(
      inputShape, outputShape,
      [&](int64_t row, int64_t picture, int64_t y, int64_t x) {
        T *folded = result.data() + row * channels;
        forEachTap(window, inputShape, y, x, [&](int64_t, int64_t pixel) {
          const T *in = input.data() + (picture + pixel) * channels;
          for (int64_t c = 0; c < channels; ++c)
            folded[c] = fold(folded[c], in[c]);
        });
      });
  return result;
}

} // namespace lowbit::reference

#endif // LOWBIT_LIB_REFERENCE_WINDOWS_H
