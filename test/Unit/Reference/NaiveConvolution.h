//===- NaiveConvolution.h - Convolution as written in its definition -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TEST_UNIT_REFERENCE_NAIVECONVOLUTION_H
#define LOWBIT_TEST_UNIT_REFERENCE_NAIVECONVOLUTION_H

#include <array>
#include <cstdint>
#include <vector>

namespace lowbit::reference {

/// Sizes of one picture NHWC, of weights OHWI, and how the windows lie.
struct NaiveConvolution {
  std::array<int64_t, 4> input;
  std::array<int64_t, 4> weight;
  std::array<int64_t, 4> pad; ///< top, bottom, left, right
  std::array<int64_t, 2> stride;
  std::array<int64_t, 2> dilation;

  int64_t outputSize(int axis) const {
    int64_t span = input[1 + axis] - 1 + pad[2 * axis] + pad[2 * axis + 1] -
                   (weight[1 + axis] - 1) * dilation[axis];
    return span / stride[axis] + 1;
  }

  template <typename T>
  T at(const std::vector<T> &in, const std::vector<T> &w, int64_t n, int64_t y,
       int64_t x, int64_t o) const {
    T sum = 0;
    for (int64_t ky = 0; ky < weight[1]; ++ky)
      for (int64_t kx = 0; kx < weight[2]; ++kx)
        for (int64_t c = 0; c < weight[3]; ++c) {
          int64_t iy = y * stride[0] - pad[0] + ky * dilation[0];
          int64_t ix = x * stride[1] - pad[2] + kx * dilation[1];
          if (iy < 0 || ix < 0 || iy >= input[1] || ix >= input[2])
            continue;
          sum += in[((n * input[1] + iy) * input[2] + ix) * input[3] + c] *
                 w[((o * weight[1] + ky) * weight[2] + kx) * weight[3] + c];
        }
    return sum;
  }

  template <typename T>
  std::vector<T> operator()(const std::vector<T> &in,
                            const std::vector<T> &w) const {
    std::vector<T> out;
    for (int64_t n = 0; n < input[0]; ++n)
      for (int64_t y = 0; y < outputSize(0); ++y)
        for (int64_t x = 0; x < outputSize(1); ++x)
          for (int64_t o = 0; o < weight[0]; ++o)
            out.push_back(at(in, w, n, y, x, o));
    return out;
  }
};

} // namespace lowbit::reference

#endif // LOWBIT_TEST_UNIT_REFERENCE_NAIVECONVOLUTION_H
