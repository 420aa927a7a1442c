//===- OpenMP.cpp - The runtime of networks with threads -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Target/OpenMP.h"

#include "llvm/Support/DynamicLibrary.h"

#include <cstdlib>
#include <dlfcn.h>

using namespace lowbit;

/// Names of the runtime as Linux, macOS and LLVM's own folder have them. GNU's
/// libgomp has other entry points.
static constexpr const char *kNames[] = {
    "libomp.so.5", "libomp.so", "libomp.dylib",
    LOWBIT_LLVM_LIBRARY_DIR "/libomp.so.5"};

/// What code for several threads calls.
static constexpr const char *kEntryPoint = "__kmpc_fork_call";

/// The file of a runtime, once it is loaded; empty if it cannot be.
static std::string load(const char *name) {
  auto library = llvm::sys::DynamicLibrary::getPermanentLibrary(name);
  void *entry =
      library.isValid() ? library.getAddressOfSymbol(kEntryPoint) : nullptr;
  Dl_info info;
  return entry && dladdr(entry, &info) != 0 ? info.dli_fname : "";
}

llvm::Expected<std::string> target::loadOpenMP() {
  if (const char *name = std::getenv("LOWBIT_OPENMP")) {
    std::string file = load(name);
    if (!file.empty())
      return file;
    return llvm::createStringError(
        llvm::Twine("LOWBIT_OPENMP names '") + name +
        "', which is no OpenMP runtime of LLVM (libomp.so.5)");
  }
  for (const char *name : kNames)
    if (std::string file = load(name); !file.empty())
      return file;
  return llvm::createStringError(
      "code for several threads needs LLVM's OpenMP runtime, and no "
      "libomp.so.5 was found: install it (libomp-22-dev), let LOWBIT_OPENMP "
      "name the file, or pass --threads 1");
}
