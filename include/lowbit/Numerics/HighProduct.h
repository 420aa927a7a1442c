//===- HighProduct.h - Rescales in 32 bits -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_HIGHPRODUCT_H
#define LOWBIT_NUMERICS_HIGHPRODUCT_H

#include "lowbit/Numerics/Rounding.h"

#include <cstdint>
#include <optional>

namespace lowbit::numerics {

/// A rescale of which no step leaves 32 bits but the product, and of the
/// product only the upper half is looked at:
///
///   saturate((((x 2^preshift) multiplier) >> 32) + offset) >> shift, lo, hi)
///
/// with another offset for negative x. An integer division by 2^32 in front of
/// one by 2^shift changes nothing but where the offset enters; that is an
/// integer here, for which every level must begin at the x at which it should.
struct HighProduct {
  int64_t multiplier; ///< in [2^30, 2^31)
  int64_t offset;
  int64_t negativeOffset; ///< of x < 0; equal to `offset` where it can be
  unsigned preshift;
  unsigned shift; ///< in [0, 31]
  int64_t lo, hi;

  int64_t apply(int64_t x) const;
};

/// The form of `rescale` that gives the same integer for every x in [least,
/// most], or nothing if there is none (or it is not looked for: multipliers
/// below 1, and ranges and results of both very many integers).
std::optional<HighProduct> fitHighProduct(const Rescale &rescale, int64_t least,
                                          int64_t most);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_HIGHPRODUCT_H
