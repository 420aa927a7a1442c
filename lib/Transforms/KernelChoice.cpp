//===- KernelChoice.cpp - Which kernel a layer gets -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/KernelChoice.h"

#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Numerics/KernelLayouts.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit;
using kernel::Family;
using kernel::MachineAttr;
using kernel::PlanAttr;
using numerics::LevelSet;

namespace {
/// What a choice depends on.
struct LayerShape {
  LevelSet input, weight;
  IntegerRange range; ///< of the input
  SmallVector<int32_t> levels;
  int64_t channels, outputs, pixels; ///< pixels: of one row
  int64_t filterHeight, filterWidth;
  int64_t groups;
  int64_t strideHeight, dilationHeight, dilationWidth;
  int64_t sumBits;
  bool isMultiplierFree;
};
} // namespace

static std::optional<LayerShape> getShape(Operation *op) {
  ConstantOp constant = getWeightConstant(op->getOperand(1));
  if (!constant)
    return std::nullopt;
  Value input = op->getOperand(0), weight = op->getOperand(1);
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  auto filter = cast<RankedTensorType>(weight.getType());
  LayerShape shape = {*getLevelSet(input.getType()),
                      *getLevelSet(weight.getType()),
                      getRange(input).unite({0, 0}),
                      constant.getLevels(),
                      getChannels(input),
                      getChannels(op->getResult(0)),
                      result.getDimSize(result.getRank() - 2),
                      1,
                      1,
                      1,
                      1,
                      1,
                      1,
                      result.getElementTypeBitWidth(),
                      op->hasAttr(kMultiplierFreeAttr)};
  if (auto conv = dyn_cast<Conv2DOp>(op)) {
    shape.filterHeight = filter.getDimSize(1);
    shape.filterWidth = filter.getDimSize(2);
    shape.groups = conv.getGroups();
    shape.strideHeight = conv.getStride()[0];
    shape.dilationHeight = conv.getDilation()[0];
    shape.dilationWidth = conv.getDilation()[1];
    bool isPointwise = shape.filterHeight == 1 && shape.filterWidth == 1;
    if (isPointwise && conv.getStride()[0] == 1 && conv.getStride()[1] == 1)
      shape.pixels = result.getNumElements() / shape.outputs;
  }
  return shape;
}

static bool fitsByte(const LevelSet &set) {
  return set.minLevel() >= -128 && set.maxLevel() <= 127;
}

/// NEON multiplies bytes of equal signedness: unsigned inputs are moved below
/// 128 for it, unless instructions of i8mm take them as they are. Two products
/// must fit 16 bits.
static bool takesSignedInput(const LayerShape &shape, MachineAttr machine) {
  return machine.has("neon") && !machine.has("i8mm") &&
         llvm::all_of(shape.levels, [](int32_t level) { return level > -128; });
}

int64_t lowbit::countRegisters(MachineAttr machine) {
  return machine.getBytes() == 64 || machine.has("neon") ? 32 : 16;
}

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

static PlanAttr planDot(const LayerShape &shape, MachineAttr machine,
                        MLIRContext *context) {
  int64_t bytes = machine.getBytes();
  int64_t vectors =
      llvm::divideCeil(shape.outputs, bytes / numerics::kDotGroup);
  TileSize tile = chooseTile(
      shape.pixels, vectors, countRegisters(machine) - 1,
      [](TileSize size) {
        return size.pixels * size.vectors + size.vectors + 1;
      },
      [](TileSize size) {
        // Dots, loads and the latency of a dot bound a step.
        return std::max<int64_t>({2 * size.pixels * size.vectors,
                                  2 * (size.pixels + size.vectors), 8}) +
               2;
      });
  return PlanAttr::get(context, Family::Dot, bytes, tile.pixels, tile.vectors,
                       numerics::kDotGroup, 0, 0, false, false,
                       takesSignedInput(shape, machine));
}

