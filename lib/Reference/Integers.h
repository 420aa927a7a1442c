//===- Integers.h - How integers of a type are held -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_REFERENCE_INTEGERS_H
#define LOWBIT_LIB_REFERENCE_INTEGERS_H

#include "lowbit/Reference/Tensor.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/IR/Value.h"
#include "llvm/Support/MathExtras.h"

namespace lowbit::reference {

/// The width of the integers in a value.
inline unsigned integerWidth(mlir::Value value) {
  return mlir::getElementTypeOrSelf(value.getType()).getIntOrFloatBitWidth();
}

/// `value` modulo 2^width as a tensor holds it: sign-extended, an i1 as 0 or 1.
inline int64_t wrap(int64_t value, unsigned width) {
  return width == 1 ? value & 1 : llvm::SignExtend64(value, width);
}

/// The tensor for `result` with `values` wrapped to its type.
template <typename T>
Tensor wrapTo(mlir::Value result, llvm::ArrayRef<T> values) {
  unsigned width = integerWidth(result);
  std::vector<int64_t> wrapped;
  wrapped.reserve(values.size());
  for (T value : values)
    wrapped.push_back(wrap(static_cast<int64_t>(value), width));
  return Tensor(llvm::cast<mlir::ShapedType>(result.getType()).getShape(),
                std::move(wrapped));
}

inline int64_t greaterOf(int64_t a, int64_t b) { return std::max(a, b); }
inline int64_t lesserOf(int64_t a, int64_t b) { return std::min(a, b); }

/// The only element of an operand.
inline int64_t scalar(const Tensor &tensor) {
  return tensor.integers().front();
}

} // namespace lowbit::reference

#endif // LOWBIT_LIB_REFERENCE_INTEGERS_H
