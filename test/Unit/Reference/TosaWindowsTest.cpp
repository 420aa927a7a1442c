//===- TosaWindowsTest.cpp - Unit tests of TOSA convolutions and pools -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"
#include "test/Unit/Reference/NaiveConvolution.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace lowbit::reference;

namespace {

class TosaWindowsTest : public ModuleTest {
protected:
  static constexpr const char *zeroPoint =
      R"(%z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>)"
      "\n";
};

TEST_F(TosaWindowsTest, Conv2DWithPadStrideDilation) {
  NaiveConvolution naive = {
      {2, 7, 6, 3}, {4, 3, 2, 3}, {1, 1, 0, 3}, {2, 3}, {2, 2}};
  Floats in = mixedFloats(252), weight = mixedFloats(72);
  Tensor result = runBody(
      "%x: tensor<2x7x6x3xf32>, %w: tensor<4x3x2x3xf32>, %b: tensor<4xf32>",
      std::string(zeroPoint) +
          "%r = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, pad = "
          "array<i64: 1, 1, 0, 3>, stride = array<i64: 2, 3>, dilation = "
          "array<i64: 2, 2>} : (tensor<2x7x6x3xf32>, tensor<4x3x2x3xf32>, "
          "tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> "
          "tensor<2x3x3x4xf32>",
      "tensor<2x3x3x4xf32>",
      {Tensor({2, 7, 6, 3}, in), Tensor({4, 3, 2, 3}, weight),
       Tensor({4}, Floats{1, 2, 3, 4})});
  Floats expected = naive(in, weight);
  for (size_t i = 0; i < expected.size(); ++i)
    expected[i] += static_cast<float>(i % 4 + 1);
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>(expected));
}

TEST_F(TosaWindowsTest, Conv2DLeavesPaddingOutOfTheSum) {
  float infinity = std::numeric_limits<float>::infinity();
  Tensor result = runBody(
      "%x: tensor<1x1x1x1xf32>, %w: tensor<1x1x2x1xf32>, %b: tensor<1xf32>",
      std::string(zeroPoint) +
          "%r = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, pad = "
          "array<i64: 0, 0, 1, 0>, stride = array<i64: 1, 1>, dilation = "
          "array<i64: 1, 1>} : (tensor<1x1x1x1xf32>, tensor<1x1x2x1xf32>, "
          "tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> "
          "tensor<1x1x1x1xf32>",
      "tensor<1x1x1x1xf32>",
      {Tensor({1, 1, 1, 1}, Floats{3}),
       Tensor({1, 1, 2, 1}, Floats{infinity, 2}), Tensor({1}, Floats{10})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({16}));
}

TEST_F(TosaWindowsTest, DepthwiseWithMultiplier) {
  Floats in = mixedFloats(75), weight = mixedFloats(54);
  Tensor result = runBody(
      "%x: tensor<1x5x5x3xf32>, %w: tensor<3x3x3x2xf32>, %b: tensor<1xf32>",
      std::string(zeroPoint) +
          "%r = tosa.depthwise_conv2d %x, %w, %b, %z, %z {acc_type = f32, pad "
          "= array<i64: 1, 1, 1, 1>, stride = array<i64: 2, 2>, dilation = "
          "array<i64: 1, 1>} : (tensor<1x5x5x3xf32>, tensor<3x3x3x2xf32>, "
          "tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> "
          "tensor<1x3x3x6xf32>",
      "tensor<1x3x3x6xf32>",
      {Tensor({1, 5, 5, 3}, in), Tensor({3, 3, 3, 2}, weight),
       Tensor({1}, Floats{0.5f})});
  // As a full convolution whose other taps are 0.
  NaiveConvolution naive = {
      {1, 5, 5, 3}, {6, 3, 3, 3}, {1, 1, 1, 1}, {2, 2}, {1, 1}};
  Floats full(6 * 9 * 3);
  for (size_t tap = 0; tap < 9; ++tap)
    for (size_t o = 0; o < 6; ++o)
      full[(o * 9 + tap) * 3 + o / 2] = weight[tap * 6 + o];
  Floats expected = naive(in, full);
  for (float &value : expected)
    value += 0.5f;
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>(expected));
}

