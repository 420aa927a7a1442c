//===- LowbitConstants.h - Numbers out of constant operands -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITCONSTANTS_H
#define LOWBIT_DIALECTS_LOWBIT_LOWBITCONSTANTS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace lowbit {

/// The f32 elements of a `dense` or `dense_resource` attribute, splats
/// expanded; nothing for other attributes or element types, or when the
/// resource is missing or has the wrong size.
std::optional<llvm::SmallVector<float>> getFloats(mlir::Attribute attr);

/// The sign-extended elements of an integer `dense` or `dense_resource`
/// attribute (resources: 8, 16, 32 or 64 bits wide).
std::optional<llvm::SmallVector<int64_t>> getIntegers(mlir::Attribute attr);

/// The bytes of a tensor<N x i8> attribute. `storage` keeps an expanded splat
/// alive; otherwise the result points into the attribute.
std::optional<llvm::ArrayRef<uint8_t>>
getBytes(mlir::Attribute attr, llvm::SmallVectorImpl<uint8_t> &storage);

/// The same for the constant that defines `value`, if one does.
std::optional<llvm::SmallVector<float>> getConstantFloats(mlir::Value value);
std::optional<llvm::SmallVector<int64_t>>
getConstantIntegers(mlir::Value value);

/// `bytes` as a dense 1-D tensor of i8.
mlir::DenseElementsAttr createBytes(mlir::MLIRContext *context,
                                    llvm::ArrayRef<uint8_t> bytes);

/// The element of a per-channel list, which may be one for all channels.
template <typename List> auto atChannel(const List &values, size_t channel) {
  return values[values.size() == 1 ? 0 : channel];
}

} // namespace lowbit

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITCONSTANTS_H
