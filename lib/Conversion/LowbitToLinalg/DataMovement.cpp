//===- DataMovement.cpp - Pads and transposes of codes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace lowbit;

struct LowerPad : OpConversionPattern<PadOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(PadOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    int64_t stored = getStored(*getLevelSet(op.getType()),
                               static_cast<int32_t>(op.getLevel()));
    Value value =
        createInteger(rewriter, op.getLoc(), type.getElementType(), stored);
    rewriter.replaceOpWithNewOp<tensor::PadOp>(
        op, type, adaptor.getInput(),
        getAsIndexOpFoldResult(op.getContext(), op.getLow()),
        getAsIndexOpFoldResult(op.getContext(), op.getHigh()), value);
    return success();
  }
};

struct ConvertTranspose : OpConversionPattern<linalg::TransposeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(linalg::TransposeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<linalg::TransposeOp>(
        op, adaptor.getInput(), adaptor.getInit(), op.getPermutation());
    return success();
  }
};

void lowbit::populateDataMovementPatterns(
    RewritePatternSet &patterns, const StorageTypeConverter &converter) {
  patterns.add<LowerPad, ConvertTranspose>(converter, patterns.getContext());
}
