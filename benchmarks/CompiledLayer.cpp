//===- CompiledLayer.cpp - A layer in our own machine code -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "benchmarks/CompiledLayer.h"

#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Driver/Report.h"
#include "lowbit/InitAll.h"
#include "lowbit/Pipelines/Pipelines.h"
#include "lowbit/Target/Object.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "mlir/Pass/PassManager.h"

#include <cmath>
#include <random>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::benchmarks;
using numerics::LevelSet;

//===----------------------------------------------------------------------===//
// The layer in the IR
//===----------------------------------------------------------------------===//

namespace {
/// Makes the module: codes in, convolution, epilogue, codes out.
class LayerBuilder {
public:
  LayerBuilder(MLIRContext &context, const LayerShape &shape,
               const LayerLevels &levels)
      : shape(shape), levels(levels), builder(&context),
        loc(builder.getUnknownLoc()) {}

  OwningOpRef<ModuleOp> build() {
    OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
    builder.setInsertionPointToEnd(module->getBody());
    Type input = getCodes(shape.inputs), output = getCodes(shape.outputs);
    auto function = func::FuncOp::create(
        builder, loc, "main", builder.getFunctionType(input, output));
    Block *block = function.addEntryBlock();
    builder.setInsertionPointToEnd(block);
    Value sums = createConvolution(block->getArgument(0));
    bool hasThresholds = levels.activations.numLevels() <= 16;
    Operation *epilogue = hasThresholds ? createThresholds(sums, output)
                                        : createRescale(sums, output);
    mark(epilogue);
    func::ReturnOp::create(builder, loc, epilogue->getResults());
    return module;
  }

private:
  RankedTensorType getCodes(int64_t channels) {
    return RankedTensorType::get(
        {1, shape.size, shape.size, channels},
        getLevelSetType(builder.getContext(), levels.activations));
  }

  /// What the passes from a recipe would have said about the layer. The kernel
  /// of depthwise layers multiplies.
  void mark(Operation *op) {
    op->setAttr(kLayerAttr, builder.getStringAttr("layer"));
    if (levels.weights.isMultiplierFree() && !shape.isDepthwise)
      op->setAttr(kMultiplierFreeAttr, builder.getUnitAttr());
  }

  /// All levels are equally likely.
  Value createConvolution(Value input) {
    auto type = RankedTensorType::get(
        {shape.outputs, shape.filter, shape.filter,
         shape.inputs / shape.groups()},
        getLevelSetType(builder.getContext(), levels.weights));
    SmallVector<int32_t> weights(type.getNumElements());
    for (int32_t &weight : weights)
      weight = levels.weights.levelAt(random() % levels.weights.numLevels());
    Value weight = ConstantOp::fromLevels(builder, loc, type, weights);
    SmallVector<int64_t> pad(4, shape.pad());
    auto conv = Conv2DOp::create(
        builder, loc, input, weight, pad, ArrayRef<int64_t>{1, 1},
        ArrayRef<int64_t>{1, 1}, shape.groups(), WorstSumsAttr());
    mark(conv);
    return conv;
  }

  static double getMeanSquare(const LevelSet &set) {
    double sum = 0;
    for (uint32_t rank = 0; rank != set.numLevels(); ++rank)
      sum += std::pow(set.levelAt(rank), 2);
    return sum / set.numLevels();
  }

  /// Standard deviation of the sums about 0.
  double getSpread() const {
    return std::sqrt(static_cast<double>(shape.terms()) *
                     getMeanSquare(levels.weights) *
                     getMeanSquare(levels.activations));
  }

  /// A random factor for a channel, from 0.75 to 1.25.
  double pickFactor() {
    return 0.75 + static_cast<double>(random() % 512) / 1024;
  }

  /// Thresholds of each channel, such that every level occurs.
  Operation *createThresholds(Value sums, Type output) {
    auto steps = static_cast<int64_t>(levels.activations.numLevels()) - 1;
    SmallVector<int32_t> thresholds;
    for (int64_t channel = 0; channel != shape.outputs; ++channel) {
      double step = getSpread() / static_cast<double>(steps) * pickFactor();
      for (int64_t i = 0; i != steps; ++i)
        thresholds.push_back(
            std::lround((static_cast<double>(i) + 0.5) * step));
    }
    Value table = createConstant({shape.outputs, steps}, ArrayRef(thresholds));
    return ThresholdOp::create(builder, loc, output, sums, table,
                               DenseI8ArrayAttr());
  }

