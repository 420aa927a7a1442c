//===- OpEvaluators.h - From an op to the function that computes it -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_REFERENCE_OPEVALUATORS_H
#define LOWBIT_LIB_REFERENCE_OPEVALUATORS_H

#include "lowbit/Reference/Tensor.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringMap.h"

namespace lowbit::reference {

using Operands = llvm::ArrayRef<const Tensor *>;

/// One tensor for each result of an op.
using Results = llvm::SmallVector<Tensor, 1>;

/// Computes the results of an op. Fails, with a diagnostic at the op, only
/// where the values of the operands are to blame.
using OpEvaluator = mlir::FailureOr<Results> (*)(mlir::Operation *, Operands);

/// Whether the element types and shapes of an op can be evaluated. It closes
/// what the op's verifier leaves open, so that evaluators need not look again.
using OpPredicate = bool (*)(mlir::Operation *);

inline mlir::FailureOr<Results> makeResults(mlir::FailureOr<Tensor> only) {
  if (mlir::failed(only))
    return mlir::failure();
  Results results;
  results.push_back(*std::move(only));
  return results;
}
inline mlir::FailureOr<Results> makeResults(Results results) { return results; }

/// Wraps `evaluate(SomeOp, Operands)`, which returns a Tensor, a
/// FailureOr<Tensor> or Results.
template <auto evaluate> struct TypedEvaluator;
template <typename Result, typename Op, Result (*evaluate)(Op, Operands)>
struct TypedEvaluator<evaluate> {
  using OpType = Op;
  static mlir::FailureOr<Results> call(mlir::Operation *op, Operands operands) {
    return makeResults(evaluate(llvm::cast<Op>(op), operands));
  }
};

/// The evaluators by the names of their ops. Several may serve one op; the
/// first that accepts it is taken.
class OpTable {
public:
  /// A table of all ops that produce a value and are neither a constant nor a
  /// call.
  OpTable();

  template <auto evaluate> void add(OpPredicate accepts = nullptr) {
    using Typed = TypedEvaluator<evaluate>;
    rules[Typed::OpType::getOperationName()].push_back({Typed::call, accepts});
  }

  /// Null where the op is unknown or not of a form that can be evaluated.
  OpEvaluator find(mlir::Operation *op) const;

private:
  struct Rule {
    OpEvaluator evaluate;
    OpPredicate accepts;
  };
  llvm::StringMap<llvm::SmallVector<Rule, 2>> rules;
};

void addTosaElementwise(OpTable &table);
void addTosaIntegerElementwise(OpTable &table);
void addTosaWindows(OpTable &table);
void addTosaIntegerWindows(OpTable &table);
void addTosaRescale(OpTable &table);
void addTosaReductions(OpTable &table);
void addTosaResize(OpTable &table);
void addTosaShapes(OpTable &table);
void addLowbitOps(OpTable &table);
void addThresholdOps(OpTable &table);
void addTensorOps(OpTable &table);
void addKernelOps(OpTable &table);

/// The value of a ConstantLike op; fails with a diagnostic when its attribute
/// cannot be read (a missing resource, say).
mlir::FailureOr<Tensor> readConstant(mlir::Operation *op);

/// The elements of a `dense` or `dense_resource` attribute.
std::optional<Tensor> readElements(mlir::Attribute attr);

inline llvm::ArrayRef<int64_t> shapeOf(mlir::Value value) {
  return llvm::cast<mlir::ShapedType>(value.getType()).getShape();
}
inline llvm::ArrayRef<int64_t> resultShape(mlir::Operation *op) {
  return shapeOf(op->getResult(0));
}

} // namespace lowbit::reference

#endif // LOWBIT_LIB_REFERENCE_OPEVALUATORS_H
