//===- HighProduct.cpp - Rescales in 32 bits -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/HighProduct.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace lowbit::numerics {

/// More constraints than these are not looked at.
static constexpr int64_t kMostLevels = 1 << 16;

int64_t HighProduct::apply(int64_t x) const {
  int64_t high = ((x << preshift) * multiplier) >> 32;
  return saturate((high + (x < 0 ? negativeOffset : offset)) >> shift, lo, hi);
}

namespace {
/// Integers that an offset may be.
struct Window {
  int64_t lo = std::numeric_limits<int64_t>::min();
  int64_t hi = std::numeric_limits<int64_t>::max();

  bool isEmpty() const { return lo > hi; }
  Window intersect(const Window &other) const {
    return {std::max(lo, other.lo), std::min(hi, other.hi)};
  }
};

/// Collects what the offsets must fulfil.
class Fitter {
public:
  Fitter(const Rescale &rescale, int64_t least, int64_t most)
      : rescale(rescale), least(least), most(most) {}

  std::optional<HighProduct> fit();

private:
  bool chooseScale();
  bool constrain();
  int64_t firstReaching(int64_t level) const;

  int64_t high(int64_t x) const {
    return ((x << made.preshift) * made.multiplier) >> 32;
  }
  Window &windowOf(int64_t x) { return x < 0 ? negative : positive; }
  /// The result of x must be at least `level`.
  void requireAtLeast(int64_t x, int64_t level) {
    Window &window = windowOf(x);
    window.lo = std::max(window.lo, (level << made.shift) - high(x));
  }
  /// The result of x must be below `level`.
  void requireBelow(int64_t x, int64_t level) {
    Window &window = windowOf(x);
    window.hi = std::min(window.hi, (level << made.shift) - 1 - high(x));
  }

  const Rescale &rescale;
  int64_t least, most;
  HighProduct made = {};
  Window positive, negative;
};
} // namespace

/// Normalizes the multiplier to 31 bits and moves x up as far as 32 bits allow,
/// so that neighbouring x have products far apart.
bool Fitter::chooseScale() {
  int64_t multiplier = rescale.multiplier;
  if (multiplier < 1)
    return false;
  int moved = 31 - std::bit_width(static_cast<uint64_t>(multiplier));
  if (moved < 0 && std::countr_zero(static_cast<uint64_t>(multiplier)) < -moved)
    return false;
  made.multiplier = moved < 0 ? multiplier >> -moved : multiplier << moved;
  int64_t magnitude = std::max(most, least < 0 ? ~least : least);
  int preshift = 31 - std::bit_width(static_cast<uint64_t>(magnitude));
  int shift = static_cast<int>(rescale.shift) + moved + preshift - 32;
  // Steps of a shift of more than 31 bits are finer than there is use for.
  if (shift > 30) {
    preshift -= shift - 30;
    shift = 30;
  }
  if (preshift < 0 || shift < 0)
    return false;
  made.preshift = static_cast<unsigned>(preshift);
  made.shift = static_cast<unsigned>(shift);
  made.lo = rescale.lo;
  made.hi = rescale.hi;
  return true;
}

/// The least x of which the result is `level` or more.
int64_t Fitter::firstReaching(int64_t level) const {
  // level 2^shift = x multiplier + offset, about.
  __int128 target = (static_cast<__int128>(level) << rescale.shift) -
                    rescale.offset -
                    (rescale.shift > 0 ? int64_t(1) << (rescale.shift - 1) : 0);
  auto x = static_cast<int64_t>(
      std::clamp<__int128>(target / rescale.multiplier, least, most));
  while (x > least && rescale.apply(x - 1) >= level)
    --x;
  while (x < most && rescale.apply(x) < level)
    ++x;
  return x;
}

/// False if there is too much to look at.
bool Fitter::constrain() {
  int64_t first = rescale.apply(least), last = rescale.apply(most);
  if (most - least <= last - first && most - least < kMostLevels) {
    for (int64_t x = least; x <= most; ++x) {
      int64_t level = rescale.apply(x);
      if (level > rescale.lo)
        requireAtLeast(x, level);
      if (level < rescale.hi)
        requireBelow(x, level + 1);
    }
    return true;
  }
  if (last - first >= kMostLevels)
    return false;
  if (first > rescale.lo)
    requireAtLeast(least, first);
  if (last < rescale.hi)
    requireBelow(most, last + 1);
  for (int64_t level = first + 1; level <= last; ++level) {
    int64_t x = firstReaching(level);
    requireAtLeast(x, level);
    requireBelow(x - 1, level);
  }
  return true;
}

std::optional<HighProduct> Fitter::fit() {
  if (!chooseScale() || !constrain() || positive.isEmpty() ||
      negative.isEmpty())
    return std::nullopt;
  auto choose = [](const Window &window) {
    return std::clamp<int64_t>(0, window.lo, window.hi);
  };
  Window both = positive.intersect(negative);
  made.offset = choose(both.isEmpty() ? positive : both);
  made.negativeOffset = choose(both.isEmpty() ? negative : both);
  // Sums must not leave 32 bits; monotone, they are greatest at the ends.
  for (int64_t x : {least, most})
    for (int64_t offset : {made.offset, made.negativeOffset}) {
      int64_t sum = high(x) + offset;
      if (sum != static_cast<int32_t>(sum) ||
          offset != static_cast<int32_t>(offset))
        return std::nullopt;
    }
  return made;
}

std::optional<HighProduct> fitHighProduct(const Rescale &rescale, int64_t least,
                                          int64_t most) {
  return Fitter(rescale, least, most).fit();
}

} // namespace lowbit::numerics
