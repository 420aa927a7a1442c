//===- KernelTest.cpp - Kernels of many machines against the evaluator -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Kernel/KernelAttrs.h"
#include "dialects/Kernel/KernelDialect.h"
#include "lowbit/Reference/Evaluator.h"
#include "lowbit/Target/OpenMP.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Verifier.h"
#include "test/Unit/Conversion/CompiledTest.h"
#include "llvm/TargetParser/Host.h"

#include <map>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;
using reference::Tensor;

namespace {

constexpr unsigned seed = 1;

/// A machine to compile for, and what its kernels may use of it, which can be
/// less than it has.
struct Kernels {
  const char *name;
  target::Machine machine;
  target::Vectors vectors;
  std::vector<const char *> needs; ///< features of the host
};

std::vector<Kernels> listKernels() {
  target::Machine v2 = {"", "x86-64-v2", ""}, v3 = {"", "x86-64-v3", ""},
                  v4 = {"", "x86-64-v4", ""},
                  vnni = {"", "x86-64-v4", "+avx512vnni"};
  std::vector<const char *> hasV2 = {"ssse3", "sse4.2", "popcnt"},
                            hasV3 = {"avx2", "bmi2", "fma", "lzcnt", "movbe"},
                            hasV4 = {"avx2", "avx512bw", "avx512cd", "avx512dq",
                                     "avx512vl"},
                            hasVnni = hasV4;
  hasVnni.push_back("avx512vnni");
  return {
      {"Sse2", v2, {16, {"sse2"}}, hasV2},
      {"Ssse3", v2, {16, {"sse2", "ssse3"}}, hasV2},
      {"Avx2", v3, {32, {"sse2", "ssse3", "avx2"}}, hasV3},
      {"Avx512bw",
       v4,
       {64, {"sse2", "ssse3", "avx2", "avx512bw", "avx512vl"}},
       hasV4},
      {"Vnni16",
       vnni,
       {16, {"sse2", "ssse3", "avx2", "avx512vl", "avx512vnni"}},
       hasVnni},
      {"Vnni32",
       vnni,
       {32, {"sse2", "ssse3", "avx2", "avx512vl", "avx512vnni"}},
       hasVnni},
      {"Vnni64",
       vnni,
       {64, {"sse2", "ssse3", "avx2", "avx512bw", "avx512vl", "avx512vnni"}},
       hasVnni},
  };
}

/// What the host itself has, on any architecture.
Kernels hostKernels() {
  auto vectors = target::describeVectors(target::Machine());
  EXPECT_TRUE(static_cast<bool>(vectors));
  return {"Host", target::Machine(), *vectors, {}};
}

/// A network of many layers side by side. Each takes its activations from the
/// next elements of the one input, and adds its results to the one output.
class KernelTest : public CompiledTest {
protected:
  KernelTest() : CompiledTest(seed) {}

  //===------------------------------------------------------------------===//
  // Values
  //===------------------------------------------------------------------===//

  Value createCodesOfInput(OpBuilder &builder, Value all,
                           ArrayRef<int64_t> shape, const LevelSet &set) {
    auto first = static_cast<int64_t>(input.size());
    int64_t size = ShapedType::getNumElements(shape);
    // Sums come near their bounds where all levels are great.
    bool isExtreme = pick(0, 3) == 0;
    for (int64_t i = 0; i != size; ++i)
      input.push_back(static_cast<float>(
          isExtreme ? (pick(0, 7) ? set.maxLevel() : set.minLevel())
                    : set.levelAt(pick(0, set.numLevels() - 1))));
    Value codes =
        createCodes(builder, createPart(builder, all, first, shape), set);
    codes.getDefiningOp()->setAttr(
        kLayerAttr,
        builder.getStringAttr("input" + std::to_string(numInputs++)));
    return codes;
  }

