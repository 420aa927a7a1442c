//===- Lowering.cpp - Networks on their way down the ladder -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Lowering.h"

#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Pipelines/Pipelines.h"
#include "lowbit/Recipe/Recipe.h"
#include "lowbit/Transforms/Passes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/Format.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

/// The reason that AssignSchemes gives for what is no fallback but a wish.
static constexpr StringLiteral kKeptByRecipe =
    "the recipe keeps this layer in float";

//===----------------------------------------------------------------------===//
// Quantization settings
//===----------------------------------------------------------------------===//

/// Digits that give back the same binary32 number.
static std::string spell(ArrayRef<float> values) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleave(
      values, os, [&](float value) { os << llvm::format("%.9g", value); }, ":");
  return text;
}

static std::string spell(const data::Normalization &normalization) {
  std::string text = "scale=" + spell(normalization.scale);
  if (!normalization.mean.empty())
    text += ",mean=" + spell(normalization.mean);
  if (!normalization.deviation.empty())
    text += ",deviation=" + spell(normalization.deviation);
  return text;
}

FailureOr<Quantization> driver::complete(Quantization quantization,
                                         Console &console) {
  if (!quantization.isWanted() && !quantization.calibration.empty())
    return console.error("calibration data without a recipe has no effect; "
                         "pass --recipe FILE too");
  if (quantization.batch && *quantization.batch == 0)
    return console.error("a batch has at least one sample; pass --batch 1 or "
                         "more");
  if (quantization.isWanted()) {
    // Calibration runs samples one by one, on the network as it will be.
    if (failed(requireSingleSamples(quantization, console)))
      return failure();
    auto recipe = recipe::loadRecipe(quantization.recipe);
    if (!recipe)
      return console.error(recipe.takeError());
    if (quantization.samples == 0)
      quantization.samples = recipe->calibrationSamples;
    if (quantization.normalization.empty() && recipe->input)
      quantization.normalization = spell(*recipe->input);
  }
  auto normalization = data::Normalization::parse(quantization.normalization);
  if (!normalization)
    return console.error(normalization.takeError());
  return quantization;
}

LogicalResult driver::requireSingleSamples(const Quantization &quantization,
                                           Console &console) {
  if (quantization.batch.value_or(1) == 1)
    return success();
  return console.error("--batch " + Twine(*quantization.batch) +
                       " is for 'lowbit compile', 'report' and 'bench' without "
                       "a recipe; samples are run one by one");
}

//===----------------------------------------------------------------------===//
// Fallbacks
//===----------------------------------------------------------------------===//

/// Whether `quantizer` reads float arithmetic on integers that could not be
/// absorbed. What follows a float layer, or the network's input, is float for
/// a reason that is told there.
static bool readsFloatGlue(Operation *quantizer) {
  bool readsIntegers = false;
  llvm::SetVector<Operation *> slice;
  slice.insert(quantizer);
  for (size_t i = 0; i != slice.size(); ++i)
    for (Value operand : slice[i]->getOperands()) {
      Operation *producer = operand.getDefiningOp();
      if (!producer)
        continue;
      if (producer->hasAttr(kReasonAttr))
        return false;
      if (isa<DequantizeOp>(producer))
        readsIntegers = true;
      else
        slice.insert(producer);
    }
  return readsIntegers;
}

/// What carries a reason for float or TOSA at the level of integers.
static std::vector<Fallback> findFallbacks(ModuleOp module) {
  std::vector<Fallback> fallbacks;
  module.walk([&](Operation *op) {
    auto reason = op->getAttrOfType<StringAttr>(kReasonAttr);
    if (!reason || reason == kKeptByRecipe)
      return;
    if (isa<QuantizeOp, ThresholdOp>(op) && !readsFloatGlue(op))
      return;
    auto layer = op->getAttrOfType<StringAttr>(kLayerAttr);
    fallbacks.push_back({layer ? layer.str() : "", reason.str(), op->getLoc()});
  });
  return fallbacks;
}

