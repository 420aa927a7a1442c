//===- FloatKernelTest.cpp - Float kernels against the evaluator -*- C++
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
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Verifier.h"
#include "test/Unit/Conversion/CompiledTest.h"
#include "llvm/TargetParser/Host.h"

#include <bit>
#include <map>

using namespace mlir;
using namespace lowbit;
using reference::Tensor;

namespace {

constexpr unsigned seed = 1;

/// Sizes of vectors, and a machine that has them.
struct FloatMachine {
  const char *name, *cpu;
  unsigned bytes;
  std::vector<const char *> needs; ///< features of the host
};

std::vector<FloatMachine> listMachines() {
  std::vector<const char *> hasV3 = {"avx2", "bmi2", "fma", "lzcnt", "movbe"},
                            hasV4 = {"avx2", "avx512bw", "avx512cd", "avx512dq",
                                     "avx512vl"};
  return {{"Sse2", "x86-64", 16, {}},
          {"Avx2", "x86-64-v3", 32, hasV3},
          {"Avx512", "x86-64-v4", 64, hasV4},
          {"Avx512Half", "x86-64-v4", 32, hasV4}};
}

/// A network of float layers side by side. Each takes its activations from the
/// next elements of the one input, and adds its results to the one output.
class FloatKernelTest : public CompiledTest {
protected:
  FloatKernelTest() : CompiledTest(seed), builder(&context) {}

  Location loc() { return builder.getUnknownLoc(); }
  Type f32() { return builder.getF32Type(); }

  /// A number whose sums round; sometimes 0, of either sign, and not normal.
  float pickFloat() {
    switch (pick(0, 9)) {
    case 0:
      return pick(0, 1) ? 0.0f : -0.0f;
    case 1:
      return static_cast<float>(pick(-9, 9)) * 1e-40f;
    default:
      return static_cast<float>(pick(-1000000, 1000000)) / 300007.0f;
    }
  }

  SmallVector<float> pickFloats(int64_t count) {
    SmallVector<float> values(count);
    for (float &value : values)
      value = pickFloat();
    return values;
  }

  Value createConstant(ArrayRef<int64_t> shape) {
    auto type = RankedTensorType::get(shape, f32());
    auto values = pickFloats(type.getNumElements());
    return tosa::ConstOp::create(
        builder, loc(), type, DenseElementsAttr::get(type, ArrayRef(values)));
  }

  Value createZero() {
    auto type = RankedTensorType::get({1}, f32());
    return tosa::ConstOp::create(builder, loc(), type,
                                 DenseElementsAttr::get(type, 0.0f));
  }

  Value createInput(ArrayRef<int64_t> shape) {
    auto first = static_cast<int64_t>(input.size());
    llvm::append_range(input, pickFloats(ShapedType::getNumElements(shape)));
    return createPart(builder, all, first, shape);
  }

  //===------------------------------------------------------------------===//
  // Layers
  //===------------------------------------------------------------------===//

  int64_t pickChannels() { return pick(0, 1) ? pick(1, 9) : pick(10, 70); }

  struct Geometry {
    SmallVector<int64_t> filter, pad, stride, dilation, image, output;
  };

  /// Windows that end where the padded image does, as TOSA has them.
  Geometry pickGeometry() {
    Geometry geometry;
    bool isPointwise = pick(0, 3) == 0;
    for (int axis = 0; axis != 2; ++axis) {
      int64_t filter = isPointwise ? 1 : pick(1, 4);
      int64_t stride = pick(0, 1) ? 1 : pick(1, 3);
      int64_t dilation = pick(0, 2) ? 1 : pick(1, 3);
      int64_t low = pick(0, 1) ? 0 : pick(0, 2), high = pick(0, low);
      int64_t output = pick(1, 19);
      int64_t image = (output - 1) * stride + (filter - 1) * dilation + 1;
      if (image <= low + high)
        low = high = 0;
      geometry.filter.push_back(filter);
      geometry.stride.push_back(stride);
      geometry.dilation.push_back(dilation);
      geometry.pad.append({low, high});
      geometry.output.push_back(output);
      geometry.image.push_back(image - low - high);
    }
    return geometry;
  }

  Value createBias(int64_t channels) {
    switch (pick(0, 3)) {
    case 0:
      return createZero();
    case 1:
      return createInput({channels});
    default:
      return createConstant({pick(0, 1) ? channels : int64_t(1)});
    }
  }

