//===- Evaluator.h - The readable oracle of every other path -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_REFERENCE_EVALUATOR_H
#define LOWBIT_REFERENCE_EVALUATOR_H

#include "lowbit/Reference/Tensor.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <memory>

namespace lowbit::reference {

/// Called with every value that an operation of the evaluated function (or of
/// a function it calls) produces, constants excepted, in program order.
using Observer = llvm::function_ref<void(mlir::Value, const Tensor &)>;

/// Evaluates a function over TOSA (f32 and signless integers), `lowbit`,
/// `tensor`, `arith.constant` and `func.call`, at any level of the ladder down
/// to the planned one, in the plainest way: one function per op, no fusion. The
/// integer semantics are those of docs/Semantics.md through lowbit::numerics;
/// float sums run in binary32 in the order of the loops.
///
/// Creation checks that every op can be evaluated and reads the constants;
/// afterwards the object is immutable and `run` may be called from several
/// threads at once.
class Evaluator {
public:
  /// Fails with a diagnostic at the first op that cannot be evaluated.
  static mlir::FailureOr<Evaluator> create(mlir::func::FuncOp function);

  /// Runs the function. Input kinds and shapes must be those of its arguments;
  /// a mismatch is a diagnostic at the function.
  mlir::FailureOr<std::vector<Tensor>> run(llvm::ArrayRef<Tensor> inputs,
                                           Observer observer = {}) const;

  /// What creation finds out; opaque to users.
  struct Program;

private:
  explicit Evaluator(mlir::func::FuncOp function) : function(function) {}

  mlir::func::FuncOp function;
  std::shared_ptr<const Program> program;
};

/// Whether `op` is one that the evaluator knows and all of its operands are
/// constant.
bool isConstantExpression(mlir::Operation *op);

/// The value of an operation for which `isConstantExpression` holds; fails with
/// a diagnostic when a constant cannot be read.
mlir::FailureOr<Tensor> evaluateConstantExpression(mlir::Operation *op);

} // namespace lowbit::reference

#endif // LOWBIT_REFERENCE_EVALUATOR_H
