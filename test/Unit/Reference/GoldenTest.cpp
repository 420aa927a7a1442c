//===- GoldenTest.cpp - Real networks against the TOSA reference model -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Parser/Parser.h"
#include "test/Unit/Reference/ModuleTest.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cmath>
#include <cstdlib>

using namespace mlir;
using namespace lowbit::reference;

namespace {

struct Network {
  const char *name;
  double tolerance;
};

class GoldenTest : public ModuleTest {
protected:
  /// The folder of a network, empty where there is none.
  static std::string findFolder(const std::string &name) {
    const char *shared = std::getenv("LOWBIT_SHARED");
    std::string folder = std::string(shared ? shared : "") + "/models/" + name;
    return shared && llvm::sys::fs::is_directory(folder) ? folder : "";
  }

  /// The evaluator of @main of a network, or a failed test.
  FailureOr<Evaluator> load(const std::string &folder,
                            const std::string &name) {
    module = parseSourceFile<ModuleOp>(folder + "/" + name + ".mlir", &context);
    auto function =
        module ? module->lookupSymbol<func::FuncOp>("main") : func::FuncOp();
    FailureOr<Evaluator> evaluator;
    if (function)
      evaluator = Evaluator::create(function);
    EXPECT_TRUE(succeeded(evaluator)) << diagnostics;
    return evaluator;
  }

  RankedTensorType inputType() {
    auto function = module->lookupSymbol<func::FuncOp>("main");
    return cast<RankedTensorType>(function.getArgumentTypes()[0]);
  }
  int64_t outputSize() {
    auto function = module->lookupSymbol<func::FuncOp>("main");
    return cast<RankedTensorType>(function.getResultTypes()[0])
        .getNumElements();
  }

  /// The elements of a raw little-endian array.
  template <typename T> std::vector<T> read(const std::string &path) {
    auto buffer = llvm::MemoryBuffer::getFile(path);
    EXPECT_TRUE(bool(buffer)) << path;
    if (!buffer)
      return {};
    std::vector<T> values((*buffer)->getBufferSize() / sizeof(T));
    std::memcpy(values.data(), (*buffer)->getBufferStart(),
                values.size() * sizeof(T));
    return values;
  }
};

class FloatGoldenTest : public GoldenTest,
                        public testing::WithParamInterface<Network> {};

TEST_P(FloatGoldenTest, MatchesTheTosaReferenceModel) {
  std::string folder = findFolder(GetParam().name);
  if (folder.empty())
    GTEST_SKIP() << "skipped: needs ../shared/models";
  auto evaluator = load(folder, GetParam().name);
  ASSERT_TRUE(succeeded(evaluator));
  auto inputs = read<float>(folder + "/golden/input.f32");
  auto expected = read<double>(folder + "/golden/tosa_reference_f64.f64");
  RankedTensorType type = inputType();
  for (int64_t sample = 0; sample < 4; ++sample) {
    auto first = inputs.begin() + sample * type.getNumElements();
    Tensor input(type.getShape(), Floats(first, first + type.getNumElements()));
    auto outputs = evaluator->run(input);
    ASSERT_TRUE(succeeded(outputs)) << diagnostics;
    for (auto [index, value] : llvm::enumerate(outputs->front().floats()))
      ASSERT_NEAR(value, expected[sample * outputSize() + index],
                  GetParam().tolerance)
          << "sample " << sample << ", output " << index;
  }
}

class IntegerGoldenTest : public GoldenTest,
                          public testing::WithParamInterface<const char *> {};

TEST_P(IntegerGoldenTest, EqualsTheTosaReferenceModel) {
  std::string folder = findFolder(GetParam());
  if (folder.empty())
    GTEST_SKIP() << "skipped: needs ../shared/models";
  auto evaluator = load(folder, GetParam());
  ASSERT_TRUE(succeeded(evaluator));
  auto inputs = read<int8_t>(folder + "/golden/input.i8");
  auto expected = read<int8_t>(folder + "/golden/tosa_reference.i8");
  RankedTensorType type = inputType();
  ASSERT_EQ(inputs.size(), size_t(16 * type.getNumElements()));
  ASSERT_EQ(expected.size(), size_t(16 * outputSize()));
  for (int64_t sample = 0; sample < 16; ++sample) {
    auto first = inputs.begin() + sample * type.getNumElements();
    Tensor input(type.getShape(),
                 Integers(first, first + type.getNumElements()));
    auto outputs = evaluator->run(input);
    ASSERT_TRUE(succeeded(outputs)) << diagnostics;
    auto golden = expected.begin() + sample * outputSize();
    ASSERT_EQ(outputs->front().integers(),
              llvm::ArrayRef<int64_t>(Integers(golden, golden + outputSize())))
        << "sample " << sample;
  }
}

std::string toTestName(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(
    Networks, FloatGoldenTest,
    testing::Values(Network{"resnet8-f32", 1e-6}, Network{"vww-f32", 1e-6},
                    Network{"kws-f32w8", 5e-6}, Network{"ad-f32", 6.4e-3},
                    Network{"binary-resnet20", 2e-5}),
    [](const auto &info) { return toTestName(info.param.name); });

INSTANTIATE_TEST_SUITE_P(Networks, IntegerGoldenTest,
                         testing::Values("resnet8-i8", "kws-i8", "vww-i8",
                                         "ad-i8"),
                         [](const auto &info) {
                           return toTestName(info.param);
                         });

} // namespace
