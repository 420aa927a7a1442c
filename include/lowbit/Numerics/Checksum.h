//===- Checksum.h - The 64-bit hash of a layer's integers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_CHECKSUM_H
#define LOWBIT_NUMERICS_CHECKSUM_H

#include <cstdint>

namespace lowbit::numerics {

/// Hash of a sequence of integers, made of additions, shifts and exclusive ors
/// modulo 2^64, so that multiplier-free objects can compute it. It is Bob
/// Jenkins's one-at-a-time hash (Dr. Dobb's Journal, September 1997) with
/// 64-bit state, taking one integer (sign-extended to 64 bits) a step instead
/// of one byte. Elements are fed in row-major order.
class Checksum {
public:
  void update(int64_t value) {
    state += static_cast<uint64_t>(value);
    state += state << 10;
    state ^= state >> 6;
  }

  uint64_t finish() const {
    uint64_t h = state;
    h += h << 3;
    h ^= h >> 11;
    h += h << 15;
    return h;
  }

private:
  uint64_t state = 0;
};

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_CHECKSUM_H
