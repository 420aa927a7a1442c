//===- KernelOps.h - Layers on stored integers, steps on vectors -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_KERNEL_KERNELOPS_H
#define LOWBIT_DIALECTS_KERNEL_KERNELOPS_H

#include "dialects/Kernel/KernelAttrs.h"
#include "dialects/Kernel/KernelDialect.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "dialects/Kernel/KernelOps.h.inc"

namespace lowbit::kernel {

/// How `kernel.conv2d` becomes buffers, for bufferization.
void registerBufferizableOpInterfaceExternalModels(
    mlir::DialectRegistry &registry);

} // namespace lowbit::kernel

#endif // LOWBIT_DIALECTS_KERNEL_KERNELOPS_H
