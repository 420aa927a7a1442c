//===- InitAll.h - Everything that Lowbit registers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_INITALL_H
#define LOWBIT_INITALL_H

#include "mlir/IR/DialectRegistry.h"

namespace lowbit {

/// Our dialect and the upstream ones that the pipelines use.
void registerAllDialects(mlir::DialectRegistry &registry);

/// Interface implementations of those dialects that live in libraries of their
/// own: bufferization, inlining, translation to LLVM IR.
void registerAllExtensions(mlir::DialectRegistry &registry);

/// Our passes and pipelines.
void registerAllPasses();

} // namespace lowbit

#endif // LOWBIT_INITALL_H
