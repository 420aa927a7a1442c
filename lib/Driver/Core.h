//===- Core.h - The core that a measurement runs on -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_DRIVER_CORE_H
#define LOWBIT_LIB_DRIVER_CORE_H

#include "lowbit/Driver/Console.h"

#include <vector>

namespace lowbit::driver {

/// Fails if this process may not run on `cores`, of which there are as many as
/// `threads` or none at all, or if it may use fewer than `threads`.
llvm::LogicalResult checkCores(llvm::ArrayRef<unsigned> cores, size_t threads,
                               Console &console);

/// Keeps this thread, and those of OpenMP that it will start, on `cores`, or on
/// as many from the one on that it is on; each OpenMP thread on one of them.
/// Returns which; none where the system does not offer this.
mlir::FailureOr<std::vector<unsigned>>
pinToCores(std::vector<unsigned> cores, size_t threads, Console &console);

} // namespace lowbit::driver

#endif // LOWBIT_LIB_DRIVER_CORE_H
