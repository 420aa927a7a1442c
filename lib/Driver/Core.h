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

#include <optional>

namespace lowbit::driver {

/// Fails if this process may not run on `core`.
llvm::LogicalResult checkCore(unsigned core, Console &console);

/// Keeps this thread on `core`, or on the one that it is on. Returns which;
/// nothing where the system does not offer this.
mlir::FailureOr<std::optional<unsigned>> pinToCore(std::optional<unsigned> core,
                                                   Console &console);

} // namespace lowbit::driver

#endif // LOWBIT_LIB_DRIVER_CORE_H
