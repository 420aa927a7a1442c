//===- ImagesTest.cpp - Tests of images and folders of images -------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif
#define STBI_WRITE_NO_STDIO
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

using namespace lowbit::data;

namespace {

class ImagesTest : public DataTest {
protected:
  static void append(void *text, void *bytes, int size) {
    static_cast<std::string *>(text)->append(static_cast<char *>(bytes), size);
  }

  static std::string png(int width, int height, int channels,
                         llvm::StringRef values) {
    std::string file;
    stbi_write_png_to_func(append, &file, width, height, channels,
                           values.data(), width * channels);
    return file;
  }

  /// 2x1 of the grey levels `a` and `b`.
  static std::string pgm(char a, char b) {
    return std::string("P5 2 1 255\n") + a + b;
  }

  void refuse(llvm::StringRef name, llvm::StringRef bytes,
              llvm::StringRef part) const {
    write(name, bytes);
    expectRefused(path(name), {path(name), part});
  }

  static std::vector<float> bytes(llvm::StringRef text) {
    return std::vector<float>(text.bytes_begin(), text.bytes_end());
  }
};

} // namespace

TEST_F(ImagesTest, readsOneImage) {
  std::string values = "abcdefABCDEF012345";
  write("x.PNG", png(3, 2, 3, values));
  auto dataset = opened(path("x.PNG"));
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(dataset->size(), 1u);
  EXPECT_FALSE(dataset->hasLabels());
  EXPECT_EQ(dataset->sampleShape(), (llvm::ArrayRef<int64_t>{2, 3, 3}));
  EXPECT_EQ(sample(*dataset, 0), bytes(values));
  EXPECT_EQ(dataset->spec(), path("x.PNG"));
}

TEST_F(ImagesTest, readsGreyAndDropsAlpha) {
  write("x.png", png(2, 1, 1, "ab"));
  auto grey = opened(path("x.png"));
  EXPECT_EQ(grey->sampleShape(), (llvm::ArrayRef<int64_t>{1, 2, 1}));
  EXPECT_EQ(sample(*grey, 0), bytes("ab"));
  write("x.png", png(2, 1, 2, "aXbY"));
  auto greyAlpha = opened(path("x.png"));
  EXPECT_EQ(sample(*greyAlpha, 0), bytes("ab"));
  write("x.png", png(1, 2, 4, "abcXdefY"));
  auto alpha = opened(path("x.png"));
  EXPECT_EQ(alpha->sampleShape(), (llvm::ArrayRef<int64_t>{2, 1, 3}));
  EXPECT_EQ(sample(*alpha, 0), bytes("abcdef"));
}

TEST_F(ImagesTest, readsPnm) {
  write("x.pgm", pgm('a', 'b'));
  EXPECT_EQ(sample(*opened(path("x.pgm")), 0), bytes("ab"));
  write("x.ppm", "P6\n# comment\n1 2\n255\nabcdef");
  auto colour = opened(path("x.ppm"));
  EXPECT_EQ(colour->sampleShape(), (llvm::ArrayRef<int64_t>{2, 1, 3}));
  EXPECT_EQ(sample(*colour, 0), bytes("abcdef"));
}

TEST_F(ImagesTest, readsBmpStoredFromEitherSide) {
  std::string file;
  stbi_write_bmp_to_func(append, &file, 1, 2, 3, "abcdef");
  write("x.bmp", file);
  EXPECT_EQ(sample(*opened(path("x.bmp")), 0), bytes("abcdef"));
  file.replace(22, 4, bytesOf<int32_t>({-2}));
  write("x.bmp", file);
  auto dataset = opened(path("x.bmp"));
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(dataset->sampleShape(), (llvm::ArrayRef<int64_t>{2, 1, 3}));
  EXPECT_EQ(sample(*dataset, 0), bytes("defabc"));
}

TEST_F(ImagesTest, readsJpeg) {
  std::string values(16 * 16 * 3, 'x'), file;
  stbi_write_jpg_to_func(append, &file, 16, 16, 3, values.data(), 100);
  write("x.jpeg", file);
  auto dataset = opened(path("x.jpeg"));
  ASSERT_NE(dataset, nullptr);
  for (float value : sample(*dataset, 0))
    EXPECT_NEAR(value, 'x', 2);
}

TEST_F(ImagesTest, refusesTruncatedImages) {
  std::string values(7 * 5 * 3, '\0'), jpg, bmp;
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<char>(i * i * 7);
  stbi_write_jpg_to_func(append, &jpg, 7, 5, 3, values.data(), 90);
  stbi_write_bmp_to_func(append, &bmp, 7, 5, 3, values.data());
  std::string ppm = "P6 7 5 255\n" + values;
  std::string whole = png(7, 5, 3, values);
  for (auto [name, file] : {std::pair("x.jpg", jpg),
                            {"x.bmp", bmp},
                            {"x.ppm", ppm},
                            {"x.png", whole}}) {
    write(name, file);
    EXPECT_NE(opened(path(name)), nullptr);
    for (size_t size = 0; size < file.size(); ++size)
      refuse(name, llvm::StringRef(file).take_front(size), "cannot decode");
  }
}

