//===- LevelSet.cpp - Levels, codes, spelling, nearest level --------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/LevelSet.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace lowbit::numerics {

namespace {

struct Family {
  LevelKind kind;
  std::string_view name;
  std::string_view flag; ///< second parameter, empty when there is none
  unsigned minBits;
  unsigned maxBits;

  bool hasWidth() const { return minBits != maxBits; }
};

/// Indexed by LevelKind.
constexpr Family families[] = {
    {LevelKind::Bipolar, "bipolar", "", 1, 1},
    {LevelKind::Ternary, "ternary", "", 2, 2},
    {LevelKind::Pow2, "pow2", "", 2, 5},
    {LevelKind::Pow2NoZero, "pow2", "nozero", 2, 5},
    {LevelKind::Odd, "odd", "", 1, 8},
    {LevelKind::Int, "int", "", 1, 16},
    {LevelKind::IntNarrow, "int", "narrow", 2, 16},
    {LevelKind::UInt, "uint", "", 1, 16},
    {LevelKind::List, "levels", "", 1, 4},
};

/// A cursor over the spelling of a level set; blanks precede any token.
class Scanner {
public:
  explicit Scanner(std::string_view text) : rest(text) {}

  bool consume(char symbol) {
    skipBlanks();
    if (!rest.starts_with(symbol))
      return false;
    rest.remove_prefix(1);
    return true;
  }

  std::string_view word() {
    skipBlanks();
    size_t length =
        std::min(rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"),
                 rest.size());
    std::string_view token = rest.substr(0, length);
    rest.remove_prefix(length);
    return token;
  }

  std::optional<int32_t> integer() {
    bool negative = consume('-');
    std::string_view digits = word();
    // The longest magnitude has five digits; nothing overflows.
    if (digits.empty() || digits.size() > 5 ||
        digits.find_first_not_of("0123456789") != digits.npos)
      return std::nullopt;
    int32_t value = 0;
    for (char digit : digits)
      value = 10 * value + (digit - '0');
    return negative ? -value : value;
  }

  bool atEnd() {
    skipBlanks();
    return rest.empty();
  }

private:
  void skipBlanks() {
    rest.remove_prefix(
        std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  }

  std::string_view rest;
};

} // namespace

static const Family &familyOf(LevelKind kind) {
  return families[static_cast<size_t>(kind)];
}

static std::optional<unsigned> parseWidth(std::string_view digits) {
  unsigned width = 0;
  const char *end = digits.data() + digits.size();
  auto [next, error] = std::from_chars(digits.data(), end, width);
  if (error != std::errc() || next != end)
    return std::nullopt;
  return width;
}

/// How many positive levels pow2 or pow2 nozero has.
static uint32_t numPowers(LevelKind kind, unsigned bits) {
  uint32_t exponents = uint32_t(1) << (bits - 1);
  return kind == LevelKind::Pow2 ? exponents - 1 : exponents;
}

std::optional<std::string> LevelSet::check(LevelKind kind, unsigned bits) {
  const Family &family = familyOf(kind);
  if (bits >= family.minBits && bits <= family.maxBits)
    return std::nullopt;
  std::string reason(family.name);
  if (!family.flag.empty())
    reason.append(" ").append(family.flag);
  reason += " has a width of " + std::to_string(family.minBits);
  if (family.hasWidth())
    reason += " to " + std::to_string(family.maxBits);
  return reason + " bits, not " + std::to_string(bits);
}

std::optional<std::string>
LevelSet::checkList(std::span<const int32_t> levels) {
  if (levels.size() < 2 || levels.size() > maxListSize)
    return "a list has 2 to 16 levels, not " + std::to_string(levels.size());
  for (size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] < -maxListMagnitude || levels[i] > maxListMagnitude)
      return "level " + std::to_string(levels[i]) +
             " is out of range; the greatest magnitude is 32768";
    if (i > 0 && levels[i] <= levels[i - 1])
      return "levels must ascend, but " + std::to_string(levels[i]) +
             " follows " + std::to_string(levels[i - 1]);
  }
  return std::nullopt;
}

LevelSet LevelSet::list(std::span<const int32_t> levels) {
  assert(!checkList(levels) && "not a list of levels");
  LevelSet set(LevelKind::List, std::bit_width(levels.size() - 1));
  set.listSize = static_cast<uint32_t>(levels.size());
  std::copy(levels.begin(), levels.end(), set.listLevels.begin());
  return set;
}

/// The rest of "levels<[-3, 0, 1]>" after the name.
static std::optional<LevelSet> parseList(Scanner &scanner) {
  std::vector<int32_t> levels;
  if (!scanner.consume('<') || !scanner.consume('['))
    return std::nullopt;
  do {
    std::optional<int32_t> level = scanner.integer();
    if (!level)
      return std::nullopt;
    levels.push_back(*level);
  } while (scanner.consume(','));
  if (!scanner.consume(']') || !scanner.consume('>') || !scanner.atEnd() ||
      LevelSet::checkList(levels))
    return std::nullopt;
  return LevelSet::list(levels);
}

