//===- CompiledLayer.h - A layer in our own machine code -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_BENCHMARKS_COMPILEDLAYER_H
#define LOWBIT_BENCHMARKS_COMPILEDLAYER_H

#include "benchmarks/LayerShape.h"
#include "lowbit/Numerics/LevelSet.h"
#include "lowbit/Target/Network.h"

#include <memory>
#include <vector>

namespace lowbit::benchmarks {

/// What a layer computes with. Its sums become levels of its input again.
struct LayerLevels {
  std::string name;
  numerics::LevelSet weights, activations;
};

/// A network of one layer, with random weights and a random input.
class CompiledLayer {
public:
  /// Compiles for this processor. Null after an error was reported.
  static std::unique_ptr<CompiledLayer> create(const LayerShape &shape,
                                               const LayerLevels &levels);

  /// Whether the layer ran.
  bool run();

  /// As `lowbit report` names it.
  const std::string &kernel() const { return kernelName; }

private:
  CompiledLayer(std::unique_ptr<target::Network> network, std::string kernel,
                const numerics::LevelSet &activations);

  std::unique_ptr<target::Network> network;
  std::string kernelName;
  target::Workspace workspace;
  std::vector<char> input, output;
};

} // namespace lowbit::benchmarks

#endif // LOWBIT_BENCHMARKS_COMPILEDLAYER_H
