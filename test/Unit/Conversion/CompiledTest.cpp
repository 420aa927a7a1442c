//===- CompiledTest.cpp - Networks of random layers, compiled -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Conversion/CompiledTest.h"

#include "lowbit/InitAll.h"
#include "lowbit/Pipelines/Pipelines.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

CompiledTest::CompiledTest(unsigned seed) : random(seed) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  context.appendDialectRegistry(registry);
  context.loadAllAvailableDialects();
}

Value CompiledTest::createCodes(OpBuilder &builder, Value reals,
                                const LevelSet &set) {
  Location loc = builder.getUnknownLoc();
  SmallVector<float> thresholds;
  for (uint32_t rank = 1; rank != set.numLevels(); ++rank)
    thresholds.push_back(
        (static_cast<float>(set.levelAt(rank - 1)) + set.levelAt(rank)) / 2);
  auto type = RankedTensorType::get(
      {1, static_cast<int64_t>(thresholds.size())}, builder.getF32Type());
  Value table = arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(type, ArrayRef<float>(thresholds)));
  return ThresholdOp::create(builder, loc,
                             cast<RankedTensorType>(reals.getType())
                                 .clone(getLevelSetType(&context, set)),
                             reals, table, DenseI8ArrayAttr());
}

Value CompiledTest::createPart(OpBuilder &builder, Value all, int64_t first,
                               ArrayRef<int64_t> shape) {
  Location loc = builder.getUnknownLoc();
  int64_t size = ShapedType::getNumElements(shape);
  Value flat = tensor::ExtractSliceOp::create(
      builder, loc, all, ArrayRef<OpFoldResult>{builder.getIndexAttr(first)},
      ArrayRef<OpFoldResult>{builder.getIndexAttr(size)},
      ArrayRef<OpFoldResult>{builder.getIndexAttr(1)});
  auto dims = llvm::seq<int64_t>(0, static_cast<int64_t>(shape.size()));
  return tensor::ExpandShapeOp::create(
      builder, loc, RankedTensorType::get(shape, builder.getF32Type()), flat,
      SmallVector<ReassociationIndices>{llvm::to_vector<2>(dims)});
}

void CompiledTest::runPasses(ModuleOp module,
                             function_ref<void(OpPassManager &)> build) {
  PassManager passes(&context);
  build(passes);
  ASSERT_TRUE(succeeded(passes.run(module)));
}

void CompiledTest::plan(ModuleOp module, const target::Vectors &vectors) {
  runPasses(module, [&](OpPassManager &passes) {
    PlanOptions options;
    options.vectorBytes = vectors.bytes;
    options.features = vectors.features;
    options.threads = threads;
    options.leastChunkNs = 0;
    buildPlanPipeline(passes, options);
  });
}

std::unique_ptr<target::Network>
CompiledTest::compile(ModuleOp module, const target::Machine &machine) {
  runPasses(module, buildLoopsPipeline);
  auto interface = target::getInterface(module, "net");
  EXPECT_TRUE(succeeded(interface));
  if (HasFatalFailure() || failed(interface))
    return nullptr;
  runPasses(module, [&](OpPassManager &passes) {
    LLVMOptions options;
    options.threads = interface->threads;
    buildLLVMPipeline(passes, options);
  });
  if (HasFatalFailure())
    return nullptr;
  auto object = target::emitObject(module, *interface, machine);
  EXPECT_TRUE(succeeded(object));
  if (failed(object))
    return nullptr;
  auto network = target::loadObject(*object, *interface);
  if (!network) {
    ADD_FAILURE() << llvm::toString(network.takeError());
    return nullptr;
  }
  return std::move(*network);
}
