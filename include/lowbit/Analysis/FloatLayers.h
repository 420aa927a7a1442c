//===- FloatLayers.h - Float layers as kernels see them -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_ANALYSIS_FLOATLAYERS_H
#define LOWBIT_ANALYSIS_FLOATLAYERS_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <variant>

namespace lowbit {

/// A float convolution or matrix product of TOSA with constant weights.
struct FloatLayer {
  llvm::SmallVector<int64_t> image;  ///< N, H, W, C, without padding
  llvm::SmallVector<int64_t> output; ///< N, OH, OW, O
  int64_t filterHeight, filterWidth;
  llvm::SmallVector<int64_t> pad; ///< top, bottom, left, right
  llvm::SmallVector<int64_t> stride, dilation;
  bool isDepthwise; ///< output channel o reads input channel o only
  /// Whether weights are in the order [KH][KW][C][O]; else [O][KH][KW][C].
  bool hasOutputsLast;

  bool isPadded() const;
};

/// Whether `op` is a convolution or matrix product on f32.
bool isFloatLayer(mlir::Operation *op);

/// Sizes of a float layer, or why no kernel computes it. Pixels of layers
/// without a window, which reads neighbours, are one row.
std::variant<FloatLayer, llvm::StringRef> readFloatLayer(mlir::Operation *op);

} // namespace lowbit

#endif // LOWBIT_ANALYSIS_FLOATLAYERS_H
