//===- Shift.cpp - Sums of shifted inputs -*- C++ -*-===//
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

namespace {
/// A step shifts a byte of each pixel by digits of each channel.
class ShiftEmitter : public StepEmitter {
public:
  ShiftEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : StepEmitter(builder, op, /*stepBytes=*/1),
        digits(op.getPlan().getGroup()),
        type(VectorType::get({lanes}, builder.getI32Type())) {}

protected:
  SmallVector<Value> emitStep(const Tile &tile, const Step &step,
                              ValueRange sums) override {
    SmallVector<Digit> weights;
    for (int64_t vector = 0; vector != tile.vectors; ++vector) {
      Value first = weightPosition(tile, vector, step, digits * lanes);
      for (int64_t digit = 0; digit != digits; ++digit)
        weights.push_back(emitDigit(index(dim(0) + digit * lanes, first)));
    }
    SmallVector<Value> result(sums);
    for (auto [pixel, position] : llvm::enumerate(bytePositions(tile, step))) {
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

  /// The complement stands for a negative number; what it lacks is in `init`.
  void addShifted(Value &sum, Value x, const Digit &digit) {
    Value shifted = arith::ShLIOp::create(builder, loc, x, digit.shift);
    Value kept = arith::AndIOp::create(builder, loc, shifted, digit.keep);
    Value term = arith::XOrIOp::create(builder, loc, kept, digit.sign);
    sum = arith::AddIOp::create(builder, loc, sum, term);
  }

  int64_t digits;  ///< of a weight
  VectorType type; ///< of sums
};
} // namespace

void lowbit::emitShift(OpBuilder &builder, kernel::Conv2DOp op) {
  ShiftEmitter(builder, op).emit();
}
