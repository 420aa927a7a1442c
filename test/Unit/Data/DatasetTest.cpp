//===- DatasetTest.cpp - Tests of shapes and normalized samples -----------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"

#include <cmath>
#include <limits>

using namespace lowbit::data;

namespace {

class DatasetTest : public DataTest {
protected:
  /// Two samples of `shape`, e.g. "(2, 3)" with the count first, of values
  /// 0, 1, 2, ...
  std::unique_ptr<Dataset> counting(llvm::StringRef shape, size_t elements) {
    std::vector<float> values(elements);
    for (size_t i = 0; i < elements; ++i)
      values[i] = static_cast<float>(i);
    write("x.npy", npy("<f4", shape, bytesOf(values)));
    return opened("npy:" + path("x.npy"));
  }

  static bool fits(const Dataset &dataset, llvm::ArrayRef<int64_t> shape) {
    return !llvm::errorToBool(checkShape(dataset, shape));
  }
};

} // namespace

TEST_F(DatasetTest, refusesUnknownSpecs) {
  expectRefused("", {"known forms"});
  expectRefused("csv:x", {"csv:x", "known forms: cifar10:FILE"});
  expectRefused(path("absent"), {"absent", "known forms"});
  expectRefused(path("absent.png"), {"absent.png", "No such file"});
  write("x.txt", "x");
  expectRefused(path("x.txt"), {"x.txt", "unknown format", "known forms"});
  expectRefused("/dev/null", {"/dev/null", "known forms"});
  expectRefused("npy:/dev/zero", {"/dev/zero", "not a regular file"});
}

TEST_F(DatasetTest, refusesALimitOfZero) {
  auto dataset = counting("(2, 3)", 6);
  auto none = openDataset(dataset->spec(), 0);
  ASSERT_FALSE(static_cast<bool>(none));
  expectError(none.takeError(), {"x.npy", "limit of 0"});
}

TEST_F(DatasetTest, acceptsEqualShapes) {
  auto dataset = counting("(2, 2, 5, 3)", 60);
  EXPECT_TRUE(fits(*dataset, {2, 5, 3}));
  EXPECT_TRUE(fits(*dataset, {1, 2, 5, 3}));
  EXPECT_TRUE(fits(*dataset, {1, 1, 2, 5, 3}));
  EXPECT_TRUE(fits(*dataset, {1, 2, 5, 3, 1}));
  EXPECT_FALSE(fits(*dataset, {2, 2, 5, 3}));
  EXPECT_FALSE(fits(*dataset, {1, 5, 2, 3}));
  EXPECT_FALSE(fits(*dataset, {1, 3, 2, 5}));
  EXPECT_FALSE(fits(*dataset, {1, 10, 3}));
}

TEST_F(DatasetTest, acceptsAMissingChannelDimension) {
  auto dataset = counting("(2, 4, 5)", 40);
  EXPECT_TRUE(fits(*dataset, {1, 4, 5, 1}));
  EXPECT_TRUE(fits(*dataset, {4, 5}));
  EXPECT_FALSE(fits(*dataset, {1, 4, 5, 3}));
  EXPECT_FALSE(fits(*dataset, {1, 5, 4, 1}));
}

TEST_F(DatasetTest, acceptsFlatShapesOfTheSameCount) {
  auto image = counting("(2, 4, 5, 1)", 40);
  EXPECT_TRUE(fits(*image, {1, 20}));
  EXPECT_TRUE(fits(*image, {20}));
  EXPECT_FALSE(fits(*image, {1, 21}));
  EXPECT_FALSE(fits(*image, {1, 2, 10}));
  auto flat = counting("(2, 20)", 40);
  EXPECT_TRUE(fits(*flat, {1, 4, 5, 1}));
  EXPECT_TRUE(fits(*flat, {1, 1, 20, 1}));
  EXPECT_FALSE(fits(*flat, {1, 4, 5, 2}));
}

