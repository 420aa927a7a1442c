//===- Affine.cpp - Rescale and residual add -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Numerics/SignedDigits.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::SignedDigit;

namespace {
/// One operand of an affine sum with its multipliers, and how its products are
/// computed from the per-channel vectors [firstVector, ...).
struct Term {
  Value input;       ///< converted
  Type originalType; ///< before conversion
  int64_t magnitude; ///< proven bound of the input
  SmallVector<int64_t> multipliers;
  unsigned firstVector = 0;
  unsigned numDigits = 0; ///< digits of the tables, in multiplier-free layers
};

/// What `rescale` and `add` have in common:
/// saturate(round((sum of terms + offset) / 2^shift)).
struct AffineLowering {
  Operation *op;
  SmallVector<Term> terms;
  SmallVector<int64_t> offsets;
  int64_t shift;
  RoundingMode rounding;
  int64_t lo, hi;
  bool multiplierFree;
  Type accumulator; ///< i32 where the bound allows it, else i64
};
} // namespace

/// i32 when every intermediate sum is proven to fit, else i64, which the op's
/// verifier has proven.
static Type chooseAccumulator(const AffineLowering &lowering) {
  auto greatest = [](ArrayRef<int64_t> values) {
    double most = 0;
    for (int64_t value : values)
      most = std::max(most, std::abs(static_cast<double>(value)));
    return most;
  };
  double bound = greatest(lowering.offsets) + std::ldexp(1.0, lowering.shift);
  // A signed-digit sum may pass through up to twice the product on its way.
  // The multipliers themselves must fit, too, even of an input that is always
  // 0.
  for (const Term &term : lowering.terms)
    bound += 2 * greatest(term.multipliers) *
             std::max(1.0, static_cast<double>(term.magnitude));
  return IntegerType::get(lowering.op->getContext(), bound < 0x1p31 ? 32 : 64);
}

static bool isUniform(const Term &term) { return term.multipliers.size() == 1; }

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// Tables of signed digits, one set of three vectors per digit: shift, sign
/// mask (0 or -1), presence mask (0 or -1).
static void appendDigitTables(OpBuilder &builder, Location loc, Term &term,
                              SmallVectorImpl<Value> &vectors) {
  SmallVector<std::vector<SignedDigit>> digits;
  for (int64_t multiplier : term.multipliers)
    digits.push_back(numerics::canonicalSignedDigits(multiplier));
  for (const auto &list : digits)
    term.numDigits = std::max<unsigned>(term.numDigits, list.size());
  for (unsigned d = 0; d != term.numDigits; ++d) {
    SmallVector<int64_t> shifts, signs, present;
    for (const auto &list : digits) {
      bool has = d < list.size();
      shifts.push_back(has ? list[d].shift : 0);
      signs.push_back(has && list[d].negative ? -1 : 0);
      present.push_back(has ? -1 : 0);
    }
    for (ArrayRef<int64_t> table :
         {ArrayRef(shifts), ArrayRef(signs), ArrayRef(present)})
      vectors.push_back(
          createIntegers(builder, loc, builder.getI8Type(), table));
  }
}

static Value emitUniformProduct(OpBuilder &builder, Location loc, Value x,
                                int64_t multiplier, bool multiplierFree) {
  Type type = x.getType();
  if (!multiplierFree)
    return arith::MulIOp::create(builder, loc, x,
                                 createInteger(builder, loc, type, multiplier));
  Value sum = createInteger(builder, loc, type, 0);
  for (SignedDigit digit : numerics::canonicalSignedDigits(multiplier)) {
    Value shifted = arith::ShLIOp::create(
        builder, loc, x, createInteger(builder, loc, type, digit.shift));
    sum = digit.negative
              ? arith::SubIOp::create(builder, loc, sum, shifted).getResult()
              : arith::AddIOp::create(builder, loc, sum, shifted).getResult();
  }
  return sum;
}

