//===- Dataset.cpp - Opening data and reading samples ---------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Formats.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/FileSystem.h"

#include <cmath>

using namespace llvm;
using namespace lowbit::data;

Error lowbit::data::fail(const Twine &message) {
  return createStringError(message);
}

std::string lowbit::data::shapeText(ArrayRef<int64_t> shape) {
  if (shape.empty())
    return "scalar";
  return join(map_range(shape,
                        [](int64_t size) {
                          return size < 0 ? "?" : std::to_string(size);
                        }),
              "x");
}

std::optional<int64_t> lowbit::data::elementCount(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t size : shape) {
    std::optional<int64_t> product = checkedMul(count, size);
    if (size < 0 || !product)
      return std::nullopt;
    count = *product;
  }
  return count;
}

Expected<std::unique_ptr<MemoryBuffer>> lowbit::data::openFile(StringRef path) {
  sys::fs::file_status status;
  if (std::error_code code = sys::fs::status(path, status))
    return fail("cannot open '" + path + "': " + code.message() + "; " +
                knownForms);
  if (sys::fs::is_directory(status))
    return fail("'" + path + "' is a folder where a file is expected; " +
                knownForms);
  if (!sys::fs::is_regular_file(status))
    return fail("'" + path + "' is not a regular file; copy it to one first");
  ErrorOr<std::unique_ptr<MemoryBuffer>> buffer =
      MemoryBuffer::getFile(path, /*IsText=*/false,
                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return fail("cannot read '" + path + "': " + buffer.getError().message() +
                "; check its permissions");
  return std::move(*buffer);
}

static DatasetOrError openPath(StringRef spec, Limit limit) {
  if (sys::fs::is_directory(spec))
    return openImageFolder(spec, limit);
  if (hasImageExtension(spec))
    return openImageFile(spec);
  if (sys::fs::exists(spec))
    return fail("data '" + spec +
                "' is a file of unknown format, its name has no image "
                "extension; " +
                knownForms);
  return fail("data '" + spec +
              "' is neither a known form nor an existing file or folder; " +
              knownForms);
}

DatasetOrError lowbit::data::openDataset(StringRef spec, Limit limit) {
  if (limit == 0)
    return fail("data '" + spec +
                "' with a limit of 0 has no samples; a limit is at least 1");
  StringRef files = spec;
  if (files.consume_front("cifar10:"))
    return openCifar10(spec, files, limit);
  if (files.consume_front("idx:"))
    return openIdx(spec, files, limit);
  if (files.consume_front("npy:"))
    return openNpy(spec, files, limit);
  return openPath(spec, limit);
}

static ArrayRef<int64_t> dropLeadingOnes(ArrayRef<int64_t> shape) {
  return shape.drop_while([](int64_t size) { return size == 1; });
}

static bool isFlat(ArrayRef<int64_t> shape) {
  return count_if(shape, [](int64_t size) { return size != 1; }) <= 1;
}

static bool addsTrailingOne(ArrayRef<int64_t> longer,
                            ArrayRef<int64_t> shorter) {
  return !longer.empty() && longer.back() == 1 && longer.drop_back() == shorter;
}

static bool fits(ArrayRef<int64_t> sample, ArrayRef<int64_t> input) {
  std::optional<int64_t> count = elementCount(input);
  if (!count || *count == 0 || elementCount(sample) != count)
    return false;
  if (isFlat(sample) || isFlat(input))
    return true;
  sample = dropLeadingOnes(sample);
  input = dropLeadingOnes(input);
  return sample == input || addsTrailingOne(input, sample) ||
         addsTrailingOne(sample, input);
}

/// Whether `sample` is `input` with its channels first.
static bool isChannelsFirst(ArrayRef<int64_t> sample, ArrayRef<int64_t> input) {
  sample = dropLeadingOnes(sample);
  input = dropLeadingOnes(input);
  return sample.size() == 3 && input.size() == 3 && sample[0] == input[2] &&
         sample.drop_front() == input.drop_back();
}

Error lowbit::data::checkShape(const Dataset &dataset,
                               ArrayRef<int64_t> shape) {
  ArrayRef<int64_t> sample = dataset.sampleShape();
  if (fits(sample, shape))
    return Error::success();
  StringRef hint = isChannelsFirst(sample, shape)
                       ? "; channels come last, transpose the data to NHWC"
                       : "";
  return fail("data '" + dataset.spec() + "' has samples of shape " +
              shapeText(sample) + ", the network's input is " +
              shapeText(shape) + hint);
}

/// Channels are the last dimension of whichever of the two is not flat.
static size_t channelCount(ArrayRef<int64_t> sample, ArrayRef<int64_t> input) {
  ArrayRef<int64_t> shape = isFlat(input) && !isFlat(sample) ? sample : input;
  return shape.empty() ? 1 : shape.back();
}

static Error checkChannels(const Dataset &dataset, size_t channels,
                           StringRef part, size_t values) {
  if (values <= 1 || values == channels)
    return Error::success();
  return fail("normalization of data '" + dataset.spec() + "' has " +
              Twine(values) + " values of " + part +
              ", the network's input has " + Twine(channels) +
              " channels; give one value or one per channel");
}

/// One rounding per step: the statements keep a compiler from fusing steps.
static void normalize(const Normalization &normalization, size_t channels,
                      MutableArrayRef<float> values) {
  auto pick = [](ArrayRef<float> list, size_t channel, float absent) {
    if (list.size() <= 1)
      return list.empty() ? absent : list.front();
    return list[channel];
  };
  for (size_t i = 0; i < values.size(); ++i) {
    size_t channel = i % channels;
    float value = values[i] * normalization.scale;
    value = value - pick(normalization.mean, channel, 0.0f);
    value = value / pick(normalization.deviation, channel, 1.0f);
    values[i] = value;
  }
}

Error lowbit::data::readSample(const Dataset &dataset, size_t index,
                               ArrayRef<int64_t> shape,
                               const Normalization &normalization,
                               MutableArrayRef<float> out) {
  if (Error error = checkShape(dataset, shape))
    return error;
  if (index >= dataset.size())
    return fail("data '" + dataset.spec() + "' has " + Twine(dataset.size()) +
                " samples, there is no sample " + Twine(index) +
                " (the first is 0)");
  if (elementCount(shape) != static_cast<int64_t>(out.size()))
    return fail("a sample of data '" + dataset.spec() + "' has shape " +
                shapeText(shape) + ", the memory for it has " +
                Twine(out.size()) + " elements");
  size_t channels = channelCount(dataset.sampleShape(), shape);
  if (Error error =
          checkChannels(dataset, channels, "mean", normalization.mean.size()))
    return error;
  if (Error error = checkChannels(dataset, channels, "deviation",
                                  normalization.deviation.size()))
    return error;
  dataset.read(index, out);
  normalize(normalization, channels, out);
  if (!all_of(out, [](float value) { return std::isfinite(value); }))
    return fail("sample " + Twine(index) + " of data '" + dataset.spec() +
                "' has a normalized value that is not finite; check the data "
                "for NaN and infinity");
  return Error::success();
}
