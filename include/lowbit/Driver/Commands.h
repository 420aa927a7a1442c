//===- Commands.h - What the user can ask for -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DRIVER_COMMANDS_H
#define LOWBIT_DRIVER_COMMANDS_H

#include "lowbit/Driver/Lowering.h"
#include "lowbit/Driver/Session.h"

namespace lowbit::driver {

// One function for each subcommand of `lowbit`. Each has reported its errors
// when it fails, and has left no partial file.

struct CompileRequest {
  std::string network;
  Quantization quantization;
  CodeOptions code;
  /// OUT of OUT.o and OUT.h; a trailing ".o" is left out.
  std::string output;
  /// Prefix of the C symbols; empty: made of the output's name.
  std::string name;
  bool shared = false;
  bool checksums = false;
  bool strict = false;
  /// CPUs to hold code for, as target::parseVersions reads them; empty: the one
  /// of `code` only.
  std::string multiversion;
};
llvm::LogicalResult compile(Session &session, CompileRequest request);

struct ReportRequest {
  std::string network;
  Quantization quantization;
  CodeOptions code;
  bool strict = false;
  std::string json; ///< a file; empty: none
};
llvm::LogicalResult report(Session &session, ReportRequest request);

/// Data, and the network that runs on it.
struct RunRequest {
  /// A network in MLIR, or a shared object.
  std::string network;
  Quantization quantization;
  std::string data;
  std::optional<size_t> limit;
};

struct EvalRequest : RunRequest {
  bool useEvaluator = false;
  /// Samples that run at once; 0: as many as there are cores. Latency is
  /// measured one by one only.
  unsigned jobs = 1;
  std::string json; ///< a file; empty: none
};
llvm::LogicalResult eval(Session &session, EvalRequest request);

struct PrintRequest : RunRequest {
  std::string npy; ///< a file; empty: none
};
llvm::LogicalResult run(Session &session, PrintRequest request);

struct VerifyRequest : RunRequest {
  /// A shared object to compare with; empty: compile as `code` says.
  std::string object;
  CodeOptions code;
  unsigned jobs =
      0; ///< samples that run at once; 0: as many as there are cores
};
llvm::LogicalResult verify(Session &session, VerifyRequest request);

struct BenchRequest {
  /// A network in MLIR, or a shared object, of which layers are not timed.
  std::string network;
  Quantization quantization;
  CodeOptions code;
  double seconds = 1;  ///< of each of the measurements
  unsigned rounds = 0; ///< in place of `seconds`; 0: none
  /// One for each thread; none: the one it happens to be on, and the next ones.
  std::vector<unsigned> cores;
  /// Print nothing but the nanoseconds of one run, a line for each round.
  bool samplesOnly = false;
  std::string json; ///< a file; empty: none
};
llvm::LogicalResult bench(Session &session, BenchRequest request);

//===----------------------------------------------------------------------===//
// costs: what the steps of kernels take on this machine, in YAML
//===----------------------------------------------------------------------===//

struct CostsRequest {
  target::Machine machine; ///< one whose code this process can run
  std::optional<unsigned> core;
};
llvm::LogicalResult measureCosts(Session &session, const CostsRequest &request);

} // namespace lowbit::driver

#endif // LOWBIT_DRIVER_COMMANDS_H
