//===- EvaluatorTest.cpp - Unit tests of creating and running evaluators -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"

#include <thread>

using namespace lowbit::reference;

namespace {

class EvaluatorTest : public ModuleTest {
protected:
  void expectDiagnostic(llvm::StringRef text) {
    EXPECT_NE(diagnostics.find(text), std::string::npos) << diagnostics;
  }
  void expectRefused(llvm::StringRef text) {
    EXPECT_TRUE(failed(Evaluator::create(parse(text))));
    expectDiagnostic("does not know this operation");
  }
};

TEST_F(EvaluatorTest, ReadsConstantsOfAllKinds) {
  std::vector<Tensor> results = run(R"(
func.func @main() -> (tensor<2x2xf32>, tensor<2xf32>, tensor<2xi1>, i1, tensor<3xi8>, f32, index) {
  %0 = arith.constant dense<1.5> : tensor<2x2xf32>
  %1 = arith.constant dense_resource<numbers> : tensor<2xf32>
  %2 = arith.constant dense<[true, false]> : tensor<2xi1>
  %3 = arith.constant true
  %4 = "tosa.const"() <{values = dense<[-1, 2, 127]> : tensor<3xi8>}> : () -> tensor<3xi8>
  %5 = arith.constant 2.5 : f32
  %6 = arith.constant 7 : index
  return %0, %1, %2, %3, %4, %5, %6 : tensor<2x2xf32>, tensor<2xf32>, tensor<2xi1>, i1, tensor<3xi8>, f32, index
}
{-# dialect_resources: { builtin: { numbers: "0x040000000000803F00000040" } } #-}
)",
                                    {});
  ASSERT_EQ(results.size(), 7u) << diagnostics;
  EXPECT_EQ(results[0].floats(),
            llvm::ArrayRef<float>({1.5f, 1.5f, 1.5f, 1.5f}));
  EXPECT_EQ(results[1].floats(), llvm::ArrayRef<float>({1, 2}));
  EXPECT_EQ(results[2].integers(), llvm::ArrayRef<int64_t>({1, 0}));
  EXPECT_EQ(results[3].integers(), llvm::ArrayRef<int64_t>({1}));
  EXPECT_EQ(results[4].integers(), llvm::ArrayRef<int64_t>({-1, 2, 127}));
  EXPECT_EQ(results[5].floats(), llvm::ArrayRef<float>({2.5f}));
  EXPECT_EQ(results[6].integers(), llvm::ArrayRef<int64_t>({7}));
}

TEST_F(EvaluatorTest, MissingResourceIsADiagnostic) {
  EXPECT_TRUE(run("func.func @main() -> tensor<2xf32> {\n"
                  "%0 = arith.constant dense_resource<absent> : tensor<2xf32>\n"
                  "return %0 : tensor<2xf32> }",
                  {})
                  .empty());
  expectDiagnostic("cannot read this constant");
}

static const char *const calls = R"(
func.func @main(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>) {
  %c = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y:2 = call @twice(%x) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  %z = tosa.add %y#1, %c : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  return %y#0, %z : tensor<1xf32>, tensor<1xf32>
}
func.func private @twice(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>) {
  %0 = tosa.add %x, %x : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  return %x, %0 : tensor<1xf32>, tensor<1xf32>
})";

TEST_F(EvaluatorTest, CallsFunctions) {
  std::vector<Tensor> results = run(calls, {Tensor({1}, Floats{3})});
  ASSERT_EQ(results.size(), 2u) << diagnostics;
  EXPECT_EQ(results[0].floats()[0], 3);
  EXPECT_EQ(results[1].floats()[0], 7);
}

TEST_F(EvaluatorTest, ObserverSeesValuesInProgramOrder) {
  auto evaluator = Evaluator::create(parse(calls));
  ASSERT_TRUE(succeeded(evaluator));
  Floats seen;
  std::vector<std::string> ops;
  auto results = evaluator->run(
      {Tensor({1}, Floats{3})}, [&](mlir::Value value, const Tensor &tensor) {
        seen.push_back(tensor.floats()[0]);
        ops.push_back(value.getDefiningOp()->getName().getStringRef().str());
      });
  EXPECT_TRUE(succeeded(results));
  EXPECT_EQ(seen, Floats({6, 3, 6, 7}));
  EXPECT_EQ(ops, (std::vector<std::string>{"tosa.add", "func.call", "func.call",
                                           "tosa.add"}));
}

