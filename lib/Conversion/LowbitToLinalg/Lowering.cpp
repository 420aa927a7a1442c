//===- Lowering.cpp - What the patterns share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lowbit;
using numerics::LevelKind;
using numerics::LevelSet;

//===----------------------------------------------------------------------===//
// Storage
//===----------------------------------------------------------------------===//

bool lowbit::isStoredAsCode(const LevelSet &set) {
  return set.kind() == LevelKind::Pow2 || set.kind() == LevelKind::Pow2NoZero ||
         set.kind() == LevelKind::List;
}

Type lowbit::getStorageType(MLIRContext *context, const LevelSet &set) {
  if (isStoredAsCode(set))
    return IntegerType::get(context, 8);
  // Unsigned levels use the sign bit too: they are extended with zeros.
  bool isUnsigned = set.kind() == LevelKind::UInt;
  int64_t magnitude = set.maxMagnitude();
  for (unsigned width : {8, 16}) {
    int64_t limit = int64_t(1) << (isUnsigned ? width : width - 1);
    if (magnitude < limit || set.minLevel() == -limit)
      return IntegerType::get(context, width);
  }
  return IntegerType::get(context, 32);
}

int64_t lowbit::getStored(const LevelSet &set, int32_t level) {
  return isStoredAsCode(set) ? *set.encode(level) : level;
}

StorageTypeConverter::StorageTypeConverter() {
  addConversion([](Type type) { return type; });
  addConversion([](RankedTensorType type) -> Type {
    if (auto set = getLevelSet(type))
      return type.clone(getStorageType(type.getContext(), *set));
    if (isa<PackedType>(type.getElementType()))
      return type.clone(IntegerType::get(type.getContext(), 8));
    return type;
  });
}

//===----------------------------------------------------------------------===//
// Ranges
//===----------------------------------------------------------------------===//

OperandRanges::OperandRanges(Operation *root) {
  root->walk([&](Operation *op) {
    if (isa<RescaleOp, AddOp, Conv2DOp, MatmulOp>(op))
      for (Value operand : op->getOperands())
        ranges.try_emplace(operand, getRange(operand));
  });
}

IntegerRange OperandRanges::get(Value value) const {
  auto found = ranges.find(value);
  return found == ranges.end() ? getRange(value) : found->second;
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

Value lowbit::createInteger(OpBuilder &builder, Location loc, Type type,
                            int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(type, value));
}

Value lowbit::createIntegers(OpBuilder &builder, Location loc, Type type,
                             ArrayRef<int64_t> values) {
  auto tensorType =
      RankedTensorType::get({static_cast<int64_t>(values.size())}, type);
  SmallVector<APInt> elements;
  for (int64_t value : values)
    elements.push_back(APInt(type.getIntOrFloatBitWidth(), value,
                             /*isSigned=*/true, /*implicitTrunc=*/true));
  return arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(tensorType, elements));
}

Value lowbit::createNarrowIntegers(OpBuilder &builder, Location loc,
                                   ArrayRef<int64_t> values) {
  IntegerRange range = {0, 0};
  for (int64_t value : values)
    range = range.unite({value, value});
  return createIntegers(
      builder, loc, builder.getIntegerType(numerics::accumulatorBits(range)),
      values);
}

Value lowbit::convert(OpBuilder &builder, Location loc, Value value, Type type,
                      bool isUnsigned) {
  if (value.getType() == type)
    return value;
  if (value.getType().getIntOrFloatBitWidth() > type.getIntOrFloatBitWidth())
    return arith::TruncIOp::create(builder, loc, type, value);
  if (isUnsigned)
    return arith::ExtUIOp::create(builder, loc, type, value);
  return arith::ExtSIOp::create(builder, loc, type, value);
}

Value lowbit::emitLevel(OpBuilder &builder, Location loc, Value stored,
                        const LevelSet &set, Type type) {
  if (isStoredAsCode(set))
    return emitShiftedProduct(
        builder, loc, createInteger(builder, loc, type, 1), stored, set);
  return convert(builder, loc, stored, type, set.kind() == LevelKind::UInt);
}

Value lowbit::emitStoredLevel(OpBuilder &builder, Location loc, Value level,
                              const LevelSet &set) {
  if (set.kind() == LevelKind::List)
    level = arith::SubIOp::create(
        builder, loc, level,
        createInteger(builder, loc, level.getType(), set.minLevel()));
  return convert(builder, loc, level, getStorageType(builder.getContext(), set),
                 /*isUnsigned=*/false);
}

Value lowbit::emitInteger(OpBuilder &builder, Location loc, Value stored,
                          Type originalTensor, Type type) {
  if (auto set = getLevelSet(originalTensor))
    return emitLevel(builder, loc, stored, *set, type);
  return convert(builder, loc, stored, type, /*isUnsigned=*/false);
}

//===----------------------------------------------------------------------===//
// Structure
//===----------------------------------------------------------------------===//

bool lowbit::isMultiplierFree(Operation *op) {
  auto function = op->getParentOfType<func::FuncOp>();
  return op->hasAttr(kMultiplierFreeAttr) ||
         (function && function->hasAttr(kMultiplierFreeAttr));
}

AffineMap lowbit::getChannelMap(MLIRContext *context, int64_t rank) {
  if (rank == 0)
    return AffineMap::get(0, 0, getAffineConstantExpr(0, context), context);
  return AffineMap::get(rank, 0, getAffineDimExpr(rank - 1, context), context);
}

Value lowbit::createElementwise(
    OpBuilder &builder, Location loc, RankedTensorType result,
    ValueRange inputs, ValueRange perChannel,
    function_ref<Value(OpBuilder &, Location, ValueRange)> body) {
  int64_t rank = result.getRank();
  SmallVector<AffineMap> maps(inputs.size(),
                              builder.getMultiDimIdentityMap(rank));
  maps.append(perChannel.size(), getChannelMap(builder.getContext(), rank));
  maps.push_back(builder.getMultiDimIdentityMap(rank));
  SmallVector<Value> operands(inputs);
  llvm::append_range(operands, perChannel);
  Value empty = tensor::EmptyOp::create(builder, loc, result.getShape(),
                                        result.getElementType());
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(
      builder, loc, result, operands, empty, maps, iterators,
      [&](OpBuilder &nested, Location nestedLoc, ValueRange scalars) {
        linalg::YieldOp::create(nested, nestedLoc,
                                body(nested, nestedLoc, scalars));
      });
  return generic.getResult(0);
}