TEST_F(TosaWindowsTest, TransposeConv2DByHand) {
  // 1 and 2 spread the kernel 1 10 100 at distance 2; out_pad left 1, right -1.
  Tensor result = runBody(
      "%x: tensor<1x1x2x1xf32>, %w: tensor<1x1x3x1xf32>, %b: tensor<1xf32>",
      std::string(zeroPoint) +
          "%r = tosa.transpose_conv2d %x, %w, %b, %z, %z {acc_type = f32, "
          "out_pad = array<i64: 0, 0, 1, -1>, stride = array<i64: 1, 2>} : "
          "(tensor<1x1x2x1xf32>, tensor<1x1x3x1xf32>, tensor<1xf32>, "
          "tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x5x1xf32>",
      "tensor<1x1x5x1xf32>",
      {Tensor({1, 1, 2, 1}, Floats{1, 2}),
       Tensor({1, 1, 3, 1}, Floats{1, 10, 100}), Tensor({1}, Floats{0.5f})});
  EXPECT_EQ(result.floats(),
            llvm::ArrayRef<float>({0.5f, 1.5f, 10.5f, 102.5f, 20.5f}));
}

TEST_F(TosaWindowsTest, Matmul) {
  Tensor result =
      runBody("%a: tensor<2x1x2xf32>, %b: tensor<2x2x2xf32>",
              std::string(zeroPoint) +
                  "%r = tosa.matmul %a, %b, %z, %z : (tensor<2x1x2xf32>, "
                  "tensor<2x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> "
                  "tensor<2x1x2xf32>",
              "tensor<2x1x2xf32>",
              {Tensor({2, 1, 2}, Floats{1, 2, 3, 4}),
               Tensor({2, 2, 2}, Floats{1, 2, 3, 4, 5, 6, 7, 8})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({7, 10, 43, 50}));
}

TEST_F(TosaWindowsTest, AveragePoolCountsNoPadding) {
  Tensor result = runBody(
      "%x: tensor<1x2x2x1xf32>",
      std::string(zeroPoint) +
          "%r = tosa.avg_pool2d %x, %z, %z {acc_type = f32, kernel = "
          "array<i64: 2, 2>, pad = array<i64: 1, 1, 1, 1>, stride = "
          "array<i64: 1, 1>} : (tensor<1x2x2x1xf32>, tensor<1xf32>, "
          "tensor<1xf32>) -> tensor<1x3x3x1xf32>",
      "tensor<1x3x3x1xf32>", {Tensor({1, 2, 2, 1}, Floats{1, 2, 3, 6})});
  EXPECT_EQ(result.floats(),
            llvm::ArrayRef<float>({1, 1.5f, 2, 2, 3, 4, 3, 4.5f, 6}));
}

TEST_F(TosaWindowsTest, MaxPoolInBothNanModes) {
  Tensor input({1, 1, 4, 1}, Floats{-3, NAN, -5, -2});
  auto pool = [&](const char *mode) {
    return runBody(
        "%x: tensor<1x1x4x1xf32>",
        llvm::formatv("%r = tosa.max_pool2d %x {{kernel = array<i64: "
                      "1, 2>, pad = array<i64: 0, 0, 0, 0>, stride "
                      "= array<i64: 1, 2>{0}} : "
                      "(tensor<1x1x4x1xf32>) -> tensor<1x1x2x1xf32>",
                      mode)
            .str(),
        "tensor<1x1x2x1xf32>", {input});
  };
  Tensor propagated = pool("");
  EXPECT_TRUE(std::isnan(propagated.floats()[0]));
  EXPECT_EQ(propagated.floats()[1], -2);
  EXPECT_EQ(pool(", nan_mode = IGNORE").floats(),
            llvm::ArrayRef<float>({-3, -2}));
}

TEST_F(TosaWindowsTest, RefusesShapesThatTheVerifierLetsThrough) {
  auto function = parse(
      "func.func @main(%x: tensor<1x4x4x3xf32>, %w: tensor<2x3x3x2xf32>, %b: "
      "tensor<2xf32>) -> tensor<1x2x2x2xf32> {" +
      std::string(zeroPoint) +
      "%r = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, pad = array<i64: "
      "0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : "
      "(tensor<1x4x4x3xf32>, tensor<2x3x3x2xf32>, tensor<2xf32>, "
      "tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>\n"
      "return %r : tensor<1x2x2x2xf32> }");
  EXPECT_TRUE(failed(Evaluator::create(function)));
  EXPECT_NE(diagnostics.find("does not know this operation"),
            std::string::npos);
}

} // namespace
