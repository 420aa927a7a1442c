//===- KernelToVector.cpp - Layers to loops over vectors -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LayerEmitter.h"

#include "lowbit/Conversion/Passes.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Pass/Pass.h"

namespace lowbit {
#define GEN_PASS_DEF_CONVERTKERNELTOVECTORPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Kernels walk over buffers as if they had one dimension.
static LogicalResult verifyBuffers(kernel::Conv2DOp op) {
  for (Value operand : op->getOperands()) {
    auto type = dyn_cast<MemRefType>(operand.getType());
    if (!type)
      return op.emitError("must be bufferized first");
    if (!type.getLayout().isIdentity())
      return op.emitError() << "needs dense buffers, not " << type;
  }
  return success();
}

namespace {
struct ConvertKernelToVectorPass
    : lowbit::impl::ConvertKernelToVectorPassBase<ConvertKernelToVectorPass> {
  void runOnOperation() override {
    SmallVector<kernel::Conv2DOp> layers;
    getOperation()->walk([&](kernel::Conv2DOp op) { layers.push_back(op); });
    for (kernel::Conv2DOp op : layers) {
      if (failed(verifyBuffers(op)))
        return signalPassFailure();
      OpBuilder builder(op);
      emit(builder, op);
      op.erase();
    }
  }

  static void emit(OpBuilder &builder, kernel::Conv2DOp op) {
    switch (op.getPlan().getFamily()) {
    case kernel::Family::Dot:
      return emitDot(builder, op);
    case kernel::Family::Depthwise:
      return emitDepthwise(builder, op);
    case kernel::Family::Lookup:
      return emitLookup(builder, op);
    case kernel::Family::Shift:
      return emitShift(builder, op);
    case kernel::Family::Float:
      return emitFloat(builder, op);
    case kernel::Family::FloatDepthwise:
      return emitFloatDepthwise(builder, op);
    }
  }
};
} // namespace
