//===- StbImage.cpp - Decoding one image ----------------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Formats.h"

#include "llvm/Support/Endian.h"

#include <cstdlib>
#include <numeric>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wsign-compare"
#endif
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_ONLY_PNM
#define STBI_NO_STDIO
#define STBI_ASSERT(condition) ((void)0)
// stb_image 2.27 reads Huffman tables that a JPEG uses but does not define:
// as zeros they decode to zeros.
#define STBI_MALLOC(size) std::calloc(1, size)
#define STBI_REALLOC(pointer, size) std::realloc(pointer, size)
#define STBI_FREE(pointer) std::free(pointer)
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#include <stb/stb_image.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

using namespace llvm;
using namespace lowbit::data;

/// More than deflate's 1032 times 8 pixels a byte times 3 palette bytes, the
/// most that the formats can expand to.
static constexpr int64_t maxExpansion = 32768;

namespace {

/// Feeds stb_image, which takes the end of a file for zeros, and notes whether
/// it wanted more than there was.
class ImageReader {
public:
  explicit ImageReader(StringRef bytes) : rest(bytes) {}

  bool wantedMore() const { return missing; }

  /// stb_image fills its own buffer, where the first read goes, ahead of need:
  /// only an empty read there means missing bytes, any short read elsewhere.
  int read(char *out, int size) {
    if (!ahead)
      ahead = out;
    StringRef part = take(size);
    std::copy(part.begin(), part.end(), out);
    int count = static_cast<int>(part.size());
    if (out == ahead ? count == 0 : count < size)
      missing = true;
    return count;
  }

  void skip(int size) {
    if (static_cast<int>(take(size).size()) < size)
      missing = true;
  }

  bool atEnd() const { return rest.empty(); }

private:
  StringRef take(int size) {
    StringRef part = rest.take_front(std::max(size, 0));
    rest = rest.drop_front(part.size());
    return part;
  }

  StringRef rest;
  char *ahead = nullptr;
  bool missing = false;
};

constexpr stbi_io_callbacks callbacks = {
    [](void *reader, char *out, int size) {
      return static_cast<ImageReader *>(reader)->read(out, size);
    },
    [](void *reader, int size) {
      static_cast<ImageReader *>(reader)->skip(size);
    },
    [](void *reader) -> int {
      return static_cast<ImageReader *>(reader)->atEnd();
    }};

} // namespace

static Error undecodable(StringRef path, const Twine &reason) {
  return fail("cannot decode '" + path + "' as an image: " + reason +
              "; PNG, JPEG, BMP and binary PGM and PPM are read");
}

/// Whether the tables of a JPEG's DHT segment of `length` bytes, with `bytes`
/// from there to the end of the file, have at most 256 codes each.
static bool codeTablesFit(StringRef bytes, int length) {
  while (length > 0) {
    if (bytes.size() < 17)
      return false;
    StringRef counts = bytes.slice(1, 17);
    int codes = std::accumulate(counts.bytes_begin(), counts.bytes_end(), 0);
    if (codes > 256)
      return false;
    bytes = bytes.drop_front(std::min<size_t>(17 + codes, bytes.size()));
    length -= 17 + codes;
  }
  return true;
}

/// stb_image 2.27 writes past the end of Huffman tables that claim too many
/// codes. This visits the markers that it does.
static bool allCodeTablesFit(StringRef jpeg) {
  auto isFill = [](char c) { return c == '\xff'; };
  while (true) {
    jpeg = jpeg.drop_until(isFill).drop_while(isFill);
    if (jpeg.size() < 3)
      return true;
    unsigned char marker = jpeg.front();
    jpeg = jpeg.drop_front();
    if (marker == 0xd9)
      return true;
    if (marker == 0 || (marker >= 0xd0 && marker <= 0xd8))
      continue;
    size_t length = support::endian::read16be(jpeg.data());
    if (marker == 0xc4 &&
        !codeTablesFit(jpeg.drop_front(2), static_cast<int>(length) - 2))
      return false;
    jpeg = jpeg.drop_front(std::min(length, jpeg.size()));
  }
}

static StringRef failureReason() {
  const char *reason = stbi_failure_reason();
  return reason ? reason : "it is damaged";
}

/// The shape that decoding gives: alpha is dropped.
static Expected<Shape> imageShape(StringRef path, StringRef bytes) {
  if (bytes.starts_with("\xff") && !allCodeTablesFit(bytes))
    return undecodable(path, "it is no intact JPEG");
  ImageReader reader(bytes);
  int width = 0, height = 0, channels = 0;
  if (!stbi_info_from_callbacks(&callbacks, &reader, &width, &height,
                                &channels))
    return undecodable(path, failureReason());
  // stb_image swaps no bytes of 16-bit PNM.
  ImageReader again(bytes);
  if (bytes.starts_with("P") &&
      stbi_is_16_bit_from_callbacks(&callbacks, &again))
    return undecodable(path, "it has 16 bits per sample, 8 are expected");
  // The height of a BMP that is stored from its top is negative.
  Shape shape = {std::abs(static_cast<int64_t>(height)), width,
                 channels >= 3 ? 3 : 1};
  std::optional<int64_t> count = elementCount(shape);
  if (!count || *count == 0 ||
      *count / maxExpansion > static_cast<int64_t>(bytes.size()))
    return undecodable(path, "its size of " + shapeText(shape) +
                                 " cannot be that of a file of " +
                                 Twine(bytes.size()) + " bytes");
  return shape;
}

Expected<Image> lowbit::data::decodeImage(StringRef path) {
  Expected<std::unique_ptr<MemoryBuffer>> buffer = openFile(path);
  if (!buffer)
    return buffer.takeError();
  StringRef bytes = (*buffer)->getBuffer();
  Expected<Shape> shape = imageShape(path, bytes);
  if (!shape)
    return shape.takeError();
  ImageReader reader(bytes);
  int width = 0, height = 0, channels = 0;
  Image image{std::move(*shape), {nullptr, stbi_image_free}};
  image.values.reset(stbi_load_from_callbacks(
      &callbacks, &reader, &width, &height, &channels, image.shape[2]));
  if (!image.values)
    return undecodable(path, failureReason());
  if (reader.wantedMore())
    return undecodable(path, "it is truncated");
  if (height != image.shape[0] || width != image.shape[1])
    return undecodable(path, "its headers contradict each other");
  return image;
}

bool lowbit::data::hasImageExtension(StringRef path) {
  static constexpr StringLiteral extensions[] = {".png", ".jpg", ".jpeg",
                                                 ".bmp", ".pgm", ".ppm"};
  return any_of(extensions, [&](StringRef extension) {
    return path.ends_with_insensitive(extension);
  });
}
