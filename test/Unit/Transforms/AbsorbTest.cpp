//===- AbsorbTest.cpp - Random float programs made integer ----------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Transforms/Passes.h"
#include "test/Unit/Reference/ModuleTest.h"
#include "test/Unit/Transforms/RandomSegment.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;

namespace {

class AbsorbTest : public ModuleTest {
protected:
  static constexpr uint32_t kSeed = 41;
  std::mt19937 random{kSeed};

  /// What one run shows.
  struct Run {
    Tensor integers, reals, codes;
  };

  std::vector<Run> evaluate(RandomSegment &segment, ArrayRef<Tensor> inputs) {
    std::vector<Run> runs;
    FailureOr<Evaluator> evaluator = Evaluator::create(segment.function);
    EXPECT_TRUE(succeeded(evaluator)) << diagnostics;
    if (failed(evaluator))
      return runs;
    for (const Tensor &input : inputs) {
      Run run;
      // Codes that are dequantized without a layer are no result of an op.
      run.integers = input;
      FailureOr<std::vector<Tensor>> results =
          evaluator->run({input}, [&](Value value, const Tensor &tensor) {
            if (value == segment.integers)
              run.integers = tensor;
            if (value == segment.reals)
              run.reals = tensor;
          });
      EXPECT_TRUE(succeeded(results)) << diagnostics;
      if (succeeded(results))
        run.codes = results->front();
      runs.push_back(std::move(run));
    }
    return runs;
  }

  /// Makes the module integer; false where float is left.
  bool absorb(RandomSegment &segment) {
    PassManager passes(&context);
    passes.addNestedPass<func::FuncOp>(createMakeIntegerPass());
    EXPECT_TRUE(succeeded(passes.run(*segment.module))) << diagnostics;
    // The observed values may be gone.
    segment.integers = segment.reals = Value();
    bool isInteger = true;
    segment.module->walk([&](DequantizeOp) { isInteger = false; });
    return isInteger;
  }

  static unsigned countTies(const RandomSegment &segment, const Run &run) {
    unsigned ties = 0;
    for (auto [index, y] : llvm::enumerate(run.reals.floats()))
      ties += segment.isTie(y, index % segment.channels);
    return ties;
  }

  /// Rank by rank what the float program gives, before and after.
  unsigned expectExact(SegmentOptions options, unsigned numInputs) {
    RandomSegment segment(&context, random, options);
    EXPECT_TRUE(succeeded(verify(*segment.module))) << diagnostics;
    std::vector<Tensor> inputs = segment.makeInputs(numInputs);
    if (options.isSingleWeight)
      inputs = {makeAllLevels(segment)};
    std::vector<Run> before = evaluate(segment, inputs);
    EXPECT_TRUE(absorb(segment));
    std::vector<Run> after = evaluate(segment, inputs);
    unsigned ties = 0;
    for (auto [expected, found] : llvm::zip_equal(before, after)) {
      EXPECT_EQ(expected.codes.integers(), found.codes.integers());
      ties += countTies(segment, expected);
    }
    return ties;
  }

  /// Every level of the input once.
  static Tensor makeAllLevels(RandomSegment &segment) {
    auto type =
        cast<RankedTensorType>(segment.function.getArgumentTypes().front());
    numerics::LevelSet set = *getLevelSet(type);
    Integers levels;
    for (uint32_t rank = 0; rank != set.numLevels(); ++rank)
      levels.push_back(set.levelAt(rank));
    return Tensor(type.getShape(), std::move(levels));
  }
};

TEST_F(AbsorbTest, ThresholdsGiveTheCodesOfTheFloatProgram) {
  unsigned ties = 0;
  for (int round = 0; round != 600; ++round) {
    SCOPED_TRACE("round " + std::to_string(round) + " of seed " +
                 std::to_string(kSeed));
    ties += expectExact({}, 8);
    if (HasFailure())
      return;
  }
  RecordProperty("ties", static_cast<int>(ties));
  EXPECT_GT(ties, 1000u);
}

// The sums of a layer of one weight of 1 or -1 are all that int<11> holds.
TEST_F(AbsorbTest, ThresholdsAgreeOnEveryReachableSum) {
  unsigned ties = 0;
  for (int round = 0; round != 300; ++round) {
    SCOPED_TRACE("round " + std::to_string(round) + " of seed " +
                 std::to_string(kSeed));
    ties += expectExact({.isSingleWeight = true}, 0);
    if (HasFailure())
      return;
  }
  RecordProperty("ties", static_cast<int>(ties));
  EXPECT_GT(ties, 1000u);
}

// A rescale rounds its multipliers: before it rounds to a level, the result is
// within 1/64 of a level of what the program gives in real numbers.
TEST_F(AbsorbTest, RescalesStayWithinTheirBound) {
  constexpr double bound = 0.5 + 1.0 / 64 + 1e-9;
  unsigned rescales = 0, differ = 0;
  for (int round = 0; round != 400; ++round) {
    SCOPED_TRACE("round " + std::to_string(round) + " of seed " +
                 std::to_string(kSeed));
    RandomSegment segment(&context, random, {.hasManyLevels = true});
    std::vector<Tensor> inputs = segment.makeInputs(8);
    std::vector<Run> before = evaluate(segment, inputs);
    bool isInteger = absorb(segment);
    rescales += isInteger;
    std::vector<Run> after = evaluate(segment, inputs);
    for (auto [expected, found] : llvm::zip_equal(before, after)) {
      if (!isInteger) { // clamps of which a rescale has only one
        EXPECT_EQ(expected.codes.integers(), found.codes.integers());
        continue;
      }
      for (auto [index, x] : llvm::enumerate(expected.integers.integers())) {
        double real = segment.compute<double>(x, index % segment.channels) /
                      segment.quantizerScale;
        double limited = std::clamp<double>(real, segment.levels.minLevel(),
                                            segment.levels.maxLevel());
        int64_t level = found.codes.integers()[index];
        EXPECT_LE(std::abs(level - limited), bound) << x;
        differ += level != expected.codes.integers()[index];
      }
    }
    if (HasFailure())
      return;
  }
  RecordProperty("levels_that_differ", static_cast<int>(differ));
  EXPECT_GT(rescales, 200u);
}

} // namespace
