//===- LowbitTypes.cpp - Level sets and packed bytes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitTypes.h"

#include "dialects/Lowbit/LowbitDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lowbit;
using numerics::LevelKind;
using numerics::LevelSet;

#include "dialects/Lowbit/LowbitTypeInterfaces.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Lowbit/LowbitTypes.cpp.inc"

void LowbitDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/Lowbit/LowbitTypes.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Level sets of the types
//===----------------------------------------------------------------------===//

LevelSet BipolarType::getLevelSet() const { return LevelSet::bipolar(); }
LevelSet TernaryType::getLevelSet() const { return LevelSet::ternary(); }
LevelSet OddType::getLevelSet() const { return LevelSet::odd(getBits()); }
LevelSet UIntType::getLevelSet() const {
  return LevelSet::unsignedInteger(getBits());
}
LevelSet Pow2Type::getLevelSet() const {
  return getHasZero() ? LevelSet::pow2(getBits())
                      : LevelSet::pow2NoZero(getBits());
}
LevelSet IntType::getLevelSet() const {
  return getIsNarrow() ? LevelSet::integerNarrow(getBits())
                       : LevelSet::integer(getBits());
}
LevelSet LevelsType::getLevelSet() const { return LevelSet::list(getLevels()); }

Type lowbit::getLevelSetType(MLIRContext *context, const LevelSet &set) {
  switch (set.kind()) {
  case LevelKind::Bipolar:
    return BipolarType::get(context);
  case LevelKind::Ternary:
    return TernaryType::get(context);
  case LevelKind::Pow2:
  case LevelKind::Pow2NoZero:
    return Pow2Type::get(context, set.bits(), set.kind() == LevelKind::Pow2);
  case LevelKind::Odd:
    return OddType::get(context, set.bits());
  case LevelKind::Int:
  case LevelKind::IntNarrow:
    return IntType::get(context, set.bits(),
                        set.kind() == LevelKind::IntNarrow);
  case LevelKind::UInt:
    return UIntType::get(context, set.bits());
  case LevelKind::List: {
    SmallVector<int32_t> levels;
    for (uint32_t rank = 0; rank != set.numLevels(); ++rank)
      levels.push_back(set.levelAt(rank));
    return LevelsType::get(context, levels);
  }
  }
  llvm_unreachable("all kinds are listed");
}

std::optional<LevelSet> lowbit::getLevelSet(Type type) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    type = shaped.getElementType();
  if (auto levels = dyn_cast<LevelSetTypeInterface>(type))
    return levels.getLevelSet();
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

static LogicalResult verifyWidth(function_ref<InFlightDiagnostic()> emitError,
                                 LevelKind kind, unsigned bits) {
  if (std::optional<std::string> reason = LevelSet::check(kind, bits))
    return emitError() << *reason;
  return success();
}

LogicalResult Pow2Type::verify(function_ref<InFlightDiagnostic()> emitError,
                               unsigned bits, bool hasZero) {
  return verifyWidth(emitError,
                     hasZero ? LevelKind::Pow2 : LevelKind::Pow2NoZero, bits);
}

LogicalResult OddType::verify(function_ref<InFlightDiagnostic()> emitError,
                              unsigned bits) {
  return verifyWidth(emitError, LevelKind::Odd, bits);
}

LogicalResult IntType::verify(function_ref<InFlightDiagnostic()> emitError,
                              unsigned bits, bool isNarrow) {
  return verifyWidth(emitError,
                     isNarrow ? LevelKind::IntNarrow : LevelKind::Int, bits);
}

LogicalResult UIntType::verify(function_ref<InFlightDiagnostic()> emitError,
                               unsigned bits) {
  return verifyWidth(emitError, LevelKind::UInt, bits);
}

LogicalResult LevelsType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 ArrayRef<int32_t> levels) {
  if (std::optional<std::string> reason = LevelSet::checkList(levels))
    return emitError() << *reason;
  return success();
}

LogicalResult PackedType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 Type element, PackedLayout layout) {
  auto levels = dyn_cast<LevelSetTypeInterface>(element);
  if (!levels)
    return emitError() << "only codes can be packed, not " << element;
  if (auto reason = numerics::checkLayout(levels.getLevelSet(),
                                          lowbit::getLayout(layout)))
    return emitError() << *reason;
  return success();
}

//===----------------------------------------------------------------------===//
// Syntax: a width and an optional word
//===----------------------------------------------------------------------===//

/// Parses `<` bits (`,` word)? `>` and sets `hasWord`.
static ParseResult parseWidthAndWord(AsmParser &parser, unsigned &bits,
                                     StringRef word, bool &hasWord) {
  hasWord = false;
  if (parser.parseLess() || parser.parseInteger(bits))
    return failure();
  if (succeeded(parser.parseOptionalComma())) {
    if (parser.parseKeyword(word))
      return failure();
    hasWord = true;
  }
  return parser.parseGreater();
}

Type Pow2Type::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  unsigned bits = 0;
  bool isNoZero = false;
  if (parseWidthAndWord(parser, bits, "nozero", isNoZero))
    return {};
  return parser.getChecked<Pow2Type>(loc, parser.getContext(), bits, !isNoZero);
}

void Pow2Type::print(AsmPrinter &printer) const {
  printer << "<" << getBits() << (getHasZero() ? ">" : ", nozero>");
}

Type IntType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  unsigned bits = 0;
  bool isNarrow = false;
  if (parseWidthAndWord(parser, bits, "narrow", isNarrow))
    return {};
  return parser.getChecked<IntType>(loc, parser.getContext(), bits, isNarrow);
}

void IntType::print(AsmPrinter &printer) const {
  printer << "<" << getBits() << (getIsNarrow() ? ", narrow>" : ">");
}
