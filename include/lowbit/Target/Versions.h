//===- Versions.h - Objects with code for several CPUs -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TARGET_VERSIONS_H
#define LOWBIT_TARGET_VERSIONS_H

#include "lowbit/Target/Object.h"

namespace lowbit::target {

/// One of the CPUs that an object has code for.
struct Version {
  std::string name; ///< CPU{+FEATURE}, as users write it
  /// Without features that generated code has no use for.
  Machine machine;
  /// What this version asks of a CPU beyond what the first version does.
  std::vector<std::string> tests;
};

/// Reads "CPU{+FEATURE},CPU{+FEATURE},...", or "default". The first version is
/// the base, which runs untested; where several others can run, the last one
/// does. Fails if the target's loader has no resolvers, if a feature cannot be
/// tested, or if a version would never be chosen.
llvm::Expected<std::vector<Version>> parseVersions(llvm::StringRef list,
                                                   llvm::StringRef triple);

/// An object with code for several CPUs, in memory.
struct VersionedObject {
  llvm::SmallVector<char, 0> object;
  /// Code and constants of each version alone.
  std::vector<int64_t> versionBytes;
  /// Constants that several versions read.
  int64_t sharedBytes = 0;
};

/// Compiles the same network, lowered once for each version (after the LLVM
/// pipeline), to one object. NAME_run is resolved when it is loaded.
mlir::FailureOr<VersionedObject>
emitVersionedObject(llvm::ArrayRef<mlir::ModuleOp> modules,
                    llvm::ArrayRef<Version> versions,
                    const Interface &interface);

} // namespace lowbit::target

#endif // LOWBIT_TARGET_VERSIONS_H
