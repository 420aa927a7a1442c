//===- KernelOpsTest.cpp - Unit tests of evaluating steps of kernels ------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"
#include "llvm/Support/FormatVariadic.h"

#include <random>

using namespace lowbit::reference;

namespace {

constexpr unsigned seed = 17;

class KernelOpsTest : public ModuleTest {
protected:
  KernelOpsTest() : random(seed), trace(__FILE__, __LINE__, seed) {}

  /// Integers of `bits` bits, the least and the greatest more often than not.
  Integers pickIntegers(size_t count, unsigned bits) {
    int64_t half = int64_t(1) << (bits - 1);
    Integers values(count);
    for (int64_t &value : values) {
      uint32_t kind = random() % 4;
      value = kind == 0   ? -half
              : kind == 1 ? half - 1
                          : static_cast<int64_t>(random()) % (2 * half) - half;
    }
    return values;
  }

  static Tensor vectorOf(Integers values) {
    auto size = static_cast<int64_t>(values.size());
    return Tensor({size}, std::move(values));
  }

  /// The result of a lookup of `codes` in tables of `parts` vectors.
  Tensor lookUp(const std::vector<Integers> &parts, int64_t tables,
                const Integers &codes) {
    std::string arguments, names, types;
    std::vector<Tensor> inputs;
    for (auto [i, part] : llvm::enumerate(parts)) {
      std::string type = llvm::formatv("tensor<{0}xi8>", part.size());
      arguments += llvm::formatv("%t{0}: {1}, ", i, type);
      names += llvm::formatv("{0}%t{1}", i == 0 ? "" : ", ", i);
      types += (i == 0 ? "" : ", ") + type;
      inputs.push_back(vectorOf(part));
    }
    inputs.push_back(vectorOf(codes));
    std::string type = llvm::formatv("tensor<{0}xi8>", codes.size());
    return runBody(arguments + "%c: " + type,
                   llvm::formatv("%r = kernel.lookup({0}) in {1}, %c : ({2}), "
                                 "{3}",
                                 names, tables, types, type)
                       .str(),
                   type, inputs);
  }

  std::mt19937 random;
  testing::ScopedTrace trace;
};

TEST_F(KernelOpsTest, DotByHand) {
  Tensor result =
      runBody("%s: tensor<2xi32>, %x: tensor<8xi8>, %w: tensor<8xi8>",
              "%r = kernel.dot %s, %x, %w : tensor<2xi32>, tensor<8xi8>",
              "tensor<2xi32>",
              {Tensor({2}, Integers{10, 2147483647}),
               Tensor({8}, Integers{-1, 2, 0, 1, 1, 0, 0, 0}),
               Tensor({8}, Integers{-128, 3, 5, -7, 2, 0, 0, 0})});
  // 10 + 255 x -128 + 6 - 7; 2^31 - 1 + 2 wraps.
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({-32631, -2147483647}));
}

TEST_F(KernelOpsTest, SignedDotByHand) {
  Tensor result = runBody(
      "%s: tensor<1xi32>, %x: tensor<4xi8>, %w: tensor<4xi8>",
      "%r = kernel.dot signed %s, %x, %w : tensor<1xi32>, tensor<4xi8>",
      "tensor<1xi32>",
      {Tensor({1}, Integers{10}), Tensor({4}, Integers{-128, -128, 2, -1}),
       Tensor({4}, Integers{-127, -127, 3, 5})});
  // 10 + 2 x 16256 + 6 - 5.
  EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>({32523}));
}

TEST_F(KernelOpsTest, DotIsFourProducts) {
  for (int64_t lanes : {1, 4, 8, 16}) {
    Integers sums = pickIntegers(lanes, 32), x = pickIntegers(4 * lanes, 8),
             w = pickIntegers(4 * lanes, 8);
    Integers expected;
    for (int64_t i = 0; i != lanes; ++i) {
      auto sum = static_cast<uint32_t>(sums[i]);
      for (int64_t j = 4 * i; j != 4 * i + 4; ++j)
        sum += static_cast<uint8_t>(x[j]) * static_cast<int8_t>(w[j]);
      expected.push_back(static_cast<int32_t>(sum));
    }
    std::string type = llvm::formatv("tensor<{0}xi32>", lanes);
    std::string bytes = llvm::formatv("tensor<{0}xi8>", 4 * lanes);
    Tensor result =
        runBody("%s: " + type + ", %x: " + bytes + ", %w: " + bytes,
                "%r = kernel.dot %s, %x, %w : " + type + ", " + bytes, type,
                {vectorOf(sums), vectorOf(x), vectorOf(w)});
    EXPECT_EQ(result.integers(), llvm::ArrayRef<int64_t>(expected));
  }
}

TEST_F(KernelOpsTest, LookupByHand) {
  // Two tables of four bytes, in two parts, for two codes each.
  EXPECT_EQ(
      lookUp({{1, 2, 3, 4}, {-5, -6, -7, -8}}, 2, {3, 0, 0, 3}).integers(),
      llvm::ArrayRef<int64_t>({4, 1, -5, -8}));
  // One table of eight.
  EXPECT_EQ(
      lookUp({{1, 2, 3, 4}, {-5, -6, -7, -8}}, 1, {3, 0, 4, 7}).integers(),
      llvm::ArrayRef<int64_t>({4, 1, -5, -8}));
}

TEST_F(KernelOpsTest, LookupChoosesBytes) {
  for (auto [parts, size, tables] :
       {std::tuple<size_t, size_t, int64_t>{1, 16, 1},
        {1, 64, 4},
        {2, 64, 1},
        {1, 128, 1},
        {4, 16, 2}}) {
    std::vector<Integers> table;
    Integers joined;
    for (size_t i = 0; i != parts; ++i) {
      table.push_back(pickIntegers(size, 8));
      llvm::append_range(joined, table.back());
    }
    size_t entries = joined.size() / tables, run = 12;
    Integers codes, expected;
    for (size_t i = 0; i != run * tables; ++i) {
      codes.push_back(random() % entries);
      expected.push_back(joined[i / run * entries + codes.back()]);
    }
    EXPECT_EQ(lookUp(table, tables, codes).integers(),
              llvm::ArrayRef<int64_t>(expected));
  }
}

TEST_F(KernelOpsTest, LookupOfWhatIsNotInTheTableFails) {
  for (int64_t code : {4, 127, -1}) {
    diagnostics.clear();
    EXPECT_TRUE(
        run("func.func @main(%t: tensor<4xi8>, %c: tensor<1xi8>) -> "
            "tensor<1xi8> {\n"
            "%r = kernel.lookup(%t) in 1, %c : (tensor<4xi8>), tensor<1xi8>\n"
            "return %r : tensor<1xi8>\n}",
            {Tensor({4}, Integers{1, 2, 3, 4}), Tensor({1}, Integers{code})})
            .empty());
    EXPECT_NE(
        diagnostics.find(
            llvm::formatv("code {0} is not in a table of 4 bytes", code & 255)
                .str()),
        std::string::npos)
        << diagnostics;
  }
}

} // namespace
