//===- Lookup.cpp - Sums of products out of tables -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LookupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lowbit;

//===----------------------------------------------------------------------===//
// Output channels in lanes
//===----------------------------------------------------------------------===//

namespace {
/// Runs are widened to 16 bits while the sums of a tile stay in registers, and
/// filter rows to 32 where that is too few for all of them.
class ChannelLookupEmitter : public LookupEmitter {
public:
  using LookupEmitter::LookupEmitter;

  void emit() {
    emitTiles([&](const Tile &tile) { return emitSums(tile); });
  }

private:
  SmallVector<TileSum> emitSums(const Tile &tile) {
    SmallVector<Value> zeros(2 * tile.pixels * tile.vectors,
                             constant(getWideType(), 0));
    Type element = cast<MemRefType>(init.getType()).getElementType();
    SmallVector<Value> sums = element.isInteger(32)
                                  ? emitLongSums(tile, zeros)
                                  : emitShortSums(tile, zeros);
    SmallVector<Value> start = emitInit(tile);
    SmallVector<TileSum> result;
    for (auto [i, sum] : llvm::enumerate(sums)) {
      int64_t half = static_cast<int64_t>(i) % (2 * tile.vectors);
      Value whole = arith::AddIOp::create(builder, loc, sum, start[half]);
      result.push_back({whole, static_cast<int64_t>(i) / (2 * tile.vectors),
                        half * (lanes / 2)});
    }
    return result;
  }

  /// Sums of 16 bits: for each pixel and vector, the two halves of its lanes.
  SmallVector<Value> emitShortSums(const Tile &tile, ValueRange zeros) {
    return emitHalves(
        loop(op.getFilterHeight(), zeros, [&](Value ky, ValueRange carried) {
          return emitRow(tile, ky, carried);
        }));
  }

  /// The same in 32 bits. What the runs of a filter row add up to fits 16
  /// (numerics::fitShortRows).
  SmallVector<Value> emitLongSums(const Tile &tile, ValueRange zeros) {
    auto type = VectorType::get({lanes / 2}, builder.getI32Type());
    SmallVector<Value> longZeros(zeros.size(), constant(type, 0));
    return loop(
        op.getFilterHeight(), longZeros, [&](Value ky, ValueRange carried) {
          SmallVector<Value> sums = emitHalves(emitRow(tile, ky, zeros));
          for (auto [sum, before] : llvm::zip_equal(sums, carried)) {
            Value extended = arith::ExtUIOp::create(builder, loc, type, sum);
            sum = arith::AddIOp::create(builder, loc, before, extended);
          }
          return sums;
        });
  }

  SmallVector<Value> emitRow(const Tile &tile, Value ky, ValueRange carried) {
    Value firstRow = index(dim(0) * columns, ky);
    return emitColumns(tile, firstRow, inputPosition(tile, ky), carried);
  }

  /// Pairs and odd lanes become even and odd lanes.
  SmallVector<Value> emitHalves(SmallVector<Value> sums) {
    for (size_t i = 0; i < sums.size(); i += 2)
      sums[i] = emitEven(sums[i], sums[i + 1]);
    return sums;
  }

  /// Of each vector, what both halves of the sums start at.
  SmallVector<Value> emitInit(const Tile &tile) {
    SmallVector<Value> start;
    for (int64_t half = 0; half != 2 * tile.vectors; ++half)
      start.push_back(
          load(init, index(dim(0) * lanes + half * (lanes / 2), tile.vector),
               lanes / 2));
    return start;
  }
};

//===----------------------------------------------------------------------===//
// Filter rows in lanes
//===----------------------------------------------------------------------===//

/// For few output channels: an input row's lookups serve all filter rows at
/// once, whose sums go to different output rows. They wait as bytes in a ring
/// of rows; an output row gathers its own.
class RowLookupEmitter : public LookupEmitter {
public:
  RowLookupEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : LookupEmitter(builder, op), reach(op.getFilterHeight() - 1),
        ring(llvm::PowerOf2Ceil(reach + 1)),
        isWide(plan.countRuns(groups, op.getFilterWidth()) > 1),
        vectors(llvm::divideCeil(op.getFilterHeight() * op.getOutputChannels(),
                                 lanes)) {}

  void emit() {
    // Each chunk has a ring of its own.
    int64_t chunks = cast<MemRefType>(scratch.getType()).getNumElements() /
                     (ring * op.getOutputWidth() * pixelBytes());
    SharedLoop loops[] = {{&Part::rows, op.getOutputHeight(), 0},
                          {&Part::batch, op.getBatch(), 0}};
    emitChunks(loops, std::max<int64_t>(chunks, 1), [&] { emitRows(); });
  }

private:
  void emitRows() {
    int64_t stride = op.getStride()[0], fresh = std::min(stride, reach + 1);
    // What the first output row needs besides the rows that come with it.
    int64_t before = std::max<int64_t>(0, reach + 1 - stride);
    loop(op.getBatch(), part.batch, [&](Value batch) {
      if (before > 0)
        loop(before, {}, [&](Value row) {
          emitInputRow(batch, part.rows ? index(dim(0) * stride + dim(1),
                                                {part.rows.begin, row})
                                        : row);
        });
      loop(op.getOutputHeight(), part.rows, [&](Value row) {
        loop(fresh, {}, [&](Value j) {
          emitInputRow(
              batch,
              index(dim(0) * stride + dim(1) + (reach + 1 - fresh), {row, j}));
        });
        emitOutputRow(batch, row);
      });
    });
  }

