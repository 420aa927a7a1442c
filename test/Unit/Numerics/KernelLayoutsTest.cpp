//===- KernelLayoutsTest.cpp - Unit tests of the order of weights ---------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Numerics/KernelLayouts.h"
#include "test/Unit/Numerics/AllLevelSets.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <random>

using namespace lowbit::numerics;

namespace {

using Levels = std::vector<int32_t>;
using Bytes = std::vector<int8_t>;

constexpr unsigned seed = 11;

int64_t divideUp(int64_t a, int64_t b) { return (a + b - 1) / b; }

class KernelLayoutsTest : public testing::Test {
protected:
  KernelLayoutsTest() : random(seed), trace(__FILE__, __LINE__, seed) {}

  int64_t pick(int64_t lo, int64_t hi) {
    return lo + static_cast<int64_t>(random() % (hi - lo + 1));
  }
  Levels pickLevels(int64_t count, int64_t lo, int64_t hi) {
    Levels levels(count);
    for (int32_t &level : levels)
      level = static_cast<int32_t>(pick(lo, hi));
    return levels;
  }

  std::mt19937 random;
  testing::ScopedTrace trace;
};

//===----------------------------------------------------------------------===//
// Byte products
//===----------------------------------------------------------------------===//

// What a kernel does: every step adds four products to the sum of each lane.
// Bytes of the input from beyond a row are anything.
TEST_F(KernelLayoutsTest, DotWalksThroughRows) {
  for (int round = 0; round < 300; ++round) {
    FilterRows shape = {pick(1, 20), pick(1, 4), pick(1, 11)};
    int64_t lanes = int64_t(4) << pick(0, 2),
            groups = divideUp(shape.rowSize, 4);
    int64_t vectors = divideUp(shape.outputs, lanes);
    Levels levels =
        pickLevels(shape.outputs * shape.rows * shape.rowSize, -128, 127);
    Levels input = pickLevels(shape.rows * groups * 4, 0, 255);
    Bytes bytes = packForDot(levels, shape, lanes);
    ASSERT_EQ(bytes.size(), size_t(vectors * shape.rows * groups * lanes * 4));
    size_t next = 0;
    for (int64_t vector = 0; vector != vectors; ++vector) {
      std::vector<int64_t> sums(lanes);
      for (int64_t step = 0; step != shape.rows * groups; ++step)
        for (int64_t &sum : sums)
          for (int64_t j = 0; j != 4; ++j)
            sum += int64_t(bytes[next++]) * input[step * 4 + j];
      for (int64_t lane = 0; lane != lanes; ++lane) {
        int64_t o = vector * lanes + lane, expected = 0;
        for (int64_t i = 0;
             o < shape.outputs && i != shape.rows * shape.rowSize; ++i)
          expected += int64_t(levels[o * shape.rows * shape.rowSize + i]) *
                      input[i / shape.rowSize * groups * 4 + i % shape.rowSize];
        ASSERT_EQ(sums[lane], expected) << "output " << o;
      }
    }
  }
}

// A step takes four rows of one column; rows from beyond the filter are
// anything.
TEST_F(KernelLayoutsTest, DepthwiseTakesFourRows) {
  for (int round = 0; round < 300; ++round) {
    int64_t channels = pick(1, 20), height = pick(1, 9), width = pick(1, 5);
    int64_t lanes = int64_t(4) << pick(0, 2), blocks = divideUp(height, 4);
    int64_t vectors = divideUp(channels, lanes);
    Levels levels = pickLevels(channels * height * width, -128, 127);
    Levels input = pickLevels(blocks * 4 * width * channels, 0, 255);
    Bytes bytes = packForDepthwise(levels, channels, height, width, lanes);
    ASSERT_EQ(bytes.size(), size_t(vectors * blocks * width * lanes * 4));
    size_t next = 0;
    for (int64_t vector = 0; vector != vectors; ++vector) {
      std::vector<int64_t> sums(lanes);
      for (int64_t step = 0; step != blocks * width; ++step)
        for (int64_t lane = 0; lane != lanes; ++lane)
          for (int64_t j = 0; j != 4; ++j) {
            int64_t ky = step / width * 4 + j, kx = step % width;
            int64_t c = std::min(vector * lanes + lane, channels - 1);
            sums[lane] += int64_t(bytes[next++]) *
                          input[(ky * width + kx) * channels + c];
          }
      for (int64_t lane = 0; lane != lanes; ++lane) {
        int64_t c = vector * lanes + lane, expected = 0;
        for (int64_t i = 0; c < channels && i != height * width; ++i)
          expected +=
              int64_t(levels[c * height * width + i]) * input[i * channels + c];
        ASSERT_EQ(sums[lane], expected) << "channel " << c;
      }
    }
  }
}

//===----------------------------------------------------------------------===//
// Shifts
//===----------------------------------------------------------------------===//

// What a kernel does with each digit: the shifted input, nothing, or its
// complement, whose missing 1 the sums start with.
TEST_F(KernelLayoutsTest, ShiftAddsSignedPowers) {
  for (const LevelSet &set :
       {LevelSet::ternary(), LevelSet::pow2(4), LevelSet::integer(4)})
    for (int round = 0; round < 60; ++round) {
      FilterRows shape = {pick(1, 9), pick(1, 3), pick(1, 7)};
      int64_t lanes = int64_t(4) << pick(0, 1), digits = countDigits(set);
      int64_t perOutput = shape.rows * shape.rowSize;
      Levels levels(shape.outputs * perOutput);
      for (int32_t &level : levels)
        level =
            set.levelAt(static_cast<uint32_t>(pick(0, set.numLevels() - 1)));
      Levels input = pickLevels(perOutput, 0, 255);
      ShiftWeights packed = packForShift(levels, shape, lanes, digits);
      int64_t vectors = divideUp(shape.outputs, lanes);
      ASSERT_EQ(packed.bytes.size(),
                size_t(vectors * perOutput * digits * lanes));
      ASSERT_EQ(packed.init.size(), size_t(vectors * lanes));
      for (int64_t o = 0; o != shape.outputs; ++o) {
        int64_t sum = packed.init[o], expected = 0;
        for (int64_t i = 0; i != perOutput; ++i) {
          expected += int64_t(levels[o * perOutput + i]) * input[i];
          for (int64_t digit = 0; digit != digits; ++digit) {
            int64_t step = (o / lanes * perOutput + i) * digits + digit;
            int code = packed.bytes[step * lanes + o % lanes] & 255;
            int64_t term = code & 64 ? 0 : int64_t(input[i]) << (code & 31);
            sum += code & 128 ? ~term : term;
          }
        }
        EXPECT_EQ(sum, expected) << set.str() << ", channel " << o;
      }
    }
}

//===----------------------------------------------------------------------===//
// Schemes and tables
//===----------------------------------------------------------------------===//

/// The levels that a byte of activations and a code of weights stand for.
int64_t sumOfGroup(const LevelSet &activations, const LevelSet &weights,
                   int64_t group, int64_t byte, int64_t code) {
  int64_t sum = 0;
  for (int64_t j = 0; j != group; ++j) {
    uint32_t activation = byte % (1 << activations.bits());
    sum += int64_t(*activations.decode(activation)) *
           weights.levelAt(code % weights.numLevels());
    byte >>= activations.bits();
    code /= weights.numLevels();
  }
  return sum;
}

int64_t powerOf(int64_t base, int64_t exponent) {
  return exponent == 0 ? 1 : base * powerOf(base, exponent - 1);
}

/// Whether codes of `group` weights are at most `entries`, and the sums of a
/// group lie within 256 integers, all of them looked at.
bool fitsTable(const LevelSet &activations, const LevelSet &weights,
               int64_t group, int64_t entries) {
  int64_t codes = powerOf(weights.numLevels(), group);
  if (codes > entries)
    return false;
  // Whatever the sum, a group of zeros is possible, too.
  int64_t lo = 0, hi = 0;
  for (int64_t byte = 0; byte != int64_t(1) << (activations.bits() * group);
       ++byte)
    for (int64_t code = 0; code != codes; ++code) {
      int64_t sum = sumOfGroup(activations, weights, group, byte, code);
      lo = std::min(lo, sum);
      hi = std::max(hi, sum);
    }
  return hi - lo <= 255;
}

/// Fewest groups first, then the fewest channels in each; 0: none fits.
int64_t chooseGroup(const LevelSet &activations, const LevelSet &weights,
                    int64_t entries, int64_t channels) {
  int64_t best = 0;
  for (int64_t group = 1; group * activations.bits() <= 8; ++group)
    if (fitsTable(activations, weights, group, entries) &&
        (best == 0 || divideUp(channels, group) < divideUp(channels, best)))
      best = group;
  return best;
}

TEST_F(KernelLayoutsTest, ChoosesTheFewestGroups) {
  int chosen = 0;
  for (const LevelSet &weights : allLevelSets()) {
    if (weights.numLevels() > 16)
      continue;
    for (unsigned bits = 1; bits <= 4; ++bits) {
      LevelSet activations = LevelSet::unsignedInteger(bits);
      for (int64_t entries : {16, 64, 128}) {
        int64_t channels = pick(1, 20);
        int64_t group = chooseGroup(activations, weights, entries, channels);
        auto scheme = chooseLookup(activations, weights, entries, channels);
        ASSERT_EQ(scheme ? scheme->group : 0, group)
            << activations.str() << " x " << weights.str() << ", " << entries
            << " entries, " << channels << " channels";
        chosen += group > 0;
      }
    }
  }
  EXPECT_GT(chosen, 50);
}

TEST_F(KernelLayoutsTest, RefusesActivationsWhoseCodesAreNotTheirLevels) {
  LevelSet weights = LevelSet::ternary();
  for (const LevelSet &activations : allLevelSets()) {
    bool isSmall =
        activations.kind() == LevelKind::UInt && activations.bits() <= 4;
    EXPECT_EQ(chooseLookup(activations, weights, 128, 16).has_value(), isSmall)
        << activations.str();
  }
  // A table of fewer entries than weights, or pairs of them, have codes.
  LevelSet activations = LevelSet::unsignedInteger(2);
  EXPECT_FALSE(chooseLookup(activations, weights, 2, 16));
  EXPECT_EQ(chooseLookup(activations, weights, 8, 16)->group, 1);
  EXPECT_EQ(chooseLookup(activations, weights, 9, 16)->group, 2);
  EXPECT_FALSE(chooseLookup(activations, weights, 0, 16));
}

/// Reads T[byte][code] of a table in one or two parts.
int8_t readTable(const Bytes &table, int64_t countBytes, int64_t entries,
                 int64_t byte, int64_t code) {
  if (code < 64)
    return table[byte * std::min<int64_t>(entries, 64) + code];
  return table[countBytes * 64 + byte * (entries - 64) + code - 64];
}

TEST_F(KernelLayoutsTest, TableHoldsSumsOfProducts) {
  for (const LevelSet &weights :
       {LevelSet::bipolar(), LevelSet::ternary(), LevelSet::pow2(2),
        LevelSet::pow2(3), LevelSet::odd(2)})
    for (unsigned bits = 1; bits <= 4; ++bits)
      for (int64_t entries : {16, 64, 96, 128}) {
        LevelSet activations = LevelSet::unsignedInteger(bits);
        auto scheme = chooseLookup(activations, weights, entries, 840);
        if (!scheme)
          continue;
        Bytes table = makeLookupTable(*scheme, entries);
        int64_t bytes = int64_t(1) << (bits * scheme->group);
        ASSERT_EQ(table.size(), size_t(bytes * entries));
        ASSERT_EQ(scheme->countBytes(), bytes);
        ASSERT_EQ(scheme->countCodes(),
                  powerOf(weights.numLevels(), scheme->group));
        for (int64_t byte = 0; byte != bytes; ++byte)
          for (int64_t code = 0; code != scheme->countCodes(); ++code)
            ASSERT_EQ(readTable(table, bytes, entries, byte, code),
                      static_cast<int8_t>(sumOfGroup(
                          activations, weights, scheme->group, byte, code)))
                << weights.str() << ", byte " << byte << ", code " << code;
      }
}

//===----------------------------------------------------------------------===//
// Runs of lookups
//===----------------------------------------------------------------------===//

/// A filter of weights, with activations of one place of the image.
struct Problem {
  LookupFilter filter;
  LookupScheme scheme;
  Levels weights, activations; ///< [O][H][W][C] and [H][W][C]

