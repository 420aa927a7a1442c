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

void lowbit::reference::addThresholdOps(OpTable &table) {
  table.add<squeezeThreshold>();
  table.add<threshold>();
}
