//===- BenchReport.h - What a measurement found -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_DRIVER_BENCHREPORT_H
#define LOWBIT_LIB_DRIVER_BENCHREPORT_H

#include "Timing.h"
#include "dialects/Kernel/KernelAttrs.h"
#include "lowbit/Driver/Commands.h"
#include "llvm/Support/JSON.h"

namespace lowbit::driver {

/// One layer and its times.
struct LayerBench {
  std::string name;
  std::string kernel;
  kernel::PlanAttr plan; ///< null: it has no kernel
  int64_t macs = 0;      ///< 0: it has no weights
  /// What it reads and writes as others see it: scratch memory is not counted,
  /// and every array once.
  int64_t inputBytes = 0, outputBytes = 0, constantBytes = 0;
  /// What its multiply-accumulates take at least on this machine; 0: it has no
  /// kernel.
  double leastNs = 0;
  Times times;

  int64_t movedBytes() const {
    return inputBytes + outputBytes + constantBytes;
  }
  /// Billions of multiply-accumulates per second, by the median; 0: none, or
  /// too short for the counter.
  double gmacsPerSecond() const {
    return times.medianNs > 0 ? static_cast<double>(macs) / times.medianNs : 0;
  }
  /// Fraction of the machine's limit that it reached, by the median; 0 where
  /// that is not known.
  double limitShare() const {
    return times.medianNs > 0 ? leastNs / times.medianNs : 0;
  }
};

/// Times by layer, from a build with time stamps.
struct LayersBench {
  std::vector<LayerBench> layers; ///< in program order
  Times outside;                  ///< of layers
  Times network;                  ///< the whole, stamps included
  size_t runs = 0;

  /// Sum of the medians of all layers and of what is outside, in nanoseconds:
  /// what shares are of.
  double sumNs() const;
  /// Fraction of the sum.
  double share(const Times &times) const {
    double sum = sumNs();
    return sum > 0 ? times.medianNs / sum : 0;
  }
};

struct BenchReport {
  std::string cpu; ///< this machine's, as LLVM names it
  std::vector<unsigned> cores;
  int64_t threads = 1;
  NetworkTimes whole;                ///< from a build without time stamps
  std::optional<NetworkTimes> alone; ///< the same for one thread
  std::optional<LayersBench> byLayer;

  /// How many times as fast as one thread; `alone` is there.
  double speedup() const;
  void print(llvm::raw_ostream &os, const BenchRequest &request) const;
  llvm::json::Value toJson(const BenchRequest &request) const;
};

} // namespace lowbit::driver

#endif // LOWBIT_LIB_DRIVER_BENCHREPORT_H
