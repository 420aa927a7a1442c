//===- Samples.cpp - The data that a command runs on -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Samples.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

FailureOr<Samples> Samples::open(StringRef spec, std::optional<size_t> limit,
                                 StringRef normalization, Console &console) {
  auto dataset = data::openDataset(spec, limit);
  if (!dataset)
    return console.error(dataset.takeError());
  auto parsed = data::Normalization::parse(normalization);
  if (!parsed)
    return console.error(parsed.takeError());
  return Samples(std::move(*dataset), *std::move(parsed), console);
}

LogicalResult Samples::requireLabels() const {
  if (dataset->hasLabels())
    return success();
  return console->error("data '" + dataset->spec() +
                        "' has no labels to compare with; give labelled data "
                        "(idx:IMAGES,LABELS, npy:X,Y, cifar10:FILE or a folder "
                        "with a sub-folder for every class), or use 'lowbit "
                        "run'");
}

LogicalResult Samples::requireShape(ArrayRef<int64_t> shape) const {
  if (llvm::Error error = data::checkShape(*dataset, shape))
    return console->error(std::move(error));
  return success();
}

LogicalResult Samples::read(size_t index, ArrayRef<int64_t> shape,
                            MutableArrayRef<float> out) const {
  if (llvm::Error error =
          data::readSample(*dataset, index, shape, normalization, out))
    return console->error(std::move(error));
  return success();
}
