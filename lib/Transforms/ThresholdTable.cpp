//===- ThresholdTable.cpp - Integer thresholds and their ranks -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The rank of an integer x of channel c is
//
//     base + sum over i of steps_i [s_c x >= t_ci],   lo <= x <= hi,
//
// so that y = s_c x lies in [lo_c, hi_c] = [lo, hi], or [-hi, -lo] where s_c is
// -1. Each of the following keeps the rank of every such x.
//
// 1. A threshold t <= lo_c is reached by every y, as lo_c is; one t > hi_c by
//    none, as hi_c + 1. Both are replaced so: limiting to [lo_c, hi_c + 1]. It
//    is monotone, so rows still ascend.
// 2. A column of lo_c in every channel adds steps_i to all ranks: it moves into
//    the base. A column of hi_c + 1 in every channel adds nothing: it goes.
// 3. Two columns that are equal in every channel add steps_i + steps_j together
//    or nothing: they are one. In ascending rows only neighbours are equal.
//
// A table without columns gives every x the same rank: the result is a
// constant.
//

#include "ThresholdTable.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

/// What s x can be for x in `range`.
static IntegerRange getKeys(IntegerRange range, int8_t sign) {
  return sign < 0 ? IntegerRange{-range.hi, -range.lo} : range;
}

bool ThresholdTable::simplify(IntegerRange range) {
  ThresholdTable least;
  least.base = base;
  least.signs = signs;
  least.rows.resize(rows.size());
  bool isLimited = false;
  for (auto [column, step] : llvm::enumerate(steps)) {
    bool isAlways = true, isNever = true, isRepeated = !least.steps.empty();
    SmallVector<int64_t> limited;
    for (auto [row, sign] : llvm::zip_equal(rows, signs)) {
      IntegerRange keys = getKeys(range, sign);
      limited.push_back(std::clamp(row[column], keys.lo, keys.hi + 1));
      isLimited |= limited.back() != row[column];
      isAlways &= limited.back() == keys.lo;
      isNever &= limited.back() == keys.hi + 1;
      if (isRepeated)
        isRepeated = least.rows[limited.size() - 1].back() == limited.back();
    }
    if (isNever)
      continue;
    if (isAlways)
      least.base += step;
    else if (isRepeated)
      least.steps.back() += step;
    else {
      least.steps.push_back(step);
      for (auto [row, threshold] : llvm::zip_equal(least.rows, limited))
        row.push_back(threshold);
    }
  }
  bool isChanged = isLimited || least.steps.size() != steps.size();
  *this = std::move(least);
  return isChanged;
}

bool ThresholdTable::fitsI32() const {
  return llvm::all_of(rows, [](ArrayRef<int64_t> row) {
    return llvm::all_of(row, [](int64_t t) { return llvm::isInt<32>(t); });
  });
}

std::optional<ThresholdTable> lowbit::readThresholds(ThresholdOp op) {
  auto values = getConstantIntegers(op.getThresholds());
  if (!values)
    return std::nullopt;
  auto type = cast<RankedTensorType>(op.getThresholds().getType());
  int64_t rows = type.getDimSize(0), columns = type.getDimSize(1);
  // One row for channels of different signs is as many rows.
  int64_t count = op.getSigns() ? op.getSigns()->size() : rows;
  ThresholdTable table;
  for (int64_t row = 0; row != count; ++row) {
    table.rows.emplace_back(ArrayRef<int64_t>(*values).slice(
        (rows == 1 ? 0 : row) * columns, columns));
    table.signs.push_back(op.getSigns() ? (*op.getSigns())[row] : 1);
  }
  table.base = op.getBase();
  table.steps.assign(columns, 1);
  if (auto steps = op.getSteps())
    table.steps.assign(steps->begin(), steps->end());
  return table;
}

Operation *lowbit::createThreshold(OpBuilder &builder, Location loc, Type type,
                                   Value input, const ThresholdTable &table) {
  auto shape = cast<RankedTensorType>(type);
  LevelSet set = *getLevelSet(type);
  if (table.steps.empty()) {
    SmallVector<int32_t> levels(shape.getNumElements(),
                                set.levelAt(table.base));
    return ConstantOp::fromLevels(builder, loc, shape, levels);
  }
  SmallVector<int32_t> thresholds;
  for (ArrayRef<int64_t> row : table.rows)
    thresholds.append(row.begin(), row.end());
  auto columns = static_cast<int64_t>(table.steps.size());
  auto tableType = RankedTensorType::get(
      {static_cast<int64_t>(table.rows.size()), columns}, builder.getI32Type());
  Value constant = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(tableType, ArrayRef<int32_t>(thresholds)));
  DenseI8ArrayAttr signs;
  if (llvm::is_contained(table.signs, -1))
    signs = builder.getDenseI8ArrayAttr(table.signs);
  // Where every level has its threshold, base and steps are the defaults.
  if (columns == set.numLevels() - 1)
    return ThresholdOp::create(builder, loc, type, input, constant, signs);
  return ThresholdOp::create(builder, loc, type, input, constant, signs,
                             builder.getI64IntegerAttr(table.base),
                             builder.getDenseI64ArrayAttr(table.steps));
}
