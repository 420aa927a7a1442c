//===- InsertTimers.cpp - When every layer begins and ends -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/SymbolTable.h"

namespace lowbit {
#define GEN_PASS_DEF_INSERTTIMERSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

// The stamps go to a buffer of their own that nothing else reads or writes, and
// no other operation is changed or moved: all results stay what they were.

namespace {
/// Writes time stamps to rows of one buffer.
class StampWriter {
public:
  /// The columns of the buffer.
  enum Event { Begin, End };

  StampWriter(OpBuilder &builder, Value stamps, TimerBarrier barrier)
      : builder(builder), stamps(stamps), barrier(barrier) {}

  /// Reads the counter at the insertion point of the builder.
  void write(Location loc, int64_t row, Event event) {
    wait(loc);
    Value time =
        LLVM::CallIntrinsicOp::create(
            builder, loc, builder.getI64Type(),
            builder.getStringAttr("llvm.readcyclecounter"), ValueRange())
            .getResult(0);
    Value indices[] = {arith::ConstantIndexOp::create(builder, loc, row),
                       arith::ConstantIndexOp::create(builder, loc, event)};
    memref::StoreOp::create(builder, loc, time, stamps, indices);
  }

private:
  /// Lets earlier instructions finish.
  void wait(Location loc) {
    auto execute = [&](StringRef intrinsic, ValueRange arguments) {
      LLVM::CallIntrinsicOp::create(
          builder, loc, builder.getStringAttr(intrinsic), arguments);
    };
    if (barrier == TimerBarrier::Lfence)
      execute("llvm.x86.sse2.lfence", {});
    if (barrier == TimerBarrier::Isb) {
      // "isb sy", its only form.
      Value option =
          LLVM::ConstantOp::create(builder, loc, builder.getI32IntegerAttr(15));
      execute("llvm.aarch64.isb", option);
    }
  }

  OpBuilder &builder;
  Value stamps;
  TimerBarrier barrier;
};

struct InsertTimersPass : lowbit::impl::InsertTimersPassBase<InsertTimersPass> {
  using InsertTimersPassBase::InsertTimersPassBase;

  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic() && !function.isExternal() &&
          failed(insertTimers(function, symbols)))
        return signalPassFailure();
  }

  static SmallVector<func::CallOp> collectLayerCalls(func::FuncOp function,
                                                     SymbolTable &symbols) {
    SmallVector<func::CallOp> calls;
    for (auto call : function.getOps<func::CallOp>()) {
      auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
      if (callee && callee->hasAttr(kLayerAttr))
        calls.push_back(call);
    }
    return calls;
  }

  LogicalResult insertTimers(func::FuncOp function, SymbolTable &symbols) {
    SmallVector<func::CallOp> calls = collectLayerCalls(function, symbols);
    if (calls.empty())
      return success();
    if (function->hasAttr(kTimersAttr))
      return function.emitError("has time stamps already");
    if (!function->hasAttr(kWorkspaceAttr) || !function.getNumArguments() ||
        function.getNumResults() != 0 || !function.getBody().hasOneBlock())
      return function.emitError("is not at the level of loops; run "
                                "lowbit-loops-pipeline first");
    FailureOr<Value> stamps = addResult(function, calls.size() + 1);
    if (failed(stamps))
      return failure();
    OpBuilder builder(&getContext());
    StampWriter writer(builder, *stamps, barrier);
    Block &body = function.getBody().front();
    builder.setInsertionPointToStart(&body);
    writer.write(function.getLoc(), 0, StampWriter::Begin);
    SmallVector<Attribute> names;
    for (func::CallOp call : calls) {
      names.push_back(builder.getStringAttr(call.getCallee()));
      builder.setInsertionPoint(call);
      writer.write(call.getLoc(), names.size(), StampWriter::Begin);
      builder.setInsertionPointAfter(call);
      writer.write(call.getLoc(), names.size(), StampWriter::End);
    }
    builder.setInsertionPoint(body.getTerminator());
    writer.write(function.getLoc(), 0, StampWriter::End);
    function->setAttr(kTimersAttr, builder.getArrayAttr(names));
    numTimed += calls.size();
    return success();
  }

  /// A buffer of `rows` x 2 stamps, a result of the network before its
  /// workspace, which stays the last argument.
  static FailureOr<Value> addResult(func::FuncOp function, int64_t rows) {
    Builder builder(function.getContext());
    // As upstream's buffer-results-to-out-params marks the other results.
    auto isResult = builder.getDictionaryAttr(
        builder.getNamedAttr("bufferize.result", builder.getUnitAttr()));
    unsigned index = function.getNumArguments() - 1;
    if (failed(function.insertArgument(
            index, MemRefType::get({rows, 2}, builder.getI64Type()), isResult,
            function.getLoc())))
      return failure();
    return Value(function.getArgument(index));
  }
};
} // namespace