TEST_F(ImagesTest, refusesWhatIsNoImage) {
  refuse("x.png", "text", "PNG, JPEG, BMP");
  refuse("x.png", "", "PNG, JPEG, BMP");
  refuse("x.pgm", "P2 1 1 255 7", "PNG, JPEG, BMP");
  refuse("x.pgm", "P5 0 1 255\n", "cannot decode");
  refuse("x.pgm", "P5 1 1 65535\nab", "16 bits");
  refuse("x.pgm", "P5 99999999 99999999 255\nab", "cannot decode");
  refuse("x.pgm", "P5 16000000 100 255\nab", "cannot be that of a file");
  std::string huge = png(1, 1, 1, "a");
  huge[18] = huge[22] = 0x40;
  refuse("x.png", huge, "cannot be that of a file");
}

TEST_F(ImagesTest, refusesJpegTablesWithTooManyCodes) {
  std::string values(8 * 8, 'x'), file;
  stbi_write_jpg_to_func(append, &file, 8, 8, 1, values.data(), 90);
  write("x.jpg", file);
  EXPECT_NE(opened(path("x.jpg")), nullptr);
  size_t segment = file.find("\xff\xc4");
  ASSERT_NE(segment, std::string::npos);
  file.replace(segment + 5, 16, std::string(16, '\xff'));
  refuse("x.jpg", file, "no intact JPEG");
}

TEST_F(ImagesTest, readsAFolderInNameOrder) {
  makeFolder("f/.hidden");
  write("f/b.pgm", pgm('c', 'd'));
  write("f/a.png", png(2, 1, 1, "ab"));
  write("f/B.pgm", pgm('e', 'f'));
  write("f/README", "x");
  auto dataset = opened(path("f"));
  ASSERT_NE(dataset, nullptr);
  ASSERT_EQ(dataset->size(), 3u);
  EXPECT_FALSE(dataset->hasLabels());
  EXPECT_EQ(sample(*dataset, 0), bytes("ef"));
  EXPECT_EQ(sample(*dataset, 1), bytes("ab"));
  EXPECT_EQ(sample(*dataset, 2), bytes("cd"));
  EXPECT_EQ(opened(path("f"), 2)->size(), 2u);
}

TEST_F(ImagesTest, readsSubFoldersAsClasses) {
  for (const char *name : {"f/dog", "f/cat", "f/eel"})
    makeFolder(name);
  write("f/dog/1.pgm", pgm('a', 'b'));
  write("f/eel/2.pgm", pgm('c', 'd'));
  write("f/dog/0.pgm", pgm('e', 'f'));
  auto dataset = opened(path("f") + "/");
  ASSERT_NE(dataset, nullptr);
  ASSERT_EQ(dataset->size(), 3u);
  ASSERT_TRUE(dataset->hasLabels());
  EXPECT_EQ(dataset->label(0), 1);
  EXPECT_EQ(dataset->label(1), 1);
  EXPECT_EQ(dataset->label(2), 2);
  EXPECT_EQ(sample(*dataset, 0), bytes("ef"));
}

TEST_F(ImagesTest, refusesBadFolders) {
  makeFolder("f/dog");
  expectRefused(path("f/dog"), {path("f/dog"), "no images"});
  expectRefused(path("f"), {path("f"), "no images"});
  write("f/dog/x.webp", "x");
  expectRefused(path("f"), {path("f/dog"), "files but no images"});
  write("f/dog/x.pgm", pgm('a', 'b'));
  write("f/x.pgm", pgm('a', 'b'));
  expectRefused(path("f"), {path("f"), "both images and sub-folders"});
  expectRefused(folder, {path("f"), "has sub-folders"});
}

TEST_F(ImagesTest, refusesImagesOfDifferentSize) {
  makeFolder("f");
  write("f/a.pgm", pgm('a', 'b'));
  write("f/b.ppm", "P6 2 1 255\nabcdef");
  expectRefused(path("f"), {"a.pgm", "1x2x1", "b.ppm", "1x2x3", "agree"});
  write("f/b.ppm", "P5 1 2 255\nab");
  expectRefused(path("f"), {"1x2x1", "2x1x1", "agree"});
  write("f/b.ppm", "junk");
  expectRefused(path("f"), {"b.ppm", "cannot decode"});
  EXPECT_NE(opened(path("f"), 1), nullptr);
}