std::optional<LevelSet> LevelSet::parse(std::string_view text) {
  Scanner scanner(text);
  std::string_view name = scanner.word();
  if (name == "levels")
    return parseList(scanner);
  std::string_view flag;
  std::optional<unsigned> width;
  bool bracketed = scanner.consume('<');
  if (bracketed) {
    width = parseWidth(scanner.word());
    bool flagged = scanner.consume(',');
    if (flagged)
      flag = scanner.word();
    if (!width || flagged == flag.empty() || !scanner.consume('>'))
      return std::nullopt;
  }
  if (!scanner.atEnd())
    return std::nullopt;
  for (const Family &family : families) {
    if (family.name != name || family.flag != flag ||
        family.hasWidth() != bracketed)
      continue;
    unsigned bits = width.value_or(family.minBits);
    if (check(family.kind, bits))
      return std::nullopt;
    return LevelSet(family.kind, bits);
  }
  return std::nullopt;
}

std::string LevelSet::str() const {
  const Family &family = familyOf(setKind);
  std::string text(family.name);
  if (setKind == LevelKind::List) {
    for (int32_t level : listed())
      text += (level == minLevel() ? "<[" : ", ") + std::to_string(level);
    return text + "]>";
  }
  if (!family.hasWidth())
    return text;
  text += "<" + std::to_string(setBits);
  if (!family.flag.empty())
    text.append(", ").append(family.flag);
  return text + ">";
}

uint32_t LevelSet::numLevels() const {
  switch (setKind) {
  case LevelKind::Bipolar:
  case LevelKind::Odd:
    return uint32_t(1) << setBits;
  case LevelKind::Pow2:
    return 2 * numPowers(setKind, setBits) + 1;
  case LevelKind::Pow2NoZero:
    return 2 * numPowers(setKind, setBits);
  case LevelKind::Ternary:
  case LevelKind::Int:
  case LevelKind::IntNarrow:
  case LevelKind::UInt:
    return static_cast<uint32_t>(maxLevel() - minLevel()) + 1;
  case LevelKind::List:
    return listSize;
  }
  std::abort();
}

int32_t LevelSet::minLevel() const {
  switch (setKind) {
  case LevelKind::Int:
    return -maxLevel() - 1;
  case LevelKind::UInt:
    return 0;
  case LevelKind::List:
    return listed().front();
  default:
    return -maxLevel();
  }
}

int32_t LevelSet::maxLevel() const {
  switch (setKind) {
  case LevelKind::Bipolar:
  case LevelKind::Ternary:
    return 1;
  case LevelKind::Pow2:
  case LevelKind::Pow2NoZero:
    return int32_t(1) << (numPowers(setKind, setBits) - 1);
  case LevelKind::Odd:
  case LevelKind::UInt:
    return (int32_t(1) << setBits) - 1;
  case LevelKind::Int:
  case LevelKind::IntNarrow:
    return (int32_t(1) << (setBits - 1)) - 1;
  case LevelKind::List:
    return listed().back();
  }
  std::abort();
}

int32_t LevelSet::maxMagnitude() const {
  return std::max(-minLevel(), maxLevel());
}

bool LevelSet::contains(int64_t level) const {
  if (level < minLevel() || level > maxLevel())
    return false;
  switch (setKind) {
  case LevelKind::Bipolar:
  case LevelKind::Odd:
    return level & 1;
  case LevelKind::Pow2:
  case LevelKind::Pow2NoZero:
    if (level == 0)
      return setKind == LevelKind::Pow2;
    return std::has_single_bit(static_cast<uint64_t>(std::abs(level)));
  case LevelKind::List:
    return std::ranges::binary_search(listed(), level);
  default:
    return true;
  }
}

bool LevelSet::isContiguous() const {
  return hasZero() &&
         static_cast<uint32_t>(maxLevel() - minLevel()) + 1 == numLevels();
}

bool LevelSet::isMultiplierFree() const {
  return setKind == LevelKind::Pow2 || setKind == LevelKind::Pow2NoZero ||
         setKind == LevelKind::List || maxMagnitude() <= 2;
}