  int64_t at(int64_t ky, int64_t kx, int64_t c) const {
    return (ky * filter.width + kx) * filter.channels + c;
  }
  int64_t filterSize() const { return at(filter.height, 0, 0); }
  int64_t countGroups() const {
    return divideUp(filter.channels, scheme.group);
  }
  int64_t greatest() const { return scheme.activations.back(); }

  /// Least and greatest of what groups [first, last) of a filter row, or of a
  /// column of it, can give.
  std::pair<int64_t, int64_t> bound(int64_t o, int64_t ky, int64_t column,
                                    int64_t first, int64_t last) const {
    int64_t lo = 0, hi = 0;
    for (int64_t kx = column; kx != column + filter.span(); ++kx)
      for (int64_t c = first * scheme.group;
           c != std::min(filter.channels, last * scheme.group); ++c) {
        int64_t w = weights[o * filterSize() + at(ky, kx, c)];
        (w < 0 ? lo : hi) += w * greatest();
      }
    return {lo, hi};
  }

  /// Whether no run of `steps` groups leaves 256 integers.
  bool fits(int64_t steps) const {
    for (int64_t o = 0; o != filter.outputs; ++o)
      for (int64_t ky = 0; ky != filter.height; ++ky)
        for (int64_t kx = 0; kx < filter.width; kx += filter.span())
          for (int64_t first = 0; first < countGroups(); first += steps) {
            auto [lo, hi] = bound(o, ky, kx, first, first + steps);
            if (hi - lo > 255)
              return false;
          }
    return true;
  }
};

/// Byte of activations of a group, zeros beyond the last channel.
int64_t byteOf(const Problem &problem, int64_t ky, int64_t kx, int64_t group) {
  int64_t byte = 0;
  for (int64_t j = problem.scheme.group; j-- > 0;) {
    int64_t c = group * problem.scheme.group + j;
    byte = byte << problem.scheme.activationBits;
    if (c < problem.filter.channels)
      byte |= problem.activations[problem.at(ky, kx, c)];
  }
  return byte;
}

/// Sum of products of groups [first, last) of `span` columns of a filter row.
int64_t sumOfRun(const Problem &problem, int64_t o, int64_t ky, int64_t column,
                 int64_t span, int64_t first, int64_t last) {
  int64_t sum = 0, group = problem.scheme.group;
  for (int64_t kx = column; kx != column + span; ++kx)
    for (int64_t c = first * group;
         c != std::min(problem.filter.channels, last * group); ++c) {
      int64_t i = problem.at(ky, kx, c);
      sum += int64_t(problem.weights[o * problem.filterSize() + i]) *
             problem.activations[i];
    }
  return sum;
}

/// What a kernel does with packed weights: runs of lookups in 8 bits, which
/// must not have wrapped.
class Kernel {
public:
  Kernel(const Problem &problem, int64_t lanes, int64_t entries)
      : problem(problem), filter(problem.filter), lanes(lanes),
        entries(entries), table(makeLookupTable(problem.scheme, entries)),
        packed(packForLookup(problem.weights, filter, problem.scheme, lanes)) {}

