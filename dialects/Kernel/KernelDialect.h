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
inline constexpr llvm::StringLiteral kThreadsAttr = "kernel.threads";
inline constexpr llvm::StringLiteral kLeastChunkAttr = "kernel.least_chunk_ns";

/// More threads are a typing error: their scratch memory would be, too.
inline constexpr int64_t kMaxThreads = 256;

/// How many threads one run of the network that holds `op` may use:
/// `kernel.threads` of its module, 1 where there is none.
int64_t getThreads(mlir::Operation *op);

/// A chunk of work that takes less, by estimate, is not worth a thread: waking
/// another one and waiting for it takes 0.9 us with LLVM's OpenMP runtime on
/// two Zen 4 cores, and fetching what the other core has in its caches as much
/// again. With 2000, ternary ResNet-8 takes 45.8 us on two threads, 44.5 on
/// one.
inline constexpr int64_t kLeastChunkNs = 5000;

/// `kernel.least_chunk_ns` of the module of `op`, or what is usual.
int64_t getLeastChunkNs(mlir::Operation *op);

} // namespace lowbit::kernel

#endif // LOWBIT_DIALECTS_KERNEL_KERNELDIALECT_H
