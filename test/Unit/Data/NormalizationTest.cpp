//===- NormalizationTest.cpp - Tests of parsing normalizations ------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"

using namespace lowbit::data;

static void expectBad(llvm::StringRef text, llvm::StringRef part) {
  auto result = Normalization::parse(text);
  if (result)
    ADD_FAILURE() << "parsed " << text.str();
  expectError(result.takeError(), {"normalization '", part, "scale=S"});
}

TEST(NormalizationTest, parsesAllParts) {
  auto result = Normalization::parse(
      "scale=0.00392156862745098,mean=0.5:0.25:-1e-3,deviation=2");
  ASSERT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(result->scale, 1.0f / 255.0f);
  EXPECT_EQ(result->mean, (std::vector<float>{0.5f, 0.25f, -1e-3f}));
  EXPECT_EQ(result->deviation, std::vector<float>{2.0f});
}

TEST(NormalizationTest, integersAreRoundedHalfToEvenAndSaturated) {
  using Integers = std::vector<int64_t>;
  EXPECT_EQ(toIntegers({-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f, 2.6f}, 8),
            (Integers{-2, -2, 0, 0, 2, 2, 3}));
  EXPECT_EQ(toIntegers({-128.5f, -129.f, 127.5f, 1e30f}, 8),
            (Integers{-128, -128, 127, 127}));
  EXPECT_EQ(toIntegers({-40000.f, 32767.4f, 40000.f}, 16),
            (Integers{-32768, 32767, 32767}));
  EXPECT_EQ(toIntegers({-1e10f, 16777216.f, 2147483520.f, 2147483648.f}, 32),
            (Integers{-2147483648, 16777216, 2147483520, 2147483647}));
}

TEST(NormalizationTest, everyPartIsOptional) {
  auto result = Normalization::parse("");
  ASSERT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(result->scale, 1.0f);
  EXPECT_TRUE(result->mean.empty());
  EXPECT_TRUE(result->deviation.empty());
  auto mean = Normalization::parse("mean=1");
  ASSERT_TRUE(static_cast<bool>(mean));
  EXPECT_EQ(mean->mean, std::vector<float>{1.0f});
}

TEST(NormalizationTest, refusesWhatItDoesNotKnow) {
  expectBad("std=1", "unknown part 'std'");
  expectBad("scale", "'scale' has no '='");
  expectBad("scale=1,", "'' has no '='");
  expectBad("scale=1,scale=2", "'scale' is given twice");
}

TEST(NormalizationTest, refusesBadNumbers) {
  for (const char *number :
       {"", "x", "1/255", "nan", "-nan", "inf", "-inf", "1e99", "1 ", "1.0f",
        "0x", "--1", "1:", ":1", "1::2"})
    expectBad(std::string("mean=") + number, "is not a finite binary32 number");
  expectBad("scale=1:2", "scale is one number");
}

TEST(NormalizationTest, refusesZeros) {
  expectBad("deviation=0", "more than 0");
  expectBad("deviation=1:-0:1", "more than 0");
  expectBad("deviation=1e-60", "more than 0");
  expectBad("deviation=-1", "more than 0");
  expectBad("scale=0", "scale of 0");
}
