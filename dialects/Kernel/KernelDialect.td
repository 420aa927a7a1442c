//===- KernelDialect.td - The kernel dialect -*- tablegen -*--===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_KERNEL_KERNELDIALECT_TD
#define LOWBIT_DIALECTS_KERNEL_KERNELDIALECT_TD

include "mlir/IR/DialectBase.td"

def Kernel_Dialect : Dialect {
  let name = "kernel";
  let summary = "Fast kernels: what a layer becomes between codes and vectors";
  let description = [{
    A layer passes through two kinds of operations on its way from `lowbit` to
    loops. `kernel.conv2d` is a whole layer on stored integers: a convolution
    (or matrix product) with an epilogue that is applied to each sum while it is
    in a register. It reads weights in the order in which its plan walks them.
    `kernel.dot` and `kernel.lookup` are the steps of its inner loop, on vectors:
    each has a meaning in scalars and becomes one instruction where the target
    has it, and plain arithmetic elsewhere.

    Discardable attributes that the dialect gives a meaning to and verifies:
    `kernel.plan` (`#kernel.plan`: how a `lowbit` layer is to be computed),
    `kernel.reason` (string: why so, or why it has no plan),
    `kernel.weight_bytes` (i64: what its weights take in the order of the plan)
    and, of a module, `kernel.machine` (`#kernel.machine`: the vectors of the target),
    `kernel.threads` (i64: the threads that share the loops of a layer) and
    `kernel.least_chunk_ns` (i64: how long what a thread does must take at least,
    by estimate).
  }];
  let cppNamespace = "::lowbit::kernel";
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let extraClassDeclaration = [{
    void registerAttributes();
  }];
}

#endif // LOWBIT_DIALECTS_KERNEL_KERNELDIALECT_TD
