//===- Idx.cpp - MNIST's idx format, plain or gzip ------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Formats.h"

#include "llvm/Support/Endian.h"

#include <zlib.h>

using namespace llvm;
using namespace lowbit::data;

static constexpr size_t maxHeaderBytes = 4 + 4 * 255;

namespace {

struct IdxHeader {
  Shape shape;
  size_t headerBytes = 0;
  size_t fileBytes = 0;
};

struct IdxFile {
  IdxHeader header;
  std::unique_ptr<MemoryBuffer> buffer;
};

class IdxDataset : public DatasetBase {
public:
  IdxDataset(StringRef spec, Shape shape, std::vector<int32_t> labels,
             IdxFile images)
      : DatasetBase(spec, std::move(shape), labels.size(), labels),
        images(std::move(images)) {}

  void read(size_t index, MutableArrayRef<float> out) const override {
    StringRef bytes = images.buffer->getBuffer().substr(
        images.header.headerBytes + index * out.size(), out.size());
    std::copy(bytes.bytes_begin(), bytes.bytes_end(), out.begin());
  }

private:
  IdxFile images;
};

/// Reads the decompressed bytes of a gzip file.
class GzipReader {
public:
  explicit GzipReader(StringRef path)
      : path(path), file(gzopen(this->path.c_str(), "rb"), gzclose) {}

  Error rewind() {
    if (!file || gzrewind(file.get()) != 0)
      return fail("cannot read '" + path + "' as gzip; check its permissions");
    return Error::success();
  }

  /// Less than asked for at the end of the file only.
  Expected<size_t> read(MutableArrayRef<char> out) {
    size_t done = 0;
    while (done < out.size()) {
      unsigned part = std::min<size_t>(out.size() - done, 1u << 20);
      int count = gzread(file.get(), out.data() + done, part);
      int code = Z_OK;
      const char *message = gzerror(file.get(), &code);
      if (count < 0 || code != Z_OK)
        return fail("'" + path + "' is not intact gzip (" + message +
                    "); download or copy it again");
      if (count == 0)
        break;
      done += count;
    }
    return done;
  }

  /// Bytes from here to the end, or some number above `most`.
  Expected<size_t> count(size_t most) {
    std::vector<char> scratch(1 << 16);
    size_t total = 0;
    while (total <= most) {
      Expected<size_t> part = read(scratch);
      if (!part)
        return part.takeError();
      total += *part;
      if (*part < scratch.size())
        break;
    }
    return total;
  }

private:
  std::string path;
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file;
};

} // namespace

static Expected<IdxHeader> parseHeader(StringRef path, StringRef bytes) {
  const unsigned char *data = bytes.bytes_begin();
  if (bytes.size() < 4 || data[0] != 0 || data[1] != 0)
    return fail("'" + path +
                "' does not start like an idx file; it must start with 0, 0, "
                "type, rank");
  if (data[2] != 8)
    return fail("'" + path + "' is an idx file of type " +
                Twine(unsigned(data[2])) +
                "; only type 8, unsigned bytes, is read");
  IdxHeader header;
  size_t rank = data[3];
  header.headerBytes = 4 + 4 * rank;
  if (bytes.size() < header.headerBytes)
    return fail("'" + path + "' ends inside its idx header; it is truncated");
  for (size_t i = 0; i < rank; ++i)
    header.shape.push_back(support::endian::read32be(data + 4 + 4 * i));
  std::optional<int64_t> count = elementCount(header.shape);
  if (!count || *count > INT64_MAX - static_cast<int64_t>(maxHeaderBytes))
    return fail("'" + path + "' claims an impossible size of " +
                shapeText(header.shape) + "; is it an idx file?");
  header.fileBytes = header.headerBytes + *count;
  return header;
}

static Error checkSize(StringRef path, const IdxHeader &header, size_t size) {
  if (size == header.fileBytes)
    return Error::success();
  return fail("'" + path + "' is " +
              (size < header.fileBytes ? "truncated" : "too long") +
              ": its idx header says " + shapeText(header.shape) + ", " +
              Twine(header.fileBytes) + " bytes in all" +
              (size < header.fileBytes ? ", it has " + std::to_string(size)
                                       : std::string()) +
              "; download or copy it again");
}