static PlanAttr planDepthwise(const LayerShape &shape, MachineAttr machine,
                              MLIRContext *context) {
  int64_t most = countRegisters(machine) / 4;
  int64_t blocks = llvm::divideCeil(shape.pixels, most);
  return PlanAttr::get(context, Family::Depthwise, machine.getBytes(),
                       llvm::divideCeil(shape.pixels, blocks), 1,
                       numerics::kDotGroup, 0, 0, false, false,
                       takesSignedInput(shape, machine));
}

//===----------------------------------------------------------------------===//
// Lookups
//===----------------------------------------------------------------------===//

/// Sizes of tables that the machine looks up in one instruction.
static int64_t getMostEntries(MachineAttr machine) {
  if (machine.getBytes() == 64 && machine.has("avx512vbmi"))
    return 128;
  return machine.has("ssse3") || machine.has("neon") ? 16 : 0;
}

static int64_t roundEntries(int64_t codes) {
  for (int64_t entries : {16, 64, 96})
    if (codes <= entries)
      return entries;
  return 128;
}

/// Whether all rows of a filter fit fewer vectors together than one by one: an
/// input row is looked up once for all of them, but the rows that a stride
/// skips are, too.
static bool prefersRowsInLanes(const LayerShape &shape, int64_t bytes) {
  if (shape.filterHeight == 1 || shape.dilationHeight != 1)
    return false;
  int64_t together =
      std::min(shape.strideHeight, shape.filterHeight) *
      llvm::divideCeil(shape.outputs * shape.filterHeight, bytes);
  int64_t oneByOne =
      shape.filterHeight * llvm::divideCeil(shape.outputs, bytes);
  return together < oneByOne;
}

static PlanAttr planLookup(const LayerShape &shape, MachineAttr machine,
                           MLIRContext *context) {
  int64_t most = getMostEntries(machine);
  auto scheme =
      numerics::chooseLookup(shape.input, shape.weight, most, shape.channels);
  if (!scheme || shape.sumBits > 16)
    return {};
  numerics::LookupFilter filter = {shape.outputs, shape.filterHeight,
                                   shape.filterWidth, shape.channels, 0};
  int64_t steps = numerics::countLookupSteps(shape.levels, filter, *scheme);
  // One column's sums of one group fit a byte always.
  bool columnsApart = steps == 0;
  if (columnsApart) {
    filter.height *= filter.width;
    filter.width = 1;
    steps = numerics::countLookupSteps(shape.levels, filter, *scheme);
  }
  if (steps == 0)
    return {};
  int64_t bytes = machine.getBytes();
  int64_t entries = roundEntries(scheme->countCodes());
  bool rowsInLanes = !columnsApart && prefersRowsInLanes(shape, bytes);
  int64_t vectors = llvm::divideCeil(
      rowsInLanes ? shape.outputs * shape.filterHeight : shape.outputs, bytes);
  int64_t width = filter.width;
  // Registers of a table's row, and of a tile's sums of 8 and of 16 bits.
  int64_t row = entries > 64 ? 2 : 1;
  bool isOneRun = steps * scheme->group >= shape.channels;
  int64_t perSum = rowsInLanes && isOneRun ? 1 : 3;
  TileSize tile = chooseTile(
      shape.pixels, vectors, countRegisters(machine) + 1,
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
  return PlanAttr::get(context, Family::Lookup, bytes, tile.pixels,
                       tile.vectors, scheme->group, entries, steps, rowsInLanes,
                       columnsApart, /*signedInput=*/false);
}

//===----------------------------------------------------------------------===//
// The choice
//===----------------------------------------------------------------------===//

/// Whether one instruction shifts each lane by an amount of its own.
static bool shiftsLanes(MachineAttr machine) {
  return machine.getBytes() > 16 || machine.has("avx2") || machine.has("neon");
}

static PlanAttr planShift(const LayerShape &shape, MachineAttr machine,
                          MLIRContext *context) {
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
      shape.pixels, vectors, countRegisters(machine) - 3,
      [&](TileSize size) {
        return size.pixels * size.vectors + 3 * size.vectors * digits + 1;
      },
      [&](TileSize size) {
        return 3 * size.pixels * size.vectors * digits +
               5 * size.vectors * digits + 2 * size.pixels;
      });
  return PlanAttr::get(context, Family::Shift, bytes, tile.pixels, tile.vectors,
                       digits, 0, 0, false, false, false);
}

