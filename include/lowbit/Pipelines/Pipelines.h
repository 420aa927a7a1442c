//===- Pipelines.h - The stages of the ladder -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_PIPELINES_PIPELINES_H
#define LOWBIT_PIPELINES_PIPELINES_H

#include "dialects/Kernel/KernelDialect.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

namespace lowbit {

/// What the source is taken as.
struct SourceOptions : mlir::PassPipelineOptions<SourceOptions> {
  Option<unsigned> batch{*this, "batch",
                         llvm::cl::desc("Batch size of the inputs, 0: as it "
                                        "is, 1 where it is free"),
                         llvm::cl::init(0)};
};

/// What turns a float network into a quantized one.
struct QuantizationOptions : mlir::PassPipelineOptions<QuantizationOptions> {
  Option<std::string> recipe{*this, "recipe",
                             llvm::cl::desc("Recipe file (YAML)")};
  Option<std::string> calibration{
      *this, "calibration",
      llvm::cl::desc("Calibration data: cifar10:FILE, idx:IMAGES,LABELS, "
                     "npy:X, an image or a folder")};
  Option<unsigned> samples{*this, "samples",
                           llvm::cl::desc("Calibration samples, 0: as the "
                                          "recipe says"),
                           llvm::cl::init(0)};
  Option<std::string> normalization{
      *this, "normalization",
      llvm::cl::desc("scale=S,mean=A:B:C,deviation=D:E:F; empty: as the "
                     "recipe says")};
  Option<unsigned> threads{*this, "threads",
                           llvm::cl::desc("Calibration threads, 0: all cores"),
                           llvm::cl::init(0)};
};

struct PlanOptions : mlir::PassPipelineOptions<PlanOptions> {
  Option<bool> checksums{
      *this, "checksums",
      llvm::cl::desc("Return the checksum of every layer as a last result"),
      llvm::cl::init(false)};
  Option<int64_t> vectorBytes{
      *this, "vector-bytes",
      llvm::cl::desc("Bytes of the target's vectors: 0, 16, 32 or 64"),
      llvm::cl::init(0)};
  ListOption<std::string> features{
      *this, "features",
      llvm::cl::desc("Instructions of the target, as LLVM names its features")};
  Option<std::string> kernel{
      *this, "kernel",
      llvm::cl::desc("auto, or the only kernel to use: loops, dot, depthwise, "
                     "lookup, shift, float or float_depthwise"),
      llvm::cl::init("auto")};
  Option<std::string> arithmetic{
      *this, "arithmetic",
      llvm::cl::desc("shift: no multiplications where weights can do without; "
                     "any: with them"),
      llvm::cl::init("shift")};
  Option<std::string> costs{
      *this, "costs",
      llvm::cl::desc("costs of steps in YAML; empty: the known ones"),
      llvm::cl::init("")};
  Option<int64_t> threads{
      *this, "threads",
      llvm::cl::desc("Threads that one run of the network uses, 1 to 256"),
      llvm::cl::init(1)};
  Option<int64_t> leastChunkNs{
      *this, "least-chunk-ns",
      llvm::cl::desc("How long what a thread does must take at least, in "
                     "nanoseconds by estimate"),
      llvm::cl::init(kernel::kLeastChunkNs)};
};

struct LLVMOptions : mlir::PassPipelineOptions<LLVMOptions> {
  Option<std::string> name{*this, "name",
                           llvm::cl::desc("Prefix of the C symbols"),
                           llvm::cl::init("net")};
  Option<unsigned> indexBitwidth{
      *this, "index-bitwidth",
      llvm::cl::desc("Bits of a pointer of the target"), llvm::cl::init(64)};
  Option<int64_t> threads{
      *this, "threads",
      llvm::cl::desc("Threads of the loops that are shared, through OpenMP; 1: "
                     "they run one after the other"),
      llvm::cl::init(1)};
};

/// The whole way: the options of all stages.
struct ToLLVMOptions : mlir::PassPipelineOptions<ToLLVMOptions> {
  Option<std::string> recipe{
      *this, "recipe",
      llvm::cl::desc("Recipe file (YAML); without one the network stays in "
                     "float")};
  Option<std::string> calibration{*this, "calibration",
                                  llvm::cl::desc("Calibration data")};
  Option<unsigned> samples{*this, "samples",
                           llvm::cl::desc("Calibration samples"),
                           llvm::cl::init(0)};
  Option<std::string> normalization{*this, "normalization",
                                    llvm::cl::desc("Input normalization")};
  Option<unsigned> batch{*this, "batch",
                         llvm::cl::desc("Batch size of the inputs, 0: as it "
                                        "is, 1 where it is free"),
                         llvm::cl::init(0)};
  Option<bool> checksums{*this, "checksums",
                         llvm::cl::desc("Return layer checksums"),
                         llvm::cl::init(false)};
  Option<std::string> name{*this, "name",
                           llvm::cl::desc("Prefix of the C symbols"),
                           llvm::cl::init("net")};
};

/// L0: fix the batch, fold constants and batch norms, name the layers.
void buildSourcePipeline(mlir::OpPassManager &pm, const SourceOptions &options);
/// L0 to L3, for networks in integers: their layers on codes.
void buildImportPipeline(mlir::OpPassManager &pm);
/// L0 to L1: attach the recipe, calibrate, insert activation quantizers.
void buildAnnotatePipeline(mlir::OpPassManager &pm,
                           const QuantizationOptions &options);
/// L1 to L2: weights and layers on codes.
void buildQuantizePipeline(mlir::OpPassManager &pm);
/// L2 to L3: no float between integer layers.
void buildIntegerPipeline(mlir::OpPassManager &pm);
/// L3 to L4: packed weights, a function for every layer.
void buildPlanPipeline(mlir::OpPassManager &pm, const PlanOptions &options);
/// L4 to L5: loops over one workspace.
void buildLoopsPipeline(mlir::OpPassManager &pm);
/// L5 to L6: the llvm dialect, with the C entry point.
void buildLLVMPipeline(mlir::OpPassManager &pm, const LLVMOptions &options);

/// Registers --lowbit-<stage>-pipeline and --lowbit-to-llvm.
void registerPipelines();

} // namespace lowbit

#endif // LOWBIT_PIPELINES_PIPELINES_H
