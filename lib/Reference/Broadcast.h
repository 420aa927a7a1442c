//===- Broadcast.h - Element-wise functions of two tensors -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_REFERENCE_BROADCAST_H
#define LOWBIT_LIB_REFERENCE_BROADCAST_H

#include "lib/Reference/OpEvaluators.h"
#include "lib/Reference/Strided.h"

namespace lowbit::reference {

/// `tensor` at `shape`: its dimensions of size 1 repeat.
inline Tensor broadcast(const Tensor &tensor, llvm::ArrayRef<int64_t> shape) {
  auto strides = rowMajorStrides(tensor.shape());
  for (auto [stride, size] : llvm::zip_equal(strides, tensor.shape()))
    if (size == 1)
      stride = 0;
  return gather(tensor, shape, stridedOffsets(shape, strides, 0));
}

template <typename Result, typename T, typename Compute>
std::vector<Result> combine(llvm::ArrayRef<T> lhs, llvm::ArrayRef<T> rhs,
                            Compute compute) {
  std::vector<Result> values;
  values.reserve(lhs.size());
  for (auto [a, b] : llvm::zip_equal(lhs, rhs))
    values.push_back(compute(a, b));
  return values;
}

/// Calls function(lhs, rhs) with the first two operands at the shape of the
/// result.
template <typename Function>
auto withBroadcast(mlir::Operation *op, Operands operands, Function function) {
  llvm::ArrayRef<int64_t> shape = resultShape(op);
  auto atResultShape = [&](const Tensor &tensor, Tensor &storage) {
    if (tensor.shape() == shape)
      return &tensor;
    storage = broadcast(tensor, shape);
    return static_cast<const Tensor *>(&storage);
  };
  Tensor lhs, rhs;
  return function(*atResultShape(*operands[0], lhs),
                  *atResultShape(*operands[1], rhs));
}

} // namespace lowbit::reference

#endif // LOWBIT_LIB_REFERENCE_BROADCAST_H
