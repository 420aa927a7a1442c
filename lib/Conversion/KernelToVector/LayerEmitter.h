//===- LayerEmitter.h - Loops over the tiles of a layer -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LAYEREMITTER_H
#define LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LAYEREMITTER_H

#include "dialects/Kernel/KernelOps.h"
#include "lib/Conversion/Chunks.h"
#include "mlir/IR/AffineExpr.h"
#include "mlir/IR/Builders.h"

namespace lowbit {

/// A part of the output: neighbouring pixels of one row, and vectors of
/// neighbouring channels.
struct Tile {
  mlir::Value batch, row, column; ///< of the first pixel, output coordinates
  mlir::Value vector;             ///< first vector of channels
  int64_t pixels, vectors;        ///< sizes
};

/// What of the output one thread computes, of the loops that threads share.
struct Part {
  mlir::Value chunk; ///< its number
  IterationRange blocks, batch, rows, columns;
};

/// A loop that threads may share.
struct SharedLoop {
  IterationRange Part::*range;
  int64_t extent;
  int64_t commonBytes; ///< what each thread reads, whatever its part
};

/// Sums of neighbouring channels of one pixel, in one vector.
struct TileSum {
  mlir::Value sums;
  int64_t pixel;   ///< in the tile
  int64_t channel; ///< first one, from the first channel of the tile
};

/// A pixel of a tile, and which column of a filter row it has at some column
/// of the input.
struct Tap {
  int64_t pixel, column;
};

/// What the loops of all kernels share: flat buffers, tiles, the epilogue.
class LayerEmitter {
public:
  LayerEmitter(mlir::OpBuilder &builder, kernel::Conv2DOp op, int64_t lanes);

protected:
  /// Emits the loops over all tiles; `emitSums` emits the sums of one.
  void emitTiles(
      llvm::function_ref<llvm::SmallVector<TileSum>(const Tile &)> emitSums);

  /// Emits `body` once for each of up to `most` chunks of one of `loops`, of
  /// the one that divides best; `part` says what the chunk is of. Emits it as
  /// it is where nothing is to be shared.
  void emitChunks(llvm::ArrayRef<SharedLoop> loops, int64_t most,
                  llvm::function_ref<void()> body);

  /// The same for kernels that sum one vector of channels at a time;
  /// `emitVector` emits the sums of its pixels.
  void emitTilesByVector(llvm::function_ref<llvm::SmallVector<mlir::Value>(
                             const Tile &tile, int64_t vector)>
                             emitVector);

  /// An index that is an affine function of `operands` (d0, d1, ...).
  mlir::Value index(mlir::AffineExpr expression, mlir::ValueRange operands);
  mlir::Value index(int64_t constant);
  mlir::AffineExpr dim(unsigned i);

  /// Position of the bytes of an input pixel: column x of the image, where the
  /// tile's pixel 0 reads column `row, column` times the strides.
  mlir::Value inputPosition(const Tile &tile, mlir::Value filterRow);

  /// Columns of the input that the pixels of a tile see through a filter row of
  /// `width` columns, and what one of them is to them.
  int64_t countColumns(const Tile &tile, int64_t width);
  llvm::SmallVector<Tap> getTaps(const Tile &tile, int64_t width,
                                 int64_t column);

  /// Neighbouring elements; 0 where `mask`, if there is one, is not set.
  mlir::Value load(mlir::Value buffer, mlir::Value position, int64_t elements,
                   mlir::Value mask = {});
  /// The first `left` of `elements` elements; null if that is all of them.
  mlir::Value createMask(int64_t elements, int64_t left);
  /// How many of `elements` channels from `channel` on there are. Only vectors
  /// at constant places may reach beyond the last one.
  int64_t countLeft(mlir::Value channel, int64_t elements);
  /// What sums of 32 bits start at, for the channels from `channel` on: 0 in
  /// float.
  mlir::Value emitStart(mlir::Value channel);
  mlir::Value constant(mlir::VectorType type, int64_t value);
  mlir::Value zero(mlir::VectorType type);
  /// Emits a loop from 0 to `count` with loop-carried values; the body is
  /// emitted once, without a loop, if `count` is 1.
  llvm::SmallVector<mlir::Value>
  loop(int64_t count, mlir::ValueRange init,
       llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value,
                                                         mlir::ValueRange)>
           body);

  /// The same without carried values, over a range of the iterations.
  void loop(int64_t count, IterationRange range,
            llvm::function_ref<void(mlir::Value)> body);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  kernel::Conv2DOp op;
  kernel::PlanAttr plan;
  mlir::Value input, weight, init, scratch; ///< flat; the last two may be null
  int64_t lanes;                            ///< of a vector of a tile
  Part part;

  /// Calls `body` with the start and the size of blocks of nearly equal size,
  /// of at most `most`, that cover [0, total); of those in `range`.
  void forEachBlock(int64_t total, int64_t most, IterationRange range,
                    llvm::function_ref<void(mlir::Value, int64_t)> body);
  /// Applies the epilogue to the sums and stores what it yields.
  void emitEpilogue(const Tile &tile, const TileSum &sum);
  /// The same for all sums of a tile: in place, or, with scratch memory, in a
  /// loop over its pixels, as long as the code of one.
  void emitEpilogues(const Tile &tile, llvm::ArrayRef<TileSum> sums);

private:
  void emitPart(
      llvm::function_ref<llvm::SmallVector<TileSum>(const Tile &)> emitSums);
  int64_t countProducts();
  /// The iterations of `range` in [first, last), counted from 0 on.
  IterationRange clip(IterationRange range, int64_t first, int64_t last);
  void emitTilesOf(
      mlir::Value firstVector, int64_t vectors,
      llvm::function_ref<llvm::SmallVector<TileSum>(const Tile &)> emitSums);
  /// Bytes of scratch memory as a vector like `like`, and back.
  mlir::Value reloadSum(mlir::Value position, mlir::VectorType like);
  void keepSum(mlir::Value position, mlir::Value sums);
  mlir::Value convert(mlir::Value sums, mlir::Type element);
  /// Applies the epilogue to the first `left` of the sums, fewer than all, in
  /// vectors that they fill.
  void emitParts(const Tile &tile, const TileSum &sum, int64_t left);
  mlir::Value flatten(mlir::Value buffer);
  void storeElements(mlir::Value buffer, mlir::Value position,
                     mlir::Value vector, int64_t left);

  llvm::SmallVector<mlir::Value> elementwise, channels, outputs;
};

/// Emitters of the families.
void emitDot(mlir::OpBuilder &builder, kernel::Conv2DOp op);
void emitDepthwise(mlir::OpBuilder &builder, kernel::Conv2DOp op);
void emitLookup(mlir::OpBuilder &builder, kernel::Conv2DOp op);
void emitShift(mlir::OpBuilder &builder, kernel::Conv2DOp op);
void emitFloat(mlir::OpBuilder &builder, kernel::Conv2DOp op);
void emitFloatDepthwise(mlir::OpBuilder &builder, kernel::Conv2DOp op);

} // namespace lowbit

#endif // LOWBIT_LIB_CONVERSION_KERNELTOVECTOR_LAYEREMITTER_H
