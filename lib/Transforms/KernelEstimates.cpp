//===- KernelEstimates.cpp - Time and bytes of plans -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/KernelPlans.h"

#include "lowbit/Numerics/KernelLayouts.h"

using namespace mlir;
using namespace lowbit;
using kernel::Family;
using kernel::PlanAttr;

//===----------------------------------------------------------------------===//
// Time
//===----------------------------------------------------------------------===//

namespace {
/// What the loops of a layer do, in steps on one vector.
struct Work {
  int64_t steps = 0;     ///< of the family
  int64_t widenings = 0; ///< of sums of 8 bits
  int64_t loads = 0;     ///< besides the weights, one for each step of a tile
};
} // namespace

static Work countLookupWork(const LayerShape &shape, PlanAttr plan) {
  int64_t groups = llvm::divideCeil(shape.channels, plan.getGroup());
  int64_t runs = plan.countRuns(groups, shape.filterWidth);
  int64_t perRow = groups * shape.filterWidth;
  int64_t pixels = shape.rows * shape.pixels, bytes = plan.getBytes();
  if (!plan.getRowsInLanes()) {
    int64_t tiles =
        pixels * llvm::divideCeil(shape.outputs, bytes) * shape.filterHeight;
    return {tiles * perRow, tiles * runs, 0};
  }
  // Input rows serve all filter rows at once; their sums are stored, and
  // gathered by each output row.
  int64_t fresh = std::min(shape.strideHeight, shape.filterHeight);
  int64_t tiles = pixels * fresh *
                  llvm::divideCeil(shape.outputs * shape.filterHeight, bytes);
  int64_t gathered =
      pixels * shape.filterHeight * llvm::divideCeil(2 * shape.outputs, bytes);
  return {tiles * perRow, runs == 1 ? 0 : tiles * runs, 2 * tiles + gathered};
}

static Work countWork(const LayerShape &shape, PlanAttr plan) {
  int64_t pixels = shape.rows * shape.pixels;
  int64_t vectors = llvm::divideCeil(shape.outputs, plan.getBytes() / 4);
  switch (plan.getFamily()) {
  case Family::Dot: {
    int64_t runs = shape.dilationWidth == 1 ? shape.filterHeight : shape.taps();
    int64_t steps = llvm::divideCeil(shape.taps() / runs * shape.channels,
                                     numerics::kDotGroup);
    return {pixels * vectors * runs * steps, 0, 0};
  }
  case Family::Depthwise: {
    int64_t blocks = llvm::divideCeil(shape.filterHeight, numerics::kDotGroup);
    return {pixels * vectors * shape.filterWidth * blocks, 0, 0};
  }
  case Family::Shift:
    return {pixels * vectors * shape.taps() * shape.channels * plan.getGroup(),
            0, 0};
  case Family::Lookup:
    return countLookupWork(shape, plan);
  case Family::Float:
  case Family::FloatDepthwise:
    break; // never of codes
  }
  llvm_unreachable("layers on codes have other families");
}

static double getStepCost(PlanAttr plan, const StepCosts &costs) {
  switch (plan.getFamily()) {
  case Family::Dot:
    return costs.dot;
  case Family::Depthwise:
    return costs.depthwise;
  case Family::Lookup:
    return costs.lookup(plan.getEntries());
  case Family::Shift:
    return costs.shift;
  case Family::Float:
  case Family::FloatDepthwise:
    break; // never of codes
  }
  llvm_unreachable("layers on codes have other families");
}

double lowbit::estimateTime(const LayerShape &shape, PlanAttr plan,
                            const StepCosts &costs) {
  Work work = countWork(shape, plan);
  auto steps = static_cast<double>(work.steps);
  double loads = steps / static_cast<double>(plan.getPixels()) +
                 static_cast<double>(work.loads);
  double picoseconds = steps * getStepCost(plan, costs) +
                       static_cast<double>(work.widenings) * costs.widen +
                       loads * costs.load;
  return picoseconds / 1000;
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

// What the packers of numerics/KernelLayouts.h make of the weights.
int64_t lowbit::countWeightBytes(const LayerShape &shape, PlanAttr plan) {
  int64_t bytes = plan.getBytes(), wideLanes = bytes / 4;
  int64_t taps = shape.taps();
  switch (plan.getFamily()) {
  case Family::Dot: {
    int64_t rows = shape.dilationWidth == 1 ? shape.filterHeight : taps;
    int64_t rowSize = taps / rows * shape.channels;
    return llvm::alignTo(shape.outputs, wideLanes) * rows *
           llvm::alignTo(rowSize, numerics::kDotGroup);
  }
  case Family::Depthwise:
    return llvm::alignTo(shape.outputs, wideLanes) * shape.filterWidth *
           llvm::alignTo(shape.filterHeight, numerics::kDotGroup);
  case Family::Shift:
    return llvm::alignTo(shape.outputs, wideLanes) * taps * shape.channels *
           plan.getGroup();
  case Family::Lookup: {
    int64_t groups = llvm::divideCeil(shape.channels, plan.getGroup());
    int64_t runs = llvm::divideCeil(groups, plan.getSteps());
    int64_t width = plan.getColumnsApart() ? 1 : shape.filterWidth;
    int64_t rows = (plan.getRowsInLanes() ? shape.filterWidth : taps) / width;
    int64_t lanes = shape.outputs *
                    (plan.getRowsInLanes() ? shape.filterHeight : int64_t(1));
    return llvm::alignTo(lanes, bytes) * rows * (runs + groups * width);
  }
  case Family::Float:
  case Family::FloatDepthwise:
    break; // never of codes
  }
  llvm_unreachable("layers on codes have other families");
}
