//===- AllLevelSets.h - Level sets to test with -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TEST_UNIT_NUMERICS_ALLLEVELSETS_H
#define LOWBIT_TEST_UNIT_NUMERICS_ALLLEVELSETS_H

#include "lowbit/Numerics/LevelSet.h"

#include <ostream>
#include <vector>

namespace lowbit::numerics {

inline void PrintTo(const LevelSet &set, std::ostream *os) { *os << set.str(); }

/// Lists of every number of levels, of one and of both signs, with and without
/// zero and gaps, up to the greatest magnitude.
inline std::vector<LevelSet> someListSets() {
  std::vector<std::vector<int32_t>> lists = {
      {-7, -3, 0, 1, 6},
      {-32768, 32768},
      {0, 32768},
      {-5, -2},
      {1, 2, 3},
      {-2, -1, 0, 1, 2, 3},
      {-96, -7, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 7, 12, 24},
      {-21845, -10923, 0, 21845}};
  for (int32_t count = 2; count <= 16; ++count) {
    std::vector<int32_t> levels;
    for (int32_t i = 0; i < count; ++i)
      levels.push_back(i * i - 3 * count);
    lists.push_back(levels);
  }
  std::vector<LevelSet> sets;
  for (const std::vector<int32_t> &levels : lists)
    sets.push_back(LevelSet::list(levels));
  return sets;
}

/// Every level set of every width, and some lists.
inline std::vector<LevelSet> allLevelSets() {
  std::vector<LevelSet> sets = {LevelSet::bipolar(), LevelSet::ternary()};
  for (unsigned bits = 2; bits <= 5; ++bits) {
    sets.push_back(LevelSet::pow2(bits));
    sets.push_back(LevelSet::pow2NoZero(bits));
  }
  for (unsigned bits = 1; bits <= 8; ++bits)
    sets.push_back(LevelSet::odd(bits));
  for (unsigned bits = 1; bits <= 16; ++bits) {
    sets.push_back(LevelSet::integer(bits));
    sets.push_back(LevelSet::unsignedInteger(bits));
    if (bits >= 2)
      sets.push_back(LevelSet::integerNarrow(bits));
  }
  for (const LevelSet &set : someListSets())
    sets.push_back(set);
  return sets;
}

inline std::vector<int32_t> levelsOf(const LevelSet &set) {
  std::vector<int32_t> levels;
  for (uint32_t rank = 0; rank < set.numLevels(); ++rank)
    levels.push_back(set.levelAt(rank));
  return levels;
}

} // namespace lowbit::numerics

#endif // LOWBIT_TEST_UNIT_NUMERICS_ALLLEVELSETS_H
