//===- PlanWorkspace.cpp - One workspace for all buffers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitDialect.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/Analysis/CallGraph.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "llvm/ADT/PostOrderIterator.h"

#include <limits>

namespace lowbit {
#define GEN_PASS_DEF_PLANWORKSPACEPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

static constexpr int64_t kAlignment = 64;

static int64_t alignUp(int64_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

namespace {
/// A buffer to be placed.
struct Buffer {
  mutable memref::AllocOp op; ///< mutable: op accessors are not const
  int64_t size;
  int64_t first, last; ///< positions in the block at which it is alive
  int64_t offset = 0;
};

struct PlanWorkspacePass
    : lowbit::impl::PlanWorkspacePassBase<PlanWorkspacePass> {
  void runOnOperation() override {
    // Callees first: what they hoist into a caller, the caller hoists on.
    SmallVector<func::FuncOp> order;
    const auto &graph = getAnalysis<CallGraph>();
    for (auto *node : llvm::post_order(&graph))
      if (!node->isExternal())
        order.push_back(
            cast<func::FuncOp>(node->getCallableRegion()->getParentOp()));
    for (func::FuncOp function : order) {
      LogicalResult result =
          function.isPublic() ? plan(function) : hoistAllocations(function);
      if (failed(result))
        return signalPassFailure();
    }
  }

  /// Lets the callers of a layer hand in its buffers, each as an argument of
  /// its own: as distinct arguments they are known not to overlap, without
  /// which loops over them could not be vectorized.
  LogicalResult hoistAllocations(func::FuncOp function) {
    SmallVector<memref::AllocOp> allocations;
    function.walk([&](memref::AllocOp op) { allocations.push_back(op); });
    SmallVector<MemRefType> types;
    for (memref::AllocOp op : allocations) {
      if (failed(verifyPlannable(op)) ||
          failed(function.insertArgument(function.getNumArguments(),
                                         op.getType(), {}, op.getLoc())))
        return failure();
      types.push_back(op.getType());
      op.replaceAllUsesWith(function.getArguments().back());
      op.erase();
    }
    auto uses = function.getSymbolUses(getOperation());
    for (const SymbolTable::SymbolUse &use : *uses) {
      auto call = cast<func::CallOp>(use.getUser());
      OpBuilder builder(call);
      for (MemRefType type : types)
        call.getOperandsMutable().append(
            memref::AllocOp::create(builder, call.getLoc(), type).getResult());
    }
    return success();
  }

  static LogicalResult verifyPlannable(memref::AllocOp op) {
    if (op.getType().hasStaticShape() && op.getType().getLayout().isIdentity())
      return success();
    return op.emitError("only statically shaped buffers can be planned");
  }

  LogicalResult plan(func::FuncOp function) {
    SmallVector<Buffer> buffers;
    if (failed(collectBuffers(function, buffers)))
      return failure();
    int64_t size = assignOffsets(buffers);
    OpBuilder builder(&getContext());
    function->setAttr(kWorkspaceAttr, builder.getI64IntegerAttr(size));
    workspaceBytes = std::max<int64_t>(workspaceBytes, size);
    // The function takes a workspace even if it is empty: its signature does
    // not depend on the network.
    auto type = MemRefType::get({size}, builder.getI8Type());
    if (failed(function.insertArgument(function.getNumArguments(), type, {},
                                       function.getLoc())))
      return failure();
    Value workspace = function.getArguments().back();
    for (const Buffer &buffer : buffers)
      place(buffer, workspace);
    return success();
  }

  /// The position in the entry block of `op` or of its ancestor there.
  static int64_t getPosition(Operation *op, Block &block,
                             const llvm::DenseMap<Operation *, int64_t> &at) {
    return at.lookup(block.findAncestorOpInBlock(*op));
  }

  LogicalResult collectBuffers(func::FuncOp function,
                               SmallVectorImpl<Buffer> &buffers) {
    Block &block = function.getBody().front();
    llvm::DenseMap<Operation *, int64_t> positions;
    for (auto [index, op] : llvm::enumerate(block))
      positions[&op] = index;
    WalkResult result = function.walk([&](memref::AllocOp alloc) {
      if (failed(verifyPlannable(alloc)))
        return WalkResult::interrupt();
      MemRefType type = alloc.getType();
      int64_t bytes = (type.getElementTypeBitWidth() + 7) / 8;
      // Alive from the first use, wherever the allocation stands.
      Buffer buffer{alloc, type.getNumElements() * bytes,
                    std::numeric_limits<int64_t>::max(), -1};
      extendLife(alloc.getResult(), block, positions, buffer);
      buffers.push_back(buffer);
      return WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }

  /// Lengthens the life of `buffer` to the last use of `value` or of a view of
  /// it. Every operation that returns a buffer for a buffer is taken for a
  /// view.
  static void extendLife(Value value, Block &block,
                         const llvm::DenseMap<Operation *, int64_t> &positions,
                         Buffer &buffer) {
    for (Operation *user : value.getUsers()) {
      int64_t position = getPosition(user, block, positions);
      buffer.first = std::min(buffer.first, position);
      buffer.last = std::max(buffer.last, position);
      if (isa<func::CallOp>(user))
        continue;
      // What a region yields is what the operation around it returns.
      if (user->hasTrait<OpTrait::IsTerminator>())
        user = user->getParentOp();
      for (Value result : user->getResults())
        if (isa<MemRefType>(result.getType()))
          extendLife(result, block, positions, buffer);
    }
  }

  /// Greedy by size: each buffer goes to the lowest offset that no buffer
  /// placed before it occupies during its life. Returns the bytes needed.
  static int64_t assignOffsets(MutableArrayRef<Buffer> buffers) {
    SmallVector<Buffer *> order;
    for (Buffer &buffer : buffers)
      order.push_back(&buffer);
    llvm::sort(order, [](Buffer *a, Buffer *b) {
      return std::tie(b->size, a->first, a) < std::tie(a->size, b->first, b);
    });
    SmallVector<Buffer *> placed; // ascending offsets
    int64_t total = 0;
    for (Buffer *buffer : order) {
      int64_t offset = 0;
      for (Buffer *other : placed) {
        bool overlaps =
            other->first <= buffer->last && buffer->first <= other->last;
        if (overlaps && offset + buffer->size > other->offset)
          offset = std::max(offset, alignUp(other->offset + other->size));
      }
      buffer->offset = offset;
      total = std::max(total, alignUp(offset + buffer->size));
      placed.insert(llvm::upper_bound(placed, buffer,
                                      [](Buffer *a, Buffer *b) {
                                        return a->offset < b->offset;
                                      }),
                    buffer);
    }
    return total;
  }

  static void place(const Buffer &buffer, Value workspace) {
    OpBuilder builder(buffer.op);
    Location loc = buffer.op.getLoc();
    Value offset = arith::ConstantIndexOp::create(builder, loc, buffer.offset);
    auto view = memref::ViewOp::create(builder, loc, buffer.op.getType(),
                                       workspace, offset, ValueRange());
    memref::AllocOp op = buffer.op;
    op.replaceAllUsesWith(view.getResult());
    op.erase();
  }
};
} // namespace