  Value createConvolution() {
    Geometry at = pickGeometry();
    int64_t batch = pick(1, 2), channels = pick(1, 20),
            outputs = pickChannels();
    Value image = createInput({batch, at.image[0], at.image[1], channels});
    Value weight =
        createConstant({outputs, at.filter[0], at.filter[1], channels});
    auto type = RankedTensorType::get(
        {batch, at.output[0], at.output[1], outputs}, f32());
    return tosa::Conv2DOp::create(
        builder, loc(), type, image, weight, createBias(outputs), createZero(),
        createZero(), at.pad, at.stride, at.dilation, f32());
  }

  Value createDepthwise() {
    Geometry at = pickGeometry();
    int64_t batch = pick(1, 2), channels = pickChannels();
    int64_t multiplier = channels == 1 ? pick(1, 20) : 1;
    int64_t outputs = channels * multiplier;
    Value image = createInput({batch, at.image[0], at.image[1], channels});
    Value weight =
        createConstant({at.filter[0], at.filter[1], channels, multiplier});
    auto type = RankedTensorType::get(
        {batch, at.output[0], at.output[1], outputs}, f32());
    return tosa::DepthwiseConv2DOp::create(
        builder, loc(), type, image, weight, createBias(outputs), createZero(),
        createZero(), at.pad, at.stride, at.dilation, f32());
  }

  Value createProduct() {
    int64_t rows = pick(1, 9), common = pick(1, 50), columns = pickChannels();
    bool isPlanned = pick(0, 2) != 0;
    Value lhs = createInput({1, rows, common});
    Value rhs = isPlanned ? createConstant({1, common, columns})
                          : createInput({1, common, columns});
    numPlanned -= !isPlanned;
    auto type = RankedTensorType::get({1, rows, columns}, f32());
    return tosa::MatMulOp::create(builder, loc(), type, lhs, rhs, createZero(),
                                  createZero());
  }

  /// What no kernel computes.
  Value createMaximum() {
    Geometry at = pickGeometry();
    for (int axis = 0; axis != 2; ++axis) {
      at.image[axis] = (at.output[axis] - 1) * at.stride[axis] +
                       at.filter[axis] - at.pad[2 * axis] -
                       at.pad[2 * axis + 1];
      if (at.image[axis] < 1 || at.filter[axis] <= at.pad[2 * axis]) {
        at.image[axis] += at.pad[2 * axis] + at.pad[2 * axis + 1];
        at.pad[2 * axis] = at.pad[2 * axis + 1] = 0;
      }
    }
    int64_t batch = pick(1, 2), channels = pickChannels();
    Value image = createInput({batch, at.image[0], at.image[1], channels});
    auto type = RankedTensorType::get(
        {batch, at.output[0], at.output[1], channels}, f32());
    --numPlanned;
    return tosa::MaxPool2dOp::create(
        builder, loc(), type, image, builder.getDenseI64ArrayAttr(at.filter),
        builder.getDenseI64ArrayAttr(at.stride),
        builder.getDenseI64ArrayAttr(at.pad),
        tosa::NanPropagationModeAttr::get(&context,
                                          tosa::NanPropagationMode::PROPAGATE));
  }

  Value createLayer() {
    ++numPlanned;
    switch (pick(0, 5)) {
    case 0:
      return createProduct();
    case 5:
      return createMaximum();
    case 1:
      return createDepthwise();
    default:
      return createConvolution();
    }
  }

  /// What may follow a layer and is fused with it.
  Value createEpilogue(Value sums) {
    auto type = cast<RankedTensorType>(sums.getType());
    if (pick(0, 2) == 0)
      sums = tosa::AddOp::create(builder, loc(), type, sums,
                                 createInput(type.getShape()));
    if (pick(0, 1))
      sums = tosa::ClampOp::create(
          builder, loc(), type, sums, builder.getF32FloatAttr(0.0f),
          builder.getF32FloatAttr(6.0f),
          tosa::NanPropagationModeAttr::get(
              &context, tosa::NanPropagationMode::PROPAGATE));
    return sums;
  }

  OwningOpRef<ModuleOp> makeNetwork(int numLayers) {
    input.clear();
    texts.clear();
    OwningOpRef<ModuleOp> module = ModuleOp::create(loc());
    builder.setInsertionPointToEnd(module->getBody());
    auto type = RankedTensorType::get({ShapedType::kDynamic}, f32());
    auto function = func::FuncOp::create(builder, loc(), "main",
                                         builder.getFunctionType(type, {}));
    Block *block = function.addEntryBlock();
    builder.setInsertionPointToEnd(block);
    all = block->getArgument(0);
    SmallVector<Value> parts;
    for (int layer = 0; layer != numLayers; ++layer)
      parts.push_back(nameLayer(layer));
    Value results = tensor::ConcatOp::create(builder, loc(), 0, parts);
    func::ReturnOp::create(builder, loc(), results);
    auto known =
        RankedTensorType::get({static_cast<int64_t>(input.size())}, f32());
    all.setType(known);
    function.setType(builder.getFunctionType(known, results.getType()));
    return module;
  }

