//===- Tensor.cpp - Host tensors of the reference evaluator -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Reference/Tensor.h"

#include "lowbit/Numerics/Checksum.h"

#include <cassert>

using namespace mlir;
using namespace lowbit::reference;

Tensor::Tensor(ArrayRef<int64_t> shape, std::vector<float> values)
    : sizes(shape), data(std::move(values)) {
  assert(numElements() == ShapedType::getNumElements(shape) &&
         "as many values as the shape has elements");
}

Tensor::Tensor(ArrayRef<int64_t> shape, std::vector<int64_t> values)
    : sizes(shape), data(std::move(values)) {
  assert(numElements() == ShapedType::getNumElements(shape) &&
         "as many values as the shape has elements");
}

Tensor Tensor::zeros(RankedTensorType type) {
  auto count = static_cast<size_t>(type.getNumElements());
  if (type.getElementType().isF32())
    return Tensor(type.getShape(), std::vector<float>(count));
  return Tensor(type.getShape(), std::vector<int64_t>(count));
}

int64_t Tensor::numElements() const {
  return std::visit(
      [](const auto &values) { return static_cast<int64_t>(values.size()); },
      data);
}

Tensor Tensor::reshaped(ArrayRef<int64_t> shape) const {
  return std::visit([&](const auto &values) { return Tensor(shape, values); },
                    data);
}

uint64_t lowbit::reference::checksum(const Tensor &tensor) {
  numerics::Checksum hash;
  for (int64_t value : tensor.integers())
    hash.update(value);
  return hash.finish();
}
