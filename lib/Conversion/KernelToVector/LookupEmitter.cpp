//===- LookupEmitter.cpp - Steps of lookups -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LookupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lowbit;

LookupEmitter::LookupEmitter(OpBuilder &builder, kernel::Conv2DOp op)
    : LayerEmitter(builder, op, op.getPlan().getBytes()),
      width(op.getPlan().getColumnsApart() ? 1 : op.getFilterWidth()),
      groups(op.getInputChannels()), steps(op.getPlan().getSteps()),
      columns(op.getFilterWidth() / width),
      weightRows(columns *
                 (op.getPlan().getRowsInLanes() ? 1 : op.getFilterHeight())),
      table(op.getTable()) {}

Value LookupEmitter::weightPosition(const Tile &tile, int64_t vector,
                                    Value weightRow, Value run, Value group) {
  int64_t runs = llvm::divideCeil(groups, steps);
  int64_t rowVectors = runs + groups * width;
  AffineExpr row = (dim(0) + vector) * weightRows + dim(1);
  AffineExpr inRow = dim(2) * (1 + steps * width) + dim(3) * width + 1;
  return index((row * rowVectors + inRow) * lanes,
               {tile.vector, weightRow, run, group});
}

SmallVector<Value> LookupEmitter::emitRun(const Tile &tile, Value weightRow,
                                          Value inputBase, Value run,
                                          int64_t length) {
  SmallVector<Value> starts, narrow;
  for (int64_t vector = 0; vector != tile.vectors; ++vector) {
    Value first = weightPosition(tile, vector, weightRow, run, index(0));
    starts.push_back(load(weight, index(dim(0) - lanes, first), lanes));
  }
  for (int64_t pixel = 0; pixel != tile.pixels; ++pixel)
    llvm::append_range(narrow, starts);
  return loop(length, narrow, [&](Value group, ValueRange carried) {
    return emitGroup(tile, weightRow, inputBase, run, group, carried);
  });
}

SmallVector<Value> LookupEmitter::emitRuns(const Tile &tile, Value weightRow,
                                           Value inputBase, ValueRange sums) {
  int64_t full = groups / steps;
  SmallVector<Value> result(sums);
  if (full > 0)
    result = loop(full, sums, [&](Value run, ValueRange carried) {
      return emitWiden(emitRun(tile, weightRow, inputBase, run, steps),
                       carried);
    });
  if (groups % steps != 0)
    result = emitWiden(
        emitRun(tile, weightRow, inputBase, index(full), groups % steps),
        result);
  return result;
}

SmallVector<Value> LookupEmitter::emitColumns(const Tile &tile, Value firstRow,
                                              Value inputBase,
                                              ValueRange sums) {
  return loop(columns, sums, [&](Value kx, ValueRange carried) {
    Value row = index(dim(0) + dim(1), {firstRow, kx});
    int64_t step = op.getDilation()[1] * groups;
    Value place = index(dim(0) + dim(1) * step, {inputBase, kx});
    return emitRuns(tile, row, place, carried);
  });
}

VectorType LookupEmitter::getWideType() {
  return VectorType::get({lanes / 2}, builder.getI16Type());
}

/// Adds unsigned bytes to 16-bit sums.
SmallVector<Value> LookupEmitter::emitWiden(ValueRange narrow,
                                            ValueRange sums) {
  VectorType type = getWideType();
  SmallVector<Value> result;
  for (auto [i, bytes] : llvm::enumerate(narrow)) {
    Value pairs = vector::BitCastOp::create(builder, loc, type, bytes);
    Value odd = arith::ShRUIOp::create(builder, loc, pairs, constant(type, 8));
    result.push_back(arith::AddIOp::create(builder, loc, sums[2 * i], pairs));
    result.push_back(arith::AddIOp::create(builder, loc, sums[2 * i + 1], odd));
  }
  return result;
}

/// even = pairs - 2^8 odd, modulo 2^16.
Value LookupEmitter::emitEven(Value pairs, Value odd) {
  Value high =
      arith::ShLIOp::create(builder, loc, odd, constant(getWideType(), 8));
  return arith::SubIOp::create(builder, loc, pairs, high);
}

SmallVector<Value> LookupEmitter::emitGroup(const Tile &tile, Value weightRow,
                                            Value inputBase, Value run,
                                            Value group, ValueRange carried) {
  SmallVector<Value> sums(carried);
  SmallVector<SmallVector<Value>> codes(tile.vectors);
  for (int64_t vector = 0; vector != tile.vectors; ++vector) {
    Value first = weightPosition(tile, vector, weightRow, run, group);
    for (int64_t kx = 0; kx != width; ++kx)
      codes[vector].push_back(
          load(weight, index(dim(0) + kx * lanes, first), lanes));
  }
  Value base = index(dim(0) + dim(1) * steps + dim(2), {inputBase, run, group});
  for (int64_t column = 0; column != countColumns(tile, width); ++column)
    emitColumn(tile, index(dim(0) + column * groups, base), column, codes,
               sums);
  return sums;
}

/// Adds what one input pixel has for all output pixels that it is a tap of: all
/// lookups first, as pairs of lookups and pairs of additions share the units of
/// a CPU best.
void LookupEmitter::emitColumn(const Tile &tile, Value position, int64_t column,
                               ArrayRef<SmallVector<Value>> codes,
                               SmallVector<Value> &sums) {
  SmallVector<Tap> taps = getTaps(tile, width, column);
  if (taps.empty())
    return;
  int64_t tables = plan.getEntries() == 16 ? lanes / 16 : 1;
  SmallVector<Value> row = emitRow(position);
  SmallVector<std::pair<int64_t, Value>> found;
  for (const Tap &tap : taps)
    for (int64_t vector = 0; vector != tile.vectors; ++vector) {
      Value code = codes[vector][tap.column];
      Value values = kernel::LookupOp::create(builder, loc, code.getType(),
                                              code, row, tables);
      found.push_back({tap.pixel * tile.vectors + vector, values});
    }
  for (auto [place, values] : found)
    sums[place] = arith::AddIOp::create(builder, loc, sums[place], values);
}

/// The row of the table for a byte of the input.
SmallVector<Value> LookupEmitter::emitRow(Value position) {
  int64_t entries = plan.getEntries();
  int64_t low = std::min<int64_t>(entries, 64), high = entries - low;
  int64_t rows = cast<MemRefType>(table.getType()).getNumElements() / entries;
  Value byte = memref::LoadOp::create(builder, loc, input, position);
  Value row =
      arith::IndexCastUIOp::create(builder, loc, builder.getIndexType(), byte);
  auto all = VectorType::get({lanes}, builder.getI8Type());
  // Short rows are repeated for every table of a vector, or stand alone, with
  // lanes behind them that no code chooses.
  auto extend = [&](Value part, int64_t length) -> Value {
    if (length == lanes)
      return part;
    SmallVector<int64_t> source;
    for (int64_t lane = 0; lane != lanes; ++lane)
      source.push_back(entries == 16 ? lane % length : std::min(lane, length));
    Value zeros = constant(VectorType::get({length}, builder.getI8Type()), 0);
    return vector::ShuffleOp::create(builder, loc, all, part, zeros, source);
  };
  Value first = extend(load(table, index(dim(0) * low, row), low), low);
  if (high == 0)
    return {first};
  Value second = load(table, index(dim(0) * high + rows * low, row), high);
  return {first, extend(second, high)};
}
