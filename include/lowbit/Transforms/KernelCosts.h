//===- KernelCosts.h - What the steps of kernels cost -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TRANSFORMS_KERNELCOSTS_H
#define LOWBIT_TRANSFORMS_KERNELCOSTS_H

#include "dialects/Kernel/KernelAttrs.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace lowbit {

/// Picoseconds that steps on one vector take within the loops of kernels.
struct StepCosts {
  double dot = 0;       ///< sums of four byte products
  double depthwise = 0; ///< the same, of one channel a lane
  double lookup16 = 0;  ///< a look into tables of 16 bytes, and its sum
  double lookup64 = 0;  ///< tables of 64 bytes; 0: the machine has none
  double lookup128 = 0; ///< tables of 96 or 128 bytes
  double widen = 0;     ///< sums of 8 bits added to sums of 16
  double shift = 0;     ///< one signed power of two of 32-bit lanes
  double load = 0;      ///< weights, which all pixels of a tile share

  double lookup(int64_t entries) const {
    return entries > 64 ? lookup128 : entries > 16 ? lookup64 : lookup16;
  }
};

/// The costs on one class of machines.
struct MachineCosts {
  std::string name;
  std::string measuredOn; ///< a processor, or how else the costs are known
  int64_t bytes = 0;      ///< of a vector
  std::vector<std::string> features; ///< that the class has at least
  StepCosts steps;
};

/// Costs of classes of machines, the most capable first. YAML:
///
///     machines:
///       - name: avx512-vbmi
///         measured-on: znver4
///         bytes: 64
///         features: [avx512vnni, avx512vbmi]
///         picoseconds: {dot: 290, ...}
struct KernelCosts {
  std::vector<MachineCosts> machines;

  /// The first class that `machine` belongs to; null if there is none.
  const MachineCosts *find(kernel::MachineAttr machine) const;
  void print(llvm::raw_ostream &os) const;
};

/// Costs in YAML; an error names the place in `fileName`.
llvm::Expected<KernelCosts> parseKernelCosts(llvm::StringRef text,
                                             llvm::StringRef fileName);
llvm::Expected<KernelCosts> loadKernelCosts(llvm::StringRef fileName);

/// What this build knows (lib/Transforms/KernelCosts.yaml).
const KernelCosts &getKnownKernelCosts();

} // namespace lowbit

#endif // LOWBIT_TRANSFORMS_KERNELCOSTS_H
