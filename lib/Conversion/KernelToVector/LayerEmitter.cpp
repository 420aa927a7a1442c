//===- LayerEmitter.cpp - Loops over the tiles of a layer -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LayerEmitter.h"

#include "lib/Conversion/KernelToVector/Widening.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lowbit;

LayerEmitter::LayerEmitter(OpBuilder &builder, kernel::Conv2DOp op,
                           int64_t lanes)
    : builder(builder), loc(op.getLoc()), op(op), plan(op.getPlan()),
      lanes(lanes) {
  input = flatten(op.getInput());
  weight = flatten(op.getWeight());
  if (op.getInit())
    init = flatten(op.getInit());
  for (Value value : op.getElementwise())
    elementwise.push_back(flatten(value));
  for (Value value : op.getChannels())
    channels.push_back(flatten(value));
  for (Value value : op.getYielded())
    outputs.push_back(flatten(value));
  if (op.getScratch())
    scratch = op.getOutputs().back();
}

Value LayerEmitter::flatten(Value buffer) {
  int64_t rank = cast<MemRefType>(buffer.getType()).getRank();
  if (rank == 1)
    return buffer;
  ReassociationIndices all = llvm::to_vector<2>(llvm::seq<int64_t>(0, rank));
  return memref::CollapseShapeOp::create(
      builder, loc, buffer, SmallVector<ReassociationIndices>{all});
}

//===----------------------------------------------------------------------===//
// Building blocks
//===----------------------------------------------------------------------===//

AffineExpr LayerEmitter::dim(unsigned i) { return builder.getAffineDimExpr(i); }

Value LayerEmitter::index(int64_t constant) {
  return arith::ConstantIndexOp::create(builder, loc, constant);
}

Value LayerEmitter::index(AffineExpr expression, ValueRange operands) {
  SmallVector<OpFoldResult> folded(operands.begin(), operands.end());
  return getValueOrCreateConstantIndexOp(
      builder, loc,
      affine::makeComposedFoldedAffineApply(
          builder, loc, AffineMap::get(operands.size(), 0, expression),
          folded));
}

Value LayerEmitter::load(Value buffer, Value position, int64_t elements,
                         Value mask) {
  auto type = VectorType::get(
      {elements}, cast<MemRefType>(buffer.getType()).getElementType());
  if (!mask)
    return vector::LoadOp::create(builder, loc, type, buffer, position);
  return vector::MaskedLoadOp::create(builder, loc, type, buffer, position,
                                      mask, zero(type));
}

Value LayerEmitter::createMask(int64_t elements, int64_t left) {
  if (left == elements)
    return {};
  return vector::ConstantMaskOp::create(
      builder, loc, VectorType::get({elements}, builder.getI1Type()),
      ArrayRef<int64_t>{left});
}

Value LayerEmitter::constant(VectorType type, int64_t value) {
  return arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(
          type, builder.getIntegerAttr(type.getElementType(), value)));
}

Value LayerEmitter::zero(VectorType type) {
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
}

SmallVector<Value>
LayerEmitter::loop(int64_t count, ValueRange init,
                   function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  if (count == 1)
    return body(index(0), init);
  auto made =
      scf::ForOp::create(builder, loc, index(0), index(count), index(1), init);
  OpBuilder::InsertionGuard guard(builder);
  // Without carried values the loop has its terminator already.
  if (init.empty()) {
    builder.setInsertionPointToStart(made.getBody());
    body(made.getInductionVar(), {});
    return {};
  }
  builder.setInsertionPointToEnd(made.getBody());
  SmallVector<Value> carried =
      body(made.getInductionVar(), made.getRegionIterArgs());
  scf::YieldOp::create(builder, loc, carried);
  return llvm::to_vector_of<Value>(made.getResults());
}

void LayerEmitter::loop(int64_t count, IterationRange range,
                        function_ref<void(Value)> body) {
  if (!range) {
    loop(count, ValueRange(), [&](Value iteration, ValueRange) {
      body(iteration);
      return SmallVector<Value>();
    });
    return;
  }
  auto made =
      scf::ForOp::create(builder, loc, range.begin, range.end, index(1));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(made.getBody());
  body(made.getInductionVar());
}