  Value createWeights(OpBuilder &builder, ArrayRef<int64_t> shape,
                      const LevelSet &set) {
    auto type = RankedTensorType::get(shape, getLevelSetType(&context, set));
    int64_t perFilter = type.getNumElements() / shape[0];
    SmallVector<int32_t> levels;
    for (int64_t o = 0; o != shape[0]; ++o) {
      int64_t kind = pick(0, 5);
      for (int64_t i = 0; i != perFilter; ++i)
        levels.push_back(kind == 0 ? set.minLevel()
                         : kind == 1
                             ? set.maxLevel()
                             : set.levelAt(pick(0, set.numLevels() - 1)));
    }
    return ConstantOp::fromLevels(builder, builder.getUnknownLoc(), type,
                                  levels);
  }

  /// One integer for all channels, or one for each, in [lo, hi].
  Value createChannels(OpBuilder &builder, Value like, int64_t lo, int64_t hi) {
    int64_t channels = cast<ShapedType>(like.getType()).getShape().back();
    SmallVector<int64_t> values(pick(0, 2) ? channels : 1);
    for (int64_t &value : values)
      value = pick(lo, hi);
    auto type = RankedTensorType::get({static_cast<int64_t>(values.size())},
                                      builder.getI64Type());
    return arith::ConstantOp::create(
        builder, builder.getUnknownLoc(),
        DenseElementsAttr::get(type, ArrayRef<int64_t>(values)));
  }

  //===------------------------------------------------------------------===//
  // Layers
  //===------------------------------------------------------------------===//

  /// Few channels, or as many as fill a vector and more.
  int64_t pickOutputs() { return pick(0, 1) ? pick(1, 9) : pick(10, 70); }

  /// Any number of channels, or one that divides into groups.
  int64_t pickChannels() { return pick(0, 2) ? 4 * pick(1, 6) : pick(1, 13); }

  Value createMatmul(OpBuilder &builder, Value all, const LevelSet &inputSet,
                     const LevelSet &weightSet) {
    int64_t channels = pickChannels() * pick(1, 3) * depth;
    Value codes =
        createCodesOfInput(builder, all, {pick(1, 5), channels}, inputSet);
    Value weight = createWeights(builder, {pickOutputs(), channels}, weightSet);
    return MatmulOp::create(builder, builder.getUnknownLoc(), codes, weight,
                            WorstSumsAttr());
  }

  Value createConvolution(OpBuilder &builder, Value all,
                          const LevelSet &inputSet, const LevelSet &weightSet) {
    bool isDepthwise = pick(0, 3) == 0, isPointwise = pick(0, 3) == 0;
    int64_t channels = isDepthwise
                           ? pickOutputs()
                           : pickChannels() * llvm::divideCeil(depth, 8);
    SmallVector<int64_t> weight = {
        isDepthwise ? channels : pickOutputs(), isPointwise ? 1 : pick(1, 5),
        isPointwise ? 1 : pick(1, 4), isDepthwise ? 1 : channels};
    SmallVector<int64_t> pad, stride, dilation, image = {pick(1, 2)};
    for (int axis : {0, 1}) {
      stride.push_back(pick(0, 1) ? 1 : pick(1, 3));
      dilation.push_back(pick(0, 2) ? 1 : pick(1, 3));
      image.push_back((weight[axis + 1] - 1) * dilation[axis] + pick(1, 9));
    }
    image.push_back(channels);
    for (int side = 0; side != 4; ++side)
      pad.push_back(pick(0, 1) ? 0 : pick(0, 2));
    Value codes = createCodesOfInput(builder, all, image, inputSet);
    return Conv2DOp::create(builder, builder.getUnknownLoc(), codes,
                            createWeights(builder, weight, weightSet), pad,
                            stride, dilation, isDepthwise ? channels : 1,
                            WorstSumsAttr());
  }

