//===- LowbitOpsTest.cpp - Unit tests of evaluating the lowbit dialect -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Checksum.h"
#include "test/Unit/Reference/ModuleTest.h"
#include "test/Unit/Reference/NaiveConvolution.h"

#include <cmath>

using namespace lowbit::reference;

namespace {

class LowbitOpsTest : public ModuleTest {};

TEST_F(LowbitOpsTest, ConstantHoldsLevels) {
  Tensor result = runBody("",
                          "%r = lowbit.constant dense<0xA4> : tensor<1xi8> "
                          ": tensor<2x2x!lowbit.ternary>",
                          "tensor<2x2x!lowbit.ternary>", {});
  EXPECT_EQ(result.shape(), llvm::ArrayRef<int64_t>({2, 2}));
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({-1, 0, 1, 1}));
}

TEST_F(LowbitOpsTest, SqueezeThresholdCountsTiesAndNoNan) {
  Tensor result = runBody(
      "%x: tensor<3x2xf32>, %t: tensor<2x3xf32>, %s: tensor<1xf32>",
      "%r = lowbit.squeeze_threshold %x, %t step(%s) "
      "levels(!lowbit.uint<2>) : tensor<3x2xf32>, tensor<2x3xf32>, "
      "tensor<1xf32>",
      "tensor<3x2xf32>",
      {Tensor({3, 2}, Floats{1, 1, 2, NAN, 9, 0}),
       // The second row out of order: the count is the same.
       Tensor({2, 3}, Floats{1, 2, 3, 2, 0, 1}), Tensor({1}, Floats{0.5f})});
  EXPECT_EQ(result.floats(),
            llvm::ArrayRef<float>({0.5f, 1, 1, 0, 1.5f, 0.5f}));
}

TEST_F(LowbitOpsTest, SqueezeThresholdTrainingFollowsEachSample) {
  // w2 is 0, so a = 2 sigmoid(0) = 1. The means are -1 and 2: relu leaves 0 and
  // 2, and with b4 = -2 tau is 8 sigmoid(-2) of sample 0 and 8 sigmoid(0) = 4
  // of sample 1.
  std::vector<Tensor> results = run(
      "func.func @main(%x: tensor<2x2x1xf32>, %one: tensor<1x1xf32>, "
      "%zero: tensor<1xf32>, %none: tensor<1x1xf32>, %b4: tensor<1xf32>, "
      "%a: tensor<1xf32>, %r: tensor<1xf32>) -> (tensor<2x2x1xf32>, "
      "tensor<1xf32>, tensor<1xf32>) {\n"
      "%y:3 = lowbit.squeeze_threshold_training %x "
      "adjust(%one, %zero, %none, %zero) threshold(%one, %zero, %one, %b4) "
      "running(%a, %r) levels(!lowbit.uint<2>) momentum 0.25 max_range 8.0 : "
      "tensor<2x2x1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<1x1xf32>, "
      "tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<1x1xf32>, "
      "tensor<1xf32>, tensor<1xf32>, tensor<1xf32>\n"
      "return %y#0, %y#1, %y#2 : tensor<2x2x1xf32>, tensor<1xf32>, "
      "tensor<1xf32>\n}",
      {Tensor({2, 2, 1}, Floats{-3, 1, 2, 2}), Tensor({1, 1}, Floats{1}),
       Tensor({1}, Floats{0}), Tensor({1, 1}, Floats{0}),
       Tensor({1}, Floats{-2}), Tensor({1}, Floats{5}),
       Tensor({1}, Floats{1})});
  ASSERT_EQ(results.size(), 3u) << diagnostics;
  float small = 8 * (1 / (1 + static_cast<float>(std::exp(2.0))));
  // Sample 0: 1 is above all thresholds, (2 + 1/2) tau / 3 = 0.79 being the
  // last. Sample 1: tau = 4, thresholds 2/3, 2 (a tie) and 10/3.
  EXPECT_EQ(results[0].floats(),
            llvm::ArrayRef<float>(
                {0, 3 * (small / 3), 2 * (4.0f / 3), 2 * (4.0f / 3)}));
  EXPECT_EQ(results[1].floats(), llvm::ArrayRef<float>({4}));
  EXPECT_EQ(results[2].floats(),
            llvm::ArrayRef<float>({0.75f + 0.25f * ((small + 4) / 2)}));
}

