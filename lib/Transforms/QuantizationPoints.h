//===- QuantizationPoints.h - Which float values need quantizers -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_QUANTIZATIONPOINTS_H
#define LOWBIT_LIB_TRANSFORMS_QUANTIZATIONPOINTS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/SetVector.h"

#include <vector>

namespace lowbit {

/// Operand `operand` of `user` is to read its value quantized, in the way that
/// is chosen for group number `group`, by quantizers at `sources`.
struct QuantizedUse {
  mlir::Operation *user;
  unsigned operand;
  llvm::SetVector<mlir::Value> sources;
  unsigned group;
};

/// Values that get one quantizer each, all of the same levels and scale.
/// Quantizers stand as far up as ops commute with them, so that one value may
/// be read through several such ops, and a concat reads several values: uses of
/// the same bits and levels that share a value are one group, and so no value
/// gets two quantizers of the same bits and levels.
struct QuantizationGroup {
  unsigned bits;
  /// The level set that is asked for; null leaves the choice to the bits.
  mlir::Type levels;
  llvm::SetVector<mlir::Value> sources;
  /// Constants that pads on the way add to the sources' elements.
  llvm::SmallVector<float> paddings;
};

/// Where quantizers go in a function with schemes.
struct QuantizationPoints {
  std::vector<QuantizedUse> uses;
  std::vector<QuantizationGroup> groups;
  /// Bits of values kept for residual adds and pools.
  unsigned residualBits = 16;
};

/// Finds them: inputs of layers with a scheme; operands of the residual adds
/// and average pools that those inputs are computed from, except sums of such
/// layers, which add up exactly as they are.
QuantizationPoints findQuantizationPoints(mlir::func::FuncOp function);

/// Whether `value` is a residual add followed by per-channel steps only.
bool followsResidualAdd(mlir::Value value);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_QUANTIZATIONPOINTS_H
