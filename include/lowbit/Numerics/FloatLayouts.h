//===- FloatLayouts.h - Float weights in the order of kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_FLOATLAYOUTS_H
#define LOWBIT_NUMERICS_FLOATLAYOUTS_H

#include <cstdint>
#include <span>
#include <vector>

namespace lowbit::numerics {

/// Weights [outputs][taps], or [taps][outputs] with `hasOutputsLast`, in the
/// order [ceil(outputs / lanes)][taps][lanes], zeros where there is no output.
std::vector<float> packFloats(std::span<const float> weights, int64_t outputs,
                              bool hasOutputsLast, int64_t lanes);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_FLOATLAYOUTS_H
