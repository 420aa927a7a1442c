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

/// Vectors of sums that are computed side by side, as each waits for its last
/// addition.
static constexpr int64_t kSums = 4;

namespace {
/// Where each operand is.
using Positions = SmallVector<Value>;

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
  bool hasReductions() const { return last + 1 < nest.loops.size(); }
  Positions advanceAll(ArrayRef<Value> positions, unsigned loop,
                       Value iteration);
  void emitOuter(unsigned loop, ArrayRef<Value> positions,
                 IterationRange range = {});
  void emitBlocks(bool isShared, int64_t blocks, int64_t size,
                  function_ref<void(Value)> body);
  void emitTiles(unsigned loop, ArrayRef<Value> positions);
  void emitVectors(ArrayRef<Positions> tile);
  void emitTile(ArrayRef<Positions> tile, int64_t lanes);
  SmallVector<Value> emitReductions(unsigned loop, ArrayRef<Positions> tile,
                                    int64_t lanes, ValueRange sums);
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
  // Loops over blocks are shared where they are emitted.
  bool isInBlocks = last == 0 || (last == 1 && hasReductions());
  int64_t chunks = isInBlocks ? 1
                              : std::min(countChunks(op, estimate()),
                                         nest.loops.front().extent);
  if (chunks == 1)
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
  if (stride == 0 || isConstantIntValue(iteration, 0))
    return position;
  Location loc = op.getLoc();
  Value step = iteration;
  if (stride != 1)
    step = arith::MulIOp::create(builder, loc, iteration, index(stride));
  return arith::AddIOp::create(builder, loc, position, step);
}

Positions VectorNest::advanceAll(ArrayRef<Value> positions, unsigned loop,
                                 Value iteration) {
  Positions moved(positions);
  for (auto [position, stride] :
       llvm::zip_equal(moved, nest.loops[loop].strides))
    position = advance(position, iteration, stride);
  return moved;
}

void VectorNest::emitOuter(unsigned loop, ArrayRef<Value> positions,
                           IterationRange range) {
  if (loop == last)
    return emitVectors({Positions(positions)});
  if (loop + 1 == last && hasReductions())
    return emitTiles(loop, positions);
  Value begin = range ? range.begin : index(0);
  Value end = range ? range.end : index(nest.loops[loop].extent);
  auto made = scf::ForOp::create(builder, op.getLoc(), begin, end, index(1));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(made.getBody());
  emitOuter(loop + 1, advanceAll(positions, loop, made.getInductionVar()));
}

/// A loop over blocks of `size` iterations, which threads may share.
void VectorNest::emitBlocks(bool isShared, int64_t blocks, int64_t size,
                            function_ref<void(Value)> body) {
  if (blocks == 0)
    return;
  if (blocks == 1)
    return body(index(0));
  Location loc = op.getLoc();
  auto emitRange = [&](Value begin, Value end) {
    auto made = scf::ForOp::create(builder, loc, begin, end, index(size));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(made.getBody());
    body(made.getInductionVar());
  };
  int64_t chunks = isShared ? std::min(countChunks(op, estimate()), blocks) : 1;
  if (chunks == 1)
    return emitRange(index(0), index(blocks * size));
  auto scale = [&](Value block) -> Value {
    return arith::MulIOp::create(builder, loc, block, index(size));
  };
  forEachChunk(builder, loc, blocks, chunks, [&](Value, IterationRange range) {
    emitRange(scale(range.begin), scale(range.end));
  });
}

/// Several iterations of the innermost loop around the vectors at once.
void VectorNest::emitTiles(unsigned loop, ArrayRef<Value> positions) {
  int64_t extent = nest.loops[loop].extent, whole = extent / kSums * kSums;
  auto emit = [&](Value first, int64_t count) {
    SmallVector<Positions> tile;
    for (int64_t i = 0; i != count; ++i)
      tile.push_back(
          advanceAll(advanceAll(positions, loop, first), loop, index(i)));
    emitVectors(tile);
  };
  emitBlocks(loop == 0, whole / kSums, kSums,
             [&](Value first) { emit(first, kSums); });
  if (extent != whole)
    emit(index(whole), extent - whole);
}

/// Whole vectors in a loop, then ever smaller ones for what is left. Sums that
/// have no others beside them are of several vectors.
void VectorNest::emitVectors(ArrayRef<Positions> tile) {
  int64_t extent = nest.loops[last].extent, vectors = extent / lanes;
  int64_t group = hasReductions() && tile.size() == 1 ? kSums : 1;
  auto emit = [&](Value first, int64_t count, int64_t width) {
    SmallVector<Positions> parts;
    for (const Positions &positions : tile)
      for (int64_t i = 0; i != count; ++i)
        parts.push_back(advanceAll(advanceAll(positions, last, first), last,
                                   index(i * width)));
    emitTile(parts, width);
  };
  int64_t done = vectors * lanes;
  emitBlocks(last == 0, vectors / group, group * lanes,
             [&](Value first) { emit(first, group, lanes); });
  if (int64_t left = vectors % group)
    emit(index(done - left * lanes), left, lanes);
  for (int64_t part = lanes / 2; part > 0; part /= 2)
    if (((extent - done) & part) != 0) {
      emit(index(done), 1, part);
      done += part;
    }
}

//===----------------------------------------------------------------------===//
// One tile
//===----------------------------------------------------------------------===//

void VectorNest::emitTile(ArrayRef<Positions> tile, int64_t count) {
  Location loc = op.getLoc();
  OpOperand *output = op.getDpsInitOperand(0);
  unsigned place = output->getOperandNumber();
  auto type = VectorType::get({count}, getElementTypeOrSelf(output->get()));
  SmallVector<Value> sums(tile.size());
  if (op.payloadUsesValueFromOperand(output))
    for (auto [sum, positions] : llvm::zip_equal(sums, tile))
      sum = vector::LoadOp::create(builder, loc, type, flat[place],
                                   positions[place]);
  SmallVector<Value> results = emitReductions(last + 1, tile, count, sums);
  for (auto [result, positions] : llvm::zip_equal(results, tile))
    vector::StoreOp::create(builder, loc, result, flat[place],
                            positions[place]);
}

SmallVector<Value> VectorNest::emitReductions(unsigned loop,
                                              ArrayRef<Positions> tile,
                                              int64_t count, ValueRange sums) {
  if (loop == nest.loops.size()) {
    SmallVector<Value> results;
    for (auto [positions, sum] : llvm::zip_equal(tile, sums))
      results.push_back(emitBody(positions, count, sum));
    return results;
  }
  Location loc = op.getLoc();
  auto made = scf::ForOp::create(
      builder, loc, index(0), index(nest.loops[loop].extent), index(1), sums);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(made.getBody());
  auto moved = llvm::map_to_vector(tile, [&](const Positions &positions) {
    return advanceAll(positions, loop, made.getInductionVar());
  });
  SmallVector<Value> next =
      emitReductions(loop + 1, moved, count, made.getRegionIterArgs());
  scf::YieldOp::create(builder, loc, next);
  return SmallVector<Value>(made.getResults());
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
