//===- InsertSqueezeThreshold.cpp - Calibrated activation quantizers -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Calibration.h"
#include "QuantizationPoints.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "lowbit/Recipe/Recipe.h"
#include "lowbit/Transforms/Passes.h"

namespace lowbit {
#define GEN_PASS_DEF_INSERTSQUEEZETHRESHOLDPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

/// Activations of at most this many bits become thresholds; a list of more
/// than 15 would be silly.
static constexpr unsigned kMaxThresholdBits = 4;

/// The level set and scale of a quantizer.
static std::pair<LevelSet, float>
chooseLevels(Value value, const ValueStatistics &seen, unsigned bits) {
  bool isUnsigned = isNonNegative(value) || seen.lo >= 0;
  LevelSet set = isUnsigned ? LevelSet::unsignedInteger(bits)
                            : LevelSet::integerNarrow(bits);
  // Network inputs are bounded by nature, and at more than 8 bits rounding
  // costs less than any clipping.
  bool keepsRange = isa<BlockArgument>(value) || bits > 8;
  if (!keepsRange)
    return {set, numerics::fitActivationScale(seen.histogram(), set)};
  float range = isUnsigned ? seen.hi : std::max(-seen.lo, seen.hi);
  return {set, range > 0 ? range / set.maxLevel() : 1.0f};
}

namespace {
/// Makes each quantizer once, however many uses read it.
class QuantizerBuilder {
public:
  QuantizerBuilder(const QuantizationPoints &points,
                   const llvm::DenseMap<Value, ValueStatistics> &seen)
      : points(points), seen(seen) {}

  /// `source` quantized to `bits` and back in float.
  Value getQuantized(Value source, unsigned bits) {
    Value &made = quantized[{source, bits}];
    if (made)
      return made;
    // A residual sum exists only as the integer that lowbit.add makes: finer
    // and coarser quantizers read that one.
    Value base = source;
    if (bits != points.residualBits && followsResidualAdd(source))
      base = getQuantized(source, points.residualBits);
    OpBuilder builder(source.getContext());
    builder.setInsertionPointAfterValue(base);
    auto [set, scale] = chooseLevels(source, seen.find(source)->second, bits);
    Value result = bits <= kMaxThresholdBits
                       ? createThreshold(builder, base, set, scale)
                       : createUniform(builder, base, set, scale);
    return quantized[{source, bits}] = result;
  }

  unsigned numThresholds = 0, numQuantizers = 0;

private:
  static Value createVector(OpBuilder &builder, Location loc,
                            ArrayRef<int64_t> shape, ArrayRef<float> values) {
    auto type = RankedTensorType::get(shape, builder.getF32Type());
    return tosa::ConstOp::create(builder, loc, type,
                                 DenseElementsAttr::get(type, values));
  }

  Value createThreshold(OpBuilder &builder, Value base, const LevelSet &set,
                        float scale) {
    Location loc = base.getLoc();
    std::vector<float> values = numerics::uniformThresholds(scale, set);
    Value thresholds = createVector(
        builder, loc, {1, static_cast<int64_t>(values.size())}, values);
    Value step = createVector(builder, loc, {1}, {scale});
    ++numThresholds;
    return SqueezeThresholdOp::create(
        builder, loc, base.getType(), base, thresholds, step,
        TypeAttr::get(getLevelSetType(builder.getContext(), set)));
  }

  Value createUniform(OpBuilder &builder, Value base, const LevelSet &set,
                      float scale) {
    Location loc = base.getLoc();
    auto type = cast<RankedTensorType>(base.getType());
    Value scales = createVector(builder, loc, {1}, {scale});
    Value codes = QuantizeOp::create(
        builder, loc, type.clone(getLevelSetType(builder.getContext(), set)),
        base, scales);
    ++numQuantizers;
    return DequantizeOp::create(builder, loc, type, codes, scales,
                                /*bias=*/Value());
  }

  const QuantizationPoints &points;
  const llvm::DenseMap<Value, ValueStatistics> &seen;
  llvm::DenseMap<std::pair<Value, unsigned>, Value> quantized;
};

struct InsertSqueezeThresholdPass
    : lowbit::impl::InsertSqueezeThresholdPassBase<InsertSqueezeThresholdPass> {
  using InsertSqueezeThresholdPassBase::InsertSqueezeThresholdPassBase;

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    QuantizationPoints points = findQuantizationPoints(function);
    if (points.uses.empty())
      return;
    for (const QuantizedUse &use : points.uses)
      if (use.bits == 1 && !isNonNegative(use.source)) {
        use.user->emitError("asks for 1-bit activations, but its input may be "
                            "negative; use 2 bits or put a ReLU in front");
        return signalPassFailure();
      }
    auto seen = runCalibration(function, points.sources);
    if (failed(seen))
      return signalPassFailure();
    QuantizerBuilder quantizers(points, *seen);
    for (const QuantizedUse &use : points.uses)
      rewire(use, quantizers.getQuantized(use.source, use.bits));
    numThresholds += quantizers.numThresholds;
    numQuantizers += quantizers.numQuantizers;
  }

  FailureOr<llvm::DenseMap<Value, ValueStatistics>>
  runCalibration(func::FuncOp function, ArrayRef<Value> values) {
    if (calibration.empty())
      return function.emitError("needs calibration data to choose activation "
                                "ranges; give the option 'calibration'");
    if (function.getNumArguments() != 1)
      return function.emitError("calibration needs a network of one input, "
                                "this one has ")
             << function.getNumArguments();
    auto fail = [&](llvm::Error error) {
      return function.emitError() << toString(std::move(error));
    };
    auto settings = readSettings();
    if (!settings)
      return fail(settings.takeError());
    auto &[count, input] = *settings;
    auto dataset = data::openDataset(calibration, count);
    if (!dataset)
      return fail(dataset.takeError());
    auto type = cast<RankedTensorType>(function.getArgument(0).getType());
    if (llvm::Error error = data::checkShape(**dataset, type.getShape()))
      return fail(std::move(error));
    return calibrate(function, values, **dataset, count, input, threads);
  }

  /// Number of samples and normalization: the options, else the recipe's.
  llvm::Expected<std::pair<unsigned, data::Normalization>> readSettings() {
    recipe::Recipe fallback;
    if (!recipe.empty()) {
      auto loaded = recipe::loadRecipe(recipe);
      if (!loaded)
        return loaded.takeError();
      fallback = std::move(*loaded);
    }
    unsigned count = samples ? samples : fallback.calibrationSamples;
    if (normalization.empty())
      return std::pair(count, fallback.input.value_or(data::Normalization()));
    auto parsed = data::Normalization::parse(normalization);
    if (!parsed)
      return parsed.takeError();
    return std::pair(count, *parsed);
  }

  /// Lets the use read `quantized` through copies of the data movement on its
  /// way, so that other readers of the moved value keep theirs.
  static void rewire(const QuantizedUse &use, Value quantized) {
    OpBuilder builder(use.user);
    for (Operation *op : llvm::reverse(use.path)) {
      IRMapping mapping;
      mapping.map(op->getOperand(0), quantized);
      quantized = builder.clone(*op, mapping)->getResult(0);
    }
    use.user->setOperand(use.operand, quantized);
  }
};
} // namespace
