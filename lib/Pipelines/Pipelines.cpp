//===- Pipelines.cpp - The stages of the ladder -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Pipelines/Pipelines.h"

#include "lowbit/Conversion/Passes.h"
#include "lowbit/Recipe/Recipe.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Conversion/TosaToLinalg/TosaToLinalg.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/Tosa/Transforms/Passes.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace lowbit;

/// Dead code and duplicates that the passes of a stage leave behind.
static void addCleanup(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

//===----------------------------------------------------------------------===//
// L0 to L4: what is computed
//===----------------------------------------------------------------------===//

void lowbit::buildSourcePipeline(OpPassManager &pm,
                                 const SourceOptions &options) {
  // A free batch gets a size: all that follows needs static shapes.
  SpecializeBatchPassOptions batch;
  batch.batch = options.batch;
  pm.addPass(createSpecializeBatchPass(batch));
  // Shapes and operations are checked first, so that later passes can rely on
  // them and errors point into the user's own program.
  pm.addPass(createVerifySourcePass());
  // Weights may be scaled or cast constants: they become plain ones.
  pm.addNestedPass<func::FuncOp>(createFoldConstantsPass());
  // Arithmetic follows its layer, reshapes and transposes come after it.
  pm.addNestedPass<func::FuncOp>(createSinkDataMovementPass());
  // Upstream's patterns (pads into convolutions) make new operations, on which
  // the attributes of the next pass would be lost.
  pm.addPass(createCanonicalizerPass());
  // Levels show in the weights as they were trained, not times gains.
  pm.addNestedPass<func::FuncOp>(createFindTrainedLevelsPass());
  // A batch norm is arithmetic of the convolution in front of it.
  pm.addNestedPass<func::FuncOp>(createFoldBatchNormPass());
  // Upstream's patterns (pads into convolutions, transposes that cancel) make
  // new operations, which would have no names.
  pm.addPass(createCanonicalizerPass());
  // Names come before layers are merged or moved: users know this program.
  pm.addNestedPass<func::FuncOp>(createNameLayersPass());
  addCleanup(pm);
  pm.addPass(createVerifySourcePass());
}

void lowbit::buildImportPipeline(OpPassManager &pm) {
  // Quantized already: integers stay the integers that they are.
  pm.addNestedPass<func::FuncOp>(createImportQuantizedPass());
  addCleanup(pm);
  pm.addPass(createVerifyIntegerPass());
}

void lowbit::buildAnnotatePipeline(OpPassManager &pm,
                                   const QuantizationOptions &options) {
  // A network in integers becomes float first, as far as a recipe can act on
  // it; its weights may hold levels, too, and its rescales are batch norms.
  pm.addNestedPass<func::FuncOp>(createDequantizeTosaPass());
  pm.addNestedPass<func::FuncOp>(createFindTrainedLevelsPass());
  pm.addNestedPass<func::FuncOp>(createFoldBatchNormPass());
  // The recipe says which layers become integer and with how many bits.
  AssignSchemesPassOptions schemes;
  schemes.recipe = options.recipe;
  pm.addNestedPass<func::FuncOp>(createAssignSchemesPass(schemes));
  // Quantizers go in front of them, calibrated on the float network.
  InsertSqueezeThresholdPassOptions insertion;
  insertion.calibration = options.calibration;
  insertion.samples = options.samples;
  insertion.normalization = options.normalization;
  insertion.threads = options.threads;
  insertion.recipe = options.recipe;
  pm.addNestedPass<func::FuncOp>(createInsertSqueezeThresholdPass(insertion));
  pm.addPass(createVerifyAnnotatedPass());
}

void lowbit::buildQuantizePipeline(OpPassManager &pm) {
  // Trained quantizers get constant thresholds, which is all that integers
  // know.
  pm.addNestedPass<func::FuncOp>(createFreezeSqueezeThresholdPass());
  // Layers compute on codes; scales and biases stay behind them in float.
  pm.addNestedPass<func::FuncOp>(createQuantizeWeightsPass());
  addCleanup(pm);
  pm.addPass(createVerifyQuantizedPass());
}

void lowbit::buildIntegerPipeline(OpPassManager &pm) {
  // Float between integers becomes thresholds, rescales and integer adds. From
  // here on every transformation is exact.
  pm.addNestedPass<func::FuncOp>(createMakeIntegerPass());
  addCleanup(pm);
  pm.addPass(createVerifyIntegerPass());
}

void lowbit::buildPlanPipeline(OpPassManager &pm, const PlanOptions &options) {
  // Accumulators as narrow as the weights prove; while producers are in sight.
  pm.addNestedPass<func::FuncOp>(createNarrowSumsPass());
  // What the object will hold is in the types from here on.
  pm.addNestedPass<func::FuncOp>(createPackWeightsPass());
  // Who computes each of them on this machine.
  SelectKernelsPassOptions kernels;
  kernels.bytes = options.vectorBytes;
  kernels.features.assign(options.features.begin(), options.features.end());
  kernels.kernel = options.kernel;
  kernels.arithmetic = options.arithmetic;
  kernels.costs = options.costs;
  kernels.threads = options.threads;
  kernels.leastChunkNs = options.leastChunkNs;
  pm.addPass(createSelectKernelsPass(kernels));
  // A function for each layer: the unit of kernels, reports and proofs.
  pm.addPass(createOutlineLayersPass());
  // Hashes of what passes between layers, which only now have their final form.
  if (options.checksums)
    pm.addNestedPass<func::FuncOp>(createInsertChecksumsPass());
  addCleanup(pm);
  pm.addPass(createVerifyPlannedPass());
}

//===----------------------------------------------------------------------===//
// L5 and L6: how it runs
//===----------------------------------------------------------------------===//

/// What is left in TOSA goes upstream's way to linalg. tosa-to-scf stands
/// before tosa-to-linalg, which cannot lower scatter and cond_if.
static void addTosaToLinalg(OpPassManager &pm) {
  OpPassManager &function = pm.nest<func::FuncOp>();
  function.addPass(tosa::createTosaOptionalDecompositionsPass());
  function.addPass(createCanonicalizerPass());
  function.addPass(tosa::createTosaInferShapesPass());
  function.addPass(tosa::createTosaMakeBroadcastablePass());
  function.addPass(tosa::createTosaToLinalgNamed());
  function.addPass(createCanonicalizerPass());
  function.addPass(tosa::createTosaLayerwiseConstantFoldPass());
  function.addPass(tosa::createTosaMakeBroadcastablePass());
  function.addPass(createTosaToSCFPass());
  function.addPass(tosa::createTosaToLinalg());
  function.addPass(createTosaToTensorPass());
  TosaToArithPassOptions arith;
  arith.includeApplyRescale = true;
  function.addPass(createTosaToArithPass(arith));
}

static void addBufferization(OpPassManager &pm) {
  bufferization::OneShotBufferizePassOptions bufferize;
  bufferize.bufferizeFunctionBoundaries = true;
  bufferize.functionBoundaryTypeConversion =
      bufferization::LayoutMapOption::IdentityLayoutMap;
  pm.addPass(bufferization::createOneShotBufferizePass(bufferize));
  // The caller owns the results; the attribute tells them from arguments.
  bufferization::BufferResultsToOutParamsPassOptions results;
  results.addResultAttribute = true;
  results.hoistStaticAllocs = true;
  results.modifyPublicFunctions = true;
  pm.addPass(bufferization::createBufferResultsToOutParamsPass(results));
  addCleanup(pm);
}

void lowbit::buildLoopsPipeline(OpPassManager &pm) {
  // Float layers that have a plan, before upstream's way takes all of TOSA.
  pm.addNestedPass<func::FuncOp>(createConvertTosaToKernelPass());
  // Others sum in the same order.
  pm.addNestedPass<func::FuncOp>(createSeparateBiasPass());
  addTosaToLinalg(pm);
  pm.addPass(createConvertLowbitToLinalgPass());
  pm.addPass(createExpandMathPass());
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(createConvertElementwiseToLinalgPass());
  // What follows a kernel is computed while its sums are in registers.
  pm.addNestedPass<func::FuncOp>(createFuseEpiloguesPass());
  // And elementwise operations behind one another are one loop.
  pm.addNestedPass<func::FuncOp>(createLinalgElementwiseOpFusionPass());
  addBufferization(pm);
  // Copies become loops before buffers become views, whose strides would call
  // for a runtime.
  pm.addPass(createLowerCopiesPass());
  pm.addPass(createPlanWorkspacePass());
  // Bufferization orders constants by their addresses in this process; objects
  // are to be the same at every run.
  pm.addPass(createSortConstantsPass());
  pm.addPass(createVectorizeLinalgPass());
  pm.addPass(createShareLoopsPass());
  pm.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  pm.addPass(createConvertKernelToVectorPass());
  pm.addPass(createLowerKernelStepsPass());
  addCleanup(pm);
  pm.addPass(createVerifyLoopsPass());
}

/// The C function, and what threads share of its layers.
static void addEntryPoint(OpPassManager &pm, const LLVMOptions &options) {
  // Chunks become functions, whose arguments the next pass says not to overlap;
  // the loops around their calls become regions of OpenMP.
  if (options.threads > 1)
    pm.addPass(createOutlineChunksPass());
  // Pointer checks and the C name, while arguments are still buffers.
  EmitEntryPointPassOptions entry;
  entry.name = options.name;
  pm.addPass(createEmitEntryPointPass(entry));
  if (options.threads <= 1)
    return;
  ConvertSCFToOpenMPPassOptions regions;
  regions.numThreads = static_cast<unsigned>(options.threads);
  pm.addPass(createConvertSCFToOpenMPPass(regions));
}

void lowbit::buildLLVMPipeline(OpPassManager &pm, const LLVMOptions &options) {
  addEntryPoint(pm, options);
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createConvertVectorToLLVMPass());
  unsigned width = options.indexBitwidth;
  ConvertMathToLLVMPassOptions math;
  pm.addNestedPass<func::FuncOp>(createConvertMathToLLVMPass(math));
  ArithToLLVMConversionPassOptions arith;
  arith.indexBitwidth = width;
  pm.addPass(createArithToLLVMConversionPass(arith));
  FinalizeMemRefToLLVMConversionPassOptions buffers;
  buffers.indexBitwidth = width;
  pm.addPass(createFinalizeMemRefToLLVMConversionPass(buffers));
  // Static buffers with identity layout pass as bare pointers: a C interface.
  ConvertFuncToLLVMPassOptions functions;
  functions.useBarePtrCallConv = true;
  functions.indexBitwidth = width;
  pm.addPass(createConvertFuncToLLVMPass(functions));
  ConvertControlFlowToLLVMPassOptions controlFlow;
  controlFlow.indexBitwidth = width;
  pm.addPass(createConvertControlFlowToLLVMPass(controlFlow));
  ConvertIndexToLLVMPassOptions index;
  index.indexBitwidth = width;
  pm.addPass(createConvertIndexToLLVMPass(index));
  UBToLLVMConversionPassOptions ub;
  ub.indexBitwidth = width;
  pm.addPass(createUBToLLVMConversionPass(ub));
  if (options.threads > 1)
    pm.addPass(createConvertOpenMPToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  addCleanup(pm);
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static void buildToLLVMPipeline(OpPassManager &pm,
                                const ToLLVMOptions &options) {
  SourceOptions source;
  source.batch = options.batch;
  buildSourcePipeline(pm, source);
  if (options.recipe.empty()) {
    buildImportPipeline(pm);
  } else {
    QuantizationOptions quantization;
    quantization.recipe = options.recipe;
    quantization.calibration = options.calibration;
    quantization.samples = options.samples;
    quantization.normalization = options.normalization;
    buildAnnotatePipeline(pm, quantization);
    buildQuantizePipeline(pm);
    buildIntegerPipeline(pm);
  }
  PlanOptions plan;
  plan.checksums = options.checksums;
  buildPlanPipeline(pm, plan);
  buildLoopsPipeline(pm);
  LLVMOptions llvm;
  llvm.name = options.name;
  buildLLVMPipeline(pm, llvm);
}

void lowbit::registerPipelines() {
  PassPipelineRegistration<SourceOptions>(
      "lowbit-source-pipeline",
      "L0: fix the batch of a TOSA network, fold constants and batch norms, "
      "name its layers",
      buildSourcePipeline);
  PassPipelineRegistration<>(
      "lowbit-import-pipeline",
      "L0 to L3: put the layers of an integer network onto codes",
      buildImportPipeline);
  PassPipelineRegistration<QuantizationOptions>(
      "lowbit-annotate-pipeline",
      "L0 to L1: attach a recipe and insert calibrated activation quantizers",
      buildAnnotatePipeline);
  PassPipelineRegistration<>(
      "lowbit-quantize-pipeline",
      "L1 to L2: quantize weights, put layers onto codes",
      buildQuantizePipeline);
  PassPipelineRegistration<>(
      "lowbit-integer-pipeline",
      "L2 to L3: absorb scales, biases and ReLUs into integers",
      buildIntegerPipeline);
  PassPipelineRegistration<PlanOptions>(
      "lowbit-plan-pipeline",
      "L3 to L4: pack weights, make a function for every layer",
      buildPlanPipeline);
  PassPipelineRegistration<>("lowbit-loops-pipeline",
                             "L4 to L5: loops over one workspace",
                             buildLoopsPipeline);
  PassPipelineRegistration<LLVMOptions>(
      "lowbit-llvm-pipeline",
      "L5 to L6: the llvm dialect, with the C entry point", buildLLVMPipeline);
  PassPipelineRegistration<ToLLVMOptions>(
      "lowbit-to-llvm", "The whole way from a TOSA network to the llvm dialect",
      buildToLLVMPipeline);
}
