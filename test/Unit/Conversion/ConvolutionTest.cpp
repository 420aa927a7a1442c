//===- ConvolutionTest.cpp - Compiled convolutions against the evaluator -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Reference/Evaluator.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Verifier.h"
#include "test/Unit/Conversion/CompiledTest.h"

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;
using reference::Tensor;

namespace {

constexpr unsigned seed = 20240611;

/// What a random convolution looks like.
struct Shape {
  SmallVector<int64_t> input, weight, pad, stride, dilation;
  int64_t groups;
};

/// Networks of many convolutions side by side, from one input to one output.
class ConvolutionTest : public CompiledTest {
protected:
  ConvolutionTest() : CompiledTest(seed) {}

  /// Groups: one, depthwise (one or two filters for a channel), or two.
  Shape makeShape() {
    Shape shape;
    int64_t kind = pick(0, 3), channels = pick(1, 5), outputs = pick(1, 5);
    if (kind == 3) {
      channels *= 2;
      outputs *= 2;
    }
    shape.groups = kind == 0 ? 1 : kind == 3 ? 2 : channels;
    if (kind == 1 || kind == 2)
      outputs = channels * kind;
    shape.weight = {outputs, pick(1, 3), pick(1, 3), channels / shape.groups};
    shape.stride = {pick(1, 3), pick(1, 3)};
    shape.dilation = {pick(1, 2), pick(1, 2)};
    shape.pad = {pick(0, 2), pick(0, 2), pick(0, 2), pick(0, 2)};
    shape.input = {pick(1, 2)};
    for (int axis : {0, 1})
      shape.input.push_back(
          (shape.weight[axis + 1] - 1) * shape.dilation[axis] + pick(1, 5));
    shape.input.push_back(channels);
    return shape;
  }

  Value createConvolution(OpBuilder &builder, Value codes, const Shape &shape,
                          const LevelSet &set, int index) {
    Location loc = builder.getUnknownLoc();
    auto type =
        RankedTensorType::get(shape.weight, getLevelSetType(&context, set));
    SmallVector<int32_t> levels;
    for (int64_t i = 0; i != type.getNumElements(); ++i)
      levels.push_back(set.levelAt(pick(0, set.numLevels() - 1)));
    Value weight = ConstantOp::fromLevels(builder, loc, type, levels);
    auto conv =
        Conv2DOp::create(builder, loc, codes, weight, shape.pad, shape.stride,
                         shape.dilation, shape.groups, WorstSumsAttr());
    std::string layer = "conv" + std::to_string(index);
    conv->setAttr(kLayerAttr, builder.getStringAttr(layer));
    if (set.isMultiplierFree() && pick(0, 1))
      conv->setAttr(kMultiplierFreeAttr, builder.getUnitAttr());
    return conv;
  }

  /// One layer of a network: its activations are elements [first, first +
  /// size) of the network's input, its sums come after those of the others.
  struct Case {
    Shape shape;
    LevelSet input, weight;
    int64_t first;
    int64_t size() const { return ShapedType::getNumElements(shape.input); }
  };

  /// All `weights`, each on activations drawn from `inputs`.
  std::vector<Case> makeCases(ArrayRef<LevelSet> weights,
                              ArrayRef<LevelSet> inputs) {
    std::vector<Case> cases;
    int64_t first = 0;
    for (const LevelSet &weight : weights) {
      const LevelSet &input = inputs[pick(0, inputs.size() - 1)];
      cases.push_back({makeShape(), input, weight, first});
      first += cases.back().size();
    }
    return cases;
  }

  OwningOpRef<ModuleOp> makeNetwork(ArrayRef<Case> cases) {
    OpBuilder builder(&context);
    Location loc = builder.getUnknownLoc();
    OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
    builder.setInsertionPointToEnd(module->getBody());
    auto type = RankedTensorType::get(
        {cases.back().first + cases.back().size()}, builder.getF32Type());
    auto function = func::FuncOp::create(builder, loc, "main",
                                         builder.getFunctionType(type, {}));
    Block *block = function.addEntryBlock();
    builder.setInsertionPointToEnd(block);
    SmallVector<Value> sums;
    for (auto [index, layer] : llvm::enumerate(cases)) {
      Value codes = createCodes(builder,
                                createPart(builder, block->getArgument(0),
                                           layer.first, layer.shape.input),
                                layer.input);
      codes.getDefiningOp()->setAttr(
          kLayerAttr, builder.getStringAttr("input" + std::to_string(index)));
      Value sum =
          createConvolution(builder, codes, layer.shape, layer.weight, index);
      sums.push_back(tensor::CollapseShapeOp::create(
          builder, loc, sum, SmallVector<ReassociationIndices>{{0, 1, 2, 3}}));
    }
    Value all = tensor::ConcatOp::create(builder, loc, 0, sums);
    func::ReturnOp::create(builder, loc, all);
    function.setType(builder.getFunctionType(type, all.getType()));
    return module;
  }

