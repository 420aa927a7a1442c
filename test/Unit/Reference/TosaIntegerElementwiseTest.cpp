//===- TosaIntegerElementwiseTest.cpp - Tests of element-wise integer TOSA -*-
// C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"
#include "llvm/Support/FormatVariadic.h"

using namespace lowbit::reference;

namespace {

constexpr int64_t lowest = -2147483648, highest = 2147483647;

class TosaIntegerElementwiseTest : public ModuleTest {
protected:
  static std::string constant(const char *name, const char *element,
                              int64_t value) {
    return llvm::formatv("{0} = \"tosa.const\"() <{{values = dense<{2}> : "
                         "tensor<1x{1}>}> : () -> tensor<1x{1}>\n",
                         name, element, value);
  }

  static std::string mulBody(const char *from, const char *to, int64_t shift) {
    return constant("%s", "i8", shift) +
           llvm::formatv("%r = tosa.mul %x, %y, %s : (tensor<3x{0}>, "
                         "tensor<3x{0}>, tensor<1xi8>) -> tensor<3x{1}>",
                         from, to)
               .str();
  }

  Integers mul(const char *from, const char *to, int64_t shift, Integers x,
               Integers y) {
    return Integers(
        runBody(
            llvm::formatv("%x: tensor<3x{0}>, %y: tensor<3x{0}>", from).str(),
            mulBody(from, to, shift), llvm::formatv("tensor<3x{0}>", to).str(),
            {Tensor({3}, std::move(x)), Tensor({3}, std::move(y))})
            .integers());
  }

