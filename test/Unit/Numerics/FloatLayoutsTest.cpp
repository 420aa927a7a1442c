//===- FloatLayoutsTest.cpp - Float weights in the order of kernels -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/FloatLayouts.h"

#include "gtest/gtest.h"

using lowbit::numerics::packFloats;

TEST(FloatLayoutsTest, FillsTheLastVectorWithZeros) {
  // Three outputs of two taps, in vectors of two.
  std::vector<float> expected = {1, 3, 2, 4, 5, 0, 6, 0};
  EXPECT_EQ(packFloats(std::vector<float>{1, 2, 3, 4, 5, 6}, 3,
                       /*hasOutputsLast=*/false, 2),
            expected);
  EXPECT_EQ(packFloats(std::vector<float>{1, 3, 5, 2, 4, 6}, 3,
                       /*hasOutputsLast=*/true, 2),
            expected);
}