  Value createThreshold(OpBuilder &builder, Value sums) {
    const LevelSet set = pickFrom<LevelSet>(
        {LevelSet::unsignedInteger(1), LevelSet::unsignedInteger(2),
         LevelSet::unsignedInteger(4), LevelSet::ternary(), LevelSet::bipolar(),
         LevelSet::integer(3), LevelSet::pow2(3)});
    auto type = cast<RankedTensorType>(sums.getType());
    int64_t channels = pick(0, 2) ? type.getShape().back() : 1;
    int64_t columns = set.numLevels() - 1, width = int64_t(1) << pick(1, 12);
    SmallVector<int32_t> thresholds;
    for (int64_t c = 0; c != channels; ++c) {
      SmallVector<int32_t> row;
      for (int64_t i = 0; i != columns; ++i)
        row.push_back(static_cast<int32_t>(pick(-width, width)));
      llvm::sort(row);
      llvm::append_range(thresholds, row);
    }
    auto table = DenseElementsAttr::get(
        RankedTensorType::get({channels, columns}, builder.getI32Type()),
        ArrayRef<int32_t>(thresholds));
    DenseI8ArrayAttr signs;
    if (pick(0, 1)) {
      SmallVector<int8_t> values(type.getShape().back());
      for (int8_t &sign : values)
        sign = pick(0, 1) ? 1 : -1;
      signs = builder.getDenseI8ArrayAttr(values);
    }
    Location loc = builder.getUnknownLoc();
    return ThresholdOp::create(
        builder, loc, type.clone(getLevelSetType(&context, set)), sums,
        arith::ConstantOp::create(builder, loc, table), signs);
  }

  RoundingMode pickRounding() {
    return pick(0, 1) ? RoundingMode::HalfUp : RoundingMode::HalfEven;
  }

  Type pickCodes(Value like) {
    return cast<RankedTensorType>(like.getType())
        .clone(getLevelSetType(&context,
                               pickFrom<LevelSet>({LevelSet::integer(8),
                                                   LevelSet::unsignedInteger(8),
                                                   LevelSet::unsignedInteger(2),
                                                   LevelSet::integer(16)})));
  }

  Value createRescale(OpBuilder &builder, Value sums) {
    Value multiplier = createChannels(builder, sums, -3000, 3000);
    Value offset = createChannels(builder, sums, -100000, 100000);
    SmallVector<int64_t> shift = {pick(0, 18)};
    return RescaleOp::create(builder, builder.getUnknownLoc(), pickCodes(sums),
                             sums, multiplier, offset, shift, pickRounding(),
                             DenseI64ArrayAttr());
  }

  Value createAdd(OpBuilder &builder, Value all, Value sums) {
    ArrayRef<int64_t> shape = cast<ShapedType>(sums.getType()).getShape();
    Value other = createCodesOfInput(
        builder, all, shape,
        pickFrom<LevelSet>({LevelSet::integer(8), LevelSet::unsignedInteger(2),
                            LevelSet::ternary()}));
    Value lhs = createChannels(builder, sums, -3000, 3000);
    Value rhs = createChannels(builder, sums, -90000, 90000);
    Value offset = createChannels(builder, sums, -100000, 100000);
    return AddOp::create(builder, builder.getUnknownLoc(), pickCodes(sums),
                         sums, lhs, other, rhs, offset, pick(0, 18),
                         pickRounding(), DenseI64ArrayAttr());
  }

  /// A layer, with what may follow it, and its results as reals.
  Value createLayer(OpBuilder &builder, Value all, const LevelSet &inputSet,
                    const LevelSet &weightSet, const std::string &name) {
    Value sums = pick(0, 5) == 0
                     ? createMatmul(builder, all, inputSet, weightSet)
                     : createConvolution(builder, all, inputSet, weightSet);
    Operation *layer = sums.getDefiningOp();
    layer->setAttr(kLayerAttr, builder.getStringAttr(name));
    if (weightSet.isMultiplierFree() && pick(0, 1))
      layer->setAttr(kMultiplierFreeAttr, builder.getUnitAttr());
    Value result = sums;
    switch (pick(0, 4)) {
    case 0:
      break;
    case 1:
      result = createAdd(builder, all, sums);
      break;
    case 2:
      result = createRescale(builder, sums);
      break;
    default:
      result = createThreshold(builder, sums);
    }
    result.getDefiningOp()->setAttr(kLayerAttr, builder.getStringAttr(name));
    Location loc = builder.getUnknownLoc();
    auto type = cast<RankedTensorType>(result.getType());
    Value one = arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(RankedTensorType::get({1}, builder.getF32Type()),
                               1.0f));
    Value reals = DequantizeOp::create(
        builder, loc, type.clone(builder.getF32Type()), result, one, Value());
    reals.getDefiningOp()->setAttr(kLayerAttr,
                                   builder.getStringAttr(name + "_output"));
    std::string text;
    llvm::raw_string_ostream(text)
        << *layer << " then " << *result.getDefiningOp();
    layers.push_back({text, type.getNumElements()});
    return tensor::CollapseShapeOp::create(
        builder, loc, reals,
        SmallVector<ReassociationIndices>{
            llvm::to_vector<2>(llvm::seq<int64_t>(0, type.getRank()))});
  }

