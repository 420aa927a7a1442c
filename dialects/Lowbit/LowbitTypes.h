//===- LowbitTypes.h - Level sets and packed bytes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITTYPES_H
#define LOWBIT_DIALECTS_LOWBIT_LOWBITTYPES_H

#include "dialects/Lowbit/LowbitAttrs.h"
#include "lowbit/Numerics/LevelSet.h"
#include "mlir/IR/BuiltinTypeInterfaces.h"
#include "mlir/IR/Types.h"

#include "dialects/Lowbit/LowbitTypeInterfaces.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Lowbit/LowbitTypes.h.inc"

namespace lowbit {

/// The type that stands for `set`.
mlir::Type getLevelSetType(mlir::MLIRContext *context,
                           const numerics::LevelSet &set);

/// The level set of `type` or of its elements; nothing for other types.
std::optional<numerics::LevelSet> getLevelSet(mlir::Type type);

} // namespace lowbit

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITTYPES_H
