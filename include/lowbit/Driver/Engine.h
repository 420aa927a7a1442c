//===- Engine.h - Ways to run a network -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DRIVER_ENGINE_H
#define LOWBIT_DRIVER_ENGINE_H

#include "lowbit/Driver/Lowering.h"
#include "lowbit/Driver/Samples.h"

namespace lowbit::driver {

/// What a network says to one sample.
struct Outcome {
  /// The elements of every output, checksums excepted.
  std::vector<std::vector<double>> outputs;
  std::vector<uint64_t> checksums;
  /// Wall time of the network alone.
  double microseconds = 0;

  /// Index of the first largest element of the first output.
  int64_t predictedClass() const;
};

/// A network that can be run on samples: machine code or the evaluator.
class Engine {
public:
  /// Memory for one run at a time.
  class Worker {
  public:
    virtual ~Worker();
    /// `input` is a normalized sample; an input of integers gets it rounded and
    /// saturated.
    virtual llvm::LogicalResult run(llvm::ArrayRef<float> input,
                                    Outcome &outcome) = 0;
  };

  virtual ~Engine();

  /// One input at least; `inputs` and `outputs` without the checksums.
  const target::Interface &getInterface() const { return interface; }
  llvm::ArrayRef<int64_t> inputShape() const {
    return interface.inputs.front().shape;
  }

  /// Workers of one engine may run at the same time.
  virtual std::unique_ptr<Worker> makeWorker() const = 0;

protected:
  target::Interface interface;
};

/// Machine code in this process. Fails if the network has not exactly one
/// input.
mlir::FailureOr<std::unique_ptr<Engine>>
makeNativeEngine(std::unique_ptr<target::Network> network, Console &console);

/// The reference evaluator on the public function of `module`, at any level
/// down to the planned one.
mlir::FailureOr<std::unique_ptr<Engine>>
makeEvaluatorEngine(mlir::OwningOpRef<mlir::ModuleOp> module, Console &console);

/// Whether `path` is to be run as a shared object and not read as MLIR.
bool isSharedObject(llvm::StringRef path);

/// Opens a shared object made by `lowbit compile --shared`.
mlir::FailureOr<std::unique_ptr<target::Network>>
openSharedNetwork(llvm::StringRef path, Console &console);

/// The same as an engine.
mlir::FailureOr<std::unique_ptr<Engine>> openSharedEngine(llvm::StringRef path,
                                                          Console &console);

/// Called with the index of a sample and what each engine said to it, by one
/// thread at a time. A failure ends the run after the samples in progress, so
/// that the least index that fails is always seen.
using OutcomeConsumer =
    llvm::function_ref<llvm::LogicalResult(size_t, llvm::ArrayRef<Outcome>)>;

/// Runs all samples through all engines, which agree in their input, on
/// `threads` threads (0: all cores); on one thread in order.
llvm::LogicalResult runSamples(llvm::ArrayRef<const Engine *> engines,
                               const Samples &samples, unsigned threads,
                               Console &console, OutcomeConsumer consume);

} // namespace lowbit::driver

#endif // LOWBIT_DRIVER_ENGINE_H
