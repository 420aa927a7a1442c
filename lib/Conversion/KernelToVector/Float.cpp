//===- Float.cpp - Sums of float products -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/StepEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lowbit;

/// The sum and a product, two roundings.
static Value addProduct(OpBuilder &builder, Location loc, Value sum, Value x,
                        Value w) {
  Value product = arith::MulFOp::create(builder, loc, x, w);
  return arith::AddFOp::create(builder, loc, sum, product);
}

namespace {
/// A step multiplies one number of each pixel by a weight of each channel.
class FloatEmitter : public StepEmitter {
public:
  FloatEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : StepEmitter(builder, op, /*stepBytes=*/1),
        type(VectorType::get({lanes}, builder.getF32Type())) {}

protected:
  SmallVector<Value> emitStep(const Tile &tile, const Step &step,
                              ValueRange sums) override {
    SmallVector<Value> weights = loadWeights(tile, step, lanes);
    SmallVector<Value> result;
    for (Value position : bytePositions(tile, step)) {
      Value x = vector::BroadcastOp::create(
          builder, loc, type,
          memref::LoadOp::create(builder, loc, input, position));
      for (Value channels : weights)
        result.push_back(
            addProduct(builder, loc, sums[result.size()], x, channels));
    }
    return result;
  }

private:
  VectorType type; ///< of sums
};

/// The columns of a filter row are loaded once for the neighbouring pixels that
/// they are taps of.
class FloatDepthwiseEmitter : public LayerEmitter {
public:
  FloatDepthwiseEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : LayerEmitter(builder, op, op.getPlan().getBytes() / 4) {}

  void emit() {
    emitTilesByVector([&](const Tile &tile, int64_t vector) {
      return emitVector(tile, vector);
    });
  }

private:
  SmallVector<Value> emitVector(const Tile &tile, int64_t vector) {
    Value first = index((dim(0) + vector) * lanes, tile.vector);
    SmallVector<Value> sums(tile.pixels, emitStart(first));
    return loop(op.getFilterHeight(), sums, [&](Value ky, ValueRange rowSums) {
      return emitRow(tile, first, ky, rowSums);
    });
  }

  /// Columns in order, so that each sum gets the taps of a row in order.
  SmallVector<Value> emitRow(const Tile &tile, Value first, Value ky,
                             ValueRange sums) {
    int64_t width = op.getFilterWidth();
    SmallVector<Value> weights, result(sums);
    // ((first / lanes KH + ky) KW + kx) lanes
    for (int64_t kx = 0; kx != width; ++kx) {
      AffineExpr row = dim(0) * op.getFilterHeight() + dim(1) * lanes;
      weights.push_back(
          load(weight, index(row * width + kx * lanes, {first, ky}), lanes));
    }
    Value base = inputPosition(tile, ky);
    Value mask = createMask(lanes, countLeft(first, lanes));
    for (int64_t column = 0; column != countColumns(tile, width); ++column) {
      SmallVector<Tap> taps = getTaps(tile, width, column);
      if (taps.empty())
        continue;
      AffineExpr position = dim(0) + column * op.getInputChannels() + dim(1);
      Value x = load(input, index(position, {base, first}), lanes, mask);
      for (const Tap &tap : taps)
        result[tap.pixel] =
            addProduct(builder, loc, result[tap.pixel], x, weights[tap.column]);
    }
    return result;
  }
};
} // namespace

void lowbit::emitFloat(OpBuilder &builder, kernel::Conv2DOp op) {
  FloatEmitter(builder, op).emit();
}

void lowbit::emitFloatDepthwise(OpBuilder &builder, kernel::Conv2DOp op) {
  FloatDepthwiseEmitter(builder, op).emit();
}
