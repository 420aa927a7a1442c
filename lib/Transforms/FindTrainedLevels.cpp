//===- FindTrainedLevels.cpp - Levels that float weights were trained to --===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TrainedWeights.h"
#include "dialects/Lowbit/LowbitDialect.h"
#include "lowbit/Numerics/TrainedLevels.h"
#include "lowbit/Transforms/Passes.h"

namespace lowbit {
#define GEN_PASS_DEF_FINDTRAINEDLEVELSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
struct FindTrainedLevelsPass
    : lowbit::impl::FindTrainedLevelsPassBase<FindTrainedLevelsPass> {
  void runOnOperation() override {
    getOperation().walk([&](Operation *op) {
      if (op->hasAttr(kTrainedAttr))
        return;
      if (auto weights = getChannelWeights(op))
        annotate(op, *weights);
    });
  }

  void annotate(Operation *op, const ChannelWeights &weights) {
    auto found = numerics::findTrainedLevels(
        std::span<const float>(weights.values), weights.channels);
    if (!found)
      return;
    op->setAttr(kTrainedAttr,
                makeTrainedAttr(&getContext(), found->set, found->scales));
    ++numFound;
  }
};
} // namespace