  std::vector<int64_t> run() {
    std::vector<int64_t> sums(packed.init.begin(), packed.init.end());
    for (int64_t vector = 0; vector != divideUp(filter.outputs, lanes);
         ++vector)
      for (int64_t ky = 0; ky != filter.height; ++ky)
        addRuns(ky, sums, [&](int64_t lane) -> int64_t {
          int64_t o = vector * lanes + halved(lane);
          return o < filter.outputs ? o : -1;
        });
    EXPECT_EQ(next, packed.bytes.size());
    return sums;
  }

  /// Each input row goes through the weights of all filter rows; a lane takes
  /// part where it stands for the one that is meant.
  std::vector<int64_t> runRowsInLanes() {
    packed = packForLookup(problem.weights, filter, problem.scheme, lanes,
                           /*rowsInLanes=*/true);
    EXPECT_EQ(static_cast<int64_t>(packed.init.size()), filter.outputs);
    std::vector<int64_t> sums(packed.init.begin(), packed.init.end());
    for (int64_t ky = 0; ky != filter.height; ++ky) {
      next = 0;
      int64_t places = filter.outputs * filter.height;
      for (int64_t first = 0; first < places; first += lanes)
        addRuns(ky, sums, [&](int64_t lane) -> int64_t {
          // Sums of several runs are widened.
          bool isWidened = problem.countGroups() > filter.steps ||
                           filter.span() < filter.width;
          int64_t place = first + (isWidened ? halved(lane) : lane);
          return place / filter.outputs == ky ? place % filter.outputs : -1;
        });
      EXPECT_EQ(next, packed.bytes.size());
    }
    return sums;
  }

private:
  /// Where a lane lies when even and odd ones are widened apart.
  int64_t halved(int64_t lane) const {
    return lane % 2 * (lanes / 2) + lane / 2;
  }

