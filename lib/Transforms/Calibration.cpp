//===- Calibration.cpp - Values that a network takes on real samples -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Calibration.h"

#include "lowbit/Reference/Evaluator.h"
#include "llvm/Support/ThreadPool.h"

#include <atomic>
#include <cmath>

using namespace mlir;
using namespace lowbit;

/// Elements kept of one value in one sample. Enough for a clipping range; all
/// elements of a large network over all samples would not fit into memory.
static constexpr size_t kSelectedElements = 4096;

numerics::Histogram ValueStatistics::histogram() const {
  numerics::Histogram histogram(lo, hi);
  for (float value : selection)
    histogram.add(value);
  return histogram;
}

void ValueStatistics::add(const ValueStatistics &other) {
  lo = std::min(lo, other.lo);
  hi = std::max(hi, other.hi);
  selection.insert(selection.end(), other.selection.begin(),
                   other.selection.end());
}

void ValueStatistics::add(float element) {
  lo = std::min(lo, element);
  hi = std::max(hi, element);
  selection.push_back(element);
}

static void addElements(ValueStatistics &statistics, ArrayRef<float> elements) {
  for (float element : elements) {
    statistics.lo = std::min(statistics.lo, element);
    statistics.hi = std::max(statistics.hi, element);
  }
  // An odd stride visits all channels of layouts with an even channel count.
  size_t stride = elements.size() / kSelectedElements | 1;
  for (size_t i = 0; i < elements.size(); i += stride)
    statistics.selection.push_back(elements[i]);
}

namespace {
using SampleStatistics = llvm::DenseMap<Value, ValueStatistics>;

/// One calibration run, shared by the threads.
struct CalibrationRun {
  const reference::Evaluator &evaluator;
  mutable func::FuncOp function;
  const data::Dataset &dataset;
  const data::Normalization &normalization;
  ArrayRef<Value> values;

  LogicalResult runSample(size_t index, SampleStatistics &statistics) const {
    Value argument = function.getArgument(0);
    auto type = cast<RankedTensorType>(argument.getType());
    ArrayRef<int64_t> shape = type.getShape();
    std::vector<float> elements(ShapedType::getNumElements(shape));
    if (llvm::Error error =
            data::readSample(dataset, index, shape, normalization, elements))
      return function.emitError() << toString(std::move(error));
    for (Value value : values)
      statistics[value];
    auto observe = [&](Value value, const reference::Tensor &tensor) {
      auto it = statistics.find(value);
      if (it != statistics.end() && tensor.isFloat())
        addElements(it->second, tensor.floats());
    };
    reference::Tensor input =
        type.getElementType().isF32()
            ? reference::Tensor(shape, std::move(elements))
            : reference::Tensor(
                  shape,
                  data::toIntegers(elements, type.getElementTypeBitWidth()));
    observe(argument, input);
    return success(succeeded(evaluator.run({input}, observe)));
  }
};
} // namespace

FailureOr<llvm::DenseMap<Value, ValueStatistics>>
lowbit::calibrate(func::FuncOp function, ArrayRef<Value> values,
                  const data::Dataset &dataset, unsigned samples,
                  const data::Normalization &normalization, unsigned threads) {
  auto evaluator = reference::Evaluator::create(function);
  if (failed(evaluator))
    return failure();
  size_t count = std::min<size_t>(samples, dataset.size());
  std::vector<SampleStatistics> perSample(count);
  CalibrationRun run{*evaluator, function, dataset, normalization, values};
  std::atomic<bool> hasFailed = false;
  {
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
    for (size_t index = 0; index != count; ++index)
      pool.async([&, index] {
        if (!hasFailed && failed(run.runSample(index, perSample[index])))
          hasFailed = true;
      });
    pool.wait();
  }
  if (hasFailed)
    return failure();
  llvm::DenseMap<Value, ValueStatistics> merged;
  for (SampleStatistics &sample : perSample)
    for (Value value : values)
      merged[value].add(sample[value]);
  for (Value value : values) {
    const ValueStatistics &seen = merged[value];
    if (!std::isfinite(seen.lo) || !std::isfinite(seen.hi))
      return emitError(value.getLoc(), "calibration met an infinite or NaN "
                                       "value here; check the input "
                                       "normalization");
  }
  return merged;
}
