//===- Object.h - Object files from the llvm dialect -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TARGET_OBJECT_H
#define LOWBIT_TARGET_OBJECT_H

#include "lowbit/Target/Interface.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVector.h"

namespace lowbit::target {

/// The machine to compile for.
struct Machine {
  std::string triple; ///< empty: the host's
  std::string cpu;    ///< empty or "native": the host's, if the triple is
  std::string features;
};

/// Pointer width of a machine in bits, or an error when LLVM does not know it.
llvm::Expected<unsigned> getPointerBits(const Machine &machine);

/// What kernels need to know of a machine.
struct Vectors {
  int64_t bytes; ///< of its vectors; 0: it has none that kernels know
  std::vector<std::string> features; ///< that kernels know, as LLVM names them
};
llvm::Expected<Vectors> describeVectors(const Machine &machine);

/// A feature that kernels for `machine` use and the processor of this process
/// lacks; empty if there is none. Both must be of one architecture.
llvm::Expected<std::string> findMissingFeature(const Machine &machine);

/// Whether there is an OpenMP runtime of LLVM for a machine: it has 64-bit
/// pointers and one of the operating systems that the runtime is made for.
llvm::Expected<bool> hasOpenMP(const Machine &machine);

/// Compiles a module of the llvm dialect (after the LLVM pipeline) to an object
/// file in memory: optimized at level 3, without multiplications in the
/// functions marked `lowbit.multiplier_free`. Emits a diagnostic on failure.
mlir::FailureOr<llvm::SmallVector<char, 0>>
emitObject(mlir::ModuleOp module, const Interface &interface,
           const Machine &machine);

/// Links an object to a shared object with the system's linker, and with
/// `libraries` (files).
llvm::Error linkShared(llvm::StringRef object, llvm::StringRef output,
                       llvm::ArrayRef<std::string> libraries = {});

/// Writes a file as a whole or not at all: to a temporary neighbour, then
/// renamed. The error names the file.
llvm::Error writeFile(llvm::StringRef path, llvm::StringRef content);

} // namespace lowbit::target

#endif // LOWBIT_TARGET_OBJECT_H
