//===- KernelLayouts.h - Weights in the order of kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_KERNELLAYOUTS_H
#define LOWBIT_NUMERICS_KERNELLAYOUTS_H

#include "lowbit/Numerics/LevelSet.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lowbit::numerics {

/// The shape of a filter: levels lie as [outputs][rows][rowSize], a row being
/// what an inner loop walks through without a gap.
struct FilterRows {
  int64_t outputs, rows, rowSize;
};

/// Bytes that the dot product instruction takes from each channel.
inline constexpr int64_t kDotGroup = 4;

/// Levels (of 8 bits, row-major in `shape`) for sums of four byte products:
/// [ceil(outputs / lanes)][rows][ceil(rowSize / 4)][lanes][4], zeros where
/// there is no weight.
std::vector<int8_t> packForDot(std::span<const int32_t> levels,
                               const FilterRows &shape, int64_t lanes);

/// Levels of one filter for each channel, [channels][height][width], for sums
/// over four rows: [ceil(channels / lanes)][ceil(height / 4)][width][lanes][4],
/// zeros where there is no weight.
std::vector<int8_t> packForDepthwise(std::span<const int32_t> levels,
                                     int64_t channels, int64_t height,
                                     int64_t width, int64_t lanes);

/// Weights as signed powers of two.
struct ShiftWeights {
  /// [ceil(outputs / lanes)][rows][rowSize][digits][lanes]: the exponent in
  /// bits 0 to 4, bit 6 where there is no digit, bit 7 where it is negative.
  std::vector<int8_t> bytes;
  /// Of each channel, the number of negative digits: -x is the complement of x,
  /// plus 1.
  std::vector<int32_t> init;
  int64_t digits;
};

/// The most signed digits of a level of `set` (canonicalSignedDigits).
int64_t countDigits(const LevelSet &set);

/// Levels, row-major in `shape`, as sums of `digits` signed powers of two.
ShiftWeights packForShift(std::span<const int32_t> levels,
                          const FilterRows &shape, int64_t lanes,
                          int64_t digits);

//===----------------------------------------------------------------------===//
// Lookups
//===----------------------------------------------------------------------===//
//
// A group of g input channels has few values when their levels are few, and so
// have the weights on it. Both are numbered in mixed radix: a group of codes
// a[0..g) of b bits is the byte sum a[j] 2^(b j), a group of weights of L
// levels is the code sum rank(w[j]) L^j. A table holds the sum of products for
// every pair of the two.

/// How groups are looked up.
struct LookupScheme {
  /// Bits of an activation code as stored.
  unsigned activationBits;
  /// Levels of activations by stored code, 2^activationBits of them.
  std::vector<int32_t> activations;
  /// Levels of weights in ascending order.
  std::vector<int32_t> weights;
  /// Input channels in a group.
  int64_t group;

  /// L^g: codes of weights.
  int64_t countCodes() const;
  /// 2^(b g): values of a byte of activations.
  int64_t countBytes() const;
  /// Greatest distance between two sums of one group.
  int64_t spread() const;
};

/// The scheme with the fewest groups for `channels` channels, and of those the
/// smallest, such that a byte holds the activations of a group and at most
/// `entries` codes exist; nothing when not even the products of one channel fit
/// a byte, or when activations are not unsigned.
std::optional<LookupScheme> chooseLookup(const LevelSet &activations,
                                         const LevelSet &weights,
                                         int64_t entries, int64_t channels);

/// The sums of products, modulo 256, for codes below `entries` (a power of two
/// of at most 64, or 96 or 128): first [countBytes][min(entries, 64)], then
/// [countBytes][entries - 64] where that is not empty.
std::vector<int8_t> makeLookupTable(const LookupScheme &scheme,
                                    int64_t entries);

/// A filter whose levels lie as [outputs][height][width][channels]. Sums of
/// `steps` groups of one filter row, or of one filter column of it, are kept in
/// 8 bits.
struct LookupFilter {
  int64_t outputs, height, width, channels, steps;
  bool columnsApart = false;

  /// Filter columns that a run walks through together.
  int64_t span() const { return columnsApart ? 1 : width; }
};

/// The most steps for which 8 bits can tell the sums apart that each filter row
/// (or column of one) takes on: these sums lie in an interval of at most 256
/// integers. 0 if not even one group's do.
int64_t countLookupSteps(std::span<const int32_t> levels, LookupFilter filter,
                         const LookupScheme &scheme);

/// Whether 8 bits tell the sums of runs of `filter.steps` groups apart.
bool fitLookupRuns(std::span<const int32_t> levels, const LookupFilter &filter,
                   const LookupScheme &scheme);

/// Whether the runs of each filter row, unsigned bytes, add up to at most 16
/// bits.
bool fitShortRows(std::span<const int32_t> levels, const LookupFilter &filter,
                  const LookupScheme &scheme);

/// Weights for lookups of `lanes` channels at a time.
struct LookupWeights {
  /// [ceil(outputs / lanes)][height][width / span] and then for each run of
  /// `steps` groups (the last may be shorter): [lanes] bytes at which the 8-bit
  /// sums start, so that they are at least 0, and [groups][span][lanes] codes.
  /// Lane l stands
  /// for channel l / 2, or lanes / 2 more if l is odd: the halves of 16-bit
  /// lanes hold neighbouring channels.
  std::vector<int8_t> bytes;
  /// What takes these starts out of the sums, for each channel.
  std::vector<int32_t> init;
};
/// With `rowsInLanes`, the lanes of a vector stand for the channels of filter
/// row 0, then of row 1, and so on: [ceil(height outputs / lanes)][width /
/// span] and then runs; lanes in order, or, where there are several runs,
/// halved as above. `init` has an element for each channel.
LookupWeights packForLookup(std::span<const int32_t> levels,
                            const LookupFilter &filter,
                            const LookupScheme &scheme, int64_t lanes,
                            bool rowsInLanes = false);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_KERNELLAYOUTS_H