TEST_F(EvaluatorTest, RunsInSeveralThreads) {
  auto evaluator = Evaluator::create(parse(calls));
  ASSERT_TRUE(succeeded(evaluator));
  std::vector<float> results(4);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < results.size(); ++i)
    threads.emplace_back([&, i] {
      for (int repeat = 0; repeat < 50; ++repeat)
        results[i] =
            (*evaluator->run({Tensor({1}, Floats{static_cast<float>(i)})}))[1]
                .floats()[0];
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(results, Floats({1, 3, 5, 7}));
}

TEST_F(EvaluatorTest, RefusesUnknownOps) {
  expectRefused("func.func @main(%x: tensor<1xf32>) -> tensor<1xf32> {\n"
                "%0 = tosa.erf %x : (tensor<1xf32>) -> tensor<1xf32>\n"
                "return %0 : tensor<1xf32> }");
}

TEST_F(EvaluatorTest, RefusesUnsignedTosa) {
  expectRefused("func.func @main(%x: tensor<1xui8>) -> tensor<1xui8> {\n"
                "%0 = tosa.add %x, %x : (tensor<1xui8>, tensor<1xui8>) -> "
                "tensor<1xui8>\nreturn %0 : tensor<1xui8> }");
  expectDiagnostic("known are TOSA on f32 and signless integers");
}

TEST_F(EvaluatorTest, RefusesDynamicShapes) {
  expectRefused("func.func @main(%x: tensor<1xf32>) -> tensor<?xf32> {\n"
                "%0 = tensor.cast %x : tensor<1xf32> to tensor<?xf32>\n"
                "return %0 : tensor<?xf32> }");
  expectDiagnostic("static shape");
  EXPECT_TRUE(failed(Evaluator::create(
      parse("func.func @main(%x: tensor<?xf32>) { return }"))));
  expectDiagnostic("cannot take an argument of type 'tensor<?xf32>'");
}

TEST_F(EvaluatorTest, RefusesRecursionAndDeclarations) {
  EXPECT_TRUE(failed(Evaluator::create(
      parse("func.func private @main(tensor<1xf32>) -> tensor<1xf32>"))));
  expectDiagnostic("function of one block");
  expectRefused("func.func @main(%x: tensor<1xf32>) -> tensor<1xf32> {\n"
                "%0 = call @main(%x) : (tensor<1xf32>) -> tensor<1xf32>\n"
                "return %0 : tensor<1xf32> }");
}

TEST_F(EvaluatorTest, ChecksInputs) {
  auto evaluator = Evaluator::create(
      parse("func.func @main(%x: tensor<2x!lowbit.bipolar>) { return }"));
  ASSERT_TRUE(succeeded(evaluator));
  EXPECT_TRUE(succeeded(evaluator->run({Tensor({2}, Integers{-1, 1})})));
  EXPECT_TRUE(failed(evaluator->run({})));
  expectDiagnostic("takes 1 inputs, not 0");
  EXPECT_TRUE(failed(evaluator->run({Tensor({2}, Floats{-1, 1})})));
  expectDiagnostic("input 0 is not a value of type");
  EXPECT_TRUE(failed(evaluator->run({Tensor({1, 2}, Integers{-1, 1})})));
  EXPECT_TRUE(failed(evaluator->run({Tensor({2}, Integers{-1, 0})})));
  EXPECT_TRUE(failed(evaluator->run({Tensor()})));
}

TEST_F(EvaluatorTest, ChecksIntegersOfInputs) {
  auto evaluator = Evaluator::create(
      parse("func.func @main(%x: tensor<2xi8>, %y: tensor<1xi1>) { return }"));
  ASSERT_TRUE(succeeded(evaluator));
  Tensor bit({1}, Integers{1});
  EXPECT_TRUE(
      succeeded(evaluator->run({Tensor({2}, Integers{-128, 127}), bit})));
  EXPECT_TRUE(failed(evaluator->run({Tensor({2}, Integers{-128, 128}), bit})));
  expectDiagnostic("input 0 is not a value of type");
  EXPECT_TRUE(failed(evaluator->run(
      {Tensor({2}, Integers{0, 0}), Tensor({1}, Integers{-1})})));
  expectDiagnostic("input 1 is not a value of type");
}

} // namespace
