//===- InsertSqueezeThreshold.cpp - Calibrated activation quantizers -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Calibration.h"
#include "ChannelThresholds.h"
#include "Layers.h"
#include "QuantizationPoints.h"
#include "QuantizerBuilder.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "lowbit/Numerics/SqueezeThreshold.h"
#include "lowbit/Recipe/Recipe.h"
#include "lowbit/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"

#include <cmath>
#include <limits>

namespace lowbit {
#define GEN_PASS_DEF_INSERTSQUEEZETHRESHOLDPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

/// The statistics of a group: of the union of its sources, and of the padding
/// between them. Infinities and the greatest floats stand for "less (greater)
/// than any element" in front of a max pool; they saturate.
static ValueStatistics
mergeStatistics(const QuantizationGroup &group,
                const llvm::DenseMap<Value, ValueStatistics> &seen) {
  ValueStatistics merged = seen.find(group.sources.front())->second;
  for (Value source : ArrayRef(group.sources.getArrayRef()).drop_front())
    merged.add(seen.find(source)->second);
  for (float padding : group.paddings)
    if (std::abs(padding) < std::numeric_limits<float>::max())
      merged.add(padding);
  return merged;
}

/// The least scale at which no value in [lo, hi] saturates that need not: sets
/// without negative levels make 0 of negative values at any scale.
static float getFullScale(float lo, float hi, const LevelSet &set) {
  float scale = set.maxLevel() > 0 ? hi / set.maxLevel() : 0;
  if (set.minLevel() < 0)
    scale = std::max(scale, lo / set.minLevel());
  return scale > 0 ? scale : 1;
}

/// The scale of a group's quantizers for values of which `seen` tells.
static float chooseScale(const QuantizationGroup &group,
                         const ValueStatistics &seen, const LevelSet &set) {
  // Network inputs are bounded by nature, and at more than 8 bits rounding
  // costs less than any clipping. Of a set with gaps the ends may be far from
  // most values.
  bool keepsRange = set.isContiguous() &&
                    (group.bits > 8 ||
                     llvm::any_of(group.sources, llvm::IsaPred<BlockArgument>));
  return keepsRange ? getFullScale(seen.lo, seen.hi, set)
                    : numerics::fitActivationScale(seen.histogram(), set);
}

static ActivationChoice
chooseLevels(const QuantizationGroup &group,
             const llvm::DenseMap<Value, ValueStatistics> &seen) {
  ValueStatistics merged = mergeStatistics(group, seen);
  unsigned bits = group.bits;
  LevelSet set = merged.lo >= 0 ? LevelSet::unsignedInteger(bits)
                                : LevelSet::integerNarrow(bits);
  if (group.levels)
    set = *getLevelSet(group.levels);
  return {set, chooseScale(group, merged, set)};
}

/// Fits a clipping range to each channel of the group's only source. One that
/// is always 0 has no range that would fit better than the layer's.
static void chooseChannelRanges(const QuantizationGroup &group,
                                const ValueStatistics &seen,
                                ActivationChoice &choice) {
  auto greatest = static_cast<float>(choice.set.maxLevel());
  for (size_t index = 0; index != seen.channelLo.size(); ++index) {
    ValueStatistics channel = seen.channel(index);
    bool isZero = channel.lo == 0 && channel.hi == 0;
    float scale =
        isZero ? choice.scale : chooseScale(group, channel, choice.set);
    choice.channelRanges.push_back(scale * greatest);
  }
}

/// Why the quantizer of a group cannot have thresholds of each channel's own;
/// empty if it can, or if no layer asks for them, when `asking` is null.
static std::string findObstacle(const QuantizationPoints &points,
                                unsigned group, const ActivationChoice &choice,
                                Operation *&asking) {
  std::string obstacle;
  if (!choice.hasRange())
    obstacle = "levels with gaps have none";
  for (const QuantizedUse &use : points.uses) {
    if (use.group != group)
      continue;
    auto scheme = use.user->getAttrOfType<SchemeAttr>(kSchemeAttr);
    if (scheme && scheme.getThresholds() == Granularity::Channel)
      asking = use.user;
    if (obstacle.empty())
      obstacle = getChannelObstacle(use.user, use.operand, use.sources.front());
  }
  return obstacle;
}

namespace {
struct InsertSqueezeThresholdPass
    : lowbit::impl::InsertSqueezeThresholdPassBase<InsertSqueezeThresholdPass> {
  using InsertSqueezeThresholdPassBase::InsertSqueezeThresholdPassBase;

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    QuantizationPoints points = findQuantizationPoints(function);
    if (points.uses.empty())
      return;
    for (const QuantizedUse &use : points.uses)
      if (failed(checkOneBit(use, points.groups[use.group])))
        return signalPassFailure();
    llvm::SetVector<Value> sources;
    for (const QuantizationGroup &group : points.groups)
      sources.insert(group.sources.begin(), group.sources.end());
    auto seen = runCalibration(function, sources.getArrayRef());
    if (failed(seen))
      return signalPassFailure();
    std::vector<ActivationChoice> choices;
    for (const QuantizationGroup &group : points.groups)
      choices.push_back(chooseLevels(group, *seen));
    chooseChannels(points, *seen, choices);
    tellDisagreements(points, choices);
    QuantizerBuilder quantizers(chooseSums(points, choices, *seen), form);
    for (const QuantizedUse &use : points.uses) {
      const ActivationChoice &choice = choices[use.group];
      use.user->setOperand(
          use.operand,
          quantizers.quantize(use.user->getOperand(use.operand), choice));
      if (!choice.channelRanges.empty())
        scaleInputChannels(use.user, getRatios(choice.channelRanges));
    }
    numThresholds += quantizers.numThresholds;
    numQuantizers += quantizers.numQuantizers;
  }

