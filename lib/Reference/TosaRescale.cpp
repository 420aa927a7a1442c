//===- TosaRescale.cpp - TOSA rescale -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Integers.h"
#include "lib/Reference/Predicates.h"
#include "lowbit/Numerics/TosaScale.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;

/// An element as the op reads it: tensors hold it sign-extended.
static int64_t readAs(int64_t value, unsigned width, bool isUnsigned) {
  return isUnsigned ? value & llvm::maskTrailingOnes<uint64_t>(width) : value;
}

/// What all channels have in common.
static numerics::TosaRescale commonRescale(tosa::RescaleOp op,
                                           Operands operands) {
  unsigned from = integerWidth(op.getInput()),
           to = integerWidth(op.getOutput());
  numerics::TosaRescale rescale = {};
  rescale.inputZeroPoint =
      readAs(scalar(*operands[3]), from, op.getInputUnsigned());
  rescale.outputZeroPoint =
      readAs(scalar(*operands[4]), to, op.getOutputUnsigned());
  rescale.scale32 = op.getScale32();
  rescale.rounding = op.getRoundingMode() == tosa::RoundingMode::DOUBLE_ROUND
                         ? numerics::TosaRounding::Double
                         : numerics::TosaRounding::Single;
  bool isUnsigned = op.getOutputUnsigned();
  rescale.lo = isUnsigned ? 0 : llvm::minIntN(to);
  rescale.hi =
      isUnsigned ? static_cast<int64_t>(llvm::maxUIntN(to)) : llvm::maxIntN(to);
  return rescale;
}

static FailureOr<Tensor> rescale(tosa::RescaleOp op, Operands operands) {
  ArrayRef<int64_t> multipliers = operands[1]->integers();
  ArrayRef<int64_t> shifts = operands[2]->integers();
  if (llvm::any_of(multipliers, [](int64_t m) { return m < 0; }))
    return op.emitError("a multiplier is negative");
  if (llvm::any_of(shifts, [](int64_t s) { return s < 2 || s > 62; }))
    return op.emitError("a shift is outside [2, 62]");
  numerics::TosaRescale rescale = commonRescale(op, operands);
  unsigned width = integerWidth(op.getInput());
  size_t channels = multipliers.size();
  std::vector<int64_t> values(operands[0]->integers());
  for (auto [index, value] : llvm::enumerate(values)) {
    size_t channel = index % channels;
    rescale.multiplier = static_cast<int32_t>(multipliers[channel]);
    rescale.shift = static_cast<unsigned>(shifts[channel]);
    value = rescale.apply(readAs(value, width, op.getInputUnsigned()));
  }
  return wrapTo<int64_t>(op.getOutput(), values);
}

/// INEXACT_ROUND leaves the result to the implementation, and MLIR has none.
/// Scales are multipliers of 32 bits for inputs of at most 32, or of 16.
static bool isExactRescale(Operation *op) {
  auto rescale = cast<tosa::RescaleOp>(op);
  if (rescale.getRoundingMode() == tosa::RoundingMode::INEXACT_ROUND ||
      !hasOnlyIntegers(op) || integerWidth(rescale.getOutput()) > 32 ||
      (rescale.getScale32() && integerWidth(rescale.getInput()) > 32) ||
      integerWidth(rescale.getMultiplier()) !=
          (rescale.getScale32() ? 32u : 16u))
    return false;
  ArrayRef<int64_t> shape = shapeOf(rescale.getInput());
  int64_t channels =
      rescale.getPerChannel() && !shape.empty() ? shape.back() : 1;
  return resultShape(op) == shape &&
         shapeOf(rescale.getMultiplier())[0] == channels &&
         shapeOf(rescale.getShift())[0] == channels;
}

void lowbit::reference::addTosaRescale(OpTable &table) {
  table.add<rescale>(isExactRescale);
}
