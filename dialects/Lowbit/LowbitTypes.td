//===- LowbitTypes.td - Level sets and packed bytes -*- tablegen -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITTYPES_TD
#define LOWBIT_DIALECTS_LOWBIT_LOWBITTYPES_TD

include "dialects/Lowbit/LowbitDialect.td"
include "dialects/Lowbit/LowbitInterfaces.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinTypeInterfaces.td"

class Lowbit_Type<string name, string typeMnemonic, list<Trait> traits = []>
    : TypeDef<Lowbit_Dialect, name, traits> {
  let mnemonic = typeMnemonic;
}

class Lowbit_LevelSetType<string name, string mnemonic>
    : Lowbit_Type<name, mnemonic,
        [DeclareTypeInterfaceMethods<Lowbit_LevelSetTypeInterface>,
         MemRefElementTypeInterface]>;

def Lowbit_BipolarType : Lowbit_LevelSetType<"Bipolar", "bipolar"> {
  let summary = "levels -1, +1";
  let description = "Code 0 is level -1, code 1 is level +1.";
}

def Lowbit_TernaryType : Lowbit_LevelSetType<"Ternary", "ternary"> {
  let summary = "levels -1, 0, +1";
  let description = [{
    The code is level + 1 in two bits. Code 3 is poison and rejected wherever
    codes are read.
  }];
}

def Lowbit_Pow2Type : Lowbit_LevelSetType<"Pow2", "pow2"> {
  let summary = "powers of two with a sign, with or without zero";
  let description = [{
    `pow2<b>`: 0, +-1, +-2, ..., +-2^(2^(b-1)-2). `pow2<b, nozero>`: +-1, ...,
    +-2^(2^(b-1)-1). b in [2, 5]. Bit b-1 of the code is the sign (1 is
    negative), the bits below are a field e: with zero, e = 0 is level 0 and
    e >= 1 is 2^(e-1); without, e is 2^e. Sign 1 with level 0 is poison.
  }];
  let parameters = (ins "unsigned":$bits, "bool":$hasZero);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Lowbit_OddType : Lowbit_LevelSetType<"Odd", "odd"> {
  let summary = "odd levels -(2^b-1), ..., -1, 1, ..., 2^b-1";
  let description = "level = 2 code - (2^b - 1), b in [1, 8]: DoReFa's weights.";
  let parameters = (ins "unsigned":$bits);
  let assemblyFormat = "`<` $bits `>`";
  let genVerifyDecl = 1;
}

def Lowbit_IntType : Lowbit_LevelSetType<"Int", "int"> {
  let summary = "two's complement integers, full or symmetric";
  let description = [{
    `int<b>`: -2^(b-1) ... 2^(b-1)-1, b in [1, 16]. `int<b, narrow>`: without
    the most negative level, whose code is poison; b in [2, 16].
  }];
  let parameters = (ins "unsigned":$bits, "bool":$isNarrow);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Lowbit_UIntType : Lowbit_LevelSetType<"UInt", "uint"> {
  let summary = "levels 0 ... 2^b-1";
  let description = "The code is the level. b in [1, 16].";
  let parameters = (ins "unsigned":$bits);
  let assemblyFormat = "`<` $bits `>`";
  let genVerifyDecl = 1;
}

def Lowbit_LevelsType : Lowbit_LevelSetType<"Levels", "levels"> {
  let summary = "levels named one by one";
  let description = [{
    `levels<[-7, -3, 0, 1, 6]>`: 2 to 16 levels in ascending order, magnitudes
    up to 32768. The code is the rank in as few bits as hold it; codes beyond
    the last rank are poison.
  }];
  let parameters = (ins ArrayRefParameter<"int32_t">:$levels);
  let assemblyFormat = "`<` `[` $levels `]` `>`";
  let genVerifyDecl = 1;
}

def Lowbit_PackedType : Lowbit_Type<"Packed", "packed", [MemRefElementTypeInterface]> {
  let summary = "one byte of a string of packed codes";
  let description = [{
    A `tensor<N x !lowbit.packed<T, bits>>` is N bytes that hold codes of the
    level set T one after another without gaps, low element in low bits: code i
    occupies bits [i k, (i+1) k) of the string, k being the bits of one code,
    and unused high bits of the last byte are zero. `packed<!lowbit.ternary,
    base3>` holds five codes in a byte, as digits of base 3, the first code
    lowest; unused digits of the last byte are zero and no byte is above 242.
  }];
  let parameters = (ins "::mlir::Type":$element, "::lowbit::PackedLayout":$layout);
  let assemblyFormat = "`<` $element `,` $layout `>`";
  let genVerifyDecl = 1;
}

def Lowbit_AnyLevelSet : Type<
    CPred<"::llvm::isa<::lowbit::LevelSetTypeInterface>($_self)">,
    "level-set type">;
def Lowbit_AnyPacked : Type<
    CPred<"::llvm::isa<::lowbit::PackedType>($_self)">, "packed codes">;

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITTYPES_TD
