//===- SpecializeBatch.cpp - A size for the free batch dimension -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/Dialect/Tosa/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"

namespace lowbit {
#define GEN_PASS_DEF_SPECIALIZEBATCHPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Buffers of a network, and with them its object's addresses, grow with it.
static constexpr unsigned kMaxBatch = 65536;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// Whether the attribute belongs to a dialect that nobody here knows.
static bool isForeign(NamedAttribute attr) {
  return attr.getName().strref().contains('.') && !attr.getNameDialect();
}

static void dropForeignAttributes(FunctionOpInterface function) {
  for (unsigned i = 0; i != function.getNumArguments(); ++i)
    for (NamedAttribute attr : llvm::to_vector(function.getArgAttrs(i)))
      if (isForeign(attr))
        function.removeArgAttr(i, attr.getName());
  for (unsigned i = 0; i != function.getNumResults(); ++i)
    for (NamedAttribute attr : llvm::to_vector(function.getResultAttrs(i)))
      if (isForeign(attr))
        function.removeResultAttr(i, attr.getName());
}

static void dropForeignAttributes(ModuleOp module) {
  module->walk([](Operation *op) {
    for (NamedAttribute attr : llvm::to_vector(op->getDiscardableAttrs()))
      if (isForeign(attr))
        op->removeDiscardableAttr(attr.getName());
    if (auto function = dyn_cast<FunctionOpInterface>(op))
      dropForeignAttributes(function);
  });
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// Where `op` takes the sizes of its result; null for other operations.
static OpOperand *getSizesOperand(Operation *op) {
  if (auto reshape = dyn_cast<tosa::ReshapeOp>(op))
    return &reshape.getShapeMutable();
  if (auto slice = dyn_cast<tosa::SliceOp>(op))
    return &slice.getSizeMutable();
  return nullptr;
}

/// Gives `op` the sizes of its result in place of sizes with -1. The constant
/// may serve other operations, which need other sizes.
static void resolveSizes(Operation *op) {
  OpOperand *operand = getSizesOperand(op);
  if (!operand)
    return;
  auto sizes = operand->get().getDefiningOp<tosa::ConstShapeOp>();
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!sizes || !type || !type.hasStaticShape() ||
      llvm::none_of(sizes.getValues().getValues<int64_t>(),
                    [](int64_t size) { return size < 0; }))
    return;
  OpBuilder builder(op);
  auto values = DenseIntElementsAttr::get(
      cast<ShapedType>(sizes.getValues().getType()), type.getShape());
  operand->set(tosa::ConstShapeOp::create(builder, sizes.getLoc(),
                                          sizes.getType(), values));
}

/// Lets the function return what its body computes, behind the cast to the
/// declared type that shape inference puts in between.
static void updateResults(func::FuncOp function) {
  auto terminator =
      dyn_cast<func::ReturnOp>(function.getBody().front().getTerminator());
  if (!terminator)
    return;
  for (OpOperand &operand : terminator->getOpOperands()) {
    auto cast = operand.get().getDefiningOp<tensor::CastOp>();
    if (!cast)
      continue;
    operand.set(cast.getSource());
    if (cast->use_empty())
      cast->erase();
  }
  function.setType(FunctionType::get(
      function.getContext(), function.getBody().getArgumentTypes(),
      TypeRange(ValueRange(terminator->getOperands()))));
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

bool lowbit::isFreeBatch(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.getRank() > 0 && tensor.isDynamicDim(0);
}

namespace {
struct SpecializeBatchPass
    : lowbit::impl::SpecializeBatchPassBase<SpecializeBatchPass> {
  using SpecializeBatchPassBase::SpecializeBatchPassBase;

  void runOnOperation() override {
    if (batch > kMaxBatch) {
      emitError(UnknownLoc::get(&getContext()))
          << "a batch of " << unsigned(batch)
          << " is not possible; it may have 1 to " << kMaxBatch << " samples";
      return signalPassFailure();
    }
    dropForeignAttributes(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (function.isExternal() || !function.getBody().hasOneBlock())
        continue;
      if (failed(specialize(function)))
        return signalPassFailure();
      function->walk(resolveSizes);
    }
  }

  LogicalResult specialize(func::FuncOp function) {
    if (failed(checkFixedSizes(function)))
      return failure();
    if (llvm::none_of(function.getArgumentTypes(), isFreeBatch))
      return checkFixedBatch(function);
    // Shapes are inferred through TOSA only; what else there is would no longer
    // fit its operands.
    for (Operation &op : function.getBody().front().without_terminator())
      if (failed(verifyIsTosa(&op)))
        return failure();
    for (BlockArgument argument : function.getArguments()) {
      if (!isFreeBatch(argument.getType()))
        continue;
      auto tensor = cast<RankedTensorType>(argument.getType());
      SmallVector<int64_t> shape(tensor.getShape());
      shape.front() = batch == 0 ? 1 : batch;
      argument.setType(tensor.clone(shape));
      ++numSpecialized;
    }
    // An argument may be a result, too.
    updateResults(function);
    OpPassManager inference(func::FuncOp::getOperationName());
    inference.addPass(tosa::createTosaInferShapesPass());
    if (failed(runPipeline(inference, function)))
      return failure();
    updateResults(function);
    return success();
  }

  /// Only the leading dimension may be free.
  static LogicalResult checkFixedSizes(func::FuncOp function) {
    for (BlockArgument argument : function.getArguments()) {
      auto tensor = dyn_cast<RankedTensorType>(argument.getType());
      if (!tensor)
        continue;
      for (int64_t dim = 1; dim < tensor.getRank(); ++dim) {
        if (!tensor.isDynamicDim(dim))
          continue;
        auto diagnostic = emitError(argument.getLoc())
                          << "dimension " << dim << " of argument #"
                          << argument.getArgNumber()
                          << " is dynamic: " << tensor;
        diagnostic.attachNote()
            << "only the leading dimension, the batch, may be free; export the "
               "network with all other sizes fixed";
        return diagnostic;
      }
    }
    return success();
  }

  /// A batch that was asked for must be that of a network without a free one.
  LogicalResult checkFixedBatch(func::FuncOp function) {
    if (batch == 0)
      return success();
    for (BlockArgument argument : function.getArguments()) {
      auto tensor = dyn_cast<RankedTensorType>(argument.getType());
      if (!tensor || tensor.getRank() == 0 || tensor.getDimSize(0) == batch)
        continue;
      auto diagnostic = emitError(argument.getLoc())
                        << "the batch size is fixed: argument #"
                        << argument.getArgNumber() << " is " << tensor
                        << ", a batch of " << unsigned(batch)
                        << " was asked for";
      diagnostic.attachNote() << "leave the option out, or export the network "
                                 "with a dynamic leading dimension";
      return diagnostic;
    }
    return success();
  }
};
} // namespace