  Integers negate(int64_t inputZeroPoint, int64_t outputZeroPoint, Integers x) {
    return Integers(runBody("%x: tensor<4xi8>",
                            constant("%a", "i8", inputZeroPoint) +
                                constant("%b", "i8", outputZeroPoint) +
                                "%r = tosa.negate %x, %a, %b : (tensor<4xi8>, "
                                "tensor<1xi8>, tensor<1xi8>) -> tensor<4xi8>",
                            "tensor<4xi8>", {Tensor({4}, std::move(x))})
                        .integers());
  }
};

TEST_F(TosaIntegerElementwiseTest, AbsWraps) {
  EXPECT_EQ(apply("tosa.abs %x", "i32", "i32", {lowest, -5, 0, highest}),
            Integers({lowest, 5, 0, highest}));
}

TEST_F(TosaIntegerElementwiseTest, CountLeadingZeros) {
  EXPECT_EQ(apply("tosa.clz %x", "i32", "i32", {0, 1, -1, highest, 1 << 20}),
            Integers({32, 31, 0, 1, 11}));
}

TEST_F(TosaIntegerElementwiseTest, Clamp) {
  EXPECT_EQ(apply("tosa.clamp %x {min_val = -3 : i8, max_val = 7 : i8}", "i8",
                  "i8", {-128, -3, 0, 8}),
            Integers({-3, -3, 0, 7}));
}

TEST_F(TosaIntegerElementwiseTest, NegateSaturates) {
  EXPECT_EQ(negate(0, 0, {-128, -127, 0, 127}), Integers({127, 127, 0, -127}));
  EXPECT_EQ(negate(-128, 10, {-128, -100, 127, 9}),
            Integers({10, -18, -128, -127}));
}

TEST_F(TosaIntegerElementwiseTest, SumsWrap) {
  EXPECT_EQ(
      apply("tosa.add %x, %y", "i32", "i32", {highest, lowest, 5}, {1, -1, -7}),
      Integers({lowest, highest, -2}));
  EXPECT_EQ(
      apply("tosa.sub %x, %y", "i32", "i32", {highest, lowest, 5}, {-1, 1, 7}),
      Integers({lowest, highest, -2}));
  EXPECT_EQ(apply("tosa.add %x, %y", "i8", "i8", {127, -128}, {2, -3}),
            Integers({-127, 125}));
}

TEST_F(TosaIntegerElementwiseTest, SumsBroadcast) {
  EXPECT_EQ(apply("tosa.add %x, %y", "i32", "i32", {1, 2, 3}, {10}),
            Integers({11, 12, 13}));
}

TEST_F(TosaIntegerElementwiseTest, MulWrapsWithoutShift) {
  EXPECT_EQ(mul("i32", "i32", 0, {65536, -3, lowest}, {65537, 7, -1}),
            Integers({65536, -21, lowest}));
  EXPECT_EQ(mul("i8", "i32", 0, {-128, 127, 3}, {-128, -128, 0}),
            Integers({16384, -16256, 0}));
}

TEST_F(TosaIntegerElementwiseTest, MulRoundsHalfUp) {
  EXPECT_EQ(mul("i32", "i32", 1, {3, -3, 5}, {1, 1, -2}),
            Integers({2, -1, -5}));
  EXPECT_EQ(
      mul("i32", "i32", 31, {lowest, highest, 1 << 30}, {highest, highest, 1}),
      Integers({-highest, highest - 1, 1}));
}

TEST_F(TosaIntegerElementwiseTest, MulWithAShiftNeedsI32) {
  std::string function =
      "func.func @main(%x: tensor<3xi8>, %y: tensor<3xi8>) -> tensor<3xi32> "
      "{\n" +
      mulBody("i8", "i32", 2) + "\nreturn %r : tensor<3xi32> }";
  Tensor operand({3}, Integers{1, 2, 3});
  EXPECT_TRUE(run(function, {operand, operand}).empty());
  EXPECT_NE(diagnostics.find("a shift needs operands and a result of i32"),
            std::string::npos)
      << diagnostics;
}

TEST_F(TosaIntegerElementwiseTest, MulRefusesOtherShifts) {
  std::string function =
      "func.func @main(%x: tensor<3xi32>, %s: tensor<1xi8>) -> tensor<3xi32> "
      "{\n%r = tosa.mul %x, %x, %s : (tensor<3xi32>, tensor<3xi32>, "
      "tensor<1xi8>) -> tensor<3xi32>\nreturn %r : tensor<3xi32> }";
  Tensor operand({3}, Integers{1, 2, 3});
  for (int64_t shift : {-1, 64}) {
    diagnostics.clear();
    EXPECT_TRUE(run(function, {operand, Tensor({1}, Integers{shift})}).empty());
    EXPECT_NE(diagnostics.find("the shift is outside [0, 63]"),
              std::string::npos)
        << diagnostics;
  }
}

TEST_F(TosaIntegerElementwiseTest, MaximumAndMinimum) {
  EXPECT_EQ(apply("tosa.maximum %x, %y", "i8", "i8", {-1, 5, 3}, {4, -2, 3}),
            Integers({4, 5, 3}));
  EXPECT_EQ(apply("tosa.minimum %x, %y", "i8", "i8", {-1, 5, 3}, {4, -2, 3}),
            Integers({-1, -2, 3}));
}

TEST_F(TosaIntegerElementwiseTest, Bitwise) {
  EXPECT_EQ(apply("tosa.bitwise_and %x, %y", "i8", "i8", {12, -1}, {10, -128}),
            Integers({8, -128}));
  EXPECT_EQ(apply("tosa.bitwise_or %x, %y", "i8", "i8", {12, 1}, {10, -128}),
            Integers({14, -127}));
  EXPECT_EQ(apply("tosa.bitwise_xor %x, %y", "i8", "i8", {12, -1}, {10, -128}),
            Integers({6, 127}));
  EXPECT_EQ(apply("tosa.bitwise_not %x", "i8", "i8", {0, 127}),
            Integers({-1, -128}));
}

TEST_F(TosaIntegerElementwiseTest, Logical) {
  Integers x = {0, 0, 1, 1}, y = {0, 1, 0, 1};
  EXPECT_EQ(apply("tosa.logical_and %x, %y", "i1", "i1", x, y),
            Integers({0, 0, 0, 1}));
  EXPECT_EQ(apply("tosa.logical_or %x, %y", "i1", "i1", x, y),
            Integers({0, 1, 1, 1}));
  EXPECT_EQ(apply("tosa.logical_xor %x, %y", "i1", "i1", x, y),
            Integers({0, 1, 1, 0}));
  EXPECT_EQ(apply("tosa.logical_not %x", "i1", "i1", x),
            Integers({1, 1, 0, 0}));
}

TEST_F(TosaIntegerElementwiseTest, LogicalShifts) {
  EXPECT_EQ(apply("tosa.logical_left_shift %x, %y", "i32", "i32",
                  {1, 3, -1, 0x12345678}, {31, 31, 4, 8}),
            Integers({lowest, lowest, -16, 0x34567800}));
  EXPECT_EQ(apply("tosa.logical_right_shift %x, %y", "i8", "i8",
                  {-1, -128, 127, -1}, {0, 7, 3, 1}),
            Integers({-1, 1, 15, 127}));
}

TEST_F(TosaIntegerElementwiseTest, ArithmeticShiftRoundsHalfUp) {
  Integers x = {5, -5, -6, 7, -128}, y = {1, 1, 2, 0, 7};
  EXPECT_EQ(apply("tosa.arithmetic_right_shift %x, %y {round = true}", "i8",
                  "i8", x, y),
            Integers({3, -2, -1, 7, -1}));
  EXPECT_EQ(apply("tosa.arithmetic_right_shift %x, %y {round = false}", "i8",
                  "i8", x, y),
            Integers({2, -3, -2, 7, -1}));
}

TEST_F(TosaIntegerElementwiseTest, ShiftsOutOfRangeAreDiagnostics) {
  for (const char *op :
       {"tosa.logical_left_shift %x, %y", "tosa.logical_right_shift %x, %y",
        "tosa.arithmetic_right_shift %x, %y {round = true}"}) {
    expectApplyFails(op, "i8", {1, 2}, {1, 8}, "a shift is outside [0, 8)");
    expectApplyFails(op, "i32", {1, 2}, {-1, 0}, "a shift is outside [0, 32)");
  }
}

TEST_F(TosaIntegerElementwiseTest, TableOfBytes) {
  Integers table(256);
  for (int64_t i = 0; i < 256; ++i)
    table[i] = 127 - i;
  Tensor result =
      runBody("%x: tensor<3xi8>, %t: tensor<256xi8>",
              "%r = tosa.table %x, %t : (tensor<3xi8>, "
              "tensor<256xi8>) -> tensor<3xi8>",
              "tensor<3xi8>",
              {Tensor({3}, Integers{-128, 0, 127}), Tensor({256}, table)});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({127, -1, -128}));
}

