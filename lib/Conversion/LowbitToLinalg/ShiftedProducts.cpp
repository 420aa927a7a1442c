//===- ShiftedProducts.cpp - Products by shifts, signs, additions ---------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "lowbit/Numerics/SignedDigits.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/Support/MathExtras.h"

#include <bit>

using namespace mlir;
using namespace lowbit;
using numerics::LevelKind;
using numerics::LevelSet;
using numerics::SignedDigit;

/// (x xor m) - m with m = 0 or -1: x or -x.
static Value emitNegateIf(OpBuilder &builder, Location loc, Value x,
                          Value mask) {
  Value flipped = arith::XOrIOp::create(builder, loc, x, mask);
  return arith::SubIOp::create(builder, loc, flipped, mask);
}

/// All ones where bit 0 of `bits` (of `bits`'s type) is set.
static Value emitMask(OpBuilder &builder, Location loc, Value bits) {
  Type type = bits.getType();
  Value one = createInteger(builder, loc, type, 1);
  Value bit = arith::AndIOp::create(builder, loc, bits, one);
  Value zero = createInteger(builder, loc, type, 0);
  return arith::SubIOp::create(builder, loc, zero, bit);
}

//===----------------------------------------------------------------------===//
// Powers of two, stored as sign and exponent
//===----------------------------------------------------------------------===//

namespace {
/// A power-of-two code taken apart: sign mask and exponent field.
struct SignAndField {
  Value mask;
  Value field;
};
} // namespace

static SignAndField splitCode(OpBuilder &builder, Location loc, Value code,
                              const LevelSet &set) {
  Type type = code.getType();
  Value signShift = createInteger(builder, loc, type, set.bits() - 1);
  Value sign = arith::ShRUIOp::create(builder, loc, code, signShift);
  Value fieldMask =
      createInteger(builder, loc, type, (1 << (set.bits() - 1)) - 1);
  return {emitMask(builder, loc, sign),
          arith::AndIOp::create(builder, loc, code, fieldMask)};
}

static Value emitPowerProduct(OpBuilder &builder, Location loc, Value x,
                              Value stored, const LevelSet &set) {
  Type type = x.getType();
  // A shift by the width or more means nothing, even of a weight that only
  // meets zeros.
  if (int64_t(set.maxMagnitude()) >> type.getIntOrFloatBitWidth()) {
    Value wide = convert(builder, loc, x, builder.getI32Type(),
                         /*isUnsigned=*/false);
    Value product = emitPowerProduct(builder, loc, wide, stored, set);
    return convert(builder, loc, product, type, /*isUnsigned=*/false);
  }
  Value code = convert(builder, loc, stored, type, /*isUnsigned=*/true);
  SignAndField parts = splitCode(builder, loc, code, set);
  if (!set.hasZero()) {
    Value shifted = arith::ShLIOp::create(builder, loc, x, parts.field);
    return emitNegateIf(builder, loc, shifted, parts.mask);
  }
  // Field e > 0 is 2^(e-1), e = 0 is 0: shift by e - [e > 0], then mask.
  Value zero = createInteger(builder, loc, type, 0);
  Value isNonZero = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::ne, parts.field, zero);
  Value bit = arith::ExtUIOp::create(builder, loc, type, isNonZero);
  Value amount = arith::SubIOp::create(builder, loc, parts.field, bit);
  Value shifted = arith::AndIOp::create(
      builder, loc, arith::ShLIOp::create(builder, loc, x, amount),
      arith::SubIOp::create(builder, loc, zero, bit));
  return emitNegateIf(builder, loc, shifted, parts.mask);
}

//===----------------------------------------------------------------------===//
// Lists, stored as ranks
//===----------------------------------------------------------------------===//
//
// x * level is the sum over the signed digits of the level of +-(x << shift).
// What digit d is of each level lies in constants that the code indexes by a
// shift: without loads or branches, a loop over it vectorizes.

namespace {
/// Digit d of all levels of a list. Magnitudes up to 2^15 have canonical shifts
/// up to 15, which a nibble holds.
struct DigitTable {
  uint64_t shifts = 0;    ///< nibble c: the shift for code c
  uint32_t present = 0;   ///< bit c: level c has such a digit
  uint32_t negatives = 0; ///< bit c: it is negative
};
} // namespace

static SmallVector<DigitTable> makeDigitTables(const LevelSet &set) {
  SmallVector<DigitTable> tables;
  for (uint32_t code = 0; code != set.numLevels(); ++code) {
    auto digits = numerics::canonicalSignedDigits(set.levelAt(code));
    if (tables.size() < digits.size())
      tables.resize(digits.size());
    for (auto [table, digit] : llvm::zip(tables, digits)) {
      table.shifts |= uint64_t(digit.shift) << (4 * code);
      table.present |= uint32_t(1) << code;
      table.negatives |= uint32_t(digit.negative) << code;
    }
  }
  return tables;
}

