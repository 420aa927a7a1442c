//===- LowbitAttrs.td - Enumerations and attributes -*- tablegen -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITATTRS_TD
#define LOWBIT_DIALECTS_LOWBIT_LOWBITATTRS_TD

include "dialects/Lowbit/LowbitDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def Lowbit_PackedLayout : I32EnumAttr<"PackedLayout", "how codes lie in bytes", [
    I32EnumAttrCase<"Bits", 0, "bits">,
    I32EnumAttrCase<"Base3", 1, "base3">]> {
  let cppNamespace = "::lowbit";
  let genSpecializedAttr = 0;
}

def Lowbit_Rounding : I32EnumAttr<"RoundingMode",
    "a named rounding, see docs/Semantics.md", [
    I32EnumAttrCase<"HalfUp", 0, "half_up">,
    I32EnumAttrCase<"HalfEven", 1, "half_even">,
    I32EnumAttrCase<"HalfAway", 2, "half_away">,
    I32EnumAttrCase<"Floor", 3, "floor">,
    I32EnumAttrCase<"TosaDouble", 4, "tosa_double">]> {
  let cppNamespace = "::lowbit";
  let genSpecializedAttr = 0;
}
def Lowbit_RoundingAttr : EnumAttr<Lowbit_Dialect, Lowbit_Rounding, "rounding">;

def Lowbit_Granularity : I32EnumAttr<"Granularity",
    "whether something is one for a layer or one for each of its channels", [
    I32EnumAttrCase<"Layer", 0, "layer">,
    I32EnumAttrCase<"Channel", 1, "channel">]> {
  let cppNamespace = "::lowbit";
  let genSpecializedAttr = 0;
}

def Lowbit_GranularityOrLayer : EnumParameter<Lowbit_Granularity> {
  let defaultValue = "::lowbit::Granularity::Layer";
}
def Lowbit_GranularityOrChannel : EnumParameter<Lowbit_Granularity> {
  let defaultValue = "::lowbit::Granularity::Channel";
}

def Lowbit_Kernel : I32EnumAttr<"Kernel", "how a layer is computed", [
    I32EnumAttrCase<"ShiftAdd", 0, "shift_add">,
    I32EnumAttrCase<"MultiplyAdd", 1, "multiply_add">,
    I32EnumAttrCase<"Integer", 2, "integer">,
    I32EnumAttrCase<"Float", 3, "float">,
    I32EnumAttrCase<"Upstream", 4, "upstream">,
    I32EnumAttrCase<"Dot", 5, "dot">,
    I32EnumAttrCase<"Depthwise", 6, "depthwise">,
    I32EnumAttrCase<"Lookup", 7, "lookup">,
    I32EnumAttrCase<"Shift", 8, "shift">]> {
  let cppNamespace = "::lowbit";
  let genSpecializedAttr = 0;
  let description = [{
    `shift_add`: additions, subtractions and shifts only. `multiply_add`:
    integer products. `integer`: integer operations without weights (pooling,
    residual adds, thresholds). `float`: lowered from TOSA by upstream passes.
    `upstream`: integer TOSA operations, lowered by upstream passes. `dot`,
    `depthwise`, `lookup` and `shift` are the families of `#kernel.plan`; `shift_add` and
    `multiply_add` are plain loops.
  }];
}
def Lowbit_KernelAttr : EnumAttr<Lowbit_Dialect, Lowbit_Kernel, "kernel"> {
  let assemblyFormat = "`<` $value `>`";
}

def Lowbit_CodesAttr : AttrDef<Lowbit_Dialect, "Codes"> {
  let mnemonic = "codes";
  let summary = "the packed codes of a constant, as folders see them";
  let description = [{
    What `lowbit.constant` folds to. It wraps the bytes because upstream folders
    reshape and slice a `dense` operand as if its elements were those of the
    tensor.
  }];
  let parameters = (ins "::mlir::ElementsAttr":$bytes);
  let assemblyFormat = "`<` $bytes `>`";
}

def Lowbit_WorstSumsAttr : AttrDef<Lowbit_Dialect, "WorstSums"> {
  let mnemonic = "worst_sums";
  let summary = "the proof of an accumulator's width";
  let description = [{
    The least and the greatest sum that the constant weights of a layer and the
    range of its inputs allow, over all output channels and all partial sums,
    and the first output channel that reaches each of them. Verifiers compute it
    again.

    ```mlir
    // -61 is reached in channel 3, 58 in channel 17: 8 bits are enough.
    bound = #lowbit.worst_sums<[-61, 58] in channels [3, 17]>
    ```
  }];
  let parameters = (ins "int64_t":$lo, "int64_t":$hi, "int64_t":$loChannel,
                        "int64_t":$hiChannel);
  let assemblyFormat = [{
    `<` `[` $lo `,` $hi `]` `in` `channels` ` ` `[` $loChannel `,` $hiChannel `]` `>`
  }];
}

def Lowbit_SchemeAttr : AttrDef<Lowbit_Dialect, "Scheme"> {
  let mnemonic = "scheme";
  let summary = "what a recipe asks of one convolution or matrix product";
  let description = [{
    The level set of the weights, the bits of the activations that enter the
    layer (unsigned where they cannot be negative, else signed; 0 keeps them in
    float and with them the layer), the bits of values that are kept for a
    residual add, and whether the layer must do without multiplications. A level
    set for the activations takes the place of the one that their bits and signs
    would give; its codes have `activation_bits`. `thresholds` says whether those
    of the activations are one list for the `layer` (the default) or one for each
    `channel`, and `scales` whether the weights have one scale for the `layer` or
    one for each output `channel` (the default).

    ```mlir
    tosa.conv2d ... {lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary,
      activation_bits = 2, residual_bits = 16, multiplier_free = true>}
    ```
  }];
  let parameters = (ins "::mlir::Type":$weights, "unsigned":$activation_bits,
                        "unsigned":$residual_bits, "bool":$multiplier_free,
                        OptionalParameter<"::mlir::Type">:$activations,
                        Lowbit_GranularityOrLayer:$thresholds,
                        Lowbit_GranularityOrChannel:$scales);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Lowbit_TrainedAttr : AttrDef<Lowbit_Dialect, "Trained"> {
  let mnemonic = "trained";
  let summary = "the levels that float weights were trained to";
  let description = [{
    Every weight of output channel c is `scales[c]` times a level of the set, up
    to rounding, so that the level is round(w / scales[c]). Scales may be
    negative, and 0 where the channel's weights are 0 whatever their levels. On
    an op of codes it tells that its weights kept their trained levels.

    ```mlir
    tosa.conv2d ... {lowbit.trained = #lowbit.trained<!lowbit.ternary,
      scales = dense<[0.5, 0.25]> : tensor<2xf32>>}
    ```
  }];
  let parameters = (ins "::mlir::Type":$levels,
                        "::mlir::DenseFPElementsAttr":$scales);
  let assemblyFormat = "`<` $levels `,` `scales` `=` $scales `>`";
  let genVerifyDecl = 1;
}

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITATTRS_TD
