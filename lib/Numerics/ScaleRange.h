//===- ScaleRange.h - Scales that cover a range of values -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_NUMERICS_SCALERANGE_H
#define LOWBIT_LIB_NUMERICS_SCALERANGE_H

#include "lowbit/Numerics/LevelSet.h"

#include <algorithm>
#include <limits>

namespace lowbit::numerics {

/// The least scale at which no value in [lo, hi] saturates, leaving out a side
/// of zero on which the set has no level. Not positive when nothing is left.
inline double fullRangeScale(double lo, double hi, const LevelSet &set) {
  double scale = 0;
  if (set.maxLevel() > 0)
    scale = std::max(scale, hi / set.maxLevel());
  if (set.minLevel() < 0)
    scale = std::max(scale, lo / set.minLevel());
  return scale;
}

/// The scale in binary32, limited to positive normal finite numbers.
inline float toScale(double scale) {
  using Limits = std::numeric_limits<float>;
  return static_cast<float>(
      std::clamp<double>(scale, Limits::min(), Limits::max()));
}

} // namespace lowbit::numerics

#endif // LOWBIT_LIB_NUMERICS_SCALERANGE_H
