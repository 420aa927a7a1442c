//===- ImportQuantized.cpp - Integer TOSA onto codes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// An i8 tensor of quantized TOSA holds q = level + z with a zero point z that
// each of its readers names. Here the levels become codes and z disappears:
//
//   conv2d      sum (q - z) w + b = sum level w + b; taps outside the input
//               count q = z in TOSA, which is level 0, and 0 here.
//   rescale     scale(q - z_in) + z_out, saturated to i8: with multiplier m and
//               shift s this is round((level m) / 2^s), whose saturation
//               [-128 - z_out, 127 - z_out] is in levels. A bias in front of it
//               joins its offset, b m; so does the common factor k of the
//               weights of a channel (w = k level'), which joins the
//               multiplier.
//   avg_pool2d  reciprocal_scale of the window's size times the sum of levels.
//   reduce_sum  of rows or columns, the sum of levels in one window; the
//   rescale
//               behind it divides.
//   add         the sum of two i32 tensors that are proven not to overflow.
//
// All of it is in exact integers, so that every result is TOSA's. Where a
// reader stays in TOSA, q = level + z is made again.
//
//===----------------------------------------------------------------------===//

#include "ComposedRescale.h"
#include "Constants.h"
#include "ImportObstacle.h"
#include "Layers.h"
#include "SinkDequantize.h"
#include "TrainedWeights.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Numerics/TosaScale.h"
#include "lowbit/Numerics/TrainedLevels.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/TypeSwitch.h"

namespace lowbit {
#define GEN_PASS_DEF_IMPORTQUANTIZEDPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

static constexpr IntegerRange kI8 = {-128, 127};
static constexpr IntegerRange kI32 = {INT32_MIN, INT32_MAX};

namespace {
/// An i8 tensor as codes: q = level + zeroPoint.
struct Codes {
  Value value;
  int64_t zeroPoint;
};

/// Rewrites one function from top to bottom.
class Importer {
public:
  explicit Importer(func::FuncOp function)
      : function(function), builder(function.getContext()) {}

  void run();
  unsigned numImported = 0;

private:
  /// Fails without a trace where `op` has to stay in TOSA.
  LogicalResult importOp(Operation *op);
  template <typename ConvOp> LogicalResult importConv(ConvOp op);
  LogicalResult importRescale(tosa::RescaleOp op);
  LogicalResult importClamp(tosa::ClampOp op);
  LogicalResult importAdd(tosa::AddOp op);
  LogicalResult importAverage(tosa::AvgPool2dOp op);
  LogicalResult importReduceSum(tosa::ReduceSumOp op);
  LogicalResult importPad(tosa::PadOp op);
  LogicalResult importConcat(tosa::ConcatOp op);
  LogicalResult importMovement(Operation *op);

  /// Whether `value` is made by integer ops, or is an input of the network.
  bool isImported(Value value) const;
  /// The codes of an imported i8 tensor; of an input its bytes, as levels.
  Codes getCodes(Value value) const;
  /// The same, with an input's bytes as codes of int<8>; null if not imported.
  Codes getMovable(Operation *reader, Value value);
  /// The levels q - zeroPoint of an imported i8 tensor.
  Value getLevels(Operation *reader, Value value, int64_t zeroPoint);
  LogicalResult note(Value value, Value made, int64_t zeroPoint);
  /// The i8 tensor of `value`, for readers that stay in TOSA.
  Value materialize(Value value);
  /// A rescale in the layer of `op`; null if its sums may leave 62 bits.
  Value rescale(Operation *op, Value input, ChannelRescale how, Type element);
  LogicalResult replace(Operation *op, Value value);
  Type getElement(IntegerRange range) {
    return getLevelSetType(builder.getContext(), getSetOf(range));
  }

