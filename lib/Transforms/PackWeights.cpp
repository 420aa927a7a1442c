//===- PackWeights.cpp - Constant weights as packed bytes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Transforms/Passes.h"

namespace lowbit {
#define GEN_PASS_DEF_PACKWEIGHTSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
struct PackWeightsPass : lowbit::impl::PackWeightsPassBase<PackWeightsPass> {
  void runOnOperation() override {
    getOperation().walk([&](ConstantOp op) {
      auto type = cast<RankedTensorType>(op.getType());
      if (isa<PackedType>(type.getElementType()))
        return;
      OpBuilder builder(op);
      auto bytes = cast<ShapedType>(op.getCodes().getType()).getShape();
      auto packedType = RankedTensorType::get(
          bytes, PackedType::get(&getContext(), type.getElementType(),
                                 PackedLayout::Bits));
      auto packed =
          ConstantOp::create(builder, op.getLoc(), packedType, op.getCodes());
      auto unpacked = UnpackOp::create(builder, op.getLoc(), type, packed);
      op.replaceAllUsesWith(unpacked.getResult());
      op.erase();
      packedBytes += bytes[0];
    });
  }
};
} // namespace
