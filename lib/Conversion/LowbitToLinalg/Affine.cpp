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
#include "lowbit/Numerics/HighProduct.h"
#include "lowbit/Numerics/SignedDigits.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

#include <bit>
#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::HighProduct;
using numerics::SignedDigit;

namespace {
/// One operand of an affine sum with its multipliers: one, or one for each
/// channel in a vector.
struct Term {
  Value input;        ///< converted
  Type originalType;  ///< before conversion
  IntegerRange range; ///< proven, of the input
  SmallVector<int64_t> multipliers;
  /// The scalars of the channel, where there is a multiplier for each: itself,
  /// or its signed digits.
  unsigned firstVector = 0, vectors = 0;
};

/// What `rescale` and `add` have in common:
/// saturate(round((sum of terms + offset) / 2^shift)).
struct AffineLowering {
  Operation *op;
  SmallVector<Term> terms;
  SmallVector<int64_t> offsets;
  SmallVector<int64_t> shifts;
  RoundingMode rounding;
  IntegerRange limits;
  bool multiplierFree;
  Type accumulator; ///< i32 where the bound allows it, else i64
};
} // namespace

/// A bound of the magnitude of a channel's sum with what rounding adds.
static double boundSum(const AffineLowering &lowering, size_t channel) {
  int64_t shift = atChannel(lowering.shifts, channel);
  double sum =
      std::abs(static_cast<double>(atChannel(lowering.offsets, channel)));
  // Rounding adds half of a unit, and tosa_double 2^30 more.
  sum += std::ldexp(1.0, shift) + (shift > 31 ? 0x1p30 : 0);
  for (const Term &term : lowering.terms)
    sum += std::abs(static_cast<double>(atChannel(term.multipliers, channel))) *
           std::max(1.0, static_cast<double>(term.range.magnitude()));
  return sum;
}

/// Whether each channel's sum, after a shift or before it, is proven to fit 32
/// bits.
static bool fitsWord(const AffineLowering &lowering, bool isShifted) {
  size_t channels = std::max(lowering.offsets.size(), lowering.shifts.size());
  for (const Term &term : lowering.terms)
    channels = std::max(channels, term.multipliers.size());
  for (size_t channel = 0; channel != channels; ++channel) {
    int64_t shift = isShifted ? atChannel(lowering.shifts, channel) : 0;
    if (std::ldexp(boundSum(lowering, channel), -shift) >= 0x1p31)
      return false;
  }
  return true;
}

/// i32 when the rounded sum of every channel is proven to fit, else i64, which
/// the op's verifier has proven. What wraps on the way there does no harm. The
/// multipliers themselves must fit, too, even of an input that is always 0.
static Type chooseAccumulator(const AffineLowering &lowering) {
  bool isNarrow = fitsWord(lowering, /*isShifted=*/false);
  return IntegerType::get(lowering.op->getContext(), isNarrow ? 32 : 64);
}

static bool isUniform(const Term &term) { return term.multipliers.size() == 1; }

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

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

/// A signed digit as a byte: the shift, and the sign in the top bit.
static int64_t encode(SignedDigit digit) {
  return digit.negative ? static_cast<int64_t>(digit.shift) - 128
                        : static_cast<int64_t>(digit.shift);
}

/// The signed digits of the multipliers of each channel, column by column: all
/// channels have equally many, as 2^k = 2^(k+1) - 2^k.
static SmallVector<SmallVector<int64_t>>
tabulateDigits(ArrayRef<int64_t> multipliers) {
  SmallVector<std::vector<SignedDigit>> rows;
  size_t columns = 0;
  for (int64_t multiplier : multipliers) {
    rows.push_back(numerics::canonicalSignedDigits(multiplier));
    // Nothing is 1 - 1.
    if (rows.back().empty())
      rows.back() = {{0, false}, {0, true}};
    columns = std::max(columns, rows.back().size());
  }
  SmallVector<SmallVector<int64_t>> table(columns);
  for (std::vector<SignedDigit> &row : rows) {
    while (row.size() < columns) {
      SignedDigit least = row.front();
      row.front() = {least.shift + 1, least.negative};
      row.insert(row.begin(), {least.shift, !least.negative});
    }
    for (size_t column = 0; column != columns; ++column)
      table[column].push_back(encode(row[column]));
  }
  return table;
}

