//===- ThresholdOps.cpp - Ops that count thresholds -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"
#include "lib/Reference/OpEvaluators.h"
#include "lowbit/Numerics/Quantize.h"
#include "lowbit/Numerics/SqueezeThreshold.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;
using lowbit::numerics::LevelSet;

namespace {
/// The thresholds of one channel and how many ranks each of them counts.
template <typename T> struct ThresholdRow {
  std::vector<T> thresholds;   ///< ascending, without NaN
  std::vector<uint32_t> ranks; ///< reached with the first i thresholds
};
} // namespace

/// The count of thresholds at or below a value does not depend on their order,
/// but every step belongs to its threshold.
template <typename T>
static ThresholdRow<T> sortRow(ArrayRef<T> thresholds, ArrayRef<int64_t> steps,
                               int64_t base) {
  SmallVector<std::pair<T, uint32_t>> order;
  for (auto [index, threshold] : llvm::enumerate(thresholds))
    if (threshold == threshold)
      order.push_back({threshold, steps.empty() ? 1 : steps[index]});
  llvm::sort(order, llvm::less_first());
  ThresholdRow<T> row;
  row.ranks.push_back(base);
  for (auto [threshold, step] : order) {
    row.thresholds.push_back(threshold);
    row.ranks.push_back(row.ranks.back() + step);
  }
  return row;
}

namespace {
/// A threshold table in a form that is quick to look up.
template <typename T> class ThresholdTable {
public:
  ThresholdTable(ArrayRef<int64_t> shape, ArrayRef<T> table,
                 ArrayRef<int64_t> steps = {}, int64_t base = 0) {
    for (int64_t row = 0; row < shape[0]; ++row)
      rows.push_back(
          sortRow(table.slice(row * shape[1], shape[1]), steps, base));
  }

  template <typename Element>
  uint32_t rank(Element element, size_t channel, int sign = 1) const {
    const ThresholdRow<T> &row = rows[rows.size() == 1 ? 0 : channel];
    return row.ranks[numerics::thresholdRank(element, row.thresholds, sign)];
  }

private:
  std::vector<ThresholdRow<T>> rows;
};
} // namespace

template <typename Element, typename T>
static Tensor countThresholds(ThresholdOp op, ArrayRef<Element> input,
                              const ThresholdTable<T> &table) {
  LevelSet set = *getLevelSet(op.getType());
  ArrayRef<int8_t> signs = op.getSigns().value_or(ArrayRef<int8_t>());
  ArrayRef<int64_t> shape = resultShape(op);
  int64_t channels = shape.empty() ? 1 : shape.back();
  std::vector<int64_t> levels;
  levels.reserve(input.size());
  for (auto [index, element] : llvm::enumerate(input)) {
    size_t channel = index % channels;
    int sign = signs.empty() ? 1 : signs[channel];
    levels.push_back(set.levelAt(table.rank(element, channel, sign)));
  }
  return Tensor(shape, std::move(levels));
}

static Tensor threshold(ThresholdOp op, Operands operands) {
  const Tensor &input = *operands[0], &table = *operands[1];
  ArrayRef<int64_t> steps = op.getSteps().value_or(ArrayRef<int64_t>());
  int64_t base = op.getBase();
  if (input.isFloat())
    return countThresholds(
        op, input.floats(),
        ThresholdTable<float>(table.shape(), table.floats(), steps, base));
  std::vector<int32_t> integers(table.integers().begin(),
                                table.integers().end());
  return countThresholds(op, input.integers(),
                         ThresholdTable<int32_t>(table.shape(),
                                                 ArrayRef<int32_t>(integers),
                                                 steps, base));
}

/// step * level(rank) of each element of `input`.
static void appendQuantized(std::vector<float> &values, ArrayRef<float> input,
                            size_t channels, const ThresholdTable<float> &table,
                            float step, const LevelSet &set) {
  for (auto [index, element] : llvm::enumerate(input)) {
    uint32_t rank = table.rank(element, index % channels);
    values.push_back(step * static_cast<float>(set.levelAt(rank)));
  }
}

static Tensor squeezeThreshold(SqueezeThresholdOp op, Operands operands) {
  const Tensor &input = *operands[0], &table = *operands[1];
  ArrayRef<int64_t> shape = resultShape(op);
  std::vector<float> values;
  appendQuantized(values, input.floats(), shape.empty() ? 1 : shape.back(),
                  {table.shape(), table.floats()}, operands[2]->floats()[0],
                  *getLevelSet(op.getLevels()));
  return Tensor(shape, std::move(values));
}

//===----------------------------------------------------------------------===//
// Training
//===----------------------------------------------------------------------===//

/// The thresholds of every channel from what a sample, or a running average,
/// says of it.
static ThresholdTable<float>
makeThresholds(const numerics::SqueezedSample &squeezed, const LevelSet &set) {
  std::vector<float> table;
  for (auto [channel, adjust] : llvm::enumerate(squeezed.adjust)) {
    float range = squeezed.range[squeezed.range.size() == 1 ? 0 : channel];
    llvm::append_range(table, numerics::squeezeThresholds(adjust, range, set));
  }
  const int64_t shape[] = {static_cast<int64_t>(squeezed.adjust.size()),
                           set.numLevels() - 1};
  return {shape, ArrayRef<float>(table)};
}

/// Running averages moved towards the mean of each element over the samples.
static Tensor moveAverages(const Tensor &running,
                           ArrayRef<std::vector<float>> samples,
                           float momentum) {
  std::vector<float> moved;
  for (auto [index, average] : llvm::enumerate(running.floats())) {
    std::vector<float> seen;
    for (const std::vector<float> &sample : samples)
      seen.push_back(sample[index]);
    moved.push_back(
        numerics::moveAverage(average, numerics::orderedMean(seen), momentum));
  }
  return Tensor(running.shape(), std::move(moved));
}

static Results squeezeThresholdTraining(SqueezeThresholdTrainingOp op,
                                        Operands operands) {
  ArrayRef<int64_t> shape = resultShape(op);
  LevelSet set = *getLevelSet(op.getLevels());
  auto network = [&](unsigned first) {
    return numerics::SqueezeNetwork{
        operands[first]->floats(), operands[first + 1]->floats(),
        operands[first + 2]->floats(), operands[first + 3]->floats()};
  };
  size_t channels = shape.back();
  int64_t size = ShapedType::getNumElements(shape.drop_front());
  std::vector<float> values;
  std::vector<std::vector<float>> adjusts, ranges;
  for (int64_t index = 0; index < shape[0]; ++index) {
    ArrayRef<float> sample = operands[0]->floats().slice(index * size, size);
    numerics::SqueezedSample squeezed =
        numerics::squeezeSample(sample, channels, network(1), network(5),
                                op.getMaxRange().convertToFloat());
    appendQuantized(values, sample, channels, makeThresholds(squeezed, set),
                    numerics::squeezeStep(squeezed.range, set), set);
    adjusts.push_back(std::move(squeezed.adjust));
    ranges.push_back(std::move(squeezed.range));
  }
  float momentum = op.getMomentum().convertToFloat();
  return {Tensor(shape, std::move(values)),
          moveAverages(*operands[9], adjusts, momentum),
          moveAverages(*operands[10], ranges, momentum)};
}

void lowbit::reference::addThresholdOps(OpTable &table) {
  table.add<squeezeThreshold>();
  table.add<squeezeThresholdTraining>();
  table.add<threshold>();
}
