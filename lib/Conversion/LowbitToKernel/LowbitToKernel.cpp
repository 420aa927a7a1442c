//===- LowbitToKernel.cpp - Planned layers to kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToKernel/LowbitToKernel.h"

#include "dialects/Kernel/KernelOps.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lib/Conversion/Chunks.h"
#include "lowbit/Numerics/KernelLayouts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lowbit;
using numerics::FilterRows;
using numerics::LevelKind;
using numerics::LevelSet;
using numerics::LookupScheme;

namespace {
/// A convolution or matrix product as the kernels see it: NHWC and OHWI.
struct Layer {
  Operation *op;
  kernel::PlanAttr plan;
  Value input; ///< converted
  LevelSet inputSet;
  IntegerRange range; ///< of the input
  SmallVector<int32_t> levels;
  SmallVector<int64_t> image;  ///< N, H, W, C
  SmallVector<int64_t> output; ///< N, OH, OW, O
  int64_t filterHeight, filterWidth;
  SmallVector<int64_t> pad, stride, dilation;
  RankedTensorType type; ///< of the sums

  int64_t weightsPerOutput() const {
    return static_cast<int64_t>(levels.size()) / output[3];
  }
  /// Filter rows as the inner loop walks them: neighbouring taps are one run of
  /// bytes unless dilation puts gaps between them.
  FilterRows getRows() const {
    int64_t rows = dilation[1] == 1 ? filterHeight : filterHeight * filterWidth;
    return {output[3], rows, weightsPerOutput() / rows};
  }
};

/// The input of a kernel: bytes, padded.
struct KernelInput {
  Value tensor;
  int64_t offset; ///< byte - level
  SmallVector<int64_t> image;
};
} // namespace

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// Whether levels are stored as themselves, modulo the width.
static bool isStoredAsLevel(const LevelSet &set) {
  return set.kind() == LevelKind::UInt || set.kind() == LevelKind::Int ||
         set.kind() == LevelKind::IntNarrow;
}

/// Levels as bytes, unsigned or signed as the plan has them: themselves where
/// they fit, else as far above the least byte as they are above the least
/// level. Fails if they do not fit.
static FailureOr<Value> createBytes(OpBuilder &builder, const Layer &layer,
                                    int64_t &offset) {
  Location loc = layer.op->getLoc();
  // Padding is level 0.
  IntegerRange range = layer.range.unite({0, 0});
  if (range.hi - range.lo > 255)
    return layer.op->emitError("the plan needs levels that fit a byte");
  int64_t least = layer.plan.getSignedInput() ? -128 : 0;
  bool fits = range.lo >= least && range.hi <= least + 255;
  offset = fits ? 0 : least - range.lo;
  auto type = cast<RankedTensorType>(layer.input.getType());
  Type i8 = builder.getI8Type();
  if (fits && isStoredAsLevel(layer.inputSet) && type.getElementType() == i8)
    return layer.input;
  return createElementwise(
      builder, loc, cast<RankedTensorType>(type.clone(i8)), layer.input, {},
      [&](OpBuilder &nested, Location bodyLoc, ValueRange scalars) -> Value {
        // Modulo 256, in which levels of more bits and offsets may wrap.
        Value level =
            emitLevel(nested, bodyLoc, scalars[0], layer.inputSet, i8);
        return arith::AddIOp::create(
            nested, bodyLoc, level,
            createInteger(nested, bodyLoc, i8, static_cast<int8_t>(offset)));
      });
}

