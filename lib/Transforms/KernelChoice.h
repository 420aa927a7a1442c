//===- KernelChoice.h - Which kernel a layer gets -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H
#define LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H

#include "lowbit/Transforms/KernelCosts.h"
#include "mlir/IR/Operation.h"

#include <optional>
#include <string>

namespace lowbit {

/// The plan of a layer, or why it has none.
struct KernelChoice {
  kernel::PlanAttr plan; ///< null: plain loops
  std::string reason;
  int64_t weightBytes = 0; ///< in the order of the plan, without tables
};

/// What choices are made among.
struct KernelPolicy {
  /// The only family that is used where it fits; nothing: the best of all.
  std::optional<kernel::Family> family;
  /// Whether layers get plain loops only.
  bool isLoops = false;
  /// Whether layers that can do without multiplications may have them.
  bool allowsProducts = false;
  /// What steps cost on the machine.
  StepCosts costs;
};

/// Chooses for a `lowbit.conv2d` or `lowbit.matmul` what is fastest by
/// estimate; the reason names what comes second.
KernelChoice chooseKernel(mlir::Operation *op, kernel::MachineAttr machine,
                          const KernelPolicy &policy);

/// Chooses for a float layer of TOSA (lowbit/Analysis/FloatLayers.h).
KernelChoice chooseFloatKernel(mlir::Operation *op, kernel::MachineAttr machine,
                               const KernelPolicy &policy);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H
