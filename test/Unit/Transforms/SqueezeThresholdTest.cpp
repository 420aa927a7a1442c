//===- SqueezeThresholdTest.cpp - Training and inference form agree -------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/SqueezeThreshold.h"
#include "dialects/Lowbit/LowbitTypes.h"
#include "lowbit/Transforms/Passes.h"
#include "test/Unit/Reference/ModuleTest.h"

#include "mlir/IR/Builders.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <random>

using namespace mlir;
using namespace lowbit::reference;
using lowbit::numerics::LevelSet;

namespace {

/// A training form whose networks are zero but for their last biases, so that
/// every sample computes the same a and tau.
struct Setting {
  LevelSet set;
  int64_t channels, ranges;
  Floats adjustBias, rangeBias;
  float maxRange;
};

std::string str(ArrayRef<float> values) {
  std::string text = "dense<[";
  llvm::raw_string_ostream os(text);
  // As bits, which printing cannot round.
  llvm::interleaveComma(values, os, [&](float value) {
    os << llvm::format_hex(llvm::bit_cast<uint32_t>(value), 10);
  });
  return text + "]>";
}

std::string vectorOf(int64_t size) {
  return "tensor<" + std::to_string(size) + "xf32>";
}

std::string matrixOf(int64_t rows, int64_t columns) {
  return "tensor<" + std::to_string(rows) + "x" + std::to_string(columns) +
         "xf32>";
}

class SqueezeThresholdTest : public ModuleTest {
protected:
  std::mt19937 random{20240817};
  unsigned ties = 0;

  uint32_t draw(uint32_t count) { return random() % count; }

  Setting drawSetting() {
    const LevelSet sets[] = {
        LevelSet::bipolar(),          LevelSet::ternary(),
        LevelSet::unsignedInteger(1), LevelSet::unsignedInteger(2),
        LevelSet::unsignedInteger(4), LevelSet::integerNarrow(2),
        LevelSet::integerNarrow(3),   LevelSet::integer(3)};
    Setting setting{sets[draw(std::size(sets))], 1 + draw(3), 1, {}, {}, 1};
    if (draw(2))
      setting.ranges = setting.channels;
    setting.maxRange = static_cast<float>(1 + draw(64)) / 4;
    // Half of the time the sigmoids are 1/2: dyadic thresholds, and ties.
    bool isDyadic = draw(2);
    auto drawBias = [&] {
      return isDyadic ? 0.0f : static_cast<float>(draw(4000)) / 1000 - 2;
    };
    for (int64_t i = 0; i != setting.channels; ++i)
      setting.adjustBias.push_back(drawBias());
    for (int64_t i = 0; i != setting.ranges; ++i)
      setting.rangeBias.push_back(drawBias());
    return setting;
  }

  std::string makeText(const Setting &setting, ArrayRef<float> adjust,
                       ArrayRef<float> range) {
    int64_t c = setting.channels, t = setting.ranges;
    std::string x = "tensor<2x3x2x" + std::to_string(c) + "xf32>";
    auto constant = [](StringRef name, const std::string &value,
                       const std::string &type) {
      return ("%" + name + " = arith.constant " + value + " : " + type + "\n")
          .str();
    };
    std::string types = matrixOf(1, c) + ", " + vectorOf(1) + ", ";
    return "func.func @main(%x: " + x + ") -> " + x + " {\n" +
           constant("w", "dense<0.0>", matrixOf(1, c)) +
           constant("b", "dense<0.0>", vectorOf(1)) +
           constant("w2", "dense<0.0>", matrixOf(c, 1)) +
           constant("w4", "dense<0.0>", matrixOf(t, 1)) +
           constant("b2", str(setting.adjustBias), vectorOf(c)) +
           constant("b4", str(setting.rangeBias), vectorOf(t)) +
           constant("a", str(adjust), vectorOf(c)) +
           constant("r", str(range), vectorOf(t)) +
           "%y:3 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %w2, "
           "%b2) threshold(%w, %b, %w4, %b4) running(%a, %r) levels(!lowbit." +
           setting.set.str() + ") momentum 0.1 max_range " +
           std::to_string(setting.maxRange) + " : " + x + ", " + types +
           matrixOf(c, 1) + ", " + vectorOf(c) + ", " + types + matrixOf(t, 1) +
           ", " + vectorOf(t) + ", " + vectorOf(c) + ", " + vectorOf(t) +
           "\nreturn %y#0 : " + x + "\n}";
  }

  /// Values around and at the thresholds.
  Tensor drawInput(const Setting &setting,
                   const lowbit::numerics::SqueezedSample &squeezed) {
    Floats values;
    for (int64_t i = 0; i != 12 * setting.channels; ++i) {
      size_t channel = i % setting.channels;
      float range = squeezed.range[setting.ranges == 1 ? 0 : channel];
      std::vector<float> thresholds = lowbit::numerics::squeezeThresholds(
          squeezed.adjust[channel], range, setting.set);
      float at = thresholds[draw(thresholds.size())];
      const float candidates[] = {at,
                                  std::nextafter(at, -1e30f),
                                  std::nextafter(at, 1e30f),
                                  2 * at,
                                  -at,
                                  static_cast<float>(draw(64)) / 8 - 4};
      values.push_back(candidates[draw(std::size(candidates))]);
      ties += values.back() == at;
    }
    return Tensor({2, 3, 2, setting.channels}, std::move(values));
  }

  std::vector<Tensor> evaluate(const Tensor &input) {
    auto function = module->lookupSymbol<func::FuncOp>("main");
    FailureOr<Evaluator> evaluator = Evaluator::create(function);
    if (failed(evaluator))
      return {};
    FailureOr<std::vector<Tensor>> results = evaluator->run({input});
    return succeeded(results) ? *results : std::vector<Tensor>();
  }
};

TEST_F(SqueezeThresholdTest, FrozenGivesWhatTrainingGives) {
  for (int round = 0; round != 200; ++round) {
    Setting setting = drawSetting();
    SCOPED_TRACE("round " + std::to_string(round) + " of seed 20240817, " +
                 setting.set.str());
    Floats none(setting.channels, 0), zeros(setting.ranges, 0), bias = {0};
    Floats sample(setting.channels, 0);
    lowbit::numerics::SqueezedSample squeezed = lowbit::numerics::squeezeSample(
        sample, setting.channels, {none, bias, none, setting.adjustBias},
        {none, bias, zeros, setting.rangeBias}, setting.maxRange);
    ASSERT_TRUE(parse(makeText(setting, squeezed.adjust, squeezed.range)));
    Tensor input = drawInput(setting, squeezed);
    std::vector<Tensor> trained = evaluate(input);
    PassManager passes(&context);
    passes.addNestedPass<func::FuncOp>(
        lowbit::createFreezeSqueezeThresholdPass());
    ASSERT_TRUE(succeeded(passes.run(*module))) << diagnostics;
    std::vector<Tensor> frozen = evaluate(input);
    ASSERT_EQ(trained.size(), 1u) << diagnostics;
    ASSERT_EQ(frozen.size(), 1u) << diagnostics;
    EXPECT_EQ(trained[0].floats(), frozen[0].floats());
  }
  EXPECT_GT(ties, 100u);
}

} // namespace
