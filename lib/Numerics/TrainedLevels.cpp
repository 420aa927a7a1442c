//===- TrainedLevels.cpp - Level sets hidden in plain weights -------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A group of weights (a channel, or all of them) is reduced: divided by the
// greatest scale that makes integers of them. Reduced powers of two begin at 1,
// reduced odd numbers are odd, so that reduced groups can be held against the
// families one by one. A list need not contain what its members reduce to (of
// {-7, -3, 0, 1, 6} a channel may use only -7 and 0); there, channels are
// multiplied until they fit what the others have.
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/TrainedLevels.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace lowbit::numerics {

static constexpr double tolerance = 0x1p-20;
static constexpr unsigned maxBits = 6;
/// Magnitudes of the sets of up to 6 bits: at most 63, up to 63 where they are
/// not powers of two; the least of a list is no greater either.
static constexpr size_t maxMagnitudes = 63;
static constexpr int32_t maxLeastLevel = 63;

namespace {

/// scale x levels, the levels without a common factor.
template <typename Scale> struct Group {
  Scale scale = 1;
  std::vector<int32_t> levels;

  bool isZero() const {
    return std::ranges::all_of(levels, [](int32_t l) { return l == 0; });
  }
  std::set<int32_t> used() const { return {levels.begin(), levels.end()}; }
};

} // namespace

//===----------------------------------------------------------------------===//
// Reducing floats
//===----------------------------------------------------------------------===//

/// The different magnitudes above 0 in ascending order, those closer together
/// than the tolerance counted once. Nothing when there are too many of them, or
/// one is infinite or NaN.
static std::optional<std::vector<double>>
listMagnitudes(std::span<const float> weights) {
  std::vector<double> magnitudes;
  for (float weight : weights) {
    double magnitude = std::fabs(weight);
    if (magnitude == 0)
      continue;
    if (!std::isfinite(magnitude))
      return std::nullopt;
    auto least = magnitude * (1 - tolerance);
    auto place = std::ranges::lower_bound(magnitudes, least);
    if (place != magnitudes.end() && *place <= magnitude * (1 + tolerance))
      continue;
    if (magnitudes.size() == maxMagnitudes)
      return std::nullopt;
    magnitudes.insert(place, magnitude);
  }
  return magnitudes;
}

/// The greatest number of which all magnitudes are multiples, about.
static std::optional<double>
findCommonUnit(std::span<const double> magnitudes) {
  for (int32_t least = 1; least <= maxLeastLevel; ++least) {
    double unit = magnitudes.front() / least;
    // The unit itself may be off by the tolerance.
    bool fits = std::ranges::all_of(magnitudes, [&](double magnitude) {
      double level = std::nearbyint(magnitude / unit);
      return level <= LevelSet::maxListMagnitude &&
             std::fabs(magnitude - level * unit) <= 2 * tolerance * magnitude;
    });
    if (fits)
      return unit;
  }
  return std::nullopt;
}

static std::optional<Group<float>> reduce(std::span<const float> weights) {
  auto magnitudes = listMagnitudes(weights);
  if (!magnitudes)
    return std::nullopt;
  Group<float> group;
  group.levels.assign(weights.size(), 0);
  if (magnitudes->empty())
    return group;
  std::optional<double> unit = findCommonUnit(*magnitudes);
  if (!unit)
    return std::nullopt;
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    group.levels[i] = static_cast<int32_t>(std::nearbyint(weights[i] / *unit));
    if (group.levels[i] == 0)
      continue;
    double quotient = double(weights[i]) / group.levels[i];
    least = std::min(least, quotient);
    most = std::max(most, quotient);
  }
  group.scale = static_cast<float>((least + most) / 2);
  if (!std::isnormal(group.scale))
    return std::nullopt;
  for (size_t i = 0; i < weights.size(); ++i) {
    double error = weights[i] - double(group.scale) * group.levels[i];
    if (!(std::fabs(error) <= tolerance * std::fabs(weights[i])))
      return std::nullopt;
  }
  return group;
}

static bool isDivisible(float, int32_t) { return true; }

//===----------------------------------------------------------------------===//
// Reducing integers
//===----------------------------------------------------------------------===//

static std::optional<Group<int64_t>> reduce(std::span<const int64_t> weights) {
  // The magnitude of the least integer does not fit.
  if (std::ranges::count(weights, std::numeric_limits<int64_t>::min()))
    return std::nullopt;
  int64_t divisor = 0;
  for (int64_t weight : weights)
    divisor = std::gcd(divisor, weight);
  Group<int64_t> group;
  group.scale = std::max<int64_t>(divisor, 1);
  for (int64_t weight : weights) {
    int64_t level = weight / group.scale;
    if (std::abs(level) > LevelSet::maxListMagnitude)
      return std::nullopt;
    group.levels.push_back(static_cast<int32_t>(level));
  }
  return group;
}

static bool isDivisible(int64_t scale, int32_t factor) {
  return scale % factor == 0;
}

//===----------------------------------------------------------------------===//
// Choosing the set
//===----------------------------------------------------------------------===//

/// The families by code bits, as far as they are narrow enough.
static std::vector<LevelSet> makeFamilies() {
  std::vector<LevelSet> sets = {
      LevelSet::bipolar(), LevelSet::unsignedInteger(1), LevelSet::ternary()};
  for (unsigned bits = 2; bits <= maxBits; ++bits) {
    if (bits <= 5) {
      // Weights without 0 are cheaper by a mask where the set has none.
      sets.push_back(LevelSet::pow2NoZero(bits));
      sets.push_back(LevelSet::pow2(bits));
    }
    sets.push_back(LevelSet::odd(bits));
    sets.push_back(LevelSet::integerNarrow(bits));
    sets.push_back(LevelSet::integer(bits));
    sets.push_back(LevelSet::unsignedInteger(bits));
  }
  return sets;
}

