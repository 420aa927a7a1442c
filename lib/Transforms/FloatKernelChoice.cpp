//===- FloatKernelChoice.cpp - Which kernel a float layer gets -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/KernelChoice.h"

#include "lib/Transforms/KernelPlans.h"
#include "lowbit/Analysis/FloatLayers.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lowbit;
using kernel::Family;
using kernel::MachineAttr;
using kernel::PlanAttr;

static constexpr int64_t kFloatBytes = 4;

/// The vectors, of the machine's or smaller, that take the least time for all
/// output channels; those of 16 bytes take as long as those of 32.
static int64_t chooseBytes(int64_t outputs, MachineAttr machine) {
  int64_t best = machine.getBytes(), least = 0;
  for (int64_t bytes = best; bytes >= 16; bytes /= 2) {
    int64_t time = llvm::alignTo(outputs, bytes / kFloatBytes) *
                   std::max<int64_t>(bytes, 32) / bytes;
    if (least == 0 || time < least || (time == least && bytes == 16)) {
      least = time;
      best = bytes;
    }
  }
  return best;
}

static PlanAttr planFloat(const FloatLayer &layer, MachineAttr machine,
                          MLIRContext *context) {
  int64_t bytes = chooseBytes(layer.output[3], machine);
  int64_t vectors = llvm::divideCeil(layer.output[3], bytes / kFloatBytes);
  TileSize tile = chooseTile(
      layer.output[2], vectors, machine.countRegisters(),
      [](TileSize size) {
        // Sums, weights, the input and a product.
        return size.pixels * size.vectors + size.vectors + 2;
      },
      [machine](TileSize size) {
        // Products and the latency of a sum bound a step. AVX-512 broadcasts as
        // it multiplies, which several vectors of one number do not gain from.
        int64_t product = machine.getBytes() == 64 && size.vectors > 1 ? 5 : 4;
        return std::max<int64_t>(product * size.pixels * size.vectors, 16) +
               size.pixels + size.vectors + 2;
      });
  return PlanAttr::get(context, Family::Float, bytes, tile.pixels, tile.vectors,
                       /*group=*/1, 0, 0, false, false, false);
}

static PlanAttr planFloatDepthwise(const FloatLayer &layer, MachineAttr machine,
                                   MLIRContext *context) {
  // Sums, the weights of a row, the input and a product.
  int64_t most = std::clamp<int64_t>(
      machine.countRegisters() - layer.filterWidth - 2, 1, 8);
  int64_t blocks = llvm::divideCeil(layer.output[2], most);
  return PlanAttr::get(context, Family::FloatDepthwise,
                       chooseBytes(layer.output[3], machine),
                       llvm::divideCeil(layer.output[2], blocks), /*vectors=*/1,
                       /*group=*/1, 0, 0, false, false, false);
}

KernelChoice lowbit::chooseFloatKernel(Operation *op, MachineAttr machine,
                                       const KernelPolicy &policy) {
  if (policy.isLoops)
    return {{}, "plain loops were asked for", 0};
  if (machine.getBytes() == 0)
    return {{}, "the target has no vectors", 0};
  auto read = readFloatLayer(op);
  if (auto *reason = std::get_if<StringRef>(&read))
    return {{}, reason->str(), 0};
  const FloatLayer &layer = std::get<FloatLayer>(read);
  Family family = layer.isDepthwise ? Family::FloatDepthwise : Family::Float;
  if (policy.family && *policy.family != family)
    return {{}, "the kernel that was asked for does not fit", 0};
  MLIRContext *context = op->getContext();
  PlanAttr plan = layer.isDepthwise
                      ? planFloatDepthwise(layer, machine, context)
                      : planFloat(layer, machine, context);
  int64_t channels = layer.isDepthwise ? 1 : layer.image[3];
  int64_t lanes = plan.getBytes() / kFloatBytes;
  return {plan, "float products of " + std::to_string(lanes) + " channels",
          static_cast<int64_t>(llvm::alignTo(layer.output[3], lanes)) *
              layer.filterHeight * layer.filterWidth * channels * kFloatBytes};
}
