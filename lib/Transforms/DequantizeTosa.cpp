//===- DequantizeTosa.cpp - Integer TOSA back into float -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// TOSA keeps no scales, only the ratios between them: an i8 tensor q = x + z
// becomes the float tensor x in steps of its own grid, and a rescale by m / 2^s
// the product with that number, limited to what i8 holds. What is lost is the
// rounding of each rescale, which the recipe's own quantizers take over.
//

#include "Constants.h"
#include "Layers.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

namespace lowbit {
#define GEN_PASS_DEF_DEQUANTIZETOSAPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
/// A float tensor x for an integer tensor q = x + zeroPoint.
struct Real {
  Value value;
  int64_t zeroPoint;
};

/// Rewrites one function from top to bottom.
class Dequantizer {
public:
  explicit Dequantizer(func::FuncOp function)
      : function(function), builder(function.getContext()) {}

  void run();
  unsigned numDequantized = 0;

private:
  /// Fails without a trace where `op` has to stay in integers.
  LogicalResult dequantize(Operation *op);
  template <typename ConvOp> LogicalResult dequantizeConv(ConvOp op);
  LogicalResult dequantizeRescale(tosa::RescaleOp op);
  LogicalResult dequantizeClamp(tosa::ClampOp op);
  LogicalResult dequantizeAdd(tosa::AddOp op);
  LogicalResult dequantizeAverage(tosa::AvgPool2dOp op);
  LogicalResult dequantizeReduceSum(tosa::ReduceSumOp op);
  LogicalResult dequantizeMovement(Operation *op);

  bool isReal(Value value) const {
    return reals.contains(value) ||
           (isa<BlockArgument>(value) && hasElements(value, 8));
  }
  /// The float tensor of `value`, less `zeroPoint`.
  Value getReal(Operation *reader, Value value, int64_t zeroPoint);
  /// The integer tensor for readers that stay in integers.
  Value materialize(Value value);

  /// `value` plus or times one number for each channel, or one for all.
  Value addTo(Operation *op, Value value, ArrayRef<float> terms);
  Value multiply(Operation *op, Value value, ArrayRef<float> factors);
  Value clamp(Operation *op, Value value, double lo, double hi);
  /// A copy of `op` on `operands`, of f32 elements.
  Operation *cloneInFloat(Operation *op, ValueRange operands);

  func::FuncOp function;
  OpBuilder builder;
  llvm::DenseMap<Value, Real> reals;
  llvm::DenseMap<Value, Value> materialized;
};
} // namespace

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

/// The shape of one number per channel that broadcasts over `value`.
static SmallVector<int64_t> getChannelShape(Value value, size_t count) {
  SmallVector<int64_t> shape(cast<RankedTensorType>(value.getType()).getRank(),
                             1);
  if (!shape.empty())
    shape.back() = count;
  return shape;
}

Value Dequantizer::addTo(Operation *op, Value value, ArrayRef<float> terms) {
  Value constant = createTosaFloats(
      builder, op->getLoc(), getChannelShape(value, terms.size()), terms);
  auto made = tosa::AddOp::create(builder, op->getLoc(), value.getType(), value,
                                  constant);
  copyLayer(op, made);
  return made;
}

Value Dequantizer::multiply(Operation *op, Value value,
                            ArrayRef<float> factors) {
  Location loc = op->getLoc();
  Value constant = createTosaFloats(
      builder, loc, getChannelShape(value, factors.size()), factors);
  auto shiftType = RankedTensorType::get({1}, builder.getI8Type());
  Value shift = tosa::ConstOp::create(
      builder, loc, shiftType,
      DenseElementsAttr::get(shiftType, static_cast<int8_t>(0)));
  auto made = tosa::MulOp::create(builder, loc, value.getType(), value,
                                  constant, shift);
  copyLayer(op, made);
  return made;
}

Value Dequantizer::clamp(Operation *op, Value value, double lo, double hi) {
  auto made = tosa::ClampOp::create(builder, op->getLoc(), value.getType(),
                                    value, builder.getF32FloatAttr(lo),
                                    builder.getF32FloatAttr(hi));
  copyLayer(op, made);
  return made;
}

Operation *Dequantizer::cloneInFloat(Operation *op, ValueRange operands) {
  Operation *made = builder.clone(*op);
  made->setOperands(operands);
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  made->getResult(0).setType(type.clone(builder.getF32Type()));
  return made;
}

