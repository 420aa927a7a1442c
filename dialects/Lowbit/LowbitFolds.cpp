//===- LowbitFolds.cpp - Folders and canonicalizations -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit;

OpFoldResult ConstantOp::fold(FoldAdaptor) {
  return CodesAttr::get(getContext(), getCodes());
}

/// The codes of a constant, which keeps them in layout `bits`, in `layout`.
static CodesAttr changeLayout(CodesAttr codes, RankedTensorType type,
                              PackedLayout layout) {
  if (layout == PackedLayout::Bits)
    return codes;
  numerics::LevelSet set = *getLevelSet(type);
  SmallVector<uint8_t> storage;
  auto levels = numerics::unpackLevels(*getBytes(codes.getBytes(), storage),
                                       type.getNumElements(), set);
  auto bytes = numerics::packLevels(*levels, set, getLayout(layout));
  return CodesAttr::get(codes.getContext(),
                        createBytes(codes.getContext(), *bytes));
}

OpFoldResult PackOp::fold(FoldAdaptor adaptor) {
  if (auto codes = dyn_cast_or_null<CodesAttr>(adaptor.getInput()))
    return changeLayout(
        codes, cast<RankedTensorType>(getInput().getType()),
        cast<PackedType>(getElementTypeOrSelf(getType())).getLayout());
  auto unpack = getInput().getDefiningOp<UnpackOp>();
  if (unpack && unpack.getInput().getType() == getType())
    return unpack.getInput();
  return {};
}

OpFoldResult UnpackOp::fold(FoldAdaptor) {
  auto pack = getInput().getDefiningOp<PackOp>();
  if (pack && pack.getInput().getType() == getType())
    return pack.getInput();
  return {};
}

OpFoldResult PadOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType())
    return getInput(); // nothing is added
  return {};
}

/// conv2d(pad(x, 0)) = conv2d(x) with more padding: missing taps count 0.
struct FoldPadIntoConv2D : OpRewritePattern<Conv2DOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(Conv2DOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getBound())
      return rewriter.notifyMatchFailure(op, "sums of this input are proven");
    auto pad = op.getInput().getDefiningOp<PadOp>();
    if (!pad || pad.getLevel() != 0)
      return rewriter.notifyMatchFailure(op, "input is not padded with 0");
    ArrayRef<int64_t> low = pad.getLow(), high = pad.getHigh();
    for (int dim : {0, 3})
      if (low[dim] != 0 || high[dim] != 0)
        return rewriter.notifyMatchFailure(op, "pads batch or channels");
    SmallVector<int64_t> sum(op.getPad());
    for (int axis : {0, 1}) {
      sum[2 * axis] += low[axis + 1];
      sum[2 * axis + 1] += high[axis + 1];
    }
    rewriter.modifyOpInPlace(op, [&] {
      op.getInputMutable().set(pad.getInput());
      op.setPad(sum);
    });
    return success();
  }
};

void Conv2DOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                           MLIRContext *context) {
  patterns.add<FoldPadIntoConv2D>(context);
}
