//===- FitLevels.cpp - Scale and levels of a group of real weights --------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScaleRange.h"
#include "lowbit/Numerics/Quantize.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace lowbit::numerics {

/// The grid of f: 2^(k/8), from above 1 (top level out of use) to about 1/30.
static constexpr int gridFirst = 4;
static constexpr int gridLast = -39;
static constexpr double gridPointsPerOctave = 8;
/// The alternation ends when the error falls by less than this part of it.
static constexpr double leastGain = 1e-5;
static constexpr int maxSteps = 16;
/// How many grid points, the best after one step, take further steps.
static constexpr size_t numFinalists = 8;

namespace {

/// <w, l> and <l, l> of weights w and the levels l chosen for them.
struct Moments {
  double dot = 0;
  double norm = 0;
};

struct Candidate {
  double scale;
  double error;
};

/// Weights in ascending order, so that the ones a level takes are a run, whose
/// end is searched for and whose sum is looked up. With more levels than that
/// pays for, every weight's level is computed.
class SortedWeights {
public:
  SortedWeights(std::span<const float> weights, const LevelSet &set);

  /// The sum of squares.
  double energy() const { return sumOfSquares; }
  double lowest() const { return sorted.front(); }
  double highest() const { return sorted.back(); }

  /// Moments of the nearest levels under `scale`.
  Moments assign(double scale) const;

private:
  Moments assignRuns(double scale) const;

  LevelSet set;
  std::vector<float> sorted;
  std::vector<double> prefixSums; ///< [i] = sum of the i lowest weights
  std::vector<int32_t> levels;    ///< ascending; empty when there are too many
  bool runsAreLong = false;       ///< enough for binary search of their ends
  double sumOfSquares = 0;
};

} // namespace

SortedWeights::SortedWeights(std::span<const float> weights,
                             const LevelSet &set)
    : set(set), sorted(weights.begin(), weights.end()) {
  std::sort(sorted.begin(), sorted.end());
  for (float weight : sorted)
    sumOfSquares += double(weight) * weight;
  uint64_t numLevels = set.numLevels();
  if (numLevels > 2 * sorted.size())
    return;
  runsAreLong = numLevels * std::bit_width(sorted.size()) < sorted.size();
  for (uint32_t rank = 0; rank < set.numLevels(); ++rank)
    levels.push_back(set.levelAt(rank));
  prefixSums.push_back(0);
  for (float weight : sorted)
    prefixSums.push_back(prefixSums.back() + weight);
}

Moments SortedWeights::assignRuns(double scale) const {
  Moments moments;
  auto first = sorted.begin();
  for (size_t rank = 0; rank < levels.size(); ++rank) {
    double level = levels[rank];
    auto last = sorted.end();
    if (rank + 1 < levels.size()) {
      double cut = (level + levels[rank + 1]) / 2 * scale;
      auto isBelow = [cut](float weight) { return weight < cut; };
      last = runsAreLong ? std::partition_point(first, last, isBelow)
                         : std::find_if_not(first, last, isBelow);
    }
    double sum =
        prefixSums[last - sorted.begin()] - prefixSums[first - sorted.begin()];
    moments.dot += level * sum;
    moments.norm += level * level * double(last - first);
    first = last;
  }
  return moments;
}

Moments SortedWeights::assign(double scale) const {
  if (!levels.empty())
    return assignRuns(scale);
  Moments moments;
  for (float weight : sorted) {
    double level = set.nearest(weight / scale);
    moments.dot += level * weight;
    moments.norm += level * level;
  }
  return moments;
}

/// Takes the best levels for the candidate's scale and then the best scale for
/// these levels. With that the error is <w, w> - <w, l>^2 / <l, l>.
static Candidate step(const SortedWeights &weights, double scale) {
  Moments moments = weights.assign(scale);
  if (!(moments.norm > 0))
    return {scale, weights.energy()};
  double fitted = moments.dot / moments.norm;
  return {fitted, weights.energy() - moments.dot * fitted};
}

static Candidate alternate(const SortedWeights &weights, Candidate best) {
  for (int count = 1; count < maxSteps; ++count) {
    Candidate next = step(weights, best.scale);
    if (!(next.error < best.error))
      break;
    bool settled = next.error > best.error * (1 - leastGain);
    best = next;
    if (settled)
      break;
  }
  return best;
}

static Candidate search(const SortedWeights &weights, double plainScale,
                        double gridScale) {
  auto isBetter = [](const Candidate &a, const Candidate &b) {
    return a.error != b.error ? a.error < b.error : a.scale > b.scale;
  };
  std::vector<Candidate> candidates = {step(weights, plainScale)};
  for (int k = gridFirst; k >= gridLast; --k)
    candidates.push_back(
        step(weights, gridScale * std::exp2(k / gridPointsPerOctave)));
  std::sort(candidates.begin(), candidates.end(), isBetter);
  candidates.erase(candidates.begin() + numFinalists, candidates.end());
  for (Candidate &candidate : candidates)
    candidate = alternate(weights, candidate);
  return *std::min_element(candidates.begin(), candidates.end(), isBetter);
}

static ScaledLevels applyScale(std::span<const float> weights,
                               const LevelSet &set, float scale) {
  ScaledLevels result = {scale, {}, 0};
  result.levels.reserve(weights.size());
  for (float weight : weights) {
    int32_t level = set.nearest(double(weight) / scale);
    double error = weight - double(scale) * level;
    result.levels.push_back(level);
    result.squaredError += error * error;
  }
  return result;
}

ScaledLevels fitLevels(std::span<const float> weights, const LevelSet &set) {
  if (weights.empty())
    return {1, {}, 0};
  SortedWeights sorted(weights, set);
  double largest =
      std::max(std::fabs(sorted.lowest()), std::fabs(sorted.highest()));
  assert(std::isfinite(largest) && "weights must be finite");
  if (largest == 0)
    return applyScale(weights, set, 1);
  double plainScale = largest / set.maxMagnitude();
  double gridScale = fullRangeScale(sorted.lowest(), sorted.highest(), set);
  if (!(gridScale > 0))
    gridScale = plainScale;

  Candidate best = search(sorted, plainScale, gridScale);
  // The search's error is a difference of large sums; decide by the real one.
  ScaledLevels fitted = applyScale(weights, set, toScale(best.scale));
  ScaledLevels plain = applyScale(weights, set, toScale(plainScale));
  return plain.squaredError < fitted.squaredError ? plain : fitted;
}

} // namespace lowbit::numerics
