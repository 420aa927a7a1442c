//===- OpenMP.cpp - The runtime of networks with threads -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Target/OpenMP.h"

#include "llvm/Support/DynamicLibrary.h"

#include <dlfcn.h>

using namespace lowbit;

/// Names of the runtime as Linux, macOS and LLVM's own folder have them. GNU's
/// libgomp has other entry points.
static constexpr const char *kNames[] = {
    "libomp.so.5", "libomp.so", "libomp.dylib",
    LOWBIT_LLVM_LIBRARY_DIR "/libomp.so.5"};

/// What code for several threads calls.
static constexpr const char *kEntryPoint = "__kmpc_fork_call";

llvm::Expected<std::string> target::loadOpenMP() {
  for (const char *name : kNames) {
    auto library = llvm::sys::DynamicLibrary::getPermanentLibrary(name);
    void *entry =
        library.isValid() ? library.getAddressOfSymbol(kEntryPoint) : nullptr;
    Dl_info info;
    if (entry && dladdr(entry, &info) != 0)
      return std::string(info.dli_fname);
  }
  return llvm::createStringError(
      "code for several threads needs LLVM's OpenMP runtime, and no "
      "libomp.so.5 "
      "was found: install it (libomp-22-dev), name its folder in "
      "LD_LIBRARY_PATH, or pass --threads 1");
}
