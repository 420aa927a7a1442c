//===- VectorizeLinalg.cpp - Linalg operations on vectors -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/Chunks.h"
#include "lib/Conversion/KernelToVector/LinearLoops.h"
#include "lib/Conversion/KernelToVector/Widening.h"

#include "dialects/Kernel/KernelAttrs.h"
#include "dialects/Kernel/KernelDialect.h"
#include "lowbit/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

namespace lowbit {
#define GEN_PASS_DEF_VECTORIZELINALGPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
/// A linalg operation of which the last parallel loop can be walked in vectors:
/// every operand has neighbours there, or the same element.
class VectorNest {
public:
  static std::optional<VectorNest> match(linalg::LinalgOp op, int64_t bytes);
  void emit();

private:
  VectorNest(linalg::LinalgOp op, LinearNest nest)
      : op(op), nest(std::move(nest)) {}

  bool canLoad();
  void chooseLanes(int64_t bytes);
  Value index(int64_t value);
  Value advance(Value position, Value iteration, int64_t stride);
  double estimate();
  void emitOuter(unsigned loop, SmallVector<Value> positions,
                 IterationRange range = {});
  void emitVectors(ArrayRef<Value> positions);
  void emitWholeVectors(ArrayRef<Value> positions, IterationRange range);
  SmallVector<Value> moveTo(ArrayRef<Value> positions, Value iteration);
  void emitVector(ArrayRef<Value> positions, int64_t lanes);
  Value emitReductions(unsigned loop, SmallVector<Value> positions,
                       int64_t lanes, Value sum);
  Value emitBody(ArrayRef<Value> positions, int64_t lanes, Value sum);
  Value flatten(OpOperand &operand);

  linalg::LinalgOp op;
  LinearNest nest;
  unsigned last = 0; ///< the loop that is walked in vectors
  int64_t lanes = 0; ///< of the largest vector
  SmallVector<Value> flat;
  OpBuilder builder{op.getContext()};
};
} // namespace

std::optional<VectorNest> VectorNest::match(linalg::LinalgOp op,
                                            int64_t bytes) {
  if (!op.hasPureBufferSemantics() || op.getNumDpsInits() != 1 ||
      !canWiden(*op.getBlock()))
    return std::nullopt;
  auto nest = LinearNest::read(op);
  if (!nest)
    return std::nullopt;
  VectorNest made(op, *std::move(nest));
  if (!made.canLoad())
    return std::nullopt;
  made.chooseLanes(bytes);
  return made;
}

bool VectorNest::canLoad() {
  auto isParallel = [](const LinearLoop &loop) { return !loop.isReduction; };
  auto parallel = llvm::count_if(nest.loops, isParallel);
  if (parallel == 0)
    return false;
  // A reduction that forgets what came before has no sum to carry.
  if (llvm::any_of(nest.loops, [](auto &loop) { return loop.isReduction; }) &&
      !op.payloadUsesValueFromOperand(op.getDpsInitOperand(0)))
    return false;
  last = static_cast<unsigned>(parallel - 1);
  for (auto [operand, stride] :
       llvm::zip_equal(op->getOpOperands(), nest.loops[last].strides)) {
    Type element = getElementTypeOrSelf(operand.get());
    bool isWhole = element.isF32() || element.isInteger(8) ||
                   element.isInteger(16) || element.isInteger(32) ||
                   element.isInteger(64);
    if (!isWhole || (stride != 0 && stride != 1))
      return false;
  }
  return nest.loops[last].strides.back() == 1;
}

