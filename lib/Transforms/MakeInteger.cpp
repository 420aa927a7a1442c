//===- MakeInteger.cpp - Scales, biases, batch norms and ReLUs into integers -*-
// C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A quantizer reads y = f_c(a), where a is an integer and f_c the float program
// of channel c between the dequantization and the quantizer. Every operation of
// f_c is monotone, and rounding to binary32 is monotone, so f_c is.
//
// Thresholds. The quantizer's level is at least its r-th smallest one exactly
// when a predicate P_r(f_c(a)) holds, and P_r is monotone too: y >= t_r for a
// threshold op, quantize(y) >= level_r for a uniform quantizer. If f_c rises,
// P_r(f_c(a)) holds from some integer A_r on: the integer threshold, found by
// bisection over the proven range of a. If f_c falls (negative gain), it holds
// up to some A_r, that is from -A_r on for -a: sign -1. If f_c is constant it
// holds everywhere or nowhere: from the least a on, or from one above the
// greatest. The integer threshold op therefore gives the same level as the
// float program for every a, ties and roundings included. ThresholdTable.cpp
// then drops what no a decides.
//
// Monotone is a program of numbers: with a NaN in it the quantizer stays in
// float.
//
// Rescales. With many levels, round(f_c(a) / s) becomes
// (a m_c + o_c) >> shift, whose multipliers numerics::fitFixedPoint chooses;
// clamps become the interval of saturation.
//
//===----------------------------------------------------------------------===//

#include "Constants.h"
#include "FloatSegment.h"
#include "Layers.h"
#include "ThresholdTable.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Numerics/FixedPoint.h"
#include "lowbit/Numerics/Quantize.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

#include <cmath>

namespace lowbit {
#define GEN_PASS_DEF_MAKEINTEGERPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

/// Up to this many levels a quantizer becomes a list of thresholds.
static constexpr uint32_t kMaxThresholdLevels = 16;

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

/// Least x in [lo, hi] for which the monotone `holds` holds; hi + 1 if none.
template <typename Predicate>
static int64_t bisect(int64_t lo, int64_t hi, Predicate holds) {
  int64_t end = hi + 1;
  while (lo < end) {
    int64_t middle = lo + (end - lo) / 2;
    if (holds(middle))
      end = middle;
    else
      lo = middle + 1;
  }
  return lo;
}

namespace {
/// The quantizer at the end of a segment, as predicates on float values: its
/// rank is base + sum of the steps of those that hold.
struct Quantizer {
  Operation *op;
  LevelSet set;
  std::optional<float> scale = {};    ///< of a lowbit.quantize
  SmallVector<float> thresholds = {}; ///< of a float lowbit.threshold
  bool isPerChannel = false;
  SmallVector<int8_t> signs = {}; ///< of a float lowbit.threshold; may be empty
  int64_t base = 0;
  SmallVector<int64_t> steps = {}; ///< one for each predicate

  /// Whether the value y of `channel` fulfils predicate `index`.
  bool holds(float y, int64_t channel, size_t index) const {
    if (scale)
      return numerics::quantize(y, *scale, set) >= set.levelAt(index + 1);
    int64_t row = isPerChannel ? channel * steps.size() : 0;
    return getSign(channel) * y >= thresholds[row + index];
  }

