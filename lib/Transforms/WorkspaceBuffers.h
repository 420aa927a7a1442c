//===- WorkspaceBuffers.h - Lives of a network's buffers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_WORKSPACEBUFFERS_H
#define LOWBIT_LIB_TRANSFORMS_WORKSPACEBUFFERS_H

#include "lib/Transforms/WorkspacePlacement.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace lowbit {

/// A call of a layer, and the buffers that are its arguments as a whole.
struct LayerCall {
  struct Argument {
    unsigned index;  ///< of the call's operands
    unsigned buffer; ///< of WorkspaceBuffers::problem
  };
  mlir::func::CallOp call;
  mlir::func::FuncOp layer;
  /// Of buffers that `layer` gets once only; ascending indices.
  llvm::SmallVector<Argument> arguments;
};

/// All buffers of a network, as a problem of placement. Positions are those of
/// the operations in program order, those of a layer in the place of its call.
struct WorkspaceBuffers {
  PlacementProblem problem;
  /// The allocations, and the buffer in which each lies: allocations that an
  /// elementwise operation passes over in place are one buffer.
  llvm::SmallVector<std::pair<mlir::memref::AllocOp, unsigned>> allocations;
  /// `problem.scopes` are theirs, in this order.
  llvm::SmallVector<LayerCall> calls;

  /// The layer whose operations are at `position`; empty outside of layers.
  llvm::StringRef getLayerAt(int64_t position) const;
};

/// Reads the buffers off `function`, whose body is one block and whose layers
/// do not allocate. The types of its allocations are static with identity
/// layout.
///
/// A buffer lives from the first to the last use of it or of a view of it;
/// every operation that returns a buffer for a buffer is taken for a view. In a
/// private function with one block and one call the uses are seen one by one;
/// any other call uses its arguments from start to end.
WorkspaceBuffers collectBuffers(mlir::func::FuncOp function);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_WORKSPACEBUFFERS_H
