//===- LowbitToKernel.h - Planned layers to kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_CONVERSION_LOWBITTOKERNEL_LOWBITTOKERNEL_H
#define LOWBIT_LIB_CONVERSION_LOWBITTOKERNEL_LOWBITTOKERNEL_H

#include "lib/Conversion/LowbitToLinalg/Lowering.h"

namespace lowbit {

/// Layers with a `kernel.plan` become `kernel.conv2d`; others are left to the
/// patterns of LowbitToLinalg.
void populateKernelPatterns(mlir::RewritePatternSet &patterns,
                            const StorageTypeConverter &converter,
                            const OperandRanges &ranges);

} // namespace lowbit

#endif // LOWBIT_LIB_CONVERSION_LOWBITTOKERNEL_LOWBITTOKERNEL_H
