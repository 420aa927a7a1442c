//===- NanModes.h - Maximum and minimum in TOSA's NaN modes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_REFERENCE_NANMODES_H
#define LOWBIT_LIB_REFERENCE_NANMODES_H

#include "mlir/Dialect/Tosa/IR/TosaOps.h"

#include <cmath>

namespace lowbit::reference {

/// The operand that a NaN decides for: the NaN when it propagates, the other
/// one when it is ignored.
inline float decideNan(float a, float b, mlir::tosa::NanPropagationMode mode) {
  bool propagates = mode == mlir::tosa::NanPropagationMode::PROPAGATE;
  return std::isnan(a) == propagates ? a : b;
}

inline float maximum(float a, float b, mlir::tosa::NanPropagationMode mode) {
  if (std::isnan(a) || std::isnan(b))
    return decideNan(a, b, mode);
  return a > b ? a : b;
}

inline float minimum(float a, float b, mlir::tosa::NanPropagationMode mode) {
  if (std::isnan(a) || std::isnan(b))
    return decideNan(a, b, mode);
  return a < b ? a : b;
}

} // namespace lowbit::reference

#endif // LOWBIT_LIB_REFERENCE_NANMODES_H
