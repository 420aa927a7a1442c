//===- WorkspacePlacementTest.cpp - Tests of workspace placement -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/WorkspacePlacement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>

using namespace lowbit;

namespace {

int64_t alignUp(int64_t bytes, int64_t alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

bool areAliveAtOnce(const LiveBuffer &a, const LiveBuffer &b) {
  return a.first <= b.last && b.first <= a.last;
}

/// Greedy by size, the textbook's: the largest first, each at the lowest
/// offset that is free throughout its life.
int64_t placeGreedily(const PlacementProblem &problem) {
  const std::vector<LiveBuffer> &buffers = problem.buffers;
  std::vector<size_t> order(buffers.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::make_tuple(buffers[b].size, buffers[a].first, a) <
           std::make_tuple(buffers[a].size, buffers[b].first, b);
  });
  std::vector<int64_t> offsets(buffers.size(), -1);
  int64_t total = 0;
  for (size_t index : order) {
    int64_t offset = 0;
    auto collides = [&](size_t other) {
      return offsets[other] >= 0 &&
             areAliveAtOnce(buffers[index], buffers[other]) &&
             offset < offsets[other] + buffers[other].size &&
             offsets[other] < offset + buffers[index].size;
    };
    for (bool moved = true; moved;) {
      moved = false;
      for (size_t other = 0; other != buffers.size(); ++other)
        if (collides(other)) {
          offset =
              alignUp(offsets[other] + buffers[other].size, problem.alignment);
          moved = true;
        }
    }
    offsets[index] = offset;
    total = std::max(total,
                     alignUp(offset + buffers[index].size, problem.alignment));
  }
  return total;
}

/// The most bytes alive at one position, position by position.
int64_t countPeak(const PlacementProblem &problem) {
  int64_t peak = 0;
  for (const LiveBuffer &at : problem.buffers) {
    int64_t alive = 0;
    for (const LiveBuffer &buffer : problem.buffers)
      if (buffer.first <= at.first && at.first <= buffer.last)
        alive += alignUp(buffer.size, problem.alignment);
    peak = std::max(peak, alive);
  }
  return peak;
}

void expectRight(const PlacementProblem &problem, const Placement &placement) {
  const std::vector<LiveBuffer> &buffers = problem.buffers;
  ASSERT_EQ(placement.offsets.size(), buffers.size());
  auto share = [&](size_t a, size_t b) {
    return placement.offsets[a] < placement.offsets[b] + buffers[b].size &&
           placement.offsets[b] < placement.offsets[a] + buffers[a].size;
  };
  for (size_t a = 0; a != buffers.size(); ++a) {
    EXPECT_GE(placement.offsets[a], 0);
    EXPECT_EQ(placement.offsets[a] % problem.alignment, 0);
    EXPECT_LE(placement.offsets[a] + buffers[a].size, placement.total);
    for (size_t b = 0; b != a; ++b)
      EXPECT_FALSE(areAliveAtOnce(buffers[a], buffers[b]) && share(a, b))
          << "buffers " << a << " and " << b << " are alive at once";
  }
  for (const NameScope &scope : problem.scopes)
    for (const auto &group : groupByOverlap(problem, placement, scope))
      for (unsigned a : group)
        for (unsigned b : group)
          EXPECT_FALSE(scope.apart.count(
              std::minmax(scope.buffers[a], scope.buffers[b])))
              << "buffers " << scope.buffers[a] << " and " << scope.buffers[b]
              << " have one name";
  EXPECT_EQ(placement.total % problem.alignment, 0);
  EXPECT_EQ(findPeak(problem).bytes, countPeak(problem));
  EXPECT_GE(placement.total, countPeak(problem));
}

/// Buffers with lives of up to `maxLife` positions on a program of `length`.
PlacementProblem makeRandom(std::mt19937 &random, size_t count, int64_t length,
                            int64_t maxLife, int64_t alignment) {
  PlacementProblem problem;
  problem.alignment = alignment;
  auto draw = [&](int64_t limit) {
    return static_cast<int64_t>(random() % static_cast<uint64_t>(limit));
  };
  for (size_t i = 0; i != count; ++i) {
    int64_t first = draw(length);
    int64_t last = std::min(length - 1, first + draw(maxLife));
    problem.buffers.push_back({draw(1000), first, last});
  }
  return problem;
}

/// As if at every position each buffer that is alive were written.
void keepApart(const PlacementProblem &problem, NameScope &scope) {
  for (unsigned a : scope.buffers)
    for (unsigned b : scope.buffers)
      if (areAliveAtOnce(problem.buffers[a], problem.buffers[b]))
        scope.keepApart(a, b);
}

/// Cuts the program into scopes; a buffer is in those in which its life begins
/// or ends, some of them without.
void addScopes(std::mt19937 &random, PlacementProblem &problem, int64_t length,
               int64_t scopeLength) {
  for (int64_t first = 0; first < length; first += scopeLength) {
    NameScope scope = {first, first + scopeLength - 1, {}};
    for (unsigned i = 0; i != problem.buffers.size(); ++i) {
      const LiveBuffer &buffer = problem.buffers[i];
      bool isIn = (scope.first <= buffer.first && buffer.first <= scope.last) ||
                  (scope.first <= buffer.last && buffer.last <= scope.last);
      if (isIn && random() % 8 != 0)
        scope.buffers.push_back(i);
    }
    keepApart(problem, scope);
    problem.scopes.push_back(std::move(scope));
  }
}

} // namespace

TEST(WorkspacePlacement, NothingToPlace) {
  PlacementProblem problem;
  EXPECT_EQ(placeBuffers(problem).total, 0);
  EXPECT_EQ(findPeak(problem).bytes, 0);
}

