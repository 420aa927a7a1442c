//===- Network.cpp - Compiled networks that can be called -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Target/Network.h"

#include "lowbit/Target/OpenMP.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/DynamicLibrary.h"
#include "llvm/Support/MemAlloc.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"

using namespace lowbit::target;

Network::~Network() = default;

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// Calls `entry` with all pointers as arguments. C has no call of a number of
/// arguments known at run time, so each number has a case.
template <size_t... indices>
static int callWith(void *entry, llvm::ArrayRef<void *> arguments,
                    std::index_sequence<indices...>) {
  using Plain = int (*)(std::remove_cvref_t<decltype(arguments[indices])>...);
  return reinterpret_cast<Plain>(entry)(arguments[indices]...);
}

template <size_t count>
static int dispatch(void *entry, llvm::ArrayRef<void *> arguments) {
  if (arguments.size() == count)
    return callWith(entry, arguments, std::make_index_sequence<count>());
  if constexpr (count < 16)
    return dispatch<count + 1>(entry, arguments);
  else
    return -1;
}

int Network::run(llvm::ArrayRef<const void *> inputs,
                 llvm::ArrayRef<void *> outputs, void *workspace) const {
  llvm::SmallVector<void *> arguments;
  for (const void *input : inputs)
    arguments.push_back(const_cast<void *>(input));
  llvm::append_range(arguments, outputs);
  arguments.push_back(workspace);
  return dispatch<1>(entry, arguments);
}

//===----------------------------------------------------------------------===//
// Objects in memory
//===----------------------------------------------------------------------===//

namespace {
class LoadedObject : public Network {
public:
  static llvm::Expected<std::unique_ptr<Network>>
  load(llvm::ArrayRef<char> object, const Interface &interface) {
    auto network = std::make_unique<LoadedObject>();
    network->description = interface;
    if (interface.threads > 1)
      if (auto runtime = loadOpenMP(); !runtime)
        return runtime.takeError();
    auto jit = llvm::orc::LLJITBuilder().create();
    if (!jit)
      return jit.takeError();
    network->jit = std::move(*jit);
    // The object may call memcpy and memset of this process.
    auto generator =
        llvm::orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
            network->jit->getDataLayout().getGlobalPrefix());
    if (!generator)
      return generator.takeError();
    network->jit->getMainJITDylib().addGenerator(std::move(*generator));
    auto buffer = llvm::MemoryBuffer::getMemBufferCopy(
        llvm::StringRef(object.data(), object.size()), interface.name);
    if (llvm::Error error = network->jit->addObjectFile(std::move(buffer)))
      return error;
    auto address = network->jit->lookup(interface.name + "_run");
    if (!address)
      return address.takeError();
    network->entry = address->toPtr<void *>();
    return network;
  }

private:
  std::unique_ptr<llvm::orc::LLJIT> jit;
};
} // namespace

llvm::Expected<std::unique_ptr<Network>>
lowbit::target::loadObject(llvm::ArrayRef<char> object,
                           const Interface &interface) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  return LoadedObject::load(object, interface);
}

//===----------------------------------------------------------------------===//
// Shared objects
//===----------------------------------------------------------------------===//

/// Name of the network in a shared object: the stem of its <name>_interface
/// symbol.
static llvm::Expected<std::string> findNetworkName(llvm::StringRef path) {
  auto binary = llvm::object::ObjectFile::createObjectFile(path);
  if (!binary)
    return binary.takeError();
  auto *elf =
      llvm::dyn_cast<llvm::object::ELFObjectFileBase>(binary->getBinary());
  if (!elf)
    return llvm::createStringError("'" + path + "' is not an ELF file");
  for (const llvm::object::ELFSymbolRef &symbol :
       elf->getDynamicSymbolIterators()) {
    auto name = symbol.getName();
    if (!name)
      return name.takeError();
    if (name->consume_back("_interface"))
      return name->str();
  }
  return llvm::createStringError("'" + path +
                                 "' holds no network; it must come from "
                                 "'lowbit compile --shared'");
}

namespace {
class SharedObject : public Network {
public:
  static llvm::Expected<std::unique_ptr<Network>> open(llvm::StringRef path) {
    auto name = findNetworkName(path);
    if (!name)
      return name.takeError();
    std::string message;
    auto library = llvm::sys::DynamicLibrary::getPermanentLibrary(
        path.str().c_str(), &message);
    if (!library.isValid())
      return llvm::createStringError("cannot open '" + path + "': " + message);
    auto *text = static_cast<const char *>(
        library.getAddressOfSymbol((*name + "_interface").c_str()));
    auto interface = Interface::fromJson(text);
    if (!interface)
      return llvm::joinErrors(
          llvm::createStringError("'" + path + "' describes itself wrongly"),
          interface.takeError());
    auto network = std::make_unique<SharedObject>();
    network->description = std::move(*interface);
    network->entry = library.getAddressOfSymbol((*name + "_run").c_str());
    if (!network->entry)
      return llvm::createStringError("'" + path + "' has no function '" +
                                     *name + "_run'");
    return network;
  }
};
} // namespace

llvm::Expected<std::unique_ptr<Network>>
lowbit::target::openShared(llvm::StringRef path) {
  return SharedObject::open(path);
}

//===----------------------------------------------------------------------===//
// Workspace
//===----------------------------------------------------------------------===//

static constexpr size_t kAlignment = 64;

static size_t getSize(const Interface &interface) {
  // A null workspace would be refused, so that even an empty one gets memory.
  return std::max<size_t>(interface.workspaceBytes, kAlignment);
}

Workspace::Workspace(const Interface &interface)
    : bytes(std::aligned_alloc(kAlignment,
                               llvm::alignTo(getSize(interface), kAlignment))) {
}

Workspace::~Workspace() { std::free(bytes); }