/// x * (+-2^k) for a digit of this channel, from memory; one less where the
/// digit is negative: -y = (y xor -1) + 1, and the ones are in the offset.
static Value emitDigitProduct(OpBuilder &builder, Location loc, Value x,
                              Value digit) {
  Type type = x.getType();
  Value extended = arith::ExtSIOp::create(builder, loc, type, digit);
  Value shift = arith::AndIOp::create(builder, loc, extended,
                                      createInteger(builder, loc, type, 127));
  // All ones for a negative digit.
  Value sign = arith::ShRSIOp::create(builder, loc, extended,
                                      createInteger(builder, loc, type, 7));
  Value shifted = arith::ShLIOp::create(builder, loc, x, shift);
  return arith::XOrIOp::create(builder, loc, shifted, sign);
}

//===----------------------------------------------------------------------===//
// Rounding and saturation
//===----------------------------------------------------------------------===//

namespace {
/// The constants of a rounding shift by s, as scalars of the sum's type: one
/// set for all channels, or computed from a per-channel s.
class RoundingConstants {
public:
  /// One shift for all channels.
  RoundingConstants(OpBuilder &builder, Location loc, Type type, int64_t shift)
      : builder(builder), loc(loc), type(type), uniform(shift),
        amount(constant(shift)) {}
  /// The shift of this channel.
  RoundingConstants(OpBuilder &builder, Location loc, Value amount)
      : builder(builder), loc(loc), type(amount.getType()), amount(amount) {}

  Value constant(int64_t value) {
    return createInteger(builder, loc, type, value);
  }
  Value getAmount() const { return amount; }

  /// 2^(s-1), 0 for s = 0.
  Value getHalf() {
    if (uniform)
      return constant((int64_t(1) << *uniform) >> 1);
    Value power = arith::ShLIOp::create(builder, loc, constant(1), amount);
    return arith::ShRUIOp::create(builder, loc, power, constant(1));
  }

  /// `value` where s > least, else 0.
  Value whereAbove(int64_t least, Value value) {
    if (uniform)
      return *uniform > least ? value : constant(0);
    Value isAbove = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::sgt, amount, constant(least));
    return arith::SelectOp::create(builder, loc, isAbove, value, constant(0));
  }

private:
  OpBuilder &builder;
  Location loc;
  Type type;
  std::optional<int64_t> uniform;
  Value amount;
};
} // namespace

/// round(sum / 2^s). With h = 2^(s-1), or 0 for s = 0:
///   half_up      (x + h) >> s
///   half_away    (x + h - [x < 0 and s > 0]) >> s
///   half_even    (x + h - [s > 0] + (bit s of x, for s > 0)) >> s
///   floor        x >> s
///   tosa_double  (x + h + (x < 0 ? -2^30 : 2^30, for s > 31)) >> s
static Value emitRoundingShift(OpBuilder &builder, Location loc, Value sum,
                               RoundingConstants shift, RoundingMode rounding) {
  auto add = [&](Value value) {
    sum = arith::AddIOp::create(builder, loc, sum, value);
  };
  auto signMask = [&](Value value) -> Value {
    int64_t top = value.getType().getIntOrFloatBitWidth() - 1;
    return arith::ShRSIOp::create(builder, loc, value, shift.constant(top));
  };
  switch (rounding) {
  case RoundingMode::Floor:
    break;
  case RoundingMode::HalfUp:
    add(shift.getHalf());
    break;
  case RoundingMode::HalfAway: {
    Value minusOneIfNegative = signMask(sum);
    add(shift.getHalf());
    add(shift.whereAbove(0, minusOneIfNegative));
    break;
  }
  case RoundingMode::HalfEven: {
    Value floor = arith::ShRSIOp::create(builder, loc, sum, shift.getAmount());
    Value odd = arith::AndIOp::create(builder, loc, floor, shift.constant(1));
    add(shift.getHalf());
    add(shift.whereAbove(
        0, arith::AddIOp::create(builder, loc, odd, shift.constant(-1))));
    break;
  }
  case RoundingMode::TosaDouble: {
    // (m xor 2^30) - m is -2^30 for m = -1 and 2^30 for m = 0.
    Value sign = signMask(sum);
    Value first = arith::SubIOp::create(
        builder, loc,
        arith::XOrIOp::create(builder, loc, shift.constant(int64_t(1) << 30),
                              sign),
        sign);
    add(shift.getHalf());
    add(shift.whereAbove(31, first));
    break;
  }
  }
  return arith::ShRSIOp::create(builder, loc, sum, shift.getAmount());
}

