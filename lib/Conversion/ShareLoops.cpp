//===- ShareLoops.cpp - Plain loops that threads share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/Chunks.h"

#include "lowbit/Conversion/Passes.h"
#include "mlir/Interfaces/TilingInterface.h"

namespace lowbit {
#define GEN_PASS_DEF_SHARELOOPSPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// How long one core takes for `op` in loops over scalars.
static double estimate(linalg::LinalgOp op, ArrayRef<int64_t> extents) {
  int64_t count = static_cast<int64_t>(op.getBlock()->getOperations().size()) +
                  op->getNumOperands();
  for (int64_t extent : extents)
    count *= extent;
  return estimateOperations(count);
}

/// The parallel loop of `op` that divides best, the outermost of several.
static std::optional<unsigned>
chooseLoop(linalg::LinalgOp op, ArrayRef<int64_t> extents, int64_t chunks) {
  std::optional<unsigned> best;
  auto largest = [&](unsigned loop) {
    return static_cast<double>(getLargestChunk(
               extents[loop], std::min(chunks, extents[loop]))) /
           static_cast<double>(extents[loop]);
  };
  SmallVector<unsigned> loops;
  op.getParallelDims(loops);
  for (unsigned loop : loops)
    if (extents[loop] > 1 && (!best || largest(loop) < largest(*best)))
      best = loop;
  return best;
}

namespace {
struct ShareLoopsPass : lowbit::impl::ShareLoopsPassBase<ShareLoopsPass> {
  void runOnOperation() override {
    if (kernel::getThreads(getOperation()) == 1)
      return;
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops)
      if (failed(share(op)))
        return signalPassFailure();
  }

  LogicalResult share(linalg::LinalgOp op) {
    SmallVector<int64_t> extents = op.getStaticLoopRanges();
    auto tileable = dyn_cast<TilingInterface>(op.getOperation());
    if (!tileable || !op.hasPureBufferSemantics() ||
        llvm::any_of(extents, ShapedType::isDynamic))
      return success();
    int64_t chunks = countChunks(op, estimate(op, extents));
    auto loop = chunks > 1 ? chooseLoop(op, extents, chunks) : std::nullopt;
    if (!loop)
      return success();
    OpBuilder builder(op);
    LogicalResult result = success();
    auto emit = [&](Value, IterationRange range) {
      SmallVector<OpFoldResult> offsets(extents.size(),
                                        builder.getIndexAttr(0)),
          sizes = getAsIndexOpFoldResult(builder.getContext(), extents);
      offsets[*loop] = range.begin;
      sizes[*loop] =
          arith::SubIOp::create(builder, op.getLoc(), range.end, range.begin)
              .getResult();
      if (failed(tileable.getTiledImplementation(builder, offsets, sizes)))
        result = op.emitError("cannot be divided among threads");
    };
    forEachChunk(builder, op.getLoc(), extents[*loop],
                 std::min(chunks, extents[*loop]), emit);
    op->erase();
    ++numShared;
    return result;
  }
};
} // namespace
