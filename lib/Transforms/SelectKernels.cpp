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
#include "lowbit/Analysis/FloatLayers.h"
#include "lowbit/Transforms/KernelCosts.h"
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
    Location loc = UnknownLoc::get(context);
    if (bytes != 0 && bytes != 16 && bytes != 32 && bytes != 64)
      return emitError(loc)
             << "vectors have 0, 16, 32 or 64 bytes, not " << bytes.getValue();
    if (arithmetic != "shift" && arithmetic != "any")
      return emitError(loc)
             << "arithmetic is 'shift' or 'any', not '" << arithmetic << "'";
    if (threads < 1 || threads > kernel::kMaxThreads)
      return emitError(loc) << "threads are 1 to " << kernel::kMaxThreads
                            << ", not " << threads.getValue();
    if (leastChunkNs < 0)
      return emitError(loc) << "chunks take no less than 0 ns, not "
                            << leastChunkNs.getValue();
    policy.allowsProducts = arithmetic == "any";
    policy.isLoops = kernel == "loops";
    policy.family = kernel::symbolizeFamily(kernel);
    if (kernel == "auto" || policy.isLoops || policy.family)
      return readCosts(loc);
    return emitError(loc) << "kernels are 'auto', 'loops', 'dot', 'depthwise', "
                             "'lookup', 'shift', 'float' and "
                             "'float_depthwise', not '"
                          << kernel << "'";
  }

  LogicalResult readCosts(Location loc) {
    if (costs.empty()) {
      known = getKnownKernelCosts();
      return success();
    }
    llvm::Expected<KernelCosts> read = loadKernelCosts(costs);
    if (!read)
      return emitError(loc) << llvm::toString(read.takeError());
    known = *std::move(read);
    return success();
  }

  void runOnOperation() override {
    Builder builder(&getContext());
    SmallVector<StringAttr> names;
    for (const std::string &feature : features)
      names.push_back(builder.getStringAttr(feature));
    auto machine = kernel::MachineAttr::get(&getContext(), bytes, names);
    getOperation()->setAttr(kernel::kMachineAttr, machine);
    if (bytes != 0 && failed(findCosts(machine)))
      return signalPassFailure();
    if (threads > 1)
      getOperation()->setAttr(kernel::kThreadsAttr,
                              builder.getI64IntegerAttr(threads));
    if (threads > 1 && leastChunkNs != kernel::kLeastChunkNs)
      getOperation()->setAttr(kernel::kLeastChunkAttr,
                              builder.getI64IntegerAttr(leastChunkNs));
    getOperation().walk([&](Operation *op) {
      bool isFloat = isFloatLayer(op);
      if (!isFloat && !isa<Conv2DOp, MatmulOp>(op))
        return;
      KernelChoice choice = isFloat ? chooseFloatKernel(op, machine, policy)
                                    : chooseKernel(op, machine, policy);
      op->setAttr(kernel::kReasonAttr, builder.getStringAttr(choice.reason));
      if (!choice.plan)
        return;
      op->setAttr(kernel::kPlanAttr, choice.plan);
      op->setAttr(kernel::kWeightBytesAttr,
                  builder.getI64IntegerAttr(choice.weightBytes));
      if (choice.plan.getFamily() == kernel::Family::Dot ||
          choice.plan.getFamily() == kernel::Family::Depthwise)
        allowProducts(op);
      ++numPlanned;
    });
  }

  LogicalResult findCosts(kernel::MachineAttr machine) {
    const MachineCosts *found = known.find(machine);
    if (!found)
      return emitError(getOperation().getLoc())
             << "costs '" << costs << "' have no machine with vectors of "
             << machine.getBytes()
             << " bytes and no features that this one lacks; 'lowbit "
             << "costs' measures one";
    policy.costs = found->steps;
    return success();
  }

  /// The layer of `op` has multiplications, whatever its weights could do
  /// without.
  void allowProducts(Operation *op) {
    Attribute layer = op->getAttr(kLayerAttr);
    op->removeAttr(kMultiplierFreeAttr);
    getOperation().walk([&](Operation *other) {
      if (layer && other->getAttr(kLayerAttr) == layer)
        other->removeAttr(kMultiplierFreeAttr);
    });
  }

  KernelPolicy policy;
  KernelCosts known;
};
} // namespace