static Value emitDigitProduct(OpBuilder &builder, Location loc, Value x,
                              ValueRange tables) {
  Type type = x.getType();
  Value sum = createInteger(builder, loc, type, 0);
  for (; !tables.empty(); tables = tables.drop_front(3)) {
    SmallVector<Value, 3> wide; // shift, sign, presence
    for (Value entry : tables.take_front(3))
      wide.push_back(arith::ExtSIOp::create(builder, loc, type, entry));
    Value term = arith::ShLIOp::create(builder, loc, x, wide[0]);
    term = arith::XOrIOp::create(builder, loc, term, wide[1]);
    term = arith::SubIOp::create(builder, loc, term, wide[1]);
    term = arith::AndIOp::create(builder, loc, term, wide[2]);
    sum = arith::AddIOp::create(builder, loc, sum, term);
  }
  return sum;
}

//===----------------------------------------------------------------------===//
// Rounding and saturation
//===----------------------------------------------------------------------===//

/// round(sum / 2^shift). With h = 2^(shift-1):
///   half_up    (s + h) >> shift
///   half_away  (s + h - [s < 0]) >> shift
///   half_even  (s + h - 1 + (bit `shift` of s)) >> shift
///   floor      s >> shift
static Value emitRoundingShift(OpBuilder &builder, Location loc, Value sum,
                               int64_t shift, RoundingMode rounding) {
  if (shift == 0)
    return sum;
  Type type = sum.getType();
  auto constant = [&](int64_t value) {
    return createInteger(builder, loc, type, value);
  };
  auto add = [&](Value value) {
    sum = arith::AddIOp::create(builder, loc, sum, value);
  };
  Value amount = constant(shift);
  int64_t half = int64_t(1) << (shift - 1);
  switch (rounding) {
  case RoundingMode::Floor:
    break;
  case RoundingMode::HalfUp:
    add(constant(half));
    break;
  case RoundingMode::HalfAway: {
    Value top = constant(type.getIntOrFloatBitWidth() - 1);
    Value minusOneIfNegative = arith::ShRSIOp::create(builder, loc, sum, top);
    add(constant(half));
    add(minusOneIfNegative);
    break;
  }
  case RoundingMode::HalfEven: {
    Value floor = arith::ShRSIOp::create(builder, loc, sum, amount);
    Value odd = arith::AndIOp::create(builder, loc, floor, constant(1));
    add(constant(half - 1));
    add(odd);
    break;
  }
  }
  return arith::ShRSIOp::create(builder, loc, sum, amount);
}

static Value emitSaturate(OpBuilder &builder, Location loc, Value value,
                          int64_t lo, int64_t hi, Type stored) {
  Type type = value.getType();
  value = arith::MaxSIOp::create(builder, loc, value,
                                 createInteger(builder, loc, type, lo));
  value = arith::MinSIOp::create(builder, loc, value,
                                 createInteger(builder, loc, type, hi));
  if (type == stored)
    return value;
  return arith::TruncIOp::create(builder, loc, stored, value);
}

//===----------------------------------------------------------------------===//
// The common lowering
//===----------------------------------------------------------------------===//

