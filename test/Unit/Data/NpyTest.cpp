//===- NpyTest.cpp - Tests of numpy's array files -------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"

#include <limits>

using namespace lowbit::data;

namespace {

class NpyTest : public DataTest {
protected:
  void refuse(llvm::StringRef bytes, llvm::StringRef part) const {
    write("x.npy", bytes);
    expectRefused(x(), {path("x.npy"), part});
  }

  void refuseLabels(llvm::StringRef bytes, llvm::StringRef part) const {
    write("x.npy", npy("|u1", "(2, 1)", "ab"));
    write("y.npy", bytes);
    expectRefused(xy(), {path("y.npy"), part});
  }

  template <typename T>
  void expectElements(llvm::StringRef descr, std::vector<T> values) const {
    write("x.npy", npy(descr, "(2, 2)", bytesOf(values)));
    auto dataset = opened(x());
    ASSERT_NE(dataset, nullptr);
    EXPECT_EQ(sample(*dataset, 1),
              (std::vector<float>{static_cast<float>(values[2]),
                                  static_cast<float>(values[3])}));
  }

  template <typename T> void expectIntegers(llvm::StringRef descr) const {
    using Range = std::numeric_limits<T>;
    expectElements<T>(descr, {1, 2, Range::min(), Range::max()});
    write("y.npy", npy(descr, "(2,)", bytesOf<T>({5, 100})));
    auto dataset = opened(xy());
    ASSERT_NE(dataset, nullptr);
    ASSERT_TRUE(dataset->hasLabels());
    EXPECT_EQ(dataset->label(0), 5);
    EXPECT_EQ(dataset->label(1), 100);
  }

  std::string x() const { return "npy:" + path("x.npy"); }
  std::string xy() const { return x() + "," + path("y.npy"); }
};

} // namespace

TEST_F(NpyTest, readsEveryType) {
  expectIntegers<uint8_t>("|u1");
  expectIntegers<int8_t>("|i1");
  expectIntegers<uint16_t>("<u2");
  expectIntegers<int16_t>("<i2");
  expectIntegers<uint32_t>("<u4");
  expectIntegers<int32_t>("<i4");
  expectIntegers<int64_t>("<i8");
  expectElements<float>("<f4", {1, 2, -0.1f, 3e38f});
  expectElements<double>("<f8", {1, 2, 0.1, -1e-3});
}

TEST_F(NpyTest, readsShapesAndLimits) {
  write("x.npy", npy("|u1", "(3, 1, 2)", "abcdef"));
  auto dataset = opened(x(), 2);
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(dataset->size(), 2u);
  EXPECT_FALSE(dataset->hasLabels());
  EXPECT_EQ(dataset->sampleShape(), (llvm::ArrayRef<int64_t>{1, 2}));
  EXPECT_EQ(sample(*dataset, 1), (std::vector<float>{99, 100}));
  write("y.npy", npy("<i2", "(3,)", bytesOf<int16_t>({1, 2, -3})));
  EXPECT_EQ(opened(xy(), 2)->label(1), 2);
  expectRefused(xy(), {"label 2", path("y.npy"), "-3"});
}

TEST_F(NpyTest, readsVersion2AndAnyEntryOrder) {
  std::string header =
      "{\"shape\":(1 ,2),'fortran_order':False,'descr':'|u1'}  ";
  std::string file = "\x93NUMPY";
  file += {'\2', '\0', static_cast<char>(header.size()), '\0', '\0', '\0'};
  write("x.npy", file + header + "ab");
  auto dataset = opened(x());
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(sample(*dataset, 0), (std::vector<float>{97, 98}));
}

TEST_F(NpyTest, refusesBadSpecs) {
  expectRefused("npy:", {"npy:X[,Y]"});
  expectRefused("npy:a,", {"npy:X[,Y]"});
  expectRefused("npy:,a", {"npy:X[,Y]"});
  expectRefused(x(), {"x.npy", "No such file"});
  expectRefused("npy:" + folder, {folder, "is a folder"});
}

