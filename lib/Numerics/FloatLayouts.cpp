//===- FloatLayouts.cpp - Float weights in the order of kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/FloatLayouts.h"

namespace lowbit::numerics {

std::vector<float> packFloats(std::span<const float> weights, int64_t outputs,
                              bool hasOutputsLast, int64_t lanes) {
  int64_t taps = static_cast<int64_t>(weights.size()) / outputs;
  int64_t vectors = (outputs + lanes - 1) / lanes;
  std::vector<float> packed(vectors * taps * lanes);
  for (int64_t o = 0; o != outputs; ++o)
    for (int64_t tap = 0; tap != taps; ++tap)
      packed[(o / lanes * taps + tap) * lanes + o % lanes] =
          weights[hasOutputsLast ? tap * outputs + o : o * taps + tap];
  return packed;
}

} // namespace lowbit::numerics
