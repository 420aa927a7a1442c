//===- LowbitToLinalg.cpp - Codes to plain integers, lowbit ops to linalg -*-
// C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/LowbitToKernel/LowbitToKernel.h"
#include "lib/Conversion/LowbitToLinalg/Lowering.h"

#include "dialects/Kernel/KernelDialect.h"
#include "lowbit/Conversion/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"

namespace lowbit {
#define GEN_PASS_DEF_CONVERTLOWBITTOLINALGPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

namespace {
struct ConvertLowbitToLinalgPass
    : lowbit::impl::ConvertLowbitToLinalgPassBase<ConvertLowbitToLinalgPass> {
  void runOnOperation() override {
    OperandRanges ranges(getOperation());
    StorageTypeConverter converter;
    ConversionTarget target(getContext());
    target.addIllegalDialect<LowbitDialect>();
    target.addLegalDialect<kernel::KernelDialect>();
    target.markUnknownOpDynamicallyLegal(
        [&](Operation *op) { return converter.isLegal(op); });
    target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
      return converter.isSignatureLegal(op.getFunctionType());
    });
    RewritePatternSet patterns(&getContext());
    populateKernelPatterns(patterns, converter, ranges);
    populateLayerPatterns(patterns, converter);
    populateGroupedConvolutionPatterns(patterns, converter);
    populateDataMovementPatterns(patterns, converter);
    populateElementwisePatterns(patterns, converter);
    populateThresholdPatterns(patterns, converter);
    populateAffinePatterns(patterns, converter, ranges);
    populateStoragePatterns(patterns, converter);
    populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                   converter);
    populateCallOpTypeConversionPattern(patterns, converter);
    populateReturnOpTypeConversionPattern(patterns, converter);
    if (failed(applyPartialConversion(getOperation(), target,
                                      std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
