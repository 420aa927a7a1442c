//===- Packing.cpp - Codes in bytes ---------------------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/Packing.h"

#include <algorithm>
#include <cassert>

namespace lowbit::numerics {

size_t packedSize(size_t count, unsigned codeBits) {
  // Eight codes fill codeBits bytes; splitting so keeps clear of overflow.
  return count / 8 * codeBits + (count % 8 * codeBits + 7) / 8;
}

std::optional<std::string> checkLayout(const LevelSet &set, Layout layout) {
  if (layout == Layout::Bits || set.kind() == LevelKind::Ternary)
    return std::nullopt;
  return "layout base3 holds ternary codes only, not " + set.str();
}

size_t packedSize(size_t count, const LevelSet &set, Layout layout) {
  if (layout == Layout::Bits)
    return packedSize(count, set.codeBits());
  return count / kTritsPerByte + (count % kTritsPerByte != 0);
}

size_t packedCapacity(size_t bytes, const LevelSet &set, Layout layout) {
  return layout == Layout::Bits ? bytes * 8 / set.codeBits()
                                : bytes * kTritsPerByte;
}

std::vector<uint8_t> packCodes(std::span<const uint32_t> codes,
                               unsigned codeBits) {
  assert(codeBits >= 1 && codeBits <= 16 && "code width out of range");
  std::vector<uint8_t> bytes;
  bytes.reserve(packedSize(codes.size(), codeBits));
  uint32_t pending = 0; // fewer than 8 bits between codes
  unsigned pendingBits = 0;
  for (uint32_t code : codes) {
    assert(code >> codeBits == 0 && "code wider than codeBits");
    pending |= code << pendingBits;
    pendingBits += codeBits;
    for (; pendingBits >= 8; pendingBits -= 8, pending >>= 8)
      bytes.push_back(static_cast<uint8_t>(pending));
  }
  if (pendingBits > 0)
    bytes.push_back(static_cast<uint8_t>(pending));
  return bytes;
}

uint32_t unpackCode(std::span<const uint8_t> bytes, size_t index,
                    unsigned codeBits) {
  assert(codeBits >= 1 && codeBits <= 16 && "code width out of range");
  size_t group = index / 8 * codeBits;
  size_t bit = index % 8 * codeBits;
  size_t first = group + bit / 8;
  unsigned skipped = bit % 8;
  uint32_t window = 0;
  for (unsigned have = 0; have < skipped + codeBits; have += 8) {
    assert(first < bytes.size() && "code beyond the bit string");
    window |= uint32_t(bytes[first++]) << have;
  }
  return window >> skipped & ((uint32_t(1) << codeBits) - 1);
}

static std::vector<uint8_t> packTrits(std::span<const uint32_t> codes) {
  std::vector<uint8_t> bytes;
  for (size_t first = 0; first < codes.size(); first += kTritsPerByte) {
    auto group = codes.subspan(
        first, std::min<size_t>(kTritsPerByte, codes.size() - first));
    uint32_t value = 0;
    for (size_t i = group.size(); i-- > 0;)
      value = 3 * value + group[i];
    bytes.push_back(static_cast<uint8_t>(value));
  }
  return bytes;
}

std::optional<std::vector<uint8_t>> packLevels(std::span<const int32_t> levels,
                                               const LevelSet &set,
                                               Layout layout) {
  assert(!checkLayout(set, layout) && "the layout must fit the set");
  std::vector<uint32_t> codes;
  codes.reserve(levels.size());
  for (int32_t level : levels) {
    std::optional<uint32_t> code = set.encode(level);
    if (!code)
      return std::nullopt;
    codes.push_back(*code);
  }
  return layout == Layout::Bits ? packCodes(codes, set.codeBits())
                                : packTrits(codes);
}

/// The levels in bytes of five trits; `bytes` has packedSize(count, ...).
static std::optional<std::vector<int32_t>>
unpackTrits(std::span<const uint8_t> bytes, size_t count) {
  std::vector<int32_t> levels;
  levels.reserve(count);
  for (unsigned value : bytes) {
    for (unsigned i = 0; i != kTritsPerByte && levels.size() != count; ++i) {
      levels.push_back(static_cast<int32_t>(value % 3) - 1);
      value /= 3;
    }
    if (value != 0) // above 242, or a padding digit
      return std::nullopt;
  }
  return levels;
}

static std::optional<std::vector<int32_t>>
unpackBits(std::span<const uint8_t> bytes, size_t count, const LevelSet &set) {
  unsigned codeBits = set.codeBits();
  unsigned usedBits = count % 8 * codeBits % 8;
  if (usedBits != 0 && bytes.back() >> usedBits)
    return std::nullopt;
  std::vector<std::optional<int32_t>> decoded(size_t(1) << codeBits);
  for (uint32_t code = 0; code < decoded.size(); ++code)
    decoded[code] = set.decode(code);
  std::vector<int32_t> levels;
  levels.reserve(count);
  for (size_t index = 0; index < count; ++index) {
    std::optional<int32_t> level = decoded[unpackCode(bytes, index, codeBits)];
    if (!level)
      return std::nullopt;
    levels.push_back(*level);
  }
  return levels;
}

std::optional<std::vector<int32_t>> unpackLevels(std::span<const uint8_t> bytes,
                                                 size_t count,
                                                 const LevelSet &set,
                                                 Layout layout) {
  if (bytes.size() != packedSize(count, set, layout))
    return std::nullopt;
  return layout == Layout::Bits ? unpackBits(bytes, count, set)
                                : unpackTrits(bytes, count);
}

} // namespace lowbit::numerics
