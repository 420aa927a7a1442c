//===- TosaElementwiseTest.cpp - Unit tests of element-wise TOSA ops -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace lowbit::reference;

namespace {

class TosaElementwiseTest : public ModuleTest {
protected:
  /// `op` of one operand on three elements.
  Floats unary(const char *op, Floats input) {
    std::string body =
        llvm::formatv("%r = {0} : (tensor<3xf32>) -> tensor<3xf32>", op);
    return runBody("%x: tensor<3xf32>", body, "tensor<3xf32>",
                   {Tensor({3}, std::move(input))})
        .floats();
  }

  Floats binary(const char *op, Floats lhs, Floats rhs) {
    std::string body = llvm::formatv(
        "%r = {0} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>", op);
    return runBody("%x: tensor<3xf32>, %y: tensor<3xf32>", body,
                   "tensor<3xf32>",
                   {Tensor({3}, std::move(lhs)), Tensor({3}, std::move(rhs))})
        .floats();
  }

  Tensor castTo(const char *from, const char *to, const Tensor &input) {
    std::string body = llvm::formatv(
        "%r = tosa.cast %x : (tensor<{2}x{0}>) -> tensor<{2}x{1}>", from, to,
        input.numElements());
    return runBody(
        llvm::formatv("%x: tensor<{1}x{0}>", from, input.numElements()).str(),
        body, llvm::formatv("tensor<{1}x{0}>", to, input.numElements()).str(),
        {input});
  }
};

TEST_F(TosaElementwiseTest, Unary) {
  EXPECT_EQ(unary("tosa.abs %x", {-1, 0, 2}), Floats({1, 0, 2}));
  EXPECT_EQ(unary("tosa.floor %x", {-1.5f, 0.5f, 2}), Floats({-2, 0, 2}));
  EXPECT_EQ(unary("tosa.ceil %x", {-1.5f, 0.5f, 2}), Floats({-1, 1, 2}));
  EXPECT_EQ(unary("tosa.reciprocal %x", {-2, 4, 0.5f}),
            Floats({-0.5f, 0.25f, 2}));
  EXPECT_EQ(unary("tosa.rsqrt %x", {1, 4, 0.25f}), Floats({1, 0.5f, 2}));
  EXPECT_EQ(unary("tosa.exp %x", {0, 1, -1}),
            Floats({1, std::exp(1.0f), std::exp(-1.0f)}));
  EXPECT_EQ(unary("tosa.log %x", {1, 2, 3}),
            Floats({0, std::log(2.0f), std::log(3.0f)}));
  EXPECT_EQ(unary("tosa.tanh %x", {0, 1, -1}),
            Floats({0, std::tanh(1.0f), std::tanh(-1.0f)}));
  EXPECT_EQ(unary("tosa.sigmoid %x", {0, 200, -200}), Floats({0.5f, 1, 0}));
  EXPECT_EQ(unary("tosa.identity %x", {0, 2, -2}), Floats({0, 2, -2}));
}

TEST_F(TosaElementwiseTest, Negate) {
  Tensor result = runBody(
      "%x: tensor<2xf32>, %z: tensor<1xf32>",
      R"(%z0 = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
%r = tosa.negate %x, %z0, %z0 : (tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>)",
      "tensor<2xf32>", {Tensor({2}, Floats{1, -2}), Tensor({1}, Floats{0})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({-1, 2}));
}

TEST_F(TosaElementwiseTest, ClampInBothNanModes) {
  EXPECT_EQ(unary("tosa.clamp %x {min_val = -1.0 : f32, max_val = 2.0 : f32}",
                  {-3, 1, 3}),
            Floats({-1, 1, 2}));
  Floats propagated = unary(
      "tosa.clamp %x {min_val = -1.0 : f32, max_val = 2.0 : f32}", {NAN, 1, 3});
  EXPECT_TRUE(std::isnan(propagated[0]));
  EXPECT_EQ(unary("tosa.clamp %x {min_val = -1.0 : f32, max_val = 2.0 : f32, "
                  "nan_mode = IGNORE}",
                  {NAN, 1, 3}),
            Floats({-1, 1, 2}));
}

TEST_F(TosaElementwiseTest, Binary) {
  EXPECT_EQ(binary("tosa.add %x, %y", {1, 2, 3}, {4, 5, 6}), Floats({5, 7, 9}));
  EXPECT_EQ(binary("tosa.sub %x, %y", {1, 2, 3}, {4, 5, 7}),
            Floats({-3, -3, -4}));
  EXPECT_EQ(binary("tosa.maximum %x, %y", {1, 5, 3}, {4, 2, 3}),
            Floats({4, 5, 3}));
  EXPECT_EQ(binary("tosa.minimum %x, %y", {1, 5, 3}, {4, 2, 3}),
            Floats({1, 2, 3}));
}

TEST_F(TosaElementwiseTest, MaximumInBothNanModes) {
  Floats propagated =
      binary("tosa.maximum %x, %y", {NAN, 1, NAN}, {1, NAN, NAN});
  for (float value : propagated)
    EXPECT_TRUE(std::isnan(value));
  Floats ignored = binary("tosa.minimum %x, %y {nan_mode = IGNORE}",
                          {NAN, 1, NAN}, {2, NAN, NAN});
  EXPECT_EQ(ignored[0], 2);
  EXPECT_EQ(ignored[1], 1);
  EXPECT_TRUE(std::isnan(ignored[2]));
}

TEST_F(TosaElementwiseTest, MulBroadcasts) {
  Tensor result = runBody(
      "%x: tensor<2x1x2xf32>, %y: tensor<1x3x1xf32>",
      R"(%s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
%r = tosa.mul %x, %y, %s : (tensor<2x1x2xf32>, tensor<1x3x1xf32>, tensor<1xi8>) -> tensor<2x3x2xf32>)",
      "tensor<2x3x2xf32>",
      {Tensor({2, 1, 2}, Floats{1, 2, 3, 4}),
       Tensor({1, 3, 1}, Floats{1, 10, 100})});
  EXPECT_EQ(result.floats(), llvm::ArrayRef<float>({1, 2, 10, 20, 100, 200, 3,
                                                    4, 30, 40, 300, 400}));
}

TEST_F(TosaElementwiseTest, CompareAndSelect) {
  Tensor result = runBody(
      "%x: tensor<4xf32>, %y: tensor<4xf32>",
      R"(%g = tosa.greater %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
%e = tosa.equal %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
%h = tosa.greater_equal %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
%a = tosa.cast %g : (tensor<4xi1>) -> tensor<4xi32>
%b = tosa.cast %e : (tensor<4xi1>) -> tensor<4xi32>
%r = tosa.select %h, %a, %b : (tensor<4xi1>, tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>)",
      "tensor<4xi32>",
      {Tensor({4}, Floats{1, 2, 3, NAN}), Tensor({4}, Floats{1, 1, 4, 1})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({0, 1, 0, 0}));
}

TEST_F(TosaElementwiseTest, CastRoundsToEvenAndSaturates) {
  Tensor floats(
      {8}, Floats{0.5f, 1.5f, -2.5f, 127.5f, 1e9f, -128.5f, -INFINITY, NAN});
  EXPECT_EQ(castTo("f32", "i8", floats).integers(),
            llvm::ArrayRef<int64_t>({0, 2, -2, 127, 127, -128, -128, 0}));
  Tensor large({2}, Floats{3e9f, -3e9f});
  EXPECT_EQ(castTo("f32", "i32", large).integers(),
            llvm::ArrayRef<int64_t>({2147483647, -2147483648}));
}

TEST_F(TosaElementwiseTest, CastOfIntegers) {
  Tensor input({3}, Integers{-128, 0, 16777217});
  EXPECT_EQ(castTo("i32", "f32", input).floats(),
            llvm::ArrayRef<float>({-128, 0, 16777216}));
  EXPECT_EQ(castTo("i32", "i8", input).integers(),
            llvm::ArrayRef<int64_t>({-128, 0, 1}));
  EXPECT_EQ(castTo("i32", "i1", input).integers(),
            llvm::ArrayRef<int64_t>({1, 0, 1}));
}

TEST_F(TosaElementwiseTest, RefusesTypesThatTheVerifierLetsThrough) {
  expectRefused("%x: tensor<2x2xf32>, %s: tensor<1xi8>",
                "%r = tosa.mul %x, %x, %s : (tensor<2x2xf32>, "
                "tensor<2x2xf32>, tensor<1xi8>) -> tensor<3x2xf32>",
                "tensor<3x2xf32>");
  expectRefused("%x: tensor<2xf32>",
                "%r = tosa.identity %x : (tensor<2xf32>) -> tensor<3xf32>",
                "tensor<3xf32>");
}

} // namespace