TEST_F(LowbitOpsTest, ThresholdCountsBaseAndSteps) {
  Tensor result = runBody(
      "%x: tensor<4x2xi32>, %t: tensor<2x2xi32>",
      "%r = lowbit.threshold %x, %t signs [1, -1] base 1 steps [2, 3] : "
      "tensor<4x2xi32>, tensor<2x2xi32> -> tensor<4x2x!lowbit.uint<3>>",
      "tensor<4x2x!lowbit.uint<3>>",
      {Tensor({4, 2}, Integers{0, 0, 5, -5, 6, -7, 7, -9}),
       // The second row out of order: every threshold keeps its step.
       Tensor({2, 2}, Integers{5, 7, 8, 5})});
  EXPECT_EQ(result.integers(),
            llvm::ArrayRef<int64_t>({1, 1, 3, 4, 3, 4, 6, 6}));
}

TEST_F(LowbitOpsTest, QuantizeRoundsToEvenAndSaturates) {
  Tensor result = runBody(
      "%x: tensor<8xf32>, %s: tensor<1xf32>",
      "%r = lowbit.quantize %x, %s : tensor<8xf32>, tensor<1xf32> -> "
      "tensor<8x!lowbit.int<4>>",
      "tensor<8x!lowbit.int<4>>",
      {Tensor({8}, Floats{0.25f, 0.75f, 1.25f, -0.25f, 99, -99, NAN, INFINITY}),
       Tensor({1}, Floats{0.5f})});
  EXPECT_EQ(result.integers(),
            llvm::ArrayRef<int64_t>({0, 2, 2, 0, 7, -8, -8, 7}));
}

TEST_F(LowbitOpsTest, QuantizeRefusesANegativeScale) {
  std::vector<Tensor> results =
      run("func.func @main(%x: tensor<1xf32>, %s: tensor<1xf32>) -> "
          "tensor<1x!lowbit.int<4>> {\n"
          "%r = lowbit.quantize %x, %s : tensor<1xf32>, tensor<1xf32> -> "
          "tensor<1x!lowbit.int<4>>\n"
          "return %r : tensor<1x!lowbit.int<4>> }",
          {Tensor({1}, Floats{1}), Tensor({1}, Floats{-1})});
  EXPECT_TRUE(results.empty());
  EXPECT_NE(diagnostics.find("not positive"), std::string::npos);
}

TEST_F(LowbitOpsTest, DequantizePerChannel) {
  Tensor input({2, 2}, Integers{1, 2, -3, 0});
  Tensor scale({2}, Floats{0.5f, -2});
  Tensor plain =
      runBody("%x: tensor<2x2xi32>, %s: tensor<2xf32>",
              "%r = lowbit.dequantize %x scale(%s) : tensor<2x2xi32>, "
              "tensor<2xf32> -> tensor<2x2xf32>",
              "tensor<2x2xf32>", {input, scale});
  EXPECT_EQ(plain.floats(), llvm::ArrayRef<float>({0.5f, -4, -1.5f, 0}));
  EXPECT_TRUE(std::signbit(plain.floats()[3]));
  Tensor biased =
      runBody("%x: tensor<2x2xi32>, %s: tensor<2xf32>, %b: tensor<1xf32>",
              "%r = lowbit.dequantize %x scale(%s) bias(%b) : tensor<2x2xi32>, "
              "tensor<2xf32>, tensor<1xf32> -> tensor<2x2xf32>",
              "tensor<2x2xf32>", {input, scale, Tensor({1}, Floats{10})});
  EXPECT_EQ(biased.floats(), llvm::ArrayRef<float>({10.5f, 6, 8.5f, 10}));
}

