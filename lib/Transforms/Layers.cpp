//===- Layers.cpp - What passes ask of the operations of a layer -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"

#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit;

bool lowbit::isLayerWithWeights(Operation *op) {
  return isa<tosa::Conv2DOp, tosa::DepthwiseConv2DOp, tosa::TransposeConv2DOp,
             tosa::Conv3DOp, tosa::MatMulOp>(op);
}

bool lowbit::touchesFloat(Operation *op) {
  auto isFloat = [](Type type) {
    return isa<FloatType>(getElementTypeOrSelf(type));
  };
  return llvm::any_of(op->getOperandTypes(), isFloat) ||
         llvm::any_of(op->getResultTypes(), isFloat);
}

LogicalResult lowbit::verifyIsTosa(Operation *op) {
  if (isa_and_nonnull<tosa::TosaDialect, LowbitDialect>(op->getDialect()) ||
      matchPattern(op, m_Constant()))
    return success();
  auto diagnostic = op->emitError()
                    << "operation '" << op->getName() << "' is not TOSA";
  diagnostic.attachNote() << "networks enter as TOSA; convert the model with a "
                             "TOSA exporter";
  return diagnostic;
}

StringRef lowbit::getLayerName(Operation *op) {
  auto layer = op->getAttrOfType<StringAttr>(kLayerAttr);
  return layer ? layer.strref() : StringRef("(unnamed)");
}

bool lowbit::hasElements(Value value, unsigned bits) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.hasStaticShape() &&
         type.getElementType().isSignlessInteger(bits);
}

std::optional<int64_t> lowbit::getZeroPoint(Value value) {
  auto values = getConstantIntegers(value);
  if (!values || values->size() != 1)
    return std::nullopt;
  return values->front();
}

bool lowbit::isPadded(tosa::AvgPool2dOp op) {
  return llvm::any_of(op.getPad(), [](int64_t pad) { return pad != 0; });
}

void lowbit::copyLayer(Operation *from, Operation *to) {
  if (!from)
    return;
  for (StringRef name : {StringRef(kLayerAttr), StringRef(kMultiplierFreeAttr)})
    if (Attribute attr = from->getAttr(name))
      to->setAttr(name, attr);
}

void lowbit::extendMultiplierFreedom(Operation *function) {
  llvm::DenseSet<Attribute> weighted;
  function->walk([&](Operation *op) {
    if (isa<Conv2DOp, MatmulOp>(op))
      weighted.insert(op->getAttr(kLayerAttr));
  });
  function->walk([&](Operation *op) {
    if (isa<AddOp, RescaleOp, ThresholdOp, SumPool2DOp, MaxPool2DOp>(op) &&
        !getElementTypeOrSelf(op->getOperand(0)).isF32() &&
        !weighted.contains(op->getAttr(kLayerAttr)))
      op->setAttr(kMultiplierFreeAttr, UnitAttr::get(op->getContext()));
  });
}
