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
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/ThreadPool.h"

#include <atomic>
#include <cmath>
#include <numeric>

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

void ValueStatistics::addSample(const ValueStatistics &other) {
  add(other);
  sampleSize = other.sampleSize;
  channelLo.resize(other.channelLo.size(), 0);
  channelHi.resize(other.channelHi.size(), 0);
  for (size_t channel = 0; channel != other.channelLo.size(); ++channel) {
    channelLo[channel] = std::min(channelLo[channel], other.channelLo[channel]);
    channelHi[channel] = std::max(channelHi[channel], other.channelHi[channel]);
  }
}

void ValueStatistics::add(float element) {
  lo = std::min(lo, element);
  hi = std::max(hi, element);
  selection.push_back(element);
}

/// How far apart the selected of `size` elements lie: visits all channels.
static size_t getStride(size_t size, size_t channels) {
  size_t stride = size / kSelectedElements | 1;
  while (std::gcd(stride, channels) != 1)
    stride += 2;
  return stride;
}

static void addElements(ValueStatistics &statistics, ArrayRef<float> elements,
                        size_t channels) {
  statistics.sampleSize = elements.size();
  statistics.channelLo.resize(channels, 0);
  statistics.channelHi.resize(channels, 0);
  for (auto [index, element] : llvm::enumerate(elements)) {
    float &lo = statistics.channelLo[index % channels];
    float &hi = statistics.channelHi[index % channels];
    lo = std::min(lo, element);
    hi = std::max(hi, element);
    statistics.lo = std::min(statistics.lo, element);
    statistics.hi = std::max(statistics.hi, element);
  }
  size_t stride = getStride(elements.size(), channels);
  for (size_t i = 0; i < elements.size(); i += stride)
    statistics.selection.push_back(elements[i]);
}

ValueStatistics ValueStatistics::channel(size_t index) const {
  ValueStatistics one;
  one.lo = channelLo[index];
  one.hi = channelHi[index];
  size_t channels = channelLo.size();
  size_t stride = getStride(sampleSize, channels);
  size_t perSample = llvm::divideCeil(sampleSize, stride);
  for (auto [position, element] : llvm::enumerate(selection))
    if (position % perSample * stride % channels == index)
      one.selection.push_back(element);
  return one;
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
        addElements(it->second, tensor.floats(),
                    tensor.shape().empty() ? 1 : tensor.shape().back());
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
      merged[value].addSample(sample[value]);
  for (Value value : values) {
    const ValueStatistics &seen = merged[value];
    if (!std::isfinite(seen.lo) || !std::isfinite(seen.hi))
      return emitError(value.getLoc(), "calibration met an infinite or NaN "
                                       "value here; check the input "
                                       "normalization");
  }
  return merged;
}
