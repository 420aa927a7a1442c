//===- NarrowSums.cpp - Accumulators as narrow as proven -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/TypeUtilities.h"

namespace lowbit {
#define GEN_PASS_DEF_NARROWSUMSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

static bool movesData(Operation *op) {
  return isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp,
             tensor::ExtractSliceOp>(op);
}

/// Whether all readers of a sum, through data movement, take sums of any width.
static bool takeAnyWidth(Value sum) {
  return llvm::all_of(sum.getUsers(), [](Operation *user) {
    return movesData(user)
               ? takeAnyWidth(user->getResult(0))
               : isa<ThresholdOp, RescaleOp, AddOp, DequantizeOp, ChecksumOp>(
                     user);
  });
}

/// Gives `sum`, and what data movement makes of it, elements of `bits` bits.
static void setWidth(Value sum, unsigned bits) {
  auto type = cast<RankedTensorType>(sum.getType());
  sum.setType(type.clone(IntegerType::get(sum.getContext(), bits)));
  for (Operation *user : sum.getUsers())
    if (movesData(user))
      setWidth(user->getResult(0), bits);
}

namespace {
struct NarrowSumsPass : lowbit::impl::NarrowSumsPassBase<NarrowSumsPass> {
  void runOnOperation() override {
    getOperation().walk([&](Operation *op) {
      if (auto conv = dyn_cast<Conv2DOp>(op))
        conv.setBoundAttr(getWorstSumsAttr(conv.getInput(), conv.getWeight()));
      else if (auto matmul = dyn_cast<MatmulOp>(op))
        matmul.setBoundAttr(
            getWorstSumsAttr(matmul.getInput(), matmul.getWeight()));
      else if (!isa<SumPool2DOp>(op))
        return;
      narrow(op->getResult(0));
    });
  }

  void narrow(Value sum) {
    unsigned bits = numerics::accumulatorBits(getRange(sum));
    if (bits >= getElementTypeOrSelf(sum).getIntOrFloatBitWidth() ||
        !takeAnyWidth(sum))
      return;
    setWidth(sum, bits);
    ++(bits == 8 ? numI8 : numI16);
  }
};
} // namespace
