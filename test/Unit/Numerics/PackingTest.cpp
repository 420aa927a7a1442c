//===- PackingTest.cpp - Unit tests of packed codes -----------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Packing.h"
#include "AllLevelSets.h"

#include "gtest/gtest.h"

#include <limits>
#include <random>

using namespace lowbit::numerics;

namespace {

using Bytes = std::vector<uint8_t>;
using Codes = std::vector<uint32_t>;
using Levels = std::vector<int32_t>;

bool bitOf(const Bytes &bytes, size_t bit) {
  return bytes[bit / 8] >> bit % 8 & 1;
}

TEST(PackingTest, CodesAreConsecutiveBits) {
  std::mt19937 random(1);
  for (unsigned width = 1; width <= 16; ++width)
    for (size_t count = 0; count <= 33; ++count) {
      Codes codes(count);
      for (uint32_t &code : codes)
        code = random() & ((1u << width) - 1);
      Bytes bytes = packCodes(codes, width);
      ASSERT_EQ(bytes.size(), (count * width + 7) / 8);
      ASSERT_EQ(bytes.size(), packedSize(count, width));
      for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        size_t index = bit / width;
        bool expected = index < count && (codes[index] >> bit % width & 1);
        ASSERT_EQ(bitOf(bytes, bit), expected) << width << " " << count;
      }
      for (size_t i = 0; i < count; ++i)
        ASSERT_EQ(unpackCode(bytes, i, width), codes[i]);
    }
}

TEST(PackingTest, BytesByHand) {
  EXPECT_EQ(packCodes(Codes{1, 0, 2, 1, 2}, 2), (Bytes{0b01100001, 0b10}));
  EXPECT_EQ(packCodes(Codes{7, 0, 5}, 3), (Bytes{0b01000111, 0b1}));
  EXPECT_EQ(packCodes(Codes{0x1234, 0xabcd}, 16),
            (Bytes{0x34, 0x12, 0xcd, 0xab}));
}

TEST(PackingTest, SizeOfLongStrings) {
  EXPECT_EQ(packedSize(size_t(1) << 60, 16), size_t(1) << 61);
  EXPECT_EQ(packedSize((size_t(1) << 60) + 1, 15), 15 * (size_t(1) << 57) + 2);
}

TEST(PackingTest, LevelsRoundTrip) {
  std::mt19937 random(2);
  for (const LevelSet &set : allLevelSets())
    for (size_t count = 0; count <= 33; ++count) {
      Levels levels(count);
      for (int32_t &level : levels)
        level = set.levelAt(random() % set.numLevels());
      std::optional<Bytes> bytes = packLevels(levels, set);
      ASSERT_TRUE(bytes) << set.str();
      ASSERT_EQ(unpackLevels(*bytes, count, set), levels) << set.str();
    }
}

TEST(PackingTest, TritsByHand) {
  LevelSet set = LevelSet::ternary();
  // -1 0 1 1 0 are digits 0 1 2 2 1: 0 + 3 + 18 + 54 + 81 = 156; then 1 -1: 2.
  Levels levels = {-1, 0, 1, 1, 0, 1, -1};
  EXPECT_EQ(packLevels(levels, set, Layout::Base3), (Bytes{156, 2}));
  EXPECT_EQ(packedSize(7, set, Layout::Base3), 2u);
  EXPECT_EQ(packedSize(0, set, Layout::Base3), 0u);
  EXPECT_EQ(packedCapacity(2, set, Layout::Base3), 10u);
  EXPECT_EQ(packedCapacity(2, set, Layout::Bits), 8u);
}

TEST(PackingTest, TritsRoundTrip) {
  LevelSet set = LevelSet::ternary();
  std::mt19937 random(3);
  for (size_t count = 0; count <= 33; ++count) {
    Levels levels(count);
    for (int32_t &level : levels)
      level = static_cast<int32_t>(random() % 3) - 1;
    std::optional<Bytes> bytes = packLevels(levels, set, Layout::Base3);
    ASSERT_TRUE(bytes);
    ASSERT_EQ(bytes->size(), packedSize(count, set, Layout::Base3));
    ASSERT_EQ(unpackLevels(*bytes, count, set, Layout::Base3), levels);
  }
}

TEST(PackingTest, TritsOfEveryByte) {
  LevelSet set = LevelSet::ternary();
  for (unsigned value = 0; value != 256; ++value) {
    Bytes bytes = {static_cast<uint8_t>(value)};
    auto levels = unpackLevels(bytes, 5, set, Layout::Base3);
    ASSERT_EQ(levels.has_value(), value < 243) << value;
    if (levels)
      ASSERT_EQ(packLevels(*levels, set, Layout::Base3), bytes);
  }
  // The padding digits of a last byte are 0.
  EXPECT_TRUE(unpackLevels(Bytes{8}, 2, set, Layout::Base3));
  EXPECT_EQ(unpackLevels(Bytes{9}, 2, set, Layout::Base3), std::nullopt);
}

TEST(PackingTest, Base3IsForTernary) {
  for (const LevelSet &set : allLevelSets()) {
    EXPECT_EQ(checkLayout(set, Layout::Bits), std::nullopt);
    EXPECT_EQ(checkLayout(set, Layout::Base3).has_value(),
              set != LevelSet::ternary());
  }
  EXPECT_EQ(checkLayout(LevelSet::bipolar(), Layout::Base3),
            "layout base3 holds ternary codes only, not bipolar");
}

TEST(PackingTest, LevelOutsideTheSetIsRefused) {
  EXPECT_EQ(packLevels(Levels{0, 1, 2}, LevelSet::ternary()), std::nullopt);
  EXPECT_EQ(packLevels(Levels{3}, LevelSet::pow2(4)), std::nullopt);
}

TEST(PackingTest, PoisonIsRefused) {
  EXPECT_EQ(unpackLevels(Bytes{0b1100}, 2, LevelSet::ternary()), std::nullopt);
  EXPECT_EQ(unpackLevels(Bytes{0x80}, 2, LevelSet::pow2(4)), std::nullopt);
  EXPECT_EQ(unpackLevels(Bytes{0x80}, 1, LevelSet::integerNarrow(8)),
            std::nullopt);
}

TEST(PackingTest, WrongSizeIsRefused) {
  LevelSet set = LevelSet::integer(4);
  EXPECT_TRUE(unpackLevels(Bytes{0, 0}, 3, set));
  EXPECT_EQ(unpackLevels(Bytes{0}, 3, set), std::nullopt);
  EXPECT_EQ(unpackLevels(Bytes{0, 0, 0}, 3, set), std::nullopt);
  EXPECT_EQ(unpackLevels(Bytes{0}, 0, set), std::nullopt);
  EXPECT_EQ(unpackLevels(Bytes{}, 1, set), std::nullopt);
  EXPECT_EQ(unpackLevels(Bytes{0}, std::numeric_limits<size_t>::max(), set),
            std::nullopt);
}

TEST(PackingTest, SetPaddingIsRefused) {
  for (unsigned width = 1; width <= 16; ++width) {
    LevelSet set = LevelSet::integer(width);
    for (size_t count = 1; count <= 17; ++count)
      for (size_t bit = count * width; bit % 8 != 0; ++bit) {
        Bytes bytes(packedSize(count, width));
        ASSERT_TRUE(unpackLevels(bytes, count, set));
        bytes.back() |= 1u << bit % 8;
        ASSERT_EQ(unpackLevels(bytes, count, set), std::nullopt);
      }
  }
}

} // namespace
