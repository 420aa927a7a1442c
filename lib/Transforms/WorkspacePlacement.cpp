//===- WorkspacePlacement.cpp - Where buffers lie in a workspace -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/WorkspacePlacement.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <tuple>

using namespace lowbit;

/// Steps after which the search gives up, in visits of one buffer by another.
static constexpr int64_t kMaxWork = 1'000'000;

static int64_t alignUp(int64_t bytes, int64_t alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

static bool areAliveAtOnce(const LiveBuffer &a, const LiveBuffer &b) {
  return a.first <= b.last && b.first <= a.last;
}

WorkspacePeak lowbit::findPeak(const PlacementProblem &problem) {
  std::map<int64_t, int64_t> changes; // of the bytes alive, by position
  for (const LiveBuffer &buffer : problem.buffers) {
    int64_t size = alignUp(buffer.size, problem.alignment);
    changes[buffer.first] += size;
    changes[buffer.last + 1] -= size;
  }
  WorkspacePeak peak;
  int64_t alive = 0;
  for (auto [position, change] : changes) {
    alive += change;
    if (alive > peak.bytes)
      peak = {alive, position};
  }
  return peak;
}

//===----------------------------------------------------------------------===//
// Overlaps
//===----------------------------------------------------------------------===//

namespace {
/// Bytes [begin, end).
struct Extent {
  int64_t begin, end;

  bool overlaps(const Extent &other) const {
    return begin < other.end && other.begin < end;
  }
};

/// Free bytes, and how long those live that lie beside them.
struct Gap : Extent {
  int64_t lastBelow, lastAbove;
};
} // namespace

std::vector<std::vector<unsigned>>
lowbit::groupByOverlap(const PlacementProblem &problem,
                       const Placement &placement, const NameScope &scope) {
  std::vector<unsigned> order(scope.buffers.size());
  std::iota(order.begin(), order.end(), 0u);
  auto extentOf = [&](unsigned at) -> Extent {
    int64_t begin = placement.offsets[scope.buffers[at]];
    return {begin, begin + problem.buffers[scope.buffers[at]].size};
  };
  std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) {
    Extent left = extentOf(a), right = extentOf(b);
    return std::tie(left.begin, left.end, a) <
           std::tie(right.begin, right.end, b);
  });
  std::vector<std::vector<unsigned>> groups;
  int64_t end = -1; // of the last group
  for (unsigned at : order) {
    Extent extent = extentOf(at);
    if (extent.begin >= end)
      groups.push_back({});
    groups.back().push_back(at);
    end = std::max(end, extent.end);
  }
  for (std::vector<unsigned> &group : groups)
    std::sort(group.begin(), group.end());
  return groups;
}

//===----------------------------------------------------------------------===//
// One placement
//===----------------------------------------------------------------------===//

namespace {
/// Which of the free places a buffer takes.
enum class Fit {
  Lowest,
  /// Beside what lives longest, the ends of the bound above all: what leaves
  /// soon is to leave room that is not cut in two.
  Lasting,
  /// Where the least room is left.
  Tightest,
};

/// Places buffers one by one in a given order.
class Placer {
public:
  Placer(const PlacementProblem &problem, int64_t bound);

  Placement place(const std::vector<unsigned> &order,
                  const std::vector<Fit> &fits);

  /// Visits so far of one buffer by another.
  int64_t work() const { return visits; }

private:
  using Score = std::tuple<int64_t, int64_t, int64_t>;

  std::vector<Gap> findGaps(unsigned index);
  int64_t choose(unsigned index, Fit fit);
  void tryOffset(unsigned index, int64_t offset, const Gap &gap, Fit fit);
  Score rate(const Extent &extent, const Gap &gap, Fit fit) const;
  bool obeysScopes(unsigned index, const Extent &extent);
  bool obeysScope(const NameScope &scope, unsigned index, const Extent &extent);
  bool isPlaced(unsigned index) const { return extents[index].begin >= 0; }

  const PlacementProblem &problem;
  int64_t bound;
  std::vector<int64_t> sizes; ///< aligned
  std::vector<std::vector<unsigned>> conflicts;
  /// Scopes of each buffer, and the buffers in them that it may share with.
  std::vector<std::vector<const NameScope *>> scopes;
  std::vector<std::vector<unsigned>> mates;
  std::vector<Extent> extents; ///< begins at -1: not placed
  Score bestScore;
  int64_t bestOffset = 0;
  int64_t visits = 0;
};
} // namespace

Placer::Placer(const PlacementProblem &problem, int64_t bound)
    : problem(problem), bound(bound) {
  size_t count = problem.buffers.size();
  conflicts.resize(count);
  scopes.resize(count);
  mates.resize(count);
  for (unsigned a = 0; a != count; ++a) {
    sizes.push_back(alignUp(problem.buffers[a].size, problem.alignment));
    for (unsigned b = 0; b != count; ++b)
      if (a != b && areAliveAtOnce(problem.buffers[a], problem.buffers[b]))
        conflicts[a].push_back(b);
  }
  for (const NameScope &scope : problem.scopes)
    for (unsigned a : scope.buffers) {
      scopes[a].push_back(&scope);
      for (unsigned b : scope.buffers)
        if (!areAliveAtOnce(problem.buffers[a], problem.buffers[b]))
          mates[a].push_back(b);
    }
}

