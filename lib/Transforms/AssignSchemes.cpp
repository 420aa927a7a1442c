//===- AssignSchemes.cpp - A recipe's wishes onto layers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Recipe/Recipe.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringExtras.h"

namespace lowbit {
#define GEN_PASS_DEF_ASSIGNSCHEMESPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Why the compiler cannot make `op` an integer layer; empty if it can.
static StringRef getObstacle(Operation *op) {
  Value weight = op->getOperand(1);
  if (isa<tosa::TransposeConv2DOp, tosa::Conv3DOp>(op))
    return "only 2-D convolutions and matrix products have integer kernels";
  if (!touchesFloat(op))
    return "it computes on integers that have no float form";
  if (!matchPattern(weight, m_Constant()))
    return "the weights are not constant";
  if (auto matmul = dyn_cast<tosa::MatMulOp>(op))
    if (cast<RankedTensorType>(matmul.getA().getType()).getDimSize(0) != 1)
      return "batched matrix products stay in float";
  return "";
}

static Granularity getGranularity(recipe::Granularity granularity) {
  return granularity == recipe::Granularity::Channel ? Granularity::Channel
                                                     : Granularity::Layer;
}

namespace {
struct AssignSchemesPass
    : lowbit::impl::AssignSchemesPassBase<AssignSchemesPass> {
  using AssignSchemesPassBase::AssignSchemesPassBase;

  void runOnOperation() override {
    if (recipe.empty()) {
      getOperation().emitError("no recipe is given; pass recipe=FILE");
      return signalPassFailure();
    }
    auto loaded = recipe::loadRecipe(recipe);
    if (!loaded) {
      emitError(UnknownLoc::get(&getContext())) << toString(loaded.takeError());
      return signalPassFailure();
    }
    SmallVector<Operation *> layers;
    for (Operation &op : getOperation().getOps())
      if (isLayerWithWeights(&op))
        layers.push_back(&op);
    if (failed(checkOverrides(*loaded, layers)))
      return signalPassFailure();
    for (auto [index, op] : llvm::enumerate(layers))
      if (failed(assign(op, recipe::resolve(*loaded, getLayer(op), index,
                                            layers.size(), getTrained(op)))))
        signalPassFailure();
  }

  static std::optional<numerics::LevelSet> getTrained(Operation *op) {
    auto trained = op->getAttrOfType<TrainedAttr>(kTrainedAttr);
    return trained ? getLevelSet(trained.getLevels()) : std::nullopt;
  }

  static StringRef getLayer(Operation *op) {
    auto layer = op->getAttrOfType<StringAttr>(kLayerAttr);
    return layer ? layer.strref() : "";
  }

  /// Every override must name a layer that exists.
  LogicalResult checkOverrides(const recipe::Recipe &loaded,
                               ArrayRef<Operation *> layers) {
    for (const recipe::LayerOverride &entry : loaded.layers) {
      bool exists = entry.index ? *entry.index < layers.size()
                                : llvm::any_of(
                                      layers,
                                      [&](Operation *op) {
                                        return getLayer(op) == *entry.layer;
                                      });
      if (exists)
        continue;
      auto diagnostic = getOperation().emitError() << "recipe '" << recipe;
      if (entry.index)
        diagnostic << "' has an override for layer number " << *entry.index
                   << ", but there are " << layers.size() << " layers";
      else
        diagnostic << "' has an override for layer '" << *entry.layer
                   << "', which does not exist";
      diagnostic.attachNote()
          << "layers are: "
          << llvm::join(llvm::map_range(layers, getLayer), ", ");
      return failure();
    }
    return success();
  }

  LogicalResult assign(Operation *op, const recipe::LayerSettings &settings) {
    auto keepFloat = [&](StringRef reason) {
      op->setAttr(kReasonAttr, StringAttr::get(&getContext(), reason));
      return success();
    };
    if (!settings.weights->levels)
      return keepFloat("the recipe keeps this layer in float");
    if (StringRef obstacle = getObstacle(op); !obstacle.empty())
      return keepFloat(obstacle);
    if (!settings.activations)
      return op->emitError()
             << "recipe '" << recipe << "' says no activation bits for layer '"
             << getLayer(op) << "'; add 'activations' to it or to 'defaults'";
    const numerics::LevelSet &set = *settings.weights->levels;
    Type activations;
    if (settings.activations->levels)
      activations =
          getLevelSetType(&getContext(), *settings.activations->levels);
    op->setAttr(kSchemeAttr,
                SchemeAttr::get(&getContext(),
                                getLevelSetType(&getContext(), set),
                                settings.activations->bits, *settings.residual,
                                *settings.multiplierFree, activations,
                                getGranularity(*settings.thresholds),
                                getGranularity(*settings.scales)));
    ++numAssigned;
    return success();
  }
};
} // namespace
