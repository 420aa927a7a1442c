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
/// A buffer to be placed: an allocation, or the workspace of one call.
struct Buffer {
  Operation *op;
  int64_t size;
  int64_t first, last; ///< positions in the block at which it is alive
  int64_t offset = 0;
};

struct PlanWorkspacePass
    : lowbit::impl::PlanWorkspacePassBase<PlanWorkspacePass> {
  void runOnOperation() override {
    // Callees first: a caller needs to know their workspaces.
    SmallVector<func::FuncOp> order;
    const auto &graph = getAnalysis<CallGraph>();
    for (auto *node : llvm::post_order(&graph))
      if (!node->isExternal())
        order.push_back(
            cast<func::FuncOp>(node->getCallableRegion()->getParentOp()));
    for (func::FuncOp function : order)
      if (failed(plan(function)))
        return signalPassFailure();
  }

  LogicalResult plan(func::FuncOp function) {
    SmallVector<Buffer> buffers;
    if (failed(collectBuffers(function, buffers)))
      return failure();
    int64_t size = assignOffsets(buffers);
    OpBuilder builder(&getContext());
    function->setAttr(kWorkspaceAttr, builder.getI64IntegerAttr(size));
    workspaceBytes = std::max<int64_t>(workspaceBytes, size);
    // The public function takes a workspace even if it is empty: its signature
    // does not depend on the network.
    if (size == 0 && !function.isPublic())
      return success();
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
    WalkResult result = function.walk([&](Operation *op) {
      int64_t position = getPosition(op, block, positions);
      if (auto alloc = dyn_cast<memref::AllocOp>(op)) {
        MemRefType type = alloc.getType();
        if (!type.hasStaticShape() || !type.getLayout().isIdentity()) {
          alloc.emitError("only statically shaped buffers can be planned");
          return WalkResult::interrupt();
        }
        int64_t bits = type.getElementTypeBitWidth();
        // Alive from the first use, wherever the allocation stands.
        Buffer buffer{op, type.getNumElements() * ((bits + 7) / 8),
                      std::numeric_limits<int64_t>::max(), -1};
        extendLife(alloc.getResult(), block, positions, buffer);
        buffers.push_back(buffer);
      } else if (auto call = dyn_cast<func::CallOp>(op)) {
        auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
            op, call.getCalleeAttr());
        auto size = callee->getAttrOfType<IntegerAttr>(kWorkspaceAttr);
        if (size && size.getInt() > 0)
          buffers.push_back({op, size.getInt(), position, position});
      }
      return WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }

  /// Lengthens the life of `buffer` to the last use of `value` or of a view of
  /// it. Every operation that returns a buffer for a buffer is taken for a view.
  static void
  extendLife(Value value, Block &block,
             const llvm::DenseMap<Operation *, int64_t> &positions,
             Buffer &buffer) {
    for (Operation *user : value.getUsers()) {
      int64_t position = getPosition(user, block, positions);
      buffer.first = std::min(buffer.first, position);
      buffer.last = std::max(buffer.last, position);
      if (isa<func::CallOp>(user))
        continue;
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
    Location loc = buffer.op->getLoc();
    Value offset =
        arith::ConstantIndexOp::create(builder, loc, buffer.offset);
    auto view = [&](MemRefType type) {
      return memref::ViewOp::create(builder, loc, type, workspace, offset,
                                    ValueRange());
    };
    if (isa<memref::AllocOp>(buffer.op)) {
      auto type = cast<MemRefType>(buffer.op->getResult(0).getType());
      buffer.op->replaceAllUsesWith(view(type));
      buffer.op->erase();
      return;
    }
    auto type = MemRefType::get({buffer.size}, builder.getI8Type());
    buffer.op->insertOperands(buffer.op->getNumOperands(),
                              view(type).getResult());
  }
};
} // namespace