Value Dequantizer::getReal(Operation *reader, Value value, int64_t zeroPoint) {
  auto found = reals.find(value);
  if (found == reals.end()) {
    auto type = cast<RankedTensorType>(value.getType());
    auto made = tosa::CastOp::create(builder, reader->getLoc(),
                                     type.clone(builder.getF32Type()), value);
    copyLayer(reader, made);
    found = reals.try_emplace(value, Real{made, 0}).first;
  }
  Real real = found->second;
  if (real.zeroPoint == zeroPoint)
    return real.value;
  return addTo(reader, real.value,
               static_cast<float>(real.zeroPoint - zeroPoint));
}

Value Dequantizer::materialize(Value value) {
  Value &made = materialized[value];
  if (made)
    return made;
  Real real = reals.lookup(value);
  Operation *producer = real.value.getDefiningOp();
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointAfter(producer);
  Value q = real.zeroPoint == 0 ? real.value
                                : addTo(producer, real.value,
                                        static_cast<float>(real.zeroPoint));
  auto cast = tosa::CastOp::create(builder, value.getLoc(), value.getType(), q);
  copyLayer(producer, cast);
  return made = cast;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

template <typename ConvOp>
LogicalResult Dequantizer::dequantizeConv(ConvOp op) {
  auto inputZero = getZeroPoint(op.getInputZp());
  auto weightZero = getZeroPoint(op.getWeightZp());
  auto weights = getConstantIntegers(op.getWeight());
  auto bias = getConstantIntegers(op.getBias());
  if (!hasElements(op.getInput(), 8) || !hasElements(op.getOutput(), 32) ||
      !isReal(op.getInput()) || !inputZero || !weightZero || !weights || !bias)
    return failure();
  SmallVector<float> realWeights, realBias(bias->begin(), bias->end());
  for (int64_t weight : *weights)
    realWeights.push_back(static_cast<float>(weight - *weightZero));
  Location loc = op.getLoc();
  auto shapeOf = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getShape();
  };
  Value zero = createTosaFloats(builder, loc, {1}, 0.0f);
  auto made = cast<ConvOp>(cloneInFloat(
      op, {getReal(op, op.getInput(), *inputZero),
           createTosaFloats(builder, loc, shapeOf(op.getWeight()), realWeights),
           createTosaFloats(builder, loc, shapeOf(op.getBias()), realBias),
           zero, zero}));
  made.setAccType(builder.getF32Type());
  reals[op.getOutput()] = {made.getOutput(), 0};
  return success();
}

/// Whether every reader of the i32 `value` has a float form.
static bool hasFloatReaders(Value value) {
  return llvm::all_of(
      value.getUsers(),
      llvm::IsaPred<tosa::AddOp, tosa::ReduceSumOp, tosa::RescaleOp>);
}

LogicalResult Dequantizer::dequantizeRescale(tosa::RescaleOp op) {
  auto multipliers = getConstantIntegers(op.getMultiplier());
  auto shifts = getConstantIntegers(op.getShift());
  auto inputZero = getZeroPoint(op.getInputZp());
  auto outputZero = getZeroPoint(op.getOutputZp());
  bool isByte = hasElements(op.getOutput(), 8);
  bool isWide =
      hasElements(op.getOutput(), 32) && hasFloatReaders(op.getOutput());
  if (!multipliers || !shifts || !inputZero || !outputZero ||
      op.getInputUnsigned() || op.getOutputUnsigned() ||
      !isReal(op.getInput()) || (!isByte && !isWide))
    return failure();
  SmallVector<float> factors;
  for (auto [multiplier, shift] : llvm::zip_equal(*multipliers, *shifts))
    factors.push_back(static_cast<float>(
        std::ldexp(static_cast<double>(multiplier), -static_cast<int>(shift))));
  Value value = multiply(op, getReal(op, op.getInput(), *inputZero), factors);
  if (isByte)
    value = clamp(op, value, -128 - *outputZero, 127 - *outputZero);
  reals[op.getOutput()] = {value, *outputZero};
  return success();
}

LogicalResult Dequantizer::dequantizeClamp(tosa::ClampOp op) {
  auto found = reals.find(op.getInput());
  if (!hasElements(op.getInput(), 8) || found == reals.end())
    return failure();
  Real real = found->second;
  auto bound = [&](Attribute attr) {
    return cast<IntegerAttr>(attr).getInt() - real.zeroPoint;
  };
  reals[op.getOutput()] = {
      clamp(op, real.value, bound(op.getMinVal()), bound(op.getMaxVal())),
      real.zeroPoint};
  return success();
}

