//===- Chunks.cpp - Loops that threads share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/Chunks.h"

#include "dialects/Kernel/KernelDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace mlir;
using namespace lowbit;

/// Nanoseconds of a product, for each byte of a vector, on a core with
/// AVX-512 (docs/Performance.md, single layers). Elsewhere it takes longer,
/// so that sharing pays sooner than is assumed here.
static constexpr double kDotNs = 0.3, kDepthwiseNs = 2, kLookupNs = 0.5,
                        kShiftNs = 4, kFloatNs = 1.2, kFloatDepthwiseNs = 3;
/// Of an operation in a loop, on vectors or left to LLVM to vectorize.
static constexpr double kOperationNs = 0.1;

double lowbit::estimateKernel(kernel::PlanAttr plan, int64_t products) {
  double perByte = [&] {
    switch (plan.getFamily()) {
    case kernel::Family::Dot:
      return kDotNs;
    case kernel::Family::Depthwise:
      return kDepthwiseNs;
    case kernel::Family::Lookup:
      return kLookupNs;
    case kernel::Family::Shift:
      return kShiftNs * static_cast<double>(plan.getGroup());
    case kernel::Family::Float:
      return kFloatNs;
    case kernel::Family::FloatDepthwise:
      return kFloatDepthwiseNs;
    }
    llvm_unreachable("all families are listed");
  }();
  return perByte * static_cast<double>(products) /
         static_cast<double>(plan.getBytes());
}

double lowbit::estimateOperations(int64_t count) {
  return kOperationNs * static_cast<double>(count);
}

int64_t lowbit::countChunks(Operation *op, double nanoseconds) {
  int64_t threads = kernel::getThreads(op);
  if (threads == 1)
    return 1;
  auto least =
      static_cast<double>(std::max<int64_t>(kernel::getLeastChunkNs(op), 1));
  double most =
      std::clamp(nanoseconds / least, 1.0, static_cast<double>(threads));
  return static_cast<int64_t>(most);
}

int64_t lowbit::getLargestChunk(int64_t extent, int64_t chunks) {
  return static_cast<int64_t>(llvm::divideCeil(extent, chunks));
}

void lowbit::forEachChunk(OpBuilder &builder, Location loc, int64_t extent,
                          int64_t chunks,
                          function_ref<void(Value, IterationRange)> body) {
  assert(chunks > 1 && chunks <= extent && "every chunk has an iteration");
  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  Value zero = index(0), one = index(1);
  auto loop = scf::ParallelOp::create(builder, loc, zero, index(chunks), one);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  // The first `extent % chunks` chunks have one iteration more.
  auto start = [&](Value chunk) -> Value {
    Value whole =
        arith::MulIOp::create(builder, loc, chunk, index(extent / chunks));
    if (extent % chunks == 0)
      return whole;
    Value more =
        arith::MinSIOp::create(builder, loc, chunk, index(extent % chunks));
    return arith::AddIOp::create(builder, loc, whole, more);
  };
  Value chunk = loop.getInductionVars().front();
  Value next = arith::AddIOp::create(builder, loc, chunk, one);
  body(chunk, {start(chunk), start(next)});
}
