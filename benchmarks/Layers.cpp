//===- Layers.cpp - Single layers beside oneDNN -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "benchmarks/CompiledLayer.h"
#include "benchmarks/OneDnnLayer.h"

#include "benchmark/benchmark.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

#ifdef __linux__
#include <sched.h>
#endif

using namespace lowbit::benchmarks;
using lowbit::numerics::LevelSet;

static const LayerShape kShapes[] = {
    {3, 56, 64, 64},  {3, 28, 128, 128}, {3, 14, 256, 256},
    {3, 7, 512, 512}, {3, 32, 16, 16},   {3, 16, 32, 32},
    {3, 8, 64, 64},   {1, 14, 512, 512}, {3, 56, 64, 64, /*isDepthwise=*/true},
};

static const LayerLevels kLevels[] = {
    {"ternary", LevelSet::ternary(), LevelSet::unsignedInteger(2)},
    {"pow2<3>", LevelSet::pow2(3), LevelSet::unsignedInteger(2)},
    {"bipolar", LevelSet::bipolar(), LevelSet::unsignedInteger(1)},
    {"int<8>", LevelSet::integer(8), LevelSet::unsignedInteger(8)},
};

static constexpr const char *kInt8Peer = "oneDNN_int8";
static constexpr const char *kFloatPeer = "oneDNN_f32";

//===----------------------------------------------------------------------===//
// What is timed
//===----------------------------------------------------------------------===//

static void count(benchmark::State &state, const LayerShape &shape,
                  const std::string &label) {
  state.counters["MAC/s"] =
      benchmark::Counter(static_cast<double>(shape.macs()),
                         benchmark::Counter::kIsIterationInvariantRate);
  state.SetLabel(label);
}

static void timeOurs(benchmark::State &state, const LayerShape &shape,
                     const LayerLevels &levels) {
  // Compiling takes longer than timing, and is done once for all repetitions.
  static std::map<std::string, std::unique_ptr<CompiledLayer>> layers;
  auto &layer = layers[shape.name() + levels.name];
  if (!layer)
    layer = CompiledLayer::create(shape, levels);
  if (!layer || !layer->run())
    return state.SkipWithError("does not compile or run");
  for (auto _ : state)
    layer->run();
  count(state, shape, layer->kernel());
}

static void timePeer(benchmark::State &state, const LayerShape &shape,
                     OneDnnLayer::Kind kind) {
  OneDnnLayer layer(shape, kind);
  layer.run();
  for (auto _ : state)
    layer.run();
  count(state, shape, layer.implementation());
}

static void registerAll() {
  auto add = [](const LayerShape &shape, const std::string &name, auto function,
                auto argument) {
    benchmark::RegisterBenchmark(
        (shape.name() + "/" + name).c_str(),
        [=](benchmark::State &state) { function(state, shape, argument); })
        ->Unit(benchmark::kMicrosecond);
  };
  for (const LayerShape &shape : kShapes) {
    add(shape, kInt8Peer, timePeer, OneDnnLayer::Kind::Int8);
    add(shape, kFloatPeer, timePeer, OneDnnLayer::Kind::Float);
    for (const LayerLevels &levels : kLevels)
      add(shape, levels.name, timeOurs, levels);
  }
}

//===----------------------------------------------------------------------===//
// What is printed
//===----------------------------------------------------------------------===//

namespace {
/// Shows the fastest repetition of each benchmark, and keeps its time: that of
/// the processor, which does not count when others have the core.
class FastestReporter : public benchmark::ConsoleReporter {
public:
  FastestReporter() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run> &runs) override {
    const Run *fastest = nullptr;
    for (const Run &run : runs) {
      if (run.error_occurred) {
        ConsoleReporter::ReportRuns({run});
        return;
      }
      if (run.run_type == Run::RT_Iteration &&
          (!fastest ||
           run.GetAdjustedCPUTime() < fastest->GetAdjustedCPUTime()))
        fastest = &run;
    }
    if (!fastest)
      return;
    microseconds[fastest->run_name.function_name] =
        fastest->GetAdjustedCPUTime();
    ConsoleReporter::ReportRuns({*fastest});
  }

  /// Microseconds of a benchmark; not a number if it did not run.
  double get(const LayerShape &shape, const std::string &name) const {
    auto found = microseconds.find(shape.name() + "/" + name);
    return found == microseconds.end() ? NAN : found->second;
  }

private:
  std::map<std::string, double> microseconds;
};
} // namespace

/// A row for each of our layers that ran, and the geometric mean of the
/// ratios.
static void printRows(const FastestReporter &times, const LayerLevels &levels) {
  double logs = 0;
  int rows = 0;
  for (const LayerShape &shape : kShapes) {
    double ours = times.get(shape, levels.name);
    double int8 = times.get(shape, kInt8Peer);
    double floats = times.get(shape, kFloatPeer);
    if (std::isnan(ours) || std::isnan(int8))
      continue;
    auto speed = [&](double time) {
      return static_cast<double>(shape.macs()) / time / 1e3;
    };
    std::printf("| %s | %s | %.1f | %.0f | %.1f | %.0f | %.1f | %.2f |\n",
                levels.name.c_str(), shape.name().c_str(), ours, speed(ours),
                int8, speed(int8), floats, int8 / ours);
    logs += std::log(int8 / ours);
    ++rows;
  }
  if (rows > 1)
    std::printf("| %s | geometric mean | | | | | | %.2f |\n",
                levels.name.c_str(), std::exp(logs / rows));
}

static void printTable(const FastestReporter &times) {
  std::printf("\nRatio: time of oneDNN's int8 over ours; above 1, ours is "
              "faster. Least CPU times.\n\n"
              "| levels | layer | ours, us | GMAC/s | oneDNN int8, us | GMAC/s "
              "| oneDNN f32, us | ratio |\n"
              "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (const LayerLevels &levels : kLevels)
    printRows(times, levels);
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

/// Whether this process stays on one core, so that nobody uses two.
static bool isPinned() {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) != 1)
    return false;
#endif
  const char *threads = std::getenv("OMP_NUM_THREADS");
  return !threads || std::string(threads) == "1";
}

int main(int argc, char **argv) {
  if (!isPinned()) {
    std::fprintf(stderr,
                 "%s: run it on one core and one thread: taskset -c 1 "
                 "env OMP_NUM_THREADS=1 %s\n",
                 argv[0], argv[0]);
    return 1;
  }
  // Defaults, which the command line overrides: all take turns, so that a slow
  // spell of the machine hits all of them.
  std::vector<std::string> words = {
      argv[0], "--benchmark_repetitions=15", "--benchmark_min_time=0.02",
      "--benchmark_enable_random_interleaving=true"};
  words.insert(words.end(), argv + 1, argv + argc);
  std::vector<char *> arguments;
  for (std::string &word : words)
    arguments.push_back(word.data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data()))
    return 1;
  registerAll();
  FastestReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  printTable(reporter);
  return 0;
}
