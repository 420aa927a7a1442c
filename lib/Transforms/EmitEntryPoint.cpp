//===- EmitEntryPoint.cpp - The C entry point -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Transforms/Passes.h"

namespace lowbit {
#define GEN_PASS_DEF_EMITENTRYPOINTPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

static constexpr int32_t kNullPointer = 1;
static constexpr int32_t kMisalignedWorkspace = 2;

namespace {
struct EmitEntryPointPass
    : lowbit::impl::EmitEntryPointPassBase<EmitEntryPointPass> {
  using EmitEntryPointPassBase::EmitEntryPointPassBase;

  void runOnOperation() override {
    unsigned publicFunctions = 0;
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (function.isPublic() && ++publicFunctions > 1) {
        function.emitError("is a second public function; a network has one");
        return signalPassFailure();
      }
      if (function.isPublic() && failed(convert(function)))
        return signalPassFailure();
      setLLVMAttributes(function);
    }
  }

  /// Says in LLVM's terms what the lowbit attributes said: layers stay
  /// functions of their own (reports and proofs are by layer), and no buffers
  /// overlap: inputs, outputs and workspace are distinct ranges of the caller's
  /// memory.
  static void setLLVMAttributes(func::FuncOp function) {
    Builder builder(function.getContext());
    SmallVector<Attribute> flags = {builder.getStringAttr("nounwind")};
    if (function.isPrivate()) {
      flags.push_back(builder.getStringAttr("noinline"));
      function->setAttr("llvm.linkage",
                        LLVM::LinkageAttr::get(builder.getContext(),
                                               LLVM::Linkage::Internal));
    }
    if (function->hasAttr(kMultiplierFreeAttr))
      flags.push_back(builder.getStrArrayAttr({kMultiplierFreeFunction, ""}));
    for (NamedAttribute attr : llvm::to_vector(function->getDiscardableAttrs()))
      if (isa_and_nonnull<LowbitDialect>(attr.getNameDialect()))
        function->removeDiscardableAttr(attr.getName());
    function->setAttr("passthrough", builder.getArrayAttr(flags));
    function.setAllArgAttrs(SmallVector<Attribute>(
        function.getNumArguments(), builder.getDictionaryAttr({})));
    for (BlockArgument argument : function.getArguments())
      if (isa<MemRefType>(argument.getType()))
        function.setArgAttr(argument.getArgNumber(), "llvm.noalias",
                            builder.getUnitAttr());
  }

  LogicalResult convert(func::FuncOp function) {
    bool hasBuffersOnly =
        llvm::all_of(function.getArgumentTypes(), llvm::IsaPred<MemRefType>);
    if (!function.getBody().hasOneBlock())
      return function.emitError("has control flow; networks are one block");
    if (!hasBuffersOnly || function.getNumArguments() == 0 ||
        function.getNumResults() != 0)
      return function.emitError("expects buffers for arguments and no results; "
                                "run lowbit-loops-pipeline first");
    OpBuilder builder(&getContext());
    Location loc = function.getLoc();
    // A layer of that name gives way: its name is known to nobody outside.
    SymbolTable symbols(getOperation());
    if (Operation *other = symbols.lookup(name + "_run");
        other && other != function && failed(symbols.renameToUnique(other, {})))
      return failure();
    if (function.getName() != name + "_run" &&
        failed(symbols.rename(function, name + "_run")))
      return failure();
    function.setType(builder.getFunctionType(function.getArgumentTypes(),
                                             builder.getI32Type()));
    Block *entry = &function.getBody().front();
    auto ret = cast<func::ReturnOp>(entry->getTerminator());
    builder.setInsertionPoint(ret);
    func::ReturnOp::create(builder, loc, createStatus(builder, loc, 0));
    ret.erase();
    // The body moves behind the checks.
    Block *body = entry->splitBlock(entry->begin());
    builder.setInsertionPointToEnd(entry);
    Value status = checkPointers(builder, loc, function.getArguments());
    Value zero = createStatus(builder, loc, 0);
    Value isFine = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         status, zero);
    Block *refusal = builder.createBlock(&function.getBody());
    builder.setInsertionPointToEnd(entry);
    cf::CondBranchOp::create(builder, loc, isFine, body, refusal);
    builder.setInsertionPointToEnd(refusal);
    func::ReturnOp::create(builder, loc, status);
    return success();
  }

  static Value createStatus(OpBuilder &builder, Location loc, int32_t value) {
    return arith::ConstantIntOp::create(builder, loc, value, 32);
  }

  /// 0, or the first complaint. An empty workspace may be null.
  static Value checkPointers(OpBuilder &builder, Location loc,
                             ArrayRef<BlockArgument> arguments) {
    Value workspace = arguments.back();
    bool needsWorkspace =
        cast<MemRefType>(workspace.getType()).getNumElements() > 0;
    Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
    Value status = createStatus(builder, loc, 0);
    auto complainIf = [&](Value isWrong, int32_t code) {
      status = arith::SelectOp::create(
          builder, loc, isWrong, createStatus(builder, loc, code), status);
    };
    auto address = [&](Value buffer) -> Value {
      return memref::ExtractAlignedPointerAsIndexOp::create(builder, loc,
                                                            buffer);
    };
    auto isNot = [&](arith::CmpIPredicate predicate, Value value) -> Value {
      return arith::CmpIOp::create(builder, loc, predicate, value, zero);
    };
    if (needsWorkspace) {
      Value low = arith::AndIOp::create(
          builder, loc, address(workspace),
          arith::ConstantIndexOp::create(builder, loc, 63));
      complainIf(isNot(arith::CmpIPredicate::ne, low), kMisalignedWorkspace);
    }
    for (Value argument : arguments)
      if (argument != workspace || needsWorkspace)
        complainIf(isNot(arith::CmpIPredicate::eq, address(argument)),
                   kNullPointer);
    return status;
  }
};
} // namespace