  /// A layer with its epilogue under one name; its results in one dimension.
  Value nameLayer(int number) {
    Value sums = createLayer(), result = createEpilogue(sums);
    auto name = builder.getStringAttr("layer" + std::to_string(number));
    for (Value value = result;; value = value.getDefiningOp()->getOperand(0)) {
      value.getDefiningOp()->setAttr(kLayerAttr, name);
      if (value == sums)
        break;
    }
    std::string text;
    llvm::raw_string_ostream(text) << sums.getDefiningOp()->getName() << " "
                                   << sums.getDefiningOp()->getAttrDictionary();
    auto type = cast<RankedTensorType>(result.getType());
    texts.push_back({text, type.getNumElements()});
    return tensor::CollapseShapeOp::create(
        builder, loc(), result,
        SmallVector<ReassociationIndices>{
            llvm::to_vector<2>(llvm::seq<int64_t>(0, type.getRank()))});
  }

  //===------------------------------------------------------------------===//
  // Comparison
  //===------------------------------------------------------------------===//

  void compare(const target::Machine &machine, const target::Vectors &vectors) {
    constexpr int numLayers = 30;
    OwningOpRef<ModuleOp> module = makeNetwork(numLayers);
    ASSERT_TRUE(succeeded(verify(*module)));
    auto evaluator =
        reference::Evaluator::create(*module->getOps<func::FuncOp>().begin());
    ASSERT_TRUE(succeeded(evaluator));
    auto size = static_cast<int64_t>(input.size());
    auto expected = evaluator->run(Tensor({size}, input));
    ASSERT_TRUE(succeeded(expected));
    plan(*module, vectors);
    module->walk([&](Operation *op) {
      if (auto plan = op->getAttrOfType<kernel::PlanAttr>(kernel::kPlanAttr))
        ++families[plan.getFamily()];
    });
    auto network = compile(*module, machine);
    ASSERT_TRUE(network);
    std::vector<float> found(expected->front().floats().size());
    target::Workspace workspace(network->interface());
    void *output = found.data();
    ASSERT_EQ(network->run(input.data(), output, workspace.data()), 0);
    report(found, expected->front().floats(), vectors.bytes != 0);
    EXPECT_EQ(families[kernel::Family::Float] +
                  families[kernel::Family::FloatDepthwise],
              vectors.bytes == 0 ? 0 : numPlanned);
  }

  /// Names the layers whose results differ in any bit; without vectors, in more
  /// than the sign of a zero.
  void report(ArrayRef<float> found, ArrayRef<float> expected,
              bool hasVectors) {
    for (const auto &[text, count] : texts) {
      for (int64_t i = 0; i != count; ++i)
        if (std::bit_cast<uint32_t>(found[i]) !=
                std::bit_cast<uint32_t>(expected[i]) &&
            (hasVectors || found[i] != expected[i])) {
          ADD_FAILURE() << "element " << i << " is " << found[i]
                        << ", expected " << expected[i] << ", seed " << seed
                        << ": " << text;
          break;
        }
      found = found.drop_front(count);
      expected = expected.drop_front(count);
    }
  }

  OpBuilder builder;
  Value all;
  std::vector<float> input;
  std::vector<std::pair<std::string, int64_t>> texts;
  std::map<kernel::Family, int> families;
  int numPlanned = 0; ///< layers that a kernel computes, if there are vectors
};

TEST_F(FloatKernelTest, Host) {
  auto vectors = target::describeVectors(target::Machine());
  ASSERT_TRUE(static_cast<bool>(vectors));
  compare(target::Machine(), *vectors);
}

TEST_F(FloatKernelTest, PlainLoops) {
  compare(target::Machine(), target::Vectors{0, {}});
}

class FloatMachineTest : public FloatKernelTest,
                         public testing::WithParamInterface<FloatMachine> {};

TEST_P(FloatMachineTest, GivesTheBitsOfTheEvaluator) {
  const FloatMachine &machine = GetParam();
  if (!llvm::sys::getDefaultTargetTriple().starts_with("x86_64"))
    GTEST_SKIP() << "needs an x86-64 processor";
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  for (const char *feature : machine.needs)
    if (!host.lookup(feature))
      GTEST_SKIP() << "needs a CPU with " << feature;
  compare({"", machine.cpu, ""}, {machine.bytes, {}});
}

INSTANTIATE_TEST_SUITE_P(X86, FloatMachineTest,
                         testing::ValuesIn(listMachines()),
                         [](const testing::TestParamInfo<FloatMachine> &info) {
                           return info.param.name;
                         });

} // namespace