TEST_F(TosaIntegerElementwiseTest, TableInterpolates) {
  Integers table(513);
  for (int64_t i = 0; i < 513; ++i)
    table[i] = i * i / 16 - 8000;
  Tensor result = runBody(
      "%x: tensor<4xi16>, %t: tensor<513xi16>",
      "%r = tosa.table %x, %t : (tensor<4xi16>, "
      "tensor<513xi16>) -> tensor<4xi32>",
      "tensor<4xi32>",
      {Tensor({4}, Integers{-32768, 0, 100, 32767}), Tensor({513}, table)});
  EXPECT_EQ(
      result.integers(),
      llvm::ArrayRef<int64_t>({-8000 * 128, -3904 * 128, -3904 * 128 + 32 * 100,
                               8320 * 128 + 64 * 127}));
}

TEST_F(TosaIntegerElementwiseTest, RefusesTablesOfOtherSizes) {
  expectRefused("%x: tensor<4xi8>, %t: tensor<255xi8>",
                "%r = tosa.table %x, %t : (tensor<4xi8>, tensor<255xi8>) -> "
                "tensor<4xi8>",
                "tensor<4xi8>");
  expectRefused("%x: tensor<4xi16>, %t: tensor<512xi16>",
                "%r = tosa.table %x, %t : (tensor<4xi16>, tensor<512xi16>) -> "
                "tensor<4xi32>",
                "tensor<4xi32>");
}

TEST_F(TosaIntegerElementwiseTest, RefusesIntegersTooWide) {
  expectRefused("%x: tensor<4xi64>",
                "%r = tosa.add %x, %x : (tensor<4xi64>, tensor<4xi64>) -> "
                "tensor<4xi64>",
                "tensor<4xi64>");
}

TEST_F(TosaIntegerElementwiseTest, CompareAndSelect) {
  Tensor result = runBody(
      "%x: tensor<3xi8>, %y: tensor<3xi8>",
      R"(%g = tosa.greater %x, %y : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi1>
%r = tosa.select %g, %x, %y : (tensor<3xi1>, tensor<3xi8>, tensor<3xi8>) -> tensor<3xi8>)",
      "tensor<3xi8>",
      {Tensor({3}, Integers{-1, 5, 3}), Tensor({3}, Integers{1, -5, 3})});
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({1, 5, 3}));
}

} // namespace
