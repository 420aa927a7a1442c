//===- Constants.cpp - Values of constant ops -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lib/Reference/OpEvaluators.h"
#include "lowbit/Numerics/Packing.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;

std::optional<Tensor> lowbit::reference::readElements(Attribute attr) {
  auto elements = dyn_cast<ElementsAttr>(attr);
  if (!elements)
    return std::nullopt;
  ArrayRef<int64_t> shape = elements.getShapedType().getShape();
  if (auto floats = getFloats(attr))
    return Tensor(shape, std::vector<float>(floats->begin(), floats->end()));
  auto integers = getIntegers(attr);
  if (!integers)
    return std::nullopt;
  std::vector<int64_t> values(integers->begin(), integers->end());
  if (elements.getElementType().isInteger(1))
    for (int64_t &value : values)
      value &= 1;
  return Tensor(shape, std::move(values));
}

static std::optional<Tensor> readCodes(ConstantOp op) {
  auto type = cast<RankedTensorType>(op.getType());
  SmallVector<uint8_t> storage;
  auto bytes = getBytes(op.getCodes(), storage);
  if (!bytes)
    return std::nullopt;
  if (isa<PackedType>(type.getElementType()))
    return Tensor(type.getShape(),
                  std::vector<int64_t>(bytes->begin(), bytes->end()));
  auto levels =
      numerics::unpackLevels(*bytes, type.getNumElements(), *getLevelSet(type));
  if (!levels)
    return std::nullopt;
  return Tensor(type.getShape(),
                std::vector<int64_t>(levels->begin(), levels->end()));
}

static std::optional<Tensor> readAttribute(Operation *op) {
  if (auto codes = dyn_cast<ConstantOp>(op))
    return readCodes(codes);
  Attribute attr;
  if (!matchPattern(op, m_Constant(&attr)))
    return std::nullopt;
  if (auto real = dyn_cast<FloatAttr>(attr); real && real.getType().isF32())
    return Tensor({}, std::vector<float>{real.getValue().convertToFloat()});
  if (auto integer = dyn_cast<IntegerAttr>(attr);
      integer && integer.getValue().getBitWidth() <= 64) {
    int64_t value = integer.getValue().getSExtValue();
    bool isBoolean = integer.getType().isInteger(1);
    return Tensor({}, std::vector<int64_t>{isBoolean ? value & 1 : value});
  }
  return readElements(attr);
}

FailureOr<Tensor> lowbit::reference::readConstant(Operation *op) {
  if (auto tensor = readAttribute(op))
    return *std::move(tensor);
  return op->emitError("the reference evaluator cannot read this constant");
}
