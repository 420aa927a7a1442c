//===- Timing.h - How long networks and their layers take -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_DRIVER_TIMING_H
#define LOWBIT_LIB_DRIVER_TIMING_H

#include "lowbit/Target/Network.h"
#include "mlir/Support/LLVM.h"
#include "llvm/Support/LogicalResult.h"

#include <optional>
#include <vector>

namespace lowbit::driver {

/// The upper median. `values` is not empty.
double getMedian(std::vector<double> values);

/// Real numbers that an input of floats is filled with.
struct InputRange {
  float low = -1;
  float high = 1;
};

/// A network with memory for its arrays. Inputs hold random numbers, always
/// the same: floats from the range of the input, integers from all that their
/// type has.
class Call {
public:
  /// `ranges`: one for each input.
  Call(const target::Network &network, llvm::ArrayRef<InputRange> ranges);

  /// Runs the network once; returns what it returns.
  int run() {
    return network.run(inputPointers, outputPointers, workspace.data());
  }

  /// The bytes of each output of the last run.
  llvm::ArrayRef<std::vector<char>> getOutputs() const { return outputs; }

private:
  const target::Network &network;
  target::Workspace workspace;
  std::vector<std::vector<char>> inputs, outputs;
  llvm::SmallVector<const void *> inputPointers;
  llvm::SmallVector<void *> outputPointers;
};

/// How long to measure.
struct Budget {
  double seconds = 1; ///< without the warm-up, which takes a tenth of it
  size_t rounds = 0;  ///< 0: as many as fit into `seconds`
};

/// What was measured of one thing.
struct Times {
  double medianNs = 0;
  double minNs = 0;

  /// Of `values` in nanoseconds, at least one.
  static Times of(const std::vector<double> &values);
};

/// Times of a whole network.
struct NetworkTimes {
  /// Nanoseconds per run, one number for each round.
  std::vector<double> rounds;
  /// So many that reading the clock does not count.
  size_t runsPerRound = 1;

  Times total() const { return Times::of(rounds); }
  size_t runs() const { return rounds.size() * runsPerRound; }
};

/// Warms up, then measures on this thread.
NetworkTimes measureNetwork(Call &call, const Budget &budget);

/// Times of the layers of a network with time stamps.
struct LayerTimes {
  /// The whole network, stamps included.
  Times network;
  std::vector<Times> layers;
  /// What the network does outside of layers.
  Times outside;
  size_t runs = 0;
};

/// Warms up, then measures on this thread. `call` is of a network whose last
/// output are the stamps of lowbit-insert-timers. Nothing if the machine's
/// counter stands still.
std::optional<LayerTimes> measureLayers(Call &call, const Budget &budget);

} // namespace lowbit::driver

#endif // LOWBIT_LIB_DRIVER_TIMING_H
