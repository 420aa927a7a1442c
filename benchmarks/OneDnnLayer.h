//===- OneDnnLayer.h - The same layer in oneDNN -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_BENCHMARKS_ONEDNNLAYER_H
#define LOWBIT_BENCHMARKS_ONEDNNLAYER_H

#include "benchmarks/LayerShape.h"

#include "oneapi/dnnl/dnnl.hpp"

#include <unordered_map>

namespace lowbit::benchmarks {

/// A convolution with bias and ReLU by oneDNN 2, in the layouts that it asks
/// for and by the implementation that it ranks first.
class OneDnnLayer {
public:
  enum class Kind {
    Int8,  ///< u8 times s8, with a scale for each channel, to u8
    Float, ///< f32
  };
  OneDnnLayer(const LayerShape &shape, Kind kind);

  void run() {
    convolution.execute(stream, arguments);
    stream.wait();
  }

  /// oneDNN's name for what computes it.
  const std::string &implementation() const { return name; }

private:
  void bind(int argument, const dnnl::memory::desc &description);

  dnnl::engine engine;
  dnnl::stream stream;
  dnnl::convolution_forward convolution;
  std::unordered_map<int, dnnl::memory> arguments;
  std::string name;
};

} // namespace lowbit::benchmarks

#endif // LOWBIT_BENCHMARKS_ONEDNNLAYER_H
