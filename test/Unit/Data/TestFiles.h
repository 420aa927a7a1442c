//===- TestFiles.h - Small files for the tests ------------------*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TEST_UNIT_DATA_TESTFILES_H
#define LOWBIT_TEST_UNIT_DATA_TESTFILES_H

#include "lowbit/Data/Dataset.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

#include <cstdlib>
#include <cstring>
#include <string>

namespace lowbit::data {

/// A test with a folder of its own.
class DataTest : public testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> path;
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("lowbit-data", path));
    folder = path.str();
  }

  void TearDown() override { llvm::sys::fs::remove_directories(folder); }

  std::string path(llvm::StringRef name) const {
    return folder + "/" + name.str();
  }

  std::string write(llvm::StringRef name, llvm::StringRef bytes) const {
    std::error_code code;
    llvm::raw_fd_ostream stream(path(name), code);
    EXPECT_FALSE(code) << code.message();
    stream << bytes;
    return path(name);
  }

  std::string makeFolder(llvm::StringRef name) const {
    EXPECT_FALSE(llvm::sys::fs::create_directories(path(name)));
    return path(name);
  }

  std::string folder;
};

/// The dataset, or nullptr and a test failure with the error's text.
inline std::unique_ptr<Dataset>
opened(llvm::StringRef spec, std::optional<size_t> limit = std::nullopt) {
  auto dataset = openDataset(spec, limit);
  if (dataset)
    return std::move(*dataset);
  ADD_FAILURE() << llvm::toString(dataset.takeError());
  return nullptr;
}

/// Expects an error that says each of `parts`.
inline void expectError(llvm::Error error,
                        llvm::ArrayRef<llvm::StringRef> parts) {
  ASSERT_TRUE(static_cast<bool>(error));
  std::string text = llvm::toString(std::move(error));
  for (llvm::StringRef part : parts)
    EXPECT_TRUE(llvm::StringRef(text).contains(part))
        << "'" << part.str() << "' is not in: " << text;
}

inline void expectRefused(llvm::StringRef spec,
                          llvm::ArrayRef<llvm::StringRef> parts) {
  auto dataset = openDataset(spec);
  if (dataset)
    ADD_FAILURE() << "opened " << spec.str();
  expectError(dataset.takeError(), parts);
}

inline std::vector<float> sample(const Dataset &dataset, size_t index) {
  size_t count = 1;
  for (int64_t size : dataset.sampleShape())
    count *= size;
  std::vector<float> values(count, -1.0f);
  dataset.read(index, values);
  return values;
}

/// The memory of `values`, little endian as all hosts of the tests are.
template <typename T> std::string bytesOf(std::vector<T> values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  if (!values.empty())
    std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// An npy file of version 1.0.
inline std::string npy(llvm::StringRef descr, llvm::StringRef shape,
                       llvm::StringRef elements,
                       llvm::StringRef order = "False") {
  std::string header = ("{'descr': '" + descr + "', 'fortran_order': " + order +
                        ", 'shape': " + shape + ", }\n")
                           .str();
  std::string file = "\x93NUMPY";
  file += {'\1', '\0', static_cast<char>(header.size()), '\0'};
  return file + header + elements.str();
}

/// The shared folder's path of `name`, empty where there is no such file.
inline std::string sharedFile(llvm::StringRef name) {
  const char *shared = std::getenv("LOWBIT_SHARED");
  std::string path = shared ? (llvm::StringRef(shared) + "/" + name).str() : "";
  return llvm::sys::fs::exists(path) ? path : "";
}

} // namespace lowbit::data

#endif // LOWBIT_TEST_UNIT_DATA_TESTFILES_H
