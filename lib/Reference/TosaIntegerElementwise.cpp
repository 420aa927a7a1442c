//===- TosaIntegerElementwise.cpp - Integer TOSA on one element at a time -*-
// C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Broadcast.h"
#include "lib/Reference/Integers.h"
#include "lib/Reference/Predicates.h"
#include "lowbit/Numerics/Rounding.h"
#include "lowbit/Numerics/TosaScale.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;

//===----------------------------------------------------------------------===//
// One operand
//===----------------------------------------------------------------------===//

/// compute(x) of each element, wrapped to the type of the result.
template <typename Compute>
static Tensor mapElements(Operation *op, const Tensor &input, Compute compute) {
  std::vector<int64_t> values;
  values.reserve(input.numElements());
  for (int64_t x : input.integers())
    values.push_back(compute(x));
  return wrapTo<int64_t>(op->getResult(0), values);
}

template <typename Op, auto compute>
static Tensor unary(Op op, Operands operands) {
  return mapElements(op, *operands[0], compute);
}

static Tensor countLeadingZeros(tosa::ClzOp op, Operands operands) {
  unsigned width = integerWidth(op.getOutput());
  return mapElements(op, *operands[0], [width](int64_t x) {
    uint64_t bits =
        static_cast<uint64_t>(x) & llvm::maskTrailingOnes<uint64_t>(width);
    return llvm::countl_zero(bits) - (64 - static_cast<int64_t>(width));
  });
}

static Tensor clamp(tosa::ClampOp op, Operands operands) {
  int64_t lo = cast<IntegerAttr>(op.getMinVal()).getInt();
  int64_t hi = cast<IntegerAttr>(op.getMaxVal()).getInt();
  return mapElements(op, *operands[0],
                     [=](int64_t x) { return numerics::saturate(x, lo, hi); });
}

/// Saturates: the negative of the least integer is the greatest.
static Tensor negate(tosa::NegateOp op, Operands operands) {
  int64_t zeroPoints = scalar(*operands[1]) + scalar(*operands[2]);
  unsigned width = integerWidth(op.getOutput());
  int64_t lo = llvm::minIntN(width), hi = llvm::maxIntN(width);
  return mapElements(op, *operands[0], [=](int64_t x) {
    return numerics::saturate(zeroPoints - x, lo, hi);
  });
}

/// i8: entry x + 128. i16: between two entries.
static Tensor lookUp(tosa::TableOp op, Operands operands) {
  ArrayRef<int64_t> entries = operands[1]->integers();
  if (integerWidth(op.getInput1()) == 8)
    return mapElements(op, *operands[0],
                       [&](int64_t x) { return entries[x + 128]; });
  std::vector<int16_t> table(entries.begin(), entries.end());
  return mapElements(op, *operands[0], [&](int64_t x) {
    return numerics::interpolateTable(table, static_cast<int16_t>(x));
  });
}

static bool hasTable(Operation *op) {
  auto lookUp = cast<tosa::TableOp>(op);
  Type input = getElementTypeOrSelf(lookUp.getInput1()),
       table = getElementTypeOrSelf(lookUp.getTable());
  Type output = getElementTypeOrSelf(lookUp.getOutput());
  int64_t size = shapeOf(lookUp.getTable())[0];
  bool isByte =
      input.isSignlessInteger(8) && output.isSignlessInteger(8) && size == 256;
  bool isLine = input.isSignlessInteger(16) && output.isSignlessInteger(32) &&
                size == 513;
  return (isByte || isLine) && table == input &&
         resultShape(op) == shapeOf(lookUp.getInput1());
}

//===----------------------------------------------------------------------===//
// Two operands
//===----------------------------------------------------------------------===//

/// compute(a, b) of each pair, wrapped to the type of the result.
template <typename Compute>
static Tensor zipElements(Operation *op, Operands operands, Compute compute) {
  return withBroadcast(op, operands, [&](const Tensor &lhs, const Tensor &rhs) {
    auto values = combine<int64_t>(lhs.integers(), rhs.integers(), compute);
    return wrapTo<int64_t>(op->getResult(0), values);
  });
}

template <typename Op, auto compute>
static Tensor binary(Op op, Operands operands) {
  return zipElements(op, operands, compute);
}

