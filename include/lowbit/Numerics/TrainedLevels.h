//===- TrainedLevels.h - Level sets hidden in plain weights -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_TRAINEDLEVELS_H
#define LOWBIT_NUMERICS_TRAINEDLEVELS_H

#include "lowbit/Numerics/LevelSet.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lowbit::numerics {

/// weights[i] = scales[channel of i] x levels[i], every level in `set`. Scales
/// are positive; that of a channel of zeros is 1.
template <typename Scale> struct TrainedLevels {
  LevelSet set;
  std::vector<Scale> scales;
  std::vector<int32_t> levels;
};

/// The levels that float weights were trained to, if they were: a network with
/// low-bit weights comes out of a float framework as a plain float tensor.
///
/// `weights` are `channels` runs of equal length, one for each output channel.
/// Every channel must be its scale times levels of one set for all, up to
/// rounding: |w - scale x level| <= 2^-20 |w|, and 0 exactly where the level is
/// 0. Of the sets that fit, the one of the fewest code bits (at most 6) is
/// taken, a family before a list; and one scale for all channels where that
/// takes no more bits or levels than one for each.
///
/// A few weights always are multiples of something. The evidence must be
/// overwhelming: at least four times as many weights that are not 0 as there
/// are levels in use and scales together, so that three of four weights meet a
/// number that the others have fixed to 20 bits. Weights of ordinary training
/// do not: nearly all of them differ, and more than 63 different magnitudes
/// rule a tensor out. Nothing for weights that are all 0, infinite or NaN.
std::optional<TrainedLevels<float>>
findTrainedLevels(std::span<const float> weights, size_t channels);

/// The same for integer weights, with integer scales: w == scale x level
/// exactly, so that no further evidence is asked for.
std::optional<TrainedLevels<int64_t>>
findTrainedLevels(std::span<const int64_t> weights, size_t channels);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_TRAINEDLEVELS_H