  func::FuncOp function;
  OpBuilder builder;
  llvm::DenseMap<Value, Codes> codes;
  llvm::DenseMap<Value, Value> materialized;
};
} // namespace

//===----------------------------------------------------------------------===//
// Between i8 and codes
//===----------------------------------------------------------------------===//

static IntegerRange shift(IntegerRange range, int64_t by) {
  return {range.lo + by, range.hi + by};
}

static IntegerRange intersect(IntegerRange a, IntegerRange b) {
  return {std::max(a.lo, b.lo), std::min(a.hi, b.hi)};
}

bool Importer::isImported(Value value) const {
  if (codes.contains(value) || isa<BlockArgument>(value))
    return true;
  return isa<LowbitDialect>(value.getDefiningOp()->getDialect());
}

Codes Importer::getCodes(Value value) const {
  auto found = codes.find(value);
  return found == codes.end() ? Codes{value, 0} : found->second;
}

Value Importer::rescale(Operation *op, Value input, ChannelRescale how,
                        Type element) {
  Value made = createComposedRescale(builder, op->getLoc(), input,
                                     std::move(how), element);
  if (made)
    copyLayer(op, made.getDefiningOp());
  return made;
}

Value Importer::getLevels(Operation *reader, Value value, int64_t zeroPoint) {
  Codes found = getCodes(value);
  if (found.zeroPoint == zeroPoint && getLevelSet(found.value.getType()))
    return found.value;
  int64_t offset = found.zeroPoint - zeroPoint;
  IntegerRange range = shift(getRange(found.value), offset);
  return rescale(reader, found.value, ChannelRescale::addition(offset, range),
                 getElement(range));
}

Codes Importer::getMovable(Operation *reader, Value value) {
  if (!hasElements(value, 8) || !isImported(value))
    return {Value(), 0};
  if (auto found = codes.find(value); found != codes.end())
    return found->second;
  return {getLevels(reader, value, 0), 0};
}

LogicalResult Importer::note(Value value, Value made, int64_t zeroPoint) {
  if (!made)
    return failure();
  codes[value] = {made, zeroPoint};
  return success();
}

Value Importer::materialize(Value value) {
  Value &made = materialized[value];
  if (made)
    return made;
  Codes found = codes.lookup(value);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointAfterValue(found.value);
  made = createComposedRescale(builder, value.getLoc(), found.value,
                               ChannelRescale::addition(found.zeroPoint, kI8),
                               builder.getI8Type());
  copyLayer(value.getDefiningOp(), made.getDefiningOp());
  return made;
}

LogicalResult Importer::replace(Operation *op, Value value) {
  if (!value)
    return failure();
  op->getResult(0).replaceAllUsesWith(value);
  return success();
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

namespace {
/// Weights as levels: weight = factor[o] * level for output channel o.
struct FilterLevels {
  LevelSet set;
  SmallVector<int32_t> levels;
  SmallVector<int64_t> factors;
  bool areTrained = false;
};
} // namespace

/// Levels of fewer bits where the weights hold them, else the weights as they
/// are. A few weights always are multiples of something: as for float weights,
/// four times as many that are not 0 are asked for as there are levels and
/// factors.
static FilterLevels getLevelsOf(ArrayRef<int64_t> weights, int64_t outputs) {
  auto trained =
      numerics::findTrainedLevels(std::span<const int64_t>(weights), outputs);
  int64_t evidence = weights.size() - llvm::count(weights, int64_t(0));
  if (trained && trained->set.codeBits() < 8 &&
      evidence >= 4 * (outputs + trained->set.numLevels()))
    return {
        trained->set,
        SmallVector<int32_t>(trained->levels.begin(), trained->levels.end()),
        SmallVector<int64_t>(trained->scales.begin(), trained->scales.end()),
        /*areTrained=*/true};
  auto [lo, hi] = std::minmax_element(weights.begin(), weights.end());
  bool fitsByte = kI8.contains({*lo, *hi});
  return {LevelSet::integer(fitsByte ? 8 : 9),
          SmallVector<int32_t>(weights.begin(), weights.end()),
          SmallVector<int64_t>(outputs, 1)};
}

/// Whether sum * factor + bias stays in i32 for every possible sum, where TOSA
/// would wrap.
static bool fitI32(ArrayRef<IntegerRange> sums, ArrayRef<int64_t> factors,
                   ArrayRef<int64_t> bias) {
  for (auto [channel, sum] : llvm::enumerate(sums)) {
    int64_t offset = atChannel(bias, channel);
    IntegerRange range = {sum.lo * factors[channel] + offset,
                          sum.hi * factors[channel] + offset};
    if (!kI32.contains(sum) || !kI32.contains(range))
      return false;
  }
  return true;
}

/// Says for reports that the weights were levels already, and lets the layer do
/// without multiplications where its weights can.
static void noteTrained(Operation *sum, const FilterLevels &found) {
  SmallVector<float> scales(found.factors.begin(), found.factors.end());
  sum->setAttr(kTrainedAttr,
               makeTrainedAttr(sum->getContext(), found.set, scales));
  if (found.set.isMultiplierFree())
    sum->setAttr(kMultiplierFreeAttr, UnitAttr::get(sum->getContext()));
}

template <typename ConvOp> LogicalResult Importer::importConv(ConvOp op) {
  auto inputZero = getZeroPoint(op.getInputZp());
  auto weightZero = getZeroPoint(op.getWeightZp());
  auto weights = getConstantIntegers(op.getWeight());
  auto bias = getConstantIntegers(op.getBias());
  if (!hasElements(op.getInput(), 8) || !hasElements(op.getWeight(), 8) ||
      !hasElements(op.getOutput(), 32) || !isImported(op.getInput()) ||
      !inputZero || !weightZero || !weights || !bias)
    return failure();
  for (int64_t &weight : *weights)
    weight -= *weightZero;
  FilterShape filters = getFilterShape(op);
  int64_t outputs = filters.sizes.front();
  if constexpr (std::is_same_v<ConvOp, tosa::DepthwiseConv2DOp>)
    weights = channelsFirst<int64_t>(*weights, outputs);
  FilterLevels found = getLevelsOf(*weights, outputs);
  Location loc = op.getLoc();
  Value input = getLevels(op, op.getInput(), *inputZero);
  Type element = getLevelSetType(builder.getContext(), found.set);
  auto constant = ConstantOp::fromLevels(
      builder, loc, RankedTensorType::get(filters.sizes, element),
      found.levels);
  if (!fitI32(getWorstSums(input, constant), found.factors, *bias))
    return failure();
  auto sum = Conv2DOp::create(builder, loc, op.getType(), input, constant,
                              op.getPad(), op.getStride(), op.getDilation(),
                              filters.groups, WorstSumsAttr());
  copyLayer(op, sum);
  if (found.areTrained)
    noteTrained(sum, found);
  ChannelRescale how = ChannelRescale::addition(*bias, kI32);
  how.multipliers = found.factors;
  return replace(op, rescale(op, sum, how, builder.getI32Type()));
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// Whether no rounded value leaves i32, where TOSA would wrap.
static bool fitsI32(const ChannelRescale &how, IntegerRange input) {
  for (size_t channel = 0; channel != how.multipliers.size(); ++channel)
    for (int64_t x : {input.lo, input.hi}) {
      // A multiplier is an i32 that is not negative, x has at most 33 bits.
      __int128 sum = static_cast<__int128>(x) * how.multipliers[channel] +
                     atChannel(how.offsets, channel);
      int64_t shift = atChannel(how.shifts, channel);
      __int128 bound = static_cast<__int128>(kI32.hi) << shift;
      if (sum >= bound || sum <= -bound)
        return false;
    }
  return true;
}

static std::optional<RoundingMode> getRounding(tosa::RescaleOp op) {
  switch (op.getRoundingMode()) {
  case tosa::RoundingMode::SINGLE_ROUND:
    return RoundingMode::HalfUp;
  case tosa::RoundingMode::DOUBLE_ROUND:
    return RoundingMode::TosaDouble;
  default:
    return std::nullopt;
  }
}

/// Its constants, without the zero points; nothing for forms that stay in TOSA.
static std::optional<ChannelRescale> matchRescale(tosa::RescaleOp op) {
  auto multipliers = getConstantIntegers(op.getMultiplier());
  auto shifts = getConstantIntegers(op.getShift());
  auto rounding = getRounding(op);
  auto isWide = [](Value value) {
    return hasElements(value, 8) || hasElements(value, 32);
  };
  if (!multipliers || !shifts || !rounding || !op.getScale32() ||
      op.getInputUnsigned() || op.getOutputUnsigned() ||
      !isWide(op.getInput()) || !isWide(op.getOutput()) ||
      llvm::any_of(*multipliers, [](int64_t m) { return m < 0; }) ||
      llvm::any_of(*shifts, [](int64_t s) { return s < 2 || s > 62; }))
    return std::nullopt;
  return ChannelRescale{*multipliers, {}, *shifts, *rounding, kI32};
}

/// The clamp that is the only reader of `value`.
static tosa::ClampOp getClampOf(Value value) {
  return value.hasOneUse() ? dyn_cast<tosa::ClampOp>(*value.user_begin())
                           : tosa::ClampOp();
}

static IntegerRange getClampRange(tosa::ClampOp op) {
  return {cast<IntegerAttr>(op.getMinVal()).getInt(),
          cast<IntegerAttr>(op.getMaxVal()).getInt()};
}

LogicalResult Importer::importRescale(tosa::RescaleOp op) {
  auto how = matchRescale(op);
  auto inputZero = getZeroPoint(op.getInputZp());
  auto outputZero = getZeroPoint(op.getOutputZp());
  if (!how || !inputZero || !outputZero || !isImported(op.getInput()))
    return failure();
  Codes input = getCodes(op.getInput());
  for (int64_t multiplier : how->multipliers)
    how->offsets.push_back((input.zeroPoint - *inputZero) * multiplier);
  if (!fitsI32(*how, getRange(input.value)))
    return failure();
  if (hasElements(op.getOutput(), 32)) {
    if (*outputZero != 0)
      return failure();
    return replace(op, rescale(op, input.value, *how, builder.getI32Type()));
  }
  how->limits = shift(kI8, -*outputZero);
  tosa::ClampOp clamp = getClampOf(op.getOutput());
  if (clamp)
    how->limits =
        intersect(how->limits, shift(getClampRange(clamp), -*outputZero));
  Value made = rescale(op, input.value, *how, getElement(how->limits));
  if (clamp && made)
    codes[clamp.getOutput()] = {made, *outputZero};
  return note(op.getOutput(), made, *outputZero);
}

LogicalResult Importer::importClamp(tosa::ClampOp op) {
  if (codes.contains(op.getOutput()))
    return success(); // taken in by the rescale before it
  if (!hasElements(op.getInput(), 8) || !isImported(op.getInput()))
    return failure();
  Codes input = getCodes(op.getInput());
  IntegerRange limits = intersect(getRange(input.value),
                                  shift(getClampRange(op), -input.zeroPoint));
  // Outside of what is possible the clamp is a constant; leave it to TOSA.
  if (limits.lo > limits.hi)
    return failure();
  return note(op.getOutput(),
              rescale(op, input.value, ChannelRescale::addition(0, limits),
                      getElement(limits)),
              input.zeroPoint);
}

/// Lets the rescales that make only this operand belong to the layer of `op`.
static void takeIntoLayer(Operation *op, Value operand) {
  auto producer = operand.getDefiningOp<RescaleOp>();
  while (producer && getElementTypeOrSelf(producer).isInteger(32)) {
    copyLayer(op, producer);
    producer = producer.getInput().getDefiningOp<RescaleOp>();
  }
}

LogicalResult Importer::importAdd(tosa::AddOp op) {
  Value lhs = op.getInput1(), rhs = op.getInput2();
  if (!hasElements(op.getOutput(), 32) || lhs.getType() != op.getType() ||
      rhs.getType() != op.getType() || !isImported(lhs) || !isImported(rhs))
    return failure();
  IntegerRange a = getRange(lhs), b = getRange(rhs);
  if (!kI32.contains({a.lo + b.lo, a.hi + b.hi}))
    return failure();
  auto constant = [&](int64_t value) {
    return createI64s(builder, op.getLoc(), value);
  };
  auto made = AddOp::create(
      builder, op.getLoc(), op.getType(), lhs, constant(1), rhs, constant(1),
      constant(0), builder.getI64IntegerAttr(0),
      RoundingModeAttr::get(builder.getContext(), RoundingMode::HalfUp),
      DenseI64ArrayAttr());
  copyLayer(op, made);
  takeIntoLayer(op, lhs);
  takeIntoLayer(op, rhs);
  return replace(op, made);
}

/// What the sum of `count` levels of `codes` can be, by their set: a pool
/// refuses what may leave 31 bits.
static IntegerRange getSumRange(Value codes, int64_t count) {
  int64_t most = getLevelSet(codes.getType())->maxMagnitude() * count;
  return {-most, most};
}

LogicalResult Importer::importAverage(tosa::AvgPool2dOp op) {
  auto inputZero = getZeroPoint(op.getInputZp());
  auto outputZero = getZeroPoint(op.getOutputZp());
  // With padding the divisor would vary.
  if (!hasElements(op.getInput(), 8) || !hasElements(op.getOutput(), 8) ||
      !isImported(op.getInput()) || !inputZero || !outputZero || isPadded(op))
    return failure();
  auto sum = SumPool2DOp::create(builder, op.getLoc(),
                                 getLevels(op, op.getInput(), *inputZero),
                                 op.getKernel(), op.getPad(), op.getStride());
  copyLayer(op, sum);
  numerics::TosaScale scale =
      numerics::reciprocalScale(op.getKernel()[0] * op.getKernel()[1]);
  ChannelRescale how = {{scale.multiplier},
                        {0},
                        {scale.shift},
                        RoundingMode::HalfUp,
                        shift(kI8, -*outputZero)};
  return note(op.getOutput(), rescale(op, sum, how, getElement(how.limits)),
              *outputZero);
}

/// What a rescale of codes to the same codes reads, else `made` itself.
static Value skipIdentity(Value made) {
  auto op = made ? made.getDefiningOp<RescaleOp>() : RescaleOp();
  if (!op || op.getType() != op.getInput().getType() || op.getClamp() ||
      !llvm::all_equal(op.getShift()) || op.getShift().front() != 0)
    return made;
  auto all = [](Value constant, int64_t value) {
    auto values = getConstantIntegers(constant);
    return values &&
           llvm::all_of(*values, [&](int64_t v) { return v == value; });
  };
  return all(op.getMultiplier(), 1) && all(op.getOffset(), 0)
             ? Value(op.getInput())
             : made;
}

/// The sum over all rows (axis 1) or columns (axis 2) is a pool of one window;
/// over both, one after the other, one pool.
LogicalResult Importer::importReduceSum(tosa::ReduceSumOp op) {
  Value input = op.getInput();
  auto type = dyn_cast<RankedTensorType>(input.getType());
  int64_t axis = op.getAxis();
  if (!hasElements(input, 32) || !isImported(input) || type.getRank() != 4 ||
      (axis != 1 && axis != 2))
    return failure();
  SmallVector<int64_t> kernel = {1, 1};
  kernel[axis - 1] = type.getDimSize(axis);
  if (auto inner = input.getDefiningOp<SumPool2DOp>();
      inner && inner.getKernel()[axis - 1] == 1 &&
      type.getDimSize(3 - axis) == 1) {
    kernel[2 - axis] = inner.getKernel()[2 - axis];
    input = inner.getInput();
  } else {
    IntegerRange range = getRange(input);
    constexpr IntegerRange wide = {INT16_MIN, INT16_MAX};
    if (!wide.contains(range))
      return failure();
    input = skipIdentity(rescale(op, input, ChannelRescale::addition(0, range),
                                 getElement(range)));
  }
  if (!input || !kI32.contains(getSumRange(input, kernel[0] * kernel[1])))
    return failure();
  auto sum = SumPool2DOp::create(builder, op.getLoc(), input, kernel,
                                 ArrayRef<int64_t>{0, 0, 0, 0},
                                 ArrayRef<int64_t>{1, 1});
  copyLayer(op, sum);
  return replace(op, sum);
}

//===----------------------------------------------------------------------===//
// Data movement
//===----------------------------------------------------------------------===//

LogicalResult Importer::importPad(tosa::PadOp op) {
  auto padding = getZeroPoint(op.getPadConst());
  Codes input = getMovable(op, op.getInput1());
  if (!input.value || !padding)
    return failure();
  return note(op.getOutput(),
              createPad(builder, op, input.value, *padding - input.zeroPoint),
              input.zeroPoint);
}

LogicalResult Importer::importConcat(tosa::ConcatOp op) {
  SmallVector<Codes> inputs;
  for (Value operand : op.getInput1())
    inputs.push_back(getMovable(op, operand));
  if (!llvm::all_of(inputs, [](const Codes &c) { return c.value; }))
    return failure();
  // One zero point and one level set for all.
  int64_t zeroPoint = inputs.front().zeroPoint;
  std::optional<IntegerRange> range;
  for (const Codes &found : inputs) {
    IntegerRange levels =
        shift(getRange(found.value), found.zeroPoint - zeroPoint);
    range = range ? range->unite(levels) : levels;
  }
  Type element = getElement(*range);
  SmallVector<Value> operands;
  for (const Codes &found : inputs) {
    bool isAlike = found.zeroPoint == zeroPoint &&
                   getElementTypeOrSelf(found.value) == element;
    operands.push_back(isAlike
                           ? found.value
                           : rescale(op, found.value,
                                     ChannelRescale::addition(
                                         found.zeroPoint - zeroPoint, *range),
                                     element));
  }
  return note(
      op.getOutput(),
      tensor::ConcatOp::create(builder, op.getLoc(), op.getAxis(), operands),
      zeroPoint);
}

LogicalResult Importer::importMovement(Operation *op) {
  Codes input = getMovable(op, op->getOperand(0));
  if (!input.value)
    return failure();
  return note(op->getResult(0),
              applyToCodes(builder, op, input.value, /*scale=*/1),
              input.zeroPoint);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

LogicalResult Importer::importOp(Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<tosa::Conv2DOp, tosa::DepthwiseConv2DOp>(
          [&](auto conv) { return importConv(conv); })
      .Case([&](tosa::RescaleOp other) { return importRescale(other); })
      .Case([&](tosa::ClampOp other) { return importClamp(other); })
      .Case([&](tosa::AddOp other) { return importAdd(other); })
      .Case([&](tosa::AvgPool2dOp other) { return importAverage(other); })
      .Case([&](tosa::ReduceSumOp other) { return importReduceSum(other); })
      .Case([&](tosa::PadOp other) { return importPad(other); })
      .Case([&](tosa::ConcatOp other) { return importConcat(other); })
      .Case<tosa::ReshapeOp, tosa::SliceOp, tosa::TransposeOp, tosa::IdentityOp,
            tosa::MaxPool2dOp, tosa::ReduceMaxOp>(
          [&](Operation *other) { return importMovement(other); })
      .Default(failure());
}

void Importer::run() {
  SmallVector<Operation *> ops = llvm::map_to_vector(
      function.getBody().front(), [](Operation &op) { return &op; });
  for (Operation *op : ops) {
    builder.setInsertionPoint(op);
    if (succeeded(importOp(op))) {
      ++numImported;
      continue;
    }
    std::string reason =
        explainObstacle(op, [&](Value value) { return isImported(value); });
    if (!reason.empty())
      op->setAttr(kReasonAttr, builder.getStringAttr(reason));
    for (OpOperand &operand : op->getOpOperands())
      if (codes.contains(operand.get()))
        operand.set(materialize(operand.get()));
  }
  // What was replaced, and what attempts that failed have made.
  IRRewriter rewriter(function.getContext());
  (void)runRegionDCE(rewriter, function->getRegions());
}

/// A layer whose weights need no multiplications does without them altogether,
/// and layers without weights do where any layer does.
static void spreadMultiplierFreedom(func::FuncOp function) {
  llvm::DenseSet<Attribute> layers;
  function.walk([&](Operation *op) {
    if (op->hasAttr(kMultiplierFreeAttr))
      layers.insert(op->getAttr(kLayerAttr));
  });
  if (layers.empty())
    return;
  function.walk([&](Operation *op) {
    if (isa<LowbitDialect>(op->getDialect()) &&
        layers.contains(op->getAttr(kLayerAttr)))
      op->setAttr(kMultiplierFreeAttr, UnitAttr::get(op->getContext()));
  });
  extendMultiplierFreedom(function);
}

namespace {
struct ImportQuantizedPass
    : lowbit::impl::ImportQuantizedPassBase<ImportQuantizedPass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal() || !function.getBody().hasOneBlock())
      return;
    Importer importer(function);
    importer.run();
    numImported += importer.numImported;
    spreadMultiplierFreedom(function);
  }
};
} // namespace
