//===- Cifar10Test.cpp - Tests of CIFAR-10's binary format ----------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"

using namespace lowbit::data;

namespace {

class Cifar10Test : public DataTest {
protected:
  /// Records whose pixel p of channel c is (first + p + 50 c) mod 256.
  static std::string records(llvm::ArrayRef<int> labels) {
    std::string bytes;
    for (int label : labels) {
      bytes += static_cast<char>(label);
      for (int channel = 0; channel < 3; ++channel)
        for (int pixel = 0; pixel < 1024; ++pixel)
          bytes += static_cast<char>(label + pixel + 50 * channel);
    }
    return bytes;
  }
};

} // namespace

TEST_F(Cifar10Test, readsPlanesAsChannelsLast) {
  auto dataset = opened("cifar10:" + write("x.bin", records({3, 9})));
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(dataset->size(), 2u);
  EXPECT_EQ(dataset->sampleShape(), (llvm::ArrayRef<int64_t>{32, 32, 3}));
  ASSERT_TRUE(dataset->hasLabels());
  EXPECT_EQ(dataset->label(0), 3);
  EXPECT_EQ(dataset->label(1), 9);
  EXPECT_EQ(dataset->spec(), "cifar10:" + path("x.bin"));
  std::vector<float> values = sample(*dataset, 1);
  for (int pixel = 0; pixel < 1024; ++pixel)
    for (int channel = 0; channel < 3; ++channel)
      ASSERT_EQ(values[pixel * 3 + channel],
                static_cast<float>((9 + pixel + 50 * channel) % 256));
}

TEST_F(Cifar10Test, keepsTheFirstSamples) {
  std::string spec = "cifar10:" + write("x.bin", records({3, 9, 200}));
  EXPECT_EQ(opened(spec, 2)->size(), 2u);
  expectRefused(spec, {"record 2", "x.bin", "label 200"});
  spec = "cifar10:" + write("x.bin", records({3, 9}));
  EXPECT_EQ(opened(spec, 100)->size(), 2u);
}

TEST_F(Cifar10Test, refusesBadFiles) {
  std::string bytes = records({1, 2});
  expectRefused("cifar10:", {"known forms"});
  expectRefused("cifar10:" + path("absent"), {"absent", "No such file"});
  expectRefused("cifar10:" + folder, {folder, "is a folder"});
  expectRefused("cifar10:" + write("x.bin", ""), {"x.bin", "empty"});
  bytes.pop_back();
  expectRefused("cifar10:" + write("x.bin", bytes), {"x.bin", "6145", "3073"});
}

TEST_F(Cifar10Test, readsTheRealData) {
  std::string file = sharedFile("data/cifar10/test.bin");
  if (file.empty())
    GTEST_SKIP() << "skipped: needs ../shared/data";
  auto dataset = opened("cifar10:" + file);
  ASSERT_NE(dataset, nullptr);
  ASSERT_EQ(dataset->size(), 10000u);
  for (size_t i = 0; i < dataset->size(); ++i)
    ASSERT_EQ(dataset->label(i), static_cast<int64_t>(i % 10));
  std::vector<float> out(3072);
  Normalization normalization{1.0f / 255.0f, {}, {}};
  EXPECT_FALSE(llvm::errorToBool(
      readSample(*dataset, 9999, {1, 32, 32, 3}, normalization, out)));
}
