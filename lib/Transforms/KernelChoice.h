//===- KernelChoice.h - Which kernel a layer gets -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H
#define LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H

#include "dialects/Kernel/KernelAttrs.h"
#include "mlir/IR/Operation.h"

#include <string>

namespace lowbit {

/// The plan of a layer, or why it has none.
struct KernelChoice {
  kernel::PlanAttr plan; ///< null: plain loops
  std::string reason;
};

/// Chooses for a `lowbit.conv2d` or `lowbit.matmul`.
KernelChoice chooseKernel(mlir::Operation *op, kernel::MachineAttr machine);

} // namespace lowbit

#endif // LOWBIT_LIB_TRANSFORMS_KERNELCHOICE_H
