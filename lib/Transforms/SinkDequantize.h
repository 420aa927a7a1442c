//===- SinkDequantize.h - Scales move behind what they commute with -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_SINKDEQUANTIZE_H
#define LOWBIT_LIB_TRANSFORMS_SINKDEQUANTIZE_H

#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

namespace lowbit {

/// The dequantization that makes `value` with one scale and no bias: the same
/// whichever element it is applied to.
DequantizeOp getUniformDequantize(mlir::Value value);

/// Reshapes through one dimension, which fits every pair of shapes.
mlir::Value createReshape(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value value, llvm::ArrayRef<int64_t> shape);

/// `op` on codes, with the level `padding` around them; null where its widths
/// are not constant, or `padding` is no level of theirs.
mlir::Value createPad(mlir::OpBuilder &builder, mlir::tosa::PadOp op,
                      mlir::Value codes, int64_t padding);

/// `op`, which moves data or takes maxima, on codes of one level set, instead
/// of on numbers that are these codes times `scale`; null if it has no integer
/// form.
mlir::Value applyToCodes(mlir::OpBuilder &builder, mlir::Operation *op,
                         mlir::ValueRange codes, float scale);

/// Patterns that split squeeze_threshold into codes and scale, and let scales
/// move down behind data movement, concats of equal scales, pads and pools,
/// which then work on codes.
void populateSinkDequantizePatterns(mlir::RewritePatternSet &patterns);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_SINKDEQUANTIZE_H