  /// A multiplier and an offset of each channel; negative results become 0.
  Operation *createRescale(Value sums, Type output) {
    constexpr int64_t shift = 24;
    double unit =
        std::ldexp(levels.activations.maxLevel() / 2.0 / getSpread(), shift);
    SmallVector<int64_t> multipliers, offsets;
    for (int64_t channel = 0; channel != shape.outputs; ++channel) {
      multipliers.push_back(std::llround(unit * pickFactor()));
      offsets.push_back(
          std::llround(std::ldexp(8 * (pickFactor() - 1), shift)));
    }
    return RescaleOp::create(
        builder, loc, output, sums,
        createConstant({shape.outputs}, ArrayRef(multipliers)),
        createConstant({shape.outputs}, ArrayRef(offsets)),
        ArrayRef<int64_t>{shift}, RoundingMode::HalfUp, DenseI64ArrayAttr());
  }

  template <typename T>
  Value createConstant(ArrayRef<int64_t> shape, ArrayRef<T> elements) {
    auto type =
        RankedTensorType::get(shape, builder.getIntegerType(8 * sizeof(T)));
    return arith::ConstantOp::create(builder, loc,
                                     DenseElementsAttr::get(type, elements));
  }

  const LayerShape &shape;
  const LayerLevels &levels;
  OpBuilder builder;
  Location loc;
  std::mt19937 random; // with its default seed
};
} // namespace

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

static LogicalResult runPasses(ModuleOp module,
                               function_ref<void(OpPassManager &)> build) {
  PassManager passes(module.getContext());
  build(passes);
  return passes.run(module);
}

static LogicalResult plan(ModuleOp module) {
  auto vectors = target::describeVectors(target::Machine());
  if (!vectors)
    return module.emitError(llvm::toString(vectors.takeError()));
  PlanOptions options;
  options.vectorBytes = vectors->bytes;
  options.features = vectors->features;
  return runPasses(module, [&](OpPassManager &passes) {
    buildPlanPipeline(passes, options);
  });
}

/// Null after an error was reported.
static std::unique_ptr<target::Network> load(ModuleOp module) {
  if (failed(runPasses(module, buildLoopsPipeline)))
    return nullptr;
  auto interface = target::getInterface(module, "net");
  if (failed(interface) || failed(runPasses(module, [](OpPassManager &passes) {
        buildLLVMPipeline(passes, LLVMOptions());
      })))
    return nullptr;
  auto object = target::emitObject(module, *interface, target::Machine());
  if (failed(object))
    return nullptr;
  auto network = target::loadObject(*object, *interface);
  if (!network) {
    module.emitError(llvm::toString(network.takeError()));
    return nullptr;
  }
  return std::move(*network);
}

std::unique_ptr<CompiledLayer>
CompiledLayer::create(const LayerShape &shape, const LayerLevels &levels) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  OwningOpRef<ModuleOp> module = LayerBuilder(context, shape, levels).build();
  if (failed(plan(*module)))
    return nullptr;
  std::string kernel = driver::makeReport(*module, {}).layers.front().kernel;
  auto network = load(*module);
  if (!network)
    return nullptr;
  return std::unique_ptr<CompiledLayer>(
      new CompiledLayer(std::move(network), kernel, levels.activations));
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

CompiledLayer::CompiledLayer(std::unique_ptr<target::Network> network,
                             std::string kernel, const LevelSet &activations)
    : network(std::move(network)), kernelName(std::move(kernel)),
      workspace(this->network->interface()),
      input(this->network->interface().inputs.front().numBytes()),
      output(this->network->interface().outputs.front().numBytes()) {
  // The levels that are used here lie in memory as they are, one in a byte.
  std::mt19937 random;
  for (char &byte : input)
    byte = static_cast<char>(
        activations.levelAt(random() % activations.numLevels()));
}

bool CompiledLayer::run() {
  void *result = output.data();
  return network->run(input.data(), result, workspace.data()) == 0;
}
