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

/// The layout of fewest bytes; the kernels read all of them.
static PackedLayout chooseLayout(const numerics::LevelSet &set) {
  return numerics::checkLayout(set, numerics::Layout::Base3)
             ? PackedLayout::Bits
             : PackedLayout::Base3;
}

namespace {
struct PackWeightsPass : lowbit::impl::PackWeightsPassBase<PackWeightsPass> {
  void runOnOperation() override {
    getOperation().walk([&](ConstantOp op) {
      auto type = cast<RankedTensorType>(op.getType());
      if (isa<PackedType>(type.getElementType()))
        return;
      OpBuilder builder(op->getContext());
      builder.setInsertionPointAfter(op);
      auto element = PackedType::get(&getContext(), type.getElementType(),
                                     chooseLayout(op.getLevelSet()));
      int64_t bytes =
          numerics::packedSize(type.getNumElements(), op.getLevelSet(),
                               getLayout(element.getLayout()));
      // Folds to a packed constant.
      Value packed = builder.createOrFold<PackOp>(
          op.getLoc(), RankedTensorType::get({bytes}, element), op.getResult());
      auto unpacked = UnpackOp::create(builder, op.getLoc(), type, packed);
      op.replaceAllUsesWith(unpacked.getResult());
      op.erase();
      packedBytes += bytes;
    });
  }
};
} // namespace
