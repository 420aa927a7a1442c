//===- Dot.cpp - Sums of byte products -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LayerEmitter.h"

#include "lowbit/Numerics/KernelLayouts.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lowbit;
using numerics::kDotGroup;

namespace {
/// A tile's sums stay in registers; each step takes four bytes of each pixel,
/// which all lanes share, and four weights of each channel.
class DotEmitter : public LayerEmitter {
public:
  DotEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : LayerEmitter(builder, op, op.getPlan().getBytes() / kDotGroup),
        lanes(channelsPerVector) {
    bool hasGaps = op.getDilation()[1] != 1;
    taps = hasGaps ? op.getFilterWidth() : 1;
    int64_t rowSize =
        op.getInputChannels() * (hasGaps ? 1 : op.getFilterWidth());
    steps = llvm::divideCeil(rowSize, kDotGroup);
  }

protected:
  SmallVector<TileSum> emitSums(const Tile &tile) override {
    SmallVector<Value> sums = loop(
        op.getFilterHeight(), emitInit(tile),
        [&](Value ky, ValueRange rowSums) {
          return loop(taps, rowSums, [&](Value kx, ValueRange tapSums) {
            return loop(steps, tapSums, [&](Value step, ValueRange stepSums) {
              return emitStep(tile, ky, kx, step, stepSums);
            });
          });
        });
    SmallVector<TileSum> result;
    for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
      for (int64_t vector = 0; vector != tile.vectors; ++vector)
        result.push_back({sums[pixel * tile.vectors + vector], pixel,
                          vector * channelsPerVector});
    return result;
  }

private:
  SmallVector<Value> emitInit(const Tile &tile) {
    auto type = VectorType::get({lanes}, builder.getI32Type());
    SmallVector<Value> start;
    for (int64_t vector = 0; vector != tile.vectors; ++vector)
      start.push_back(
          init
              ? load(init, index((dim(0) + vector) * lanes, tile.vector), lanes)
              : constant(type, 0));
    SmallVector<Value> sums;
    for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
      llvm::append_range(sums, start);
    return sums;
  }

  SmallVector<Value> emitStep(const Tile &tile, Value ky, Value kx, Value step,
                              ValueRange sums) {
    int64_t bytes = plan.getBytes();
    int64_t rows = op.getFilterHeight() * taps;
    SmallVector<Value> weights;
    for (int64_t vector = 0; vector != tile.vectors; ++vector) {
      AffineExpr row = (dim(0) + vector) * rows + dim(1) * taps + dim(2);
      Value position =
          index((row * steps + dim(3)) * bytes, {tile.vector, ky, kx, step});
      weights.push_back(load(weight, position, bytes));
    }
    int64_t channels = op.getInputChannels();
    Value base = inputPosition(tile, ky, channels);
    SmallVector<Value> result;
    for (int64_t pixel = 0; pixel != tile.pixels; ++pixel) {
      AffineExpr column =
          dim(1) * op.getDilation()[1] + pixel * op.getStride()[1];
      Value position = index(dim(0) + column * channels + dim(2) * kDotGroup,
                             {base, kx, step});
      Value shared = emitShared(position);
      for (int64_t vector = 0; vector != tile.vectors; ++vector)
        result.push_back(kernel::DotOp::create(
            builder, loc, sums[pixel * tile.vectors + vector], shared,
            weights[vector], plan.getSignedInput()));
    }
    return result;
  }

  /// Four bytes of the input in every lane.
  Value emitShared(Value position) {
    Value four = load(input, position, kDotGroup);
    auto one = VectorType::get({1}, builder.getI32Type());
    auto all = VectorType::get({lanes}, builder.getI32Type());
    auto bytes = VectorType::get({plan.getBytes()}, builder.getI8Type());
    Value word = vector::BitCastOp::create(builder, loc, one, four);
    Value words = vector::BroadcastOp::create(builder, loc, all, word);
    return vector::BitCastOp::create(builder, loc, bytes, words);
  }

  int64_t lanes;
  int64_t taps;  ///< of a filter row, walked one by one
  int64_t steps; ///< of four bytes each
};
} // namespace

void lowbit::emitDot(OpBuilder &builder, kernel::Conv2DOp op) {
  DotEmitter(builder, op).emit();
}
