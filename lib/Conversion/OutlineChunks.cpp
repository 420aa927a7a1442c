//===- OutlineChunks.cpp - A function for what threads share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitDialect.h"
#include "lowbit/Conversion/Passes.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "mlir/Transforms/RegionUtils.h"

namespace lowbit {
#define GEN_PASS_DEF_OUTLINECHUNKSPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Whether `op` gives the same everywhere: it makes a value, or a view.
static bool canRepeat(Operation *op) {
  return op && op->getNumRegions() == 0 &&
         (isPure(op) || isa<ViewLikeOpInterface>(op));
}

/// Makes again in `region` what it reads of values made by operations that can
/// be repeated, until it reads arguments only. Two views of one buffer must not
/// become two arguments, which would not overlap.
static void repeatInside(Region &region) {
  OpBuilder builder(region.getContext());
  for (bool isChanged = true; isChanged;) {
    isChanged = false;
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(region, captured);
    for (Value value : captured) {
      Operation *op = value.getDefiningOp();
      if (!canRepeat(op))
        continue;
      builder.setInsertionPointToStart(&region.front());
      Operation *clone = builder.clone(*op);
      for (auto [old, made] :
           llvm::zip_equal(op->getResults(), clone->getResults()))
        replaceAllUsesInRegionWith(old, made, region);
      isChanged = true;
    }
  }
}

namespace {
struct OutlineChunksPass
    : lowbit::impl::OutlineChunksPassBase<OutlineChunksPass> {
  void runOnOperation() override {
    SmallVector<scf::ParallelOp> loops;
    getOperation().walk([&](scf::ParallelOp op) {
      if (op.getInitVals().empty() && !op->getParentOfType<scf::ParallelOp>())
        loops.push_back(op);
    });
    for (scf::ParallelOp op : loops)
      if (failed(outline(op)))
        return signalPassFailure();
  }

  LogicalResult outline(scf::ParallelOp op) {
    auto layer = op->getParentOfType<func::FuncOp>();
    if (!layer)
      return op.emitError("stands outside of a function");
    repeatInside(op.getRegion());
    SymbolTable symbols(getOperation());
    SmallString<64> name(layer.getName());
    name += "_chunk";
    unsigned suffix = 0;
    if (symbols.lookup(name))
      name = SymbolTable::generateSymbolName<64>(
          name, [&](StringRef other) { return symbols.lookup(other); }, suffix);
    IRRewriter rewriter(op);
    FailureOr<func::FuncOp> made =
        outlineSingleBlockRegion(rewriter, op.getLoc(), op.getRegion(), name);
    assert(succeeded(made) && "the body of scf.parallel is one block");
    made->setPrivate();
    if (Attribute isFree = layer->getAttr(kMultiplierFreeAttr))
      (*made)->setAttr(kMultiplierFreeAttr, isFree);
    ++numOutlined;
    return success();
  }
};
} // namespace
