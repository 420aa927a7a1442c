//===- KernelAttrs.td - Plans and machines -*- tablegen -*--===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_KERNEL_KERNELATTRS_TD
#define LOWBIT_DIALECTS_KERNEL_KERNELATTRS_TD

include "dialects/Kernel/KernelDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def Kernel_Family : I32EnumAttr<"Family", "what the inner loop of a layer does", [
    I32EnumAttrCase<"Dot", 0, "dot">,
    I32EnumAttrCase<"Depthwise", 1, "depthwise">,
    I32EnumAttrCase<"Lookup", 2, "lookup">,
    I32EnumAttrCase<"Shift", 3, "shift">,
    I32EnumAttrCase<"Float", 4, "float">,
    I32EnumAttrCase<"FloatDepthwise", 5, "float_depthwise">]> {
  let cppNamespace = "::lowbit::kernel";
  let genSpecializedAttr = 0;
  let description = [{
    `dot`: products of four bytes, summed in 32 bits; lanes are output channels.
    `depthwise`: the same over up to four rows of a filter, one channel a lane.
    `lookup`: sums of a few input channels are made once and looked up by packed
    weights, see docs/Kernels.md. `shift`: each weight shifts the input by its
    signed powers of two; lanes are output channels, sums have 32 bits. `float`
    and `float_depthwise` are of f32: a product and a sum of it, each rounded, in
    the order of the filter; lanes are output channels.
  }];
}
def Kernel_FamilyParameter : EnumParameter<Kernel_Family>;

def Kernel_PlanAttr : AttrDef<Kernel_Dialect, "Plan"> {
  let mnemonic = "plan";
  let summary = "how a layer is computed";
  let description = [{
    `bytes` is the size of a vector. A tile of the inner loop covers `pixels`
    neighbouring output pixels and `vectors` vectors of output channels, whose
    sums stay in registers. `group` is the number of input channels that one
    step takes. Of the family `lookup` only: `entries` is the size of a table,
    of which a vector holds as many as fit; `steps` is the number of groups whose
    lookups are summed in 8 bits before they are widened; with `rows_in_lanes`,
    lanes stand for every filter row of every output channel. `columns_apart`
    ends a run at each filter column, where not even one group of a whole filter
    row fits 8 bits. With `signed_input`, of byte products only, bytes of the
    input are signed, and no weight is -128.

    ```mlir
    lowbit.conv2d ... {kernel.plan = #kernel.plan<family = dot, bytes = 64,
      pixels = 6, vectors = 4, group = 4>}
    ```
  }];
  let parameters = (ins Kernel_FamilyParameter:$family, "int64_t":$bytes,
                        "int64_t":$pixels, "int64_t":$vectors, "int64_t":$group,
                        DefaultValuedParameter<"int64_t", "0">:$entries,
                        DefaultValuedParameter<"int64_t", "0">:$steps,
                        DefaultValuedParameter<"bool", "false">:$rows_in_lanes,
                        DefaultValuedParameter<"bool", "false">:$columns_apart,
                        DefaultValuedParameter<"bool", "false">:$signed_input);
  let assemblyFormat = "`<` struct(params) `>`";
  let extraClassDeclaration = [{
    /// Whether the family computes on f32.
    bool isFloat() const {
      return getFamily() == Family::Float || getFamily() == Family::FloatDepthwise;
    }
    /// Whether each channel of the output sees one channel of the input.
    bool isDepthwise() const {
      return getFamily() == Family::Depthwise || getFamily() == Family::FloatDepthwise;
    }
    /// Of lookups: runs of 8-bit sums in a filter row of `width` columns and
    /// `groups` groups of channels.
    int64_t countRuns(int64_t groups, int64_t width) const;
  }];
  let genVerifyDecl = 1;
}

def Kernel_MachineAttr : AttrDef<Kernel_Dialect, "Machine"> {
  let mnemonic = "machine";
  let summary = "the vectors of a target";
  let description = [{
    `bytes` is the size of the widest vector that kernels may use, 0 where there
    is none. `features` are the names, as LLVM spells them, of what a target has
    of the instructions that kernels know.

    ```mlir
    module attributes {kernel.machine = #kernel.machine<bytes = 64,
      features = avx512vnni, avx512vbmi>} { }
    ```
  }];
  let parameters = (ins "int64_t":$bytes,
                        OptionalArrayRefParameter<"::mlir::StringAttr">:$features);
  let assemblyFormat = "`<` struct($bytes) (`,` `features` `=` `[` $features^ `]`)? `>`";
  let extraClassDeclaration = [{
    bool has(::llvm::StringRef feature) const;
    /// Vector registers.
    int64_t countRegisters() const;
    /// Bytes of the largest table that is looked up in one instruction; 0: none.
    int64_t getMostEntries() const;
  }];
  let genVerifyDecl = 1;
}

#endif // LOWBIT_DIALECTS_KERNEL_KERNELATTRS_TD
