//===- LayerShape.h - The shape of a layer that is timed -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_BENCHMARKS_LAYERSHAPE_H
#define LOWBIT_BENCHMARKS_LAYERSHAPE_H

#include <cstdint>
#include <string>

namespace lowbit::benchmarks {

/// A convolution of one sample, with a stride of 1 and as many rows and columns
/// as before.
struct LayerShape {
  int64_t filter; ///< rows and columns of a filter
  int64_t size;   ///< rows and columns of the input
  int64_t inputs, outputs;
  bool isDepthwise = false;

  int64_t pad() const { return filter / 2; }
  int64_t groups() const { return isDepthwise ? inputs : 1; }
  /// Products of one output element.
  int64_t terms() const { return filter * filter * inputs / groups(); }
  int64_t macs() const { return size * size * outputs * terms(); }

  /// Such as "3x3_56x56x64", with "dw" in front for depthwise layers.
  std::string name() const {
    auto times = [](int64_t a, int64_t b) {
      return std::to_string(a) + "x" + std::to_string(b);
    };
    return (isDepthwise ? "dw" : "") + times(filter, filter) + "_" +
           times(size, size) + "x" + std::to_string(outputs);
  }
};

} // namespace lowbit::benchmarks

#endif // LOWBIT_BENCHMARKS_LAYERSHAPE_H
