//===- InsertChecksums.cpp - The hash of every layer's integers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/TypeUtilities.h"

namespace lowbit {
#define GEN_PASS_DEF_INSERTCHECKSUMSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
struct InsertChecksumsPass
    : lowbit::impl::InsertChecksumsPassBase<InsertChecksumsPass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function.isPublic() || function.isExternal())
      return;
    OpBuilder builder(&getContext());
    SmallVector<Value> hashes;
    SmallVector<Attribute> names;
    for (auto call :
         llvm::to_vector(function.getBody().front().getOps<func::CallOp>()))
      for (Value result : call.getResults())
        if (isHashable(result)) {
          builder.setInsertionPointAfter(call);
          hashes.push_back(ChecksumOp::create(builder, call.getLoc(), result));
          names.push_back(builder.getStringAttr(call.getCallee()));
        }
    if (!hashes.empty())
      returnHashes(function, hashes, names);
  }

  static bool isHashable(Value value) {
    Type element = getElementTypeOrSelf(value);
    return getLevelSet(value.getType()) || element.isSignlessInteger(8) ||
           element.isSignlessInteger(16) || element.isSignlessInteger(32);
  }

  void returnHashes(func::FuncOp function, ArrayRef<Value> hashes,
                    ArrayRef<Attribute> names) {
    Operation *terminator = function.getBody().front().getTerminator();
    OpBuilder builder(terminator);
    Value all =
        tensor::FromElementsOp::create(builder, function.getLoc(), hashes);
    terminator->insertOperands(terminator->getNumOperands(), all);
    SmallVector<Type> results(function.getResultTypes());
    results.push_back(all.getType());
    function.setType(
        builder.getFunctionType(function.getArgumentTypes(), results));
    function->setAttr(kChecksumsAttr, builder.getArrayAttr(names));
  }
};
} // namespace
