//===- Passes.td - Conversions between dialects ------------*- tablegen -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_CONVERSION_PASSES_TD
#define LOWBIT_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertLowbitToLinalgPass : Pass<"convert-lowbit-to-linalg", "::mlir::ModuleOp"> {
  let summary = "Lower codes to plain integers and lowbit ops to linalg";
  let description = [{
    Every level-set tensor becomes a tensor of its storage type: the level
    itself in i8, i16 or i32, except for the powers of two, which keep their
    code (sign and exponent) in i8. Layers become `linalg.generic` on those
    integers, with a body of shifts, signs and additions where the weights are
    ternary, bipolar or powers of two, and of products otherwise. In functions
    marked `lowbit.multiplier_free`, the multipliers of `rescale` and `add`
    become tables of canonical signed digits. Thresholds, multipliers and
    offsets must be constants.

    ```mlir
    %n = lowbit.threshold %a, %t : tensor<1x4xi32>, tensor<1x3xi32> -> tensor<1x4x!lowbit.uint<2>>
    // becomes a linalg.generic that sums three comparisons into tensor<1x4xi8>
    ```
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect"];
}

def ExpandMathPass : Pass<"lowbit-expand-math"> {
  let summary = "Replace math operations that would call the C library";
  let description = [{
    Exponentials, logarithms, hyperbolic tangents and the like become polynomials
    (upstream's approximations), and fused multiply-adds become a multiplication
    and an addition, each rounded: objects need no libm, and float results do not
    depend on whether a CPU fuses.

    ```mlir
    %y = math.fma %a, %b, %c : f32
    // becomes
    %p = arith.mulf %a, %b : f32
    %y = arith.addf %p, %c : f32
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::vector::VectorDialect"];
}

def LowerCopiesPass : Pass<"lowbit-lower-copies"> {
  let summary = "Turn memref.copy into linalg";
  let description = [{
    A copy from or to a strided buffer would call a runtime function (memrefCopy).
    As linalg operation it becomes a loop.

    ```mlir
    memref.copy %a, %b : memref<4xf32, strided<[2]>> to memref<4xf32>
    // becomes a linalg.generic that yields its input
    ```
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

#endif // LOWBIT_CONVERSION_PASSES_TD
