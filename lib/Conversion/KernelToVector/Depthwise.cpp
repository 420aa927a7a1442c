//===- Depthwise.cpp - One filter for each channel -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LayerEmitter.h"

#include "lowbit/Numerics/KernelLayouts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lowbit;
using numerics::kDotGroup;

namespace {
/// A step takes up to four rows of one input column: their bytes are
/// interleaved, so that each lane holds the rows of its channel, and serve all
/// filter columns, that is neighbouring output pixels.
class DepthwiseEmitter : public LayerEmitter {
public:
  DepthwiseEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : LayerEmitter(builder, op, op.getPlan().getBytes() / kDotGroup),
        lanes(channelsPerVector),
        blocks(llvm::divideCeil(op.getFilterHeight(), kDotGroup)) {}

protected:
  SmallVector<TileSum> emitSums(const Tile &tile) override {
    SmallVector<TileSum> result;
    for (int64_t vector = 0; vector != tile.vectors; ++vector) {
      SmallVector<Value> sums = emitVector(tile, vector);
      for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
        result.push_back({sums[pixel], pixel, vector * channelsPerVector});
    }
    return result;
  }

private:
  SmallVector<Value> emitVector(const Tile &tile, int64_t vector) {
    Value first = index((dim(0) + vector) * lanes, tile.vector);
    auto type = VectorType::get({lanes}, builder.getI32Type());
    Value start = init ? load(init, first, lanes) : constant(type, 0);
    SmallVector<Value> sums(tile.pixels, start);
    for (int64_t block = 0; block != blocks; ++block)
      emitBlock(tile, first, vector, block, sums);
    return sums;
  }

  void emitBlock(const Tile &tile, Value first, int64_t vector, int64_t block,
                 SmallVector<Value> &sums) {
    int64_t bytes = plan.getBytes(), width = op.getFilterWidth();
    int64_t stride = op.getStride()[1], dilation = op.getDilation()[1];
    SmallVector<Value> weights;
    for (int64_t kx = 0; kx != width; ++kx) {
      AffineExpr step = ((dim(0) + vector) * blocks + block) * width + kx;
      weights.push_back(load(weight, index(step * bytes, tile.vector), bytes));
    }
    // Columns in order; each serves the pixels that it is a tap of.
    int64_t columns = (tile.pixels - 1) * stride + (width - 1) * dilation + 1;
    for (int64_t column = 0; column != columns; ++column) {
      Value shared;
      for (int64_t kx = 0; kx != width; ++kx) {
        int64_t offset = column - kx * dilation;
        if (offset < 0 || offset % stride != 0 ||
            offset / stride >= tile.pixels)
          continue;
        if (!shared)
          shared = emitColumn(tile, first, block, column);
        Value &sum = sums[offset / stride];
        sum = kernel::DotOp::create(builder, loc, sum, shared, weights[kx],
                                    plan.getSignedInput());
      }
    }
  }

  /// Four rows of one column, interleaved.
  Value emitColumn(const Tile &tile, Value first, int64_t block,
                   int64_t column) {
    int64_t channels = op.getInputChannels();
    auto type = VectorType::get({lanes}, builder.getI8Type());
    SmallVector<Value> rows;
    for (int64_t j = 0; j != kDotGroup; ++j) {
      int64_t ky = block * kDotGroup + j;
      if (ky >= op.getFilterHeight()) {
        rows.push_back(constant(type, 0));
        continue;
      }
      Value base = inputPosition(tile, index(ky), channels);
      Value position =
          index(dim(0) + column * channels + dim(1), {base, first});
      rows.push_back(emitLoad(position, first, type));
    }
    Value even = vector::InterleaveOp::create(builder, loc, rows[0], rows[2]);
    Value odd = vector::InterleaveOp::create(builder, loc, rows[1], rows[3]);
    return vector::InterleaveOp::create(builder, loc, even, odd);
  }

  /// Bytes of neighbouring channels, none from beyond the last one.
  Value emitLoad(Value position, Value first, VectorType type) {
    std::optional<int64_t> channel = getConstantIntValue(first);
    int64_t channels = op.getInputChannels();
    if (!channel || *channel + lanes <= channels)
      return load(input, position, lanes);
    Value mask = vector::ConstantMaskOp::create(
        builder, loc, VectorType::get({lanes}, builder.getI1Type()),
        ArrayRef<int64_t>{channels - *channel});
    return vector::MaskedLoadOp::create(builder, loc, type, input, position,
                                        mask, constant(type, 0));
  }

  int64_t lanes;
  int64_t blocks; ///< of four filter rows
};
} // namespace

void lowbit::emitDepthwise(OpBuilder &builder, kernel::Conv2DOp op) {
  DepthwiseEmitter(builder, op).emit();
}
