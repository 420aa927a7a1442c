//===- RandomSegment.cpp - Random float between integers and a quantizer --===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Transforms/RandomSegment.h"

#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;
using Kind = RandomStep::Kind;

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

RandomSegment::RandomSegment(MLIRContext *context, std::mt19937 &random,
                             SegmentOptions options)
    : random(random), builder(context), loc(builder.getUnknownLoc()),
      isDyadic(random() % 2) {
  module = ModuleOp::create(loc);
  builder.setInsertionPointToEnd(module->getBody());
  function = func::FuncOp::create(builder, loc, "main",
                                  builder.getFunctionType({}, {}));
  builder.setInsertionPointToEnd(function.addEntryBlock());
  createLayer(options.isSingleWeight);
  createSteps();
  Value codes = createQuantizer(options.hasManyLevels);
  func::ReturnOp::create(builder, loc, codes);
  function.setFunctionType(builder.getFunctionType(
      function.getBody().getArgumentTypes(), codes.getType()));
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// In [-2, 2), and 0 in one of eight cases.
float RandomSegment::drawNumber() {
  if (draw(8) == 0)
    return 0;
  if (isDyadic)
    return static_cast<float>(draw(32)) / 8 - 2;
  return static_cast<float>(draw(1 << 24)) / (1 << 22) - 2;
}

/// One for all channels, or one for each.
std::vector<float> RandomSegment::drawNumbers() {
  std::vector<float> numbers(draw(2) ? channels : 1);
  for (float &number : numbers)
    number = drawNumber();
  return numbers;
}

Value RandomSegment::createConstant(ArrayRef<int64_t> shape,
                                    ArrayRef<float> values) {
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  return tosa::ConstOp::create(builder, loc, type,
                               DenseElementsAttr::get(type, values));
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

Value RandomSegment::createWeights(ArrayRef<int64_t> shape,
                                   const LevelSet &set) {
  auto type =
      RankedTensorType::get(shape, getLevelSetType(builder.getContext(), set));
  SmallVector<int32_t> weights(type.getNumElements());
  for (int32_t &weight : weights)
    weight = set.levelAt(draw(set.numLevels()));
  greatestSum *= type.getNumElements() / shape.front() * set.maxMagnitude();
  return ConstantOp::fromLevels(builder, loc, type, weights);
}

Value RandomSegment::addInput(ArrayRef<int64_t> shape, const LevelSet &set) {
  greatestSum = set.maxMagnitude();
  Type type =
      RankedTensorType::get(shape, getLevelSetType(builder.getContext(), set));
  return function.getBody().addArgument(type, loc);
}

Value RandomSegment::createConv(Value input, ArrayRef<int64_t> shape,
                                const LevelSet &set, int64_t pad) {
  Value weights = createWeights(shape, set);
  return Conv2DOp::create(builder, loc, input, weights,
                          ArrayRef<int64_t>{pad, pad, pad, pad},
                          ArrayRef<int64_t>{1, 1}, ArrayRef<int64_t>{1, 1},
                          /*groups=*/1, WorstSumsAttr());
}

void RandomSegment::createLayer(bool isSingleWeight) {
  const LevelSet sets[] = {LevelSet::unsignedInteger(1),
                           LevelSet::unsignedInteger(2),
                           LevelSet::unsignedInteger(4),
                           LevelSet::integerNarrow(3),
                           LevelSet::ternary(),
                           LevelSet::bipolar(),
                           LevelSet::pow2(3),
                           LevelSet::odd(2)};
  const LevelSet weights[] = {LevelSet::ternary(), LevelSet::bipolar(),
                              LevelSet::pow2(3),   LevelSet::pow2NoZero(3),
                              LevelSet::odd(2),    LevelSet::integerNarrow(5)};
  const LevelSet &set = sets[draw(std::size(sets))];
  const LevelSet &weightSet = weights[draw(std::size(weights))];
  int64_t in = 1 + draw(4), out = 1 + draw(5), k = 1 + draw(3), pad = draw(2);
  if (isSingleWeight) {
    LevelSet wide = LevelSet::integer(11);
    integers = createConv(addInput({1, 1, wide.numLevels(), 1}, wide),
                          {1, 1, 1, 1}, LevelSet::bipolar(), 0);
  } else if (draw(4) == 0) {
    integers = addInput({2, 3, in}, set); // no layer: codes are dequantized
  } else if (draw(3) == 0) {
    Value x = addInput({4, 8 * in}, set);
    Value matrix = createWeights({out, 8 * in}, weightSet);
    integers = MatmulOp::create(builder, loc, x, matrix, WorstSumsAttr());
  } else {
    Value x = addInput({1, 4, 4, in}, set);
    integers = createConv(x, {out, k, k, in}, weightSet, pad);
  }
  channels = typeOf(integers).getShape().back();
}

//===----------------------------------------------------------------------===//
// Float
//===----------------------------------------------------------------------===//

void RandomSegment::createSteps() {
  scales = drawNumbers();
  // Keep the values near the constants of the steps.
  int shift = std::ilogb(static_cast<double>(greatestSum)) - 2;
  for (float &scale : scales)
    scale = std::ldexp(scale, -std::max(shift, 0));
  if (draw(2))
    biases = drawNumbers();
  auto createVector = [&](ArrayRef<float> values) {
    return createConstant({static_cast<int64_t>(values.size())}, values);
  };
  reals = DequantizeOp::create(
      builder, loc, typeOf(integers).clone(builder.getF32Type()), integers,
      createVector(scales), biases.empty() ? Value() : createVector(biases));
  for (uint32_t i = 0, e = draw(5); i != e; ++i) {
    RandomStep step{static_cast<Kind>(draw(5)), drawNumbers()};
    if (step.kind == Kind::Clamp) {
      float a = drawNumber(), b = drawNumber();
      step.constants = {std::min(a, b), std::max(a, b)};
    }
    reals = createStep(step, reals);
    steps.push_back(std::move(step));
  }
}

Value RandomSegment::createStep(const RandomStep &step, Value input) {
  Type type = input.getType();
  if (step.kind == Kind::Clamp)
    return tosa::ClampOp::create(builder, loc, type, input,
                                 builder.getF32FloatAttr(step.constants[0]),
                                 builder.getF32FloatAttr(step.constants[1]));
  SmallVector<int64_t> shape(typeOf(input).getRank(), 1);
  shape.back() = step.constants.size();
  Value constant = createConstant(shape, step.constants);
  if (step.kind == Kind::Add)
    return tosa::AddOp::create(builder, loc, type, input, constant);
  if (step.kind == Kind::Subtract)
    return tosa::SubOp::create(builder, loc, type, input, constant);
  if (step.kind == Kind::SubtractFrom)
    return tosa::SubOp::create(builder, loc, type, constant, input);
  auto bytes = RankedTensorType::get({1}, builder.getI8Type());
  Value shift = tosa::ConstOp::create(builder, loc, bytes,
                                      DenseElementsAttr::get(bytes, int8_t(0)));
  return tosa::MulOp::create(builder, loc, type, input, constant, shift);
}

//===----------------------------------------------------------------------===//
// Quantizers
//===----------------------------------------------------------------------===//

Value RandomSegment::createQuantizer(bool hasManyLevels) {
  const LevelSet few[] = {
      LevelSet::ternary(),          LevelSet::unsignedInteger(1),
      LevelSet::unsignedInteger(2), LevelSet::unsignedInteger(4),
      LevelSet::integerNarrow(3),   LevelSet::integer(3)};
  const LevelSet many[] = {LevelSet::unsignedInteger(5),
                           LevelSet::unsignedInteger(8),
                           LevelSet::integerNarrow(8), LevelSet::integer(6)};
  const LevelSet gaps[] = {LevelSet::bipolar(), LevelSet::pow2(3),
                           LevelSet::odd(3)};
  bool countsThresholds = !hasManyLevels && draw(2);
  levels = hasManyLevels                 ? many[draw(std::size(many))]
           : countsThresholds && draw(2) ? gaps[draw(std::size(gaps))]
                                         : few[draw(std::size(few))];
  if (countsThresholds)
    return createThresholds();
  do
    quantizerScale = std::abs(drawNumber());
  while (quantizerScale == 0);
  Type type =
      typeOf(reals).clone(getLevelSetType(builder.getContext(), levels));
  return QuantizeOp::create(builder, loc, type, reals,
                            createConstant({1}, {quantizerScale}));
}

/// Thresholds at values that occur, next to them, and anywhere.
Value RandomSegment::createThresholds() {
  size_t columns = levels.numLevels() - 1;
  thresholds.resize(draw(2) ? channels : 1);
  SmallVector<float> table;
  for (auto [channel, row] : llvm::enumerate(thresholds)) {
    for (size_t i = 0; i != columns; ++i) {
      int64_t x = static_cast<int64_t>(draw(2 * greatestSum + 1)) - greatestSum;
      auto occurs = compute<float>(x, channel);
      const float choices[] = {occurs, std::nextafter(occurs, 1e30f),
                               2 * drawNumber(), drawNumber()};
      row.push_back(choices[draw(std::size(choices))]);
    }
    llvm::sort(row);
    llvm::append_range(table, row);
  }
  return ThresholdOp::create(
      builder, loc,
      typeOf(reals).clone(getLevelSetType(builder.getContext(), levels)), reals,
      createConstant({static_cast<int64_t>(thresholds.size()),
                      static_cast<int64_t>(columns)},
                     table),
      DenseI8ArrayAttr());
}

bool RandomSegment::isTie(float y, size_t channel) const {
  if (!thresholds.empty())
    return llvm::is_contained(thresholds[thresholds.size() == 1 ? 0 : channel],
                              y);
  float v = y / quantizerScale;
  return std::abs(v - std::trunc(v)) == 0.5f && v > levels.minLevel() - 1 &&
         v < levels.maxLevel() + 1;
}

std::vector<reference::Tensor> RandomSegment::makeInputs(unsigned count) {
  auto type = cast<RankedTensorType>(function.getArgumentTypes().front());
  LevelSet set = *getLevelSet(type);
  std::vector<reference::Tensor> inputs;
  for (unsigned index = 0; index != count; ++index) {
    std::vector<int64_t> codes(type.getNumElements());
    for (int64_t &code : codes) {
      const int64_t ends[] = {set.minLevel(), set.maxLevel()};
      if (index < 2)
        code = ends[index];
      else if (index == 2)
        code = ends[draw(2)];
      else
        code = set.levelAt(draw(set.numLevels()));
    }
    inputs.emplace_back(type.getShape(), std::move(codes));
  }
  return inputs;
}
