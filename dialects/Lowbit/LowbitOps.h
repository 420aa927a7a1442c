//===- LowbitOps.h - Operations on codes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITOPS_H
#define LOWBIT_DIALECTS_LOWBIT_LOWBITOPS_H

#include "dialects/Lowbit/LowbitAttrs.h"
#include "dialects/Lowbit/LowbitDialect.h"
#include "dialects/Lowbit/LowbitTypes.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "dialects/Lowbit/LowbitOps.h.inc"

namespace lowbit {

/// Size of the last dimension, 1 for a scalar: the number of channels.
int64_t getChannels(mlir::Value value);

/// The constant that `weight` is, or is unpacked from; null if there is none.
ConstantOp getWeightConstant(mlir::Value weight);

} // namespace lowbit

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITOPS_H