/// Pads the image, and below it by one more row where the last group of a row
/// would be read from beyond its end.
static FailureOr<KernelInput> prepareInput(OpBuilder &builder,
                                           const Layer &layer, int64_t group) {
  Location loc = layer.op->getLoc();
  KernelInput input = {{}, 0, layer.image};
  FailureOr<Value> bytes = createBytes(builder, layer, input.offset);
  if (failed(bytes))
    return failure();
  input.tensor = *bytes;
  auto type = cast<RankedTensorType>(input.tensor.getType());
  bool isMatrix = type.getRank() == 2;
  int64_t slack = group > 1 && layer.getRows().rowSize % group != 0;
  SmallVector<int64_t> low = {layer.pad[0], layer.pad[2]};
  SmallVector<int64_t> high = {layer.pad[1] + slack, layer.pad[3]};
  if (llvm::all_of(layer.pad, [](int64_t size) { return size == 0; }) && !slack)
    return input;
  // A matrix is an image of one row of pixels.
  SmallVector<int64_t> shape(type.getShape());
  SmallVector<OpFoldResult> lows(shape.size(), builder.getIndexAttr(0));
  SmallVector<OpFoldResult> highs = lows;
  for (int64_t dim : {0, 1}) {
    int64_t axis = isMatrix ? 0 : dim + 1;
    if (isMatrix && dim == 1)
      continue;
    shape[axis] += low[dim] + high[dim];
    lows[axis] = builder.getIndexAttr(low[dim]);
    highs[axis] = builder.getIndexAttr(high[dim]);
  }
  if (isMatrix) {
    input.image[2] = shape[0];
  } else {
    input.image[1] = shape[1];
    input.image[2] = shape[2];
  }
  Value zero =
      createInteger(builder, loc, builder.getI8Type(),
                    static_cast<int8_t>(static_cast<uint8_t>(input.offset)));
  input.tensor = tensor::PadOp::create(builder, loc, type.clone(shape),
                                       input.tensor, lows, highs, zero);
  return input;
}

//===----------------------------------------------------------------------===//
// The kernel op
//===----------------------------------------------------------------------===//

static Value createBytesConstant(OpBuilder &builder, Location loc,
                                 ArrayRef<int8_t> bytes) {
  auto type = RankedTensorType::get({static_cast<int64_t>(bytes.size())},
                                    builder.getI8Type());
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, bytes));
}

/// -offset * sum of the weights of each output channel, which takes the offset
/// of the bytes out of the sums; null where there is none.
static Value createInit(OpBuilder &builder, const Layer &layer, int64_t offset,
                        int64_t lanes) {
  if (offset == 0)
    return {};
  SmallVector<int64_t> init(llvm::alignTo(layer.output[3], lanes), 0);
  for (auto [index, level] : llvm::enumerate(layer.levels))
    init[index / layer.weightsPerOutput()] -= offset * level;
  return createIntegers(builder, layer.op->getLoc(), builder.getI32Type(),
                        init);
}

static kernel::Conv2DOp createKernel(OpBuilder &builder, const Layer &layer,
                                     const KernelInput &input, Value weight,
                                     Value table, Value init,
                                     int64_t scratchBytes = 0) {
  Location loc = layer.op->getLoc();
  SmallVector<Value> outputs = {tensor::EmptyOp::create(
      builder, loc, layer.type.getShape(), layer.type.getElementType())};
  if (scratchBytes > 0)
    outputs.push_back(tensor::EmptyOp::create(
        builder, loc, ArrayRef<int64_t>{scratchBytes}, builder.getI8Type()));
  SmallVector<int64_t> filter(ArrayRef(layer.output).drop_front());
  filter.push_back(layer.filterHeight);
  filter.push_back(layer.filterWidth);
  auto conv = kernel::Conv2DOp::create(
      builder, loc, TypeRange(ValueRange(outputs)), input.tensor, weight, table,
      init, ValueRange(), ValueRange(), outputs, layer.plan, input.image,
      filter, layer.stride, layer.dilation, scratchBytes > 0);
  OpBuilder::InsertionGuard guard(builder);
  Block *block = builder.createBlock(&conv.getEpilogue(), {},
                                     layer.type.getElementType(), loc);
  kernel::YieldOp::create(builder, loc, block->getArguments());
  return conv;
}

static FailureOr<Value> createDot(OpBuilder &builder, const Layer &layer) {
  int64_t lanes = layer.plan.getBytes() / numerics::kDotGroup;
  FailureOr<KernelInput> input =
      prepareInput(builder, layer, numerics::kDotGroup);
  if (failed(input))
    return failure();
  std::vector<int8_t> bytes =
      numerics::packForDot(layer.levels, layer.getRows(), lanes);
  Value weight = createBytesConstant(builder, layer.op->getLoc(), bytes);
  Value init = createInit(builder, layer, input->offset, lanes);
  return createKernel(builder, layer, *input, weight, {}, init).getResult(0);
}

