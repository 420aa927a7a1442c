//===- KernelPlans.h - Plans that a layer can have -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_KERNELPLANS_H
#define LOWBIT_LIB_TRANSFORMS_KERNELPLANS_H

#include "dialects/Kernel/KernelAttrs.h"
#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitTypes.h"
#include "lowbit/Transforms/KernelCosts.h"

namespace lowbit {

/// What plans of a `lowbit.conv2d` or `lowbit.matmul` depend on.
struct LayerShape {
  numerics::LevelSet input, weight;
  IntegerRange range; ///< of the input
  llvm::SmallVector<int32_t> levels;
  int64_t channels, outputs;
  int64_t rows, pixels; ///< rows of the output, in all, and pixels of one
  int64_t filterHeight, filterWidth;
  int64_t groups;
  int64_t strideHeight, dilationHeight, dilationWidth;
  int64_t sumBits;
  bool isMultiplierFree;

  /// The shape of `op`; nothing if its weights are not constant.
  static std::optional<LayerShape> get(mlir::Operation *op);

  bool isDepthwise() const {
    return groups > 1 && groups == channels && groups == outputs;
  }
  int64_t taps() const { return filterHeight * filterWidth; }
};

/// Sizes of a tile.
struct TileSize {
  int64_t pixels, vectors;
};

/// The tile that needs the fewest cycles for a row of `pixels` and `vectors`
/// vectors of channels, among those for which `registers` suffice.
TileSize chooseTile(int64_t pixels, int64_t vectors, int64_t registers,
                    llvm::function_ref<int64_t(TileSize)> countUsed,
                    llvm::function_ref<int64_t(TileSize)> countCycles);

/// Byte products: weights must fit a byte, inputs lie within 256 integers.
kernel::PlanAttr planDot(const LayerShape &shape, kernel::MachineAttr machine);
kernel::PlanAttr planDepthwise(const LayerShape &shape,
                               kernel::MachineAttr machine);
/// Shifts, for weights that are sums of few powers of two; null for others.
kernel::PlanAttr planShift(const LayerShape &shape,
                           kernel::MachineAttr machine);
/// Lookups, for each size of table that the machine has and for both meanings
/// of lanes; none where levels are not few.
llvm::SmallVector<kernel::PlanAttr> planLookups(const LayerShape &shape,
                                                kernel::MachineAttr machine);

/// Nanoseconds that the sums of a layer take, without what follows them.
double estimateTime(const LayerShape &shape, kernel::PlanAttr plan,
                    const StepCosts &costs);

/// Bytes of the weights in the order of the plan, without tables.
int64_t countWeightBytes(const LayerShape &shape, kernel::PlanAttr plan);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_KERNELPLANS_H
