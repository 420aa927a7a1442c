//===- Images.cpp - An image or a folder of images ------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Formats.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace lowbit::data;

namespace {

/// Holds decoded bytes: read() has no way to report a file that went bad.
class ImagesDataset : public DatasetBase {
public:
  ImagesDataset(StringRef spec, std::vector<Image> images,
                std::vector<int32_t> labels)
      : DatasetBase(spec, images.front().shape, images.size(),
                    std::move(labels)),
        images(std::move(images)) {}

  void read(size_t index, MutableArrayRef<float> out) const override {
    std::copy_n(images[index].values.get(), out.size(), out.begin());
  }

private:
  std::vector<Image> images;
};

/// What a folder holds, hidden entries aside, each in name order.
struct Listing {
  std::vector<std::string> images, folders;
  bool hasOthers = false;
};

struct Entry {
  std::string path;
  std::optional<int32_t> label;
};

} // namespace

static Expected<Listing> list(StringRef folder) {
  Listing listing;
  std::error_code code;
  for (sys::fs::directory_iterator it(folder, code), end; it != end && !code;
       it.increment(code)) {
    StringRef path = it->path();
    if (sys::path::filename(path).starts_with("."))
      continue;
    if (sys::fs::is_directory(path))
      listing.folders.push_back(path.str());
    else if (hasImageExtension(path))
      listing.images.push_back(path.str());
    else
      listing.hasOthers = true;
  }
  if (code)
    return fail("cannot list folder '" + folder + "': " + code.message() +
                "; check its permissions");
  llvm::sort(listing.images);
  llvm::sort(listing.folders);
  return listing;
}

/// The images of the class folders. A class may be empty, but one that holds
/// only what is not read would be lost silently.
static Expected<std::vector<Entry>> listClasses(ArrayRef<std::string> folders) {
  std::vector<Entry> entries;
  for (size_t label = 0; label < folders.size(); ++label) {
    Expected<Listing> listing = list(folders[label]);
    if (!listing)
      return listing.takeError();
    if (!listing->folders.empty())
      return fail("class folder '" + folders[label] +
                  "' has sub-folders; a folder of images has one level of "
                  "class folders");
    if (listing->images.empty() && listing->hasOthers)
      return fail("class folder '" + folders[label] +
                  "' has files but no images; png, jpg, jpeg, bmp, pgm and "
                  "ppm are read");
    for (std::string &image : listing->images)
      entries.push_back({std::move(image), static_cast<int32_t>(label)});
  }
  return entries;
}

static Expected<std::vector<Entry>> listFolder(StringRef folder) {
  Expected<Listing> listing = list(folder);
  if (!listing)
    return listing.takeError();
  if (!listing->folders.empty() && !listing->images.empty())
    return fail("folder '" + folder +
                "' has both images and sub-folders; move the images to "
                "sub-folders, one per class");
  std::vector<Entry> entries;
  for (std::string &image : listing->images)
    entries.push_back({std::move(image), std::nullopt});
  if (!listing->folders.empty())
    if (Error error = listClasses(listing->folders).moveInto(entries))
      return error;
  if (entries.empty())
    return fail("folder '" + folder +
                "' has no images; png, jpg, jpeg, bmp, pgm and ppm are read, "
                "sub-folders are classes");
  return entries;
}

DatasetOrError lowbit::data::openImageFile(StringRef path) {
  Expected<Image> image = decodeImage(path);
  if (!image)
    return image.takeError();
  std::vector<Image> images;
  images.push_back(std::move(*image));
  return std::make_unique<ImagesDataset>(path, std::move(images),
                                         std::vector<int32_t>());
}

DatasetOrError lowbit::data::openImageFolder(StringRef path, Limit limit) {
  Expected<std::vector<Entry>> entries = listFolder(path);
  if (!entries)
    return entries.takeError();
  entries->resize(keptCount(entries->size(), limit));
  std::vector<Image> images;
  std::vector<int32_t> labels;
  for (const Entry &entry : *entries) {
    Expected<Image> image = decodeImage(entry.path);
    if (!image)
      return image.takeError();
    if (!images.empty() && image->shape != images.front().shape)
      return fail("'" + entry.path + "' has shape " + shapeText(image->shape) +
                  ", '" + entries->front().path + "' has shape " +
                  shapeText(images.front().shape) +
                  "; images of a folder must agree in size and channels");
    images.push_back(std::move(*image));
    if (entry.label)
      labels.push_back(*entry.label);
  }
  return std::make_unique<ImagesDataset>(path, std::move(images),
                                         std::move(labels));
}