static Value emitSaturate(OpBuilder &builder, Location loc, Value value,
                          IntegerRange limits, Type resultTensor, Type stored) {
  Type type = value.getType();
  value = arith::MaxSIOp::create(builder, loc, value,
                                 createInteger(builder, loc, type, limits.lo));
  value = arith::MinSIOp::create(builder, loc, value,
                                 createInteger(builder, loc, type, limits.hi));
  if (auto set = getLevelSet(resultTensor))
    return emitStoredLevel(builder, loc, value, *set);
  return convert(builder, loc, value, stored, /*isUnsigned=*/false);
}

//===----------------------------------------------------------------------===//
// The common lowering
//===----------------------------------------------------------------------===//

/// Adds what the body needs of each channel to multiply with.
static void addMultipliers(OpBuilder &builder, AffineLowering &lowering,
                           Term &term, SmallVector<Value> &vectors) {
  Location loc = lowering.op->getLoc();
  size_t before = vectors.size();
  if (!isUniform(term) && lowering.multiplierFree) {
    if (lowering.offsets.size() == 1)
      lowering.offsets.assign(term.multipliers.size(), lowering.offsets[0]);
    for (ArrayRef<int64_t> digits : tabulateDigits(term.multipliers)) {
      vectors.push_back(
          createIntegers(builder, loc, builder.getI8Type(), digits));
      for (auto [offset, digit] : llvm::zip_equal(lowering.offsets, digits))
        offset += digit < 0;
    }
  } else if (!isUniform(term)) {
    vectors.push_back(createNarrowIntegers(builder, loc, term.multipliers));
  }
  term.vectors = vectors.size() - before;
}

static Value lowerAffine(ConversionPatternRewriter &rewriter,
                         AffineLowering &lowering, RankedTensorType type) {
  Location loc = lowering.op->getLoc();
  lowering.accumulator = chooseAccumulator(lowering);
  SmallVector<Value> inputs, vectors;
  for (Term &term : lowering.terms)
    inputs.push_back(term.input);
  for (Term &term : lowering.terms) {
    term.firstVector = inputs.size() + vectors.size();
    addMultipliers(rewriter, lowering, term, vectors);
  }
  unsigned offsetVector = inputs.size() + vectors.size();
  bool hasOffsets = lowering.offsets.size() != 1;
  if (hasOffsets)
    vectors.push_back(createNarrowIntegers(rewriter, loc, lowering.offsets));
  unsigned shiftVector = inputs.size() + vectors.size();
  bool hasShifts = lowering.shifts.size() != 1;
  if (hasShifts)
    vectors.push_back(
        createIntegers(rewriter, loc, rewriter.getI8Type(), lowering.shifts));

  auto emitProduct = [&](OpBuilder &builder, Location bodyLoc,
                         ValueRange scalars, unsigned index) -> Value {
    const Term &term = lowering.terms[index];
    Value x = emitInteger(builder, bodyLoc, scalars[index], term.originalType,
                          lowering.accumulator);
    if (isUniform(term))
      return emitUniformProduct(builder, bodyLoc, x, term.multipliers[0],
                                lowering.multiplierFree);
    ValueRange channel = scalars.slice(term.firstVector, term.vectors);
    if (!lowering.multiplierFree)
      return arith::MulIOp::create(builder, bodyLoc, x,
                                   convert(builder, bodyLoc, channel[0],
                                           lowering.accumulator,
                                           /*isUnsigned=*/false));
    Value product = emitDigitProduct(builder, bodyLoc, x, channel[0]);
    for (Value digit : channel.drop_front())
      product =
          arith::AddIOp::create(builder, bodyLoc, product,
                                emitDigitProduct(builder, bodyLoc, x, digit));
    return product;
  };
  return createElementwise(
      rewriter, loc, type, inputs, vectors,
      [&](OpBuilder &builder, Location bodyLoc, ValueRange scalars) {
        Value sum = hasOffsets
                        ? convert(builder, bodyLoc, scalars[offsetVector],
                                  lowering.accumulator, /*isUnsigned=*/false)
                        : createInteger(builder, bodyLoc, lowering.accumulator,
                                        lowering.offsets[0]);
        for (unsigned index = 0; index != lowering.terms.size(); ++index)
          sum = arith::AddIOp::create(
              builder, bodyLoc, sum,
              emitProduct(builder, bodyLoc, scalars, index));
        if (hasShifts) {
          Value amount = arith::ExtUIOp::create(
              builder, bodyLoc, lowering.accumulator, scalars[shiftVector]);
          sum = emitRoundingShift(builder, bodyLoc, sum,
                                  RoundingConstants(builder, bodyLoc, amount),
                                  lowering.rounding);
        } else if (lowering.shifts[0] != 0) {
          RoundingConstants shift(builder, bodyLoc, lowering.accumulator,
                                  lowering.shifts[0]);
          sum = emitRoundingShift(builder, bodyLoc, sum, shift,
                                  lowering.rounding);
        }
        // Few CPUs compare vectors of 64-bit integers well.
        if (sum.getType().isInteger(64) && fitsWord(lowering, true))
          sum = convert(builder, bodyLoc, sum, builder.getI32Type(),
                        /*isUnsigned=*/false);
        return emitSaturate(builder, bodyLoc, sum, lowering.limits,
                            lowering.op->getResult(0).getType(),
                            type.getElementType());
      });
}