  /// The runs of input row `ky` through the weights that come next, added for
  /// the outputs that lanes stand for; -1: none.
  template <typename Place>
  void addRuns(int64_t ky, std::vector<int64_t> &sums, Place outputOf) {
    for (int64_t kx = 0; kx < filter.width; kx += filter.span())
      addRuns(ky, kx, sums, outputOf);
  }
  template <typename Place>
  void addRuns(int64_t ky, int64_t column, std::vector<int64_t> &sums,
               Place outputOf) {
    for (int64_t first = 0; first < problem.countGroups();
         first += filter.steps) {
      int64_t last = std::min(problem.countGroups(), first + filter.steps);
      std::vector<uint8_t> start(lanes);
      for (uint8_t &byte : start)
        byte = static_cast<uint8_t>(packed.bytes[next++]);
      std::vector<uint8_t> narrow = addLookups(ky, column, first, last, start);
      for (int64_t lane = 0; lane != lanes; ++lane) {
        int64_t o = outputOf(lane);
        if (o < 0)
          continue;
        sums[o] += narrow[lane];
        EXPECT_EQ(narrow[lane],
                  start[lane] + sumOfRun(problem, o, ky, column, filter.span(),
                                         first, last))
            << "output " << o;
      }
    }
  }

  std::vector<uint8_t> addLookups(int64_t ky, int64_t column, int64_t first,
                                  int64_t last, std::vector<uint8_t> sums) {
    int64_t span = filter.span();
    for (int64_t step = 0; step != (last - first) * span; ++step) {
      int64_t byte =
          byteOf(problem, ky, column + step % span, first + step / span);
      for (uint8_t &sum : sums)
        sum += readTable(table, problem.scheme.countBytes(), entries, byte,
                         static_cast<uint8_t>(packed.bytes[next++]));
    }
    return sums;
  }

