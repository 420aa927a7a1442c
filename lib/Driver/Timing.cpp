//===- Timing.cpp - How long networks and their layers take -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Timing.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <random>

using namespace lowbit;
using namespace lowbit::driver;
using Clock = std::chrono::steady_clock;

/// A round lasts as long at least; reading the clock takes some 0.00005 ms.
static constexpr double kRoundNs = 100e3;
/// Fewer rounds have no median.
static constexpr size_t kMinRounds = 3;
/// More runs with stamps are not kept.
static constexpr size_t kMaxStampedRuns = 1 << 16;
/// The counter's rate is known after so long.
static constexpr double kMinCalibrationNs = 20e6;

static double getNs(Clock::duration time) {
  return std::chrono::duration<double, std::nano>(time).count();
}

double driver::getMedian(std::vector<double> values) {
  auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Times Times::of(const std::vector<double> &values) {
  return {getMedian(values), *std::min_element(values.begin(), values.end())};
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// Fills `bytes` with elements of `array`. Takes the generator's bits as they
/// are: distributions of the standard library differ between machines.
static void fill(const target::Array &array, const InputRange &range,
                 std::mt19937 &generator, std::vector<char> &bytes) {
  if (!array.isFloat()) {
    for (char &byte : bytes)
      byte = static_cast<char>(generator() >> 24);
    return;
  }
  for (size_t at = 0; at != bytes.size(); at += sizeof(float)) {
    float fraction = static_cast<float>(generator() >> 8) * 0x1p-24f;
    float element = range.low + (range.high - range.low) * fraction;
    std::memcpy(bytes.data() + at, &element, sizeof(float));
  }
}

Call::Call(const target::Network &network, llvm::ArrayRef<InputRange> ranges)
    : network(network), workspace(network.interface()) {
  std::mt19937 generator; // with its default seed
  for (auto [array, range] :
       llvm::zip_equal(network.interface().inputs, ranges)) {
    inputs.emplace_back(array.numBytes());
    fill(array, range, generator, inputs.back());
  }
  for (const target::Array &array : network.interface().outputs)
    outputs.emplace_back(array.numBytes());
  // An array without elements has an address as well, or null were refused.
  for (std::vector<char> &input : inputs) {
    input.reserve(1);
    inputPointers.push_back(input.data());
  }
  for (std::vector<char> &output : outputs) {
    output.reserve(1);
    outputPointers.push_back(output.data());
  }
}

//===----------------------------------------------------------------------===//
// Whole networks
//===----------------------------------------------------------------------===//

/// Runs for a tenth of the budget, twice at least. Returns the nanoseconds of
/// one run.
static double warmUp(Call &call, const Budget &budget) {
  Clock::time_point start = Clock::now();
  double elapsed = 0;
  size_t runs = 0;
  while (runs < 2 || elapsed < budget.seconds * 1e8) {
    call.run();
    ++runs;
    elapsed = getNs(Clock::now() - start);
  }
  return elapsed / static_cast<double>(runs);
}

NetworkTimes driver::measureNetwork(Call &call, const Budget &budget) {
  NetworkTimes times;
  double expected = std::max(warmUp(call, budget), 1.0);
  times.runsPerRound = std::max<size_t>(std::ceil(kRoundNs / expected), 1);
  auto isEnough = [&, start = Clock::now()] {
    if (budget.rounds != 0)
      return times.rounds.size() >= budget.rounds;
    return times.rounds.size() >= kMinRounds &&
           getNs(Clock::now() - start) >= budget.seconds * 1e9;
  };
  while (!isEnough()) {
    Clock::time_point start = Clock::now();
    for (size_t run = 0; run != times.runsPerRound; ++run)
      call.run();
    times.rounds.push_back(getNs(Clock::now() - start) /
                           static_cast<double>(times.runsPerRound));
  }
  return times;
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

namespace {
/// Gathers what the counter said, in its ticks.
class StampReader {
public:
  explicit StampReader(const Call &call)
      : stamps(call.getOutputs().back()),
        layers(stamps.size() / (2 * sizeof(uint64_t)) - 1) {}

  /// When the network began.
  uint64_t begin() const { return at(0, 0); }

  void keep() {
    double total = ticks(0), outside = total;
    for (size_t layer = 0; layer != layers.size(); ++layer) {
      double taken = ticks(layer + 1);
      layers[layer].push_back(taken);
      outside -= taken;
    }
    totals.push_back(total);
    others.push_back(outside);
  }

  size_t numRuns() const { return totals.size(); }

  LayerTimes getTimes(double nsPerTick) const {
    auto scale = [&](const std::vector<double> &values) {
      Times times = Times::of(values);
      return Times{times.medianNs * nsPerTick, times.minNs * nsPerTick};
    };
    LayerTimes times{scale(totals), {}, scale(others), numRuns()};
    for (const std::vector<double> &values : layers)
      times.layers.push_back(scale(values));
    return times;
  }

private:
  uint64_t at(size_t row, size_t column) const {
    uint64_t stamp;
    std::memcpy(&stamp, stamps.data() + (2 * row + column) * sizeof(stamp),
                sizeof(stamp));
    return stamp;
  }
  double ticks(size_t row) const {
    return static_cast<double>(at(row, 1) - at(row, 0));
  }

  llvm::ArrayRef<char> stamps;
  /// One number for each run that was kept; of `layers` for each layer.
  std::vector<std::vector<double>> layers;
  std::vector<double> totals, others;
};
} // namespace

std::optional<LayerTimes> driver::measureLayers(Call &call,
                                                const Budget &budget) {
  StampReader reader(call);
  warmUp(call, budget);
  // The first and the last run also give the counter's rate: the time from
  // calling the network to its first stamp is the same for both.
  Clock::time_point start = Clock::now(), last = start;
  call.run();
  uint64_t firstTick = reader.begin();
  size_t wanted =
      budget.rounds ? std::min(budget.rounds, kMaxStampedRuns) : kMinRounds;
  double wantedNs = budget.rounds ? 0 : budget.seconds * 1e9;
  auto isEnough = [&] {
    return reader.numRuns() >= wanted &&
           getNs(last - start) >= std::max(wantedNs, kMinCalibrationNs);
  };
  while (!isEnough()) {
    last = Clock::now();
    call.run();
    if (reader.numRuns() < kMaxStampedRuns)
      reader.keep();
  }
  auto passed = static_cast<int64_t>(reader.begin() - firstTick);
  if (passed <= 0)
    return std::nullopt;
  return reader.getTimes(getNs(last - start) / static_cast<double>(passed));
}
