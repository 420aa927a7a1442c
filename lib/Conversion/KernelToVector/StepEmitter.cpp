//===- StepEmitter.cpp - Steps along filter rows -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/StepEmitter.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lowbit;

StepEmitter::StepEmitter(OpBuilder &builder, kernel::Conv2DOp op,
                         int64_t stepBytes)
    : LayerEmitter(builder, op, op.getPlan().getBytes() / 4),
      stepBytes(stepBytes) {
  bool hasGaps = op.getDilation()[1] != 1;
  taps = hasGaps ? op.getFilterWidth() : 1;
  int64_t rowSize = op.getInputChannels() * (hasGaps ? 1 : op.getFilterWidth());
  steps = llvm::divideCeil(rowSize, stepBytes);
}

void StepEmitter::emit() {
  emitTiles([&](const Tile &tile) { return emitSums(tile); });
}

SmallVector<TileSum> StepEmitter::emitSums(const Tile &tile) {
  SmallVector<Value> start, sums;
  for (int64_t vector = 0; vector != tile.vectors; ++vector)
    start.push_back(emitStart(index((dim(0) + vector) * lanes, tile.vector)));
  for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
    llvm::append_range(sums, start);
  sums = loop(op.getFilterHeight(), sums, [&](Value ky, ValueRange rowSums) {
    return loop(taps, rowSums, [&](Value kx, ValueRange tapSums) {
      return loop(steps, tapSums, [&](Value step, ValueRange stepSums) {
        return emitStep(tile, {ky, kx, step}, stepSums);
      });
    });
  });
  SmallVector<TileSum> result;
  for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
    for (int64_t vector = 0; vector != tile.vectors; ++vector)
      result.push_back(
          {sums[pixel * tile.vectors + vector], pixel, vector * lanes});
  return result;
}

Value StepEmitter::weightPosition(const Tile &tile, int64_t vector,
                                  const Step &step, int64_t size) {
  AffineExpr row =
      (dim(0) + vector) * op.getFilterHeight() * taps + dim(1) * taps + dim(2);
  return index((row * steps + dim(3)) * size,
               {tile.vector, step.ky, step.kx, step.step});
}

SmallVector<Value> StepEmitter::loadWeights(const Tile &tile, const Step &step,
                                            int64_t elements) {
  SmallVector<Value> weights;
  for (int64_t vector = 0; vector != tile.vectors; ++vector)
    weights.push_back(
        load(weight, weightPosition(tile, vector, step, elements), elements));
  return weights;
}

SmallVector<Value> StepEmitter::bytePositions(const Tile &tile,
                                              const Step &step) {
  Value base = inputPosition(tile, step.ky);
  SmallVector<Value> positions;
  for (int64_t pixel = 0; pixel != tile.pixels; ++pixel) {
    AffineExpr column =
        dim(1) * op.getDilation()[1] + pixel * op.getStride()[1];
    positions.push_back(
        index(dim(0) + column * op.getInputChannels() + dim(2) * stepBytes,
              {base, step.kx, step.step}));
  }
  return positions;
}