/// With a shift the product is rounded and cut to 32 bits, without one it
/// wraps.
static FailureOr<Tensor> multiply(tosa::MulOp op, Operands operands) {
  int64_t shift = scalar(*operands[2]);
  if (shift == 0)
    return zipElements(op, operands, std::multiplies<uint64_t>());
  if (shift < 0 || shift > 63)
    return op.emitError("the shift is outside [0, 63]");
  if (integerWidth(op.getInput1()) != 32 || integerWidth(op.getOutput()) != 32)
    return op.emitError("a shift needs operands and a result of i32");
  return zipElements(op, operands, [shift](int64_t a, int64_t b) {
    return numerics::applyScale32(
        static_cast<int32_t>(a), static_cast<int32_t>(b),
        static_cast<unsigned>(shift), numerics::TosaRounding::Single);
  });
}

template <typename Op, typename Shift>
static FailureOr<Tensor> shiftElements(Op op, Operands operands, Shift shift) {
  int64_t width = integerWidth(op.getOutput());
  if (llvm::any_of(operands[1]->integers(),
                   [&](int64_t s) { return s < 0 || s >= width; }))
    return op.emitError("a shift is outside [0, ") << width << ")";
  return zipElements(op, operands, shift);
}

static FailureOr<Tensor> shiftLeft(tosa::LogicalLeftShiftOp op,
                                   Operands operands) {
  return shiftElements(op, operands,
                       [](uint64_t x, int64_t s) { return x << s; });
}

static FailureOr<Tensor> shiftRight(tosa::LogicalRightShiftOp op,
                                    Operands operands) {
  auto mask = llvm::maskTrailingOnes<uint64_t>(integerWidth(op.getOutput()));
  return shiftElements(
      op, operands, [mask](uint64_t x, int64_t s) { return (x & mask) >> s; });
}

static FailureOr<Tensor> shiftRightSigned(tosa::ArithmeticRightShiftOp op,
                                          Operands operands) {
  auto rounding =
      op.getRound() ? numerics::Rounding::HalfUp : numerics::Rounding::Floor;
  return shiftElements(op, operands, [rounding](int64_t x, int64_t s) {
    return numerics::roundingShiftRight(x, static_cast<unsigned>(s), rounding);
  });
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static bool hasIntegerBounds(Operation *op) {
  auto clamp = cast<tosa::ClampOp>(op);
  return isa<IntegerAttr>(clamp.getMinVal()) &&
         isa<IntegerAttr>(clamp.getMaxVal());
}

static void addBitwise(OpTable &table) {
  table.add<binary<tosa::BitwiseAndOp, std::bit_and<int64_t>{}>>(
      hasSameIntegers);
  table.add<binary<tosa::BitwiseOrOp, std::bit_or<int64_t>{}>>(hasSameIntegers);
  table.add<binary<tosa::BitwiseXorOp, std::bit_xor<int64_t>{}>>(
      hasSameIntegers);
  table.add<unary<tosa::BitwiseNotOp, std::bit_not<int64_t>{}>>(
      hasSameIntegers);
  table.add<binary<tosa::LogicalAndOp, std::bit_and<int64_t>{}>>(hasBooleans);
  table.add<binary<tosa::LogicalOrOp, std::bit_or<int64_t>{}>>(hasBooleans);
  table.add<binary<tosa::LogicalXorOp, std::bit_xor<int64_t>{}>>(hasBooleans);
  table.add<unary<tosa::LogicalNotOp, std::bit_not<int64_t>{}>>(hasBooleans);
}

static void addShifts(OpTable &table) {
  table.add<shiftLeft>(all<hasSameIntegers, hasSameOperands>);
  table.add<shiftRight>(all<hasSameIntegers, hasSameOperands>);
  table.add<shiftRightSigned>(all<hasSameIntegers, hasSameOperands>);
}

void lowbit::reference::addTosaIntegerElementwise(OpTable &table) {
  constexpr auto magnitude = [](int64_t x) { return std::abs(x); };
  table.add<unary<tosa::AbsOp, magnitude>>(hasSameIntegers);
  table.add<countLeadingZeros>(hasSameIntegers);
  table.add<clamp>(all<hasSameIntegers, hasIntegerBounds>);
  table.add<negate>(all<hasSameIntegers, hasOnlyIntegers>);
  table.add<lookUp>(hasTable);
  table.add<binary<tosa::AddOp, std::plus<int64_t>{}>>(hasSameIntegers);
  table.add<binary<tosa::SubOp, std::minus<int64_t>{}>>(hasSameIntegers);
  table.add<multiply>(all<hasIntegers, hasSameOperands, hasBroadcastShapes>);
  table.add<binary<tosa::MaximumOp, greaterOf>>(hasSameIntegers);
  table.add<binary<tosa::MinimumOp, lesserOf>>(hasSameIntegers);
  addBitwise(table);
  addShifts(table);
}