  OwningOpRef<ModuleOp> makeNetwork(ArrayRef<LevelSet> weights,
                                    ArrayRef<LevelSet> inputs) {
    input.clear();
    layers.clear();
    OpBuilder builder(&context);
    Location loc = builder.getUnknownLoc();
    OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
    builder.setInsertionPointToEnd(module->getBody());
    auto type =
        RankedTensorType::get({ShapedType::kDynamic}, builder.getF32Type());
    auto function = func::FuncOp::create(builder, loc, "main",
                                         builder.getFunctionType(type, {}));
    Block *block = function.addEntryBlock();
    builder.setInsertionPointToEnd(block);
    SmallVector<Value> parts;
    for (auto [index, weight] : llvm::enumerate(weights))
      parts.push_back(createLayer(builder, block->getArgument(0),
                                  pickFrom(inputs), weight,
                                  "layer" + std::to_string(index)));
    Value all = tensor::ConcatOp::create(builder, loc, 0, parts);
    func::ReturnOp::create(builder, loc, all);
    auto known = RankedTensorType::get({static_cast<int64_t>(input.size())},
                                       builder.getF32Type());
    block->getArgument(0).setType(known);
    function.setType(builder.getFunctionType(known, all.getType()));
    return module;
  }

  //===------------------------------------------------------------------===//
  // Comparison
  //===------------------------------------------------------------------===//

  void countFamilies(ModuleOp module) {
    module.walk([&](Operation *op) {
      auto plan = op->getAttrOfType<kernel::PlanAttr>(kernel::kPlanAttr);
      if (!plan)
        return;
      ++families[plan.getFamily()];
      longLookups += plan.getFamily() == kernel::Family::Lookup &&
                     getElementTypeOrSelf(op->getResult(0)).isInteger(32);
    });
  }

  void compare(ArrayRef<LevelSet> weights, ArrayRef<LevelSet> inputs,
               const Kernels &kernels) {
    OwningOpRef<ModuleOp> module = makeNetwork(weights, inputs);
    ASSERT_TRUE(succeeded(verify(*module)));
    auto evaluator =
        reference::Evaluator::create(*module->getOps<func::FuncOp>().begin());
    ASSERT_TRUE(succeeded(evaluator));
    auto size = static_cast<int64_t>(input.size());
    auto expected = evaluator->run(Tensor({size}, input));
    ASSERT_TRUE(succeeded(expected));
    plan(*module, kernels.vectors);
    countFamilies(*module);
    auto network = compile(*module, kernels.machine);
    ASSERT_TRUE(network);
    ArrayRef<float> rest = expected->front().floats();
    std::vector<float> compiled(rest.size());
    target::Workspace workspace(network->interface());
    void *output = compiled.data();
    ASSERT_EQ(network->run(input.data(), output, workspace.data()), 0);
    ArrayRef<float> found = compiled;
    for (const auto &[text, count] : layers) {
      auto [wrong, right] =
          std::mismatch(found.begin(), found.begin() + count, rest.begin());
      if (wrong != found.begin() + count) {
        ADD_FAILURE() << "element " << wrong - found.begin() << " is " << *wrong
                      << ", expected " << *right << ", seed " << seed << ", "
                      << kernels.name << ": " << text;
      }
      found = found.drop_front(count);
      rest = rest.drop_front(count);
    }
  }

