//===- Strided.h - Walking elements of a tensor in another order -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_REFERENCE_STRIDED_H
#define LOWBIT_LIB_REFERENCE_STRIDED_H

#include "lowbit/Reference/Tensor.h"

namespace lowbit::reference {

llvm::SmallVector<int64_t> rowMajorStrides(llvm::ArrayRef<int64_t> shape);

/// base + sum of index[d] * strides[d] for every index of `shape` in row-major
/// order.
std::vector<int64_t> stridedOffsets(llvm::ArrayRef<int64_t> shape,
                                    llvm::ArrayRef<int64_t> strides,
                                    int64_t base);

/// Calls `function` with the elements as llvm::ArrayRef<float> or
/// llvm::ArrayRef<int64_t>.
template <typename Function>
auto visitElements(const Tensor &tensor, Function function) {
  return tensor.isFloat() ? function(tensor.floats())
                          : function(tensor.integers());
}

/// The tensor of shape `shape` with the elements of `source` at `offsets`.
Tensor gather(const Tensor &source, llvm::ArrayRef<int64_t> shape,
              llvm::ArrayRef<int64_t> offsets);

/// Writes the elements of `source` to `offsets` of `target`, a tensor of the
/// same kind.
void scatter(const Tensor &source, llvm::ArrayRef<int64_t> offsets,
             Tensor &target);

/// The box of `sizes` elements from `starts` in steps of `steps`; nothing when
/// it leaves the tensor.
std::optional<Tensor> extractBox(const Tensor &source,
                                 llvm::ArrayRef<int64_t> starts,
                                 llvm::ArrayRef<int64_t> sizes,
                                 llvm::ArrayRef<int64_t> steps);

/// `source` in the middle of a tensor of `shape` filled with the single element
/// of `filler`, `low[d]` elements from the start of dimension d. Nothing when
/// `source` does not fit there.
std::optional<Tensor> padBox(const Tensor &source, const Tensor &filler,
                             llvm::ArrayRef<int64_t> shape,
                             llvm::ArrayRef<int64_t> low);

/// `source` with its dimensions in another order: dimension i of the result,
/// whose shape is `shape`, is dimension permutation[i] of `source`.
template <typename Integer>
Tensor permute(const Tensor &source, llvm::ArrayRef<Integer> permutation,
               llvm::ArrayRef<int64_t> shape) {
  llvm::SmallVector<int64_t> from = rowMajorStrides(source.shape()), strides;
  for (Integer dimension : permutation)
    strides.push_back(from[dimension]);
  return gather(source, shape, stridedOffsets(shape, strides, 0));
}

/// The tensors one after another along `axis`.
Tensor concatenate(llvm::ArrayRef<const Tensor *> tensors, int64_t axis,
                   llvm::ArrayRef<int64_t> shape);

} // namespace lowbit::reference

#endif // LOWBIT_LIB_REFERENCE_STRIDED_H