/// The set of the fewest bits that has all of `used`.
static std::optional<LevelSet> chooseSet(const std::set<int32_t> &used) {
  static const std::vector<LevelSet> families = makeFamilies();
  auto family = std::ranges::find_if(families, [&](const LevelSet &set) {
    return std::ranges::all_of(
        used, [&](int32_t level) { return set.contains(level); });
  });
  std::optional<LevelSet> chosen;
  if (family != families.end())
    chosen = *family;
  std::vector<int32_t> levels(used.begin(), used.end());
  if (LevelSet::checkList(levels))
    return chosen;
  LevelSet list = LevelSet::list(levels);
  return !chosen || list.codeBits() < chosen->codeBits() ? list : chosen;
}

template <typename Scale>
static std::set<int32_t> usedByAll(const std::vector<Group<Scale>> &groups) {
  std::set<int32_t> used;
  for (const Group<Scale> &group : groups)
    used.insert(group.levels.begin(), group.levels.end());
  return used;
}

/// Multiplies groups, the ones with the fewest levels last, by the factor that
/// needs the fewest levels beyond those of the groups before. Gives up when
/// there are more than a list has.
template <typename Scale>
static bool alignGroups(std::vector<Group<Scale>> &groups) {
  std::vector<std::pair<std::set<int32_t>, Group<Scale> *>> order;
  for (Group<Scale> &group : groups)
    order.emplace_back(group.used(), &group);
  std::ranges::sort(order, [](const auto &a, const auto &b) {
    if (a.first.size() != b.first.size())
      return a.first.size() > b.first.size();
    return a.second < b.second; // in order of channels
  });
  std::set<int32_t> all;
  for (auto &[used, group] : order) {
    int32_t best = 1;
    size_t fewest = std::numeric_limits<size_t>::max();
    for (int32_t factor = 1; factor <= maxLeastLevel; ++factor) {
      if (!isDivisible(group->scale, factor))
        continue;
      size_t added = std::ranges::count_if(
          used, [&](int32_t level) { return !all.contains(factor * level); });
      if (added < fewest) {
        fewest = added;
        best = factor;
      }
    }
    group->scale /= static_cast<Scale>(best);
    for (int32_t &level : group->levels)
      level *= best;
    for (int32_t level : used)
      all.insert(best * level);
    if (all.size() > LevelSet::maxListSize)
      return false;
  }
  return true;
}

/// The weights are far more than what describes them, `used` levels included.
template <typename Scale>
static bool isEvident(const std::vector<Group<Scale>> &groups,
                      std::set<int32_t> used) {
  constexpr size_t timesAsMany = 4;
  size_t numWeights = 0, numScales = 0;
  for (const Group<Scale> &group : groups) {
    numWeights += std::ranges::count_if(group.levels,
                                        [](int32_t level) { return level; });
    numScales += !group.isZero();
  }
  used.erase(0);
  return numWeights >= timesAsMany * (used.size() + numScales);
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

namespace {

/// Keeps the candidate of the fewest bits, then levels, the earliest of
/// several.
template <typename Scale> class Search {
public:
  Search(size_t channels, bool needsEvidence)
      : channels(channels), needsEvidence(needsEvidence) {}

  void consider(const std::vector<Group<Scale>> &groups) {
    std::set<int32_t> used = usedByAll(groups);
    std::optional<LevelSet> set = chooseSet(used);
    if (!set || (best && !isSmaller(*set, best->set)) ||
        (needsEvidence && !isEvident(groups, std::move(used))))
      return;
    best = TrainedLevels<Scale>{*set, {}, {}};
    for (const Group<Scale> &group : groups) {
      best->scales.insert(best->scales.end(), channels / groups.size(),
                          group.scale);
      best->levels.insert(best->levels.end(), group.levels.begin(),
                          group.levels.end());
    }
  }

  std::optional<TrainedLevels<Scale>> result() { return std::move(best); }

private:
  static bool isSmaller(const LevelSet &a, const LevelSet &b) {
    if (a.codeBits() != b.codeBits())
      return a.codeBits() < b.codeBits();
    return a.numLevels() < b.numLevels();
  }

  size_t channels;
  bool needsEvidence;
  std::optional<TrainedLevels<Scale>> best;
};

} // namespace

template <typename Scale>
static std::optional<TrainedLevels<Scale>>
find(std::span<const Scale> weights, size_t channels, bool needsEvidence) {
  assert(channels > 0 && weights.size() % channels == 0 &&
         "channels must divide the weights");
  if (std::ranges::all_of(weights, [](Scale w) { return w == 0; }))
    return std::nullopt;
  Search<Scale> search(channels, needsEvidence);
  if (std::optional<Group<Scale>> whole = reduce(weights))
    search.consider({*whole});
  std::vector<Group<Scale>> groups;
  size_t size = weights.size() / channels;
  for (size_t channel = 0; channel < channels; ++channel) {
    auto group = reduce(weights.subspan(channel * size, size));
    if (!group)
      return search.result();
    groups.push_back(*std::move(group));
  }
  search.consider(groups);
  if (alignGroups(groups))
    search.consider(groups);
  return search.result();
}

std::optional<TrainedLevels<float>>
findTrainedLevels(std::span<const float> weights, size_t channels) {
  return find(weights, channels, /*needsEvidence=*/true);
}

std::optional<TrainedLevels<int64_t>>
findTrainedLevels(std::span<const int64_t> weights, size_t channels) {
  return find(weights, channels, /*needsEvidence=*/false);
}

} // namespace lowbit::numerics
