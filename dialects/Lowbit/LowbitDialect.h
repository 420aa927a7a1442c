//===- LowbitDialect.h - The lowbit dialect -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITDIALECT_H
#define LOWBIT_DIALECTS_LOWBIT_LOWBITDIALECT_H

#include "mlir/IR/Dialect.h"

#include "dialects/Lowbit/LowbitDialect.h.inc"

namespace lowbit {

/// Names of the discardable attributes that the dialect verifies; the dialect's
/// description says what each means.
inline constexpr llvm::StringLiteral kLayerAttr = "lowbit.layer";
inline constexpr llvm::StringLiteral kSchemeAttr = "lowbit.scheme";
inline constexpr llvm::StringLiteral kTrainedAttr = "lowbit.trained";
inline constexpr llvm::StringLiteral kKernelAttr = "lowbit.kernel";
inline constexpr llvm::StringLiteral kReasonAttr = "lowbit.reason";
inline constexpr llvm::StringLiteral kMacsAttr = "lowbit.macs";
inline constexpr llvm::StringLiteral kMultiplierFreeAttr =
    "lowbit.multiplier_free";
inline constexpr llvm::StringLiteral kChecksumsAttr = "lowbit.checksums";
inline constexpr llvm::StringLiteral kTimersAttr = "lowbit.timers";
inline constexpr llvm::StringLiteral kWorkspaceAttr = "lowbit.workspace";
inline constexpr llvm::StringLiteral kWorkspaceBoundAttr =
    "lowbit.workspace_bound";
inline constexpr llvm::StringLiteral kWorkspacePeakAttr =
    "lowbit.workspace_peak";

/// Name of the argument attribute with the proven range [lo, hi] of an i32
/// tensor that comes from another function.
inline constexpr llvm::StringLiteral kRangeAttr = "lowbit.range";

} // namespace lowbit

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITDIALECT_H
