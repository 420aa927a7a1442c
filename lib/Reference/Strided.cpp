//===- Strided.cpp - Walking elements of a tensor in another order -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Strided.h"

using namespace mlir;
using namespace lowbit::reference;

SmallVector<int64_t>
lowbit::reference::rowMajorStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size());
  int64_t stride = 1;
  for (size_t d = shape.size(); d-- > 0; stride *= shape[d])
    strides[d] = stride;
  return strides;
}

std::vector<int64_t>
lowbit::reference::stridedOffsets(ArrayRef<int64_t> shape,
                                  ArrayRef<int64_t> strides, int64_t base) {
  int64_t count = ShapedType::getNumElements(shape);
  if (count == 0)
    return {};
  std::vector<int64_t> offsets = {base};
  offsets.reserve(count);
  // Prepending one dimension repeats what is there, so go from the last one.
  for (size_t d = shape.size(); d-- > 0;) {
    size_t inner = offsets.size();
    for (int64_t index = 1; index < shape[d]; ++index)
      for (size_t i = 0; i < inner; ++i)
        offsets.push_back(offsets[i] + index * strides[d]);
  }
  return offsets;
}

Tensor lowbit::reference::gather(const Tensor &source, ArrayRef<int64_t> shape,
                                 ArrayRef<int64_t> offsets) {
  return visitElements(source, [&]<typename T>(ArrayRef<T> elements) {
    std::vector<T> values;
    values.reserve(offsets.size());
    for (int64_t offset : offsets)
      values.push_back(elements[offset]);
    return Tensor(shape, std::move(values));
  });
}

template <typename T>
static void scatterElements(ArrayRef<T> source, ArrayRef<int64_t> offsets,
                            MutableArrayRef<T> target) {
  for (auto [offset, value] : llvm::zip_equal(offsets, source))
    target[offset] = value;
}

void lowbit::reference::scatter(const Tensor &source, ArrayRef<int64_t> offsets,
                                Tensor &target) {
  if (source.isFloat())
    scatterElements(source.floats(), offsets, target.floats());
  else
    scatterElements(source.integers(), offsets, target.integers());
}

/// Whether the box lies in `shape` and has a positive size.
static bool isInside(ArrayRef<int64_t> shape, ArrayRef<int64_t> starts,
                     ArrayRef<int64_t> sizes, ArrayRef<int64_t> steps) {
  for (auto [extent, start, size, step] :
       llvm::zip_equal(shape, starts, sizes, steps)) {
    int64_t last = start + (size - 1) * step;
    if (size < 1 || std::min(start, last) < 0 ||
        std::max(start, last) >= extent)
      return false;
  }
  return true;
}

static std::vector<int64_t> boxOffsets(ArrayRef<int64_t> shape,
                                       ArrayRef<int64_t> starts,
                                       ArrayRef<int64_t> sizes,
                                       ArrayRef<int64_t> steps) {
  SmallVector<int64_t> strides = rowMajorStrides(shape);
  int64_t base = 0;
  for (auto [stride, start, step] : llvm::zip_equal(strides, starts, steps)) {
    base += start * stride;
    stride *= step;
  }
  return stridedOffsets(sizes, strides, base);
}

std::optional<Tensor> lowbit::reference::extractBox(const Tensor &source,
                                                    ArrayRef<int64_t> starts,
                                                    ArrayRef<int64_t> sizes,
                                                    ArrayRef<int64_t> steps) {
  if (!isInside(source.shape(), starts, sizes, steps))
    return std::nullopt;
  return gather(source, sizes,
                boxOffsets(source.shape(), starts, sizes, steps));
}

std::optional<Tensor> lowbit::reference::padBox(const Tensor &source,
                                                const Tensor &filler,
                                                ArrayRef<int64_t> shape,
                                                ArrayRef<int64_t> low) {
  SmallVector<int64_t> ones(shape.size(), 1);
  if (!isInside(shape, low, source.shape(), ones))
    return std::nullopt;
  auto count = static_cast<size_t>(ShapedType::getNumElements(shape));
  Tensor result = visitElements(filler, [&]<typename T>(ArrayRef<T> elements) {
    return Tensor(shape, std::vector<T>(count, elements.front()));
  });
  scatter(source, boxOffsets(shape, low, source.shape(), ones), result);
  return result;
}

Tensor lowbit::reference::concatenate(ArrayRef<const Tensor *> tensors,
                                      int64_t axis, ArrayRef<int64_t> shape) {
  auto count = static_cast<size_t>(ShapedType::getNumElements(shape));
  Tensor result = visitElements(*tensors.front(), [&]<typename T>(ArrayRef<T>) {
    return Tensor(shape, std::vector<T>(count));
  });
  SmallVector<int64_t> ones(shape.size(), 1), starts(shape.size(), 0);
  for (const Tensor *tensor : tensors) {
    scatter(*tensor, boxOffsets(shape, starts, tensor->shape(), ones), result);
    starts[axis] += tensor->shape()[axis];
  }
  return result;
}
