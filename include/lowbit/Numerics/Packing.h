//===- Packing.h - Codes in bytes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_NUMERICS_PACKING_H
#define LOWBIT_NUMERICS_PACKING_H

#include "lowbit/Numerics/LevelSet.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lowbit::numerics {

/// How codes lie in bytes; docs/Semantics.md, section "Packing".
enum class Layout : uint8_t {
  Bits,  ///< one bit string, low element in low bits
  Base3, ///< five ternary codes a byte, the first one is the lowest digit
};

/// Ternary codes in one byte of layout Base3: 3^5 = 243 values.
inline constexpr unsigned kTritsPerByte = 5;

/// The reason why `set` cannot lie in `layout`, or nothing.
std::optional<std::string> checkLayout(const LevelSet &set, Layout layout);

/// Bytes that `count` codes of `codeBits` bits take as one bit string:
/// ceil(count * codeBits / 8).
size_t packedSize(size_t count, unsigned codeBits);

/// Bytes that `count` codes of `set` take in `layout`, which must fit the set.
size_t packedSize(size_t count, const LevelSet &set, Layout layout);

/// The most codes that `bytes` bytes hold.
size_t packedCapacity(size_t bytes, const LevelSet &set, Layout layout);

/// Packs codes as one little-endian bit string: code i occupies bits
/// [i*codeBits, (i+1)*codeBits) of the string, bit j of the string is bit j%8
/// of byte j/8 (low element in low bits). Unused high bits of the last byte
/// are zero. codeBits in [1, 16]; each code must fit.
std::vector<uint8_t> packCodes(std::span<const uint32_t> codes,
                               unsigned codeBits);

/// Code `index` of a bit string written by `packCodes`.
uint32_t unpackCode(std::span<const uint8_t> bytes, size_t index,
                    unsigned codeBits);

/// Levels to packed codes. Nothing when a level is not in `set`.
std::optional<std::vector<uint8_t>> packLevels(std::span<const int32_t> levels,
                                               const LevelSet &set,
                                               Layout layout = Layout::Bits);

/// Packed codes to `count` levels. Nothing when a code is poison, the byte
/// count is not packedSize(count, set, layout), a padding bit is set, or a
/// padding digit of base 3 is not 0.
std::optional<std::vector<int32_t>> unpackLevels(std::span<const uint8_t> bytes,
                                                 size_t count,
                                                 const LevelSet &set,
                                                 Layout layout = Layout::Bits);

} // namespace lowbit::numerics

#endif // LOWBIT_NUMERICS_PACKING_H
