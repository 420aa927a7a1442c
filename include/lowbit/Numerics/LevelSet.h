//===- LevelSet.h - The integer levels a code may stand for -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_LEVELSET_H
#define LOWBIT_NUMERICS_LEVELSET_H

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lowbit::numerics {

/// Which family of integer levels a code enumerates. docs/Semantics.md,
/// section "Level sets", has the table of levels and codes.
enum class LevelKind : uint8_t {
  Bipolar,    ///< -1, +1
  Ternary,    ///< -1, 0, +1
  Pow2,       ///< 0, +-1, +-2, ..., +-2^(2^(b-1)-2)
  Pow2NoZero, ///< +-1, +-2, ..., +-2^(2^(b-1)-1)
  Odd,        ///< -(2^b-1), ..., -1, 1, ..., 2^b-1, odd numbers only
  Int,        ///< -2^(b-1), ..., 2^(b-1)-1
  IntNarrow,  ///< -(2^(b-1)-1), ..., 2^(b-1)-1
  UInt,       ///< 0, ..., 2^b-1
  List,       ///< 2 to 16 levels, named one by one
};

/// A set of integer levels with the code of each. An immutable value type.
///
/// `level` is the integer a tensor element counts as; `code` is the bit
/// pattern that stores it, `codeBits()` wide. Codes that stand for no level
/// (ternary 0b11, the negative zero of pow2, the most negative pattern of a
/// narrow int) are poison: `decode` rejects them.
class LevelSet {
public:
  /// The most levels that a list may name, and the greatest magnitude of one.
  static constexpr size_t maxListSize = 16;
  static constexpr int32_t maxListMagnitude = 32768;

  static LevelSet bipolar() { return {LevelKind::Bipolar, 1}; }
  static LevelSet ternary() { return {LevelKind::Ternary, 2}; }
  static LevelSet pow2(unsigned bits) { return {LevelKind::Pow2, bits}; }
  static LevelSet pow2NoZero(unsigned bits) {
    return {LevelKind::Pow2NoZero, bits};
  }
  static LevelSet odd(unsigned bits) { return {LevelKind::Odd, bits}; }
  static LevelSet integer(unsigned bits) { return {LevelKind::Int, bits}; }
  static LevelSet integerNarrow(unsigned bits) {
    return {LevelKind::IntNarrow, bits};
  }
  static LevelSet unsignedInteger(unsigned bits) {
    return {LevelKind::UInt, bits};
  }
  /// Requires that `checkList(levels)` has no objection.
  static LevelSet list(std::span<const int32_t> levels);

  /// The reason why `kind` with `bits` is not a level set, or nothing. Widths:
  /// bipolar 1, ternary 2, pow2 2..5, odd 1..8, int 1..16, narrow int 2..16,
  /// uint 1..16, list 1..4. Every constructor of a family requires a valid
  /// pair.
  static std::optional<std::string> check(LevelKind kind, unsigned bits);

  /// The reason why `levels` cannot be a list, or nothing: 2 to 16 levels,
  /// ascending without repetition, magnitudes up to 32768.
  static std::optional<std::string> checkList(std::span<const int32_t> levels);

  /// Reads `str()`'s spelling: "ternary", "pow2<4>", "pow2<3, nozero>",
  /// "int<8, narrow>", "levels<[-3, 0, 1]>", ... Blanks are free. Nothing when
  /// malformed, of an impossible width or not a list that `checkList` allows.
  static std::optional<LevelSet> parse(std::string_view text);

  LevelKind kind() const { return setKind; }

  /// The parameter b of the family; 1 for bipolar, 2 for ternary, the bits of
  /// a code for a list.
  unsigned bits() const { return setBits; }

  /// Bits of one stored code. Equals `bits()` for every family.
  unsigned codeBits() const { return setBits; }

  /// How many levels there are (not how many codes: poison is left out).
  uint32_t numLevels() const;

  int32_t minLevel() const;
  int32_t maxLevel() const;

  /// Largest |level|.
  int32_t maxMagnitude() const;

  bool hasZero() const { return contains(0); }
  bool contains(int64_t level) const;

  /// Whether the levels are min, min+1, ..., max without a gap, 0 among them.
  bool isContiguous() const;

  /// Whether weights of this set need shifts, signs and additions only, no
  /// product: every level is zero or a power of two with a sign (int<2>
  /// qualifies, uint<2> does not), or the set is a list.
  bool isMultiplierFree() const;

  /// Level of `code`; nothing for poison or for a code of more than
  /// `codeBits()` bits.
  std::optional<int32_t> decode(uint32_t code) const;

  /// Code of `level`; nothing when the level is not in the set.
  std::optional<uint32_t> encode(int64_t level) const;

  /// The rank-th smallest level, rank in [0, numLevels()).
  int32_t levelAt(uint32_t rank) const;

  /// The level nearest to `value`; saturates outside the range. A tie goes to
  /// the level of smaller magnitude, and of two such to the positive one,
  /// except in the gapless sets (see `isContiguous`), where it goes to the even
  /// level. NaN maps to `minLevel()`.
  int32_t nearest(double value) const;

  /// "ternary", "pow2<4>", "pow2<3, nozero>", "int<8, narrow>", ...
  std::string str() const;

  friend bool operator==(const LevelSet &, const LevelSet &) = default;

private:
  LevelSet(LevelKind kind, unsigned bits) : setKind(kind), setBits(bits) {}

  std::span<const int32_t> listed() const {
    return {listLevels.data(), listSize};
  }

  LevelKind setKind;
  unsigned setBits;
  /// Of a list: how many levels, and they in order, then zeros.
  uint32_t listSize = 0;
  std::array<int32_t, maxListSize> listLevels = {};
};

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_LEVELSET_H
