//===- Storage.cpp - Constants, packing, checksums, data movement -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "lowbit/Numerics/Packing.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lowbit;
using numerics::LevelKind;
using numerics::LevelSet;

static Value createIndex(OpBuilder &builder, Location loc, int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

/// All dimensions as one group; no group for a scalar, whose only element
/// becomes a dimension of size 1.
static SmallVector<ReassociationIndices> groupAll(int64_t rank) {
  SmallVector<ReassociationIndices> groups(rank == 0 ? 0 : 1);
  for (int64_t i = 0; i != rank; ++i)
    groups[0].push_back(i);
  return groups;
}

/// To one dimension.
static Value flatten(OpBuilder &builder, Location loc, Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getRank() == 1)
    return value;
  SmallVector<ReassociationIndices> groups = groupAll(type.getRank());
  if (type.getRank() == 0)
    return tensor::ExpandShapeOp::create(
        builder, loc, type.clone(ArrayRef<int64_t>{1}), value, groups);
  return tensor::CollapseShapeOp::create(builder, loc, value, groups);
}

/// From one dimension to the shape of `type`.
static Value unflatten(OpBuilder &builder, Location loc, Value value,
                       RankedTensorType type) {
  if (type.getRank() == 1)
    return value;
  SmallVector<ReassociationIndices> groups = groupAll(type.getRank());
  if (type.getRank() == 0)
    return tensor::CollapseShapeOp::create(builder, loc, type, value, groups);
  return tensor::ExpandShapeOp::create(builder, loc, type, value, groups);
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

struct LowerConstant : OpConversionPattern<ConstantOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ConstantOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = cast<RankedTensorType>(op.getType());
    if (isa<PackedType>(type.getElementType())) {
      rewriter.replaceOpWithNewOp<arith::ConstantOp>(
          op, cast<TypedAttr>(op.getCodes()));
      return success();
    }
    LevelSet set = op.getLevelSet();
    SmallVector<int64_t> stored;
    for (int32_t level : op.getLevels())
      stored.push_back(getStored(set, level));
    auto converted =
        cast<RankedTensorType>(getTypeConverter()->convertType(type));
    Value flat = createIntegers(rewriter, op.getLoc(),
                                converted.getElementType(), stored);
    rewriter.replaceOp(op, unflatten(rewriter, op.getLoc(), flat, converted));
    return success();
  }
};

//===----------------------------------------------------------------------===//
// unpack
//===----------------------------------------------------------------------===//
//
// Code i lies in bits [i k, (i+1) k) of the string. Eight codes take k bytes,
// so element i = 8 g + j is found in the bytes g k + (j k) / 8 and the next one
// at shift (j k) % 8. The element index comes from linalg.index; i k is formed
// by shifts and additions.

/// i * k for a small constant k; i is an index or an integer.
static Value emitTimes(OpBuilder &builder, Location loc, Value i, unsigned k) {
  Value sum;
  for (unsigned bit = 0; k >> bit != 0; ++bit) {
    if (!((k >> bit) & 1))
      continue;
    Value amount = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(i.getType(), bit));
    Value term =
        bit == 0 ? i
                 : arith::ShLIOp::create(builder, loc, i, amount).getResult();
    sum =
        sum ? arith::AddIOp::create(builder, loc, sum, term).getResult() : term;
  }
  return sum;
}

/// The code at bit position `bit` of the string: 8 / k divides evenly where one
/// byte holds it; otherwise two neighbouring bytes do.
static Value emitCode(OpBuilder &builder, Location loc, Value bytes, Value bit,
                      unsigned codeBits) {
  Type i32 = builder.getI32Type();
  int64_t size = cast<RankedTensorType>(bytes.getType()).getDimSize(0);
  Value byteIndex =
      arith::ShRUIOp::create(builder, loc, bit, createIndex(builder, loc, 3));
  auto load = [&](Value index) -> Value {
    Value byte = tensor::ExtractOp::create(builder, loc, bytes, index);
    return arith::ExtUIOp::create(builder, loc, i32, byte);
  };
  Value window = load(byteIndex);
  for (unsigned next = 1; 8 % codeBits != 0 && 8 * next < codeBits + 7;
       ++next) {
    // At the end of the string the window repeats the last byte, of which no
    // bit is used then.
    Value index = arith::MinUIOp::create(
        builder, loc,
        arith::AddIOp::create(builder, loc, byteIndex,
                              createIndex(builder, loc, next)),
        createIndex(builder, loc, size - 1));
    Value high = arith::ShLIOp::create(
        builder, loc, load(index), createInteger(builder, loc, i32, 8 * next));
    window = arith::OrIOp::create(builder, loc, window, high);
  }
  Value within =
      arith::AndIOp::create(builder, loc, bit, createIndex(builder, loc, 7));
  Value shift = arith::IndexCastOp::create(builder, loc, i32, within);
  Value code = arith::ShRUIOp::create(builder, loc, window, shift);
  return arith::AndIOp::create(
      builder, loc, code,
      createInteger(builder, loc, i32, (int64_t(1) << codeBits) - 1));
}