  const Problem &problem;
  const LookupFilter &filter;
  int64_t lanes, entries;
  Bytes table;
  LookupWeights packed;
  size_t next = 0;
};

void expectSums(const Problem &problem, int64_t lanes, int64_t entries) {
  Kernel kernel(problem, lanes, entries);
  std::vector<int64_t> sums = kernel.run();
  EXPECT_EQ(kernel.runRowsInLanes(),
            std::vector<int64_t>(sums.begin(),
                                 sums.begin() + problem.filter.outputs));
  for (int64_t o = 0; o != problem.filter.outputs; ++o) {
    int64_t expected = 0;
    for (int64_t ky = 0; ky != problem.filter.height; ++ky)
      expected += sumOfRun(problem, o, ky, 0, problem.filter.width, 0,
                           problem.countGroups());
    ASSERT_EQ(sums[o], expected) << "output " << o;
  }
}

TEST_F(KernelLayoutsTest, LookupsAddUpToConvolutions) {
  const LevelSet sets[] = {LevelSet::bipolar(), LevelSet::ternary(),
                           LevelSet::pow2(2),   LevelSet::pow2(3),
                           LevelSet::odd(2),    LevelSet::integer(2)};
  int splits = 0, refusals = 0;
  for (int round = 0; round < 400; ++round) {
    const LevelSet &weights = sets[pick(0, 5)];
    int64_t entries = std::vector<int64_t>{16, 64, 96, 128}[pick(0, 3)];
    int64_t channels = pick(1, 40);
    auto scheme = chooseLookup(
        LevelSet::unsignedInteger(static_cast<unsigned>(pick(1, 4))), weights,
        entries, channels);
    if (!scheme)
      continue;
    Problem problem = {
        {pick(1, 20), pick(1, 3), pick(1, 3), channels, 0, pick(0, 3) == 0},
        *scheme,
        {},
        {}};
    int64_t size = problem.filterSize();
    for (int64_t i = 0; i != problem.filter.outputs * size; ++i)
      problem.weights.push_back(weights.levelAt(
          static_cast<uint32_t>(pick(0, weights.numLevels() - 1))));
    int64_t steps = countLookupSteps(problem.weights, problem.filter, *scheme);
    // It is the fewest runs that fit, of even length.
    int64_t runs = 1;
    while (runs <= problem.countGroups() &&
           !problem.fits(divideUp(problem.countGroups(), runs)))
      ++runs;
    bool isPossible = runs <= problem.countGroups();
    ASSERT_EQ(steps, isPossible ? divideUp(problem.countGroups(), runs) : 0);
    splits += isPossible && runs > 1;
    refusals += !isPossible;
    if (!isPossible)
      continue;
    problem.filter.steps = steps;
    // Any activations, and those for which one filter's sums are extreme.
    for (int kind = 0; kind != 3; ++kind) {
      int64_t worst = pick(0, problem.filter.outputs - 1) * size;
      problem.activations.clear();
      for (int64_t i = 0; i != size; ++i) {
        bool isGreat = (problem.weights[worst + i] > 0) == (kind == 1);
        problem.activations.push_back(static_cast<int32_t>(
            kind == 0 ? pick(0, problem.greatest())
                      : (isGreat ? problem.greatest() : 0)));
      }
      expectSums(problem, int64_t(16) << pick(0, 2), entries);
      if (HasFatalFailure())
        return;
    }
  }
  EXPECT_GT(splits, 50);
  EXPECT_GT(refusals, 1);
}

/// One filter of `positive` weights 1 and then `negative` weights -1, on 256
/// activations of 0 and 1.
Problem problemOfOnes(int64_t positive, int64_t negative) {
  Problem problem = {{1, 1, 1, 256, 0},
                     *chooseLookup(LevelSet::unsignedInteger(1),
                                   LevelSet::ternary(), 128, 256),
                     Levels(256, 0),
                     Levels(256, 0)};
  std::fill_n(problem.weights.begin(), positive, 1);
  std::fill_n(problem.weights.begin() + positive, negative, -1);
  return problem;
}

// Sums from -n to p are p + n + 1 integers: 8 bits tell 256 apart.
TEST_F(KernelLayoutsTest, EightBitsHold256Integers) {
  struct {
    int64_t positive, negative, steps;
  } const cases[] = {{255, 0, 64}, {256, 0, 32},   {0, 255, 64},
                     {0, 256, 32}, {128, 127, 64}, {128, 128, 32}};
  for (auto [positive, negative, steps] : cases) {
    Problem problem = problemOfOnes(positive, negative);
    ASSERT_EQ(problem.scheme.group, 4);
    ASSERT_EQ(countLookupSteps(problem.weights, problem.filter, problem.scheme),
              steps)
        << positive << " and -" << negative;
    problem.filter.steps = steps;
    for (int32_t sign : {1, -1}) {
      for (int64_t i = 0; i != 256; ++i)
        problem.activations[i] = problem.weights[i] == sign;
      expectSums(problem, 16, 96);
      if (HasFatalFailure())
        return;
    }
  }
}

// Nine taps of two channels: up to 270 in a single group.
TEST_F(KernelLayoutsTest, OneGroupCanBeTooMuch) {
  auto scheme =
      chooseLookup(LevelSet::unsignedInteger(4), LevelSet::ternary(), 16, 2);
  ASSERT_TRUE(scheme);
  Levels weights(18, 1);
  EXPECT_EQ(countLookupSteps(weights, {1, 1, 9, 2, 0}, *scheme), 0);
  weights.back() = 0;
  EXPECT_EQ(countLookupSteps(weights, {1, 1, 9, 2, 0}, *scheme), 1);
}

} // namespace
