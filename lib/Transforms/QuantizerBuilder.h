//===- QuantizerBuilder.h - Quantizers in front of layers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_QUANTIZERBUILDER_H
#define LOWBIT_LIB_TRANSFORMS_QUANTIZERBUILDER_H

#include "lowbit/Numerics/LevelSet.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"

#include <utility>

namespace lowbit {

/// How an activation is quantized: to levels of `set`, times `scale`.
struct ActivationChoice {
  numerics::LevelSet set;
  float scale;
  /// Clipping ranges of the channels, where each has thresholds of its own.
  llvm::SmallVector<float> channelRanges = {};

  /// Whether the quantizer counts thresholds.
  bool usesThresholds() const;
  /// Whether the thresholds follow from a clipping range as those of
  /// squeeze-and-threshold do: of gapless sets with a positive level.
  bool hasRange() const;

  friend bool operator==(const ActivationChoice &,
                         const ActivationChoice &) = default;
};

/// Makes quantized versions of float values, each once for one choice.
class QuantizerBuilder {
public:
  /// `sums` holds the residual sums and how they become integers: other
  /// quantizers of a sum read that version of it.
  QuantizerBuilder(llvm::DenseMap<mlir::Value, ActivationChoice> sums,
                   SqueezeThresholdForm form)
      : sums(std::move(sums)), form(form) {}

  /// `value` quantized and back in float. Where an op that commutes with
  /// quantizers makes `value`, a copy of the op on quantized operands is the
  /// result, so that other readers of `value` keep theirs.
  mlir::Value quantize(mlir::Value value, const ActivationChoice &choice);

  unsigned numThresholds = 0, numQuantizers = 0;

private:
  mlir::Value create(mlir::Value value, const ActivationChoice &choice);
  mlir::Value quantizeOperands(mlir::Operation *op,
                               const ActivationChoice &choice);
  mlir::Value createThreshold(mlir::OpBuilder &builder, mlir::Value base,
                              const ActivationChoice &choice);
  mlir::Value createUniform(mlir::OpBuilder &builder, mlir::Value base,
                            const ActivationChoice &choice);

  llvm::DenseMap<mlir::Value, ActivationChoice> sums;
  SqueezeThresholdForm form;
  /// The versions made of each value; there are few.
  llvm::DenseMap<mlir::Value,
                 llvm::SmallVector<std::pair<ActivationChoice, mlir::Value>>>
      quantized;
};

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_QUANTIZERBUILDER_H
