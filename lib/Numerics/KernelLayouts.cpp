//===- KernelLayouts.cpp - Weights in the order of kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/KernelLayouts.h"

#include "lowbit/Numerics/SignedDigits.h"

#include <algorithm>

namespace lowbit::numerics {

static int64_t divideUp(int64_t a, int64_t b) { return (a + b - 1) / b; }

std::vector<int8_t> packForDot(std::span<const int32_t> levels,
                               const FilterRows &shape, int64_t lanes) {
  int64_t groups = divideUp(shape.rowSize, kDotGroup);
  int64_t vectors = divideUp(shape.outputs, lanes);
  std::vector<int8_t> bytes(vectors * shape.rows * groups * lanes * kDotGroup);
  size_t index = 0;
  for (int64_t o = 0; o != shape.outputs; ++o)
    for (int64_t row = 0; row != shape.rows; ++row)
      for (int64_t i = 0; i != shape.rowSize; ++i) {
        int64_t step = (o / lanes * shape.rows + row) * groups + i / kDotGroup;
        int64_t lane = step * lanes + o % lanes;
        bytes[lane * kDotGroup + i % kDotGroup] =
            static_cast<int8_t>(levels[index++]);
      }
  return bytes;
}

std::vector<int8_t> packForDepthwise(std::span<const int32_t> levels,
                                     int64_t channels, int64_t height,
                                     int64_t width, int64_t lanes) {
  int64_t blocks = divideUp(height, kDotGroup);
  int64_t vectors = divideUp(channels, lanes);
  std::vector<int8_t> bytes(vectors * blocks * width * lanes * kDotGroup);
  size_t index = 0;
  for (int64_t c = 0; c != channels; ++c)
    for (int64_t ky = 0; ky != height; ++ky)
      for (int64_t kx = 0; kx != width; ++kx) {
        int64_t step = (c / lanes * blocks + ky / kDotGroup) * width + kx;
        int64_t lane = step * lanes + c % lanes;
        bytes[lane * kDotGroup + ky % kDotGroup] =
            static_cast<int8_t>(levels[index++]);
      }
  return bytes;
}

//===----------------------------------------------------------------------===//
// Shifts
//===----------------------------------------------------------------------===//

int64_t countDigits(const LevelSet &set) {
  size_t digits = 0;
  for (uint32_t rank = 0; rank != set.numLevels(); ++rank)
    digits = std::max(digits, canonicalSignedDigits(set.levelAt(rank)).size());
  return static_cast<int64_t>(digits);
}

ShiftWeights packForShift(std::span<const int32_t> levels,
                          const FilterRows &shape, int64_t lanes,
                          int64_t digits) {
  constexpr int noDigit = 64, negative = 128;
  int64_t vectors = divideUp(shape.outputs, lanes);
  int64_t perOutput = shape.rows * shape.rowSize;
  ShiftWeights packed;
  packed.digits = digits;
  packed.bytes.assign(vectors * perOutput * digits * lanes, noDigit);
  packed.init.resize(vectors * lanes);
  for (int64_t o = 0; o != shape.outputs; ++o)
    for (int64_t i = 0; i != perOutput; ++i) {
      int64_t step = o / lanes * perOutput + i, digit = 0;
      for (SignedDigit term :
           canonicalSignedDigits(levels[o * perOutput + i])) {
        int code =
            static_cast<int>(term.shift) + (term.negative ? negative : 0);
        packed.bytes[(step * digits + digit++) * lanes + o % lanes] =
            static_cast<int8_t>(code);
        packed.init[o] += term.negative;
      }
    }
  return packed;
}

//===----------------------------------------------------------------------===//
// Lookups
//===----------------------------------------------------------------------===//

static int64_t power(int64_t base, int64_t exponent) {
  int64_t result = 1;
  for (int64_t i = 0; i != exponent; ++i)
    result *= base;
  return result;
}

int64_t LookupScheme::countCodes() const {
  return power(static_cast<int64_t>(weights.size()), group);
}

int64_t LookupScheme::countBytes() const {
  return int64_t(1) << (activationBits * group);
}

int64_t LookupScheme::spread() const {
  auto [least, most] = std::ranges::minmax(activations);
  int64_t lo = 0, hi = 0;
  for (int64_t a : {least, most})
    for (int64_t w : {weights.front(), weights.back()}) {
      lo = std::min(lo, a * w);
      hi = std::max(hi, a * w);
    }
  return group * (hi - lo);
}

/// Levels by stored code. Unsigned sets store the level, bipolar ones are
/// numbered by rank.
static std::vector<int32_t> levelsOf(const LevelSet &set) {
  std::vector<int32_t> levels;
  for (uint32_t rank = 0; rank != set.numLevels(); ++rank)
    levels.push_back(set.levelAt(rank));
  return levels;
}

std::optional<LookupScheme> chooseLookup(const LevelSet &activations,
                                         const LevelSet &weights,
                                         int64_t entries, int64_t channels) {
  // Codes of other sets are not ranks, or have none for the level 0, which
  // stands for channels that do not exist.
  if (activations.kind() != LevelKind::UInt || activations.codeBits() > 4)
    return std::nullopt;
  LookupScheme scheme = {activations.codeBits(), levelsOf(activations),
                         levelsOf(weights), 1};
  std::optional<LookupScheme> best;
  for (scheme.group = 1; scheme.activationBits * scheme.group <= 8;
       ++scheme.group)
    if (scheme.countCodes() <= entries && scheme.spread() <= 255 &&
        (!best ||
         divideUp(channels, scheme.group) < divideUp(channels, best->group)))
      best = scheme;
  return best;
}

std::vector<int8_t> makeLookupTable(const LookupScheme &scheme,
                                    int64_t entries) {
  int64_t radix = static_cast<int64_t>(scheme.weights.size());
  int64_t mask = (int64_t(1) << scheme.activationBits) - 1;
  int64_t low = std::min<int64_t>(entries, 64), high = entries - low;
  std::vector<int8_t> table(scheme.countBytes() * entries);
  for (int64_t byte = 0; byte != scheme.countBytes(); ++byte)
    for (int64_t code = 0; code != scheme.countCodes(); ++code) {
      int64_t sum = 0, digits = code;
      for (int64_t j = 0; j != scheme.group; ++j, digits /= radix)
        sum += int64_t(scheme.weights[digits % radix]) *
               scheme.activations[byte >> (j * scheme.activationBits) & mask];
      int64_t place =
          code < low ? byte * low + code
                     : scheme.countBytes() * low + byte * high + code - low;
      table[place] = static_cast<int8_t>(sum);
    }
  return table;
}

/// The rank of `level`, which is one of the levels.
static int64_t rankOf(const LookupScheme &scheme, int32_t level) {
  return std::ranges::lower_bound(scheme.weights, level) -
         scheme.weights.begin();
}

namespace {
struct Interval {
  int64_t lo = 0, hi = 0;
};

/// What the lookups of one output channel's filter row add up to.
class RowBounds {
public:
  RowBounds(std::span<const int32_t> levels, const LookupFilter &filter,
            const LookupScheme &scheme)
      : levels(levels), filter(filter), scheme(scheme) {}