  /// Of the sums of a pixel in the ring.
  int64_t pixelBytes() { return vectors * lanes * (isWide ? 2 : 1); }

  /// Where the sums of an input row at an output column lie: those of `lane`
  /// among the lanes of all rows and channels.
  Value ringPosition(Value inputRow, Value column, int64_t lane) {
    Value slot = arith::AndIOp::create(builder, loc, inputRow, index(ring - 1));
    AffineExpr pixel = dim(0) * op.getOutputWidth() + dim(1);
    AffineExpr place = pixel * pixelBytes() + lane * (isWide ? 2 : 1);
    if (!part.chunk)
      return index(place, {slot, column});
    int64_t ringBytes = ring * op.getOutputWidth() * pixelBytes();
    return index(place + dim(2) * ringBytes, {slot, column, part.chunk});
  }

  void emitInputRow(Value batch, Value inputRow) {
    forEachBlock(
        op.getOutputWidth(), plan.getPixels(), {},
        [&](Value column, int64_t pixels) {
          // Output row 0 reads input row 0.
          Tile tile = {batch, index(0), column, index(0), pixels, vectors};
          Value base = inputPosition(tile, inputRow);
          if (!isWide) {
            storeRow(inputRow, column,
                     emitRun(tile, index(0), base, index(0), groups), lanes);
            return;
          }
          SmallVector<Value> zeros(2 * pixels * vectors,
                                   constant(getWideType(), 0));
          SmallVector<Value> sums = emitColumns(tile, index(0), base, zeros);
          for (size_t i = 0; i < sums.size(); i += 2)
            sums[i] = emitEven(sums[i], sums[i + 1]);
          storeRow(inputRow, column, sums, lanes / 2);
        });
  }

  /// Stores vectors of `count` sums, pixel by pixel.
  void storeRow(Value inputRow, Value column, ArrayRef<Value> sums,
                int64_t count) {
    auto bytes = VectorType::get({lanes}, builder.getI8Type());
    int64_t perPixel = vectors * lanes / count;
    for (auto [i, sum] : llvm::enumerate(sums)) {
      int64_t pixel = static_cast<int64_t>(i) / perPixel;
      int64_t lane = static_cast<int64_t>(i) % perPixel * count;
      Value place = index(dim(0) + pixel, column);
      Value stored = sum;
      if (stored.getType() != bytes)
        stored = vector::BitCastOp::create(builder, loc, bytes, sum);
      vector::StoreOp::create(builder, loc, stored, scratch,
                              ringPosition(inputRow, place, lane));
    }
  }

  void emitOutputRow(Value batch, Value row) {
    int64_t channels = op.getOutputChannels();
    loop(op.getOutputWidth(), {}, [&](Value column, ValueRange) {
      // As many channels at a time as fit 16-bit lanes.
      int64_t block = std::min(channels, lanes / 2);
      for (int64_t first = 0; first < channels; first += block) {
        int64_t count = std::min(block, channels - first);
        Tile tile = {batch, row, column, index(0), 1, 1};
        emitEpilogue(tile, {emitGathered(row, column, first, count), 0, first});
      }
      return SmallVector<Value>();
    });
  }

  /// The sums of `count` channels from `first` on, over all filter rows.
  Value emitGathered(Value row, Value column, int64_t first, int64_t count) {
    auto type = VectorType::get({count}, builder.getI16Type());
    Value sum = load(init, index(first), count);
    for (int64_t ky = 0; ky != op.getFilterHeight(); ++ky) {
      Value inputRow = index(dim(0) * op.getStride()[0] + ky, row);
      Value position =
          ringPosition(inputRow, column, ky * op.getOutputChannels() + first);
      Value part = load(scratch, position, isWide ? 2 * count : count);
      part =
          isWide
              ? vector::BitCastOp::create(builder, loc, type, part).getResult()
              : arith::ExtUIOp::create(builder, loc, type, part).getResult();
      sum = arith::AddIOp::create(builder, loc, sum, part);
    }
    return sum;
  }

  int64_t reach;   ///< from the first to the last row of a filter
  int64_t ring;    ///< rows that are kept, a power of two
  bool isWide;     ///< whether their sums take 16 bits
  int64_t vectors; ///< of lanes for all rows and channels
};
} // namespace

void lowbit::emitLookup(OpBuilder &builder, kernel::Conv2DOp op) {
  if (op.getPlan().getRowsInLanes())
    RowLookupEmitter(builder, op).emit();
  else
    ChannelLookupEmitter(builder, op).emit();
}
