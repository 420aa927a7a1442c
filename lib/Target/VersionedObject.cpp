//===- VersionedObject.cpp - Objects with code for several CPUs -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/CodeGeneration.h"
#include "lib/Target/FeatureTests.h"
#include "lib/Target/Resolver.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instruction.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/IPO/ConstantMerge.h"

using namespace lowbit;
using namespace lowbit::target;

//===----------------------------------------------------------------------===//
// One version
//===----------------------------------------------------------------------===//

/// Puts the version into the names of functions, and its CPU into what is
/// compiled for them when others join. What is public stays so until then: the
/// linker leaves out what nobody sees.
static void makeVersion(llvm::Module &module, const Version &version,
                        const llvm::TargetMachine &machine) {
  for (llvm::Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.setName(function.getName() + "." + version.name);
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
  }
  // Nothing depends on where a constant lies: equal ones may be one.
  for (llvm::GlobalVariable &constant : module.globals())
    if (constant.isConstant() && constant.hasLocalLinkage())
      constant.setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
}

/// Optimized LLVM IR of one version. Null after a diagnostic.
static std::unique_ptr<llvm::Module>
compileVersion(mlir::ModuleOp module, const Version &version,
               llvm::LLVMContext &context) {
  auto machine = createTargetMachine(version.machine);
  if (!machine) {
    module.emitError(llvm::toString(machine.takeError()));
    return nullptr;
  }
  auto llvmModule = translate(module, context, **machine);
  if (!llvmModule)
    return nullptr;
  optimize(*llvmModule, **machine);
  makeVersion(*llvmModule, version, **machine);
  return llvmModule;
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

namespace {
/// Which version a function belongs to, by its name.
using Owners = llvm::StringMap<size_t>;
} // namespace

/// The versions whose functions read `constant`.
static void findReaders(const llvm::Value &constant, const Owners &owners,
                        llvm::SmallDenseSet<size_t> &readers) {
  for (const llvm::User *user : constant.users()) {
    if (auto *instruction = llvm::dyn_cast<llvm::Instruction>(user)) {
      auto found = owners.find(instruction->getFunction()->getName());
      if (found != owners.end())
        readers.insert(found->second);
    } else {
      findReaders(*user, owners, readers);
    }
  }
}

static void countConstants(const llvm::Module &module, const Owners &owners,
                           VersionedObject &result) {
  for (const llvm::GlobalVariable &constant : module.globals()) {
    llvm::SmallDenseSet<size_t> readers;
    findReaders(constant, owners, readers);
    auto bytes = static_cast<int64_t>(
        module.getDataLayout().getTypeAllocSize(constant.getValueType()));
    if (readers.size() == 1)
      result.versionBytes[*readers.begin()] += bytes;
    else if (!readers.empty())
      result.sharedBytes += bytes;
  }
}

static llvm::Error countCode(const Owners &owners, VersionedObject &result) {
  auto file = llvm::object::ObjectFile::createELFObjectFile(
      llvm::MemoryBufferRef({result.object.data(), result.object.size()}, ""));
  if (!file)
    return file.takeError();
  for (const llvm::object::ELFSymbolRef symbol : (*file)->symbols()) {
    auto name = symbol.getName();
    if (!name)
      return name.takeError();
    auto found = owners.find(*name);
    if (found != owners.end())
      result.versionBytes[found->second] +=
          static_cast<int64_t>(symbol.getSize());
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// All versions
//===----------------------------------------------------------------------===//

/// The versions as one module. Null after a diagnostic.
static std::unique_ptr<llvm::Module>
joinVersions(llvm::ArrayRef<mlir::ModuleOp> modules,
             llvm::ArrayRef<Version> versions, llvm::LLVMContext &context,
             Owners &owners) {
  std::unique_ptr<llvm::Module> all;
  for (auto [index, module] : llvm::enumerate(modules)) {
    auto next = compileVersion(module, versions[index], context);
    if (!next)
      return nullptr;
    for (const llvm::Function &function : *next)
      if (!function.isDeclaration())
        owners[function.getName()] = index;
    if (!all) {
      all = std::move(next);
    } else if (llvm::Linker::linkModules(*all, std::move(next))) {
      mlir::ModuleOp(module).emitError("cannot be linked with other versions");
      return nullptr;
    }
  }
  return all;
}

/// The resolver, the description, and each constant once.
static void complete(llvm::Module &module, llvm::ArrayRef<Version> versions,
                     const Interface &interface) {
  std::string name = interface.name + "_run";
  llvm::SmallVector<llvm::Function *> functions;
  for (const Version &version : versions) {
    functions.push_back(module.getFunction(name + "." + version.name));
    functions.back()->setLinkage(llvm::GlobalValue::InternalLinkage);
  }
  addResolver(name, functions, versions);
  addInterface(module, interface);
  llvm::ModuleAnalysisManager analyses;
  llvm::ConstantMergePass().run(module, analyses);
}

mlir::FailureOr<VersionedObject>
target::emitVersionedObject(llvm::ArrayRef<mlir::ModuleOp> modules,
                            llvm::ArrayRef<Version> versions,
                            const Interface &interface) {
  mlir::ModuleOp first = modules.front();
  auto fail = [&](llvm::Error error) -> mlir::LogicalResult {
    return first.emitError() << llvm::toString(std::move(error));
  };
  llvm::LLVMContext context;
  auto forwarder = std::make_unique<DiagnosticForwarder>(first);
  const bool &hasFailed = forwarder->hasFailed;
  context.setDiagnosticHandler(std::move(forwarder));
  Owners owners;
  auto module = joinVersions(modules, versions, context, owners);
  if (!module)
    return mlir::failure();
  complete(*module, versions, interface);
  const llvm::Triple &triple = module->getTargetTriple();
  auto machine = createTargetMachine(
      {triple.str(), std::string(getFeatureTable(triple)->cpu), ""});
  if (!machine)
    return fail(machine.takeError());
  VersionedObject result;
  result.versionBytes.resize(versions.size(), 0);
  countConstants(*module, owners, result);
  llvm::raw_svector_ostream os(result.object);
  if (llvm::Error error = generate(*module, **machine, os))
    return fail(std::move(error));
  if (hasFailed)
    return mlir::failure();
  if (llvm::Error error = countCode(owners, result))
    return fail(std::move(error));
  return result;
}