LogicalResult driver::refuse(ArrayRef<Fallback> fallbacks) {
  for (const Fallback &fallback : fallbacks) {
    InFlightDiagnostic diagnostic =
        emitError(fallback.location)
        << "layer '" << fallback.layer
        << "' falls back to upstream's lowering: " << fallback.reason;
    diagnostic.attachNote() << "--strict allows this only where a recipe says "
                               "'weights: float'";
  }
  return success(fallbacks.empty());
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

static LogicalResult annotate(Session &session, ModuleOp module,
                              const Quantization &quantization) {
  QuantizationOptions options;
  options.recipe = quantization.recipe;
  options.calibration = quantization.calibration;
  options.samples = quantization.samples;
  options.normalization = quantization.normalization;
  options.threads = quantization.jobs;
  return session.run(module, "calibrating", [&](OpPassManager &passes) {
    buildAnnotatePipeline(passes, options);
  });
}

/// Whether an input leaves its leading dimension open.
static bool hasFreeBatch(ModuleOp module) {
  func::FuncOp function = getNetworkFunction(module);
  return function && llvm::any_of(function.getArgumentTypes(), isFreeBatch);
}

FailureOr<std::vector<Fallback>>
driver::quantize(Session &session, ModuleOp module,
                 const Quantization &quantization) {
  bool isFree = !quantization.batch && hasFreeBatch(module);
  SourceOptions options;
  options.batch = quantization.batch.value_or(0);
  if (failed(session.run(module, "checking", [&](OpPassManager &passes) {
        buildSourcePipeline(passes, options);
      })))
    return failure();
  if (isFree)
    session.getConsole().note("the network's batch size is free and taken as "
                              "1; --batch N chooses another");
  if (!quantization.isWanted()) {
    if (failed(session.run(module, "importing", buildImportPipeline)))
      return failure();
    return findFallbacks(module);
  }
  if (failed(annotate(session, module, quantization)) ||
      failed(session.run(module, "quantizing", buildQuantizePipeline)) ||
      failed(session.run(module, "making integers", buildIntegerPipeline)))
    return failure();
  return findFallbacks(module);
}

LogicalResult driver::checkThreads(const CodeOptions &code, Console &console) {
  if (code.threads < 1 || code.threads > kernel::kMaxThreads)
    return console.error("--threads must be 1 to " +
                         Twine(kernel::kMaxThreads) + ", not " +
                         Twine(code.threads) +
                         ": as many as one run of the network is to use; "
                         "--jobs is for running samples");
  if (code.threads == 1)
    return success();
  auto hasThreads = target::hasOpenMP(code);
  if (!hasThreads)
    return console.error(hasThreads.takeError());
  if (!*hasThreads)
    return console.error("--threads " + Twine(code.threads) +
                         " needs LLVM's OpenMP runtime, which '" + code.triple +
                         "' has not; pass --threads 1, or a "
                         "64-bit target with an operating system");
  return success();
}

LogicalResult driver::plan(Session &session, ModuleOp module,
                           const CodeOptions &code, bool checksums) {
  llvm::Expected<target::Vectors> vectors = target::describeVectors(code);
  if (!vectors)
    return session.getConsole().error(vectors.takeError());
  PlanOptions options;
  options.vectorBytes = vectors->bytes;
  options.features = vectors->features;
  options.kernel = code.kernel;
  options.arithmetic = code.arithmetic;
  options.costs = code.costs;
  options.threads = code.threads;
  options.checksums = checksums;
  return session.run(module, "planning", [&](OpPassManager &passes) {
    buildPlanPipeline(passes, options);
  });
}

double WorkspaceUse::excess() const {
  return lowerBound == 0 ? 0
                         : 100.0 * static_cast<double>(bytes - lowerBound) /
                               static_cast<double>(lowerBound);
}

/// Reads it off a module at the level of loops.
static WorkspaceUse getWorkspaceUse(ModuleOp module) {
  func::FuncOp function = getNetworkFunction(module);
  auto count = [&](StringRef name) {
    return function->getAttrOfType<IntegerAttr>(name).getInt();
  };
  return {count(kWorkspaceAttr), count(kWorkspaceBoundAttr),
          function->getAttrOfType<StringAttr>(kWorkspacePeakAttr).str()};
}

FailureOr<WorkspaceUse> driver::makeLoops(Session &session, ModuleOp module) {
  if (failed(session.run(module, "making loops", buildLoopsPipeline)))
    return failure();
  return getWorkspaceUse(module);
}

/// From loops to the llvm dialect. The result lacks the object.
static FailureOr<Binary> lowerLoops(Session &session, ModuleOp module,
                                    StringRef name,
                                    const target::Machine &machine) {
  llvm::Expected<unsigned> bits = target::getPointerBits(machine);
  if (!bits)
    return session.getConsole().error(bits.takeError());
  WorkspaceUse workspace = getWorkspaceUse(module);
  FailureOr<target::Interface> interface = target::getInterface(module, name);
  if (failed(interface))
    return failure();
  LLVMOptions options;
  options.name = name.str();
  options.indexBitwidth = *bits;
  options.threads = interface->threads;
  if (failed(session.run(module, "lowering", [&](OpPassManager &passes) {
        buildLLVMPipeline(passes, options);
      })))
    return failure();
  return Binary{*std::move(interface), std::move(workspace), {}, {}};
}

/// From loops to an object file.
static FailureOr<Binary> emit(Session &session, ModuleOp module, StringRef name,
                              const target::Machine &machine) {
  FailureOr<Binary> binary = lowerLoops(session, module, name, machine);
  if (failed(binary))
    return failure();
  session.getConsole().progress("generating code");
  auto object = target::emitObject(module, binary->interface, machine);
  if (failed(object))
    return failure();
  binary->object = *std::move(object);
  return binary;
}

FailureOr<Binary> driver::generate(Session &session, ModuleOp module,
                                   StringRef name,
                                   const target::Machine &machine) {
  if (failed(makeLoops(session, module)))
    return failure();
  return emit(session, module, name, machine);
}

FailureOr<Binary> driver::generateVersions(Session &session,
                                           ArrayRef<ModuleOp> modules,
                                           StringRef name,
                                           ArrayRef<target::Version> versions) {
  std::optional<Binary> most;
  for (auto [module, version] : llvm::zip_equal(modules, versions)) {
    if (failed(makeLoops(session, module)))
      return failure();
    auto binary = lowerLoops(session, module, name, version.machine);
    if (failed(binary))
      return failure();
    if (!most || most->workspace.bytes < binary->workspace.bytes)
      most = *std::move(binary);
  }
  for (const target::Version &version : versions)
    most->interface.versions.push_back(version.name);
  session.getConsole().progress("generating code");
  auto result = target::emitVersionedObject(modules, versions, most->interface);
  if (failed(result))
    return failure();
  most->object = std::move(result->object);
  most->versionBytes = std::move(result->versionBytes);
  most->sharedBytes = result->sharedBytes;
  return *std::move(most);
}

bool driver::isForThisSystem(const target::Machine &machine) {
  if (machine.triple.empty())
    return true;
  llvm::Triple wanted(llvm::Triple::normalize(machine.triple));
  llvm::Triple host(llvm::sys::getProcessTriple());
  return wanted.getArch() == host.getArch() && wanted.getOS() == host.getOS();
}

LogicalResult driver::requireRunnable(const target::Machine &machine,
                                      Console &console) {
  if (auto bits = target::getPointerBits(machine); !bits)
    return console.error(bits.takeError());
  if (!isForThisSystem(machine))
    return console.error("code for '" + machine.triple +
                         "' cannot run in this process");
  auto missing = target::findMissingFeature(machine);
  if (!missing)
    return console.error(missing.takeError());
  if (!missing->empty())
    return console.error("this processor has no '" + *missing +
                         "', which the code would use; choose another --cpu");
  return success();
}

FailureOr<std::unique_ptr<target::Network>>
driver::generateNetwork(Session &session, ModuleOp module,
                        const target::Machine &machine) {
  if (failed(requireRunnable(machine, session.getConsole())) ||
      failed(makeLoops(session, module)))
    return failure();
  return loadNetwork(session, module, machine);
}

FailureOr<std::unique_ptr<target::Network>>
driver::loadNetwork(Session &session, ModuleOp loops,
                    const target::Machine &machine) {
  FailureOr<Binary> binary = emit(session, loops, "net", machine);
  if (failed(binary))
    return failure();
  auto network = target::loadObject(binary->object, binary->interface);
  if (!network)
    return session.getConsole().error(network.takeError());
  return std::move(*network);
}

func::FuncOp driver::getNetworkFunction(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    if (function.isPublic())
      return function;
  return func::FuncOp();
}
