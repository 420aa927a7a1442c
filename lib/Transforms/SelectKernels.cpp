//===- SelectKernels.cpp - A plan for every layer -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/KernelChoice.h"

#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Transforms/Passes.h"

namespace lowbit {
#define GEN_PASS_DEF_SELECTKERNELSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
struct SelectKernelsPass
    : lowbit::impl::SelectKernelsPassBase<SelectKernelsPass> {
  using SelectKernelsPassBase::SelectKernelsPassBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (bytes == 0 || bytes == 16 || bytes == 32 || bytes == 64)
      return success();
    return emitError(UnknownLoc::get(context))
           << "vectors have 0, 16, 32 or 64 bytes, not " << bytes.getValue();
  }

  void runOnOperation() override {
    Builder builder(&getContext());
    SmallVector<StringAttr> names;
    for (const std::string &feature : features)
      names.push_back(builder.getStringAttr(feature));
    auto machine = kernel::MachineAttr::get(&getContext(), bytes, names);
    getOperation()->setAttr(kernel::kMachineAttr, machine);
    getOperation().walk([&](Operation *op) {
      if (!isa<Conv2DOp, MatmulOp>(op))
        return;
      KernelChoice choice = chooseKernel(op, machine);
      op->setAttr(kernel::kReasonAttr, builder.getStringAttr(choice.reason));
      if (!choice.plan)
        return;
      op->setAttr(kernel::kPlanAttr, choice.plan);
      ++numPlanned;
    });
  }
};
} // namespace
