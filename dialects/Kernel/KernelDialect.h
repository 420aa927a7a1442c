//===- KernelDialect.h - The kernel dialect -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_KERNEL_KERNELDIALECT_H
#define LOWBIT_DIALECTS_KERNEL_KERNELDIALECT_H

#include "mlir/IR/Dialect.h"

#include "dialects/Kernel/KernelDialect.h.inc"

namespace lowbit::kernel {

/// Names of the discardable attributes that the dialect verifies; the dialect's
/// description says what each means.
inline constexpr llvm::StringLiteral kPlanAttr = "kernel.plan";
inline constexpr llvm::StringLiteral kWeightBytesAttr = "kernel.weight_bytes";
inline constexpr llvm::StringLiteral kReasonAttr = "kernel.reason";
inline constexpr llvm::StringLiteral kMachineAttr = "kernel.machine";

} // namespace lowbit::kernel

#endif // LOWBIT_DIALECTS_KERNEL_KERNELDIALECT_H
