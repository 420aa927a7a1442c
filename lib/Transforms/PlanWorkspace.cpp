//===- PlanWorkspace.cpp - One workspace for all buffers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitDialect.h"
#include "lib/Transforms/WorkspaceBuffers.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/Analysis/CallGraph.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/PostOrderIterator.h"

namespace lowbit {
#define GEN_PASS_DEF_PLANWORKSPACEPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

static LogicalResult verifyPlannable(memref::AllocOp op) {
  if (op.getType().hasStaticShape() && op.getType().getLayout().isIdentity())
    return success();
  return op.emitError("only statically shaped buffers can be planned");
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

/// The allocation that `op` copies as it is to an argument of the function;
/// null for any other operation.
static memref::AllocOp getCopiedToArgument(linalg::GenericOp op) {
  if (!linalg::isaCopyOpInterface(op) ||
      !isa<BlockArgument>(op.getOutputs()[0]) ||
      !op.getIndexingMapsArray()[0].isIdentity() ||
      op.getInputs()[0].getType() != op.getOutputs()[0].getType())
    return {};
  return op.getInputs()[0].getDefiningOp<memref::AllocOp>();
}

/// Lets what is copied to an argument be computed there. Copies at the end of
/// the function see the last value; when a copy is the argument's only use,
/// nobody sees that the argument is written earlier.
static void writeResultsInPlace(func::FuncOp function) {
  SmallVector<linalg::GenericOp> copies;
  for (Operation &op :
       llvm::drop_begin(llvm::reverse(function.getBody().front()))) {
    auto copy = dyn_cast<linalg::GenericOp>(op);
    if (!copy || !getCopiedToArgument(copy))
      break;
    copies.push_back(copy);
  }
  for (linalg::GenericOp op : copies) {
    memref::AllocOp source = getCopiedToArgument(op);
    Value argument = op.getOutputs()[0];
    if (!source || !argument.hasOneUse())
      continue;
    op.erase();
    source.replaceAllUsesWith(argument);
    source.erase();
  }
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

namespace {
/// Turns allocations into views of the workspace, once their places are known.
class Placer {
public:
  Placer(WorkspaceBuffers &buffers, const Placement &placement, Value workspace)
      : buffers(buffers), placement(placement), workspace(workspace) {}

  LogicalResult run() {
    for (auto [call, scope] :
         llvm::zip_equal(buffers.calls, buffers.problem.scopes))
      if (failed(mergeArguments(call, scope)))
        return failure();
    for (auto &[op, buffer] : buffers.allocations) {
      OpBuilder builder(op);
      Value view = createView(builder, op.getLoc(), op.getType(), workspace,
                              placement.offsets[buffer]);
      op.replaceAllUsesWith(view);
      op.erase();
    }
    return success();
  }

private:
  using Group = SmallVector<LayerCall::Argument>;

  static Value createView(OpBuilder &builder, Location loc, MemRefType type,
                          Value bytes, int64_t offset) {
    Value at = arith::ConstantIndexOp::create(builder, loc, offset);
    return memref::ViewOp::create(builder, loc, type, bytes, at, ValueRange());
  }

  int64_t getOffset(const LayerCall::Argument &argument) const {
    return placement.offsets[argument.buffer];
  }

  /// The arguments of a call are known not to overlap. Those whose buffers
  /// share bytes become one argument.
  LogicalResult mergeArguments(LayerCall &site, const NameScope &scope) {
    llvm::BitVector surplus(site.call->getNumOperands());
    for (const auto &members :
         groupByOverlap(buffers.problem, placement, scope)) {
      Group group;
      for (const LayerCall::Argument &argument : site.arguments)
        if (llvm::any_of(members, [&](unsigned member) {
              return scope.buffers[member] == argument.buffer;
            }))
          group.push_back(argument);
      if (group.size() == 1)
        continue;
      mergeGroup(site, group);
      for (const LayerCall::Argument &argument : ArrayRef(group).drop_front())
        surplus.set(argument.index);
    }
    site.call->eraseOperands(surplus);
    return site.layer.eraseArguments(surplus);
  }

  /// Replaces all arguments of the group by its first.
  void mergeGroup(LayerCall &site, const Group &group) {
    BlockArgument first = site.layer.getArgument(group.front().index);
    bool isOneBuffer = llvm::all_of(group, [&](auto &argument) {
      return argument.buffer == group.front().buffer &&
             site.layer.getArgument(argument.index).getType() ==
                 first.getType();
    });
    if (!isOneBuffer)
      return passAsBytes(site, group);
    for (const LayerCall::Argument &argument : ArrayRef(group).drop_front())
      site.layer.getArgument(argument.index).replaceAllUsesWith(first);
  }

  /// Lets the first argument be the bytes that the group covers, and all
  /// arguments views of them.
  void passAsBytes(LayerCall &site, const Group &group) {
    int64_t begin = getOffset(group.front()), end = begin;
    for (const LayerCall::Argument &argument : group) {
      int64_t size = buffers.problem.buffers[argument.buffer].size;
      begin = std::min(begin, getOffset(argument));
      end = std::max(end, getOffset(argument) + size);
    }
    OpBuilder builder(site.call);
    auto type = MemRefType::get({end - begin}, builder.getI8Type());
    unsigned index = group.front().index;
    site.call->setOperand(
        index, createView(builder, site.call.getLoc(), type, workspace, begin));
    builder.setInsertionPointToStart(&site.layer.getBody().front());
    BlockArgument bytes = site.layer.getArgument(index);
    SmallVector<Operation *> views;
    for (const LayerCall::Argument &argument : group) {
      auto view = site.layer.getArgument(argument.index);
      views.push_back(createView(builder, view.getLoc(),
                                 cast<MemRefType>(view.getType()), bytes,
                                 getOffset(argument) - begin)
                          .getDefiningOp());
    }
    for (auto [argument, view] : llvm::zip_equal(group, views))
      site.layer.getArgument(argument.index)
          .replaceUsesWithIf(view->getResult(0), [&](OpOperand &use) {
            return !llvm::is_contained(views, use.getOwner());
          });
    bytes.setType(type);
    site.layer.setType(builder.getFunctionType(
        site.layer.getBody().getArgumentTypes(), site.layer.getResultTypes()));
  }

  WorkspaceBuffers &buffers;
  const Placement &placement;
  Value workspace;
};
} // namespace

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
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
    SymbolTableCollection symbols;
    SymbolUserMap users(symbols, getOperation());
    for (func::FuncOp function : order) {
      LogicalResult result =
          function.isPublic()
              ? plan(function)
              : hoistAllocations(function, users.getUsers(function));
      if (failed(result))
        return signalPassFailure();
    }
  }

  /// Lets the callers of a layer hand in its buffers, each as an argument of
  /// its own: as distinct arguments they are known not to overlap, without
  /// which loops over them could not be vectorized.
  static LogicalResult hoistAllocations(func::FuncOp function,
                                        ArrayRef<Operation *> users) {
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
    if (types.empty())
      return success();
    for (Operation *user : users) {
      auto call = dyn_cast<func::CallOp>(user);
      if (!call)
        return user->emitError("cannot hand buffers to '")
               << function.getName() << "'; only calls can";
      OpBuilder builder(call);
      for (MemRefType type : types)
        call.getOperandsMutable().append(
            memref::AllocOp::create(builder, call.getLoc(), type).getResult());
    }
    return success();
  }

  LogicalResult plan(func::FuncOp function) {
    WalkResult result = function.walk(
        [](memref::AllocOp op) { return WalkResult(verifyPlannable(op)); });
    if (result.wasInterrupted())
      return failure();
    if (!function.getBody().hasOneBlock())
      return function.emitError("has control flow; networks are one block");
    writeResultsInPlace(function);
    WorkspaceBuffers buffers = collectBuffers(function);
    Placement placement = placeBuffers(buffers.problem);
    describe(function, buffers, placement.total);
    // The function takes a workspace even if it is empty: its signature does
    // not depend on the network.
    auto type =
        MemRefType::get({placement.total}, IntegerType::get(&getContext(), 8));
    if (failed(function.insertArgument(function.getNumArguments(), type, {},
                                       function.getLoc())))
      return failure();
    return Placer(buffers, placement, function.getArguments().back()).run();
  }

  void describe(func::FuncOp function, const WorkspaceBuffers &buffers,
                int64_t bytes) {
    WorkspacePeak peak = findPeak(buffers.problem);
    Builder builder(&getContext());
    function->setAttr(kWorkspaceAttr, builder.getI64IntegerAttr(bytes));
    function->setAttr(kWorkspaceBoundAttr,
                      builder.getI64IntegerAttr(peak.bytes));
    StringRef layer = buffers.getLayerAt(peak.position);
    function->setAttr(kWorkspacePeakAttr,
                      builder.getStringAttr(peak.bytes > 0 ? layer : ""));
    workspaceBytes = std::max<int64_t>(workspaceBytes, bytes);
    lowerBound = std::max<int64_t>(lowerBound, peak.bytes);
  }
};
} // namespace
