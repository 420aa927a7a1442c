//===- Object.cpp - Object files from the llvm dialect -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Target/Object.h"

#include "lib/Target/CodeGeneration.h"
#include "lib/Target/ExpandMultiplications.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/CodeGen/CodeGenTargetMachineImpl.h"
#include "llvm/CodeGen/MachineModuleInfo.h"
#include "llvm/CodeGen/Passes.h"
#include "llvm/CodeGen/TargetPassConfig.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace lowbit;
using namespace lowbit::target;

//===----------------------------------------------------------------------===//
// The machine
//===----------------------------------------------------------------------===//

void target::initializeTargets() {
  static bool isDone = [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmPrinters();
    llvm::InitializeAllAsmParsers();
    return true;
  }();
  static_cast<void>(isDone);
}

/// What this processor has and has not: of a virtual one, its name does not
/// tell.
static std::string getHostFeatures() {
  llvm::SubtargetFeatures features;
  for (const auto &[name, isThere] : llvm::sys::getHostCPUFeatures())
    features.AddFeature(name, isThere);
  return features.getString();
}

llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
target::createTargetMachine(const Machine &machine) {
  initializeTargets();
  bool isHost = machine.triple.empty();
  llvm::Triple triple(isHost ? llvm::sys::getDefaultTargetTriple()
                             : llvm::Triple::normalize(machine.triple));
  std::string message;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, message);
  if (!target)
    return llvm::createStringError("unknown target '" + machine.triple +
                                   "': " + message);
  std::string cpu = machine.cpu;
  std::string features = machine.features;
  if (cpu == "native" || (cpu.empty() && isHost)) {
    if (!isHost && triple.getArch() !=
                       llvm::Triple(llvm::sys::getProcessTriple()).getArch())
      return llvm::createStringError("--cpu native needs the host as target, "
                                     "not '" +
                                     machine.triple + "'");
    cpu = llvm::sys::getHostCPUName().str();
    features = getHostFeatures() + "," + features;
  }
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget(
      target->createMCSubtargetInfo(triple, "", ""));
  if (!cpu.empty() && !subtarget->isCPUStringValid(cpu))
    return llvm::createStringError("unknown CPU '" + cpu + "' for target '" +
                                   triple.str() +
                                   "'; llc-22 -mcpu=help lists them");
  llvm::TargetOptions options;
  // Sums and products are rounded one by one, whatever the CPU could fuse.
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, cpu, features, options, llvm::Reloc::PIC_, std::nullopt,
      llvm::CodeGenOptLevel::Aggressive));
}

llvm::Expected<unsigned> target::getPointerBits(const Machine &machine) {
  auto targetMachine = createTargetMachine(machine);
  if (!targetMachine)
    return targetMachine.takeError();
  return (*targetMachine)->createDataLayout().getPointerSizeInBits();
}

/// Features that kernels ask for.
static constexpr llvm::StringLiteral kKernelFeatures[] = {
    "sse2",       "ssse3",      "avx2", "avxvnni", "avx512bw", "avx512vl",
    "avx512vnni", "avx512vbmi", "neon", "dotprod", "i8mm"};

llvm::Expected<Vectors> target::describeVectors(const Machine &machine) {
  auto targetMachine = createTargetMachine(machine);
  if (!targetMachine)
    return targetMachine.takeError();
  const llvm::MCSubtargetInfo &subtarget =
      *(*targetMachine)->getMCSubtargetInfo();
  Vectors vectors = {0, {}};
  // Features of other architectures have the same names, but their vectors
  // other instructions. MLIR lowers vectors with indices of 64 bits only.
  const llvm::Triple &triple = (*targetMachine)->getTargetTriple();
  bool isKnown =
      triple.isX86() || (triple.isAArch64() && triple.isLittleEndian());
  if (!isKnown ||
      (*targetMachine)->createDataLayout().getPointerSizeInBits() != 64)
    return vectors;
  for (llvm::StringRef feature : kKernelFeatures)
    if (llvm::any_of(subtarget.getEnabledProcessorFeatures(),
                     [&](const llvm::SubtargetFeatureKV &known) {
                       return feature == known.Key;
                     }))
      vectors.features.push_back(feature.str());
  auto has = [&](llvm::StringRef feature) {
    return llvm::is_contained(vectors.features, feature);
  };
  if (has("avx512bw") && has("avx512vl"))
    vectors.bytes = 64;
  else if (has("avx2"))
    vectors.bytes = 32;
  else if (has("sse2") || has("neon"))
    vectors.bytes = 16;
  return vectors;
}

llvm::Expected<std::string> target::findMissingFeature(const Machine &machine) {
  auto vectors = describeVectors(machine);
  if (!vectors)
    return vectors.takeError();
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  for (const std::string &feature : vectors->features)
    if (!host.lookup(feature))
      return feature;
  return std::string();
}

