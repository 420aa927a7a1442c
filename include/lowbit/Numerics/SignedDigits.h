//===- SignedDigits.h - Canonical signed-digit form -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_SIGNEDDIGITS_H
#define LOWBIT_NUMERICS_SIGNEDDIGITS_H

#include <cstdint>
#include <vector>

namespace lowbit::numerics {

/// One term +-2^shift of a signed-digit sum.
struct SignedDigit {
  unsigned shift;
  bool negative;
  friend bool operator==(const SignedDigit &, const SignedDigit &) = default;
};

/// The canonical signed-digit (non-adjacent) form of `value`: the unique sum
/// of +-2^k with no two neighbouring exponents, which has the fewest terms of
/// all signed-digit forms (Reitwiesner, 1960). Ascending shifts; empty for 0.
/// |value| < 2^62.
std::vector<SignedDigit> canonicalSignedDigits(int64_t value);

/// The nearest value to `value` whose canonical form has at most `maxDigits`
/// terms; of two as near, the one of smaller magnitude. Not always the most
/// significant terms of `value`: 11 = 16 - 4 - 1, but one term gets nearest
/// with 8. maxDigits >= 1, |value| < 2^62; the magnitude of the result is at
/// most 2^62.
int64_t limitSignedDigits(int64_t value, unsigned maxDigits);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_SIGNEDDIGITS_H
