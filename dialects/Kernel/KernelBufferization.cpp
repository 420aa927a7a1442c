//===- KernelBufferization.cpp - Tensors of a layer to buffers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Kernel/KernelOps.h"

#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/DstBufferizableOpInterfaceImpl.h"

using namespace mlir;
using namespace mlir::bufferization;
using namespace lowbit::kernel;

namespace {
struct Conv2DModel
    : DstBufferizableOpInterfaceExternalModel<Conv2DModel, Conv2DOp> {
  // What an output held before is overwritten.
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand,
                              const AnalysisState &) const {
    return !cast<Conv2DOp>(op).isDpsInit(&operand);
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPoint(op);
    auto conv = cast<Conv2DOp>(op);
    SmallVector<Value> buffers;
    for (Value operand : op->getOperands()) {
      if (!isa<TensorType>(operand.getType())) {
        buffers.push_back(operand);
        continue;
      }
      FailureOr<Value> buffer = getBuffer(rewriter, operand, options, state);
      if (failed(buffer))
        return failure();
      buffers.push_back(*buffer);
    }
    OperationState created(op->getLoc(), op->getName(), buffers, TypeRange(),
                           op->getAttrs());
    created.propertiesAttr = op->getPropertiesAsAttribute();
    created.addRegion();
    auto made = cast<Conv2DOp>(rewriter.create(created));
    rewriter.inlineRegionBefore(conv.getEpilogue(), made.getEpilogue(),
                                made.getEpilogue().begin());
    replaceOpWithBufferizedValues(rewriter, op, made.getOutputs());
    return success();
  }
};
} // namespace

void lowbit::kernel::registerBufferizableOpInterfaceExternalModels(
    DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, KernelDialect *) {
    Conv2DOp::attachInterface<Conv2DModel>(*context);
  });
}
