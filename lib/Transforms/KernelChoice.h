//===- KernelChoice.h - Which kernel a layer gets -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H
#define LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H

#include "dialects/Kernel/KernelAttrs.h"
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
};

/// Chooses for a `lowbit.conv2d` or `lowbit.matmul`.
KernelChoice chooseKernel(mlir::Operation *op, kernel::MachineAttr machine,
                          const KernelPolicy &policy);

/// Chooses for a float layer of TOSA (lowbit/Analysis/FloatLayers.h).
KernelChoice chooseFloatKernel(mlir::Operation *op, kernel::MachineAttr machine,
                               const KernelPolicy &policy);

/// Sizes of a tile.
struct TileSize {
  int64_t pixels, vectors;
};

/// Vector registers of a machine.
int64_t countRegisters(kernel::MachineAttr machine);

/// The tile that needs the fewest cycles for a row of `pixels` and `vectors`
/// vectors of channels, among those for which `registers` suffice.
TileSize chooseTile(int64_t pixels, int64_t vectors, int64_t registers,
                    llvm::function_ref<int64_t(TileSize)> countUsed,
                    llvm::function_ref<int64_t(TileSize)> countCycles);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H
