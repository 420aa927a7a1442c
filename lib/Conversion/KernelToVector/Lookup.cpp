//===- Lookup.cpp - Sums of products out of tables -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LayerEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lowbit;

namespace {
/// A byte of the input, the codes of a group of channels, chooses a row of the
/// table; the codes of the weights choose bytes in this row, one for each
/// output channel, which are the group's sums of products. They are summed in 8
/// bits, in which the runs of groups are proven to fit, and then in 16.
class LookupEmitter : public LayerEmitter {
public:
  LookupEmitter(OpBuilder &builder, kernel::Conv2DOp op)
      : LayerEmitter(builder, op, op.getPlan().getBytes()),
        lanes(channelsPerVector), width(op.getFilterWidth()),
        groups(op.getInputChannels()), steps(op.getPlan().getSteps()),
        table(op.getTable()) {}

protected:
  SmallVector<TileSum> emitSums(const Tile &tile) override {
    SmallVector<Value> sums =
        loop(op.getFilterHeight(), emitInit(tile),
             [&](Value ky, ValueRange rowSums) {
               int64_t full = groups / steps;
               SmallVector<Value> result =
                   loop(full, rowSums, [&](Value run, ValueRange carried) {
                     return emitRun(tile, ky, run, steps, carried);
                   });
               if (groups % steps != 0)
                 result =
                     emitRun(tile, ky, index(full), groups % steps, result);
               return result;
             });
    SmallVector<TileSum> result;
    for (auto [i, sum] : llvm::enumerate(sums)) {
      int64_t half = i % 2, vector = i / 2 % tile.vectors;
      result.push_back({sum, static_cast<int64_t>(i) / 2 / tile.vectors,
                        vector * lanes + half * (lanes / 2)});
    }
    return result;
  }

private:
  VectorType getWideType() {
    return VectorType::get({lanes / 2}, builder.getI16Type());
  }

  /// For each pixel, vector and half.
  SmallVector<Value> emitInit(const Tile &tile) {
    SmallVector<Value> start;
    for (int64_t vector = 0; vector != tile.vectors; ++vector)
      for (int64_t half = 0; half != 2; ++half)
        start.push_back(
            load(init,
                 index(dim(0) * lanes + (vector * lanes + half * lanes / 2),
                       tile.vector),
                 lanes / 2));
    SmallVector<Value> sums;
    for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
      llvm::append_range(sums, start);
    return sums;
  }

  /// Position in the weights of group `group` of run `run`, at vector `vector`
  /// of the tile: behind the starts of the run.
  Value weightPosition(const Tile &tile, int64_t vector, Value ky, Value run,
                       Value group) {
    int64_t runs = llvm::divideCeil(groups, steps);
    int64_t rowVectors = runs + groups * width;
    AffineExpr row = (dim(0) + vector) * op.getFilterHeight() + dim(1);
    AffineExpr inRow = dim(2) * (1 + steps * width) + dim(3) * width + 1;
    return index((row * rowVectors + inRow) * lanes,
                 {tile.vector, ky, run, group});
  }

  SmallVector<Value> emitRun(const Tile &tile, Value ky, Value run,
                             int64_t length, ValueRange sums) {
    SmallVector<Value> starts, narrow;
    for (int64_t vector = 0; vector != tile.vectors; ++vector) {
      Value first = weightPosition(tile, vector, ky, run, index(0));
      starts.push_back(load(weight, index(dim(0) - lanes, first), lanes));
    }
    for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
      llvm::append_range(narrow, starts);
    narrow = loop(length, narrow, [&](Value group, ValueRange carried) {
      return emitGroup(tile, ky, run, group, carried);
    });
    return emitWiden(narrow, sums);
  }

  /// Adds unsigned bytes to 16-bit sums.
  SmallVector<Value> emitWiden(ValueRange narrow, ValueRange sums) {
    VectorType type = getWideType();
    SmallVector<Value> result;
    for (auto [i, bytes] : llvm::enumerate(narrow)) {
      Value pairs = vector::BitCastOp::create(builder, loc, type, bytes);
      Value even =
          arith::AndIOp::create(builder, loc, pairs, constant(type, 255));
      Value odd =
          arith::ShRUIOp::create(builder, loc, pairs, constant(type, 8));
      result.push_back(arith::AddIOp::create(builder, loc, sums[2 * i], even));
      result.push_back(
          arith::AddIOp::create(builder, loc, sums[2 * i + 1], odd));
    }
    return result;
  }