/// The fields that both ops have. Fails when an operand is not constant.
template <typename Op> static FailureOr<AffineLowering> makeLowering(Op op) {
  auto offsets = getConstantIntegers(op.getOffset());
  if (!offsets)
    return failure();
  AffineLowering lowering;
  lowering.op = op;
  lowering.offsets = *offsets;
  lowering.rounding = op.getRounding();
  lowering.limits = getLimits(op.getClamp(), op.getType());
  lowering.multiplierFree = isMultiplierFree(op);
  return lowering;
}

static LogicalResult addTerm(AffineLowering &lowering,
                             const OperandRanges &ranges, Value original,
                             Value converted, Value multiplier) {
  auto multipliers = getConstantIntegers(multiplier);
  if (!multipliers)
    return failure();
  Term term;
  term.input = converted;
  term.originalType = original.getType();
  term.range = ranges.get(original);
  term.multipliers = *multipliers;
  lowering.terms.push_back(term);
  return success();
}

/// A pattern that needs the ranges of the op's operands.
template <typename Op> struct RangedPattern : OpConversionPattern<Op> {
  RangedPattern(const StorageTypeConverter &converter, MLIRContext *context,
                const OperandRanges &ranges)
      : OpConversionPattern<Op>(converter, context), ranges(ranges) {}

  const OperandRanges &ranges;
};

//===----------------------------------------------------------------------===//
// Rescales in 32 bits
//===----------------------------------------------------------------------===//

/// The forms of a rescale's channels that need the upper half of products only;
/// empty if some channel has none.
static SmallVector<HighProduct>
fitHighProducts(const AffineLowering &lowering) {
  const Term &term = lowering.terms[0];
  size_t channels = std::max({lowering.offsets.size(), lowering.shifts.size(),
                              term.multipliers.size()});
  SmallVector<HighProduct> products;
  for (size_t channel = 0; channel != channels; ++channel) {
    numerics::Rescale rescale = {
        atChannel(term.multipliers, channel),
        atChannel(lowering.offsets, channel),
        static_cast<unsigned>(atChannel(lowering.shifts, channel)),
        getRounding(lowering.rounding),
        lowering.limits.lo,
        lowering.limits.hi};
    auto product =
        numerics::fitHighProduct(rescale, term.range.lo, term.range.hi);
    if (!product)
      return {};
    products.push_back(*product);
  }
  return products;
}

namespace {
/// A number of every channel: a scalar of the body, or a constant of it where
/// all channels agree.
class ChannelConstant {
public:
  /// Adds to `vectors` what the body needs; its scalars begin at `first`.
  ChannelConstant(OpBuilder &builder, Location loc, ArrayRef<int64_t> values,
                  SmallVector<Value> &vectors, unsigned first)
      : value(values[0]) {
    if (llvm::all_equal(values))
      return;
    place = first + vectors.size();
    vectors.push_back(createNarrowIntegers(builder, loc, values));
  }

  Value get(OpBuilder &builder, Location loc, ValueRange scalars,
            Type type) const {
    return place ? convert(builder, loc, scalars[*place], type,
                           /*isUnsigned=*/false)
                 : createInteger(builder, loc, type, value);
  }

private:
  int64_t value;
  std::optional<unsigned> place;
};
} // namespace

