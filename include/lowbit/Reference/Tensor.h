//===- Tensor.h - Host tensors of the reference evaluator -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_REFERENCE_TENSOR_H
#define LOWBIT_REFERENCE_TENSOR_H

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <variant>
#include <vector>

namespace lowbit::reference {

/// A dense row-major tensor on the host. f32 tensors hold floats, all others
/// hold 64-bit integers: an iN element its sign-extended value (i1: 0 or 1), a
/// level-set element its *level* (not its code), a packed element its byte.
class Tensor {
public:
  Tensor() = default;
  Tensor(llvm::ArrayRef<int64_t> shape, std::vector<float> values);
  Tensor(llvm::ArrayRef<int64_t> shape, std::vector<int64_t> values);

  /// All zeros, of the kind that `type` asks for.
  static Tensor zeros(mlir::RankedTensorType type);

  llvm::ArrayRef<int64_t> shape() const { return sizes; }
  int64_t numElements() const;
  bool isFloat() const { return std::holds_alternative<Floats>(data); }

  llvm::ArrayRef<float> floats() const { return std::get<Floats>(data); }
  llvm::MutableArrayRef<float> floats() { return std::get<Floats>(data); }
  llvm::ArrayRef<int64_t> integers() const { return std::get<Integers>(data); }
  llvm::MutableArrayRef<int64_t> integers() { return std::get<Integers>(data); }

  /// The same elements under another shape of as many elements.
  Tensor reshaped(llvm::ArrayRef<int64_t> shape) const;

private:
  using Floats = std::vector<float>;
  using Integers = std::vector<int64_t>;
  llvm::SmallVector<int64_t, 4> sizes;
  std::variant<Integers, Floats> data;
};

/// The 64-bit hash (numerics::Checksum) of an integer tensor.
uint64_t checksum(const Tensor &tensor);

} // namespace lowbit::reference

#endif // LOWBIT_REFERENCE_TENSOR_H
