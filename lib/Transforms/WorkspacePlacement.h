//===- WorkspacePlacement.h - Where buffers lie in a workspace -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Dynamic storage allocation: offsets for buffers whose sizes and lives are
// known, such that the end of the last one is low. The problem is NP-hard; what
// is here is a search that stops at the lower bound.
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_WORKSPACEPLACEMENT_H
#define LOWBIT_LIB_TRANSFORMS_WORKSPACEPLACEMENT_H

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

namespace lowbit {

/// A buffer of `size` bytes that is alive at the positions [first, last] of a
/// program.
struct LiveBuffer {
  int64_t size;
  int64_t first, last;
};

/// A stretch [first, last] of the program in which distinct names of memory
/// must not overlap, such as a call whose pointer arguments are `noalias`.
/// Buffers of it that share bytes, be it through a third one, share one name.
/// Two of which one operation writes the one and touches the other must not.
struct NameScope {
  int64_t first, last;
  std::vector<unsigned> buffers;                      ///< indices, each once
  std::set<std::pair<unsigned, unsigned>> apart = {}; ///< the lesser one first

  void keepApart(unsigned a, unsigned b) {
    if (a != b)
      apart.insert(std::minmax(a, b));
  }
};

struct PlacementProblem {
  std::vector<LiveBuffer> buffers;
  std::vector<NameScope> scopes;
  int64_t alignment = 1; ///< of all offsets, in bytes
};

struct Placement {
  std::vector<int64_t> offsets; ///< one for each buffer
  int64_t total = 0;            ///< end of the last one, aligned
};

/// The most bytes that are alive at one position, sizes rounded up to the
/// alignment: no placement is smaller. `position` is the first such.
struct WorkspacePeak {
  int64_t bytes = 0;
  int64_t position = 0;
};
WorkspacePeak findPeak(const PlacementProblem &problem);

/// Buffers that are alive at once get disjoint bytes, and scopes are obeyed.
/// The same problem has always the same answer. It is never larger than that of
/// plain greedy placement by size with all buffers of a scope alive throughout
/// it.
Placement placeBuffers(const PlacementProblem &problem);

/// The buffers of `scope` that share bytes directly or through others: lists of
/// positions in `scope.buffers`, ascending.
std::vector<std::vector<unsigned>>
groupByOverlap(const PlacementProblem &problem, const Placement &placement,
               const NameScope &scope);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_WORKSPACEPLACEMENT_H
