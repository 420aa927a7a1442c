//===- SumBounds.cpp - How large sums of products can get -----------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/SumBounds.h"

namespace lowbit::numerics {

IntegerRange worstSum(std::span<const int32_t> weights, IntegerRange input) {
  // A product that may be left out lies between its least value or 0 and its
  // greatest value or 0. Any partial sum adds some of these, so that it lies
  // between the sum of the negative ends and the sum of the positive ones.
  int64_t least = std::min<int64_t>(input.lo, 0);
  int64_t most = std::max<int64_t>(input.hi, 0);
  IntegerRange sum = {0, 0};
  for (int32_t weight : weights) {
    sum.hi += weight * (weight > 0 ? most : least);
    sum.lo += weight * (weight > 0 ? least : most);
  }
  return sum;
}

unsigned accumulatorBits(IntegerRange range) {
  for (unsigned bits : {8, 16, 32}) {
    int64_t limit = int64_t(1) << (bits - 1);
    if (range.lo >= -limit && range.hi < limit)
      return bits;
  }
  return 64;
}

} // namespace lowbit::numerics
