//===- VectorizeElementwise.cpp - Elementwise operations on vectors -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/Widening.h"

#include "dialects/Kernel/KernelAttrs.h"
#include "dialects/Kernel/KernelDialect.h"
#include "lowbit/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

namespace lowbit {
#define GEN_PASS_DEF_VECTORIZEELEMENTWISEPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
/// An elementwise linalg.generic on dense buffers.
class Elementwise {
public:
  /// Nothing if `op` is something else, or does not divide into vectors.
  static std::optional<Elementwise> match(linalg::GenericOp op, int64_t bytes);
  void emit();

private:
  explicit Elementwise(linalg::GenericOp op) : op(op) {}

  bool isChannel(OpOperand &operand) {
    return !op.getMatchingIndexingMap(&operand).isIdentity();
  }
  void emitBody(OpBuilder &builder, Value position, Value channel);
  Value flatten(OpBuilder &builder, Value buffer);

  linalg::GenericOp op;
  int64_t elements = 0;
  int64_t row = 0; ///< elements between the first channel and the first one
  int64_t lanes = 0;
  SmallVector<Value> flat;
};
} // namespace

std::optional<Elementwise> Elementwise::match(linalg::GenericOp op,
                                              int64_t bytes) {
  if (!op.hasPureBufferSemantics() || op.getNumDpsInits() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops() || op.getNumLoops() == 0 ||
      op.payloadUsesValueFromOperand(op.getDpsInitOperand(0)) ||
      !canWiden(*op.getBody()))
    return std::nullopt;
  Elementwise made(op);
  bool hasChannels = false;
  int64_t last = op.getNumLoops() - 1;
  for (OpOperand &operand : op->getOpOperands()) {
    auto type = dyn_cast<MemRefType>(operand.get().getType());
    Type element = getElementTypeOrSelf(operand.get());
    if (!type || !type.hasStaticShape() || !type.getLayout().isIdentity() ||
        !(element.isF32() || element.isInteger(8) || element.isInteger(16) ||
          element.isInteger(32) || element.isInteger(64)))
      return std::nullopt;
    AffineMap map = op.getMatchingIndexingMap(&operand);
    if (map.isIdentity())
      continue;
    if (map.getNumResults() != 1 ||
        map.getResult(0) != getAffineDimExpr(last, op.getContext()))
      return std::nullopt;
    hasChannels = true;
  }
  auto output = cast<MemRefType>(op.getDpsInitOperand(0)->get().getType());
  if (!op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity())
    return std::nullopt;
  made.elements = output.getNumElements();
  made.row = hasChannels ? output.getDimSize(last) : made.elements;
  // As many as fit a vector of 32-bit integers.
  for (made.lanes = bytes / 4; made.lanes > 1; made.lanes /= 2)
    if (made.row % made.lanes == 0)
      return made;
  return std::nullopt;
}

Value Elementwise::flatten(OpBuilder &builder, Value buffer) {
  int64_t rank = cast<MemRefType>(buffer.getType()).getRank();
  if (rank == 1)
    return buffer;
  ReassociationIndices all = llvm::to_vector<2>(llvm::seq<int64_t>(0, rank));
  return memref::CollapseShapeOp::create(
      builder, op.getLoc(), buffer, SmallVector<ReassociationIndices>{all});
}

void Elementwise::emit() {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  for (OpOperand &operand : op->getOpOperands())
    flat.push_back(flatten(builder, operand.get()));
  auto outer =
      scf::ForOp::create(builder, loc, index(0), index(elements), index(row));
  builder.setInsertionPointToStart(outer.getBody());
  auto inner =
      scf::ForOp::create(builder, loc, index(0), index(row), index(lanes));
  builder.setInsertionPointToStart(inner.getBody());
  Value position = arith::AddIOp::create(builder, loc, outer.getInductionVar(),
                                         inner.getInductionVar());
  emitBody(builder, position, inner.getInductionVar());
  op.erase();
}

void Elementwise::emitBody(OpBuilder &builder, Value position, Value channel) {
  Location loc = op.getLoc();
  IRMapping mapping;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    auto type = VectorType::get({lanes}, getElementTypeOrSelf(operand->get()));
    mapping.map(op.getMatchingBlockArgument(operand),
                vector::LoadOp::create(builder, loc, type,
                                       flat[operand->getOperandNumber()],
                                       isChannel(*operand) ? channel : position)
                    .getResult());
  }
  cloneWidened(builder, *op.getBody(), lanes, mapping);
  Value result = mapping.lookup(op.getBody()->getTerminator()->getOperand(0));
  vector::StoreOp::create(builder, loc, result, flat.back(), position);
}

namespace {
struct VectorizeElementwisePass
    : lowbit::impl::VectorizeElementwisePassBase<VectorizeElementwisePass> {
  void runOnOperation() override {
    auto machine = getOperation()->getAttrOfType<kernel::MachineAttr>(
        kernel::kMachineAttr);
    if (!machine || machine.getBytes() == 0)
      return;
    SmallVector<linalg::GenericOp> ops;
    getOperation().walk([&](linalg::GenericOp op) { ops.push_back(op); });
    for (linalg::GenericOp op : ops)
      if (auto elementwise = Elementwise::match(op, machine.getBytes())) {
        elementwise->emit();
        ++numVectorized;
      }
  }
};
} // namespace