  SmallVector<Value> emitGroup(const Tile &tile, Value ky, Value run,
                               Value group, ValueRange carried) {
    SmallVector<Value> sums(carried);
    SmallVector<SmallVector<Value>> codes(tile.vectors);
    for (int64_t vector = 0; vector != tile.vectors; ++vector) {
      Value first = weightPosition(tile, vector, ky, run, group);
      for (int64_t kx = 0; kx != width; ++kx)
        codes[vector].push_back(
            load(weight, index(dim(0) + kx * lanes, first), lanes));
    }
    Value base = index(dim(0) + dim(1) * steps + dim(2),
                       {inputPosition(tile, ky, groups), run, group});
    int64_t stride = op.getStride()[1], dilation = op.getDilation()[1];
    int64_t columns = (tile.pixels - 1) * stride + (width - 1) * dilation + 1;
    for (int64_t column = 0; column != columns; ++column)
      emitColumn(tile, index(dim(0) + column * groups, base), column, codes,
                 sums);
    return sums;
  }

  /// Adds what one input pixel has for all output pixels that it is a tap of.
  void emitColumn(const Tile &tile, Value position, int64_t column,
                  ArrayRef<SmallVector<Value>> codes,
                  SmallVector<Value> &sums) {
    int64_t stride = op.getStride()[1], dilation = op.getDilation()[1];
    SmallVector<Value> row;
    SmallVector<std::pair<int64_t, Value>> found;
    for (int64_t kx = 0; kx != width; ++kx) {
      int64_t offset = column - kx * dilation;
      if (offset < 0 || offset % stride != 0 || offset / stride >= tile.pixels)
        continue;
      if (row.empty())
        row = emitRow(position);
      int64_t tables = plan.getEntries() == 16 ? lanes / 16 : 1;
      for (int64_t vector = 0; vector != tile.vectors; ++vector) {
        Value values =
            kernel::LookupOp::create(builder, loc, codes[vector][kx].getType(),
                                     row, codes[vector][kx], tables);
        found.push_back({offset / stride * tile.vectors + vector, values});
      }
    }
    for (auto [place, values] : found)
      sums[place] = arith::AddIOp::create(builder, loc, sums[place], values);
  }

  /// The row of the table for a byte of the input.
  SmallVector<Value> emitRow(Value position) {
    int64_t entries = plan.getEntries();
    int64_t low = std::min<int64_t>(entries, 64), high = entries - low;
    int64_t rows = cast<MemRefType>(table.getType()).getNumElements() / entries;
    Value byte = memref::LoadOp::create(builder, loc, input, position);
    Value row = arith::IndexCastUIOp::create(builder, loc,
                                             builder.getIndexType(), byte);
    auto all = VectorType::get({lanes}, builder.getI8Type());
    Value first = load(table, index(dim(0) * low, row), low);
    // Short rows are for every 16 lanes, or stand alone.
    if (low < lanes)
      first = emitRepeated(first, low);
    if (high == 0)
      return {first};
    Value second = load(table, index(dim(0) * high + rows * low, row), high);
    if (high < lanes) {
      SmallVector<int64_t> filled;
      for (int64_t lane = 0; lane != lanes; ++lane)
        filled.push_back(std::min(lane, high));
      Value zeros = constant(VectorType::get({high}, builder.getI8Type()), 0);
      second =
          vector::ShuffleOp::create(builder, loc, all, second, zeros, filled);
    }
    return {first, second};
  }

  Value emitRepeated(Value row, int64_t length) {
    SmallVector<int64_t> lanesOfRow;
    for (int64_t lane = 0; lane != lanes; ++lane)
      lanesOfRow.push_back(lane % length);
    return vector::ShuffleOp::create(builder, loc, row, row, lanesOfRow);
  }

  int64_t lanes;
  int64_t width;  ///< of the filter
  int64_t groups; ///< of channels
  int64_t steps;  ///< groups in a run that is summed in 8 bits
  Value table;
};
} // namespace

void lowbit::emitLookup(OpBuilder &builder, kernel::Conv2DOp op) {
  LookupEmitter(builder, op).emit();
}
