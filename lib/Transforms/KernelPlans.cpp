//===- KernelPlans.cpp - Plans that a layer can have -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/KernelPlans.h"

#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Numerics/KernelLayouts.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit;
using kernel::Family;
using kernel::MachineAttr;
using kernel::PlanAttr;

std::optional<LayerShape> LayerShape::get(Operation *op) {
  ConstantOp constant = getWeightConstant(op->getOperand(1));
  if (!constant)
    return std::nullopt;
  Value input = op->getOperand(0), weight = op->getOperand(1);
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  auto filter = cast<RankedTensorType>(weight.getType());
  LayerShape shape = {.input = *getLevelSet(input.getType()),
                      .weight = *getLevelSet(weight.getType()),
                      .range = getRange(input).unite({0, 0}),
                      .levels = constant.getLevels(),
                      .channels = getChannels(input),
                      .outputs = getChannels(op->getResult(0)),
                      .rows = 1,
                      .pixels = result.getDimSize(result.getRank() - 2),
                      .filterHeight = 1,
                      .filterWidth = 1,
                      .groups = 1,
                      .strideHeight = 1,
                      .dilationHeight = 1,
                      .dilationWidth = 1,
                      .sumBits = result.getElementTypeBitWidth(),
                      .isMultiplierFree = op->hasAttr(kMultiplierFreeAttr)};
  auto conv = dyn_cast<Conv2DOp>(op);
  if (!conv)
    return shape;
  shape.filterHeight = filter.getDimSize(1);
  shape.filterWidth = filter.getDimSize(2);
  shape.groups = conv.getGroups();
  shape.strideHeight = conv.getStride()[0];
  shape.dilationHeight = conv.getDilation()[0];
  shape.dilationWidth = conv.getDilation()[1];
  // One long row, if no pixel is left out.
  if (shape.taps() == 1 && conv.getStride()[0] == 1 && conv.getStride()[1] == 1)
    shape.pixels = result.getNumElements() / shape.outputs;
  else
    shape.rows = result.getDimSize(0) * result.getDimSize(1);
  return shape;
}

/// NEON multiplies bytes of equal signedness: unsigned inputs are moved below
/// 128 for it, unless instructions of i8mm take them as they are. Two products
/// must fit 16 bits.
static bool takesSignedInput(const LayerShape &shape, MachineAttr machine) {
  return machine.has("neon") && !machine.has("i8mm") &&
         llvm::all_of(shape.levels, [](int32_t level) { return level > -128; });
}

//===----------------------------------------------------------------------===//
// Byte products
//===----------------------------------------------------------------------===//

TileSize lowbit::chooseTile(int64_t pixels, int64_t vectors, int64_t registers,
                            function_ref<int64_t(TileSize)> countUsed,
                            function_ref<int64_t(TileSize)> countCycles) {
  TileSize best = {1, 1};
  int64_t least = std::numeric_limits<int64_t>::max();
  for (int64_t v = 1; v <= std::min<int64_t>(vectors, 8); ++v)
    for (int64_t p = 1; p <= std::min<int64_t>(pixels, 28); ++p) {
      // Blocks are spread evenly: their size may be smaller than `p`.
      TileSize size = {p, v};
      if (countUsed(size) > registers)
        break;
      int64_t tiles =
          llvm::divideCeil(pixels, p) * llvm::divideCeil(vectors, v);
      int64_t cycles = tiles * countCycles(size);
      if (cycles < least) {
        least = cycles;
        best = size;
      }
    }
  return best;
}

PlanAttr lowbit::planDot(const LayerShape &shape, MachineAttr machine) {
  int64_t bytes = machine.getBytes();
  int64_t vectors =
      llvm::divideCeil(shape.outputs, bytes / numerics::kDotGroup);
  TileSize tile = chooseTile(
      shape.pixels, vectors, machine.countRegisters() - 1,
      [](TileSize size) {
        return size.pixels * size.vectors + size.vectors + 1;
      },
      [](TileSize size) {
        // Dots, loads and the latency of a dot bound a step.
        return std::max<int64_t>({2 * size.pixels * size.vectors,
                                  2 * (size.pixels + size.vectors), 8}) +
               2;
      });
  return PlanAttr::get(machine.getContext(), Family::Dot, bytes, tile.pixels,
                       tile.vectors, numerics::kDotGroup, 0, 0, false, false,
                       takesSignedInput(shape, machine));
}

PlanAttr lowbit::planDepthwise(const LayerShape &shape, MachineAttr machine) {
  int64_t most = machine.countRegisters() / 4;
  int64_t blocks = llvm::divideCeil(shape.pixels, most);
  return PlanAttr::get(
      machine.getContext(), Family::Depthwise, machine.getBytes(),
      llvm::divideCeil(shape.pixels, blocks), 1, numerics::kDotGroup, 0, 0,
      false, false, takesSignedInput(shape, machine));
}

//===----------------------------------------------------------------------===//
// Lookups
//===----------------------------------------------------------------------===//

static int64_t roundEntries(int64_t codes) {
  for (int64_t entries : {16, 64, 96})
    if (codes <= entries)
      return entries;
  return 128;
}

/// Sums of at most 8 bits that are looked up for a layer.
struct LookupRuns {
  numerics::LookupScheme scheme;
  numerics::LookupFilter filter;
};

