//===- Dot.cpp - Sums of byte products -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/StepEmitter.h"

#include "lowbit/Numerics/KernelLayouts.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lowbit;
using numerics::kDotGroup;

namespace {
/// A step multiplies four bytes of each pixel by four weights of each channel.
class DotEmitter : public StepEmitter {
public:
  DotEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : StepEmitter(builder, op, kDotGroup) {}

protected:
  SmallVector<Value> emitStep(const Tile &tile, const Step &step,
                              ValueRange sums) override {
    SmallVector<Value> weights = loadWeights(tile, step, plan.getBytes());
    SmallVector<Value> result;
    for (Value position : bytePositions(tile, step)) {
      Value shared = emitShared(position);
      for (Value channels : weights)
        result.push_back(
            kernel::DotOp::create(builder, loc, sums[result.size()], shared,
                                  channels, plan.getSignedInput()));
    }
    return result;
  }

private:
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
};
} // namespace

void lowbit::emitDot(OpBuilder &builder, kernel::Conv2DOp op) {
  DotEmitter(builder, op).emit();
}
