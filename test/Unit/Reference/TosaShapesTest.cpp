//===- TosaShapesTest.cpp - Unit tests of TOSA ops that move elements -*- C++
//-*-===//
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

class TosaShapesTest : public ModuleTest {
protected:
  static Tensor counting(llvm::ArrayRef<int64_t> shape) {
    Floats values(mlir::ShapedType::getNumElements(shape));
    std::iota(values.begin(), values.end(), 0.0f);
    return Tensor(shape, values);
  }
};

TEST_F(TosaShapesTest, Reshape) {
  Tensor result = runBody(
      "%x: tensor<2x3xf32>",
      "%s = tosa.const_shape {values = dense<[3, 2]> : tensor<2xindex>} : () "
      "-> !tosa.shape<2>\n"
      "%r = tosa.reshape %x, %s : (tensor<2x3xf32>, !tosa.shape<2>) -> "
      "tensor<3x2xf32>",
      "tensor<3x2xf32>", {counting({2, 3})});
  EXPECT_EQ(result.shape(), llvm::ArrayRef<int64_t>({3, 2}));
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({0, 1, 2, 3, 4, 5}));
}

static const char *const sliceBody =
    "%s = tosa.const_shape {values = dense<[1, 2]> : tensor<2xindex>} : () -> "
    "!tosa.shape<2>\n"
    "%n = tosa.const_shape {values = dense<[2, 2]> : tensor<2xindex>} : () -> "
    "!tosa.shape<2>\n";

TEST_F(TosaShapesTest, Slice) {
  Tensor result = runBody(
      "%x: tensor<3x4xf32>",
      std::string(sliceBody) +
          "%r = tosa.slice %x, %s, %n : (tensor<3x4xf32>, !tosa.shape<2>, "
          "!tosa.shape<2>) -> tensor<2x2xf32>",
      "tensor<2x2xf32>", {counting({3, 4})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({6, 7, 10, 11}));
}

TEST_F(TosaShapesTest, SliceOutOfBoundsIsADiagnostic) {
  std::vector<Tensor> results =
      run("func.func @main(%x: tensor<3x3xi8>) -> tensor<2x2xi8> {\n" +
              std::string(sliceBody) +
              "%r = tosa.slice %x, %s, %n : (tensor<3x3xi8>, !tosa.shape<2>, "
              "!tosa.shape<2>) -> tensor<2x2xi8>\n"
              "return %r : tensor<2x2xi8> }",
          {Tensor({3, 3}, Integers(9))});
  EXPECT_TRUE(results.empty());
  EXPECT_NE(diagnostics.find("the slice leaves its input"), std::string::npos);
}

TEST_F(TosaShapesTest, Pad) {
  Tensor result = runBody(
      "%x: tensor<2x1xi8>",
      "%p = tosa.const_shape {values = dense<[0, 1, 2, 0]> : tensor<4xindex>} "
      ": () -> !tosa.shape<4>\n"
      "%c = \"tosa.const\"() <{values = dense<9> : tensor<1xi8>}> : () -> "
      "tensor<1xi8>\n"
      "%r = tosa.pad %x, %p, %c : (tensor<2x1xi8>, !tosa.shape<4>, "
      "tensor<1xi8>) -> tensor<3x3xi8>",
      "tensor<3x3xi8>", {Tensor({2, 1}, Integers{1, 2})});
  EXPECT_EQ(result.integers(),
            llvm::ArrayRef<int64_t>({9, 9, 1, 9, 9, 2, 9, 9, 9}));
}

TEST_F(TosaShapesTest, Concat) {
  Tensor result = runBody(
      "%x: tensor<2x1xf32>, %y: tensor<2x2xf32>",
      "%r = tosa.concat %x, %y {axis = 1 : i32} : (tensor<2x1xf32>, "
      "tensor<2x2xf32>) -> tensor<2x3xf32>",
      "tensor<2x3xf32>", {Tensor({2, 1}, Floats{8, 9}), counting({2, 2})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({8, 0, 1, 9, 2, 3}));
}

TEST_F(TosaShapesTest, Transpose) {
  Tensor result =
      runBody("%x: tensor<2x1x3xf32>",
              "%r = tosa.transpose %x {perms = array<i32: 2, 0, 1>} : "
              "(tensor<2x1x3xf32>) -> tensor<3x2x1xf32>",
              "tensor<3x2x1xf32>", {counting({2, 1, 3})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({0, 3, 1, 4, 2, 5}));
}

TEST_F(TosaShapesTest, Reverse) {
  Tensor result = runBody("%x: tensor<2x3x2xf32>",
                          "%r = tosa.reverse %x {axis = 1 : i32} : "
                          "(tensor<2x3x2xf32>) -> tensor<2x3x2xf32>",
                          "tensor<2x3x2xf32>", {counting({2, 3, 2})});
  EXPECT_EQ(result.floats(),
            llvm::ArrayRef<float>({4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7}));
}

TEST_F(TosaShapesTest, Tile) {
  Tensor result = runBody(
      "%x: tensor<2x2xi8>",
      "%m = tosa.const_shape {values = dense<[2, 3]> : tensor<2xindex>} : () "
      "-> !tosa.shape<2>\n"
      "%r = tosa.tile %x, %m : (tensor<2x2xi8>, !tosa.shape<2>) -> "
      "tensor<4x6xi8>",
      "tensor<4x6xi8>", {Tensor({2, 2}, Integers{1, 2, 3, 4})});
  EXPECT_EQ(result.integers(),
            llvm::ArrayRef<int64_t>({1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4,
                                     1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4}));
}

static const char *const gatherBody =
    "%r = tosa.gather %x, %i : (tensor<2x3x2xf32>, tensor<2x2xi32>) -> "
    "tensor<2x2x2xf32>";

TEST_F(TosaShapesTest, Gather) {
  Tensor result =
      runBody("%x: tensor<2x3x2xf32>, %i: tensor<2x2xi32>", gatherBody,
              "tensor<2x2x2xf32>",
              {counting({2, 3, 2}), Tensor({2, 2}, Integers{2, 0, 1, 1})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({4, 5, 0, 1, 8, 9, 8, 9}));
}

TEST_F(TosaShapesTest, GatherOutOfBoundsIsADiagnostic) {
  for (int64_t index : {-1, 3}) {
    diagnostics.clear();
    EXPECT_TRUE(
        run("func.func @main(%x: tensor<2x3x2xf32>, %i: tensor<2x2xi32>) -> "
            "tensor<2x2x2xf32> {\n" +
                std::string(gatherBody) + "\nreturn %r : tensor<2x2x2xf32> }",
            {counting({2, 3, 2}), Tensor({2, 2}, Integers{0, 0, index, 0})})
            .empty());
    EXPECT_NE(diagnostics.find("an index is outside [0, 3)"),
              std::string::npos);
  }
}

} // namespace
