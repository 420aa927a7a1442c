//===- Chunks.h - Loops that threads share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_CONVERSION_CHUNKS_H
#define LOWBIT_LIB_CONVERSION_CHUNKS_H

#include "dialects/Kernel/KernelAttrs.h"
#include "mlir/IR/Builders.h"

namespace lowbit {

/// Iterations [begin, end) of a loop; all of them if there are no values.
struct IterationRange {
  mlir::Value begin, end;

  explicit operator bool() const { return static_cast<bool>(begin); }
};

/// How long a kernel takes on one core, in nanoseconds, for so many products
/// of an input byte and a weight (of the family `lookup`: lookups).
double estimateKernel(kernel::PlanAttr plan, int64_t products);

/// How long one core takes for so many operations on scalars or vectors, in
/// nanoseconds.
double estimateOperations(int64_t count);

/// Into how many chunks work that takes one core so long is divided: one for
/// each thread of the network that holds `op`, or fewer, where that would not
/// pay for waking threads.
int64_t countChunks(mlir::Operation *op, double nanoseconds);

/// How many of `extent` iterations the largest of `chunks` chunks has.
int64_t getLargestChunk(int64_t extent, int64_t chunks);

/// Emits a parallel loop over `chunks` chunks of nearly equal size, at least
/// two, of a loop of `extent` iterations. `body` emits one of them. Any number
/// of threads may run them: nothing depends on which thread runs what.
void forEachChunk(
    mlir::OpBuilder &builder, mlir::Location loc, int64_t extent,
    int64_t chunks,
    llvm::function_ref<void(mlir::Value chunk, IterationRange range)> body);

} // namespace lowbit

#endif // LOWBIT_LIB_CONVERSION_CHUNKS_H
