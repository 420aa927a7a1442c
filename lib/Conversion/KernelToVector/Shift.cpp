//===- Shift.cpp - Sums of shifted inputs -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LayerEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lowbit;

namespace {
/// A tile's sums stay in registers; each step takes a byte of each pixel, which
/// all lanes share and shift by digits of their own.
class ShiftEmitter : public LayerEmitter {
public:
  ShiftEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : LayerEmitter(builder, op, op.getPlan().getBytes() / 4),
        lanes(channelsPerVector), digits(op.getPlan().getGroup()),
        type(VectorType::get({lanes}, builder.getI32Type())) {
    bool hasGaps = op.getDilation()[1] != 1;
    taps = hasGaps ? op.getFilterWidth() : 1;
    steps = op.getInputChannels() * (hasGaps ? 1 : op.getFilterWidth());
  }

protected:
  SmallVector<TileSum> emitSums(const Tile &tile) override {
    SmallVector<Value> start;
    for (int64_t vector = 0; vector != tile.vectors; ++vector)
      start.push_back(
          load(init, index((dim(0) + vector) * lanes, tile.vector), lanes));
    SmallVector<Value> sums;
    for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
      llvm::append_range(sums, start);
    sums = loop(op.getFilterHeight(), sums, [&](Value ky, ValueRange rowSums) {
      return loop(taps, rowSums, [&](Value kx, ValueRange tapSums) {
        return loop(steps, tapSums, [&](Value step, ValueRange stepSums) {
          return emitStep(tile, ky, kx, step, stepSums);
        });
      });
    });
    SmallVector<TileSum> result;
    for (auto [i, sum] : llvm::enumerate(sums))
      result.push_back({sum, static_cast<int64_t>(i) / tile.vectors,
                        static_cast<int64_t>(i) % tile.vectors * lanes});
    return result;
  }

private:
  /// Signed powers of two, one for each lane.
  struct Digit {
    Value shift, keep, sign; ///< `keep`: 0 where there is none, else all ones
  };

  Digit emitDigit(Value position) {
    Value code = arith::ExtSIOp::create(builder, loc, type,
                                        load(weight, position, lanes));
    Value shift = arith::AndIOp::create(builder, loc, code, constant(type, 31));
    Value top = arith::ShLIOp::create(builder, loc, code, constant(type, 25));
    Value none = arith::ShRSIOp::create(builder, loc, top, constant(type, 31));
    Value keep = arith::XOrIOp::create(builder, loc, none, constant(type, -1));
    Value sign = arith::ShRSIOp::create(builder, loc, code, constant(type, 31));
    return {shift, keep, sign};
  }

  SmallVector<Value> emitStep(const Tile &tile, Value ky, Value kx, Value step,
                              ValueRange sums) {
    int64_t rows = op.getFilterHeight() * taps;
    SmallVector<Digit> weights;
    for (int64_t vector = 0; vector != tile.vectors; ++vector)
      for (int64_t digit = 0; digit != digits; ++digit) {
        AffineExpr row = (dim(0) + vector) * rows + dim(1) * taps + dim(2);
        AffineExpr place = (row * steps + dim(3)) * digits + digit;
        weights.push_back(
            emitDigit(index(place * lanes, {tile.vector, ky, kx, step})));
      }
    int64_t channels = op.getInputChannels();
    Value base = inputPosition(tile, ky, channels);
    SmallVector<Value> result(sums);
    for (int64_t pixel = 0; pixel != tile.pixels; ++pixel) {
      AffineExpr column =
          dim(1) * op.getDilation()[1] + pixel * op.getStride()[1];
      Value position =
          index(dim(0) + column * channels + dim(2), {base, kx, step});
      Value byte = memref::LoadOp::create(builder, loc, input, position);
      Value word =
          arith::ExtUIOp::create(builder, loc, builder.getI32Type(), byte);
      Value x = vector::BroadcastOp::create(builder, loc, type, word);
      for (int64_t vector = 0; vector != tile.vectors; ++vector)
        for (int64_t digit = 0; digit != digits; ++digit)
          addShifted(result[pixel * tile.vectors + vector], x,
                     weights[vector * digits + digit]);
    }
    return result;
  }

  /// The complement stands for a negative number; what it lacks is in `init`.
  void addShifted(Value &sum, Value x, const Digit &digit) {
    Value shifted = arith::ShLIOp::create(builder, loc, x, digit.shift);
    Value kept = arith::AndIOp::create(builder, loc, shifted, digit.keep);
    Value term = arith::XOrIOp::create(builder, loc, kept, digit.sign);
    sum = arith::AddIOp::create(builder, loc, sum, term);
  }

  int64_t lanes;
  int64_t digits; ///< of a weight
  VectorType type;
  int64_t taps;  ///< of a filter row, walked one by one
  int64_t steps; ///< bytes of a tap or a row
};
} // namespace

void lowbit::emitShift(OpBuilder &builder, kernel::Conv2DOp op) {
  ShiftEmitter(builder, op).emit();
}
