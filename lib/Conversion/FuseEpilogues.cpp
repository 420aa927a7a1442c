//===- FuseEpilogues.cpp - Elementwise operations into kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/Widening.h"

#include "dialects/Kernel/KernelOps.h"
#include "lowbit/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"

namespace lowbit {
#define GEN_PASS_DEF_FUSEEPILOGUESPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Whether `op` maps each element to one element, by arithmetic that works on
/// vectors as on scalars.
static bool isElementwise(linalg::GenericOp op) {
  if (op.getNumParallelLoops() != op.getNumLoops() || op.getNumResults() != 1 ||
      !op.hasPureTensorSemantics() ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity() ||
      op.payloadUsesValueFromOperand(op.getDpsInitOperand(0)))
    return false;
  return canWiden(*op.getBody());
}

namespace {
/// How an operand of the elementwise op enters the epilogue.
enum class Role { Element, Channel, None };

struct FuseEpiloguesPass
    : lowbit::impl::FuseEpiloguesPassBase<FuseEpiloguesPass> {
  void runOnOperation() override {
    SmallVector<kernel::Conv2DOp> layers;
    getOperation().walk([&](kernel::Conv2DOp op) { layers.push_back(op); });
    DominanceInfo dominance(getOperation());
    for (kernel::Conv2DOp op : layers) {
      while (linalg::GenericOp consumer = findConsumer(op, dominance)) {
        op = fuse(op, consumer);
        ++numFused;
      }
      if (isLong(op))
        addScratch(op);
    }
  }

  /// The kernel with other operands for its epilogue, which is left to fill in.
  static kernel::Conv2DOp copyWithoutEpilogue(kernel::Conv2DOp op,
                                              ValueRange elementwise,
                                              ValueRange channels,
                                              ValueRange outputs,
                                              bool hasScratch) {
    OpBuilder builder(op);
    auto made = kernel::Conv2DOp::create(
        builder, op.getLoc(), TypeRange(outputs), op.getInput(), op.getWeight(),
        op.getTable(), op.getInit(), elementwise, channels, outputs,
        op.getPlan(), op.getImage(), op.getFilter(), op.getStride(),
        op.getDilation(), hasScratch);
    made->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    return made;
  }

  /// Whether the epilogue is too long to have a copy for each pixel of a tile:
  /// its constants alone would not fit the registers.
  static bool isLong(kernel::Conv2DOp op) {
    constexpr int64_t mostOps = 24;
    return !op.getScratch() && op.getPlan().getPixels() > 1 &&
           llvm::count_if(op.getEpilogue().front(), [](Operation &inner) {
             return !isa<arith::ConstantOp>(inner);
           }) > mostOps;
  }

  /// Gives the kernel memory for the sums of a tile, for each thread its own.
  static void addScratch(kernel::Conv2DOp op) {
    OpBuilder builder(op);
    kernel::PlanAttr plan = op.getPlan();
    bool isLookup = plan.getFamily() == kernel::Family::Lookup;
    Type sum = op.getEpilogue().getArgument(0).getType();
    int64_t lanes = plan.getBytes() / (isLookup ? 1 : 4);
    int64_t sumBytes = isLookup && sum.getIntOrFloatBitWidth() <= 16 ? 2 : 4;
    int64_t bytes = plan.getPixels() * plan.getVectors() * lanes * sumBytes *
                    kernel::getThreads(op);
    SmallVector<Value> outputs(op.getOutputs());
    outputs.push_back(tensor::EmptyOp::create(
        builder, op.getLoc(), ArrayRef<int64_t>{bytes}, builder.getI8Type()));
    kernel::Conv2DOp made =
        copyWithoutEpilogue(op, op.getElementwise(), op.getChannels(), outputs,
                            /*hasScratch=*/true);
    made.getEpilogue().takeBody(op.getEpilogue());
    op->replaceAllUsesWith(made.getResults().drop_back());
    op.erase();
  }

  static Role getRole(linalg::GenericOp op, OpOperand &operand) {
    AffineMap map = op.getMatchingIndexingMap(&operand);
    if (map.isIdentity())
      return Role::Element;
    bool isChannel = map.getNumResults() == 1 &&
                     map.getResult(0) == getAffineDimExpr(op.getNumLoops() - 1,
                                                          op.getContext());
    return isChannel ? Role::Channel : Role::None;
  }

  static linalg::GenericOp findConsumer(kernel::Conv2DOp op,
                                        const DominanceInfo &dominance) {
    for (Value result : op.getResults())
      for (Operation *user : result.getUsers()) {
        auto consumer = dyn_cast<linalg::GenericOp>(user);
        if (!consumer || !isElementwise(consumer))
          continue;
        bool isReady =
            llvm::all_of(consumer.getDpsInputOperands(), [&](OpOperand *use) {
              Value value = use->get();
              if (value.getDefiningOp() == op)
                return getRole(consumer, *use) == Role::Element;
              bool isHere = dominance.properlyDominates(value, op) ||
                            matchPattern(value, m_Constant());
              return isHere && getRole(consumer, *use) != Role::None;
            });
        if (isReady)
          return consumer;
      }
    return {};
  }

  /// Builds the epilogue of both: what the consumer reads of the kernel is what
  /// the kernel yields.
  static kernel::Conv2DOp fuse(kernel::Conv2DOp op,
                               linalg::GenericOp consumer) {
    OpBuilder builder(op);
    SmallVector<Value> elementwise(op.getElementwise());
    SmallVector<Value> channels(op.getChannels());
    SmallVector<Value> outputs(op.getOutputs());
    for (OpOperand *use : consumer.getDpsInputOperands()) {
      if (use->get().getDefiningOp() == op)
        continue;
      if (Operation *constant = use->get().getDefiningOp();
          constant && matchPattern(constant, m_Constant()))
        constant->moveBefore(op);
      bool isElement = getRole(consumer, *use) == Role::Element;
      (isElement ? elementwise : channels).push_back(use->get());
    }
    auto type = cast<RankedTensorType>(consumer.getResult(0).getType());
    Value made = tensor::EmptyOp::create(
        builder, consumer.getLoc(), type.getShape(), type.getElementType());
    // Results that only the consumer reads are not kept.
    SmallVector<unsigned> kept;
    for (auto [index, result] :
         llvm::enumerate(op.getResults().take_front(op.getYielded().size())))
      if (llvm::any_of(result.getUsers(),
                       [&](Operation *user) { return user != consumer; }))
        kept.push_back(index);
    SmallVector<Value> keptOutputs;
    for (unsigned index : kept)
      keptOutputs.push_back(outputs[index]);
    keptOutputs.push_back(made);
    if (op.getScratch())
      keptOutputs.push_back(op.getOutputs().back());
    kernel::Conv2DOp fused = copyWithoutEpilogue(op, elementwise, channels,
                                                 keptOutputs, op.getScratch());
    buildEpilogue(op, consumer, fused, kept);
    for (auto [index, result] : llvm::zip(kept, fused.getResults()))
      op.getResult(index).replaceAllUsesWith(result);
    consumer.getResult(0).replaceAllUsesWith(fused.getResult(kept.size()));
    consumer.erase();
    op.erase();
    return fused;
  }

  static void buildEpilogue(kernel::Conv2DOp op, linalg::GenericOp consumer,
                            kernel::Conv2DOp made, ArrayRef<unsigned> kept) {
    OpBuilder builder(op.getContext());
    Location loc = op.getLoc();
    Block &old = op.getEpilogue().front();
    Block *block = builder.createBlock(&made.getEpilogue());
    IRMapping mapping;
    auto argument = [&](Type type) { return block->addArgument(type, loc); };
    mapping.map(old.getArgument(0), argument(old.getArgument(0).getType()));
    size_t oldElements = op.getElementwise().size();
    for (size_t i = 0; i != oldElements; ++i)
      mapping.map(old.getArgument(1 + i),
                  argument(old.getArgument(1 + i).getType()));
    SmallVector<Value> elements, channels;
    auto addNew = [&](OperandRange operands, size_t first,
                      SmallVector<Value> &values) {
      for (Value operand : operands.drop_front(first))
        values.push_back(
            argument(cast<ShapedType>(operand.getType()).getElementType()));
    };
    addNew(made.getElementwise(), oldElements, elements);
    for (size_t i = 0; i != op.getChannels().size(); ++i) {
      Value before = old.getArgument(1 + oldElements + i);
      mapping.map(before, argument(before.getType()));
    }
    addNew(made.getChannels(), op.getChannels().size(), channels);
    for (Operation &inner : old.without_terminator())
      builder.clone(inner, mapping);
    SmallVector<Value> yielded;
    for (Value value : old.getTerminator()->getOperands())
      yielded.push_back(mapping.lookup(value));
    size_t nextElement = 0, nextChannel = 0;
    for (OpOperand *use : consumer.getDpsInputOperands()) {
      BlockArgument scalar = consumer.getMatchingBlockArgument(use);
      if (use->get().getDefiningOp() == op)
        mapping.map(scalar,
                    yielded[cast<OpResult>(use->get()).getResultNumber()]);
      else if (getRole(consumer, *use) == Role::Element)
        mapping.map(scalar, elements[nextElement++]);
      else
        mapping.map(scalar, channels[nextChannel++]);
    }
    for (Operation &inner : consumer.getBody()->without_terminator())
      builder.clone(inner, mapping);
    SmallVector<Value> values;
    for (unsigned index : kept)
      values.push_back(yielded[index]);
    values.push_back(mapping.lookupOrDefault(
        consumer.getBody()->getTerminator()->getOperand(0)));
    kernel::YieldOp::create(builder, loc, values);
  }
};
} // namespace