/// The stored form (i32) of a code.
static Value emitStored(OpBuilder &builder, Location loc, Value code,
                        const LevelSet &set) {
  Type i32 = builder.getI32Type();
  auto constant = [&](int64_t value) {
    return createInteger(builder, loc, i32, value);
  };
  switch (set.kind()) {
  case LevelKind::Pow2:
  case LevelKind::Pow2NoZero:
  case LevelKind::UInt:
  case LevelKind::List:
    return code;
  case LevelKind::Ternary:
    return arith::SubIOp::create(builder, loc, code, constant(1));
  case LevelKind::Bipolar:
  case LevelKind::Odd: {
    Value twice = arith::ShLIOp::create(builder, loc, code, constant(1));
    return arith::SubIOp::create(builder, loc, twice, constant(set.maxLevel()));
  }
  case LevelKind::Int:
  case LevelKind::IntNarrow: {
    Value amount = constant(32 - set.codeBits());
    Value top = arith::ShLIOp::create(builder, loc, code, amount);
    return arith::ShRSIOp::create(builder, loc, top, amount);
  }
  }
  llvm_unreachable("all kinds are listed");
}

/// Whether packed codes are what is stored already: bytes, each the level
/// itself in two's complement.
static bool isPackedAsStored(const LevelSet &set) {
  bool isLevel = set.kind() == LevelKind::UInt ||
                 set.kind() == LevelKind::Int ||
                 set.kind() == LevelKind::IntNarrow;
  return set.codeBits() == 8 && isLevel;
}

//===----------------------------------------------------------------------===//
// unpack of base 3
//===----------------------------------------------------------------------===//
//
// A byte v is divided by 3 five times; the remainders are the codes, lowest
// first. For v < 256, floor(v / 3) = (171 v) >> 9, since 171 / 512 - 1 / 3 is
// below 1 / (3 * 256); 171 v is a sum of five shifts.

/// The next code of `rest`, which is divided by 3.
static Value emitTrit(OpBuilder &builder, Location loc, Value &rest) {
  Type i32 = builder.getI32Type();
  Value product = emitTimes(builder, loc, rest, 171);
  Value quotient = arith::ShRUIOp::create(builder, loc, product,
                                          createInteger(builder, loc, i32, 9));
  Value trit = arith::SubIOp::create(builder, loc, rest,
                                     emitTimes(builder, loc, quotient, 3));
  rest = quotient;
  return trit;
}

/// Writes `count` codes of byte `index` as levels to `levels`, from element
/// 5 index on.
static Value emitLevelsOfByte(OpBuilder &builder, Location loc, Value bytes,
                              Value index, int64_t count, Value levels) {
  Type i32 = builder.getI32Type();
  Type stored = cast<RankedTensorType>(levels.getType()).getElementType();
  Value rest = arith::ExtUIOp::create(
      builder, loc, i32, tensor::ExtractOp::create(builder, loc, bytes, index));
  Value first = emitTimes(builder, loc, index, numerics::kTritsPerByte);
  for (int64_t i = 0; i != count; ++i) {
    Value level =
        arith::SubIOp::create(builder, loc, emitTrit(builder, loc, rest),
                              createInteger(builder, loc, i32, 1));
    Value position = arith::AddIOp::create(builder, loc, first,
                                           createIndex(builder, loc, i));
    levels = tensor::InsertOp::create(
        builder, loc, arith::TruncIOp::create(builder, loc, stored, level),
        levels, position);
  }
  return levels;
}

/// All levels, in one dimension: a loop over the full bytes, then the last.
static Value unpackTrits(OpBuilder &builder, Location loc, Value bytes,
                         RankedTensorType type) {
  int64_t fullBytes = type.getNumElements() / numerics::kTritsPerByte;
  int64_t rest = type.getNumElements() % numerics::kTritsPerByte;
  Value empty = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                        type.getElementType());
  auto loop = scf::ForOp::create(
      builder, loc, createIndex(builder, loc, 0),
      createIndex(builder, loc, fullBytes), createIndex(builder, loc, 1),
      ValueRange{empty},
      [&](OpBuilder &body, Location bodyLoc, Value index, ValueRange levels) {
        scf::YieldOp::create(body, bodyLoc,
                             emitLevelsOfByte(body, bodyLoc, bytes, index,
                                              numerics::kTritsPerByte,
                                              levels[0]));
      });
  if (rest == 0)
    return loop.getResult(0);
  return emitLevelsOfByte(builder, loc, bytes,
                          createIndex(builder, loc, fullBytes), rest,
                          loop.getResult(0));
}

