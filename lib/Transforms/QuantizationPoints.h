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

#include <vector>

namespace lowbit {

/// Operand `operand` of `user` is to read `source`, quantized to `bits`, in
/// place of its own value, which data movement and max pools (`path`, from the
/// operand upwards) derive from `source`.
struct QuantizedUse {
  mlir::Operation *user;
  unsigned operand;
  mlir::Value source;
  unsigned bits;
  llvm::SmallVector<mlir::Operation *> path;
};

/// Where quantizers go in a function with schemes.
struct QuantizationPoints {
  std::vector<QuantizedUse> uses;
  /// Bits of values kept for residual adds and pools.
  unsigned residualBits = 16;
  /// The sources of all uses, without repetition, in program order.
  std::vector<mlir::Value> sources;
};

/// Finds them: inputs of layers with a scheme; operands of the residual adds
/// and average pools that those inputs are computed from, except sums of such
/// layers, which add up exactly as they are.
QuantizationPoints findQuantizationPoints(mlir::func::FuncOp function);

/// Whether `value` is a residual add followed by per-channel steps only.
bool followsResidualAdd(mlir::Value value);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_QUANTIZATIONPOINTS_H
