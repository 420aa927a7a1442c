//===- Formats.h - What the data formats share ------------------*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_DATA_FORMATS_H
#define LOWBIT_LIB_DATA_FORMATS_H

#include "lowbit/Data/Dataset.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MemoryBuffer.h"

#include <algorithm>
#include <string>

namespace lowbit::data {

using Shape = llvm::SmallVector<int64_t, 4>;
using Limit = std::optional<size_t>;
using DatasetOrError = llvm::Expected<std::unique_ptr<Dataset>>;

inline constexpr llvm::StringLiteral knownForms =
    "known forms: cifar10:FILE, idx:IMAGES,LABELS, npy:X[,Y], an image "
    "(png, jpg, jpeg, bmp, pgm, ppm), a folder of images";

llvm::Error fail(const llvm::Twine &message);

/// "28x28"; "scalar" for no dimensions.
std::string shapeText(llvm::ArrayRef<int64_t> shape);

/// Product of the dimensions, unless one is negative or it overflows int64_t.
std::optional<int64_t> elementCount(llvm::ArrayRef<int64_t> shape);

/// Maps a regular file.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
openFile(llvm::StringRef path);

inline size_t keptCount(size_t available, Limit limit) {
  return limit ? std::min(available, *limit) : available;
}

/// Everything but read(). Labels are empty or one per sample.
class DatasetBase : public Dataset {
public:
  DatasetBase(llvm::StringRef spec, Shape shape, size_t count,
              std::vector<int32_t> labels)
      : name(spec), shape(std::move(shape)), count(count),
        labels(std::move(labels)) {}

  size_t size() const override { return count; }
  llvm::ArrayRef<int64_t> sampleShape() const override { return shape; }
  bool hasLabels() const override { return !labels.empty(); }
  int64_t label(size_t index) const override { return labels[index]; }
  llvm::StringRef spec() const override { return name; }

private:
  std::string name;
  Shape shape;
  size_t count;
  std::vector<int32_t> labels;
};

/// A decoded image, height x width x channels, with 1 or 3 channels.
struct Image {
  Shape shape;
  std::unique_ptr<unsigned char, void (*)(void *)> values;
};

llvm::Expected<Image> decodeImage(llvm::StringRef path);

bool hasImageExtension(llvm::StringRef path);

DatasetOrError openCifar10(llvm::StringRef spec, llvm::StringRef file,
                           Limit limit);
/// `files` is "IMAGES,LABELS".
DatasetOrError openIdx(llvm::StringRef spec, llvm::StringRef files,
                       Limit limit);
/// `files` is "X" or "X,Y".
DatasetOrError openNpy(llvm::StringRef spec, llvm::StringRef files,
                       Limit limit);
DatasetOrError openImageFile(llvm::StringRef path);
DatasetOrError openImageFolder(llvm::StringRef path, Limit limit);

} // namespace lowbit::data

#endif // LOWBIT_LIB_DATA_FORMATS_H