IterationRange LayerEmitter::clip(IterationRange range, int64_t first,
                                  int64_t last) {
  if (!range)
    return {};
  Value begin = arith::MaxSIOp::create(builder, loc, range.begin, index(first));
  Value end = arith::MinSIOp::create(builder, loc, range.end, index(last));
  return {index(dim(0) - first, begin), index(dim(0) - first, end)};
}

void LayerEmitter::forEachBlock(int64_t total, int64_t most,
                                IterationRange range,
                                function_ref<void(Value, int64_t)> body) {
  int64_t count = llvm::divideCeil(total, most);
  int64_t size = llvm::divideCeil(total, count);
  // `large` blocks of `size` elements, the others of one less.
  int64_t large = total - count * (size - 1);
  loop(large, clip(range, 0, large),
       [&](Value block) { body(index(dim(0) * size, block), size); });
  if (large == count)
    return;
  loop(count - large, clip(range, large, count), [&](Value block) {
    body(index(dim(0) * (size - 1) + large * size, block), size - 1);
  });
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

void LayerEmitter::emitChunks(ArrayRef<SharedLoop> loops, int64_t most,
                              function_ref<void()> body) {
  auto chunks = [&](const SharedLoop &loop) {
    return std::min(most, loop.extent);
  };
  // What the slowest thread has to do, then what all of them read.
  const SharedLoop &best = *llvm::min_element(
      loops, [&](const SharedLoop &left, const SharedLoop &right) {
        int64_t leftTime =
            getLargestChunk(left.extent, chunks(left)) * right.extent;
        int64_t rightTime =
            getLargestChunk(right.extent, chunks(right)) * left.extent;
        return std::pair(leftTime, left.commonBytes) <
               std::pair(rightTime, right.commonBytes);
      });
  if (chunks(best) == 1)
    return body();
  forEachChunk(builder, loc, best.extent, chunks(best),
               [&](Value chunk, IterationRange range) {
                 part.chunk = chunk;
                 part.*best.range = range;
                 body();
               });
  part = Part();
}

void LayerEmitter::emitTiles(
    function_ref<SmallVector<TileSum>(const Tile &)> emitSums) {
  auto countBytes = [](Value buffer) {
    return cast<MemRefType>(buffer.getType()).getNumElements();
  };
  int64_t blocks =
      llvm::divideCeil(op.getOutputChannels() / lanes, plan.getVectors()) +
      (op.getOutputChannels() % lanes != 0);
  int64_t columns = llvm::divideCeil(op.getOutputWidth(), plan.getPixels());
  SharedLoop loops[] = {{&Part::blocks, blocks, countBytes(input)},
                        {&Part::batch, op.getBatch(), countBytes(weight)},
                        {&Part::rows, op.getOutputHeight(), countBytes(weight)},
                        {&Part::columns, columns, countBytes(weight)}};
  emitChunks(loops, countChunks(op, estimateKernel(plan, countProducts())),
             [&] { emitPart(emitSums); });
}

void LayerEmitter::emitTilesByVector(
    function_ref<SmallVector<Value>(const Tile &, int64_t)> emitVector) {
  emitTiles([&](const Tile &tile) {
    SmallVector<TileSum> result;
    for (int64_t vector = 0; vector != tile.vectors; ++vector) {
      SmallVector<Value> sums = emitVector(tile, vector);
      for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
        result.push_back({sums[pixel], pixel, vector * lanes});
    }
    return result;
  });
}

int64_t LayerEmitter::countProducts() {
  int64_t pixels = op.getBatch() * op.getOutputHeight() * op.getOutputWidth();
  // Of a depthwise layer an output has one channel.
  int64_t channels = plan.isDepthwise() ? 1 : op.getInputChannels();
  return pixels * op.getOutputChannels() * op.getFilterHeight() *
         op.getFilterWidth() * channels;
}

void LayerEmitter::emitPart(
    function_ref<SmallVector<TileSum>(const Tile &)> emitSums) {
  int64_t full = op.getOutputChannels() / lanes;
  int64_t blocks = llvm::divideCeil(full, plan.getVectors());
  if (full > 0)
    forEachBlock(full, plan.getVectors(), part.blocks,
                 [&](Value first, int64_t count) {
                   emitTilesOf(first, count, emitSums);
                 });
  // Only a vector that has a tail pays for masks.
  if (op.getOutputChannels() % lanes != 0)
    loop(1, clip(part.blocks, blocks, blocks + 1),
         [&](Value) { emitTilesOf(index(full), 1, emitSums); });
}

void LayerEmitter::emitTilesOf(
    Value firstVector, int64_t vectors,
    function_ref<SmallVector<TileSum>(const Tile &)> emitSums) {
  loop(op.getBatch(), part.batch, [&](Value batch) {
    loop(op.getOutputHeight(), part.rows, [&](Value row) {
      forEachBlock(op.getOutputWidth(), plan.getPixels(), part.columns,
                   [&](Value column, int64_t pixels) {
                     Tile tile = {batch,       row,    column,
                                  firstVector, pixels, vectors};
                     emitEpilogues(tile, emitSums(tile));
                   });
    });
  });
}

Value LayerEmitter::inputPosition(const Tile &tile, Value filterRow) {
  // ((batch H + row sy + filterRow dy) W + column sx) C
  AffineExpr row = dim(0) * op.getHeight() + dim(1) * op.getStride()[0] +
                   dim(3) * op.getDilation()[0];
  AffineExpr pixel = row * op.getWidth() + dim(2) * op.getStride()[1];
  return index(pixel * op.getInputChannels(),
               {tile.batch, tile.row, tile.column, filterRow});
}

int64_t LayerEmitter::countColumns(const Tile &tile, int64_t width) {
  return (tile.pixels - 1) * op.getStride()[1] +
         (width - 1) * op.getDilation()[1] + 1;
}

SmallVector<Tap> LayerEmitter::getTaps(const Tile &tile, int64_t width,
                                       int64_t column) {
  int64_t stride = op.getStride()[1], dilation = op.getDilation()[1];
  SmallVector<Tap> taps;
  for (int64_t kx = 0; kx != width; ++kx) {
    int64_t offset = column - kx * dilation;
    if (offset >= 0 && offset % stride == 0 && offset / stride < tile.pixels)
      taps.push_back({offset / stride, kx});
  }
  return taps;
}

Value LayerEmitter::emitStart(Value channel) {
  if (init)
    return load(init, channel, lanes);
  Type sum = plan.isFloat() ? Type(builder.getF32Type()) : builder.getI32Type();
  return zero(VectorType::get({lanes}, sum));
}

int64_t LayerEmitter::countLeft(Value channel, int64_t elements) {
  std::optional<int64_t> first = getConstantIntValue(channel);
  if (!first)
    return elements;
  return std::clamp<int64_t>(op.getOutputChannels() - *first, 0, elements);
}

//===----------------------------------------------------------------------===//
// The epilogue
//===----------------------------------------------------------------------===//

/// Stores the first `left` elements of a vector.
void LayerEmitter::storeElements(Value buffer, Value position, Value vector,
                                 int64_t left) {
  auto type = cast<VectorType>(vector.getType());
  if (left == type.getNumElements()) {
    vector::StoreOp::create(builder, loc, vector, buffer, position);
    return;
  }
  // Where one lane of a vector, or of a part that LLVM splits it into, is
  // stored and narrowed before, LLVM 22 stores it as wide as it was
  // (llvm-project#179489).
  int64_t alone = left % 4 == 1 ? 1 : 0;
  if (int64_t masked = left - alone) {
    Value mask = createMask(type.getNumElements(), masked);
    vector::MaskedStoreOp::create(builder, loc, buffer, position, mask, vector);
  }
  if (alone) {
    Value last = vector::ExtractOp::create(builder, loc, vector, left - 1);
    memref::StoreOp::create(builder, loc, last, buffer,
                            index(dim(0) + (left - 1), position));
  }
}

void LayerEmitter::emitParts(const Tile &tile, const TileSum &sum,
                             int64_t left) {
  int64_t elements = cast<VectorType>(sum.sums.getType()).getNumElements();
  for (int64_t size = elements / 2, done = 0; size > 0; size /= 2) {
    if ((left & size) == 0)
      continue;
    Value part = vector::ExtractStridedSliceOp::create(
        builder, loc, sum.sums, ArrayRef<int64_t>{done},
        ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
    emitEpilogue(tile, {part, sum.pixel, sum.channel + done});
    done += size;
  }
}

/// Sums as the epilogue takes them, which fit both types.
Value LayerEmitter::convert(Value sums, Type element) {
  auto from = cast<VectorType>(sums.getType());
  Type to = from.clone(element);
  if (from == to)
    return sums;
  if (from.getElementTypeBitWidth() > element.getIntOrFloatBitWidth())
    return arith::TruncIOp::create(builder, loc, to, sums);
  return arith::ExtSIOp::create(builder, loc, to, sums);
}

/// Bytes of a vector.
static int64_t countBytes(VectorType type) {
  return type.getNumElements() * type.getElementTypeBitWidth() / 8;
}

void LayerEmitter::keepSum(Value position, Value sums) {
  int64_t bytes = countBytes(cast<VectorType>(sums.getType()));
  auto type = VectorType::get({bytes}, builder.getI8Type());
  Value cast = vector::BitCastOp::create(builder, loc, type, sums);
  vector::StoreOp::create(builder, loc, cast, scratch, position);
}

Value LayerEmitter::reloadSum(Value position, VectorType like) {
  return vector::BitCastOp::create(builder, loc, like,
                                   load(scratch, position, countBytes(like)));
}

void LayerEmitter::emitEpilogues(const Tile &tile, ArrayRef<TileSum> sums) {
  if (!scratch || tile.pixels == 1) {
    for (const TileSum &sum : sums)
      emitEpilogue(tile, sum);
    return;
  }
  SmallVector<TileSum> byPixel(sums);
  llvm::sort(byPixel, [](const TileSum &left, const TileSum &right) {
    return std::pair(left.pixel, left.channel) <
           std::pair(right.pixel, right.channel);
  });
  int64_t perPixel = static_cast<int64_t>(sums.size()) / tile.pixels;
  auto type = cast<VectorType>(sums.front().sums.getType());
  int64_t bytes = countBytes(type);
  Value first = index(0);
  if (part.chunk) {
    int64_t all = cast<MemRefType>(scratch.getType()).getNumElements();
    first = index(dim(0) * (all / kernel::getThreads(op)), part.chunk);
  }
  for (auto [i, sum] : llvm::enumerate(byPixel))
    keepSum(index(dim(0) + static_cast<int64_t>(i) * bytes, first), sum.sums);
  loop(tile.pixels, {}, [&](Value pixel, ValueRange) -> SmallVector<Value> {
    Tile single = tile;
    single.column = index(dim(0) + dim(1), {tile.column, pixel});
    for (int64_t i = 0; i != perPixel; ++i) {
      Value place =
          index(dim(0) + (dim(1) * perPixel + i) * bytes, {first, pixel});
      emitEpilogue(single, {reloadSum(place, type), 0, byPixel[i].channel});
    }
    return {};
  });
}

void LayerEmitter::emitEpilogue(const Tile &tile, const TileSum &sum) {
  int64_t elements = cast<VectorType>(sum.sums.getType()).getNumElements();
  Value channel = index(dim(0) * lanes + sum.channel, tile.vector);
  int64_t left = countLeft(channel, elements);
  // Only AVX-512 moves bytes under masks; others would go one by one.
  if (left < elements && plan.getBytes() < 64)
    return emitParts(tile, sum, left);
  if (left == 0)
    return;
  Value mask = createMask(elements, left);
  // ((batch OH + row) OW + column + pixel) O + channel
  AffineExpr pixel =
      (dim(0) * op.getOutputHeight() + dim(1)) * op.getOutputWidth() + dim(2) +
      sum.pixel;
  Value position = index(pixel * op.getOutputChannels() + dim(3),
                         {tile.batch, tile.row, tile.column, channel});
  Block &block = op.getEpilogue().front();
  IRMapping mapping;
  mapping.map(block.getArgument(0),
              convert(sum.sums, block.getArgument(0).getType()));
  unsigned argument = 1;
  for (Value buffer : elementwise)
    mapping.map(block.getArgument(argument++),
                load(buffer, position, elements, mask));
  for (Value buffer : channels)
    mapping.map(block.getArgument(argument++),
                load(buffer, channel, elements, mask));
  cloneWidened(builder, block, elements, mapping);
  for (auto [value, buffer] :
       llvm::zip_equal(block.getTerminator()->getOperands(), outputs))
    storeElements(buffer, position, mapping.lookup(value), left);
}
