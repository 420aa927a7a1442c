//===- SortConstants.cpp - Constants in the order of their uses -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/MapVector.h"

namespace lowbit {
#define GEN_PASS_DEF_SORTCONSTANTSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
struct SortConstantsPass
    : lowbit::impl::SortConstantsPassBase<SortConstantsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    llvm::MapVector<Operation *, SmallVector<memref::GetGlobalOp>> uses;
    module.walk([&](memref::GetGlobalOp op) {
      if (Operation *global = symbols.lookup(op.getName()))
        uses[global].push_back(op);
    });
    for (auto [index, entry] : llvm::enumerate(uses)) {
      auto global = cast<memref::GlobalOp>(entry.first);
      if (!global.isPrivate())
        continue;
      // Users may have called a layer so. Globals are renamed themselves.
      std::string name = "lowbit_constant_" + std::to_string(index);
      for (Operation *other = symbols.lookup(name);
           other && !uses.contains(other); other = symbols.lookup(name))
        name += "_";
      global.setSymName(name);
      // Padding between small constants would be more than some of them hold.
      auto type = cast<MemRefType>(global.getType());
      global.setAlignment((type.getElementTypeBitWidth() + 7) / 8);
      global->moveBefore(module.getBody(), module.getBody()->end());
      for (memref::GetGlobalOp use : entry.second)
        use.setName(name);
    }
  }
};
} // namespace
