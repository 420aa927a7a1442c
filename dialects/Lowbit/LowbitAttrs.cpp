//===- LowbitAttrs.cpp - Enumerations and attributes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitAttrs.h"

#include "dialects/Lowbit/LowbitDialect.h"
#include "dialects/Lowbit/LowbitTypes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;

#include "dialects/Lowbit/LowbitEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Lowbit/LowbitAttrs.cpp.inc"

void LowbitDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Lowbit/LowbitAttrs.cpp.inc"
      >();
}

/// Activations of a scheme are codes of as many bits as it says.
static LogicalResult
verifyActivations(function_ref<InFlightDiagnostic()> emitError, unsigned bits,
                  Type activations) {
  if (!activations)
    return success();
  auto levels = dyn_cast<LevelSetTypeInterface>(activations);
  if (!levels)
    return emitError()
           << "activations of a scheme must be a level-set type, not "
           << activations;
  unsigned codeBits = levels.getLevelSet().codeBits();
  if (bits != codeBits)
    return emitError() << "activation_bits is " << bits << ", but codes of "
                       << activations << " have " << codeBits;
  return success();
}

LogicalResult SchemeAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 Type weights, unsigned activationBits,
                                 unsigned residualBits, bool multiplierFree,
                                 Type activations, Granularity, Granularity) {
  auto levels = dyn_cast<LevelSetTypeInterface>(weights);
  if (!levels)
    return emitError() << "weights of a scheme must be a level-set type, not "
                       << weights;
  if (activationBits > 16)
    return emitError() << "activation_bits is " << activationBits
                       << ", must be in [0, 16]";
  if (residualBits < 2 || residualBits > 16)
    return emitError() << "residual_bits is " << residualBits
                       << ", must be in [2, 16]";
  if (multiplierFree && !levels.getLevelSet().isMultiplierFree())
    return emitError() << "weights " << weights
                       << " need multiplications, but the scheme asks for "
                          "none";
  return verifyActivations(emitError, activationBits, activations);
}

LogicalResult TrainedAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  Type levels, DenseFPElementsAttr scales) {
  if (!isa<LevelSetTypeInterface>(levels))
    return emitError() << "trained levels must be a level-set type, not "
                       << levels;
  auto type = cast<ShapedType>(scales.getType());
  if (type.getRank() != 1 || !type.getElementType().isF32())
    return emitError() << "scales of trained levels must be a 1-D tensor of "
                          "f32, not "
                       << type;
  if (llvm::any_of(scales.getValues<float>(),
                   [](float scale) { return !std::isfinite(scale); }))
    return emitError() << "scales of trained levels must be finite";
  return success();
}

numerics::Rounding lowbit::getRounding(RoundingMode mode) {
  switch (mode) {
  case RoundingMode::HalfUp:
    return numerics::Rounding::HalfUp;
  case RoundingMode::HalfEven:
    return numerics::Rounding::HalfEven;
  case RoundingMode::HalfAway:
    return numerics::Rounding::HalfAway;
  case RoundingMode::Floor:
    return numerics::Rounding::Floor;
  case RoundingMode::TosaDouble:
    return numerics::Rounding::TosaDouble;
  }
  llvm_unreachable("all roundings are listed");
}

numerics::Layout lowbit::getLayout(PackedLayout layout) {
  switch (layout) {
  case PackedLayout::Bits:
    return numerics::Layout::Bits;
  case PackedLayout::Base3:
    return numerics::Layout::Base3;
  }
  llvm_unreachable("all layouts are listed");
}
