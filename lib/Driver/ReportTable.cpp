//===- ReportTable.cpp - Reports as text -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Report.h"

#include "Table.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace lowbit::driver;

/// A long list by its ends: columns are to stay readable.
static std::string shorten(const std::string &levels) {
  if (llvm::StringRef(levels).count(',') <= 4 ||
      !llvm::StringRef(levels).starts_with("levels<["))
    return levels;
  llvm::StringRef text(levels);
  return (text.take_front(text.find(',')) + ", ...," +
          text.drop_front(text.rfind(',') + 1))
      .str();
}

/// The stored levels, and the ones that the weights were trained to.
static std::string describeWeights(const LayerReport &layer) {
  if (layer.trained.empty())
    return shorten(layer.weights);
  if (layer.trained == layer.weights)
    return shorten(layer.weights) + " (trained)";
  return shorten(layer.weights) + " (trained " + shorten(layer.trained) + ")";
}

static void printTrained(llvm::raw_ostream &os, const NetworkReport &report) {
  size_t count = report.numTrained();
  if (count == 0)
    return;
  LayerReport total = report.trainedTotals();
  os << "trained levels in " << count << (count == 1 ? " layer: " : " layers: ")
     << total.weightBytes << " bytes, "
     << total.floatBytes() - total.weightBytes << " less than float, "
     << total.numWeights - total.weightBytes << " less than 8 bits\n";
}

static std::vector<std::string> makeRow(const LayerReport &layer,
                                        bool hasThreads) {
  std::string shape = llvm::join(
      llvm::map_range(layer.shape,
                      [](int64_t size) { return std::to_string(size); }),
      "x");
  std::vector<std::string> row = {layer.name,
                                  layer.kernel,
                                  describeWeights(layer),
                                  llvm::join(layer.inputs, ", ") + " -> " +
                                      llvm::join(layer.outputs, ", "),
                                  shape,
                                  std::to_string(layer.macs),
                                  std::to_string(layer.weightBytes),
                                  std::to_string(layer.floatBytes())};
  if (hasThreads)
    row.push_back(std::to_string(layer.threads));
  row.push_back((layer.isFallback ? "FALLBACK: " : "") + layer.reason);
  return row;
}

static void printWorkspace(llvm::raw_ostream &os,
                           const WorkspaceUse &workspace) {
  os << "workspace: " << workspace.bytes << " bytes";
  if (workspace.bytes == workspace.lowerBound)
    os << ", all of them";
  else
    os << llvm::format(", %.1f %% above the ", workspace.excess())
       << workspace.lowerBound << " that are";
  os << " alive at once ";
  if (workspace.peakLayer.empty())
    os << "outside of layers\n";
  else
    os << "in layer '" << workspace.peakLayer << "'\n";
}

void NetworkReport::print(llvm::raw_ostream &os) const {
  using enum Table::Kind;
  std::vector<Table::Column> columns = {
      {"layer", Text},       {"kernel", Text},    {"weights", Text},
      {"activations", Text}, {"output", Text},    {"MACs", Number},
      {"bytes", Number},     {"in float", Number}};
  bool hasThreads = llvm::any_of(
      layers, [](const LayerReport &layer) { return layer.threads != 0; });
  if (hasThreads)
    columns.push_back({"threads", Number});
  columns.push_back({"reason", Text});
  Table table(std::move(columns));
  for (const LayerReport &layer : layers)
    table.addRow(makeRow(layer, hasThreads));
  table.print(os);

  LayerReport total = totals();
  os << "total: " << layers.size() << " layers, " << total.macs << " MACs, "
     << total.weightBytes << " bytes of weights, " << total.floatBytes()
     << " in float";
  if (total.weightBytes > 0)
    os << llvm::format(" (%.1f times as many)",
                       static_cast<double>(total.floatBytes()) /
                           static_cast<double>(total.weightBytes));
  os << '\n';
  printTrained(os, *this);
  if (workspace)
    printWorkspace(os, *workspace);
  if (size_t count = numFallbacks())
    os << count << (count == 1 ? " layer falls" : " layers fall")
       << " back to upstream's lowering\n";
}
