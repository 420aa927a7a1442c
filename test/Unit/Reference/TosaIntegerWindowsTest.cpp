//===- TosaIntegerWindowsTest.cpp - Tests of integer convolutions and pools -*-
// C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"
#include "test/Unit/Reference/NaiveConvolution.h"
#include "llvm/Support/FormatVariadic.h"

using namespace lowbit::reference;

namespace {

class TosaIntegerWindowsTest : public ModuleTest {
protected:
  static std::string zeroPoint(const char *name, int64_t value) {
    return llvm::formatv("{0} = \"tosa.const\"() <{{values = dense<{1}> : "
                         "tensor<1xi8>}> : () -> tensor<1xi8>\n",
                         name, value);
  }

  /// Input zero point 3, weight zero point -2.
  static std::string zeroPoints() {
    return zeroPoint("%a", 3) + zeroPoint("%b", -2);
  }

  static Integers plus(Integers values, int64_t offset) {
    for (int64_t &value : values)
      value += offset;
    return values;
  }

  Integers averagePool(int64_t inputZeroPoint, int64_t outputZeroPoint,
                       Integers x) {
    Tensor result = runBody(
        "%x: tensor<1x2x2x1xi8>",
        zeroPoint("%a", inputZeroPoint) + zeroPoint("%b", outputZeroPoint) +
            "%r = tosa.avg_pool2d %x, %a, %b {acc_type = i32, kernel "
            "= array<i64: 2, 2>, pad = array<i64: 1, 1, 1, 1>, stride "
            "= array<i64: 1, 1>} : (tensor<1x2x2x1xi8>, tensor<1xi8>, "
            "tensor<1xi8>) -> tensor<1x3x3x1xi8>",
        "tensor<1x3x3x1xi8>", {Tensor({1, 2, 2, 1}, std::move(x))});
    return Integers(result.integers());
  }
};

TEST_F(TosaIntegerWindowsTest, Conv2DTakesZeroPointsOff) {
  NaiveConvolution naive = {
      {2, 7, 6, 3}, {4, 3, 2, 3}, {1, 1, 0, 3}, {2, 3}, {2, 2}};
  Integers in = mixedIntegers(252, -128, 127);
  Integers weight = mixedIntegers(72, -127, 127);
  Tensor result = runBody(
      "%x: tensor<2x7x6x3xi8>, %w: tensor<4x3x2x3xi8>, %c: tensor<4xi32>",
      zeroPoints() +
          "%r = tosa.conv2d %x, %w, %c, %a, %b {acc_type = i32, pad = "
          "array<i64: 1, 1, 0, 3>, stride = array<i64: 2, 3>, dilation = "
          "array<i64: 2, 2>} : (tensor<2x7x6x3xi8>, tensor<4x3x2x3xi8>, "
          "tensor<4xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<2x3x3x4xi32>",
      "tensor<2x3x3x4xi32>",
      {Tensor({2, 7, 6, 3}, in), Tensor({4, 3, 2, 3}, weight),
       Tensor({4}, Integers{1000, 2000, 3000, 4000})});
  Integers expected = naive(plus(in, -3), plus(weight, 2));
  for (size_t i = 0; i < expected.size(); ++i)
    expected[i] += 1000 * static_cast<int64_t>(i % 4 + 1);
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>(expected));
}

TEST_F(TosaIntegerWindowsTest, SumsWrapToTheAccumulator) {
  auto convolve = [&](const char *element, const char *sum, int64_t bias) {
    std::string types = llvm::formatv(
        "tensor<1x1x1x1x{0}>, tensor<1x1x1x1xi8>, tensor<1x{1}>, tensor<1x{0}>,"
        " tensor<1xi8>",
        element, sum);
    return runBody(
               llvm::formatv("%x: tensor<1x1x1x1x{0}>, %w: tensor<1x1x1x1xi8>, "
                             "%c: tensor<1x{1}>, %z: tensor<1x{0}>",
                             element, sum)
                   .str(),
               zeroPoint("%b", 0) +
                   llvm::formatv("%r = tosa.conv2d %x, %w, %c, %z, %b "
                                 "{{acc_type = {0}, pad = array<i64: 0, 0, 0, "
                                 "0>, stride = array<i64: 1, 1>, dilation = "
                                 "array<i64: 1, 1>} : ({1}) -> "
                                 "tensor<1x1x1x1x{0}>",
                                 sum, types)
                       .str(),
               llvm::formatv("tensor<1x1x1x1x{0}>", sum).str(),
               {Tensor({1, 1, 1, 1}, Integers{100}),
                Tensor({1, 1, 1, 1}, Integers{100}),
                Tensor({1}, Integers{bias}), Tensor({1}, Integers{0})})
        .integers()
        .front();
  };
  EXPECT_EQ(convolve("i8", "i32", 2147483647), 10000 - 2147483649);
  EXPECT_EQ(convolve("i16", "i48", 2147483647), 2147493647);
  int64_t greatest = (int64_t(1) << 47) - 1;
  EXPECT_EQ(convolve("i16", "i48", greatest), 9999 - greatest - 1);
}

