//===- GroupedConvolution.cpp - Grouped and depthwise convolutions -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Depthwise, C groups of one channel and M filters each. The innermost loops
// run over c and m, along which input, weights [KH, KW, C, M] and output lie
// contiguously:
//
//   out[n, y, x, c, m] += in[n, y sy + ky dy, x sx + kx dx, c]
//                           * weight[ky, kx, c, m]
//
// Other groups: channels as two dimensions, (g, c) of the input and (g, o) of
// weights and output:
//
//   out[n, y, x, g, o] += in[n, y sy + ky dy, x sx + kx dx, g, c]
//                           * weight[g, o, ky, kx, c]
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Numerics/Packing.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lowbit;

/// Splits dimension `dim` into (outer, size / outer).
static Value splitDimension(OpBuilder &builder, Location loc, Value value,
                            int64_t dim, int64_t outer) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[dim] /= outer;
  shape.insert(shape.begin() + dim, outer);
  SmallVector<ReassociationIndices> groups;
  for (int64_t i = 0, made = 0; i != type.getRank(); ++i) {
    groups.push_back({made++});
    if (i == dim)
      groups.back().push_back(made++);
  }
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), value,
                                       groups);
}

/// Weights [O, KH, KW, 1] as codes [KH, KW, O], in the constant itself; null
/// if `weight` is not constant.
static Value createKernelMajorConstant(OpBuilder &builder, Value weight) {
  ConstantOp constant = getWeightConstant(weight);
  if (!constant)
    return {};
  auto type = cast<RankedTensorType>(weight.getType());
  int64_t outputs = type.getDimSize(0);
  int64_t taps = type.getNumElements() / outputs;
  SmallVector<int32_t> levels = constant.getLevels();
  SmallVector<int32_t> moved(type.getNumElements());
  for (int64_t o = 0; o != outputs; ++o)
    for (int64_t tap = 0; tap != taps; ++tap)
      moved[tap * outputs + o] = levels[o * taps + tap];
  auto movedType = RankedTensorType::get(
      {type.getDimSize(1), type.getDimSize(2), outputs}, type.getElementType());
  Location loc = constant.getLoc();
  auto packedType = cast<RankedTensorType>(constant.getType());
  auto packed = dyn_cast<PackedType>(packedType.getElementType());
  if (!packed)
    return ConstantOp::fromLevels(builder, loc, movedType, moved);
  auto bytes = numerics::packLevels(moved, *getLevelSet(movedType),
                                    getLayout(packed.getLayout()));
  Value codes = ConstantOp::create(builder, loc, packedType,
                                   createBytes(builder.getContext(), *bytes));
  return UnpackOp::create(builder, loc, movedType, codes);
}