  Tensor makeInput(ArrayRef<Case> cases) {
    std::vector<float> elements;
    for (const Case &layer : cases)
      for (int64_t i = 0; i != layer.size(); ++i)
        elements.push_back(static_cast<float>(
            pick(layer.input.minLevel(), layer.input.maxLevel())));
    auto size = static_cast<int64_t>(elements.size());
    return Tensor({size}, std::move(elements));
  }

  static std::vector<int64_t> run(const target::Network &network,
                                  const Tensor &input, size_t size) {
    std::vector<int32_t> result(size);
    target::Workspace workspace(network.interface());
    void *output = result.data();
    EXPECT_EQ(network.run(input.floats().data(), output, workspace.data()), 0);
    return std::vector<int64_t>(result.begin(), result.end());
  }

  void compare(ArrayRef<LevelSet> weights, ArrayRef<LevelSet> inputs) {
    std::vector<Case> cases = makeCases(weights, inputs);
    OwningOpRef<ModuleOp> module = makeNetwork(cases);
    ASSERT_TRUE(succeeded(verify(*module)));
    auto function = *module->getOps<func::FuncOp>().begin();
    Tensor input = makeInput(cases);
    auto evaluator = reference::Evaluator::create(function);
    ASSERT_TRUE(succeeded(evaluator));
    auto expected = evaluator->run(input);
    ASSERT_TRUE(succeeded(expected));
    std::vector<std::pair<std::string, int64_t>> layers;
    function.walk([&](Conv2DOp op) {
      std::string text;
      llvm::raw_string_ostream(text) << op;
      layers.push_back({text, op.getType().getNumElements()});
    });
    ArrayRef<int64_t> sums = expected->front().integers();
    plan(*module, {0, {}});
    auto network = compile(*module, target::Machine());
    ASSERT_TRUE(network);
    std::vector<int64_t> compiled = run(*network, input, sums.size());
    ArrayRef<int64_t> rest = compiled;
    for (const auto &[text, size] : layers) {
      EXPECT_EQ(rest.take_front(size), sums.take_front(size))
          << "seed " << seed << ": " << text;
      rest = rest.drop_front(size);
      sums = sums.drop_front(size);
    }
  }
};

TEST_F(ConvolutionTest, AllWeightSetsOnSmallActivations) {
  std::vector<LevelSet> weights = {LevelSet::bipolar(), LevelSet::ternary()};
  for (unsigned bits = 2; bits <= 5; ++bits) {
    weights.push_back(LevelSet::pow2(bits));
    weights.push_back(LevelSet::pow2NoZero(bits));
  }
  for (unsigned bits = 1; bits <= 8; ++bits) {
    weights.push_back(LevelSet::odd(bits));
    weights.push_back(LevelSet::integer(bits));
    weights.push_back(LevelSet::unsignedInteger(bits));
  }
  std::vector<LevelSet> inputs = {LevelSet::unsignedInteger(1),
                                  LevelSet::unsignedInteger(2),
                                  LevelSet::ternary(),
                                  LevelSet::bipolar(),
                                  LevelSet::integer(4),
                                  LevelSet::integerNarrow(3),
                                  LevelSet::odd(3),
                                  LevelSet::pow2(3),
                                  LevelSet::pow2NoZero(2),
                                  LevelSet::pow2NoZero(3),
                                  LevelSet::pow2NoZero(4)};
  for (int round = 0; round != 2; ++round)
    compare(weights, inputs);
}

// Sums that need all of i32, and activations that need i16 and i32.
TEST_F(ConvolutionTest, WideActivations) {
  std::vector<LevelSet> weights;
  for (int i = 0; i != 8; ++i)
    weights.push_back(i % 2 ? LevelSet::pow2(4) : LevelSet::ternary());
  compare(weights,
          {LevelSet::unsignedInteger(8), LevelSet::integer(8), LevelSet::odd(8),
           LevelSet::pow2(5), LevelSet::pow2NoZero(5)});
}

} // namespace