static Value lowerAffine(ConversionPatternRewriter &rewriter,
                         AffineLowering &lowering, RankedTensorType type) {
  Location loc = lowering.op->getLoc();
  lowering.accumulator = chooseAccumulator(lowering);
  SmallVector<Value> inputs, vectors;
  for (Term &term : lowering.terms)
    inputs.push_back(term.input);
  for (Term &term : lowering.terms) {
    term.firstVector = inputs.size() + vectors.size();
    if (isUniform(term))
      continue;
    if (lowering.multiplierFree)
      appendDigitTables(rewriter, loc, term, vectors);
    else
      vectors.push_back(createIntegers(rewriter, loc, lowering.accumulator,
                                       term.multipliers));
  }
  unsigned offsetVector = inputs.size() + vectors.size();
  bool hasOffsets = lowering.offsets.size() != 1;
  if (hasOffsets)
    vectors.push_back(
        createIntegers(rewriter, loc, lowering.accumulator, lowering.offsets));

  auto emitProduct = [&](OpBuilder &builder, Location bodyLoc,
                         ValueRange scalars, unsigned index) -> Value {
    const Term &term = lowering.terms[index];
    Value x = emitInteger(builder, bodyLoc, scalars[index], term.originalType,
                          lowering.accumulator);
    if (isUniform(term))
      return emitUniformProduct(builder, bodyLoc, x, term.multipliers[0],
                                lowering.multiplierFree);
    if (lowering.multiplierFree)
      return emitDigitProduct(
          builder, bodyLoc, x,
          scalars.slice(term.firstVector, 3 * term.numDigits));
    return arith::MulIOp::create(builder, bodyLoc, x,
                                 scalars[term.firstVector]);
  };
  return createElementwise(
      rewriter, loc, type, inputs, vectors,
      [&](OpBuilder &builder, Location bodyLoc, ValueRange scalars) {
        Value sum = hasOffsets
                        ? scalars[offsetVector]
                        : createInteger(builder, bodyLoc, lowering.accumulator,
                                        lowering.offsets[0]);
        for (unsigned index = 0; index != lowering.terms.size(); ++index)
          sum = arith::AddIOp::create(
              builder, bodyLoc, sum,
              emitProduct(builder, bodyLoc, scalars, index));
        Value rounded = emitRoundingShift(builder, bodyLoc, sum, lowering.shift,
                                          lowering.rounding);
        return emitSaturate(builder, bodyLoc, rounded, lowering.lo, lowering.hi,
                            type.getElementType());
      });
}

/// The fields that both ops have. Fails when an operand is not constant.
template <typename Op> static FailureOr<AffineLowering> makeLowering(Op op) {
  auto offsets = getConstantIntegers(op.getOffset());
  if (!offsets)
    return failure();
  numerics::LevelSet set = *getLevelSet(op.getType());
  AffineLowering lowering;
  lowering.op = op;
  lowering.offsets = *offsets;
  lowering.shift = op.getShift();
  lowering.rounding = op.getRounding();
  lowering.lo = op.getClamp() ? (*op.getClamp())[0] : set.minLevel();
  lowering.hi = op.getClamp() ? (*op.getClamp())[1] : set.maxLevel();
  lowering.multiplierFree = isMultiplierFree(op);
  return lowering;
}

static LogicalResult addTerm(AffineLowering &lowering, Value original,
                             Value converted, Value multiplier) {
  auto multipliers = getConstantIntegers(multiplier);
  if (!multipliers)
    return failure();
  Term term;
  term.input = converted;
  term.originalType = original.getType();
  term.magnitude = getRange(original).magnitude();
  term.multipliers = *multipliers;
  lowering.terms.push_back(term);
  return success();
}

struct LowerRescale : OpConversionPattern<RescaleOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(RescaleOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto lowering = makeLowering(op);
    if (failed(lowering) ||
        failed(addTerm(*lowering, op.getInput(), adaptor.getInput(),
                       op.getMultiplier())))
      return rewriter.notifyMatchFailure(op, "multipliers are not constant");
    auto type =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    rewriter.replaceOp(op, lowerAffine(rewriter, *lowering, type));
    return success();
  }
};

struct LowerAdd : OpConversionPattern<AddOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(AddOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto lowering = makeLowering(op);
    if (failed(lowering) ||
        failed(addTerm(*lowering, op.getLhs(), adaptor.getLhs(),
                       op.getLhsMultiplier())) ||
        failed(addTerm(*lowering, op.getRhs(), adaptor.getRhs(),
                       op.getRhsMultiplier())))
      return rewriter.notifyMatchFailure(op, "multipliers are not constant");
    auto type =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    rewriter.replaceOp(op, lowerAffine(rewriter, *lowering, type));
    return success();
  }
};

void lowbit::populateAffinePatterns(RewritePatternSet &patterns,
                                    const StorageTypeConverter &converter) {
  patterns.add<LowerRescale, LowerAdd>(converter, patterns.getContext());
}