llvm::Expected<bool> target::hasOpenMP(const Machine &machine) {
  auto targetMachine = createTargetMachine(machine);
  if (!targetMachine)
    return targetMachine.takeError();
  const llvm::Triple &triple = (*targetMachine)->getTargetTriple();
  bool hasSystem = triple.isOSLinux() || triple.isOSDarwin() ||
                   triple.isOSFreeBSD() || triple.isOSNetBSD() ||
                   triple.isOSOpenBSD();
  return hasSystem && triple.isArch64Bit();
}

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

std::unique_ptr<llvm::Module>
target::translate(mlir::ModuleOp module, llvm::LLVMContext &context,
                  const llvm::TargetMachine &machine) {
  auto llvmModule = mlir::translateModuleToLLVMIR(module, context);
  if (!llvmModule) {
    module.emitError("cannot be translated to LLVM IR");
    return nullptr;
  }
  llvmModule->setTargetTriple(machine.getTargetTriple());
  llvmModule->setDataLayout(machine.createDataLayout());
  return llvmModule;
}

void target::addInterface(llvm::Module &module, const Interface &interface) {
  llvm::Constant *text = llvm::ConstantDataArray::getString(module.getContext(),
                                                            interface.toJson());
  new llvm::GlobalVariable(module, text->getType(), /*isConstant=*/true,
                           llvm::GlobalValue::ExternalLinkage, text,
                           interface.name + "_interface");
}

//===----------------------------------------------------------------------===//
// Code generation
//===----------------------------------------------------------------------===//

bool DiagnosticForwarder::handleDiagnostics(const llvm::DiagnosticInfo &info) {
  if (info.getSeverity() != llvm::DS_Error)
    return true;
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::DiagnosticPrinterRawOStream printer(os);
  info.print(printer);
  module.emitError(text);
  hasFailed = true;
  return true;
}

// MLIR's makeOptimizingTransformer leaves the loop vectorizer off.
void target::optimize(llvm::Module &module, llvm::TargetMachine &machine) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopInterleaving = true;
  tuning.LoopVectorization = true;
  tuning.SLPVectorization = true;
  tuning.LoopUnrolling = true;
  llvm::PassBuilder builder(&machine, tuning);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  // Without a C library loops stay loops over vectors: calls of memset and
  // memcpy would be expanded to loops over bytes.
  llvm::TargetLibraryInfoImpl library(machine.getTargetTriple());
  library.disableAllFunctions();
  functions.registerPass([&] { return llvm::TargetLibraryAnalysis(library); });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3)
      .run(module, modules);
}

llvm::Error target::generate(llvm::Module &module, llvm::TargetMachine &machine,
                             llvm::raw_pwrite_stream &os) {
  auto &codegen = static_cast<llvm::CodeGenTargetMachineImpl &>(machine);
  // Its identity is private; an instance knows it.
  std::unique_ptr<llvm::Pass> last(llvm::createCodeGenPrepareLegacyPass());
  llvm::legacy::PassManager passes;
  auto *info = new llvm::MachineModuleInfoWrapperPass(&codegen);
  llvm::TargetPassConfig *config = codegen.createPassConfig(passes);
  config->insertPass(last->getPassID(),
                     createExpandMultiplicationsPass(machine));
  passes.add(config);
  passes.add(info);
  if (config->addISelPasses())
    return llvm::createStringError("the target has no instruction selector");
  config->addMachinePasses();
  config->setInitialized();
  if (codegen.addAsmPrinter(passes, os, nullptr,
                            llvm::CodeGenFileType::ObjectFile,
                            info->getMMI().getContext()))
    return llvm::createStringError("the target cannot write object files");
  passes.add(llvm::createFreeMachineFunctionPass());
  passes.run(module);
  return llvm::Error::success();
}

mlir::FailureOr<llvm::SmallVector<char, 0>>
target::emitObject(mlir::ModuleOp module, const Interface &interface,
                   const Machine &machine) {
  auto fail = [&](llvm::Error error) -> mlir::LogicalResult {
    return module.emitError() << llvm::toString(std::move(error));
  };
  auto targetMachine = createTargetMachine(machine);
  if (!targetMachine)
    return fail(targetMachine.takeError());
  llvm::LLVMContext context;
  auto forwarder = std::make_unique<DiagnosticForwarder>(module);
  const bool &hasFailed = forwarder->hasFailed;
  context.setDiagnosticHandler(std::move(forwarder));
  auto llvmModule = translate(module, context, **targetMachine);
  if (!llvmModule)
    return mlir::failure();
  addInterface(*llvmModule, interface);
  optimize(*llvmModule, **targetMachine);
  llvm::SmallVector<char, 0> object;
  llvm::raw_svector_ostream os(object);
  if (llvm::Error error = generate(*llvmModule, **targetMachine, os))
    return fail(std::move(error));
  if (hasFailed)
    return mlir::failure();
  return object;
}