/// Decompresses `path` to memory, once its size is known to be what its header
/// says.
static Expected<std::unique_ptr<MemoryBuffer>> inflateIdx(StringRef path) {
  GzipReader reader(path);
  if (Error error = reader.rewind())
    return error;
  std::vector<char> front(maxHeaderBytes);
  Expected<size_t> frontBytes = reader.read(front);
  if (!frontBytes)
    return frontBytes.takeError();
  Expected<IdxHeader> header =
      parseHeader(path, StringRef(front.data(), *frontBytes));
  if (!header)
    return header.takeError();
  Expected<size_t> rest = reader.count(header->fileBytes);
  if (!rest)
    return rest.takeError();
  if (Error error = checkSize(path, *header, *frontBytes + *rest))
    return error;
  std::unique_ptr<WritableMemoryBuffer> buffer =
      WritableMemoryBuffer::getNewUninitMemBuffer(header->fileBytes, path);
  if (!buffer)
    return fail("'" + path + "' has " + Twine(header->fileBytes) +
                " bytes, more than there is memory for");
  if (Error error = reader.rewind())
    return error;
  Expected<size_t> got = reader.read(buffer->getBuffer());
  if (!got)
    return got.takeError();
  if (*got != header->fileBytes)
    return fail("'" + path + "' changed while it was read; try again");
  return buffer;
}

static Expected<IdxFile> openIdxFile(StringRef path) {
  Expected<std::unique_ptr<MemoryBuffer>> buffer = openFile(path);
  if (buffer && (*buffer)->getBuffer().starts_with("\x1f\x8b"))
    buffer = inflateIdx(path);
  if (!buffer)
    return buffer.takeError();
  StringRef bytes = (*buffer)->getBuffer();
  Expected<IdxHeader> header = parseHeader(path, bytes);
  if (!header)
    return header.takeError();
  if (Error error = checkSize(path, *header, bytes.size()))
    return error;
  return IdxFile{std::move(*header), std::move(*buffer)};
}

static Error checkShapes(StringRef imagesPath, ArrayRef<int64_t> images,
                         StringRef labelsPath, ArrayRef<int64_t> labels) {
  if (images.size() < 2)
    return fail("'" + imagesPath + "' has shape " + shapeText(images) +
                ", images are expected; the form is idx:IMAGES,LABELS");
  if (labels.size() != 1)
    return fail("'" + labelsPath + "' has shape " + shapeText(labels) +
                ", a list of labels is expected; the form is "
                "idx:IMAGES,LABELS");
  if (images[0] != labels[0])
    return fail("'" + imagesPath + "' has " + Twine(images[0]) + " images, '" +
                labelsPath + "' has " + Twine(labels[0]) +
                " labels; they must be of one data set");
  if (is_contained(images, 0))
    return fail("'" + imagesPath + "' has shape " + shapeText(images) +
                ", no samples; at least one is needed");
  return Error::success();
}

DatasetOrError lowbit::data::openIdx(StringRef spec, StringRef files,
                                     Limit limit) {
  auto [imagesPath, labelsPath] = files.split(',');
  if (imagesPath.empty() || labelsPath.empty())
    return fail("data '" + spec +
                "' must name two files; the form is idx:IMAGES,LABELS");
  Expected<IdxFile> images = openIdxFile(imagesPath);
  if (!images)
    return images.takeError();
  Expected<IdxFile> labelsFile = openIdxFile(labelsPath);
  if (!labelsFile)
    return labelsFile.takeError();
  ArrayRef<int64_t> shape = images->header.shape;
  if (Error error =
          checkShapes(imagesPath, shape, labelsPath, labelsFile->header.shape))
    return error;
  StringRef labelBytes = labelsFile->buffer->getBuffer().drop_front(
      labelsFile->header.headerBytes);
  labelBytes = labelBytes.take_front(keptCount(shape[0], limit));
  std::vector<int32_t> labels(labelBytes.bytes_begin(), labelBytes.bytes_end());
  return std::make_unique<IdxDataset>(spec, Shape(shape.drop_front()),
                                      std::move(labels), std::move(*images));
}