  int64_t countGroups() const {
    return divideUp(filter.channels, scheme.group);
  }

  int32_t weight(int64_t o, int64_t ky, int64_t kx, int64_t channel) const {
    return levels[((o * filter.height + ky) * filter.width + kx) *
                      filter.channels +
                  channel];
  }

  /// Whether one run holds all that a filter row adds up.
  bool isOneRun() const {
    return filter.span() == filter.width && countGroups() <= filter.steps;
  }

  /// Of groups [first, last), and the span of columns that begins at `column`.
  Interval bound(int64_t o, int64_t ky, int64_t column, int64_t first,
                 int64_t last) const {
    auto [least, most] = std::ranges::minmax(scheme.activations);
    Interval sum;
    int64_t end = std::min(filter.channels, last * scheme.group);
    for (int64_t kx = column; kx != column + filter.span(); ++kx)
      for (int64_t c = first * scheme.group; c != end; ++c) {
        int64_t w = weight(o, ky, kx, c);
        sum.lo += std::min(w * least, w * most);
        sum.hi += std::max(w * least, w * most);
      }
    return sum;
  }

  /// Whether 8 bits tell the sums of runs of `steps` groups apart.
  bool fit(int64_t steps) const {
    for (int64_t o = 0; o != filter.outputs; ++o)
      for (int64_t ky = 0; ky != filter.height; ++ky)
        for (int64_t kx = 0; kx < filter.width; kx += filter.span())
          if (!fitRow(o, ky, kx, steps))
            return false;
    return true;
  }

  /// Whether 16 bits tell the sums of all runs of a filter row apart.
  bool fitShortRows() const {
    for (int64_t o = 0; o != filter.outputs; ++o)
      for (int64_t ky = 0; ky != filter.height; ++ky) {
        int64_t spread = 0;
        for (int64_t kx = 0; kx < filter.width; kx += filter.span()) {
          Interval sum = bound(o, ky, kx, 0, countGroups());
          spread += sum.hi - sum.lo;
        }
        if (spread > 65535)
          return false;
      }
    return true;
  }

private:
  bool fitRow(int64_t o, int64_t ky, int64_t column, int64_t steps) const {
    for (int64_t first = 0; first < countGroups(); first += steps) {
      Interval sum =
          bound(o, ky, column, first, std::min(countGroups(), first + steps));
      if (sum.hi - sum.lo > 255)
        return false;
    }
    return true;
  }