/// As many elements as fit a vector of the widest type that is computed on, but
/// no less than of 32-bit integers: wider ones take several registers.
void VectorNest::chooseLanes(int64_t bytes) {
  int64_t width = 8;
  auto note = [&](Type type) {
    if (type.isIntOrFloat())
      width = std::max<int64_t>(width, type.getIntOrFloatBitWidth());
  };
  for (OpOperand &operand : op->getOpOperands())
    note(getElementTypeOrSelf(operand.get()));
  op.getBlock()->walk([&](Operation *inner) {
    for (Type type : inner->getResultTypes())
      note(type);
  });
  lanes = bytes * 8 / std::min<int64_t>(width, 32);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

Value VectorNest::index(int64_t value) {
  return arith::ConstantIndexOp::create(builder, op.getLoc(), value);
}

/// The buffer as if it had one dimension, from its first element on.
Value VectorNest::flatten(OpOperand &operand) {
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return operand.get();
  SmallVector<int64_t> strides;
  int64_t offset, size = 1;
  (void)type.getStridesAndOffset(strides, offset);
  for (auto [extent, stride] : llvm::zip_equal(type.getShape(), strides))
    size += (extent - 1) * stride;
  auto flatType =
      MemRefType::get({size}, type.getElementType(),
                      StridedLayoutAttr::get(op.getContext(), offset, {1}));
  return memref::ReinterpretCastOp::create(
      builder, op.getLoc(),
      offset == 0 ? MemRefType::get({size}, type.getElementType()) : flatType,
      operand.get(), offset, ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
}

void VectorNest::emit() {
  builder.setInsertionPoint(op);
  SmallVector<Value> positions;
  for (auto [operand, offset] :
       llvm::zip_equal(op->getOpOperands(), nest.offsets)) {
    flat.push_back(flatten(operand));
    positions.push_back(index(offset));
  }
  int64_t chunks = countChunks(op, estimate());
  if (last > 0)
    chunks = std::min(chunks, nest.loops.front().extent);
  if (last == 0 || chunks == 1)
    emitOuter(0, positions);
  else
    forEachChunk(
        builder, op.getLoc(), nest.loops.front().extent, chunks,
        [&](Value, IterationRange range) { emitOuter(0, positions, range); });
  op->erase();
}

/// How long one core takes, by the operations on vectors.
double VectorNest::estimate() {
  int64_t count = static_cast<int64_t>(op.getBlock()->getOperations().size()) +
                  op->getNumOperands();
  for (const LinearLoop &loop : nest.loops)
    count *= loop.extent;
  return estimateOperations(llvm::divideCeil(count, lanes));
}

Value VectorNest::advance(Value position, Value iteration, int64_t stride) {
  if (stride == 0)
    return position;
  Location loc = op.getLoc();
  Value step = iteration;
  if (stride != 1)
    step = arith::MulIOp::create(builder, loc, iteration, index(stride));
  return arith::AddIOp::create(builder, loc, position, step);
}

void VectorNest::emitOuter(unsigned loop, SmallVector<Value> positions,
                           IterationRange range) {
  if (loop == last)
    return emitVectors(positions);
  Value begin = range ? range.begin : index(0);
  Value end = range ? range.end : index(nest.loops[loop].extent);
  auto made = scf::ForOp::create(builder, op.getLoc(), begin, end, index(1));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(made.getBody());
  for (auto [position, stride] :
       llvm::zip_equal(positions, nest.loops[loop].strides))
    position = advance(position, made.getInductionVar(), stride);
  emitOuter(loop + 1, positions);
}

/// The positions at an iteration of the loop that is walked in vectors.
SmallVector<Value> VectorNest::moveTo(ArrayRef<Value> positions,
                                      Value iteration) {
  SmallVector<Value> moved(positions);
  for (auto [position, stride] :
       llvm::zip_equal(moved, nest.loops[last].strides))
    position = advance(position, iteration, stride);
  return moved;
}

/// Whole vectors in a loop, then ever smaller ones for what is left.
void VectorNest::emitVectors(ArrayRef<Value> positions) {
  int64_t extent = nest.loops[last].extent, whole = extent / lanes * lanes;
  if (whole == lanes) {
    emitVector(positions, lanes);
  } else if (whole > 0) {
    // Where there is no loop around this one, threads share it.
    int64_t chunks = last == 0 ? countChunks(op, estimate()) : 1;
    chunks = std::min(chunks, whole / lanes);
    if (chunks == 1)
      emitWholeVectors(positions, {index(0), index(whole)});
    else
      forEachChunk(builder, op.getLoc(), whole / lanes, chunks,
                   [&](Value, IterationRange range) {
                     auto scale = [&](Value vector) -> Value {
                       return arith::MulIOp::create(builder, op.getLoc(),
                                                    vector, index(lanes));
                     };
                     emitWholeVectors(positions,
                                      {scale(range.begin), scale(range.end)});
                   });
  }
  for (int64_t part = lanes / 2, done = whole; part > 0; part /= 2)
    if (((extent - whole) & part) != 0) {
      emitVector(moveTo(positions, index(done)), part);
      done += part;
    }
}

/// Whole vectors at the iterations of `range`.
void VectorNest::emitWholeVectors(ArrayRef<Value> positions,
                                  IterationRange range) {
  auto made = scf::ForOp::create(builder, op.getLoc(), range.begin, range.end,
                                 index(lanes));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(made.getBody());
  emitVector(moveTo(positions, made.getInductionVar()), lanes);
}

//===----------------------------------------------------------------------===//
// One vector
//===----------------------------------------------------------------------===//

void VectorNest::emitVector(ArrayRef<Value> positions, int64_t count) {
  Location loc = op.getLoc();
  OpOperand *output = op.getDpsInitOperand(0);
  unsigned place = output->getOperandNumber();
  auto type = VectorType::get({count}, getElementTypeOrSelf(output->get()));
  Value sum;
  if (op.payloadUsesValueFromOperand(output))
    sum = vector::LoadOp::create(builder, loc, type, flat[place],
                                 positions[place]);
  Value result =
      emitReductions(last + 1, SmallVector<Value>(positions), count, sum);
  vector::StoreOp::create(builder, loc, result, flat[place], positions[place]);
}

Value VectorNest::emitReductions(unsigned loop, SmallVector<Value> positions,
                                 int64_t count, Value sum) {
  if (loop == nest.loops.size())
    return emitBody(positions, count, sum);
  Location loc = op.getLoc();
  auto made = scf::ForOp::create(builder, loc, index(0),
                                 index(nest.loops[loop].extent), index(1), sum);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(made.getBody());
  for (auto [position, stride] :
       llvm::zip_equal(positions, nest.loops[loop].strides))
    position = advance(position, made.getInductionVar(), stride);
  Value next =
      emitReductions(loop + 1, positions, count, made.getRegionIterArgs()[0]);
  scf::YieldOp::create(builder, loc, next);
  return made.getResult(0);
}

Value VectorNest::emitBody(ArrayRef<Value> positions, int64_t count,
                           Value sum) {
  Location loc = op.getLoc();
  IRMapping mapping;
  for (OpOperand &operand : op->getOpOperands()) {
    BlockArgument scalar = op.getMatchingBlockArgument(&operand);
    unsigned place = operand.getOperandNumber();
    if (op.isDpsInit(&operand)) {
      if (sum)
        mapping.map(scalar, sum);
      continue;
    }
    if (!op.payloadUsesValueFromOperand(&operand))
      continue;
    auto type = VectorType::get({count}, scalar.getType());
    Value value = flat[place];
    if (!isa<MemRefType>(value.getType()))
      value = vector::BroadcastOp::create(builder, loc, type, value);
    else if (nest.loops[last].strides[place] == 1)
      value =
          vector::LoadOp::create(builder, loc, type, value, positions[place]);
    else
      value = vector::BroadcastOp::create(
          builder, loc, type,
          memref::LoadOp::create(builder, loc, value, positions[place]));
    mapping.map(scalar, value);
  }
  cloneWidened(builder, *op.getBlock(), count, mapping);
  return mapping.lookup(op.getBlock()->getTerminator()->getOperand(0));
}

namespace {
struct VectorizeLinalgPass
    : lowbit::impl::VectorizeLinalgPassBase<VectorizeLinalgPass> {
  void runOnOperation() override {
    auto machine = getOperation()->getAttrOfType<kernel::MachineAttr>(
        kernel::kMachineAttr);
    if (!machine || machine.getBytes() == 0)
      return;
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops)
      if (auto nest = VectorNest::match(op, machine.getBytes())) {
        nest->emit();
        ++numVectorized;
      }
  }
};
} // namespace
