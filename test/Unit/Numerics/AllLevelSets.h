//===- AllLevelSets.h - Every level set of every width -*- C++ -*-===//
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