TEST_F(DatasetTest, refusesNetworkShapesWithoutElements) {
  auto dataset = counting("(2, 2, 3)", 12);
  int64_t least = std::numeric_limits<int64_t>::min();
  int64_t most = std::numeric_limits<int64_t>::max();
  for (std::vector<int64_t> shape : {std::vector<int64_t>{},
                                     {0},
                                     {1, 0, 3},
                                     {-1, 2, 3},
                                     {least, 2, 3},
                                     {-2, -3},
                                     {most, most},
                                     {most, 2}})
    EXPECT_FALSE(fits(*dataset, shape));
  expectError(checkShape(*dataset, {-1, 2, 3}), {"is ?x2x3"});
}

TEST_F(DatasetTest, saysBothShapes) {
  auto dataset = counting("(2, 3, 4, 5)", 120);
  std::string text = llvm::toString(checkShape(*dataset, {1, 32, 32, 3}));
  EXPECT_EQ(text, "data 'npy:" + path("x.npy") +
                      "' has samples of shape 3x4x5, the network's input is "
                      "1x32x32x3");
  expectError(checkShape(*dataset, {1, 4, 5, 3}), {"channels come last"});
}

TEST_F(DatasetTest, normalizesPerChannel) {
  auto dataset = counting("(2, 2, 3)", 12);
  Normalization normalization{0.5f, {1.0f, 2.0f, 3.0f}, {2.0f, 4.0f, 8.0f}};
  std::vector<float> out(6);
  ASSERT_FALSE(llvm::errorToBool(
      readSample(*dataset, 1, {1, 2, 3}, normalization, out)));
  EXPECT_EQ(out,
            (std::vector<float>{1.0f, 0.375f, 0.125f, 1.75f, 0.75f, 0.3125f}));
  // The channels are the network's where the samples are flat.
  auto flat = counting("(2, 6)", 12);
  std::vector<float> again(6);
  ASSERT_FALSE(llvm::errorToBool(
      readSample(*flat, 1, {1, 2, 1, 3}, normalization, again)));
  EXPECT_EQ(again, out);
  // And the samples' where the network's input is flat.
  ASSERT_FALSE(
      llvm::errorToBool(readSample(*dataset, 1, {1, 6}, normalization, again)));
  EXPECT_EQ(again, out);
}

TEST_F(DatasetTest, normalizesWithOneRoundingPerStep) {
  float value = 1.0f + 0x1p-12f;
  write("x.npy", npy("<f4", "(1, 1)", bytesOf<float>({value})));
  auto dataset = opened("npy:" + path("x.npy"));
  std::vector<float> out(1);
  ASSERT_FALSE(llvm::errorToBool(
      readSample(*dataset, 0, {1}, {value, {1.0f}, {3.0f}}, out)));
  volatile float scaled = value * value;
  volatile float centred = scaled - 1.0f;
  EXPECT_EQ(out[0], centred / 3.0f);
}

TEST_F(DatasetTest, refusesWrongReads) {
  auto dataset = counting("(2, 2, 3)", 12);
  std::vector<float> out(6), small(5);
  Normalization plain;
  expectError(readSample(*dataset, 2, {1, 2, 3}, plain, out),
              {"has 2 samples", "no sample 2"});
  expectError(readSample(*dataset, 0, {1, 2, 3}, plain, small),
              {"2x3", "5 elements"});
  expectError(readSample(*dataset, 0, {1, 3, 2}, plain, out), {"2x3", "1x3x2"});
  expectError(readSample(*dataset, 0, {2, 3}, {1.0f, {1.0f, 2.0f}, {}}, out),
              {"2 values of mean", "3 channels"});
  expectError(readSample(*dataset, 0, {2, 3}, {1.0f, {}, {1.0f, 2.0f}}, out),
              {"2 values of deviation", "3 channels"});
}

TEST_F(DatasetTest, refusesValuesThatAreNotFinite) {
  write("x.npy", npy("<f4", "(2, 1)", bytesOf<float>({NAN, 1e30f})));
  auto dataset = opened("npy:" + path("x.npy"));
  std::vector<float> out(1);
  expectError(readSample(*dataset, 0, {1}, {}, out),
              {"sample 0", "x.npy", "not finite"});
  EXPECT_FALSE(llvm::errorToBool(readSample(*dataset, 1, {1}, {}, out)));
  expectError(readSample(*dataset, 1, {1}, {1e30f, {}, {}}, out),
              {"sample 1", "not finite"});
}
