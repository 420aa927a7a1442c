//===- Cifar10.cpp - CIFAR-10's binary format -----------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Formats.h"

using namespace llvm;
using namespace lowbit::data;

static constexpr size_t pixels = 32 * 32;
static constexpr size_t channels = 3;
static constexpr size_t recordBytes = 1 + channels * pixels;
static constexpr int32_t classes = 10;

namespace {

class Cifar10Dataset : public DatasetBase {
public:
  Cifar10Dataset(StringRef spec, std::vector<int32_t> labels,
                 std::unique_ptr<MemoryBuffer> buffer)
      : DatasetBase(spec, {32, 32, channels}, labels.size(), labels),
        buffer(std::move(buffer)) {}

  void read(size_t index, MutableArrayRef<float> out) const override {
    const unsigned char *planes =
        buffer->getBuffer().bytes_begin() + index * recordBytes + 1;
    for (size_t pixel = 0; pixel < pixels; ++pixel)
      for (size_t channel = 0; channel < channels; ++channel)
        out[pixel * channels + channel] = planes[channel * pixels + pixel];
  }

private:
  std::unique_ptr<MemoryBuffer> buffer;
};

} // namespace

DatasetOrError lowbit::data::openCifar10(StringRef spec, StringRef file,
                                         Limit limit) {
  Expected<std::unique_ptr<MemoryBuffer>> buffer = openFile(file);
  if (!buffer)
    return buffer.takeError();
  StringRef bytes = (*buffer)->getBuffer();
  if (bytes.empty())
    return fail("'" + file + "' is empty; CIFAR-10 records of " +
                Twine(recordBytes) + " bytes are expected");
  if (bytes.size() % recordBytes != 0)
    return fail("'" + file + "' has " + Twine(bytes.size()) +
                " bytes, not a multiple of CIFAR-10's record of " +
                Twine(recordBytes) +
                "; it is truncated or not CIFAR-10's binary format");
  std::vector<int32_t> labels(keptCount(bytes.size() / recordBytes, limit));
  for (size_t i = 0; i < labels.size(); ++i) {
    labels[i] = bytes.bytes_begin()[i * recordBytes];
    if (labels[i] >= classes)
      return fail("record " + Twine(i) + " of '" + file + "' has label " +
                  Twine(labels[i]) + ", CIFAR-10 has labels 0 to " +
                  Twine(classes - 1) + "; is it CIFAR-10's binary format?");
  }
  return std::make_unique<Cifar10Dataset>(spec, std::move(labels),
                                          std::move(*buffer));
}
