//===- LowbitDialect.td - The lowbit dialect -*- tablegen -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITDIALECT_TD
#define LOWBIT_DIALECTS_LOWBIT_LOWBITDIALECT_TD

include "mlir/IR/DialectBase.td"

def Lowbit_Dialect : Dialect {
  let name = "lowbit";
  let summary = "Low-bit integers of quantized networks: level sets, codes, packed bytes";
  let description = [{
    An element of a `lowbit` tensor is a *code*; its type is a *level set* that
    says which integer levels exist and which code stands for each. The real
    value of an element is level x scale, and scales never live in types: they
    are operands of `quantize`, `dequantize`, `rescale` and `add`, and disappear
    when a network becomes integer.

    `docs/Semantics.md` is the specification; the constraints C1, C2, ... of
    each op below are labelled there, in the verifiers and in the tests alike.

    Discardable attributes that the dialect gives a meaning to and verifies:
    `lowbit.layer` (string: the layer's name in reports), `lowbit.scheme`
    (`#lowbit.scheme`: what a recipe asks of a convolution), `lowbit.trained`
    (`#lowbit.trained`: the levels that its weights were trained to), `lowbit.kernel`
    (`#lowbit.kernel`: how the layer is computed), `lowbit.reason` (string:
    why), `lowbit.macs` (i64: multiply-accumulates of the layer),
    `lowbit.multiplier_free` (unit: the layer must contain no multiplication),
    `lowbit.checksums` (array of strings: which layers the function's checksum
    result tells of), `lowbit.timers` (array of strings: which layers its time
    stamps tell of), `lowbit.workspace` (i64: bytes of workspace that the
    function needs), `lowbit.workspace_bound` (i64: the most bytes of buffers that
    are alive at one operation, which no plan can go below) and
    `lowbit.workspace_peak` (string: the layer of that operation, empty outside of
    layers). Of function arguments: `lowbit.range` (two integers lo <= hi:
    the proven range of an i32 tensor's elements).
  }];
  let cppNamespace = "::lowbit";
  let dependentDialects = ["::mlir::arith::ArithDialect"];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let extraClassDeclaration = [{
    void registerTypes();
    void registerAttributes();
  }];
}

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITDIALECT_TD
