//===- Plugin.cpp - Lowbit in stock mlir-opt -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/InitAll.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "llvm/Config/llvm-config.h"

/// A tool asks for dialects and passes separately, and may ask for one only.
/// Interface implementations come with the dialect, which is of little use
/// without them.
static void registerDialects(mlir::DialectRegistry *registry) {
  lowbit::registerAllDialects(*registry);
  lowbit::registerAllExtensions(*registry);
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Lowbit", LLVM_VERSION_STRING,
          registerDialects};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "LowbitPasses", LLVM_VERSION_STRING,
          lowbit::registerAllPasses};
}