static Value lowerHighProducts(OpBuilder &builder,
                               const AffineLowering &lowering,
                               ArrayRef<HighProduct> products,
                               RankedTensorType type) {
  Location loc = lowering.op->getLoc();
  SmallVector<Value> vectors;
  auto tabulate = [&](auto get) {
    SmallVector<int64_t> values;
    for (const HighProduct &product : products)
      values.push_back(get(product));
    return ChannelConstant(builder, loc, values, vectors, /*first=*/1);
  };
  auto multiplier = tabulate([](const auto &p) { return p.multiplier; });
  auto offset = tabulate([](const auto &p) { return p.offset; });
  auto negative = tabulate([](const auto &p) { return p.negativeOffset; });
  auto preshift =
      tabulate([](const auto &p) { return static_cast<int64_t>(p.preshift); });
  auto shift =
      tabulate([](const auto &p) { return static_cast<int64_t>(p.shift); });
  bool hasSigns = llvm::any_of(products, [](const HighProduct &product) {
    return product.offset != product.negativeOffset;
  });
  Value input = lowering.terms[0].input;
  return createElementwise(
      builder, loc, type, input, vectors,
      [&](OpBuilder &nested, Location bodyLoc, ValueRange scalars) {
        Type i32 = nested.getI32Type(), i64 = nested.getI64Type();
        auto get = [&](const ChannelConstant &constant) {
          return constant.get(nested, bodyLoc, scalars, i32);
        };
        auto widen = [&](Value value) -> Value {
          return arith::ExtSIOp::create(nested, bodyLoc, i64, value);
        };
        Value x = emitInteger(nested, bodyLoc, scalars[0],
                              lowering.terms[0].originalType, i32);
        Value moved = arith::ShLIOp::create(nested, bodyLoc, x, get(preshift));
        Value product = arith::MulIOp::create(nested, bodyLoc, widen(moved),
                                              widen(get(multiplier)));
        Value upper = arith::ShRSIOp::create(
            nested, bodyLoc, product, createInteger(nested, bodyLoc, i64, 32));
        Value high = arith::TruncIOp::create(nested, bodyLoc, i32, upper);
        Value added = get(offset);
        if (hasSigns) {
          Value isNegative =
              arith::CmpIOp::create(nested, bodyLoc, arith::CmpIPredicate::slt,
                                    x, createInteger(nested, bodyLoc, i32, 0));
          added = arith::SelectOp::create(nested, bodyLoc, isNegative,
                                          get(negative), added);
        }
        Value sum = arith::AddIOp::create(nested, bodyLoc, high, added);
        Value level = arith::ShRSIOp::create(nested, bodyLoc, sum, get(shift));
        return emitSaturate(nested, bodyLoc, level, lowering.limits,
                            lowering.op->getResult(0).getType(),
                            type.getElementType());
      });
}

struct LowerRescale : RangedPattern<RescaleOp> {
  using RangedPattern::RangedPattern;

  LogicalResult
  matchAndRewrite(RescaleOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto lowering = makeLowering(op);
    if (failed(lowering) ||
        failed(addTerm(*lowering, ranges, op.getInput(), adaptor.getInput(),
                       op.getMultiplier())))
      return rewriter.notifyMatchFailure(op, "multipliers are not constant");
    lowering->shifts.assign(op.getShift().begin(), op.getShift().end());
    auto type =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    if (!lowering->multiplierFree &&
        chooseAccumulator(*lowering).isInteger(64)) {
      SmallVector<HighProduct> products = fitHighProducts(*lowering);
      if (!products.empty()) {
        rewriter.replaceOp(
            op, lowerHighProducts(rewriter, *lowering, products, type));
        return success();
      }
    }
    rewriter.replaceOp(op, lowerAffine(rewriter, *lowering, type));
    return success();
  }
};

struct LowerAdd : RangedPattern<AddOp> {
  using RangedPattern::RangedPattern;

  LogicalResult
  matchAndRewrite(AddOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto lowering = makeLowering(op);
    if (failed(lowering) ||
        failed(addTerm(*lowering, ranges, op.getLhs(), adaptor.getLhs(),
                       op.getLhsMultiplier())) ||
        failed(addTerm(*lowering, ranges, op.getRhs(), adaptor.getRhs(),
                       op.getRhsMultiplier())))
      return rewriter.notifyMatchFailure(op, "multipliers are not constant");
    lowering->shifts = {static_cast<int64_t>(op.getShift())};
    auto type =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    rewriter.replaceOp(op, lowerAffine(rewriter, *lowering, type));
    return success();
  }
};

void lowbit::populateAffinePatterns(RewritePatternSet &patterns,
                                    const StorageTypeConverter &converter,
                                    const OperandRanges &ranges) {
  patterns.add<LowerRescale, LowerAdd>(converter, patterns.getContext(),
                                       ranges);
}
