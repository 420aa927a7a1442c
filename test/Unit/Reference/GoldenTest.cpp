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

class GoldenTest : public ModuleTest,
                   public testing::WithParamInterface<Network> {
protected:
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

TEST_P(GoldenTest, MatchesTheTosaReferenceModel) {
  const char *shared = std::getenv("LOWBIT_SHARED");
  std::string folder =
      std::string(shared ? shared : "") + "/models/" + GetParam().name;
  if (!shared || !llvm::sys::fs::is_directory(folder))
    GTEST_SKIP() << "skipped: needs ../shared/models";
  module = parseSourceFile<ModuleOp>(folder + "/" + GetParam().name + ".mlir",
                                     &context);
  ASSERT_TRUE(module) << diagnostics;
  auto function = module->lookupSymbol<func::FuncOp>("main");
  auto evaluator = Evaluator::create(function);
  ASSERT_TRUE(succeeded(evaluator)) << diagnostics;
  auto inputs = read<float>(folder + "/golden/input.f32");
  auto expected = read<double>(folder + "/golden/tosa_reference_f64.f64");
  auto type = cast<RankedTensorType>(function.getArgumentTypes()[0]);
  auto outputSize =
      cast<RankedTensorType>(function.getResultTypes()[0]).getNumElements();
  for (int64_t sample = 0; sample < 4; ++sample) {
    auto first = inputs.begin() + sample * type.getNumElements();
    Tensor input(type.getShape(), Floats(first, first + type.getNumElements()));
    auto outputs = evaluator->run(input);
    ASSERT_TRUE(succeeded(outputs)) << diagnostics;
    for (auto [index, value] : llvm::enumerate(outputs->front().floats()))
      ASSERT_NEAR(value, expected[sample * outputSize + index],
                  GetParam().tolerance)
          << "sample " << sample << ", output " << index;
  }
}

INSTANTIATE_TEST_SUITE_P(Networks, GoldenTest,
                         testing::Values(Network{"resnet8-f32", 1e-6},
                                         Network{"vww-f32", 1e-6},
                                         Network{"kws-f32w8", 5e-6},
                                         Network{"ad-f32", 6.4e-3},
                                         Network{"binary-resnet20", 2e-5}),
                         [](const testing::TestParamInfo<Network> &info) {
                           std::string name = info.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

} // namespace