TEST_F(LowbitOpsTest, ThresholdOfIntegersWithSigns) {
  Tensor result =
      runBody("%x: tensor<3x2xi32>, %t: tensor<2x2xi32>",
              "%r = lowbit.threshold %x, %t signs [1, -1] : tensor<3x2xi32>, "
              "tensor<2x2xi32> -> tensor<3x2x!lowbit.ternary>",
              "tensor<3x2x!lowbit.ternary>",
              {Tensor({3, 2}, Integers{4, 4, 5, -5, 10, -10}),
               Tensor({2, 2}, Integers{5, 10, 5, 10})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({-1, -1, 0, 0, 1, 1}));
}

TEST_F(LowbitOpsTest, ThresholdOfFloats) {
  Tensor result = runBody(
      "%x: tensor<1x4xf32>, %t: tensor<1x1xf32>",
      "%r = lowbit.threshold %x, %t : tensor<1x4xf32>, tensor<1x1xf32> -> "
      "tensor<1x4x!lowbit.bipolar>",
      "tensor<1x4x!lowbit.bipolar>",
      {Tensor({1, 4}, Floats{0.5f, 0.25f, NAN, 1}),
       Tensor({1, 1}, Floats{0.5f})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({1, -1, -1, 1}));
}

TEST_F(LowbitOpsTest, Conv2DOfGroups) {
  // Channels (1, 2), (3, -1): outputs 0 and 1 read the first, 2 and 3 the
  // second group, by weights (1, -1), (0, 1), (1, 1), (-1, 0).
  Tensor result = runBody(
      "%x: tensor<1x1x1x4x!lowbit.int<4>>",
      "%w = lowbit.constant dense<[0x92, 0x4A]> : tensor<2xi8> : "
      "tensor<4x1x1x2x!lowbit.ternary>\n"
      "%r = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation "
      "[1, 1] groups 2 : tensor<1x1x1x4x!lowbit.int<4>>, "
      "tensor<4x1x1x2x!lowbit.ternary> -> tensor<1x1x1x4xi32>",
      "tensor<1x1x1x4xi32>", {Tensor({1, 1, 1, 4}, Integers{1, 2, 3, -1})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({-1, 2, 2, -3}));
}

TEST_F(LowbitOpsTest, Pad) {
  Tensor result =
      runBody("%x: tensor<1x2x!lowbit.int<4>>",
              "%r = lowbit.pad %x low [1, 0] high [0, 1] level -3 : "
              "tensor<1x2x!lowbit.int<4>> -> tensor<2x3x!lowbit.int<4>>",
              "tensor<2x3x!lowbit.int<4>>", {Tensor({1, 2}, Integers{5, 7})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({-3, -3, -3, 5, 7, -3}));
}

TEST_F(LowbitOpsTest, Conv2D) {
  NaiveConvolution naive = {
      {1, 7, 6, 3}, {5, 3, 2, 3}, {1, 0, 0, 2}, {2, 3}, {2, 1}};
  Integers in = mixedIntegers(126, 0, 15), weight = mixedIntegers(90, -1, 1);
  Tensor result = runBody(
      "%x: tensor<1x7x6x3x!lowbit.uint<4>>, %w: "
      "tensor<5x3x2x3x!lowbit.ternary>",
      "%r = lowbit.conv2d %x, %w pad [1, 0, 0, 2] stride [2, 3] dilation [2, "
      "1] "
      ": tensor<1x7x6x3x!lowbit.uint<4>>, tensor<5x3x2x3x!lowbit.ternary> -> "
      "tensor<1x2x3x5xi32>",
      "tensor<1x2x3x5xi32>",
      {Tensor({1, 7, 6, 3}, in), Tensor({5, 3, 2, 3}, weight)});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>(naive(in, weight)));
}

TEST_F(LowbitOpsTest, Matmul) {
  Tensor result =
      runBody("%x: tensor<2x3x!lowbit.int<8>>, %w: tensor<2x3x!lowbit.pow2<3>>",
              "%r = lowbit.matmul %x, %w : tensor<2x3x!lowbit.int<8>>, "
              "tensor<2x3x!lowbit.pow2<3>> -> tensor<2x2xi32>",
              "tensor<2x2xi32>",
              {Tensor({2, 3}, Integers{1, 2, 3, -128, 127, 0}),
               Tensor({2, 3}, Integers{1, -2, 4, 0, 1, -1})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({9, -1, -382, 127}));
}

TEST_F(LowbitOpsTest, RescaleRoundsAndSaturates) {
  auto rescale = [&](llvm::StringRef rounding) {
    return Integers(
        runBody("%x: tensor<3x2xi32>, %m: tensor<2xi64>, %o: tensor<1xi64>",
                ("%r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 "
                 "rounding " +
                 rounding +
                 " : tensor<3x2xi32>, tensor<2xi64>, tensor<1xi64> -> "
                 "tensor<3x2x!lowbit.int<4>>")
                    .str(),
                "tensor<3x2x!lowbit.int<4>>",
                {Tensor({3, 2}, Integers{1, 1, -1, -1, 100, 100}),
                 Tensor({2}, Integers{2, -3}), Tensor({1}, Integers{0})})
            .integers());
  };
  // 2/4, -3/4, -2/4, 3/4, then beyond both ends.
  EXPECT_EQ(rescale("half_up"), Integers({1, -1, 0, 1, 7, -8}));
  EXPECT_EQ(rescale("half_even"), Integers({0, -1, 0, 1, 7, -8}));
  EXPECT_EQ(rescale("half_away"), Integers({1, -1, -1, 1, 7, -8}));
  EXPECT_EQ(rescale("floor"), Integers({0, -1, -1, 0, 7, -8}));
}

TEST_F(LowbitOpsTest, RescaleClampsInside) {
  Tensor result = runBody(
      "%x: tensor<3xi32>, %m: tensor<1xi64>, %o: tensor<1xi64>",
      "%r = lowbit.rescale %x multiplier(%m) offset(%o) shift 0 rounding floor "
      "clamp [0, 5] : tensor<3xi32>, tensor<1xi64>, tensor<1xi64> -> "
      "tensor<3x!lowbit.int<8>>",
      "tensor<3x!lowbit.int<8>>",
      {Tensor({3}, Integers{-4, 3, 9}), Tensor({1}, Integers{1}),
       Tensor({1}, Integers{1})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({0, 4, 5}));
}

TEST_F(LowbitOpsTest, RescaleOverflowIsADiagnostic) {
  std::vector<Tensor> results =
      run("func.func @main(%x: tensor<1xi32>, %m: tensor<1xi64>) -> "
          "tensor<1x!lowbit.int<8>> {\n"
          "%r = lowbit.rescale %x multiplier(%m) offset(%m) shift 0 rounding "
          "floor : tensor<1xi32>, tensor<1xi64>, tensor<1xi64> -> "
          "tensor<1x!lowbit.int<8>>\n"
          "return %r : tensor<1x!lowbit.int<8>> }",
          {Tensor({1}, Integers{4}), Tensor({1}, Integers{int64_t(1) << 61})});
  EXPECT_TRUE(results.empty());
  EXPECT_NE(diagnostics.find("2^62"), std::string::npos);
}

TEST_F(LowbitOpsTest, AddRoundsOnce) {
  Tensor result = runBody(
      "%a: tensor<4xi32>, %b: tensor<4x!lowbit.int<8>>, %m: tensor<1xi64>, %o: "
      "tensor<1xi64>",
      "%r = lowbit.add %a multiplier(%m), %b multiplier(%m) offset(%o) shift 1 "
      "rounding half_up : tensor<4xi32>, tensor<1xi64>, "
      "tensor<4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64> -> "
      "tensor<4x!lowbit.int<8>>",
      "tensor<4x!lowbit.int<8>>",
      {Tensor({4}, Integers{1, 1, -1, 1000}),
       Tensor({4}, Integers{1, 2, -2, 1}), Tensor({1}, Integers{1}),
       Tensor({1}, Integers{0})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({1, 2, -1, 127}));
}

TEST_F(LowbitOpsTest, PoolsLeavePaddingOut) {
  auto pool = [&](llvm::StringRef op, llvm::StringRef element) {
    std::string type = ("tensor<1x1x2x1x" + element + ">").str();
    return Integers(
        runBody("%x: tensor<1x1x3x1x!lowbit.int<4>>",
                ("%r = lowbit." + op +
                 " %x kernel [1, 2] pad [0, 0, 1, 0] stride [1, 2] : "
                 "tensor<1x1x3x1x!lowbit.int<4>> -> " +
                 type)
                    .str(),
                type, {Tensor({1, 1, 3, 1}, Integers{-5, -2, -3})})
            .integers());
  };
  EXPECT_EQ(pool("max_pool2d", "!lowbit.int<4>"), Integers({-5, -2}));
  EXPECT_EQ(pool("sum_pool2d", "i32"), Integers({-5, -5}));
}

TEST_F(LowbitOpsTest, PackAndUnpack) {
  std::vector<Tensor> results = run(
      "func.func @main(%x: tensor<5x!lowbit.ternary>) -> "
      "(tensor<2x!lowbit.packed<!lowbit.ternary, bits>>, "
      "tensor<5x!lowbit.ternary>) {\n"
      "%p = lowbit.pack %x : tensor<5x!lowbit.ternary> -> "
      "tensor<2x!lowbit.packed<!lowbit.ternary, bits>>\n"
      "%u = lowbit.unpack %p : tensor<2x!lowbit.packed<!lowbit.ternary, bits>> "
      "-> tensor<5x!lowbit.ternary>\n"
      "return %p, %u : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>, "
      "tensor<5x!lowbit.ternary> }",
      {Tensor({5}, Integers{-1, 0, 1, 1, 0})});
  ASSERT_EQ(results.size(), 2u) << diagnostics;
  EXPECT_EQ(results[0].integers(), llvm::ArrayRef<int64_t>({0xA4, 1}));
  EXPECT_EQ(results[1].integers(), llvm::ArrayRef<int64_t>({-1, 0, 1, 1, 0}));
}

TEST_F(LowbitOpsTest, UnpackRefusesPoison) {
  std::vector<Tensor> results =
      run("func.func @main(%p: tensor<1x!lowbit.packed<!lowbit.ternary, "
          "bits>>) -> tensor<4x!lowbit.ternary> {\n"
          "%r = lowbit.unpack %p : tensor<1x!lowbit.packed<!lowbit.ternary, "
          "bits>> -> tensor<4x!lowbit.ternary>\n"
          "return %r : tensor<4x!lowbit.ternary> }",
          {Tensor({1}, Integers{3})});
  EXPECT_TRUE(results.empty());
  EXPECT_NE(diagnostics.find("poison"), std::string::npos);
}

TEST_F(LowbitOpsTest, Checksum) {
  Tensor result = runBody("%x: tensor<2x!lowbit.ternary>",
                          "%r = lowbit.checksum %x : tensor<2x!lowbit.ternary>",
                          "i64", {Tensor({2}, Integers{-1, 1})});
  lowbit::numerics::Checksum hash;
  hash.update(-1);
  hash.update(1);
  EXPECT_TRUE(result.shape().empty());
  EXPECT_EQ(result.integers()[0], static_cast<int64_t>(hash.finish()));
}

} // namespace