TEST_F(NpyTest, refusesWhatIsNotNpy) {
  std::string file = npy("|u1", "(1, 2)", "ab");
  for (size_t size = 0; size < file.size(); ++size)
    refuse(llvm::StringRef(file).take_front(size), "");
  refuse("PK\3\4", "does not start like an npy file");
  refuse(file.substr(0, 20), "truncated");
  refuse(file.substr(0, file.size() - 1), "truncated");
  refuse(file + "c", "3 bytes of elements");
  for (auto [major, minor] :
       {std::pair('\3', '\0'), {'\0', '\0'}, {'\1', '\1'}, {'\xff', '\0'}}) {
    std::string other = file;
    other[6] = major;
    other[7] = minor;
    refuse(other, "npy version");
  }
}

TEST_F(NpyTest, refusesBadHeaders) {
  auto refuseHeader = [&](std::string header) {
    std::string file = "\x93NUMPY";
    file += {'\1', '\0', static_cast<char>(header.size()), '\0'};
    refuse(file + header + "ab", "cannot be understood");
  };
  std::string order = "'fortran_order': False, ", descr = "'descr': '|u1', ";
  for (const char *shape :
       {"1, 2", "(1, 2", "(-1, 2)", "(1 2)", "(x)", "(,)", "(1, 2.0)",
        "(99999999999999999999, 2)", "[1, 2]", "None", ""})
    refuseHeader("{" + descr + order + "'shape': " + shape + "}");
  refuseHeader("");
  refuseHeader("{");
  refuseHeader("{}");
  refuseHeader("{" + descr + order + "}");
  refuseHeader("{" + descr + "'shape': (1, 2)}");
  refuseHeader("{" + order + "'shape': (1, 2)}");
  refuseHeader("{" + descr + order + "'shape': (1, 2)} x");
  refuseHeader("{" + descr + order + "'shape': (1, 2), 'more': 1}");
  refuseHeader("{" + descr + "'fortran_order': 0, 'shape': (1, 2)}");
  refuseHeader("{'descr: |u1}");
  refuseHeader("{'descr': [('a', '<f4'");
}

TEST_F(NpyTest, refusesUnsupportedArrays) {
  refuse(npy(">f4", "(1, 1)", "abcd"), "big-endian");
  refuse(npy(">u1", "(1, 1)", "a"), "big-endian");
  for (const char *descr : {"<c8", "<f2", "<u8", "|b1", "|O", "|S4", "<U1",
                            "f4", "<f", "", "<f44", "=f4"})
    refuse(npy(descr, "(1, 1)", "abcd"), "of dtype");
  refuse(npy("<f4", "(1, 1)", "abcd", "True"), "Fortran order");
  std::string header = "{'descr': [('a', '<f4')], 'fortran_order': False, "
                       "'shape': (1, 1), }";
  std::string file = "\x93NUMPY";
  file += {'\1', '\0', static_cast<char>(header.size()), '\0'};
  refuse(file + header + "abcd", "of dtype '[('a', '<f4')'");
}

TEST_F(NpyTest, refusesBadSizes) {
  refuse(npy("|u1", "()", "a"), "scalar");
  refuse(npy("|u1", "(1,)", "a"), "first dimension");
  refuse(npy("|u1", "(0, 2)", ""), "no samples");
  refuse(npy("|u1", "(2, 0)", ""), "no samples");
  refuse(npy("|u1", "(9223372036854775807, 0)", ""), "no samples");
  refuse(npy("<f8", "(1152921504606846976, 1)", "a"), "impossible size");
  refuse(npy("|u1", "(4294967296, 4294967296)", "a"), "impossible size");
  refuse(npy("|u1", "(9223372036854775807, 1)", "a"), "truncated");
}

TEST_F(NpyTest, refusesBadLabels) {
  refuseLabels(npy("|u1", "(3,)", "abc"), "one label for each of 2 samples");
  refuseLabels(npy("|u1", "(2, 1)", "ab"), "one label for each of 2 samples");
  refuseLabels(npy("|u1", "()", "a"), "one label for each of 2 samples");
  refuseLabels(npy("<f4", "(2,)", bytesOf<float>({1, 2})),
               "labels are integers");
  refuseLabels(npy("|i1", "(2,)", "a\xff"), "label 1");
  refuseLabels(npy("<u4", "(2,)", bytesOf<uint32_t>({1, 0x80000000u})),
               "2147483648");
  refuseLabels(npy("<i8", "(2,)", bytesOf<int64_t>({1ll << 40, 1})), "label 0");
  refuseLabels("", "does not start like an npy file");
  std::string none = x() + "," + path("none.npy");
  expectRefused(none, {"none.npy", "No such file"});
}
