//===- ModuleTest.cpp - Evaluating modules given as text -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"

#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitDialect.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lowbit::reference;

ModuleTest::ModuleTest()
    : handler(&context, [this](Diagnostic &diagnostic) {
        diagnostics += diagnostic.str() + "\n";
        for (Diagnostic &note : diagnostic.getNotes())
          diagnostics += note.str() + "\n";
        return success();
      }) {
  context.loadDialect<arith::ArithDialect, func::FuncDialect,
                      linalg::LinalgDialect, tensor::TensorDialect,
                      tosa::TosaDialect, lowbit::LowbitDialect,
                      lowbit::kernel::KernelDialect>();
}

func::FuncOp ModuleTest::parse(StringRef text) {
  module = parseSourceString<ModuleOp>(text, &context);
  auto function = module ? module->lookupSymbol<func::FuncOp>("main") : nullptr;
  EXPECT_TRUE(function) << diagnostics << text.str();
  return function;
}

std::vector<Tensor> ModuleTest::run(StringRef text, ArrayRef<Tensor> inputs) {
  func::FuncOp function = parse(text);
  if (!function)
    return {};
  FailureOr<Evaluator> evaluator = Evaluator::create(function);
  if (failed(evaluator))
    return {};
  FailureOr<std::vector<Tensor>> results = evaluator->run(inputs);
  return succeeded(results) ? *results : std::vector<Tensor>();
}

std::string ModuleTest::functionOf(StringRef arguments, StringRef body,
                                   StringRef result) {
  return ("func.func @main(" + arguments + ") -> " + result + " {\n" + body +
          "\nreturn %r : " + result + "\n}")
      .str();
}

Tensor ModuleTest::runBody(StringRef arguments, StringRef body,
                           StringRef result, ArrayRef<Tensor> inputs) {
  std::string text = functionOf(arguments, body, result);
  std::vector<Tensor> results = run(text, inputs);
  EXPECT_EQ(results.size(), 1u) << diagnostics << text;
  if (!results.empty())
    return results.front();
  auto type = dyn_cast_or_null<RankedTensorType>(parseType(result, &context));
  return type ? Tensor::zeros(type) : Tensor();
}

namespace {

/// An op of one or two operands of one dimension.
struct Application {
  std::string arguments, body, result;
  std::vector<Tensor> inputs;

  Application(StringRef op, StringRef from, StringRef to, const Integers &x,
              const Integers &y) {
    auto type = [](const Integers &values, StringRef element) {
      return llvm::formatv("tensor<{0}x{1}>", values.size(), element).str();
    };
    auto size = static_cast<int64_t>(x.size());
    result = type(x, to);
    arguments = "%x: " + type(x, from);
    inputs.push_back(Tensor({size}, x));
    std::string types = type(x, from);
    if (!y.empty()) {
      arguments += ", %y: " + type(y, from);
      types += ", " + type(y, from);
      inputs.push_back(Tensor({static_cast<int64_t>(y.size())}, y));
    }
    body = ("%r = " + op + " : (" + types + ") -> " + result).str();
  }
};

} // namespace

Integers ModuleTest::apply(StringRef op, StringRef from, StringRef to,
                           const Integers &x, const Integers &y) {
  Application application(op, from, to, x, y);
  return Integers(runBody(application.arguments, application.body,
                          application.result, application.inputs)
                      .integers());
}

void ModuleTest::expectRefused(StringRef arguments, StringRef body,
                               StringRef result) {
  diagnostics.clear();
  func::FuncOp function = parse(functionOf(arguments, body, result));
  EXPECT_TRUE(function && failed(Evaluator::create(function))) << body.str();
  EXPECT_NE(diagnostics.find("does not know this operation"), std::string::npos)
      << diagnostics;
}

void ModuleTest::expectApplyFails(StringRef op, StringRef from,
                                  const Integers &x, const Integers &y,
                                  StringRef text) {
  diagnostics.clear();
  Application application(op, from, from, x, y);
  EXPECT_TRUE(run(functionOf(application.arguments, application.body,
                             application.result),
                  application.inputs)
                  .empty());
  EXPECT_NE(diagnostics.find(text), std::string::npos) << diagnostics;
}

std::vector<int64_t> lowbit::reference::mixedIntegers(size_t count, int64_t lo,
                                                      int64_t hi) {
  std::vector<int64_t> values;
  uint32_t state = 12345;
  for (size_t i = 0; i < count; ++i) {
    state = state * 1664525 + 1013904223;
    values.push_back(lo + (state >> 8) % (hi - lo + 1));
  }
  return values;
}

std::vector<float> lowbit::reference::mixedFloats(size_t count) {
  std::vector<float> values;
  for (int64_t value : mixedIntegers(count, -32, 32))
    values.push_back(static_cast<float>(value) / 8);
  return values;
}
