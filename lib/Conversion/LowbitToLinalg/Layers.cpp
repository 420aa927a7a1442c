//===- Layers.cpp - Convolutions, matrix products, pools -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

/// Pads height and width of NHWC with the stored form of `level`.
static Value padSpatially(OpBuilder &builder, Location loc, Value input,
                          ArrayRef<int64_t> pad, int64_t stored) {
  if (llvm::all_of(pad, [](int64_t size) { return size == 0; }))
    return input;
  auto type = cast<RankedTensorType>(input.getType());
  auto index = [&](int64_t size) { return builder.getIndexAttr(size); };
  SmallVector<OpFoldResult> low = {index(0), index(pad[0]), index(pad[2]),
                                   index(0)};
  SmallVector<OpFoldResult> high = {index(0), index(pad[1]), index(pad[3]),
                                    index(0)};
  SmallVector<int64_t> shape(type.getShape());
  shape[1] += pad[0] + pad[1];
  shape[2] += pad[2] + pad[3];
  Value value = createInteger(builder, loc, type.getElementType(), stored);
  return tensor::PadOp::create(builder, loc, type.clone(shape), input, low,
                               high, value);
}

Value lowbit::createFilled(OpBuilder &builder, Location loc,
                           RankedTensorType type, int64_t value) {
  Value empty = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                        type.getElementType());
  Value scalar = createInteger(builder, loc, type.getElementType(), value);
  return linalg::FillOp::create(builder, loc, scalar, empty).getResult(0);
}

PaddedInput lowbit::padForSum(OpBuilder &builder, Location loc, Value stored,
                              const LevelSet &set, ArrayRef<int64_t> pad) {
  bool isPadded = llvm::any_of(pad, [](int64_t size) { return size != 0; });
  if (!isPadded || !isStoredAsCode(set) || set.hasZero())
    return {padSpatially(builder, loc, stored, pad,
                         set.hasZero() ? getStored(set, 0) : 0),
            set};
  auto type = cast<RankedTensorType>(stored.getType());
  int64_t most = set.maxMagnitude();
  Type element =
      builder.getIntegerType(numerics::accumulatorBits({-most, most}));
  Value levels = createElementwise(
      builder, loc, cast<RankedTensorType>(type.clone(element)), stored, {},
      [&](OpBuilder &nested, Location bodyLoc, ValueRange scalars) {
        return emitLevel(nested, bodyLoc, scalars[0], set, element);
      });
  return {padSpatially(builder, loc, levels, pad, 0), std::nullopt};
}

/// The level of an element of a PaddedInput.
static Value emitPadded(OpBuilder &builder, Location loc, Value element,
                        const std::optional<LevelSet> &set, Type type) {
  // A sum may be proven narrower than a level: where all weights are 0.
  return set ? emitLevel(builder, loc, element, *set, type)
             : convert(builder, loc, element, type, /*isUnsigned=*/false);
}

// The sum is proven to fit its type. Products may wrap on the way, as their sum
// does not.
void MultiplyAccumulate::operator()(OpBuilder &builder, Location loc,
                                    ValueRange scalars) const {
  Type type = scalars[2].getType();
  Value x = emitPadded(builder, loc, scalars[0], input, type);
  Value product = multiplierFree
                      ? emitShiftedProduct(builder, loc, x, scalars[1], weight)
                      : arith::MulIOp::create(
                            builder, loc, x,
                            emitLevel(builder, loc, scalars[1], weight, type))
                            .getResult();
  Value sum = arith::AddIOp::create(builder, loc, scalars[2], product);
  linalg::YieldOp::create(builder, loc, sum);
}

/// Merges dimensions [first, last] of a tensor.
static Value mergeDimensions(OpBuilder &builder, Location loc, Value value,
                             int64_t first, int64_t last) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  SmallVector<ReassociationIndices> groups;
  for (int64_t i = 0; i != rank; ++i) {
    if (i <= first || i > last)
      groups.push_back({});
    groups.back().push_back(i);
  }
  return tensor::CollapseShapeOp::create(builder, loc, value, groups);
}

bool lowbit::needsMultiplication(Operation *op, Value weight) {
  return !isMultiplierFree(op) ||
         !getLevelSet(weight.getType())->isMultiplierFree();
}