  std::span<const int32_t> levels;
  const LookupFilter &filter;
  const LookupScheme &scheme;
};
} // namespace

int64_t countLookupSteps(std::span<const int32_t> levels, LookupFilter filter,
                         const LookupScheme &scheme) {
  RowBounds bounds(levels, filter, scheme);
  // Runs of equal length: as many steps as spread the groups evenly.
  for (int64_t runs = 1; runs <= bounds.countGroups(); ++runs) {
    int64_t steps = divideUp(bounds.countGroups(), runs);
    if (bounds.fit(steps))
      return steps;
  }
  return 0;
}

bool fitLookupRuns(std::span<const int32_t> levels, const LookupFilter &filter,
                   const LookupScheme &scheme) {
  return RowBounds(levels, filter, scheme).fit(filter.steps);
}

bool fitShortRows(std::span<const int32_t> levels, const LookupFilter &filter,
                  const LookupScheme &scheme) {
  return RowBounds(levels, filter, scheme).fitShortRows();
}

namespace {
/// Writes the weights of a layer for lookups.
class LookupPacker {
public:
  LookupPacker(std::span<const int32_t> levels, const LookupFilter &filter,
               const LookupScheme &scheme, int64_t lanes, bool rowsInLanes)
      : bounds(levels, filter, scheme), filter(filter), scheme(scheme),
        lanes(lanes), rowsInLanes(rowsInLanes) {}

  LookupWeights pack() {
    int64_t rows = rowsInLanes ? 1 : filter.height;
    int64_t outputs = filter.outputs * (rowsInLanes ? filter.height : 1);
    int64_t vectors = divideUp(outputs, lanes);
    packed.init.resize(rowsInLanes ? filter.outputs : vectors * lanes);
    for (int64_t vector = 0; vector != vectors; ++vector)
      for (int64_t row = 0; row != rows; ++row)
        for (int64_t kx = 0; kx < filter.width; kx += filter.span())
          addRuns(vector, row, kx);
    return std::move(packed);
  }

private:
  /// The runs of one row and span of columns.
  void addRuns(int64_t vector, int64_t row, int64_t column) {
    for (int64_t group = 0; group != bounds.countGroups(); ++group) {
      if (group % filter.steps == 0)
        addStarts(vector, row, column, group);
      for (int64_t kx = column; kx != column + filter.span(); ++kx)
        for (int64_t lane = 0; lane != lanes; ++lane)
          packed.bytes.push_back(encode(place(vector, row, lane), kx, group));
    }
  }

  /// What a lane stands for: nothing if there is no such channel.
  struct Place {
    int64_t output, row;
  };
  std::optional<Place> place(int64_t vector, int64_t row, int64_t lane) const {
    // Sums of several runs are widened, even lanes and odd ones.
    bool isWidened = !rowsInLanes || !bounds.isOneRun();
    int64_t inVector = isWidened ? lane % 2 * (lanes / 2) + lane / 2 : lane;
    int64_t index = vector * lanes + inVector;
    Place found = {index, row};
    if (rowsInLanes)
      found = {index % filter.outputs, index / filter.outputs};
    if (found.output >= filter.outputs || found.row >= filter.height)
      return std::nullopt;
    return found;
  }

  int8_t encode(std::optional<Place> place, int64_t kx, int64_t group) const {
    int64_t radix = static_cast<int64_t>(scheme.weights.size());
    bool hasZero = std::ranges::binary_search(scheme.weights, 0);
    int64_t nothing = hasZero ? rankOf(scheme, 0) : 0, code = 0;
    for (int64_t j = scheme.group; j-- > 0;) {
      int64_t c = group * scheme.group + j;
      bool isWeight = place && c < filter.channels;
      int64_t rank =
          isWeight
              ? rankOf(scheme, bounds.weight(place->output, place->row, kx, c))
              : nothing;
      code = code * radix + rank;
    }
    return static_cast<int8_t>(code);
  }

  void addStarts(int64_t vector, int64_t row, int64_t column, int64_t first) {
    int64_t last = std::min(bounds.countGroups(), first + filter.steps);
    for (int64_t lane = 0; lane != lanes; ++lane) {
      std::optional<Place> found = place(vector, row, lane);
      int64_t start = 0;
      if (found) {
        start =
            -bounds.bound(found->output, found->row, column, first, last).lo;
        packed.init[found->output] -= static_cast<int32_t>(start);
      }
      packed.bytes.push_back(static_cast<int8_t>(start));
    }
  }

  RowBounds bounds;
  const LookupFilter &filter;
  const LookupScheme &scheme;
  int64_t lanes;
  bool rowsInLanes;
  LookupWeights packed;
};
} // namespace

LookupWeights packForLookup(std::span<const int32_t> levels,
                            const LookupFilter &filter,
                            const LookupScheme &scheme, int64_t lanes,
                            bool rowsInLanes) {
  return LookupPacker(levels, filter, scheme, lanes, rowsInLanes).pack();
}

} // namespace lowbit::numerics