TEST(WorkspacePlacement, EmptyBuffersTakeNothing) {
  PlacementProblem problem = {{{0, 0, 5}, {64, 0, 5}, {0, 2, 2}}, {}, 64};
  Placement placement = placeBuffers(problem);
  expectRight(problem, placement);
  EXPECT_EQ(placement.total, 64);
}

TEST(WorkspacePlacement, PeakIsTheFirstOfItsSize) {
  PlacementProblem problem = {{{10, 0, 3}, {20, 3, 4}, {30, 7, 9}}, {}, 1};
  EXPECT_EQ(findPeak(problem).bytes, 30);
  EXPECT_EQ(findPeak(problem).position, 3);
}

TEST(WorkspacePlacement, RandomBuffers) {
  for (unsigned seed = 0; seed != 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    size_t count = 1 + random() % 40;
    int64_t alignment = int64_t(1) << random() % 7;
    PlacementProblem problem =
        makeRandom(random, count, 30, 1 + random() % 20, alignment);
    Placement placement = placeBuffers(problem);
    expectRight(problem, placement);
    EXPECT_LE(placement.total, placeGreedily(problem));
    EXPECT_EQ(placement.offsets, placeBuffers(problem).offsets);
  }
}

TEST(WorkspacePlacement, RandomBuffersInScopes) {
  for (unsigned seed = 0; seed != 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    PlacementProblem problem =
        makeRandom(random, 1 + random() % 40, 48, 1 + random() % 20, 64);
    addScopes(random, problem, 48, 6);
    Placement placement = placeBuffers(problem);
    expectRight(problem, placement);
    PlacementProblem wide = problem;
    for (const NameScope &scope : problem.scopes)
      for (unsigned index : scope.buffers) {
        LiveBuffer &buffer = wide.buffers[index];
        buffer.first = std::min(buffer.first, scope.first);
        buffer.last = std::max(buffer.last, scope.last);
      }
    EXPECT_LE(placement.total, placeGreedily(wide));
  }
}

// By size both of size 4 lie at 0, one of size 3 at 4, and the other one at 7,
// for it meets the two kinds. At 0, 0, 3 and 4 all end at 7.
TEST(WorkspacePlacement, GreedyBySizeIsBeaten) {
  PlacementProblem problem = {
      {{4, 0, 0}, {3, 1, 3}, {4, 3, 3}, {3, 0, 2}}, {}, 1};
  EXPECT_EQ(placeGreedily(problem), 10);
  Placement placement = placeBuffers(problem);
  expectRight(problem, placement);
  EXPECT_EQ(placement.total, 7);
}

// A chain of layers: the padded input and the sums of each must lie at changing
// ends, for its input lies where the sums are to be and its result where the
// padded input was. Greedy by size puts all sums at one end.
TEST(WorkspacePlacement, LayersTakeTurns) {
  constexpr int64_t kResult = 16384, kPadded = 18496, kSums = 65536;
  PlacementProblem problem;
  problem.alignment = 64;
  problem.buffers.push_back({kResult, 0, 1});
  for (int64_t layer = 0; layer != 30; ++layer) {
    int64_t start = 1 + layer * 4;
    unsigned input = problem.buffers.size() - 1;
    problem.buffers[input].last = start; // padding reads it
    problem.buffers.push_back({kPadded, start, start + 1});
    problem.buffers.push_back({kSums, start + 1, start + 2});
    problem.buffers.push_back({kResult, start + 2, start + 3});
    problem.scopes.push_back(
        {start, start + 3, {input, input + 1, input + 2, input + 3}});
  }
  for (NameScope &scope : problem.scopes)
    keepApart(problem, scope);
  Placement placement = placeBuffers(problem);
  expectRight(problem, placement);
  EXPECT_EQ(placement.total, kPadded + kSums);
  EXPECT_EQ(placement.total, findPeak(problem).bytes);
}

// Two buffers of one scope that must have two names may not be joined by a
// third one that lies over both; two that are only read at once may.
TEST(WorkspacePlacement, NamesJoinThroughThirdBuffers) {
  PlacementProblem problem = {
      {{64, 0, 0}, {64, 0, 0}, {128, 1, 1}}, {{0, 1, {0, 1, 2}}}, 64};
  Placement reading = placeBuffers(problem);
  expectRight(problem, reading);
  EXPECT_EQ(reading.total, 128);
  problem.scopes.front().keepApart(0, 1);
  Placement placement = placeBuffers(problem);
  expectRight(problem, placement);
  EXPECT_EQ(placement.total, 192);
  problem.scopes.clear();
  EXPECT_EQ(placeBuffers(problem).total, 128);
}

TEST(WorkspacePlacement, GroupsOfAScope) {
  PlacementProblem problem = {
      {{10, 0, 0}, {20, 1, 1}, {5, 2, 2}, {10, 3, 3}}, {}, 1};
  Placement placement = {{10, 0, 15, 20}, 30};
  NameScope scope = {0, 3, {3, 2, 1, 0}};
  std::vector<std::vector<unsigned>> expected = {{1, 2, 3}, {0}};
  EXPECT_EQ(groupByOverlap(problem, placement, scope), expected);
}

// 500 buffers at a fraction of a second even where the bound is out of reach;
// the limit is loose, for builds without optimization on busy machines.
TEST(WorkspacePlacement, ManyBuffers) {
  std::mt19937 random(7);
  PlacementProblem problem = makeRandom(random, 500, 1000, 400, 64);
  addScopes(random, problem, 1000, 10);
  auto start = std::chrono::steady_clock::now();
  Placement placement = placeBuffers(problem);
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  expectRight(problem, placement);
  EXPECT_LE(placement.total, findPeak(problem).bytes * 5 / 4);
  RecordProperty("milliseconds", std::to_string(time.count() * 1e3));
  EXPECT_LT(time.count(), 20);
}