//===----------------------------------------------------------------------===//
// conv2d
//===----------------------------------------------------------------------===//
//
// Without horizontal dilation, a row of taps reads kw * C neighbouring input
// elements in the order in which the weights lie in OHWI. Width and channels
// are therefore merged into one dimension of W * C, over which the innermost
// loop runs contiguously in both operands:
//
//   out[n, y, x, o] += in[n, y sy + ky dy, x (sx C) + k] * weight[o, ky, k]

struct LowerConv2D : OpConversionPattern<Conv2DOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(Conv2DOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    LevelSet inputSet = *getLevelSet(op.getInput().getType());
    LevelSet weightSet = *getLevelSet(op.getWeight().getType());
    if (op.getGroups() != 1)
      return rewriter.notifyMatchFailure(op, "is grouped");
    PaddedInput input =
        padForSum(rewriter, loc, adaptor.getInput(), inputSet, op.getPad());
    Value padded = input.tensor;
    Value filled = createFilled(rewriter, loc, op.getType(), 0);
    MultiplyAccumulate body = {input.set, weightSet,
                               !needsMultiplication(op, op.getWeight())};
    Value weight = adaptor.getWeight();
    bool mergesTaps = op.getDilation()[1] == 1;
    if (mergesTaps) {
      padded = mergeDimensions(rewriter, loc, padded, 2, 3);
      weight = mergeDimensions(rewriter, loc, weight, 2, 3);
    }
    SmallVector<utils::IteratorType> iterators(4,
                                               utils::IteratorType::parallel);
    iterators.append(mergesTaps ? 2 : 3, utils::IteratorType::reduction);
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, TypeRange{op.getType()}, ValueRange{padded, weight},
        ValueRange{filled}, mergesTaps ? mergedMaps(op) : plainMaps(op),
        iterators, body);
    return success();
  }

  /// (n, y, x, o, ky, k), see above.
  static SmallVector<AffineMap> mergedMaps(Conv2DOp op) {
    MLIRContext *context = op.getContext();
    int64_t channels = op.getInput().getType().getDimSize(3);
    AffineExpr n, y, x, o, ky, k;
    bindDims(context, n, y, x, o, ky, k);
    AffineExpr row = y * op.getStride()[0] + ky * op.getDilation()[0];
    AffineExpr column = x * (op.getStride()[1] * channels) + k;
    return {AffineMap::get(6, 0, {n, row, column}, context),
            AffineMap::get(6, 0, {o, ky, k}, context),
            AffineMap::get(6, 0, {n, y, x, o}, context)};
  }

  /// (n, y, x, o, ky, kx, c).
  static SmallVector<AffineMap> plainMaps(Conv2DOp op) {
    MLIRContext *context = op.getContext();
    AffineExpr n, y, x, o, ky, kx, c;
    bindDims(context, n, y, x, o, ky, kx, c);
    AffineExpr row = y * op.getStride()[0] + ky * op.getDilation()[0];
    AffineExpr column = x * op.getStride()[1] + kx * op.getDilation()[1];
    return {AffineMap::get(7, 0, {n, row, column, c}, context),
            AffineMap::get(7, 0, {o, ky, kx, c}, context),
            AffineMap::get(7, 0, {n, y, x, o}, context)};
  }
};

struct LowerMatmul : OpConversionPattern<MatmulOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(MatmulOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    MLIRContext *context = op.getContext();
    LevelSet inputSet = *getLevelSet(op.getInput().getType());
    LevelSet weightSet = *getLevelSet(op.getWeight().getType());
    MultiplyAccumulate body = {inputSet, weightSet,
                               !needsMultiplication(op, op.getWeight())};
    AffineExpr m, o, k;
    bindDims(context, m, o, k);
    SmallVector<AffineMap> maps = {AffineMap::get(3, 0, {m, k}, context),
                                   AffineMap::get(3, 0, {o, k}, context),
                                   AffineMap::get(3, 0, {m, o}, context)};
    SmallVector<utils::IteratorType> iterators = {
        utils::IteratorType::parallel, utils::IteratorType::parallel,
        utils::IteratorType::reduction};
    Value filled = createFilled(rewriter, loc, op.getType(), 0);
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, TypeRange{op.getType()},
        ValueRange{adaptor.getInput(), adaptor.getWeight()}, ValueRange{filled},
        maps, iterators, body);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Pools
