//===- TensorOpsTest.cpp - Unit tests of evaluating the tensor dialect -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"

using namespace lowbit::reference;

namespace {

class TensorOpsTest : public ModuleTest {};

TEST_F(TensorOpsTest, ExtractSliceWithStridesAndReducedRank) {
  Tensor result =
      runBody("%x: tensor<2x6x!lowbit.int<8>>",
              "%r = tensor.extract_slice %x[1, 1] [1, 3] [1, 2] : "
              "tensor<2x6x!lowbit.int<8>> to tensor<3x!lowbit.int<8>>",
              "tensor<3x!lowbit.int<8>>",
              {Tensor({2, 6}, Integers{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})});
  EXPECT_EQ(result.shape(), llvm::ArrayRef<int64_t>({3}));
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({7, 9, 11}));
}

TEST_F(TensorOpsTest, CollapseAndExpand) {
  Tensor result =
      runBody("%x: tensor<2x3xf32>",
              "%c = tensor.collapse_shape %x [[0, 1]] : tensor<2x3xf32> into "
              "tensor<6xf32>\n"
              "%r = tensor.expand_shape %c [[0, 1]] output_shape [3, 2] : "
              "tensor<6xf32> into tensor<3x2xf32>",
              "tensor<3x2xf32>", {Tensor({2, 3}, Floats{1, 2, 3, 4, 5, 6})});
  EXPECT_EQ(result.shape(), llvm::ArrayRef<int64_t>({3, 2}));
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({1, 2, 3, 4, 5, 6}));
}

TEST_F(TensorOpsTest, PadWithAConstantOutside) {
  Tensor result = runBody("%x: tensor<1x2xf32>",
                          "%c = arith.constant 7.0 : f32\n"
                          "%r = tensor.pad %x low[0, 1] high[1, 0] {\n"
                          "^bb0(%i: index, %j: index):\n"
                          "  tensor.yield %c : f32\n"
                          "} : tensor<1x2xf32> to tensor<2x3xf32>",
                          "tensor<2x3xf32>", {Tensor({1, 2}, Floats{1, 2})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({7, 1, 2, 7, 7, 7}));
}

TEST_F(TensorOpsTest, PadWithAConstantInside) {
  Tensor result = runBody("%x: tensor<1xi8>",
                          "%r = tensor.pad %x low[1] high[1] {\n"
                          "^bb0(%i: index):\n"
                          "  %c = arith.constant -3 : i8\n"
                          "  tensor.yield %c : i8\n"
                          "} : tensor<1xi8> to tensor<3xi8>",
                          "tensor<3xi8>", {Tensor({1}, Integers{5})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({-3, 5, -3}));
}

TEST_F(TensorOpsTest, Concat) {
  Tensor result = runBody(
      "%x: tensor<1x2xi32>, %y: tensor<2x2xi32>",
      "%r = tensor.concat dim(0) %x, %y : (tensor<1x2xi32>, tensor<2x2xi32>) "
      "-> tensor<3x2xi32>",
      "tensor<3x2xi32>",
      {Tensor({1, 2}, Integers{1, 2}), Tensor({2, 2}, Integers{3, 4, 5, 6})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({1, 2, 3, 4, 5, 6}));
}

TEST_F(TensorOpsTest, FromElements) {
  Tensor result = runBody("%x: i64",
                          "%c = arith.constant -1 : i64\n"
                          "%r = tensor.from_elements %x, %c : tensor<2xi64>",
                          "tensor<2xi64>", {Tensor({}, Integers{4})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({4, -1}));
}

TEST_F(TensorOpsTest, Transpose) {
  Tensor result = runBody(
      "%x: tensor<2x3x!lowbit.uint<4>>",
      "%e = tensor.empty() : tensor<3x2x!lowbit.uint<4>>\n"
      "%r = linalg.transpose ins(%x : tensor<2x3x!lowbit.uint<4>>) outs(%e : "
      "tensor<3x2x!lowbit.uint<4>>) permutation = [1, 0]",
      "tensor<3x2x!lowbit.uint<4>>",
      {Tensor({2, 3}, Integers{1, 2, 3, 4, 5, 6})});
  EXPECT_EQ(result.shape(), llvm::ArrayRef<int64_t>({3, 2}));
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({1, 4, 2, 5, 3, 6}));
}

} // namespace