struct LowerUnpack : OpConversionPattern<UnpackOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(UnpackOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    LevelSet set = *getLevelSet(op.getType());
    auto type =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    auto flatType =
        RankedTensorType::get({type.getNumElements()}, type.getElementType());
    Value bytes = adaptor.getInput();
    auto packed = cast<PackedType>(op.getInput().getType().getElementType());
    if (packed.getLayout() == PackedLayout::Base3) {
      Value levels = unpackTrits(rewriter, loc, bytes, flatType);
      rewriter.replaceOp(op, unflatten(rewriter, loc, levels, type));
      return success();
    }
    if (isPackedAsStored(set)) {
      rewriter.replaceOp(op, unflatten(rewriter, loc, bytes, type));
      return success();
    }
    Value flat = createElementwise(
        rewriter, loc, flatType, {}, {},
        [&](OpBuilder &builder, Location bodyLoc, ValueRange) -> Value {
          Value i = linalg::IndexOp::create(builder, bodyLoc, 0);
          Value bit = emitTimes(builder, bodyLoc, i, set.codeBits());
          Value code = emitCode(builder, bodyLoc, bytes, bit, set.codeBits());
          Value stored = emitStored(builder, bodyLoc, code, set);
          if (flatType.getElementType().isInteger(32))
            return stored;
          return arith::TruncIOp::create(builder, bodyLoc,
                                         flatType.getElementType(), stored);
        });
    rewriter.replaceOp(op, unflatten(rewriter, loc, flat, type));
    return success();
  }
};

//===----------------------------------------------------------------------===//
// checksum
//===----------------------------------------------------------------------===//

/// h op= h shifted by a constant.
template <typename Op, typename Shift>
static Value emitMix(OpBuilder &builder, Location loc, Value h, int64_t by) {
  Value amount = createInteger(builder, loc, h.getType(), by);
  Value shifted = Shift::create(builder, loc, h, amount);
  return Op::create(builder, loc, h, shifted);
}

/// numerics::Checksum over all elements.
struct LowerChecksum : OpConversionPattern<ChecksumOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ChecksumOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Type i64 = rewriter.getI64Type();
    Value flat = flatten(rewriter, loc, adaptor.getInput());
    int64_t size = op.getInput().getType().getNumElements();
    Value seed = createInteger(rewriter, loc, i64, 0);
    auto loop = scf::ForOp::create(
        rewriter, loc, createIndex(rewriter, loc, 0),
        createIndex(rewriter, loc, size), createIndex(rewriter, loc, 1),
        ValueRange{seed},
        [&](OpBuilder &builder, Location bodyLoc, Value i, ValueRange state) {
          Value element = tensor::ExtractOp::create(builder, bodyLoc, flat, i);
          Value value = emitInteger(builder, bodyLoc, element,
                                    op.getInput().getType(), i64);
          Value h = arith::AddIOp::create(builder, bodyLoc, state[0], value);
          h = emitMix<arith::AddIOp, arith::ShLIOp>(builder, bodyLoc, h, 10);
          h = emitMix<arith::XOrIOp, arith::ShRUIOp>(builder, bodyLoc, h, 6);
          scf::YieldOp::create(builder, bodyLoc, h);
        });
    Value h = loop.getResult(0);
    h = emitMix<arith::AddIOp, arith::ShLIOp>(rewriter, loc, h, 3);
    h = emitMix<arith::XOrIOp, arith::ShRUIOp>(rewriter, loc, h, 11);
    h = emitMix<arith::AddIOp, arith::ShLIOp>(rewriter, loc, h, 15);
    rewriter.replaceOp(op, h);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Data movement
//===----------------------------------------------------------------------===//

/// Tensor ops do the same to stored elements as to codes.
struct ConvertTensorOp : ConversionPattern {
  ConvertTensorOp(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult
  matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                  ConversionPatternRewriter &rewriter) const override {
    if (!isa<tensor::ExtractSliceOp, tensor::CollapseShapeOp,
             tensor::ExpandShapeOp, tensor::ConcatOp, tensor::EmptyOp>(op))
      return rewriter.notifyMatchFailure(op, "no data movement of codes");
    SmallVector<Type> types;
    if (failed(getTypeConverter()->convertTypes(op->getResultTypes(), types)))
      return rewriter.notifyMatchFailure(op, "result type has no storage");
    OperationState state(op->getLoc(), op->getName(), operands, types,
                         op->getAttrs());
    state.propertiesAttr = op->getPropertiesAsAttribute();
    rewriter.replaceOp(op, rewriter.create(state));
    return success();
  }
};

void lowbit::populateStoragePatterns(RewritePatternSet &patterns,
                                     const StorageTypeConverter &converter) {
  patterns.add<LowerConstant, LowerUnpack, LowerChecksum, ConvertTensorOp>(
      converter, patterns.getContext());
}