//===----------------------------------------------------------------------===//

/// Reduces windows of `padded` into `init` with `combine(acc, element)`.
static Value
createPool(OpBuilder &builder, Location loc, Value padded, Value init,
           ArrayRef<int64_t> kernel, ArrayRef<int64_t> stride,
           function_ref<Value(OpBuilder &, Location, Value, Value)> combine) {
  MLIRContext *context = builder.getContext();
  AffineExpr n, y, x, c, ky, kx;
  bindDims(context, n, y, x, c, ky, kx);
  SmallVector<AffineMap> maps = {
      AffineMap::get(6, 0, {n, y * stride[0] + ky, x * stride[1] + kx, c},
                     context),
      AffineMap::get(6, 0, {ky, kx}, context),
      AffineMap::get(6, 0, {n, y, x, c}, context)};
  SmallVector<utils::IteratorType> iterators(4, utils::IteratorType::parallel);
  iterators.append(2, utils::IteratorType::reduction);
  // An operand without data: it gives the window's loops their extent.
  Value window =
      tensor::EmptyOp::create(builder, loc, kernel, builder.getI8Type());
  return linalg::GenericOp::create(
             builder, loc, TypeRange{init.getType()},
             ValueRange{padded, window}, ValueRange{init}, maps, iterators,
             [&](OpBuilder &nested, Location nestedLoc, ValueRange scalars) {
               linalg::YieldOp::create(
                   nested, nestedLoc,
                   combine(nested, nestedLoc, scalars[2], scalars[0]));
             })
      .getResult(0);
}

struct LowerMaxPool2D : OpConversionPattern<MaxPool2DOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(MaxPool2DOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    LevelSet set = *getLevelSet(op.getType());
    Location loc = op.getLoc();
    int64_t least = getStored(set, set.minLevel());
    auto type =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    Value padded =
        padSpatially(rewriter, loc, adaptor.getInput(), op.getPad(), least);
    Value init = createFilled(rewriter, loc, type, least);
    rewriter.replaceOp(op, createPool(rewriter, loc, padded, init,
                                      op.getKernel(), op.getStride(),
                                      [&](OpBuilder &builder, Location bodyLoc,
                                          Value most, Value element) {
                                        return emitGreater(builder, bodyLoc,
                                                           most, element, set);
                                      }));
    return success();
  }

  /// Of two stored elements the one of the greater level.
  static Value emitGreater(OpBuilder &builder, Location loc, Value a, Value b,
                           const LevelSet &set) {
    using numerics::LevelKind;
    // A list is stored as ranks, which are in level order.
    if (set.kind() == LevelKind::UInt || set.kind() == LevelKind::List)
      return arith::MaxUIOp::create(builder, loc, a, b);
    if (!isStoredAsCode(set))
      return arith::MaxSIOp::create(builder, loc, a, b);
    // Sign and exponent are not.
    Type i32 = builder.getI32Type();
    Value isLess =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt,
                              emitLevel(builder, loc, a, set, i32),
                              emitLevel(builder, loc, b, set, i32));
    return arith::SelectOp::create(builder, loc, isLess, b, a);
  }
};

struct LowerSumPool2D : OpConversionPattern<SumPool2DOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(SumPool2DOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    LevelSet set = *getLevelSet(op.getInput().getType());
    Location loc = op.getLoc();
    PaddedInput input =
        padForSum(rewriter, loc, adaptor.getInput(), set, op.getPad());
    rewriter.replaceOp(
        op, createPool(rewriter, loc, input.tensor,
                       createFilled(rewriter, loc, op.getType(), 0),
                       op.getKernel(), op.getStride(),
                       [&](OpBuilder &builder, Location bodyLoc, Value sum,
                           Value element) -> Value {
                         Value level = emitPadded(builder, bodyLoc, element,
                                                  input.set, sum.getType());
                         return arith::AddIOp::create(builder, bodyLoc, sum,
                                                      level);
                       }));
    return success();
  }
};

void lowbit::populateLayerPatterns(RewritePatternSet &patterns,
                                   const StorageTypeConverter &converter) {
  patterns.add<LowerConv2D, LowerMatmul, LowerMaxPool2D, LowerSumPool2D>(
      converter, patterns.getContext());
}
