//===- Normalization.cpp - Parsing how samples are scaled -----------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Formats.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cmath>

using namespace llvm;
using namespace lowbit::data;

static constexpr StringLiteral form =
    "expected scale=S,mean=A:B:C,deviation=D:E:F, each part optional";

static Error bad(StringRef text, const Twine &reason) {
  return fail("normalization '" + text + "': " + reason + "; " + form);
}

/// A finite binary32 number, rounded once.
static std::optional<float> parseNumber(StringRef text) {
  if (text.empty())
    return std::nullopt;
  APFloat value(APFloat::IEEEsingle());
  Expected<APFloat::opStatus> status =
      value.convertFromString(text, APFloat::rmNearestTiesToEven);
  if (!status) {
    consumeError(status.takeError());
    return std::nullopt;
  }
  if (!value.isFinite())
    return std::nullopt;
  return value.convertToFloat();
}

static Expected<std::vector<float>> parseNumbers(StringRef text, StringRef list,
                                                 char separator) {
  SmallVector<StringRef> parts;
  list.split(parts, separator);
  std::vector<float> numbers;
  for (StringRef part : parts) {
    std::optional<float> number = parseNumber(part);
    if (!number)
      return bad(text, "'" + part + "' is not a finite binary32 number");
    numbers.push_back(*number);
  }
  return numbers;
}

static Error parsePart(StringRef text, StringRef key, StringRef value,
                       Normalization &result) {
  if (key != "scale" && key != "mean" && key != "deviation")
    return bad(text, "unknown part '" + key + "'");
  Expected<std::vector<float>> numbers = parseNumbers(text, value, ':');
  if (!numbers)
    return numbers.takeError();
  if (key == "mean") {
    result.mean = std::move(*numbers);
    return Error::success();
  }
  if (key == "deviation") {
    if (any_of(*numbers, [](float number) { return number <= 0.0f; }))
      return bad(text, "a deviation must be more than 0");
    result.deviation = std::move(*numbers);
    return Error::success();
  }
  if (numbers->size() != 1)
    return bad(text, "scale is one number");
  if (numbers->front() == 0.0f)
    return bad(text, "a scale of 0 would make all inputs equal");
  result.scale = numbers->front();
  return Error::success();
}

Expected<Normalization> Normalization::parse(StringRef text) {
  Normalization result;
  if (text.empty())
    return result;
  SmallVector<StringRef> parts;
  text.split(parts, ',');
  StringSet<> seen;
  for (StringRef part : parts) {
    if (!part.contains('='))
      return bad(text, "'" + part + "' has no '='");
    auto [key, value] = part.split('=');
    if (!seen.insert(key).second)
      return bad(text, "'" + key + "' is given twice");
    if (Error error = parsePart(text, key, value, result))
      return error;
  }
  return result;
}

std::vector<int64_t> lowbit::data::toIntegers(ArrayRef<float> values,
                                              unsigned bits) {
  // Binary64 holds the limits of 32 bits, binary32 does not.
  auto lo = static_cast<double>(minIntN(bits));
  auto hi = static_cast<double>(maxIntN(bits));
  std::vector<int64_t> integers;
  integers.reserve(values.size());
  for (float value : values)
    integers.push_back(static_cast<int64_t>(
        std::nearbyint(std::clamp<double>(value, lo, hi))));
  return integers;
}