LogicalResult Dequantizer::dequantizeAdd(tosa::AddOp op) {
  if (!hasElements(op.getOutput(), 32) || !isReal(op.getInput1()) ||
      !isReal(op.getInput2()))
    return failure();
  Operation *made = cloneInFloat(
      op, {getReal(op, op.getInput1(), 0), getReal(op, op.getInput2(), 0)});
  reals[op.getOutput()] = {made->getResult(0), 0};
  return success();
}

LogicalResult Dequantizer::dequantizeAverage(tosa::AvgPool2dOp op) {
  auto inputZero = getZeroPoint(op.getInputZp());
  auto outputZero = getZeroPoint(op.getOutputZp());
  if (!hasElements(op.getInput(), 8) || !isReal(op.getInput()) || !inputZero ||
      !outputZero)
    return failure();
  Value zero = createTosaFloats(builder, op.getLoc(), {1}, 0.0f);
  auto made = cast<tosa::AvgPool2dOp>(
      cloneInFloat(op, {getReal(op, op.getInput(), *inputZero), zero, zero}));
  made.setAccType(builder.getF32Type());
  reals[op.getOutput()] = {made.getOutput(), *outputZero};
  return success();
}

LogicalResult Dequantizer::dequantizeReduceSum(tosa::ReduceSumOp op) {
  if (!hasElements(op.getOutput(), 32) || !isReal(op.getInput()))
    return failure();
  Operation *made = cloneInFloat(op, getReal(op, op.getInput(), 0));
  reals[op.getOutput()] = {made->getResult(0), 0};
  return success();
}

LogicalResult Dequantizer::dequantizeMovement(Operation *op) {
  auto moved = isa<tosa::ConcatOp>(op) ? op->getOperands()
                                       : op->getOperands().take_front();
  if (!hasElements(op->getResult(0), 8) ||
      !llvm::all_of(moved, [&](Value v) { return isReal(v); }))
    return failure();
  auto first = reals.find(moved.front());
  int64_t zeroPoint = first == reals.end() ? 0 : first->second.zeroPoint;
  SmallVector<Value> operands(op->getOperands());
  for (auto [index, value] : llvm::enumerate(moved))
    operands[index] = getReal(op, value, zeroPoint);
  if (auto pad = dyn_cast<tosa::PadOp>(op)) {
    auto padding = getZeroPoint(pad.getPadConst());
    if (!padding)
      return failure();
    operands[2] = createTosaFloats(builder, op->getLoc(), {1},
                                   static_cast<float>(*padding - zeroPoint));
  }
  Operation *made = cloneInFloat(op, operands);
  reals[op->getResult(0)] = {made->getResult(0), zeroPoint};
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

LogicalResult Dequantizer::dequantize(Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<tosa::Conv2DOp, tosa::DepthwiseConv2DOp>(
          [&](auto conv) { return dequantizeConv(conv); })
      .Case([&](tosa::RescaleOp other) { return dequantizeRescale(other); })
      .Case([&](tosa::ClampOp other) { return dequantizeClamp(other); })
      .Case([&](tosa::AddOp other) { return dequantizeAdd(other); })
      .Case([&](tosa::AvgPool2dOp other) { return dequantizeAverage(other); })
      .Case([&](tosa::ReduceSumOp other) { return dequantizeReduceSum(other); })
      .Case<tosa::ReshapeOp, tosa::SliceOp, tosa::TransposeOp, tosa::IdentityOp,
            tosa::PadOp, tosa::ConcatOp, tosa::MaxPool2dOp, tosa::ReduceMaxOp>(
          [&](Operation *other) { return dequantizeMovement(other); })
      .Default(failure());
}

void Dequantizer::run() {
  SmallVector<Operation *> ops = llvm::map_to_vector(
      function.getBody().front(), [](Operation &op) { return &op; });
  for (Operation *op : ops) {
    builder.setInsertionPoint(op);
    if (succeeded(dequantize(op))) {
      ++numDequantized;
      continue;
    }
    for (OpOperand &operand : op->getOpOperands())
      if (reals.contains(operand.get()) && !isa<BlockArgument>(operand.get()))
        operand.set(materialize(operand.get()));
  }
  // What was replaced, and what attempts that failed have made.
  IRRewriter rewriter(function.getContext());
  (void)runRegionDCE(rewriter, function->getRegions());
}

namespace {
struct DequantizeTosaPass
    : lowbit::impl::DequantizeTosaPassBase<DequantizeTosaPass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal() || !function.getBody().hasOneBlock())
      return;
    Dequantizer dequantizer(function);
    dequantizer.run();
    numDequantized += dequantizer.numDequantized;
  }
};
} // namespace
