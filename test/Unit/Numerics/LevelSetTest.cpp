//===- LevelSetTest.cpp - Unit tests of LevelSet --------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AllLevelSets.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace lowbit::numerics;

namespace {

using Levels = std::vector<int32_t>;

class EveryLevelSet : public testing::TestWithParam<LevelSet> {};

INSTANTIATE_TEST_SUITE_P(Grid, EveryLevelSet,
                         testing::ValuesIn(allLevelSets()));

bool isLevelOfTable(const LevelSet &set, int64_t level) {
  int64_t bits = set.bits();
  auto isPower = [&](int64_t maxExponent) {
    for (int64_t e = 0; e <= maxExponent; ++e)
      if (std::abs(level) == int64_t(1) << e)
        return true;
    return false;
  };
  int64_t half = int64_t(1) << (bits - 1);
  switch (set.kind()) {
  case LevelKind::Bipolar:
    return level == -1 || level == 1;
  case LevelKind::Ternary:
    return level >= -1 && level <= 1;
  case LevelKind::Pow2:
    return level == 0 || isPower(half - 2);
  case LevelKind::Pow2NoZero:
    return isPower(half - 1);
  case LevelKind::Odd:
    return std::abs(level) <= 2 * half - 1 && level % 2 != 0;
  case LevelKind::Int:
    return level >= -half && level <= half - 1;
  case LevelKind::IntNarrow:
    return level >= -(half - 1) && level <= half - 1;
  case LevelKind::UInt:
    return level >= 0 && level <= 2 * half - 1;
  case LevelKind::List: {
    Levels levels = levelsOf(set);
    return std::count(levels.begin(), levels.end(), level) == 1;
  }
  }
  return false;
}

TEST_P(EveryLevelSet, ContainsExactlyItsTable) {
  LevelSet set = GetParam();
  Levels table;
  for (int32_t level = -70000; level <= 70000; ++level) {
    bool expected = isLevelOfTable(set, level);
    ASSERT_EQ(set.contains(level), expected) << level;
    ASSERT_EQ(set.encode(level).has_value(), expected) << level;
    if (expected)
      table.push_back(level);
  }
  EXPECT_EQ(levelsOf(set), table);
  EXPECT_EQ(set.minLevel(), table.front());
  EXPECT_EQ(set.maxLevel(), table.back());
  EXPECT_EQ(set.maxMagnitude(), std::max(-table.front(), table.back()));
  EXPECT_EQ(set.hasZero(), std::count(table.begin(), table.end(), 0) == 1);
  EXPECT_EQ(set.isContiguous(),
            set.hasZero() &&
                table.back() - table.front() + 1 == int32_t(table.size()));
  EXPECT_EQ(set.isMultiplierFree(),
            set.kind() == LevelKind::List ||
                std::all_of(table.begin(), table.end(), [](int32_t level) {
                  uint32_t magnitude = std::abs(level);
                  return (magnitude & (magnitude - 1)) == 0;
                }));
  for (int64_t far :
       {std::numeric_limits<int64_t>::min(), -(int64_t(1) << 32),
        (int64_t(1) << 32) + 1, std::numeric_limits<int64_t>::max()})
    EXPECT_FALSE(set.contains(far));
}

TEST_P(EveryLevelSet, EncodeAndDecodeAreInverse) {
  LevelSet set = GetParam();
  EXPECT_EQ(set.codeBits(), set.bits());
  std::set<int32_t> decoded;
  uint32_t numCodes = uint32_t(1) << set.codeBits();
  for (uint32_t code = 0; code < numCodes; ++code) {
    std::optional<int32_t> level = set.decode(code);
    if (!level)
      continue;
    ASSERT_TRUE(decoded.insert(*level).second) << code;
    ASSERT_EQ(set.encode(*level), code);
  }
  EXPECT_EQ(Levels(decoded.begin(), decoded.end()), levelsOf(set));
  EXPECT_EQ(set.decode(numCodes), std::nullopt);
  EXPECT_EQ(set.decode(numCodes << 1), std::nullopt);
  EXPECT_EQ(set.decode(~uint32_t(0)), std::nullopt);
}

/// The level the header promises, found by comparing those around the value.
int32_t nearestBySearch(const Levels &levels, bool tiesToEven, double value) {
  auto rank = [&](int32_t level) {
    int tie = tiesToEven ? level & 1 : 2 * std::abs(level) + (level < 0);
    return std::pair(std::fabs(value - level), tie);
  };
  auto above = std::lower_bound(levels.begin(), levels.end(), value);
  auto first = above - std::min<ptrdiff_t>(3, above - levels.begin());
  auto last = above + std::min<ptrdiff_t>(3, levels.end() - above);
  return *std::min_element(
      first, last, [&](int32_t a, int32_t b) { return rank(a) < rank(b); });
}

// Every value has few enough bits for the search's differences to be exact.
TEST_P(EveryLevelSet, NearestAgreesWithSearch) {
  LevelSet set = GetParam();
  Levels levels = levelsOf(set);
  bool tiesToEven = set.isContiguous() && set.kind() != LevelKind::Pow2;
  std::vector<double> values = {-0.0, 0.0, 0x1p-30, -0x1p-30};
  for (size_t i = 0; i + 1 < levels.size(); ++i) {
    double tie = (double(levels[i]) + levels[i + 1]) / 2;
    values.insert(values.end(),
                  {double(levels[i]), tie, tie - 0x1p-30, tie + 0x1p-30});
  }
  int reach = std::min(set.maxMagnitude() + 2, 300);
  for (int i = -8 * reach; i <= 8 * reach; ++i)
    values.push_back(i / 8.0);
  for (double value : values)
    ASSERT_EQ(set.nearest(value), nearestBySearch(levels, tiesToEven, value))
        << value;
}

TEST_P(EveryLevelSet, NearestOfSpecialValues) {
  LevelSet set = GetParam();
  double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(set.nearest(infinity), set.maxLevel());
  EXPECT_EQ(set.nearest(-infinity), set.minLevel());
  EXPECT_EQ(set.nearest(std::nan("")), set.minLevel());
  EXPECT_EQ(set.nearest(1e300), set.maxLevel());
  EXPECT_EQ(set.nearest(-1e300), set.minLevel());
  if (set.hasZero() || set.kind() != LevelKind::List) {
    EXPECT_EQ(set.nearest(1e-320), set.hasZero() ? 0 : 1);
    EXPECT_EQ(set.nearest(-1e-320), set.hasZero() ? 0 : -1);
  }
  for (int32_t level : levelsOf(set))
    ASSERT_EQ(set.nearest(level), level);
}

TEST_P(EveryLevelSet, SpellingRoundTrips) {
  LevelSet set = GetParam();
  EXPECT_EQ(LevelSet::parse(set.str()), set);
  std::string blanks;
  for (char c : set.str())
    blanks += std::string_view("<>,[]").find(c) != std::string_view::npos
                  ? std::string(" \t") + c + "\n "
                  : std::string(1, c);
  EXPECT_EQ(LevelSet::parse("  " + blanks + " "), set);
  EXPECT_EQ(LevelSet::check(set.kind(), set.bits()), std::nullopt);
}

TEST(LevelSetTest, WidthsOutsideTheRangeAreRefused) {
  std::vector<LevelSet> valid = allLevelSets();
  for (int kind = 0; kind < int(LevelKind::List); ++kind)
    for (unsigned bits = 0; bits <= 40; ++bits) {
      bool expected =
          std::any_of(valid.begin(), valid.end(), [&](const LevelSet &set) {
            return set.kind() == LevelKind(kind) && set.bits() == bits;
          });
      EXPECT_NE(LevelSet::check(LevelKind(kind), bits).has_value(), expected)
          << kind << " " << bits;
    }
  EXPECT_EQ(LevelSet::check(LevelKind::Pow2, 6),
            "pow2 has a width of 2 to 5 bits, not 6");
  EXPECT_EQ(LevelSet::check(LevelKind::IntNarrow, 1),
            "int narrow has a width of 2 to 16 bits, not 1");
  EXPECT_EQ(LevelSet::check(LevelKind::Ternary, 1),
            "ternary has a width of 2 bits, not 1");
}

TEST(LevelSetTest, Spellings) {
  EXPECT_EQ(LevelSet::bipolar().str(), "bipolar");
  EXPECT_EQ(LevelSet::ternary().str(), "ternary");
  EXPECT_EQ(LevelSet::pow2(4).str(), "pow2<4>");
  EXPECT_EQ(LevelSet::pow2NoZero(3).str(), "pow2<3, nozero>");
  EXPECT_EQ(LevelSet::odd(1).str(), "odd<1>");
  EXPECT_EQ(LevelSet::integer(8).str(), "int<8>");
  EXPECT_EQ(LevelSet::integerNarrow(8).str(), "int<8, narrow>");
  EXPECT_EQ(LevelSet::unsignedInteger(16).str(), "uint<16>");
  EXPECT_EQ(LevelSet::list(Levels{-7, -3, 0, 1, 6}).str(),
            "levels<[-7, -3, 0, 1, 6]>");
  EXPECT_EQ(LevelSet::list(Levels{0, 32768}).str(), "levels<[0, 32768]>");
}

TEST(LevelSetTest, ListsThatAreNone) {
  auto reason = [](const Levels &levels) {
    return LevelSet::checkList(levels).value_or("");
  };
  EXPECT_EQ(reason({}), "a list has 2 to 16 levels, not 0");
  EXPECT_EQ(reason({3}), "a list has 2 to 16 levels, not 1");
  EXPECT_EQ(reason(Levels(17)), "a list has 2 to 16 levels, not 17");
  EXPECT_EQ(reason({0, 2, 1}), "levels must ascend, but 1 follows 2");
  EXPECT_EQ(reason({-1, 4, 4}), "levels must ascend, but 4 follows 4");
  EXPECT_EQ(reason({0, 32769}),
            "level 32769 is out of range; the greatest magnitude is 32768");
  EXPECT_EQ(reason({std::numeric_limits<int32_t>::min(), 0}),
            "level -2147483648 is out of range; the greatest magnitude is "
            "32768");
  EXPECT_EQ(reason({-32768, 32768}), "");
}

TEST(LevelSetTest, ListsDifferByTheirLevels) {
  EXPECT_EQ(LevelSet::list(Levels{0, 1, 5}), LevelSet::list(Levels{0, 1, 5}));
  EXPECT_NE(LevelSet::list(Levels{0, 1, 5}), LevelSet::list(Levels{0, 1, 6}));
  EXPECT_NE(LevelSet::list(Levels{0, 1, 5}),
            LevelSet::list(Levels{0, 1, 5, 6}));
  EXPECT_NE(LevelSet::list(Levels{-1, 0, 1}), LevelSet::ternary());
}

constexpr const char *malformed[] = {"",
                                     " ",
                                     "int",
                                     "int<>",
                                     "int<8",
                                     "int 8",
                                     "int<8>>",
                                     "int<8> x",
                                     "int<8,>",
                                     "int<,narrow>",
                                     "int<narrow>",
                                     "int<8, nozero>",
                                     "int<8 narrow>",
                                     "int<8, narrow, narrow>",
                                     "int<17>",
                                     "int<0>",
                                     "int<1, narrow>",
                                     "int<-8>",
                                     "int<+8>",
                                     "int<8.0>",
                                     "int<0x8>",
                                     "int<4294967304>",
                                     "int<99999999999999999999>",
                                     "pow2<1>",
                                     "pow2<6>",
                                     "pow2<4, narrow>",
                                     "pow2<4, no zero>",
                                     "odd<9>",
                                     "odd<3, nozero>",
                                     "uint<8, narrow>",
                                     "ternary<2>",
                                     "ternary<>",
                                     "bipolar<1>",
                                     "Ternary",
                                     "ter nary",
                                     "sint<8>",
                                     "<8>",
                                     "ternary,",
                                     "int<8,narrowly>",
                                     "levels",
                                     "levels<>",
                                     "levels<[]>",
                                     "levels<[1]>",
                                     "levels<[1, 2]",
                                     "levels<[1, 2>",
                                     "levels<[1, 2,]>",
                                     "levels<[1 2]>",
                                     "levels<[2, 1]>",
                                     "levels<[1, 1]>",
                                     "levels<[0, 32769]>",
                                     "levels<[0, 99999999999]>",
                                     "levels<[0, 1.5]>",
                                     "levels<[0, +1]>",
                                     "levels<[0, --1]>",
                                     "levels<[0, x]>",
                                     "levels<[0, 1]> x",
                                     "levels<4>",
                                     "levels<[0, 1]"};

TEST(LevelSetTest, MalformedSpellingsAreRefused) {
  for (const char *text : malformed)
    EXPECT_EQ(LevelSet::parse(text), std::nullopt) << text;
  std::string seventeen = "levels<[0";
  for (int level = 1; level <= 16; ++level)
    seventeen += "," + std::to_string(level);
  EXPECT_EQ(LevelSet::parse(seventeen + "]>"), std::nullopt);
}

TEST(LevelSetTest, PoisonAndCodesByHand) {
  EXPECT_EQ(LevelSet::bipolar().encode(-1), 0u);
  EXPECT_EQ(LevelSet::bipolar().encode(1), 1u);
  EXPECT_EQ(LevelSet::ternary().encode(-1), 0u);
  EXPECT_EQ(LevelSet::ternary().decode(3), std::nullopt);
  EXPECT_EQ(LevelSet::pow2(3).decode(0b100), std::nullopt);
  EXPECT_EQ(LevelSet::pow2(3).decode(0b111), -4);
  EXPECT_EQ(LevelSet::pow2(3).decode(0b001), 1);
  EXPECT_EQ(LevelSet::pow2NoZero(3).decode(0b100), -1);
  EXPECT_EQ(LevelSet::pow2NoZero(3).decode(0b011), 8);
  EXPECT_EQ(LevelSet::odd(2).decode(0), -3);
  EXPECT_EQ(LevelSet::odd(2).decode(2), 1);
  EXPECT_EQ(LevelSet::integer(4).decode(0b1000), -8);
  EXPECT_EQ(LevelSet::integerNarrow(4).decode(0b1000), std::nullopt);
  EXPECT_EQ(LevelSet::integerNarrow(4).decode(0b1001), -7);
  EXPECT_EQ(LevelSet::unsignedInteger(4).decode(0b1000), 8);
  LevelSet five = LevelSet::list(Levels{-7, -3, 0, 1, 6});
  EXPECT_EQ(five.codeBits(), 3u);
  EXPECT_EQ(five.encode(-3), 1u);
  EXPECT_EQ(five.decode(4), 6);
  EXPECT_EQ(five.decode(5), std::nullopt);
  EXPECT_EQ(LevelSet::list(Levels{4, 9}).codeBits(), 1u);
}

TEST(LevelSetTest, NearestInWideSets) {
  LevelSet wide = LevelSet::integer(16);
  EXPECT_EQ(wide.nearest(32766.5), 32766);
  EXPECT_EQ(wide.nearest(-32767.5), -32768);
  EXPECT_EQ(wide.nearest(-0.5), 0);
  EXPECT_EQ(LevelSet::unsignedInteger(16).nearest(65533.5), 65534);
  EXPECT_EQ(LevelSet::integerNarrow(16).nearest(-40000), -32767);
}

} // namespace
