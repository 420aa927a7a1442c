//===- Dataset.h - Images and labels from files that users have -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DATA_DATASET_H
#define LOWBIT_DATA_DATASET_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace lowbit::data {

/// How raw samples become network inputs, in this order, in binary32:
/// x * scale, then (x - mean[c]) / deviation[c] with c the last dimension.
/// An empty mean is 0, an empty deviation is 1; one value serves all channels.
struct Normalization {
  float scale = 1.0f;
  std::vector<float> mean;
  std::vector<float> deviation;

  /// "scale=S,mean=A:B:C,deviation=D:E:F", each part optional.
  static llvm::Expected<Normalization> parse(llvm::StringRef text);
};

/// What an input of signed integers of `bits` bits gets for normalized values:
/// each rounded half to even and saturated. `bits` is 8, 16 or 32, values are
/// finite.
std::vector<int64_t> toIntegers(llvm::ArrayRef<float> values, unsigned bits);

/// Labelled samples, read lazily enough that only asked-for samples are
/// converted. Samples are NHWC without the batch dimension.
class Dataset {
public:
  virtual ~Dataset() = default;

  virtual size_t size() const = 0;

  /// Shape of one sample, e.g. [32, 32, 3].
  virtual llvm::ArrayRef<int64_t> sampleShape() const = 0;

  virtual bool hasLabels() const = 0;

  /// Class of sample `index`, in [0, 2^31). Requires hasLabels().
  virtual int64_t label(size_t index) const = 0;

  /// Raw values (bytes as 0..255) of sample `index`, row-major, to `out` of
  /// product(sampleShape()) elements.
  virtual void read(size_t index, llvm::MutableArrayRef<float> out) const = 0;

  /// What the user called it, for messages.
  virtual llvm::StringRef spec() const = 0;
};

/// Opens a data specification:
///   cifar10:FILE        binary CIFAR-10, records of 1 + 3072 bytes
///   idx:IMAGES,LABELS   MNIST's idx files, plain or gzip
///   npy:X[,Y]           numpy arrays, X [N, ...], Y [N] integers
///   FILE.png|jpg|bmp|pgm|ppm    one image
///   FOLDER              a folder of images, in name order; sub-folders, if
///                       there are any, are classes in name order
/// `limit` keeps the first samples only. Errors name the file and what was
/// expected. Images of a folder must agree in size.
llvm::Expected<std::unique_ptr<Dataset>>
openDataset(llvm::StringRef spec, std::optional<size_t> limit = std::nullopt);

/// Reads sample `index`, normalized, checking that it has as many elements as
/// `shape` asks for (leading 1s are ignored, a missing trailing channel
/// dimension of 1 is accepted).
llvm::Error readSample(const Dataset &dataset, size_t index,
                       llvm::ArrayRef<int64_t> shape,
                       const Normalization &normalization,
                       llvm::MutableArrayRef<float> out);

/// Whether samples of `dataset` can feed a network input of `shape`; the error
/// says both shapes.
llvm::Error checkShape(const Dataset &dataset, llvm::ArrayRef<int64_t> shape);

} // namespace lowbit::data

#endif // LOWBIT_DATA_DATASET_H