Placement Placer::place(const std::vector<unsigned> &order,
                        const std::vector<Fit> &fits) {
  extents.assign(sizes.size(), {-1, -1});
  Placement placement;
  placement.offsets.resize(sizes.size());
  for (unsigned index : order) {
    int64_t offset = choose(index, fits[index]);
    extents[index] = {offset, offset + sizes[index]};
    placement.offsets[index] = offset;
    placement.total = std::max(placement.total, extents[index].end);
  }
  return placement;
}

/// The gaps between buffers that are placed and alive with buffer `index`.
std::vector<Gap> Placer::findGaps(unsigned index) {
  std::vector<unsigned> taken;
  for (unsigned other : conflicts[index])
    if (isPlaced(other))
      taken.push_back(other);
  visits += static_cast<int64_t>(conflicts[index].size() + taken.size() + 1);
  std::sort(taken.begin(), taken.end(), [&](unsigned a, unsigned b) {
    return std::make_pair(extents[a].begin, a) <
           std::make_pair(extents[b].begin, b);
  });
  constexpr int64_t forever = std::numeric_limits<int64_t>::max();
  std::vector<Gap> gaps;
  Gap gap = {{0, 0}, forever, 0};
  for (unsigned other : taken) {
    gap.end = extents[other].begin;
    gap.lastAbove = problem.buffers[other].last;
    if (gap.end - gap.begin >= sizes[index])
      gaps.push_back(gap);
    if (extents[other].end >= gap.begin) {
      gap.begin = extents[other].end;
      gap.lastBelow = problem.buffers[other].last;
    }
  }
  gap.end = forever;
  gap.lastAbove = forever;
  gaps.push_back(gap);
  return gaps;
}

/// The best offset for a buffer among those at an end of a gap or at an end of
/// a buffer that it may share bytes with.
int64_t Placer::choose(unsigned index, Fit fit) {
  constexpr int64_t infinity = std::numeric_limits<int64_t>::max();
  bestScore = {infinity, infinity, infinity};
  int64_t size = sizes[index];
  for (const Gap &gap : findGaps(index)) {
    tryOffset(index, gap.begin, gap, fit);
    tryOffset(index, std::min(gap.end, bound) - size, gap, fit);
    visits += static_cast<int64_t>(mates[index].size());
    for (unsigned mate : mates[index]) {
      if (!isPlaced(mate))
        continue;
      Extent at = extents[mate];
      for (int64_t offset : {at.begin, at.end, at.begin - size, at.end - size})
        tryOffset(index, offset, gap, fit);
    }
  }
  return bestOffset;
}

void Placer::tryOffset(unsigned index, int64_t offset, const Gap &gap,
                       Fit fit) {
  Extent extent = {offset, offset + sizes[index]};
  if (extent.begin < gap.begin || extent.end > gap.end)
    return;
  Score score = rate(extent, gap, fit);
  if (score >= bestScore || !obeysScopes(index, extent))
    return;
  bestScore = score;
  bestOffset = offset;
}

Placer::Score Placer::rate(const Extent &extent, const Gap &gap,
                           Fit fit) const {
  int64_t excess = std::max<int64_t>(extent.end - bound, 0);
  switch (fit) {
  case Fit::Lowest:
    break;
  case Fit::Lasting: {
    int64_t below = extent.begin == gap.begin ? gap.lastBelow : 0;
    int64_t above = extent.end == std::min(gap.end, bound) ? gap.lastAbove : 0;
    return {excess, -std::max(below, above), extent.begin};
  }
  case Fit::Tightest:
    return {excess, gap.end - gap.begin, extent.begin};
  }
  return {0, 0, extent.begin};
}

bool Placer::obeysScopes(unsigned index, const Extent &extent) {
  return std::all_of(scopes[index].begin(), scopes[index].end(),
                     [&](const NameScope *scope) {
                       return obeysScope(*scope, index, extent);
                     });
}

