//===- StepLimits.h - How fast steps can be -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_DRIVER_STEPLIMITS_H
#define LOWBIT_LIB_DRIVER_STEPLIMITS_H

#include "dialects/Kernel/KernelAttrs.h"
#include "lowbit/Driver/Lowering.h"

#include <map>

namespace lowbit::driver {

/// Measures on this thread how long steps of kernels take that have all they
/// need in registers: the limit of the machine.
class StepLimits {
public:
  StepLimits(Session &session, const target::Machine &machine,
             kernel::MachineAttr kernelMachine)
      : session(session), machine(machine), kernelMachine(kernelMachine) {}

  /// Nanoseconds that `macs` multiply-accumulates by `plan` take at least,
  /// where every lane and every channel of a group is of use.
  mlir::FailureOr<double> getLeastTime(kernel::PlanAttr plan, int64_t macs);

private:
  /// Nanoseconds of a step.
  mlir::FailureOr<double> measure(kernel::PlanAttr plan);

  Session &session;
  const target::Machine &machine;
  kernel::MachineAttr kernelMachine;
  std::map<std::string, double> known; ///< by the text of the loop
};

} // namespace lowbit::driver

#endif // LOWBIT_LIB_DRIVER_STEPLIMITS_H
