//===- Report.h - What became of every layer -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DRIVER_REPORT_H
#define LOWBIT_DRIVER_REPORT_H

#include "lowbit/Driver/Lowering.h"
#include "llvm/Support/JSON.h"

namespace lowbit::driver {

/// One layer of a planned network.
struct LayerReport {
  std::string name;
  std::string kernel;
  std::string weights; ///< level set, "f32", or "-" without weights
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<int64_t> shape; ///< of the first output
  int64_t macs = 0;
  int64_t numWeights = 0;
  int64_t weightBytes = 0; ///< as stored
  /// The levels that the weights were trained to; empty if none were found.
  std::string trained;
  /// Whether the weights are stored with these levels.
  bool keepsTrained = false;
  std::string reason;
  /// That share its loops; 0 where the network has one.
  int64_t threads = 0;
  /// Left to upstream's lowering, see Fallback.
  bool isFallback = false;

  int64_t floatBytes() const { return 4 * numWeights; }
};

/// All layers in program order.
struct NetworkReport {
  std::vector<LayerReport> layers;
  /// Where it was asked for; `makeReport` does not know it.
  std::optional<WorkspaceUse> workspace;

  LayerReport totals() const;
  /// Totals of the layers that keep trained levels.
  LayerReport trainedTotals() const;
  size_t numTrained() const;
  size_t numFallbacks() const;

  /// A table, one line per layer, and the totals.
  void print(llvm::raw_ostream &os) const;
  llvm::json::Value toJson() const;
};

/// Adds the threads of each layer, read off the same module at the level of
/// loops, and why a layer has one where the network has several.
void addThreads(NetworkReport &report, mlir::ModuleOp loops);

/// Reads the layers off a module that `plan` made.
NetworkReport makeReport(mlir::ModuleOp module,
                         llvm::ArrayRef<Fallback> fallbacks);

} // namespace lowbit::driver

#endif // LOWBIT_DRIVER_REPORT_H
