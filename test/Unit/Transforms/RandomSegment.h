//===- RandomSegment.h - Random float between integers and a quantizer ----===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TEST_UNIT_TRANSFORMS_RANDOMSEGMENT_H
#define LOWBIT_TEST_UNIT_TRANSFORMS_RANDOMSEGMENT_H

#include "lowbit/Numerics/LevelSet.h"
#include "lowbit/Reference/Tensor.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <random>
#include <vector>

namespace lowbit {

/// A float operation on each element, with one constant or one per channel.
struct RandomStep {
  enum class Kind { Add, Subtract, SubtractFrom, Multiply, Clamp };
  Kind kind;
  std::vector<float> constants; ///< of a clamp: the two bounds

  /// The step in the arithmetic of T: float as the program computes, double for
  /// what it would be in real numbers.
  template <typename T> T apply(T x, size_t channel) const {
    T c = constants[constants.size() == 1 ? 0 : channel];
    switch (kind) {
    case Kind::Add:
      return x + c;
    case Kind::Subtract:
      return x - c;
    case Kind::SubtractFrom:
      return c - x;
    case Kind::Multiply:
      return x * c;
    case Kind::Clamp:
      return std::min(std::max(x, T(constants[0])), T(constants[1]));
    }
    return x;
  }
};

/// What a random module is made of.
struct SegmentOptions {
  /// The layers: all kinds, or a 1x1 convolution of one channel whose sums are
  /// the levels of its input.
  bool isSingleWeight = false;
  /// More levels than thresholds are made for.
  bool hasManyLevels = false;
};

/// A module with a function @main at the quantized level: codes, a layer with
/// constant weights, a dequantization, elementwise float, a quantizer. Scales,
/// gains, offsets and thresholds have every sign; in every other module they
/// are dyadic. Everything is drawn from `random`.
class RandomSegment {
public:
  RandomSegment(mlir::MLIRContext *context, std::mt19937 &random,
                SegmentOptions options);

  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp function;
  /// What the dequantization reads, and what the quantizer reads.
  mlir::Value integers, reals;
  std::vector<float> scales, biases;
  std::vector<RandomStep> steps;
  /// Of a uniform quantizer, else 0.
  float quantizerScale = 0;
  /// Of a threshold op, a row for each channel, or one.
  std::vector<std::vector<float>> thresholds;
  numerics::LevelSet levels = numerics::LevelSet::ternary();
  size_t channels = 1;

  /// Random codes; all lowest, all highest and only those two in the first
  /// three.
  std::vector<reference::Tensor> makeInputs(unsigned count);

  /// What the quantizer reads for integer x.
  template <typename T> T compute(int64_t x, size_t channel) const {
    T y = T(x) * T(scales[scales.size() == 1 ? 0 : channel]);
    if (!biases.empty())
      y = y + T(biases[biases.size() == 1 ? 0 : channel]);
    for (const RandomStep &step : steps)
      y = step.apply(y, channel);
    return y;
  }

  /// Whether y lies on the border of two levels of the quantizer.
  bool isTie(float y, size_t channel) const;

private:
  uint32_t draw(uint32_t count) { return random() % count; }
  float drawNumber();
  std::vector<float> drawNumbers();
  mlir::Value createConstant(llvm::ArrayRef<int64_t> shape,
                             llvm::ArrayRef<float> values);
  mlir::Value createWeights(llvm::ArrayRef<int64_t> shape,
                            const numerics::LevelSet &set);
  mlir::Value addInput(llvm::ArrayRef<int64_t> shape,
                       const numerics::LevelSet &set);
  mlir::Value createConv(mlir::Value input, llvm::ArrayRef<int64_t> shape,
                         const numerics::LevelSet &set, int64_t pad);
  void createLayer(bool isSingleWeight);
  void createSteps();
  mlir::Value createStep(const RandomStep &step, mlir::Value input);
  mlir::Value createQuantizer(bool hasManyLevels);
  mlir::Value createThresholds();

  std::mt19937 &random;
  mlir::OpBuilder builder;
  mlir::Location loc;
  bool isDyadic;
  int64_t greatestSum = 1;
};

} // namespace lowbit

#endif // LOWBIT_TEST_UNIT_TRANSFORMS_RANDOMSEGMENT_H