std::optional<int32_t> LevelSet::decode(uint32_t code) const {
  if (code >> setBits)
    return std::nullopt;
  int32_t value = static_cast<int32_t>(code);
  int32_t signBit = int32_t(1) << (setBits - 1);
  int32_t low = value & (signBit - 1);
  bool negative = value & signBit;
  std::optional<int32_t> level;
  switch (setKind) {
  case LevelKind::Bipolar:
  case LevelKind::Odd:
    return 2 * value - maxLevel();
  case LevelKind::Ternary:
    level = value - 1;
    break;
  case LevelKind::Pow2:
    if (low == 0)
      return negative ? std::nullopt : std::optional(0);
    level = int32_t(1) << (low - 1);
    return negative ? -*level : level;
  case LevelKind::Pow2NoZero:
    level = int32_t(1) << low;
    return negative ? -*level : level;
  case LevelKind::Int:
  case LevelKind::IntNarrow:
    level = low - (negative ? signBit : 0);
    break;
  case LevelKind::UInt:
    return value;
  case LevelKind::List:
    return code < listSize ? std::optional(listLevels[code]) : std::nullopt;
  }
  return contains(*level) ? level : std::nullopt;
}

std::optional<uint32_t> LevelSet::encode(int64_t level) const {
  if (!contains(level))
    return std::nullopt;
  uint32_t signBit = level < 0 ? uint32_t(1) << (setBits - 1) : 0;
  auto magnitude = static_cast<uint32_t>(std::abs(level));
  uint32_t width = std::bit_width(magnitude);
  switch (setKind) {
  case LevelKind::Bipolar:
  case LevelKind::Odd:
    return static_cast<uint32_t>((level + maxLevel()) / 2);
  case LevelKind::Ternary:
    return static_cast<uint32_t>(level + 1);
  case LevelKind::Pow2:
    return signBit | width;
  case LevelKind::Pow2NoZero:
    return signBit | (width - 1);
  case LevelKind::Int:
  case LevelKind::IntNarrow:
  case LevelKind::UInt:
    return static_cast<uint32_t>(level) & ((uint32_t(1) << setBits) - 1);
  case LevelKind::List:
    return static_cast<uint32_t>(std::ranges::lower_bound(listed(), level) -
                                 listed().begin());
  }
  std::abort();
}

int32_t LevelSet::levelAt(uint32_t rank) const {
  assert(rank < numLevels() && "rank out of range");
  auto step = static_cast<int32_t>(rank);
  switch (setKind) {
  case LevelKind::Bipolar:
  case LevelKind::Odd:
    return minLevel() + 2 * step;
  case LevelKind::Pow2:
  case LevelKind::Pow2NoZero: {
    uint32_t powers = numPowers(setKind, setBits);
    if (rank < powers)
      return -(int32_t(1) << (powers - 1 - rank));
    uint32_t above = rank - powers;
    if (setKind == LevelKind::Pow2NoZero)
      return int32_t(1) << above;
    return above == 0 ? 0 : int32_t(1) << (above - 1);
  }
  case LevelKind::List:
    return listLevels[rank];
  default:
    return minLevel() + step;
  }
}

/// The power of two nearest to magnitude >= 1/2, at least 1, ties down.
static int32_t nearestPower(double magnitude) {
  if (magnitude <= 1)
    return 1;
  int exponent = 0;
  double fraction = std::frexp(magnitude, &exponent);
  return int32_t(1) << (fraction > 0.75 ? exponent : exponent - 1);
}

/// The neighbour of lo < value < hi that is nearer; a tie goes to the smaller
/// magnitude, of two such to the positive one. Levels have few enough bits for
/// their mean to be exact.
static int32_t nearestOfTwo(double value, int32_t lo, int32_t hi) {
  double middle = (double(lo) + hi) / 2;
  if (value != middle)
    return value < middle ? lo : hi;
  return middle <= 0 ? hi : lo;
}

int32_t LevelSet::nearest(double value) const {
  int32_t lo = minLevel();
  int32_t hi = maxLevel();
  if (!(value > lo))
    return lo;
  if (value >= hi)
    return hi;
  double magnitude = std::fabs(value);
  int32_t level = 0;
  switch (setKind) {
  case LevelKind::Bipolar:
  case LevelKind::Odd:
    // Odd numbers meet halfway at the even ones: (2k, 2k+2] goes to 2k+1.
    level = std::max(1, 2 * static_cast<int32_t>(std::ceil(magnitude / 2)) - 1);
    break;
  case LevelKind::Pow2:
    level = magnitude <= 0.5 ? 0 : nearestPower(magnitude);
    break;
  case LevelKind::Pow2NoZero:
    level = nearestPower(magnitude);
    break;
  case LevelKind::List: {
    if (isContiguous())
      return static_cast<int32_t>(std::nearbyint(value));
    auto above = std::ranges::upper_bound(listed(), value);
    return nearestOfTwo(value, above[-1], *above);
  }
  default:
    return static_cast<int32_t>(std::nearbyint(value));
  }
  return value < 0 ? -level : level;
}

} // namespace lowbit::numerics