static FailureOr<Value> createDepthwise(OpBuilder &builder,
                                        const Layer &layer) {
  int64_t lanes = layer.plan.getBytes() / numerics::kDotGroup;
  FailureOr<KernelInput> input = prepareInput(builder, layer, 1);
  if (failed(input))
    return failure();
  std::vector<int8_t> bytes =
      numerics::packForDepthwise(layer.levels, layer.output[3],
                                 layer.filterHeight, layer.filterWidth, lanes);
  Value weight = createBytesConstant(builder, layer.op->getLoc(), bytes);
  Value init = createInit(builder, layer, input->offset, lanes);
  return createKernel(builder, layer, *input, weight, {}, init).getResult(0);
}

//===----------------------------------------------------------------------===//
// Lookups
//===----------------------------------------------------------------------===//

/// Adds channels of code 0 up to a multiple of `group`.
static Value fillLastGroup(OpBuilder &builder, Location loc, Value codes,
                           int64_t group) {
  auto type = cast<RankedTensorType>(codes.getType());
  SmallVector<int64_t> shape(type.getShape());
  int64_t missing = llvm::alignTo(shape.back(), group) - shape.back();
  if (missing == 0)
    return codes;
  shape.back() += missing;
  SmallVector<OpFoldResult> low(shape.size(), builder.getIndexAttr(0));
  SmallVector<OpFoldResult> high = low;
  high.back() = builder.getIndexAttr(missing);
  Value zero = createInteger(builder, loc, type.getElementType(), 0);
  return tensor::PadOp::create(builder, loc, type.clone(shape), codes, low,
                               high, zero);
}

