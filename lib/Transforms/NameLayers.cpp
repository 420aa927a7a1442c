//===- NameLayers.cpp - Which layer each operation belongs to -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace lowbit {
#define GEN_PASS_DEF_NAMELAYERSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// How many operands are computed: neither constants nor shapes.
static unsigned countComputedOperands(Operation *op) {
  return llvm::count_if(op->getOperands(), [](Value operand) {
    return isa<RankedTensorType>(operand.getType()) &&
           !matchPattern(operand, m_Constant());
  });
}

/// Whether the integer arithmetic `op` is part of the layer that computes its
/// operand: what follows a sum on its way to the next layer.
static bool continuesIntegers(Operation *op) {
  if (isa<tosa::RescaleOp, tosa::ClampOp, tosa::CastOp, tosa::TableOp>(op) ||
      isDataMovement(op))
    return true;
  return isa<tosa::AddOp, tosa::SubOp, tosa::MulOp>(op) &&
         countComputedOperands(op) == 1;
}

/// The kind of an integer operation that is no layer in float, either.
static StringRef getIntegerKind(Operation *op) {
  if (continuesIntegers(op))
    return "";
  bool isSum = isa<tosa::AddOp>(op) && countComputedOperands(op) == 2;
  return isSum ? "add" : "head";
}

/// The kind of layer that `op` starts; empty when it continues another.
static StringRef getLayerKind(Operation *op) {
  if (isa<tosa::Conv2DOp>(op))
    return "conv";
  if (isa<tosa::DepthwiseConv2DOp>(op))
    return "depthwise";
  if (isa<tosa::MatMulOp>(op))
    return "matmul";
  if (isa<tosa::AvgPool2dOp, tosa::MaxPool2dOp>(op) || isSpatialReduction(op))
    return "pool";
  if (!touchesFloat(op))
    return getIntegerKind(op);
  if (isResidualAdd(op))
    return "add";
  if (isa<tosa::ConcatOp>(op))
    return "concat";
  if (matchElementwiseStep(op) || isDataMovement(op) || getPadding(op))
    return "";
  return "float";
}

/// The innermost name of a location: `loc("conv1")`, also inside fused and
/// call-site locations.
static StringRef getLocationName(Location loc) {
  if (auto name = dyn_cast<NameLoc>(loc))
    return name.getName().strref();
  if (auto fused = dyn_cast<FusedLoc>(loc))
    for (Location part : fused.getLocations())
      if (StringRef name = getLocationName(part); !name.empty())
        return name;
  if (auto call = dyn_cast<CallSiteLoc>(loc))
    return getLocationName(call.getCallee());
  return "";
}

/// `name` as a C identifier.
static std::string sanitize(StringRef name) {
  std::string text = name.str();
  for (char &c : text)
    if (!llvm::isAlnum(c))
      c = '_';
  if (!llvm::isAlpha(text[0]))
    text.insert(0, "layer_");
  return text;
}

namespace {
struct NameLayersPass : lowbit::impl::NameLayersPassBase<NameLayersPass> {
  void runOnOperation() override {
    used.clear();
    counts.clear();
    groups.clear();
    for (Operation &op : getOperation().getOps()) {
      if (!isa<tosa::TosaDialect>(op.getDialect()) ||
          matchPattern(&op, m_Constant()) || isa<tosa::ConstShapeOp>(op))
        continue;
      StringRef kind = getLayerKind(&op);
      // Arithmetic after a group of arithmetic (softmax, say) continues it; of
      // integers, sums inside of it too.
      bool isArithmetic = kind == "float" || kind == "head" ||
                          (kind == "add" && !touchesFloat(&op));
      StringAttr layer = getProducerLayer(op, isArithmetic);
      bool continuesGroup = isArithmetic && layer && groups.contains(layer);
      if (!layer || (!kind.empty() && !continuesGroup)) {
        layer = makeName(op, kind.empty() ? getFirstKind(&op) : kind);
        if (kind == "float" || kind == "head")
          groups.insert(layer);
        ++numLayers;
      }
      op.setAttr(kLayerAttr, layer);
    }
  }

  /// The kind of what precedes all layers.
  static StringRef getFirstKind(Operation *op) {
    return touchesFloat(op) ? "float" : "input";
  }

  /// The layer of the first computed operand, or, when `prefersGroup`, of the
  /// first one that a group of arithmetic computes.
  StringAttr getProducerLayer(Operation &op, bool prefersGroup) {
    StringAttr first;
    for (Value operand : op.getOperands()) {
      Operation *producer = operand.getDefiningOp();
      auto layer = producer ? producer->getAttrOfType<StringAttr>(kLayerAttr)
                            : StringAttr();
      if (layer && (!prefersGroup || groups.contains(layer)))
        return layer;
      if (!first)
        first = layer;
    }
    return first;
  }

  StringAttr makeName(Operation &op, StringRef kind) {
    StringRef given = getLocationName(op.getLoc());
    std::string name =
        given.empty() ? (kind + Twine(counts[kind]++)).str() : sanitize(given);
    std::string unique = name;
    for (unsigned i = 1; !used.insert(unique).second; ++i)
      unique = name + "_" + std::to_string(i);
    return StringAttr::get(&getContext(), unique);
  }

  llvm::StringSet<> used;
  llvm::StringMap<unsigned> counts;
  /// Layers of arithmetic that is no layer of its own kind.
  llvm::DenseSet<StringAttr> groups;
};
} // namespace
