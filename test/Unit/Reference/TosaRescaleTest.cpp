//===- TosaRescaleTest.cpp - Tests of TOSA rescale -*- C++ -*-===//
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

/// One rescale of tensors [2, 2].
struct Rescale {
  const char *from = "i32", *to = "i8", *rounding = "SINGLE_ROUND";
  bool inputUnsigned = false, outputUnsigned = false, scale32 = true;
  Integers multiplier, shift;
  int64_t inputZeroPoint = 0, outputZeroPoint = 0;

  std::string body() const {
    auto list = [](const Integers &values) {
      std::string text = "dense<[";
      for (auto [index, value] : llvm::enumerate(values))
        text += (index ? ", " : "") + std::to_string(value);
      return text + "]>";
    };
    size_t channels = multiplier.size();
    const char *type = scale32 ? "i32" : "i16";
    std::string constants =
        llvm::formatv("%m = \"tosa.const\"() <{{values = {0} : "
                      "tensor<{1}x{2}>}> : () -> tensor<{1}x{2}>\n",
                      list(multiplier), channels, type)
            .str() +
        llvm::formatv("%s = \"tosa.const\"() <{{values = {0} : "
                      "tensor<{1}xi8>}> : () -> tensor<{1}xi8>\n",
                      list(shift), channels)
            .str() +
        llvm::formatv("%i = \"tosa.const\"() <{{values = dense<{0}> : "
                      "tensor<1x{1}>}> : () -> tensor<1x{1}>\n",
                      inputZeroPoint, from)
            .str() +
        llvm::formatv("%o = \"tosa.const\"() <{{values = dense<{0}> : "
                      "tensor<1x{1}>}> : () -> tensor<1x{1}>\n",
                      outputZeroPoint, to)
            .str();
    return constants +
           llvm::formatv("%r = tosa.rescale %x, %m, %s, %i, %o "
                         "{{input_unsigned = {0}, output_unsigned = {1}, "
                         "per_channel = {2}, rounding_mode = {3}, scale32 = "
                         "{4}} : (tensor<2x2x{5}>, tensor<{6}x{7}>, "
                         "tensor<{6}xi8>, tensor<1x{5}>, tensor<1x{8}>) -> "
                         "tensor<2x2x{8}>",
                         inputUnsigned, outputUnsigned, channels > 1, rounding,
                         scale32, from, channels, type, to)
               .str();
  }

  std::string argument() const {
    return llvm::formatv("%x: tensor<2x2x{0}>", from);
  }
  std::string result() const { return llvm::formatv("tensor<2x2x{0}>", to); }
};

class TosaRescaleTest : public ModuleTest {
protected:
  Integers rescale(const Rescale &op, Integers x) {
    return Integers(runBody(op.argument(), op.body(), op.result(),
                            {Tensor({2, 2}, std::move(x))})
                        .integers());
  }

  void expectFails(const Rescale &op, llvm::StringRef text) {
    diagnostics.clear();
    EXPECT_TRUE(run("func.func @main(" + op.argument() + ") -> " + op.result() +
                        " {\n" + op.body() + "\nreturn %r : " + op.result() +
                        "}",
                    {Tensor({2, 2}, Integers(4))})
                    .empty());
    EXPECT_NE(diagnostics.find(text), std::string::npos) << diagnostics;
  }
};

TEST_F(TosaRescaleTest, RoundsHalfUpAndSaturates) {
  Rescale op;
  op.multiplier = {1 << 29};
  op.shift = {30};
  EXPECT_EQ(rescale(op, {3, -3, 300, -300}), Integers({2, -1, 127, -128}));
}

TEST_F(TosaRescaleTest, DoubleRoundCountsAboveShift31) {
  Rescale op;
  op.multiplier = {2147483647};
  op.shift = {32};
  EXPECT_EQ(rescale(op, {1, -1, 3, -3}), Integers({0, 0, 1, -1}));
  op.rounding = "DOUBLE_ROUND";
  EXPECT_EQ(rescale(op, {1, -1, 3, -3}), Integers({1, -1, 2, -2}));
}

TEST_F(TosaRescaleTest, TakesAScalePerChannel) {
  Rescale op;
  op.multiplier = {1 << 30, 1 << 30};
  op.shift = {30, 32};
  EXPECT_EQ(rescale(op, {10, 10, -20, -20}), Integers({10, 3, -20, -5}));
}

TEST_F(TosaRescaleTest, TakesZeroPoints) {
  Rescale op;
  op.from = "i8";
  op.multiplier = {1 << 30};
  op.shift = {30};
  op.inputZeroPoint = -128;
  op.outputZeroPoint = 3;
  EXPECT_EQ(rescale(op, {-128, -127, 0, 127}), Integers({3, 4, 127, 127}));
}

TEST_F(TosaRescaleTest, ReadsUnsignedBytes) {
  Rescale op;
  op.from = "i8";
  op.inputUnsigned = true;
  op.multiplier = {1 << 30};
  op.shift = {30};
  op.inputZeroPoint = -128; // 128
  EXPECT_EQ(rescale(op, {0, 127, -128, -1}), Integers({-128, -1, 0, 127}));
}

TEST_F(TosaRescaleTest, WritesUnsignedBytes) {
  Rescale op;
  op.from = "i8";
  op.outputUnsigned = true;
  op.multiplier = {1 << 30};
  op.shift = {30};
  op.outputZeroPoint = -56; // 200
  // 72, 200, 210 and 327, which saturates to 255.
  EXPECT_EQ(rescale(op, {-128, 0, 10, 127}), Integers({72, -56, -46, -1}));
}

TEST_F(TosaRescaleTest, ScalesFortyEightBitsByShortMultipliers) {
  Rescale op;
  op.from = "i48";
  op.to = "i32";
  op.scale32 = false;
  op.multiplier = {1 << 14};
  op.shift = {20};
  EXPECT_EQ(rescale(op, {int64_t(1) << 36, -32, 31, -33}),
            Integers({1 << 30, 0, 0, -1}));
}

TEST_F(TosaRescaleTest, RefusesWhatIsNotExact) {
  Rescale op;
  op.multiplier = {1 << 30};
  op.shift = {30};
  op.rounding = "INEXACT_ROUND";
  expectRefused(op.argument(), op.body(), op.result());
}

TEST_F(TosaRescaleTest, ScalesOutOfRangeAreDiagnostics) {
  Rescale op;
  op.multiplier = {1 << 30};
  for (int64_t shift : {0, 1, 63, -1}) {
    op.shift = {shift};
    expectFails(op, "a shift is outside [2, 62]");
  }
  op.multiplier = {-1};
  op.shift = {30};
  expectFails(op, "a multiplier is negative");
}

} // namespace