/// (table >> 4 code) & 15 in `type`. Eight nibbles fit 32 bits, of which a
/// vector holds twice as many.
static Value emitShiftAmount(OpBuilder &builder, Location loc, Value stored,
                             uint64_t table, uint32_t numLevels, Type type) {
  unsigned width =
      std::max(numLevels <= 8 ? 32u : 64u, type.getIntOrFloatBitWidth());
  Type tableType = builder.getIntegerType(width);
  auto constant = [&](uint64_t value) {
    return createInteger(builder, loc, tableType,
                         llvm::SignExtend64(value, width));
  };
  Value code = convert(builder, loc, stored, tableType, /*isUnsigned=*/true);
  Value place = arith::ShLIOp::create(builder, loc, code, constant(2));
  Value nibbles = arith::ShRUIOp::create(builder, loc, constant(table), place);
  Value amount = arith::AndIOp::create(builder, loc, nibbles, constant(15));
  return convert(builder, loc, amount, type, /*isUnsigned=*/false);
}

static Value emitListProduct(OpBuilder &builder, Location loc, Value x,
                             Value stored, const LevelSet &set) {
  Type type = x.getType();
  // The bits of the tables and the greatest shift do not fit a narrower type.
  if (type.getIntOrFloatBitWidth() < 32) {
    Value wide = convert(builder, loc, x, builder.getI32Type(),
                         /*isUnsigned=*/false);
    Value product = emitListProduct(builder, loc, wide, stored, set);
    return convert(builder, loc, product, type, /*isUnsigned=*/false);
  }
  Value code = convert(builder, loc, stored, type, /*isUnsigned=*/true);
  auto lookUp = [&](uint32_t bits) {
    Value table = createInteger(builder, loc, type, bits);
    return emitMask(builder, loc,
                    arith::ShRUIOp::create(builder, loc, table, code));
  };
  uint32_t all = (uint32_t(1) << set.numLevels()) - 1;
  Value sum;
  for (const DigitTable &table : makeDigitTables(set)) {
    Value amount = emitShiftAmount(builder, loc, stored, table.shifts,
                                   set.numLevels(), type);
    Value term = arith::ShLIOp::create(builder, loc, x, amount);
    if (table.negatives != 0)
      term = emitNegateIf(builder, loc, term, lookUp(table.negatives));
    if (table.present != all)
      term = arith::AndIOp::create(builder, loc, term, lookUp(table.present));
    sum =
        sum ? arith::AddIOp::create(builder, loc, sum, term).getResult() : term;
  }
  return sum;
}

//===----------------------------------------------------------------------===//
// Small levels, stored as they are
//===----------------------------------------------------------------------===//

/// Of magnitude at most 2: the sum of x << k over the bits k of the magnitude,
/// then the sign.
static Value emitSmallProduct(OpBuilder &builder, Location loc, Value x,
                              Value stored, const LevelSet &set) {
  Type type = x.getType();
  Value level =
      convert(builder, loc, stored, type, set.kind() == LevelKind::UInt);
  Value top =
      createInteger(builder, loc, type, type.getIntOrFloatBitWidth() - 1);
  Value sign = arith::ShRSIOp::create(builder, loc, level, top);
  Value magnitude = emitNegateIf(builder, loc, level, sign);
  Value sum;
  for (unsigned bit = 0; bit != std::bit_width(unsigned(set.maxMagnitude()));
       ++bit) {
    Value amount = createInteger(builder, loc, type, bit);
    Value bits = arith::ShRUIOp::create(builder, loc, magnitude, amount);
    Value shifted = arith::ShLIOp::create(builder, loc, x, amount);
    Value term = arith::AndIOp::create(builder, loc, shifted,
                                       emitMask(builder, loc, bits));
    sum =
        sum ? arith::AddIOp::create(builder, loc, sum, term).getResult() : term;
  }
  return emitNegateIf(builder, loc, sum, sign);
}

Value lowbit::emitShiftedProduct(OpBuilder &builder, Location loc, Value x,
                                 Value storedWeight, const LevelSet &set) {
  switch (set.kind()) {
  case LevelKind::Pow2:
  case LevelKind::Pow2NoZero:
    return emitPowerProduct(builder, loc, x, storedWeight, set);
  case LevelKind::List:
    return emitListProduct(builder, loc, x, storedWeight, set);
  default:
    return emitSmallProduct(builder, loc, x, storedWeight, set);
  }
}