  /// Layers that the families are for: few levels, bytes, one input channel.
  void compareAll(const Kernels &kernels) {
    std::vector<LevelSet> few = {LevelSet::bipolar(),
                                 LevelSet::ternary(),
                                 LevelSet::ternary(),
                                 LevelSet::pow2(2),
                                 LevelSet::pow2(3),
                                 LevelSet::pow2NoZero(2),
                                 LevelSet::integer(2),
                                 LevelSet::odd(2),
                                 LevelSet::unsignedInteger(1),
                                 LevelSet::list({{-3, 0, 1, 5}})};
    std::vector<LevelSet> small = {
        LevelSet::unsignedInteger(1), LevelSet::unsignedInteger(2),
        LevelSet::unsignedInteger(3), LevelSet::unsignedInteger(4)};
    for (int round = 0; round != 2; ++round)
      compare(few, small, kernels);
    std::vector<LevelSet> bytes = {
        LevelSet::integer(8),         LevelSet::integerNarrow(8),
        LevelSet::integer(4),         LevelSet::odd(3),
        LevelSet::unsignedInteger(7), LevelSet::pow2(4),
        LevelSet::ternary(),          LevelSet::bipolar()};
    std::vector<LevelSet> any = {LevelSet::unsignedInteger(8),
                                 LevelSet::integer(8),
                                 LevelSet::unsignedInteger(5),
                                 LevelSet::unsignedInteger(2),
                                 LevelSet::ternary(),
                                 LevelSet::bipolar(),
                                 LevelSet::integer(4),
                                 LevelSet::odd(3),
                                 LevelSet::pow2(3),
                                 LevelSet::pow2NoZero(3),
                                 LevelSet::list({{-7, -1, 0, 2}})};
    for (int round = 0; round != 2; ++round)
      compare(bytes, any, kernels);
    // Sums beyond 16 bits.
    depth = 40;
    std::vector<LevelSet> powers(6, LevelSet::pow2(3));
    compare(powers, LevelSet::unsignedInteger(4), kernels);
    depth = 1;
  }

  std::vector<float> input;
  std::vector<std::pair<std::string, int64_t>> layers;
  std::map<kernel::Family, int> families;
  int longLookups = 0;
  int numInputs = 0;
  int64_t depth = 1; ///< factor of input channels
};

TEST_F(KernelTest, Host) {
  Kernels host = hostKernels();
  if (host.vectors.bytes == 0)
    GTEST_SKIP() << "kernels need vectors";
  compareAll(host);
}

/// Every loop that can be divided is, into as many chunks as there are threads
/// or iterations.
class ThreadsTest : public KernelTest,
                    public testing::WithParamInterface<int> {};

TEST_P(ThreadsTest, GiveWhatTheEvaluatorGives) {
  if (auto runtime = target::loadOpenMP(); !runtime) {
    consumeError(runtime.takeError());
    GTEST_SKIP() << "needs LLVM's OpenMP runtime";
  }
  threads = GetParam();
  compareAll(hostKernels());
  if (threads == 3)
    compareAll({"Loops", target::Machine(), {0, {}}, {}});
}

INSTANTIATE_TEST_SUITE_P(Several, ThreadsTest, testing::Values(2, 3, 5),
                         testing::PrintToStringParamName());

class MachineTest : public KernelTest,
                    public testing::WithParamInterface<Kernels> {};

TEST_P(MachineTest, GivesWhatTheEvaluatorGives) {
  const Kernels &kernels = GetParam();
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  for (const char *feature : kernels.needs)
    if (!host.lookup(feature))
      GTEST_SKIP() << "needs a CPU with " << feature;
  compareAll(kernels);
  EXPECT_GE(families[kernel::Family::Dot], 5);
  EXPECT_GE(families[kernel::Family::Depthwise], 2);
  if (llvm::is_contained(kernels.vectors.features, "ssse3")) {
    EXPECT_GE(families[kernel::Family::Lookup], 5);
  }
  if (llvm::is_contained(kernels.vectors.features, "avx512vbmi")) {
    EXPECT_GE(longLookups, 1);
  }
}

INSTANTIATE_TEST_SUITE_P(X86, MachineTest, testing::ValuesIn(listKernels()),
                         [](const testing::TestParamInfo<Kernels> &info) {
                           return info.param.name;
                         });

} // namespace
