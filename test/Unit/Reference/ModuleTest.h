//===- ModuleTest.h - Evaluating modules given as text -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TEST_UNIT_REFERENCE_MODULETEST_H
#define LOWBIT_TEST_UNIT_REFERENCE_MODULETEST_H

#include "lowbit/Reference/Evaluator.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include "gtest/gtest.h"

namespace lowbit::reference {

using Floats = std::vector<float>;
using Integers = std::vector<int64_t>;

/// Parses modules and runs their function @main. Diagnostics are collected.
class ModuleTest : public testing::Test {
protected:
  ModuleTest();

  /// Parses `text`; an error is a failed test. The module lives until the next
  /// call.
  mlir::func::FuncOp parse(llvm::StringRef text);

  /// The results of @main, or nothing after a diagnostic.
  std::vector<Tensor> run(llvm::StringRef text, llvm::ArrayRef<Tensor> inputs);

  /// The result of `@main(arguments) -> result` made of `body`, which defines
  /// %r; zeros after a diagnostic, which is a failed test.
  Tensor runBody(llvm::StringRef arguments, llvm::StringRef body,
                 llvm::StringRef result, llvm::ArrayRef<Tensor> inputs);

  /// The integers that `op`, a line that reads %x and %y, gives for operands of
  /// one dimension. `from` and `to` are element types.
  Integers apply(llvm::StringRef op, llvm::StringRef from, llvm::StringRef to,
                 const Integers &x, const Integers &y = {});

  /// Expects that @main made of `arguments` and `body` cannot be evaluated.
  void expectRefused(llvm::StringRef arguments, llvm::StringRef body,
                     llvm::StringRef result);

  /// Expects that `apply` fails with a diagnostic of `text`.
  void expectApplyFails(llvm::StringRef op, llvm::StringRef from,
                        const Integers &x, const Integers &y,
                        llvm::StringRef text);

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::string diagnostics;

private:
  /// A function of `body`, which defines %r.
  static std::string functionOf(llvm::StringRef arguments, llvm::StringRef body,
                                llvm::StringRef result);

  mlir::ScopedDiagnosticHandler handler;
};

/// Small integers without a pattern, in [lo, hi].
std::vector<int64_t> mixedIntegers(size_t count, int64_t lo, int64_t hi);

/// Multiples of 1/8 in [-4, 4]: sums of a few products are exact in binary32.
std::vector<float> mixedFloats(size_t count);

} // namespace lowbit::reference

#endif // LOWBIT_TEST_UNIT_REFERENCE_MODULETEST_H
