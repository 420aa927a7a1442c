//===- Lowering.h - Networks on their way down the ladder -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DRIVER_LOWERING_H
#define LOWBIT_DRIVER_LOWERING_H

#include "lowbit/Driver/Session.h"
#include "lowbit/Target/Network.h"
#include "lowbit/Target/Object.h"
#include "lowbit/Target/Versions.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace lowbit::driver {

/// The machine, and which kernels compute layers on it.
struct CodeOptions : target::Machine {
  /// "auto", or the only kernel to use, as lowbit-select-kernels names it.
  std::string kernel = "auto";
  /// "shift": layers whose weights can do without multiplications have none;
  /// "any": they may.
  std::string arithmetic = "shift";
  /// Costs of steps in YAML; empty: the known ones.
  std::string costs;
  /// That one run of the network uses, through OpenMP where they are several.
  unsigned threads = 1;
};

/// How a network is to become a planned one, as users say it.
struct Quantization {
  /// A recipe file; empty: the network keeps its arithmetic.
  std::string recipe;
  std::string calibration;
  /// "scale=S,mean=A:B:C,deviation=D:E:F"; empty: as the recipe says.
  std::string normalization;
  unsigned samples = 0; ///< 0: as the recipe says
  unsigned jobs = 0;    ///< samples that run at once; 0: all cores
  /// Samples that the network takes at a time; nothing: as it is, 1 where that
  /// is free.
  std::optional<unsigned> batch;

  bool isWanted() const { return !recipe.empty(); }
};

/// Fills in what is left to the recipe, and checks what can be checked without
/// a network.
mlir::FailureOr<Quantization> complete(Quantization quantization,
                                       Console &console);

/// A layer that stays in float though a recipe asks for integers, or in TOSA
/// though it is in integers.
struct Fallback {
  std::string layer;
  std::string reason;
  mlir::Location location;
};

/// Fails if a batch of several samples is asked for, which commands that read
/// data cannot fill.
llvm::LogicalResult requireSingleSamples(const Quantization &quantization,
                                         Console &console);

/// From source to integers; without a recipe, what is in integers already goes
/// onto codes and the rest is only checked.
/// `quantization` is complete. Returns what falls back.
mlir::FailureOr<std::vector<Fallback>>
quantize(Session &session, mlir::ModuleOp module,
         const Quantization &quantization);

/// Reports every fallback as an error at its operation; fails if there is one.
llvm::LogicalResult refuse(llvm::ArrayRef<Fallback> fallbacks);

/// Fails if code cannot use as many threads as it is to.
llvm::LogicalResult checkThreads(const CodeOptions &code, Console &console);

/// From integers to planned layers, with kernels of the machine.
llvm::LogicalResult plan(Session &session, mlir::ModuleOp module,
                         const CodeOptions &code, bool checksums);

/// The memory that a network computes in.
struct WorkspaceUse {
  int64_t bytes = 0;
  /// Most bytes of buffers that are alive at one operation.
  int64_t lowerBound = 0;
  /// The layer of that operation; empty outside of layers.
  std::string peakLayer;

  /// Per cent above the lower bound.
  double excess() const;
};

/// Takes planned layers to loops over a workspace, and tells its size.
mlir::FailureOr<WorkspaceUse> makeLoops(Session &session,
                                        mlir::ModuleOp module);

/// An object file in memory.
struct Binary {
  target::Interface interface;
  WorkspaceUse workspace;
  llvm::SmallVector<char, 0> object;
  /// Of an object for several CPUs: code and constants of each version alone,
  /// and constants that several of them read.
  std::vector<int64_t> versionBytes;
  int64_t sharedBytes = 0;
};

/// From planned layers to an object file; `name` is the prefix of its symbols.
mlir::FailureOr<Binary> generate(Session &session, mlir::ModuleOp module,
                                 llvm::StringRef name,
                                 const target::Machine &machine);

/// The same for several CPUs. `modules` holds the network as planned for each
/// of `versions`; the workspace is that of the version that needs most.
mlir::FailureOr<Binary>
generateVersions(Session &session, llvm::ArrayRef<mlir::ModuleOp> modules,
                 llvm::StringRef name,
                 llvm::ArrayRef<target::Version> versions);

/// The same for this machine, ready to be called.
mlir::FailureOr<std::unique_ptr<target::Network>>
generateNetwork(Session &session, mlir::ModuleOp module,
                const target::Machine &machine);

/// The same from loops on.
mlir::FailureOr<std::unique_ptr<target::Network>>
loadNetwork(Session &session, mlir::ModuleOp loops,
            const target::Machine &machine);

/// Whether `machine` has architecture and operating system of this process.
bool isForThisSystem(const target::Machine &machine);

/// Fails if code for `machine` cannot run in this process, or if there is no
/// such machine.
llvm::LogicalResult requireRunnable(const target::Machine &machine,
                                    Console &console);

/// The public function of a module that passed `quantize`.
mlir::func::FuncOp getNetworkFunction(mlir::ModuleOp module);

} // namespace lowbit::driver

#endif // LOWBIT_DRIVER_LOWERING_H