/// How a layer uses tables of at most `entries`, if it can.
static std::optional<LookupRuns> findRuns(const LayerShape &shape,
                                          int64_t entries) {
  auto scheme = numerics::chooseLookup(shape.input, shape.weight, entries,
                                       shape.channels);
  if (!scheme)
    return std::nullopt;
  numerics::LookupFilter filter = {shape.outputs, shape.filterHeight,
                                   shape.filterWidth, shape.channels, 0};
  filter.steps = numerics::countLookupSteps(shape.levels, filter, *scheme);
  // One column's sums of one group fit a byte always.
  if (filter.steps == 0) {
    filter.columnsApart = true;
    filter.steps = numerics::countLookupSteps(shape.levels, filter, *scheme);
  }
  // Sums of 32 bits are of filter rows of 16.
  if (filter.steps == 0 ||
      (shape.sumBits > 16 &&
       !numerics::fitShortRows(shape.levels, filter, *scheme)))
    return std::nullopt;
  return LookupRuns{*scheme, filter};
}

/// Lanes stand for output channels, or, with `rowsInLanes`, for all filter rows
/// of them: an input row is looked up once for all of these, but the rows that
/// a stride skips are, too.
static PlanAttr planLookup(const LayerShape &shape, MachineAttr machine,
                           const LookupRuns &runs, bool rowsInLanes) {
  int64_t bytes = machine.getBytes(), group = runs.scheme.group;
  int64_t entries = roundEntries(runs.scheme.countCodes());
  int64_t vectors = llvm::divideCeil(
      rowsInLanes ? shape.outputs * shape.filterHeight : shape.outputs, bytes);
  int64_t width = runs.filter.span();
  // Registers of a table's row, and of a tile's sums of 8 and of 16 bits.
  int64_t row = entries > 64 ? 2 : 1;
  bool isOneRun =
      width == shape.filterWidth && runs.filter.steps * group >= shape.channels;
  int64_t perSum = rowsInLanes && isOneRun ? 1 : 3;
  TileSize tile = chooseTile(
      shape.pixels, vectors, machine.countRegisters() + 1,
      [&](TileSize size) -> int64_t {
        if (rowsInLanes && size.vectors != vectors)
          return std::numeric_limits<int64_t>::max();
        return size.pixels * size.vectors * perSum + size.vectors * width +
               row + 1;
      },
      [&](TileSize size) {
        int64_t lookups = size.pixels * size.vectors * width;
        int64_t loads = row * (size.pixels + width - 1) + size.vectors * width;
        // The more lookups a load serves, the less the two get in each
        // other's way.
        return 3 * std::max(lookups, loads) + loads;
      });
  if (rowsInLanes)
    tile.vectors = vectors;
  return PlanAttr::get(machine.getContext(), Family::Lookup, bytes, tile.pixels,
                       tile.vectors, group, entries, runs.filter.steps,
                       rowsInLanes, runs.filter.columnsApart,
                       /*signedInput=*/false);
}

SmallVector<PlanAttr> lowbit::planLookups(const LayerShape &shape,
                                          MachineAttr machine) {
  SmallVector<PlanAttr> plans;
  int64_t most = machine.getMostEntries(), lastGroup = 0;
  for (int64_t entries : {16, 64, 128}) {
    if (entries > most)
      break;
    auto runs = findRuns(shape, entries);
    if (!runs || runs->scheme.group == lastGroup)
      continue;
    lastGroup = runs->scheme.group;
    plans.push_back(planLookup(shape, machine, *runs, /*rowsInLanes=*/false));
    bool hasRows = shape.filterHeight > 1 && shape.dilationHeight == 1;
    if (hasRows && shape.sumBits <= 16)
      plans.push_back(planLookup(shape, machine, *runs, /*rowsInLanes=*/true));
  }
  return plans;
}

//===----------------------------------------------------------------------===//
// Shifts
//===----------------------------------------------------------------------===//

/// Whether one instruction shifts each lane by an amount of its own.
static bool shiftsLanes(MachineAttr machine) {
  return machine.getBytes() > 16 || machine.has("avx2") || machine.has("neon");
}

PlanAttr lowbit::planShift(const LayerShape &shape, MachineAttr machine) {
  constexpr int64_t mostDigits = 3;
  // Signs alone need no shift in plain loops, which the kernel would take
  // apart.
  if (shape.weight.maxMagnitude() == 1 && !shiftsLanes(machine))
    return {};
  int64_t digits = numerics::countDigits(shape.weight);
  if (digits == 0 || digits > mostDigits)
    return {};
  int64_t bytes = machine.getBytes();
  int64_t vectors = llvm::divideCeil(shape.outputs, bytes / 4);
  TileSize tile = chooseTile(
      shape.pixels, vectors, machine.countRegisters() - 3,
      [&](TileSize size) {
        return size.pixels * size.vectors + 3 * size.vectors * digits + 1;
      },
      [&](TileSize size) {
        return 3 * size.pixels * size.vectors * digits +
               5 * size.vectors * digits + 2 * size.pixels;
      });
  return PlanAttr::get(machine.getContext(), Family::Shift, bytes, tile.pixels,
                       tile.vectors, digits, 0, 0, false, false, false);
}