  /// 1 where predicates begin to hold as y grows, -1 where they cease to.
  int getSign(int64_t channel) const {
    return signs.empty() ? 1 : signs[channel];
  }
};
} // namespace

/// The integer threshold of one channel for predicate `index` of `quantizer`;
/// it applies to direction * x. One more than any of those: it never holds.
static int64_t findThreshold(const SegmentSource &source,
                             const Quantizer &quantizer, int64_t channel,
                             size_t index, int direction, IntegerRange range) {
  int64_t lo = direction < 0 ? -range.hi : range.lo;
  int64_t hi = direction < 0 ? -range.lo : range.hi;
  // The same everywhere: one element of the range speaks for all.
  int64_t last = direction == 0 ? lo : hi;
  int64_t found = bisect(lo, last, [&](int64_t x) {
    float y = source.evaluate(direction < 0 ? -x : x, channel);
    return quantizer.holds(y, channel, index);
  });
  return found > last ? hi + 1 : found;
}

/// Reads a float quantizer; nothing if `op` is none or not constant.
static std::optional<Quantizer> matchQuantizer(Operation *op) {
  Quantizer quantizer{op, *getLevelSet(op->getResult(0).getType())};
  quantizer.steps.assign(quantizer.set.numLevels() - 1, 1);
  if (auto quantize = dyn_cast<QuantizeOp>(op)) {
    auto scale = getConstantFloats(quantize.getScale());
    if (!scale)
      return std::nullopt;
    quantizer.scale = (*scale)[0];
    return quantizer;
  }
  auto threshold = dyn_cast<ThresholdOp>(op);
  auto values =
      threshold ? getConstantFloats(threshold.getThresholds()) : std::nullopt;
  if (!values)
    return std::nullopt;
  quantizer.thresholds = std::move(*values);
  auto table = cast<RankedTensorType>(threshold.getThresholds().getType());
  quantizer.isPerChannel = table.getDimSize(0) != 1;
  if (auto signs = threshold.getSigns())
    quantizer.signs.assign(signs->begin(), signs->end());
  quantizer.base = threshold.getBase();
  quantizer.steps.resize(table.getDimSize(1), 1);
  if (auto steps = threshold.getSteps())
    quantizer.steps.assign(steps->begin(), steps->end());
  return quantizer;
}

/// The integer form of a quantizer; nothing when a threshold lies outside i32.
static std::optional<ThresholdTable> findThresholds(const SegmentSource &source,
                                                    const Quantizer &quantizer,
                                                    IntegerRange range) {
  ThresholdTable table;
  table.base = quantizer.base;
  table.steps = quantizer.steps;
  for (int64_t channel = 0, e = getChannels(quantizer.op->getResult(0));
       channel != e; ++channel) {
    int direction = source.getDirection(channel) * quantizer.getSign(channel);
    table.signs.push_back(direction < 0 ? -1 : 1);
    SmallVector<int64_t> &row = table.rows.emplace_back();
    for (size_t index = 0; index != quantizer.steps.size(); ++index)
      row.push_back(
          findThreshold(source, quantizer, channel, index, direction, range));
  }
  table.simplify(range);
  return table.fitsI32() ? std::optional(std::move(table)) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// Building integer ops
//===----------------------------------------------------------------------===//

/// The op that gave `value` its layer, looking through data movement.
static Operation *getLayerProducer(Value value) {
  Operation *op = value.getDefiningOp();
  while (op && !op->hasAttr(kLayerAttr) && op->getNumOperands() > 0)
    op = op->getOperand(0).getDefiningOp();
  return op;
}

/// Whether no integer that is possible makes a NaN on the way to the quantizer.
static bool hasOnlyNumbers(const FloatSegment &segment, int64_t channels) {
  auto isNumeric = [&](const SegmentSource &source) {
    return source.isNumeric(getRange(source.dequantize.getInput()), channels);
  };
  return isNumeric(segment.first) &&
         (!segment.second || isNumeric(*segment.second)) &&
         llvm::all_of(segment.stepsAfterJoin, [](const ElementwiseStep &step) {
           return step.isFinite();
         });
}

namespace {
/// Per-channel affine maps into the levels of a uniform quantizer.
struct LevelAffine {
  SmallVector<SmallVector<double>> scales; ///< per source, per channel
  SmallVector<double> biases;              ///< per channel
  int64_t lo, hi;                          ///< saturation
};
} // namespace

/// Adds a clamp [lo, hi] of real values to the saturation; false when it
/// differs from that of the channels before.
static bool setSaturation(LevelAffine &affine, const Quantizer &quantizer,
                          double lo, double hi, int64_t channel) {
  auto toLevel = [&](double bound) {
    return numerics::quantize(static_cast<float>(bound), *quantizer.scale,
                              quantizer.set);
  };
  int64_t loLevel = toLevel(lo), hiLevel = toLevel(hi);
  if (channel == 0) {
    affine.lo = loLevel;
    affine.hi = hiLevel;
  }
  return affine.lo == loLevel && affine.hi == hiLevel;
}

/// Composes the segment into affine maps; nothing when clamps do not come last
/// or differ between channels.
static std::optional<LevelAffine> composeLevels(const FloatSegment &segment,
                                                const Quantizer &quantizer) {
  LevelAffine affine;
  affine.scales.resize(segment.second ? 2 : 1);
  double step = *quantizer.scale;
  int64_t channels = getChannels(quantizer.op->getResult(0));
  for (int64_t channel = 0; channel != channels; ++channel) {
    ClampedAffine sum = segment.first.compose(channel);
    affine.scales[0].push_back(sum.scale);
    if (segment.second) {
      ClampedAffine other = segment.second->compose(channel);
      auto isOpen = [](const ClampedAffine &map) {
        return std::isinf(map.lo) && std::isinf(map.hi);
      };
      if (!isOpen(sum) || !isOpen(other))
        return std::nullopt;
      // The steps after the join act on the sum: fold them over its bias, with
      // scale 1 standing for both sources.
      sum.bias += other.bias;
      sum.scale = 1;
      for (const ElementwiseStep &after : segment.stepsAfterJoin)
        sum.append(after, channel);
      affine.scales[0].back() *= sum.scale;
      affine.scales[1].push_back(other.scale * sum.scale);
    }
    for (SmallVector<double> &scales : affine.scales)
      scales.back() /= step;
    affine.biases.push_back(sum.bias / step);
    if (!setSaturation(affine, quantizer, sum.lo, sum.hi, channel))
      return std::nullopt;
  }
  return affine;
}

/// Signed digits of a channel's multiplier where there are no multiplications:
/// its relative error is below 2^-8.
static constexpr unsigned kMaxDigits = 4;
/// In output levels: what rounding multipliers to these many digits may cost
/// within 32 bits. The digits themselves cost as much.
static constexpr double kDigitsError = 0x1p-3;

/// Creates lowbit.rescale or lowbit.add; null when no fixed point fits.
static Operation *createAffine(OpBuilder &builder, const FloatSegment &segment,
                               const Quantizer &quantizer,
                               const LevelAffine &affine) {
  SmallVector<Value> sources = {segment.first.dequantize.getInput()};
  if (segment.second)
    sources.push_back(segment.second->dequantize.getInput());
  SmallVector<numerics::AffineTerm> terms;
  for (auto [source, scales] : llvm::zip_equal(sources, affine.scales))
    terms.push_back({scales, getRange(source).magnitude()});
  numerics::FixedPointPrecision precision;
  // Of more than 256 levels, the same share of the range as 2^-6 of one of
  // them, or eight times this if 32 bits are enough then.
  if (quantizer.set.numLevels() > 256) {
    precision.maxError = std::ldexp(quantizer.set.numLevels(), -14);
    precision.narrowError = 8 * precision.maxError;
  }
  if (llvm::any_of(sources, [](Value source) {
        Operation *layer = getLayerProducer(source);
        return layer && layer->hasAttr(kMultiplierFreeAttr);
      })) {
    precision.maxDigits = kMaxDigits;
    precision.narrowError = std::max(precision.narrowError, kDigitsError);
  }
  auto fixed = numerics::fitFixedPoint(terms, affine.biases, precision);
  if (!fixed)
    return nullptr;
  Location loc = quantizer.op->getLoc();
  Type type = quantizer.op->getResult(0).getType();
  Value offset = createI64s(builder, loc, fixed->offsets);
  DenseI64ArrayAttr clamp;
  if (affine.lo != quantizer.set.minLevel() ||
      affine.hi != quantizer.set.maxLevel())
    clamp = builder.getDenseI64ArrayAttr({affine.lo, affine.hi});
  auto rounding =
      RoundingModeAttr::get(builder.getContext(), RoundingMode::HalfUp);
  SmallVector<Value> multipliers;
  for (const std::vector<int64_t> &values : fixed->multipliers)
    multipliers.push_back(createI64s(builder, loc, values));
  auto shift = static_cast<int64_t>(fixed->shift);
  if (!segment.second)
    return RescaleOp::create(builder, loc, type, sources[0], multipliers[0],
                             offset, builder.getDenseI64ArrayAttr({shift}),
                             rounding, clamp);
  return AddOp::create(builder, loc, type, sources[0], multipliers[0],
                       sources[1], multipliers[1], offset,
                       builder.getI64IntegerAttr(shift), rounding, clamp);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Whether `op` is computed from integers, in float.
static bool readsIntegers(Operation *op) {
  llvm::SetVector<Operation *> slice;
  slice.insert(op);
  for (size_t i = 0; i != slice.size(); ++i)
    for (Value operand : slice[i]->getOperands()) {
      Operation *producer = operand.getDefiningOp();
      if (isa_and_nonnull<DequantizeOp>(producer))
        return true;
      if (producer)
        slice.insert(producer);
    }
  return false;
}

/// Why a float operation between integers stays one.
static std::string getReason(Operation *op) {
  auto pool = dyn_cast<tosa::AvgPool2dOp>(op);
  if (pool && isPadded(pool))
    return kPaddedAverageReason.str();
  return (op->getName().getStringRef() + " has no integer form here").str();
}

namespace {
struct MakeIntegerPass : lowbit::impl::MakeIntegerPassBase<MakeIntegerPass> {
  void runOnOperation() override {
    SmallVector<Operation *> quantizers;
    SmallVector<ThresholdOp> thresholds;
    bool hasMultiplierFreeLayer = false;
    getOperation().walk([&](Operation *op) {
      hasMultiplierFreeLayer |= op->hasAttr(kMultiplierFreeAttr);
      bool isFloat = op->getNumOperands() > 0 &&
                     getElementTypeOrSelf(op->getOperand(0)).isF32();
      if (isFloat && isa<QuantizeOp, ThresholdOp>(op))
        quantizers.push_back(op);
      else if (auto threshold = dyn_cast<ThresholdOp>(op))
        thresholds.push_back(threshold);
    });
    llvm::for_each(thresholds, [&](ThresholdOp op) { simplify(op); });
    for (Operation *op : quantizers)
      if (failed(absorb(op)))
        return signalPassFailure();
    IRRewriter rewriter(&getContext());
    // Fails when nothing was dead, which is fine.
    (void)runRegionDCE(rewriter, getOperation()->getRegions());
    nameBoundaries();
    if (hasMultiplierFreeLayer)
      extendMultiplierFreedom(getOperation());
  }

  LogicalResult absorb(Operation *op) {
    auto quantizer = matchQuantizer(op);
    if (!quantizer)
      return op->emitError("scale and thresholds must be constant");
    Operation *obstacle = nullptr;
    auto segment = traceSegment(op->getOperand(0), obstacle);
    if (!segment)
      return keepFloat(op, obstacle);
    if (!hasOnlyNumbers(*segment, getChannels(op->getResult(0))))
      return keepFloat(op, "its float arithmetic may give NaN");
    bool usesThresholds =
        !segment->second && (!quantizer->scale ||
                             quantizer->set.numLevels() <= kMaxThresholdLevels);
    if (usesThresholds)
      return absorbIntoThresholds(*quantizer, segment->first);
    OpBuilder builder(op);
    Operation *made = nullptr;
    if (quantizer->scale)
      if (auto affine = composeLevels(*segment, *quantizer))
        made = createAffine(builder, *segment, *quantizer, *affine);
    if (!made && segment->join)
      return keepFloat(op, segment->join);
    if (!made)
      return keepFloat(op, "scales and clamps in front of it fit no fixed "
                           "point");
    ++(segment->second ? numAdds : numRescales);
    return replace(
        op, made,
        segment->join ? segment->join
                      : getLayerProducer(segment->first.dequantize.getInput()));
  }

  LogicalResult absorbIntoThresholds(const Quantizer &quantizer,
                                     const SegmentSource &source) {
    Operation *op = quantizer.op;
    Value integers = source.dequantize.getInput();
    auto table = findThresholds(source, quantizer, getRange(integers));
    if (!table)
      return keepFloat(op, "the integers it reads may be the ends of i32");
    OpBuilder builder(op);
    ++numThresholds;
    return replace(op,
                   createThreshold(builder, op->getLoc(),
                                   op->getResult(0).getType(), integers,
                                   *table),
                   getLayerProducer(integers));
  }

  /// Lets `made`, of the layer of `layer`, stand for `op`.
  static LogicalResult replace(Operation *op, Operation *made,
                               Operation *layer) {
    if (!isa<ConstantOp>(made))
      copyLayer(layer, made);
    op->replaceAllUsesWith(made);
    op->erase();
    return mlir::verify(made);
  }

  /// Thresholds on integers that the program had before.
  void simplify(ThresholdOp op) {
    auto table = readThresholds(op);
    if (!table || !table->simplify(getRange(op.getInput())))
      return;
    OpBuilder builder(op);
    Operation *made = createThreshold(builder, op.getLoc(), op.getType(),
                                      op.getInput(), *table);
    if (!isa<ConstantOp>(made))
      made->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    op.replaceAllUsesWith(made);
    op.erase();
  }

  LogicalResult keepFloat(Operation *op, const Twine &reason) {
    op->setAttr(kReasonAttr, StringAttr::get(&getContext(), reason));
    return success();
  }

  /// Leaves `op` in float. Quantizing a network input is no fallback.
  LogicalResult keepFloat(Operation *op, Operation *obstacle) {
    if (!obstacle)
      return success();
    // What stands between integers is to say so itself.
    if (isa<tosa::TosaDialect>(obstacle->getDialect()) &&
        !obstacle->hasAttr(kReasonAttr) && readsIntegers(obstacle))
      obstacle->setAttr(kReasonAttr,
                        StringAttr::get(&getContext(), getReason(obstacle)));
    return keepFloat(op, "reads the result of float " +
                             obstacle->getName().getStringRef());
  }

  /// Quantizers of network inputs and dequantizations are layers of their own:
  /// they are the only float arithmetic at the border. What a layer did in
  /// float after its sum goes with the dequantization.
  void nameBoundaries() {
    llvm::DenseSet<Attribute> integerLayers;
    getOperation().walk([&](Operation *op) {
      Attribute layer = op->getAttr(kLayerAttr);
      if (layer && isa<Conv2DOp, MatmulOp, AddOp, SumPool2DOp, MaxPool2DOp>(op))
        integerLayers.insert(layer);
    });
    // Users may have called a layer so.
    auto makeName = [&](std::string name) {
      while (integerLayers.contains(StringAttr::get(&getContext(), name)))
        name += "_border";
      return StringAttr::get(&getContext(), name);
    };
    StringAttr input = makeName("input"), output = makeName("output");
    getOperation().walk([&](Operation *op) {
      bool isFloat = op->getNumOperands() > 0 &&
                     getElementTypeOrSelf(op->getOperand(0)).isF32();
      if (isa<DequantizeOp>(op))
        op->setAttr(kLayerAttr, output);
      else if (isFloat && isa<QuantizeOp, ThresholdOp>(op))
        op->setAttr(kLayerAttr, input);
      else if (isFloat && integerLayers.contains(op->getAttr(kLayerAttr)))
        op->setAttr(kLayerAttr, output);
    });
  }
};
} // namespace
