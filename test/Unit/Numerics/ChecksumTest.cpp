//===- ChecksumTest.cpp - Pinned values of the checksum -------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Checksum.h"

#include "gtest/gtest.h"

#include <initializer_list>
#include <limits>

using namespace lowbit::numerics;

namespace {

uint64_t checksumOf(std::initializer_list<int64_t> values) {
  Checksum checksum;
  for (int64_t value : values)
    checksum.update(value);
  return checksum.finish();
}

// Computed apart from this code, with unbounded integers.
TEST(ChecksumTest, PinnedValues) {
  EXPECT_EQ(checksumOf({}), 0u);
  EXPECT_EQ(checksumOf({0}), 0u);
  EXPECT_EQ(checksumOf({1}), 0x124ea49dull);
  EXPECT_EQ(checksumOf({-1}), 0x9c1b8000124a2494ull);
  EXPECT_EQ(checksumOf({1, 2, 3}), 0x125e1f8e6da4full);
  EXPECT_EQ(checksumOf({3, 2, 1}), 0x370a6f98c3098ull);
  EXPECT_EQ(checksumOf({-128, 127, 0, 5}), 0xfd447dd66cea549full);
  EXPECT_EQ(checksumOf({std::numeric_limits<int64_t>::min()}),
            0xb212400000000000ull);
  Checksum long1000;
  for (int64_t value = 0; value < 1000; ++value)
    long1000.update(value);
  EXPECT_EQ(long1000.finish(), 0xd8f4e81fe44f51a3ull);
}

TEST(ChecksumTest, FinishLeavesTheStateAlone) {
  Checksum checksum;
  checksum.update(7);
  EXPECT_EQ(checksum.finish(), checksum.finish());
  checksum.update(8);
  EXPECT_EQ(checksum.finish(), checksumOf({7, 8}));
}

} // namespace