static std::string explainLookup(const LayerShape &shape, PlanAttr plan) {
  return shape.weight.str() + " weights of " + std::to_string(plan.getGroup()) +
         " channels choose one of " + std::to_string(plan.getEntries()) +
         " sums";
}

static KernelChoice choose(Operation *op, MachineAttr machine,
                           const KernelPolicy &policy) {
  if (policy.isLoops)
    return {{}, "plain loops were asked for", 0};
  if (machine.getBytes() == 0)
    return {{}, "the target has no vectors", 0};
  std::optional<LayerShape> shape = getShape(op);
  if (!shape)
    return {{}, "weights are not constant", 0};
  MLIRContext *context = op->getContext();
  auto isAllowed = [&](Family family) {
    return !policy.family || *policy.family == family;
  };
  bool isDepthwise = shape->groups > 1 && shape->groups == shape->channels &&
                     shape->groups == shape->outputs;
  if (shape->groups > 1 && !isDepthwise)
    return {{}, "grouped convolutions have no kernel", 0};
  if (!isDepthwise && isAllowed(Family::Lookup))
    if (PlanAttr plan = planLookup(*shape, machine, context))
      return {plan, explainLookup(*shape, plan), 0};
  bool isByte = shape->range.hi - shape->range.lo <= 255;
  if (!isByte)
    return {{}, "levels do not fit a byte", 0};
  bool hasProducts = !shape->isMultiplierFree || policy.allowsProducts;
  if (hasProducts && fitsByte(shape->weight)) {
    if (isDepthwise && isAllowed(Family::Depthwise))
      return {planDepthwise(*shape, machine, context), "byte products of rows",
              0};
    if (!isDepthwise && isAllowed(Family::Dot))
      return {planDot(*shape, machine, context), "byte products", 0};
  }
  if (!isDepthwise && shape->isMultiplierFree && isAllowed(Family::Shift))
    if (PlanAttr plan = planShift(*shape, machine, context))
      return {plan,
              shape->weight.str() + " weights are sums of at most " +
                  std::to_string(plan.getGroup()) + " signed powers of two",
              0};
  if (policy.family)
    return {{}, "the kernel that was asked for does not fit", 0};
  return {{},
          shape->isMultiplierFree
              ? "no kernel without products fits these levels"
              : "levels do not fit a byte"};
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// What the packers of numerics/KernelLayouts.h make of the weights.
static int64_t countWeightBytes(const LayerShape &shape, PlanAttr plan) {
  int64_t bytes = plan.getBytes(), wideLanes = bytes / 4;
  int64_t taps = shape.filterHeight * shape.filterWidth;
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
  case Family::Float:
  case Family::FloatDepthwise:
    break; // never of codes
  case Family::Lookup: {
    int64_t groups = llvm::divideCeil(shape.channels, plan.getGroup());
    int64_t runs = llvm::divideCeil(groups, plan.getSteps());
    int64_t width = plan.getColumnsApart() ? 1 : shape.filterWidth;
    int64_t rows = plan.getRowsInLanes() ? 1 : taps / width;
    int64_t lanes = shape.outputs *
                    (plan.getRowsInLanes() ? shape.filterHeight : int64_t(1));
    return llvm::alignTo(lanes, bytes) * rows * (runs + groups * width);
  }
  }
  llvm_unreachable("all families are listed");
}

KernelChoice lowbit::chooseKernel(Operation *op, MachineAttr machine,
                                  const KernelPolicy &policy) {
  KernelChoice choice = choose(op, machine, policy);
  if (choice.plan)
    choice.weightBytes = countWeightBytes(*getShape(op), choice.plan);
  return choice;
}
