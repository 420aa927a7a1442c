//===- CompiledTest.h - Networks of random layers, compiled -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TEST_UNIT_CONVERSION_COMPILEDTEST_H
#define LOWBIT_TEST_UNIT_CONVERSION_COMPILEDTEST_H

#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Target/Network.h"
#include "lowbit/Target/Object.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

#include "gtest/gtest.h"

#include <random>

namespace lowbit {

/// Makes parts of random networks and compiles them for this process.
class CompiledTest : public testing::Test {
protected:
  explicit CompiledTest(unsigned seed);

  /// An integer in [lo, hi].
  int64_t pick(int64_t lo, int64_t hi) {
    return lo + static_cast<int64_t>(random() % (hi - lo + 1));
  }
  template <typename T> const T &pickFrom(llvm::ArrayRef<T> choices) {
    return choices[pick(0, static_cast<int64_t>(choices.size()) - 1)];
  }

  /// Rounds reals to the nearest levels: what leads from an argument to codes.
  mlir::Value createCodes(mlir::OpBuilder &builder, mlir::Value reals,
                          const numerics::LevelSet &set);

  /// Elements [first, ...) of the vector `all`, in `shape`.
  static mlir::Value createPart(mlir::OpBuilder &builder, mlir::Value all,
                                int64_t first, llvm::ArrayRef<int64_t> shape);

  void runPasses(mlir::ModuleOp module,
                 llvm::function_ref<void(mlir::OpPassManager &)> build);

  /// From L3 to L4, for kernels of `vectors`.
  void plan(mlir::ModuleOp module, const target::Vectors &vectors);
  /// From L4 to machine code; null after an error.
  std::unique_ptr<target::Network> compile(mlir::ModuleOp module,
                                           const target::Machine &machine);

  /// That a run uses; with several, whatever can be divided is.
  int64_t threads = 1;
  std::mt19937 random;
  mlir::MLIRContext context;
};

} // namespace lowbit

#endif // LOWBIT_TEST_UNIT_CONVERSION_COMPILEDTEST_H