/// Groups of neighbouring channels as bytes: [..., ceil(C / group)].
static Value createGroups(OpBuilder &builder, Location loc, Value codes,
                          const LookupScheme &scheme) {
  MLIRContext *context = builder.getContext();
  codes = fillLastGroup(builder, loc, codes, scheme.group);
  auto type = cast<RankedTensorType>(codes.getType());
  int64_t last = type.getRank() - 1;
  SmallVector<int64_t> shape(type.getShape());
  shape[last] /= scheme.group;
  Type i8 = builder.getI8Type();
  SmallVector<AffineMap> maps;
  for (int64_t j = 0; j != scheme.group; ++j) {
    SmallVector<AffineExpr> place;
    for (int64_t i = 0; i != last; ++i)
      place.push_back(builder.getAffineDimExpr(i));
    place.push_back(builder.getAffineDimExpr(last) * scheme.group + j);
    maps.push_back(AffineMap::get(last + 1, 0, place, context));
  }
  maps.push_back(builder.getMultiDimIdentityMap(last + 1));
  Value empty = tensor::EmptyOp::create(builder, loc, shape, i8);
  SmallVector<Value> inputs(scheme.group, codes);
  SmallVector<utils::IteratorType> iterators(last + 1,
                                             utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(
      builder, loc, empty.getType(), inputs, empty, maps, iterators,
      [&](OpBuilder &nested, Location bodyLoc, ValueRange scalars) {
        Value byte = scalars[0];
        for (int64_t j = 1; j != scheme.group; ++j) {
          Value amount =
              createInteger(nested, bodyLoc, i8, j * scheme.activationBits);
          Value moved =
              arith::ShLIOp::create(nested, bodyLoc, scalars[j], amount);
          byte = arith::OrIOp::create(nested, bodyLoc, byte, moved);
        }
        linalg::YieldOp::create(nested, bodyLoc, byte);
      });
  return generic.getResult(0);
}

/// Bytes of the input rows whose sums are kept, for `rows_in_lanes`: of 16 bits
/// where one run does not hold all groups. Each thread keeps its own.
static int64_t countRingBytes(const Layer &layer) {
  if (!layer.plan.getRowsInLanes())
    return 0;
  int64_t lanes = layer.output[3] * layer.filterHeight;
  bool isWide = layer.plan.countRuns(layer.image[3], layer.filterWidth) > 1;
  int64_t outputs = layer.output[0] * layer.output[1] * layer.output[2];
  int64_t products = outputs * lanes * layer.filterWidth * layer.image[3];
  int64_t chunks =
      std::min(countChunks(layer.op, estimateKernel(layer.plan, products)),
               std::max(layer.output[0], layer.output[1]));
  return chunks * (isWide ? 2 : 1) *
         static_cast<int64_t>(llvm::PowerOf2Ceil(layer.filterHeight)) *
         layer.output[2] *
         static_cast<int64_t>(llvm::alignTo(lanes, layer.plan.getBytes()));
}

static FailureOr<Value> createLookup(OpBuilder &builder, Layer layer) {
  Location loc = layer.op->getLoc();
  int64_t entries = layer.plan.getEntries(), group = layer.plan.getGroup();
  auto weightSet = *getLevelSet(layer.op->getOperand(1).getType());
  auto scheme = numerics::chooseLookup(layer.inputSet, weightSet, entries,
                                       layer.image[3]);
  if (!scheme || scheme->group != group)
    return layer.op->emitError("the plan of this layer does not fit it");
  // What follows knows groups of channels only.
  numerics::LookupFilter filter = {
      layer.output[3], layer.filterHeight,    layer.filterWidth,
      layer.image[3],  layer.plan.getSteps(), layer.plan.getColumnsApart()};
  Type sum = getElementTypeOrSelf(layer.op->getResult(0).getType());
  bool isLong = sum.getIntOrFloatBitWidth() > 16;
  if (!numerics::fitLookupRuns(layer.levels, filter, *scheme))
    return layer.op->emitError("the plan of this layer does not fit it");
  if (isLong && (layer.plan.getRowsInLanes() ||
                 !numerics::fitShortRows(layer.levels, filter, *scheme)))
    return layer.op->emitError("the plan of this layer does not fit it");
  layer.input = createGroups(builder, loc, layer.input, *scheme);
  layer.image[3] = llvm::divideCeil(layer.image[3], group);
  FailureOr<KernelInput> input = prepareInput(builder, layer, 1);
  if (failed(input))
    return failure();
  numerics::LookupWeights packed = numerics::packForLookup(
      layer.levels, filter, *scheme, layer.plan.getBytes(),
      layer.plan.getRowsInLanes());
  Value weight = createBytesConstant(builder, loc, packed.bytes);
  Value table = createBytesConstant(
      builder, loc, numerics::makeLookupTable(*scheme, entries));
  SmallVector<int64_t> init(packed.init.begin(), packed.init.end());
  Type element = isLong ? builder.getI32Type() : builder.getI16Type();
  Value start = createIntegers(builder, loc, element, init);
  return createKernel(builder, layer, *input, weight, table, start,
                      countRingBytes(layer))
      .getResult(0);
}

//===----------------------------------------------------------------------===//
// Shifts
//===----------------------------------------------------------------------===//

static FailureOr<Value> createShift(OpBuilder &builder, const Layer &layer) {
  Location loc = layer.op->getLoc();
  int64_t lanes = layer.plan.getBytes() / 4;
  FailureOr<KernelInput> input = prepareInput(builder, layer, 1);
  if (failed(input))
    return failure();
  numerics::ShiftWeights packed = numerics::packForShift(
      layer.levels, layer.getRows(), lanes, layer.plan.getGroup());
  SmallVector<int64_t> init(packed.init.begin(), packed.init.end());
  for (auto [index, level] : llvm::enumerate(layer.levels))
    init[index / layer.weightsPerOutput()] -= input->offset * level;
  Value weight = createBytesConstant(builder, loc, packed.bytes);
  Value start = createIntegers(builder, loc, builder.getI32Type(), init);
  return createKernel(builder, layer, *input, weight, {}, start).getResult(0);
}

static FailureOr<Value> createPlanned(ConversionPatternRewriter &rewriter,
                                      const Layer &layer) {
  switch (layer.plan.getFamily()) {
  case kernel::Family::Dot:
    return createDot(rewriter, layer);
  case kernel::Family::Depthwise:
    return createDepthwise(rewriter, layer);
  case kernel::Family::Lookup:
    return createLookup(rewriter, layer);
  case kernel::Family::Shift:
    return createShift(rewriter, layer);
  case kernel::Family::Float:
  case kernel::Family::FloatDepthwise:
    return layer.op->emitError("a plan of floats does not fit codes");
  }
  llvm_unreachable("all families are listed");
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// Plans win over plain loops.
static constexpr unsigned kBenefit = 10;

/// The levels of weights; a packed constant has more, of what fills its last
/// byte.
static SmallVector<int32_t> getLevels(ConstantOp constant,
                                      RankedTensorType type) {
  SmallVector<int32_t> levels = constant.getLevels();
  levels.truncate(type.getNumElements());
  return levels;
}

template <typename Op> struct PlannedPattern : OpConversionPattern<Op> {
  PlannedPattern(const StorageTypeConverter &converter, MLIRContext *context,
                 const OperandRanges &ranges)
      : OpConversionPattern<Op>(converter, context, kBenefit), ranges(ranges) {}

  const OperandRanges &ranges;
};

struct ConvertConv2D : PlannedPattern<Conv2DOp> {
  using PlannedPattern::PlannedPattern;

  LogicalResult
  matchAndRewrite(Conv2DOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto plan = op->getAttrOfType<kernel::PlanAttr>(kernel::kPlanAttr);
    ConstantOp weight = getWeightConstant(op.getWeight());
    if (!plan || !weight)
      return rewriter.notifyMatchFailure(op, "has no plan");
    auto filter = op.getWeight().getType();
    Layer layer = {op,
                   plan,
                   adaptor.getInput(),
                   *getLevelSet(op.getInput().getType()),
                   ranges.get(op.getInput()),
                   getLevels(weight, filter),
                   SmallVector<int64_t>(op.getInput().getType().getShape()),
                   SmallVector<int64_t>(op.getType().getShape()),
                   filter.getDimSize(1),
                   filter.getDimSize(2),
                   SmallVector<int64_t>(op.getPad()),
                   SmallVector<int64_t>(op.getStride()),
                   SmallVector<int64_t>(op.getDilation()),
                   op.getType()};
    flattenPointwise(layer);
    FailureOr<Value> sums = createPlanned(rewriter, layer);
    if (failed(sums))
      return failure();
    rewriter.replaceOp(op, *sums);
    return success();
  }

  /// The pixels of a 1x1 convolution are one row.
  static void flattenPointwise(Layer &layer) {
    bool isPointwise =
        layer.filterHeight == 1 && layer.filterWidth == 1 &&
        layer.stride[0] == 1 && layer.stride[1] == 1 &&
        layer.plan.getFamily() != kernel::Family::Depthwise &&
        layer.image[3] % layer.plan.getGroup() == 0 &&
        llvm::all_of(layer.pad, [](int64_t size) { return size == 0; });
    if (!isPointwise)
      return;
    for (auto *sizes : {&layer.image, &layer.output}) {
      (*sizes)[2] *= (*sizes)[0] * (*sizes)[1];
      (*sizes)[0] = (*sizes)[1] = 1;
    }
  }
};

struct ConvertMatmul : PlannedPattern<MatmulOp> {
  using PlannedPattern::PlannedPattern;

  LogicalResult
  matchAndRewrite(MatmulOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto plan = op->getAttrOfType<kernel::PlanAttr>(kernel::kPlanAttr);
    ConstantOp weight = getWeightConstant(op.getWeight());
    if (!plan || !weight)
      return rewriter.notifyMatchFailure(op, "has no plan");
    ArrayRef<int64_t> input = op.getInput().getType().getShape();
    ArrayRef<int64_t> output = op.getType().getShape();
    Layer layer = {op,
                   plan,
                   adaptor.getInput(),
                   *getLevelSet(op.getInput().getType()),
                   ranges.get(op.getInput()),
                   getLevels(weight, op.getWeight().getType()),
                   {1, 1, input[0], input[1]},
                   {1, 1, output[0], output[1]},
                   1,
                   1,
                   {0, 0, 0, 0},
                   {1, 1},
                   {1, 1},
                   op.getType()};
    FailureOr<Value> sums = createPlanned(rewriter, layer);
    if (failed(sums))
      return failure();
    rewriter.replaceOp(op, *sums);
    return success();
  }
};

void lowbit::populateKernelPatterns(RewritePatternSet &patterns,
                                    const StorageTypeConverter &converter,
                                    const OperandRanges &ranges) {
  patterns.add<ConvertConv2D, ConvertMatmul>(converter, patterns.getContext(),
                                             ranges);
}
