//===- IdxTest.cpp - Tests of MNIST's idx format --------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"

#include <zlib.h>

using namespace lowbit::data;

namespace {

class IdxTest : public DataTest {
protected:
  static std::string header(llvm::ArrayRef<uint32_t> sizes, char type = 8) {
    std::string bytes = {'\0', '\0', type, static_cast<char>(sizes.size())};
    for (uint32_t size : sizes)
      for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(size >> shift);
    return bytes;
  }

  std::string writeGzip(llvm::StringRef name, llvm::StringRef bytes) const {
    gzFile file = gzopen(path(name).c_str(), "wb");
    EXPECT_EQ(gzwrite(file, bytes.data(), bytes.size()),
              static_cast<int>(bytes.size()));
    EXPECT_EQ(gzclose(file), Z_OK);
    return path(name);
  }

  std::string spec() const { return "idx:" + path("i") + "," + path("l"); }

  const std::string images = header({2, 2, 3}) + "abcdef\xff\x80jkl" + '\0';
  const std::string labels = header({2}) + "\7\xff";
};

} // namespace

TEST_F(IdxTest, readsPlainAndGzip) {
  for (bool gzip : {false, true}) {
    gzip ? writeGzip("i", images) : write("i", images);
    gzip ? writeGzip("l", labels) : write("l", labels);
    auto dataset = opened(spec());
    ASSERT_NE(dataset, nullptr);
    EXPECT_EQ(dataset->size(), 2u);
    EXPECT_EQ(dataset->sampleShape(), (llvm::ArrayRef<int64_t>{2, 3}));
    ASSERT_TRUE(dataset->hasLabels());
    EXPECT_EQ(dataset->label(0), 7);
    EXPECT_EQ(dataset->label(1), 255);
    EXPECT_EQ(sample(*dataset, 0),
              (std::vector<float>{97, 98, 99, 100, 101, 102}));
    EXPECT_EQ(sample(*dataset, 1),
              (std::vector<float>{255, 128, 106, 107, 108, 0}));
    EXPECT_EQ(opened(spec(), 1)->size(), 1u);
  }
}

TEST_F(IdxTest, needsTwoFiles) {
  expectRefused("idx:", {"idx:IMAGES,LABELS"});
  expectRefused("idx:a", {"idx:IMAGES,LABELS"});
  expectRefused("idx:a,", {"idx:IMAGES,LABELS"});
  expectRefused("idx:,a", {"idx:IMAGES,LABELS"});
  expectRefused(spec(), {path("i"), "No such file"});
  write("i", images);
  expectRefused(spec(), {path("l"), "No such file"});
  makeFolder("l");
  expectRefused(spec(), {path("l"), "is a folder"});
}

TEST_F(IdxTest, refusesBadHeaders) {
  write("l", labels);
  for (bool gzip : {false, true}) {
    auto refuse = [&](std::string bytes, llvm::StringRef part) {
      gzip ? writeGzip("i", bytes) : write("i", bytes);
      expectRefused(spec(), {path("i"), part});
    };
    refuse("", "does not start like an idx file");
    refuse(std::string("\0\0\10", 3), "does not start like an idx file");
    refuse("PK\3\4 something else", "does not start like an idx file");
    refuse(header({2, 2, 3}, 13) + "abcdefghijkl", "type 13");
    refuse(header({2, 2, 3}).substr(0, 15), "truncated");
    refuse(header({2, 2, 3}) + "abcdefghijk", "truncated");
    refuse(header({2, 2, 3}) + "abcdefghijklm", "too long");
    refuse(header({~0u, ~0u, ~0u}) + "a", "impossible size");
    refuse(header({~0u, ~0u >> 1}) + "a", "truncated");
    refuse(header({2}) + "ab", "images are expected");
    refuse(header({}) + "a", "images are expected");
    refuse(header({0, 2, 3}), "0 images");
    refuse(header({2, 0, 3}), "no samples");
    refuse(header(std::vector<uint32_t>(255, 1)) + "a", "1 images");
  }
}

TEST_F(IdxTest, refusesLabelsThatDoNotMatch) {
  write("i", images);
  write("l", header({3}) + "abc");
  expectRefused(spec(), {path("i"), "2 images", path("l"), "3 labels"});
  write("l", images);
  expectRefused(spec(), {path("l"), "list of labels"});
  write("l", header({2}) + "a");
  expectRefused(spec(), {path("l"), "truncated"});
  write("i", header({0, 2, 3}));
  write("l", header({0}));
  expectRefused(spec(), {path("i"), "no samples"});
}

TEST_F(IdxTest, refusesDamagedGzip) {
  write("l", labels);
  writeGzip("i", images);
  auto buffer = llvm::MemoryBuffer::getFile(path("i"));
  std::string whole = (*buffer)->getBuffer().str();
  for (size_t size = 2; size < whole.size(); ++size) {
    write("i", llvm::StringRef(whole).take_front(size));
    expectRefused(spec(), {path("i")});
  }
  for (size_t at : {whole.size() - 1, whole.size() - 5, size_t(12)}) {
    std::string damaged = whole;
    damaged[at] ^= 0x40;
    write("i", damaged);
    expectRefused(spec(), {path("i")});
  }
}

TEST_F(IdxTest, readsTheRealData) {
  std::string prefix = sharedFile("data/mnist");
  if (prefix.empty())
    GTEST_SKIP() << "skipped: needs ../shared/data";
  auto dataset = opened("idx:" + prefix + "/t10k-images-idx3-ubyte.gz," +
                        prefix + "/t10k-labels-idx1-ubyte.gz");
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(dataset->size(), 10000u);
  std::vector<int64_t> first;
  for (size_t i = 0; i < 5; ++i)
    first.push_back(dataset->label(i));
  EXPECT_EQ(first, (std::vector<int64_t>{7, 2, 1, 0, 4}));
  EXPECT_FALSE(llvm::errorToBool(checkShape(*dataset, {1, 28, 28, 1})));
}
