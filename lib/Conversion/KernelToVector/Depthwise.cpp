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
        blocks(llvm::divideCeil(op.getFilterHeight(), kDotGroup)) {}

  void emit() {
    emitTilesByVector([&](const Tile &tile, int64_t vector) {
      return emitVector(tile, vector);
    });
  }

private:
  SmallVector<Value> emitVector(const Tile &tile, int64_t vector) {
    Value first = index((dim(0) + vector) * lanes, tile.vector);
    SmallVector<Value> sums(tile.pixels, emitStart(first));
    for (int64_t block = 0; block != blocks; ++block)
      emitBlock(tile, first, vector, block, sums);
    return sums;
  }

  void emitBlock(const Tile &tile, Value first, int64_t vector, int64_t block,
                 SmallVector<Value> &sums) {
    int64_t bytes = plan.getBytes(), width = op.getFilterWidth();
    SmallVector<Value> weights;
    for (int64_t kx = 0; kx != width; ++kx) {
      AffineExpr step = ((dim(0) + vector) * blocks + block) * width + kx;
      weights.push_back(load(weight, index(step * bytes, tile.vector), bytes));
    }
    // Columns in order; each serves the pixels that it is a tap of.
    for (int64_t column = 0; column != countColumns(tile, width); ++column) {
      SmallVector<Tap> taps = getTaps(tile, width, column);
      if (taps.empty())
        continue;
      Value shared = emitColumn(tile, first, block, column);
      for (const Tap &tap : taps)
        sums[tap.pixel] =
            kernel::DotOp::create(builder, loc, sums[tap.pixel], shared,
                                  weights[tap.column], plan.getSignedInput());
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
      Value base = inputPosition(tile, index(ky));
      Value position =
          index(dim(0) + column * channels + dim(1), {base, first});
      // None from beyond the last channel.
      rows.push_back(load(input, position, lanes,
                          createMask(lanes, countLeft(first, lanes))));
    }
    Value even = vector::InterleaveOp::create(builder, loc, rows[0], rows[2]);
    Value odd = vector::InterleaveOp::create(builder, loc, rows[1], rows[3]);
    return vector::InterleaveOp::create(builder, loc, even, odd);
  }

  int64_t blocks; ///< of four filter rows
};
} // namespace

void lowbit::emitDepthwise(OpBuilder &builder, kernel::Conv2DOp op) {
  DepthwiseEmitter(builder, op).emit();
}