/// Whether all that would share one name with buffer `index` may share it.
bool Placer::obeysScope(const NameScope &scope, unsigned index,
                        const Extent &extent) {
  std::vector<unsigned> name = {index};
  auto extentOf = [&](unsigned member) {
    return member == index ? extent : extents[member];
  };
  for (size_t next = 0; next != name.size(); ++next) {
    Extent current = extentOf(name[next]);
    for (unsigned other : scope.buffers) {
      ++visits;
      if (!isPlaced(other) || !current.overlaps(extents[other]) ||
          std::find(name.begin(), name.end(), other) != name.end())
        continue;
      for (unsigned member : name)
        if (scope.apart.count(std::minmax(member, other)))
          return false;
      name.push_back(other);
    }
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Orders
//===----------------------------------------------------------------------===//

/// Buffers by descending key, ties by position and index.
template <typename Key>
static std::vector<unsigned> orderBy(const PlacementProblem &problem, Key key) {
  std::vector<unsigned> order(problem.buffers.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) {
    const LiveBuffer &left = problem.buffers[a], &right = problem.buffers[b];
    return std::make_tuple(key(right), left.first, a) <
           std::make_tuple(key(left), right.first, b);
  });
  return order;
}

static int64_t getSize(const LiveBuffer &buffer) { return buffer.size; }

/// All buffers of a scope alive throughout it, so that no two share a name.
static PlacementProblem widenToScopes(PlacementProblem problem) {
  for (const NameScope &scope : problem.scopes)
    for (unsigned index : scope.buffers) {
      LiveBuffer &buffer = problem.buffers[index];
      buffer.first = std::min(buffer.first, scope.first);
      buffer.last = std::max(buffer.last, scope.last);
    }
  problem.scopes.clear();
  return problem;
}

namespace {
/// An order, how each buffer chooses its place, and what comes out.
struct Attempt {
  std::vector<unsigned> order;
  std::vector<Fit> fits;
  Placement placement;
};
} // namespace

static constexpr std::array kFits = {Fit::Lowest, Fit::Lasting, Fit::Tightest};

/// Fixed orders: by size, by size x life, by life; and as the program runs, but
/// for buffers that live for long stretches of it, which come first.
static std::vector<std::vector<unsigned>>
makeOrders(const PlacementProblem &problem) {
  auto life = [](const LiveBuffer &buffer) {
    return buffer.last - buffer.first + 1;
  };
  std::vector<std::vector<unsigned>> orders = {
      orderBy(problem, getSize),
      orderBy(
          problem,
          [&](const LiveBuffer &buffer) { return buffer.size * life(buffer); }),
      orderBy(problem, life)};
  int64_t longest = life(problem.buffers[orders.back().front()]);
  for (int64_t least = longest + 1; least > 1; least /= 2)
    orders.push_back(orderBy(problem, [&](const LiveBuffer &buffer) {
      bool isLong = life(buffer) >= least;
      return std::make_pair(isLong ? life(buffer) : 0, -buffer.first);
    }));
  return orders;
}

/// The best of the fixed orders, or the first that is as small as the bound.
static Attempt tryOrders(const PlacementProblem &problem, int64_t bound,
                         Placer &placer) {
  Attempt best;
  for (const std::vector<unsigned> &order : makeOrders(problem))
    for (Fit fit : kFits) {
      if (!best.order.empty() && best.placement.total <= bound)
        return best;
      Attempt attempt = {
          order, std::vector<Fit>(problem.buffers.size(), fit), {}};
      attempt.placement = placer.place(attempt.order, attempt.fits);
      if (best.order.empty() || attempt.placement.total < best.placement.total)
        best = std::move(attempt);
    }
  return best;
}

/// Changes an order a little: a buffer that reaches beyond the bound is placed
/// earlier, another one changes its turn or its way to choose.
static void perturb(Attempt &attempt, const PlacementProblem &problem,
                    int64_t bound, std::mt19937 &random) {
  size_t count = attempt.order.size();
  auto moveEarlier = [&](size_t from) {
    auto at = attempt.order.begin() + static_cast<int64_t>(from);
    auto to =
        attempt.order.begin() + static_cast<int64_t>(random() % (from + 1));
    std::rotate(to, at, at + 1);
  };
  std::vector<size_t> beyond; // turns
  for (size_t turn = 0; turn != count; ++turn) {
    unsigned index = attempt.order[turn];
    if (attempt.placement.offsets[index] + problem.buffers[index].size > bound)
      beyond.push_back(turn);
  }
  unsigned kind = random() % 4;
  if (kind != 0 && !beyond.empty())
    moveEarlier(beyond[random() % beyond.size()]);
  if (kind <= 1)
    moveEarlier(random() % count);
  if (kind >= 2)
    attempt.fits[random() % count] = kFits[random() % kFits.size()];
}

Placement lowbit::placeBuffers(const PlacementProblem &problem) {
  if (problem.buffers.empty())
    return {};
  int64_t bound = findPeak(problem).bytes;
  PlacementProblem wide = widenToScopes(problem);
  Placement best =
      Placer(wide, bound)
          .place(orderBy(wide, getSize),
                 std::vector<Fit>(wide.buffers.size(), Fit::Lowest));
  Placer placer(problem, bound);
  Attempt current = tryOrders(problem, bound, placer);
  if (current.placement.total < best.total)
    best = current.placement;
  // Sideways steps are taken too: most changes alone change nothing.
  std::mt19937 random(1);
  while (best.total > bound && placer.work() < kMaxWork) {
    Attempt next = current;
    perturb(next, problem, bound, random);
    next.placement = placer.place(next.order, next.fits);
    if (next.placement.total > current.placement.total)
      continue;
    current = std::move(next);
    if (current.placement.total < best.total)
      best = current.placement;
  }
  return best;
}
