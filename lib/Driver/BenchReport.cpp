//===- BenchReport.cpp - What a measurement found -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BenchReport.h"

#include "Table.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <cmath>

using namespace lowbit;
using namespace lowbit::driver;

double LayersBench::sumNs() const {
  double sum = outside.medianNs;
  for (const LayerBench &layer : layers)
    sum += layer.times.medianNs;
  return sum;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// Nanoseconds: the clock tells no fractions of them.
static std::string spellNs(double ns) { return llvm::formatv("{0:F0}", ns); }

static std::string spellTimes(const Times &times, size_t runs) {
  return "median " + spellNs(times.medianNs) + " ns, minimum " +
         spellNs(times.minNs) + " ns, " + std::to_string(runs) + " runs";
}

static std::string spellShare(double share) {
  return llvm::formatv("{0:F1}", 100 * share);
}

static void printLayers(llvm::raw_ostream &os, const LayersBench &bench) {
  using enum Table::Kind;
  Table table({{"layer", Text},
               {"kernel", Text},
               {"MACs", Number},
               {"min ns", Number},
               {"median ns", Number},
               {"share %", Number},
               {"GMAC/s", Number},
               {"limit %", Number},
               {"bytes", Number}});
  for (const LayerBench &layer : bench.layers) {
    std::string rate = "-";
    if (layer.gmacsPerSecond() > 0)
      rate = llvm::formatv("{0:F2}", layer.gmacsPerSecond());
    std::string limit = "-";
    if (layer.limitShare() > 0)
      limit = spellShare(layer.limitShare());
    table.addRow({layer.name, layer.kernel, std::to_string(layer.macs),
                  spellNs(layer.times.minNs), spellNs(layer.times.medianNs),
                  spellShare(bench.share(layer.times)), rate, limit,
                  std::to_string(layer.movedBytes())});
  }
  table.addRow({"outside of layers", "-", "0", spellNs(bench.outside.minNs),
                spellNs(bench.outside.medianNs),
                spellShare(bench.share(bench.outside)), "-", "-", "-"});
  table.print(os);
}

void BenchReport::print(llvm::raw_ostream &os,
                        const BenchRequest &request) const {
  os << llvm::sys::path::filename(request.network) << " on " << cpu;
  if (threads > 1)
    os << ", " << threads << " threads";
  if (!cores.empty())
    os << (cores.size() == 1 ? ", core " : ", cores ")
       << llvm::join(
              llvm::map_range(
                  cores, [](unsigned core) { return std::to_string(core); }),
              ", ");
  os << ": " << spellTimes(whole.total(), whole.runs()) << '\n';
  if (alone)
    os << "one thread: " << spellTimes(alone->total(), alone->runs()) << "; "
       << threads << (threads == 1 ? " thread is " : " threads are ")
       << llvm::formatv("{0:F2} times as fast by the minima\n", speedup());
  if (!byLayer)
    return;
  printLayers(os, *byLayer);
  os << "with time stamps: " << spellTimes(byLayer->network, byLayer->runs)
     << "; sum of the medians above " << spellNs(byLayer->sumNs()) << " ns\n";
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static llvm::json::Object timesToJson(const Times &times) {
  return llvm::json::Object{{"median_ns", times.medianNs},
                            {"min_ns", times.minNs}};
}

static llvm::json::Object layerToJson(const LayerBench &layer, double share) {
  llvm::json::Object object = timesToJson(layer.times);
  object["share"] = share;
  object["name"] = layer.name;
  object["kernel"] = layer.kernel;
  object["macs"] = layer.macs;
  object["gmacs_per_s"] = layer.gmacsPerSecond();
  if (layer.leastNs > 0) {
    object["least_ns"] = layer.leastNs;
    object["limit_share"] = layer.limitShare();
  }
  object["input_bytes"] = layer.inputBytes;
  object["output_bytes"] = layer.outputBytes;
  object["constant_bytes"] = layer.constantBytes;
  return object;
}

/// What was asked for; what was not is left out.
static llvm::json::Object describeOptions(const BenchRequest &request) {
  const Quantization &quantization = request.quantization;
  llvm::json::Object options;
  for (auto [name, value] :
       std::initializer_list<std::pair<llvm::StringRef, const std::string &>>{
           {"recipe", quantization.recipe},
           {"calibration", quantization.calibration},
           {"normalization", quantization.normalization},
           {"target", request.code.triple},
           {"cpu", request.code.cpu},
           {"features", request.code.features}})
    if (!value.empty())
      options[name] = value;
  if (quantization.samples != 0)
    options["samples"] = quantization.samples;
  if (quantization.batch)
    options["batch"] = *quantization.batch;
  if (request.code.threads != 1)
    options["threads"] = request.code.threads;
  if (request.rounds != 0)
    options["rounds"] = request.rounds;
  else
    options["seconds"] = request.seconds;
  return options;
}

double BenchReport::speedup() const {
  return alone->total().minNs / whole.total().minNs;
}

llvm::json::Value BenchReport::toJson(const BenchRequest &request) const {
  llvm::json::Object object{{"network", request.network},
                            {"cpu", cpu},
                            {"options", describeOptions(request)}};
  if (cores.size() == 1)
    object["core"] = cores.front();
  else if (!cores.empty())
    object["cores"] = llvm::json::Array(cores);
  if (threads > 1)
    object["threads"] = threads;
  if (alone) {
    llvm::json::Object one = timesToJson(alone->total());
    one["runs"] = static_cast<int64_t>(alone->runs());
    object["one_thread"] = std::move(one);
    object["speedup"] = speedup();
  }
  llvm::json::Object total = timesToJson(whole.total());
  total["runs"] = static_cast<int64_t>(whole.runs());
  object["whole"] = std::move(total);
  llvm::json::Array list;
  if (byLayer) {
    for (const LayerBench &layer : byLayer->layers)
      list.push_back(layerToJson(layer, byLayer->share(layer.times)));
    llvm::json::Object outside = timesToJson(byLayer->outside);
    outside["share"] = byLayer->share(byLayer->outside);
    object["outside"] = std::move(outside);
    llvm::json::Object stamped = timesToJson(byLayer->network);
    stamped["runs"] = static_cast<int64_t>(byLayer->runs);
    object["stamped"] = std::move(stamped);
  }
  object["layers"] = std::move(list);
  return object;
}