  /// Thresholds of each channel's own where all layers that read them ask for
  /// it and can be told the ratios; a remark where only some do.
  static void chooseChannels(const QuantizationPoints &points,
                             const llvm::DenseMap<Value, ValueStatistics> &seen,
                             std::vector<ActivationChoice> &choices) {
    for (auto [index, group] : llvm::enumerate(points.groups)) {
      Operation *asking = nullptr;
      std::string obstacle =
          findObstacle(points, index, choices[index], asking);
      if (!asking || !choices[index].usesThresholds())
        continue;
      if (obstacle.empty())
        chooseChannelRanges(group, seen.find(group.sources.front())->second,
                            choices[index]);
      else
        asking->emitRemark("asks for thresholds of each channel, but ")
            << obstacle << "; they are one list for the layer";
    }
  }

  /// Of the ranges to their mean.
  static SmallVector<float> getRatios(ArrayRef<float> ranges) {
    float mean = numerics::orderedMean(ranges);
    return llvm::map_to_vector(ranges,
                               [&](float range) { return range / mean; });
  }

  /// A residual sum exists only as the integer that lowbit.add makes, with
  /// residual bits: how each one is quantized there.
  static llvm::DenseMap<Value, ActivationChoice>
  chooseSums(const QuantizationPoints &points,
             ArrayRef<ActivationChoice> choices,
             const llvm::DenseMap<Value, ValueStatistics> &seen) {
    llvm::DenseMap<Value, ActivationChoice> sums;
    for (auto [group, choice] : llvm::zip_equal(points.groups, choices))
      for (Value source : group.sources)
        if (group.bits == points.residualBits && !group.levels &&
            followsResidualAdd(source))
          sums.try_emplace(source, choice);
    for (const QuantizationGroup &group : points.groups)
      for (Value source : group.sources) {
        QuantizationGroup alone = {points.residualBits, Type(), {}, {}};
        alone.sources.insert(source);
        if (followsResidualAdd(source) && !sums.contains(source))
          sums.try_emplace(source, chooseLevels(alone, seen));
      }
    return sums;
  }

  /// Layers that read one value with different levels are no error, but cost a
  /// quantizer each.
  static void tellDisagreements(const QuantizationPoints &points,
                                ArrayRef<ActivationChoice> choices) {
    llvm::MapVector<Value, SmallVector<const QuantizedUse *>> readers;
    for (const QuantizedUse &use : points.uses)
      if (use.user->hasAttr(kSchemeAttr))
        for (Value source : use.sources)
          readers[source].push_back(&use);
    for (auto &[source, uses] : readers)
      for (const QuantizedUse *use : ArrayRef(uses).drop_front()) {
        const LevelSet &first = choices[uses.front()->group].set;
        const LevelSet &other = choices[use->group].set;
        if (first == other)
          continue;
        emitRemark(source.getLoc())
            << "layer '" << getLayerName(uses.front()->user)
            << "' reads this value as " << first.str() << ", layer '"
            << getLayerName(use->user) << "' as " << other.str()
            << "; it is quantized for each";
        break;
      }
  }

  static LogicalResult checkOneBit(const QuantizedUse &use,
                                   const QuantizationGroup &group) {
    if (group.bits != 1 || group.levels ||
        isNonNegative(use.user->getOperand(use.operand)))
      return success();
    return use.user->emitError(
        "asks for 1-bit activations, but its input may "
        "be negative; use 2 bits, bipolar, or put a ReLU in front");
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
};
} // namespace
