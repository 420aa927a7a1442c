//===- KernelOps.td - Layers on stored integers, steps on vectors -*- tablegen -*--===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_KERNEL_KERNELOPS_TD
#define LOWBIT_DIALECTS_KERNEL_KERNELOPS_TD

include "dialects/Kernel/KernelAttrs.td"
include "dialects/Kernel/KernelDialect.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Kernel_Op<string mnemonic, list<Trait> traits = []>
    : Op<Kernel_Dialect, mnemonic, traits>;

def Kernel_Buffer : AnyTypeOf<[AnyStaticShapeTensor, AnyStaticShapeMemRef]>;

//===----------------------------------------------------------------------===//
// A layer
//===----------------------------------------------------------------------===//

def Kernel_Conv2DOp : Kernel_Op<"conv2d",
    [AttrSizedOperandSegments, SingleBlock, DestinationStyleOpInterface,
     DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "a convolution of stored integers or floats with an epilogue";
  let description = [{
    For every output pixel (n, y, x) and channel o,

      sum = init[o] + sum over ky, kx, c of
        input[n, y sy + ky dy, x sx + kx dx, c] * weight[o, ky, kx, c]

    where `image` = [N, H, W, C] is the shape of the input, padded already, and
    `filter` = [OH, OW, O, KH, KW]. The region gets this sum, the elements of
    `elementwise` at the same place, and element o of each of `channels`; it
    yields an element for each of `outputs`, in order, scratch memory excepted.
    All of `elementwise` and `outputs` have N OH OW O elements, of which the
    channels are neighbours.
    Elements of the input are unsigned bytes, unless the plan says that they are
    signed.

    The weights are bytes in the order of the plan. `dot`: for each vector of
    output channels, each filter row, each four bytes of the row (of KW C bytes,
    filled up with zeros; with horizontal dilation, of each tap): four bytes of
    each channel. `depthwise`: for each vector of channels and each column of
    the filter, four rows of each channel. `shift`: for each vector of channels,
    each filter row and each byte of the row, `group` signed digits of each
    channel (numerics::packForShift). `lookup`: see docs/Kernels.md; a byte
    of the input holds the codes of a group of channels, of which C counts the
    groups, and `table` has the sums of products. `float`: input and weights are
    f32; for each vector of output channels and ky, kx, c, one weight of each
    channel. `float_depthwise`: the same for each ky, kx. Both sum in this
    order, from 0, without fusing a product and a sum. With `scratch`, the last of
    `outputs` is memory that the kernel works in.

    * C1: sizes of the operands are as said.
    * C2: the region has an argument for the sum (i8, i16 or i32; f32 of floats),
      and as many more as there are `elementwise` and `channels`, of their element types.
    * C3: `kernel.yield` has an operand for each output, of its element type.
  }];
  let arguments = (ins Kernel_Buffer:$input, Kernel_Buffer:$weight,
                       Optional<Kernel_Buffer>:$table,
                       Optional<Kernel_Buffer>:$init,
                       Variadic<Kernel_Buffer>:$elementwise,
                       Variadic<Kernel_Buffer>:$channels,
                       Variadic<Kernel_Buffer>:$outputs,
                       Kernel_PlanAttr:$plan,
                       DenseI64ArrayAttr:$image, DenseI64ArrayAttr:$filter,
                       DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$dilation,
                       UnitAttr:$scratch);
  let results = (outs Variadic<AnyStaticShapeTensor>:$results);
  let regions = (region SizedRegion<1>:$epilogue);
  let assemblyFormat = [{
    $plan `image` $image `filter` $filter `stride` $stride `dilation` $dilation
    `ins` `(` $input `,` $weight `:` type($input) `,` type($weight) `)`
    (`table` `(` $table^ `:` type($table) `)`)?
    (`init` `(` $init^ `:` type($init) `)`)?
    (`elementwise` `(` $elementwise^ `:` type($elementwise) `)`)?
    (`channels` `(` $channels^ `:` type($channels) `)`)?
    `outs` `(` $outputs `:` type($outputs) `)` (`scratch` $scratch^)?
    attr-dict-with-keyword $epilogue (`->` type($results)^)?
  }];
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() { return getOutputsMutable(); }
    /// The outputs that the region yields: all, but for the scratch memory.
    ::mlir::OperandRange getYielded();
    int64_t getBatch() { return getImage()[0]; }
    int64_t getHeight() { return getImage()[1]; }
    int64_t getWidth() { return getImage()[2]; }
    int64_t getInputChannels() { return getImage()[3]; }
    int64_t getOutputHeight() { return getFilter()[0]; }
    int64_t getOutputWidth() { return getFilter()[1]; }
    int64_t getOutputChannels() { return getFilter()[2]; }
    int64_t getFilterHeight() { return getFilter()[3]; }
    int64_t getFilterWidth() { return getFilter()[4]; }
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def Kernel_YieldOp : Kernel_Op<"yield",
    [Pure, Terminator, ReturnLike, HasParent<"Conv2DOp">]> {
  let summary = "what an epilogue makes of a sum";
  let arguments = (ins Variadic<AnyTypeOf<[AnySignlessInteger, F32]>>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// Vectors, and tensors in their place where steps are evaluated.
class Kernel_Lanes<Type element>
    : AnyTypeOf<[VectorOfRankAndType<[1], [element]>,
                 RankedTensorOf<[element], [HasStaticShapePred, HasAnyRankOfPred<[1]>],
                                "1-D statically shaped tensor">]>;
def Kernel_Bytes : Kernel_Lanes<I8>;
def Kernel_Sums : Kernel_Lanes<I32>;

def Kernel_DotOp : Kernel_Op<"dot", [Pure, AllTypesMatch<["sum", "result"]>,
                                     AllTypesMatch<["lhs", "rhs"]>]> {
  let summary = "sums of four byte products";
  let description = [{
    result[i] = sum[i] + sum over j < 4 of unsigned(lhs[4 i + j]) x
    signed(rhs[4 i + j]), in 32 bits. With `signed`, bytes of `lhs` are signed,
    too, and those of `rhs` are not -128: two products fit 16 bits.

    * C1: `lhs` and `rhs` have four times the elements of `sum`.

    ```mlir
    %s = kernel.dot %sum, %x, %w : vector<16xi32>, vector<64xi8>
    %t = kernel.dot signed %sum, %x, %w : vector<4xi32>, vector<16xi8>
    ```
  }];
  let arguments = (ins Kernel_Sums:$sum, Kernel_Bytes:$lhs, Kernel_Bytes:$rhs,
                       UnitAttr:$has_signed_lhs);
  let results = (outs Kernel_Sums:$result);
  let assemblyFormat = [{
    (`signed` $has_signed_lhs^)? $sum `,` $lhs `,` $rhs attr-dict `:` type($sum) `,` type($lhs)
  }];
  let hasVerifier = 1;
}

def Kernel_LookupOp : Kernel_Op<"lookup", [Pure, AllTypesMatch<["codes", "result"]>]> {
  let summary = "bytes of tables, chosen by codes";
  let description = [{
    The vectors of `table`, one after the other, hold `tables` tables of equal
    size E, and the codes are divided among them in as many runs of neighbours:
    result[i] = table[t E + codes[i]] for code i of run t. Codes of E and above
    give unspecified bytes.

    * C1: the vectors of `table` are of one type; `tables` divides the number of
      their elements and that of `codes`.
    * C2: E is a power of two of at most 128.

    ```mlir
    // One table of 128 bytes for 64 codes, and one of 16 for each 16 codes.
    %a = kernel.lookup (%t, %u) in 1, %c : (vector<64xi8>, vector<64xi8>), vector<64xi8>
    %b = kernel.lookup (%t) in 4, %c : (vector<64xi8>), vector<64xi8>
    ```
  }];
  // The type of the result is inferred from the first operand.
  let arguments = (ins Kernel_Bytes:$codes, Variadic<Kernel_Bytes>:$table, I64Attr:$tables);
  let results = (outs Kernel_Bytes:$result);
  let assemblyFormat = [{
    `(` $table `)` `in` $tables `,` $codes attr-dict `:` `(` type($table) `)` `,` type($codes)
  }];
  let extraClassDeclaration = [{
    /// Elements of one table.
    int64_t getEntries();
  }];
  let hasVerifier = 1;
}

#endif // LOWBIT_DIALECTS_KERNEL_KERNELOPS_TD