TEST_F(TosaIntegerWindowsTest, DepthwiseTakesZeroPointsOff) {
  Integers in = mixedIntegers(75, -128, 127);
  Integers weight = mixedIntegers(54, -127, 127);
  Tensor result = runBody(
      "%x: tensor<1x5x5x3xi8>, %w: tensor<3x3x3x2xi8>, %c: tensor<1xi32>",
      zeroPoints() +
          "%r = tosa.depthwise_conv2d %x, %w, %c, %a, %b {acc_type = i32, pad "
          "= array<i64: 1, 1, 1, 1>, stride = array<i64: 2, 2>, dilation = "
          "array<i64: 1, 1>} : (tensor<1x5x5x3xi8>, tensor<3x3x3x2xi8>, "
          "tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x3x3x6xi32>",
      "tensor<1x3x3x6xi32>",
      {Tensor({1, 5, 5, 3}, in), Tensor({3, 3, 3, 2}, weight),
       Tensor({1}, Integers{7})});
  // As a full convolution whose other taps are 0.
  NaiveConvolution naive = {
      {1, 5, 5, 3}, {6, 3, 3, 3}, {1, 1, 1, 1}, {2, 2}, {1, 1}};
  Integers full(6 * 9 * 3);
  for (size_t tap = 0; tap < 9; ++tap)
    for (size_t o = 0; o < 6; ++o)
      full[(o * 9 + tap) * 3 + o / 2] = weight[tap * 6 + o] + 2;
  EXPECT_EQ(result.integers(),
            llvm::ArrayRef<int64_t>(plus(naive(plus(in, -3), full), 7)));
}

TEST_F(TosaIntegerWindowsTest, TransposeConv2DByHand) {
  // 1 and 2 spread the kernel 1 10 100 at distance 2; out_pad left 1, right -1.
  Tensor result = runBody(
      "%x: tensor<1x1x2x1xi8>, %w: tensor<1x1x3x1xi8>, %c: tensor<1xi32>",
      zeroPoints() +
          "%r = tosa.transpose_conv2d %x, %w, %c, %a, %b {acc_type = i32, "
          "out_pad = array<i64: 0, 0, 1, -1>, stride = array<i64: 1, 2>} : "
          "(tensor<1x1x2x1xi8>, tensor<1x1x3x1xi8>, tensor<1xi32>, "
          "tensor<1xi8>, tensor<1xi8>) -> tensor<1x1x5x1xi32>",
      "tensor<1x1x5x1xi32>",
      {Tensor({1, 1, 2, 1}, Integers{4, 5}),
       Tensor({1, 1, 3, 1}, Integers{-1, 8, 98}), Tensor({1}, Integers{-5})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({-5, -4, 5, 97, 15}));
}

TEST_F(TosaIntegerWindowsTest, MatmulTakesZeroPointsOff) {
  Tensor result = runBody(
      "%x: tensor<2x1x2xi8>, %y: tensor<2x2x2xi8>",
      zeroPoints() + "%r = tosa.matmul %x, %y, %a, %b : (tensor<2x1x2xi8>, "
                     "tensor<2x2x2xi8>, tensor<1xi8>, tensor<1xi8>) -> "
                     "tensor<2x1x2xi32>",
      "tensor<2x1x2xi32>",
      {Tensor({2, 1, 2}, Integers{4, 5, 6, 7}),
       Tensor({2, 2, 2}, Integers{-1, 0, 1, 2, 3, 4, 5, 6})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({7, 10, 43, 50}));
}

TEST_F(TosaIntegerWindowsTest, AveragePoolRoundsHalfAwayAndCountsNoPadding) {
  EXPECT_EQ(averagePool(0, 0, {1, 2, 4, 6}),
            Integers({1, 2, 2, 3, 3, 4, 4, 5, 6}));
  EXPECT_EQ(averagePool(0, 0, {-1, -2, -4, -6}),
            Integers({-1, -2, -2, -3, -3, -4, -4, -5, -6}));
}

TEST_F(TosaIntegerWindowsTest, AveragePoolMovesZeroPointsAndSaturates) {
  // Less 10: -9, -8, -6, -4 and their averages, then less 120.
  EXPECT_EQ(averagePool(10, -120, {1, 2, 4, 6}),
            Integers({-128, -128, -128, -128, -127, -126, -126, -125, -124}));
}

TEST_F(TosaIntegerWindowsTest, MaxPool) {
  Tensor result = runBody(
      "%x: tensor<1x1x4x1xi8>",
      "%r = tosa.max_pool2d %x {kernel = array<i64: 1, 2>, pad = "
      "array<i64: 0, 0, 1, 1>, stride = array<i64: 1, 2>} : "
      "(tensor<1x1x4x1xi8>) -> tensor<1x1x3x1xi8>",
      "tensor<1x1x3x1xi8>", {Tensor({1, 1, 4, 1}, Integers{-128, -7, -5, -9})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({-128, -5, -9}));
}

TEST_F(TosaIntegerWindowsTest, RefusesShapesThatTheVerifierLetsThrough) {
  expectRefused(
      "%x: tensor<1x4x4x3xi8>, %w: tensor<2x3x3x2xi8>, %c: tensor<2xi32>",
      zeroPoints() +
          "%r = tosa.conv2d %x, %w, %c, %a, %b {acc_type = i32, pad = "
          "array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = "
          "array<i64: 1, 1>} : (tensor<1x4x4x3xi8>, tensor<2x3x3x2xi8>, "
          "tensor<2xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x2x2x2xi32>",
      "tensor<1x2x2x2xi32>");
}

TEST_F(TosaIntegerWindowsTest, RefusesFloatsTimesIntegers) {
  expectRefused("%x: tensor<1x1x1xf32>, %y: tensor<1x1x1xi8>, %z: "
                "tensor<1xf32>",
                zeroPoint("%b", 0) +
                    "%r = tosa.matmul %x, %y, %z, %b : (tensor<1x1x1xf32>, "
                    "tensor<1x1x1xi8>, tensor<1xf32>, tensor<1xi8>) -> "
                    "tensor<1x1x1xf32>",
                "tensor<1x1x1xf32>");
}

} // namespace