struct LowerGroupedConv2D : OpConversionPattern<Conv2DOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(Conv2DOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (op.getGroups() == 1)
      return rewriter.notifyMatchFailure(op, "is not grouped");
    Location loc = op.getLoc();
    PaddedInput input =
        padForSum(rewriter, loc, adaptor.getInput(),
                  *getLevelSet(op.getInput().getType()), op.getPad());
    MultiplyAccumulate body = {input.set,
                               *getLevelSet(op.getWeight().getType()),
                               !needsMultiplication(op, op.getWeight())};
    bool isDepthwise = op.getWeight().getType().getDimSize(3) == 1;
    Value sum = isDepthwise ? createDepthwise(rewriter, op, input.tensor,
                                              adaptor.getWeight(), body)
                            : createGrouped(rewriter, op, input.tensor,
                                            adaptor.getWeight(), body);
    SmallVector<ReassociationIndices> joined = {{0}, {1}, {2}, {3, 4}};
    rewriter.replaceOpWithNewOp<tensor::CollapseShapeOp>(op, op.getType(), sum,
                                                         joined);
    return success();
  }

  /// Zeros of the output's shape, its channels as (groups, O / groups).
  static Value createSums(OpBuilder &builder, Conv2DOp op) {
    SmallVector<int64_t> shape(op.getType().getShape());
    shape.back() /= op.getGroups();
    shape.insert(shape.end() - 1, op.getGroups());
    return createFilled(builder, op.getLoc(),
                        cast<RankedTensorType>(op.getType().clone(shape)), 0);
  }

  /// Where output (y, x) reads at tap (ky, kx).
  static std::pair<AffineExpr, AffineExpr>
  getPosition(Conv2DOp op, AffineExpr y, AffineExpr x, AffineExpr ky,
              AffineExpr kx) {
    return {y * op.getStride()[0] + ky * op.getDilation()[0],
            x * op.getStride()[1] + kx * op.getDilation()[1]};
  }

  static Value createGeneric(OpBuilder &builder, Conv2DOp op, Value input,
                             Value weight, ArrayRef<AffineMap> maps,
                             ArrayRef<utils::IteratorType> iterators,
                             const MultiplyAccumulate &body) {
    Value sums = createSums(builder, op);
    return linalg::GenericOp::create(builder, op.getLoc(),
                                     TypeRange{sums.getType()},
                                     ValueRange{input, weight},
                                     ValueRange{sums}, maps, iterators, body)
        .getResult(0);
  }

  static Value createDepthwise(ConversionPatternRewriter &rewriter, Conv2DOp op,
                               Value input, Value stored,
                               const MultiplyAccumulate &body) {
    Value weight = moveTapsForward(rewriter, op, stored);
    weight = splitDimension(rewriter, op.getLoc(), weight, 2, op.getGroups());
    MLIRContext *context = op.getContext();
    AffineExpr n, y, x, ky, kx, c, m;
    bindDims(context, n, y, x, ky, kx, c, m);
    auto [row, column] = getPosition(op, y, x, ky, kx);
    SmallVector<AffineMap> maps = {
        AffineMap::get(7, 0, {n, row, column, c}, context),
        AffineMap::get(7, 0, {ky, kx, c, m}, context),
        AffineMap::get(7, 0, {n, y, x, c, m}, context)};
    auto parallel = utils::IteratorType::parallel;
    auto reduction = utils::IteratorType::reduction;
    return createGeneric(rewriter, op, input, weight, maps,
                         {parallel, parallel, parallel, reduction, reduction,
                          parallel, parallel},
                         body);
  }

  /// Stored weights [O, KH, KW, 1] as [KH, KW, O]: constants are made so,
  /// others are moved at run time.
  static Value moveTapsForward(ConversionPatternRewriter &rewriter, Conv2DOp op,
                               Value stored) {
    if (Value constant = createKernelMajorConstant(rewriter, op.getWeight()))
      if (Value moved = rewriter.getRemappedValue(constant))
        return moved;
    auto type = cast<RankedTensorType>(stored.getType());
    SmallVector<ReassociationIndices> joined = {{0}, {1}, {2, 3}};
    Value flat =
        tensor::CollapseShapeOp::create(rewriter, op.getLoc(), stored, joined);
    Value empty = tensor::EmptyOp::create(rewriter, op.getLoc(),
                                          ArrayRef<int64_t>{type.getDimSize(1),
                                                            type.getDimSize(2),
                                                            type.getDimSize(0)},
                                          type.getElementType());
    return linalg::TransposeOp::create(rewriter, op.getLoc(), flat, empty,
                                       ArrayRef<int64_t>{1, 2, 0})
        .getResult()[0];
  }

  static Value createGrouped(OpBuilder &builder, Conv2DOp op, Value input,
                             Value weight, const MultiplyAccumulate &body) {
    Location loc = op.getLoc();
    input = splitDimension(builder, loc, input, 3, op.getGroups());
    weight = splitDimension(builder, loc, weight, 0, op.getGroups());
    MLIRContext *context = op.getContext();
    AffineExpr n, y, x, g, o, ky, kx, c;
    bindDims(context, n, y, x, g, o, ky, kx, c);
    auto [row, column] = getPosition(op, y, x, ky, kx);
    SmallVector<AffineMap> maps = {
        AffineMap::get(8, 0, {n, row, column, g, c}, context),
        AffineMap::get(8, 0, {g, o, ky, kx, c}, context),
        AffineMap::get(8, 0, {n, y, x, g, o}, context)};
    SmallVector<utils::IteratorType> iterators(5,
                                               utils::IteratorType::parallel);
    iterators.append(3, utils::IteratorType::reduction);
    return createGeneric(builder, op, input, weight, maps, iterators, body);
  }
};

void lowbit::populateGroupedConvolutionPatterns(
    RewritePatternSet &patterns, const StorageTypeConverter &converter) {
  patterns.add<LowerGroupedConv2D>(converter, patterns.getContext());
}
