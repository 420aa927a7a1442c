//===- TosaReductionsTest.cpp - Tests of TOSA reductions -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"

#include <cmath>

using namespace lowbit::reference;

namespace {

class TosaReductionsTest : public ModuleTest {};

TEST_F(TosaReductionsTest, Reduce) {
  auto reduce = [&](llvm::StringRef op) {
    Tensor result = runBody(
        "%x: tensor<2x3x2xf32>",
        ("%r = tosa." + op +
         " %x {axis = 1 : i32} : (tensor<2x3x2xf32>) -> tensor<2x1x2xf32>")
            .str(),
        "tensor<2x1x2xf32>",
        {Tensor({2, 3, 2}, Floats{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})});
    return Floats(result.floats());
  };
  EXPECT_EQ(reduce("reduce_sum"), Floats({6, 9, 24, 27}));
  EXPECT_EQ(reduce("reduce_max"), Floats({4, 5, 10, 11}));
  EXPECT_EQ(reduce("reduce_min"), Floats({0, 1, 6, 7}));
}

TEST_F(TosaReductionsTest, ArgMaxTakesTheFirst) {
  auto argMax = [&](llvm::StringRef mode) {
    Tensor result = runBody(
        "%x: tensor<3x4xf32>",
        ("%r = tosa.argmax %x {axis = 1 : i32" + mode +
         "} : (tensor<3x4xf32>) -> tensor<3xi32>")
            .str(),
        "tensor<3xi32>",
        {Tensor({3, 4}, Floats{1, 5, 2, 5, 1, NAN, 7, NAN, NAN, 3, 2, 4})});
    return Integers(result.integers());
  };
  EXPECT_EQ(argMax(""), Integers({1, 1, 0}));
  EXPECT_EQ(argMax(", nan_mode = IGNORE"), Integers({1, 2, 3}));
}

TEST_F(TosaReductionsTest, ReduceIntegers) {
  auto reduce = [&](llvm::StringRef op) {
    Tensor result = runBody(
        "%x: tensor<2x3xi8>",
        ("%r = tosa." + op +
         " %x {axis = 1 : i32} : (tensor<2x3xi8>) -> tensor<2x1xi8>")
            .str(),
        "tensor<2x1xi8>", {Tensor({2, 3}, Integers{-5, 7, 3, 100, 100, -128})});
    return Integers(result.integers());
  };
  EXPECT_EQ(reduce("reduce_sum"), Integers({5, 72}));
  EXPECT_EQ(reduce("reduce_max"), Integers({7, 100}));
  EXPECT_EQ(reduce("reduce_min"), Integers({-5, -128}));
}

TEST_F(TosaReductionsTest, SumsOfIntegersWrap) {
  Tensor result = runBody("%x: tensor<3xi32>",
                          "%r = tosa.reduce_sum %x {axis = 0 : i32} : "
                          "(tensor<3xi32>) -> tensor<1xi32>",
                          "tensor<1xi32>",
                          {Tensor({3}, Integers{2147483647, 2147483647, 3})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({1}));
}

TEST_F(TosaReductionsTest, ReduceBooleans) {
  auto reduce = [&](llvm::StringRef op) {
    Tensor result =
        runBody("%x: tensor<3x2xi1>",
                ("%r = tosa." + op +
                 " %x {axis = 1 : i32} : (tensor<3x2xi1>) -> tensor<3x1xi1>")
                    .str(),
                "tensor<3x1xi1>", {Tensor({3, 2}, Integers{0, 0, 0, 1, 1, 1})});
    return Integers(result.integers());
  };
  EXPECT_EQ(reduce("reduce_all"), Integers({0, 0, 1}));
  EXPECT_EQ(reduce("reduce_any"), Integers({0, 1, 1}));
}

TEST_F(TosaReductionsTest, ArgMaxOfIntegersTakesTheFirst) {
  Tensor result =
      runBody("%x: tensor<2x4xi8>",
              "%r = tosa.argmax %x {axis = 1 : i32} : (tensor<2x4xi8>) -> "
              "tensor<2xi32>",
              "tensor<2xi32>",
              {Tensor({2, 4}, Integers{1, 5, 2, 5, -128, -128, -128, -128})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({1, 0}));
}

} // namespace
