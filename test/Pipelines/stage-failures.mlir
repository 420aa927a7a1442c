// A stage refuses what the stage before it should have done.
// RUN: split-file %s %t
// RUN: not lowbit-opt %t/dynamic.mlir --lowbit-source-pipeline 2>&1 | FileCheck %s --check-prefix=SOURCE
// RUN: not lowbit-opt %t/dynamic.mlir --lowbit-to-llvm 2>&1 | FileCheck %s --check-prefix=SOURCE
// SOURCE: dynamic.mlir:1:16: error: dimension 1 of argument #0 is dynamic: 'tensor<4x?xf32>'

// RUN: not lowbit-opt %t/scheme.mlir --lowbit-annotate-pipeline 2>&1 | FileCheck %s --check-prefix=RECIPE
// RECIPE: scheme.mlir:1:1: error: no recipe is given; pass recipe=FILE

// RUN: not lowbit-opt %t/scheme.mlir 2>&1 \
// RUN:   --lowbit-annotate-pipeline=recipe=%S/../Transforms/Inputs/ternary.yaml | FileCheck %s --check-prefix=DATA
// DATA: scheme.mlir:1:1: error: {{.*}}needs calibration data

// RUN: not lowbit-opt %t/scheme.mlir --lowbit-quantize-pipeline 2>&1 | FileCheck %s --check-prefix=QUANTIZE
// QUANTIZE: scheme.mlir:4:8: error: {{.*}}has a scheme, but its input is not quantized; run lowbit-insert-squeeze-threshold first

// A scheme on what no pass quantizes would be lost silently without the check.
// RUN: not lowbit-opt %t/weights.mlir --lowbit-quantize-pipeline 2>&1 | FileCheck %s --check-prefix=QUANTIZED
// QUANTIZED: weights.mlir:2:8: error: {{.*}}weights must be constant

// RUN: not lowbit-opt %t/input.mlir --lowbit-integer-pipeline 2>&1 | FileCheck %s --check-prefix=INTEGER
// INTEGER: input.mlir:3:8: error: {{.*}}float arithmetic between integer layers is left

// RUN: not lowbit-opt %t/private.mlir --lowbit-plan-pipeline 2>&1 | FileCheck %s --check-prefix=PLAN
// PLAN: private.mlir:1:1: error: layer function without 'lowbit.layer'

// RUN: not lowbit-opt %t/products.mlir --lowbit-loops-pipeline 2>&1 | FileCheck %s --check-prefix=LOOPS
// LOOPS: products.mlir:3:8: error: multiplication in the multiplier-free layer 'dense'

// RUN: not lowbit-opt %t/products.mlir --lowbit-llvm-pipeline 2>&1 | FileCheck %s --check-prefix=LLVM
// LLVM: error: expects buffers for arguments and no results; run lowbit-loops-pipeline first

//--- dynamic.mlir
func.func @net(%x: tensor<4x?xf32>) -> tensor<4x?xf32> {
  return %x : tensor<4x?xf32>
}
//--- scheme.mlir
func.func @net(%x: tensor<1x2x1xf32>) -> tensor<1x2x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %b, %b {lowbit.layer = "dense",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1xf32>
  return %0 : tensor<1x2x1xf32>
}
//--- weights.mlir
func.func @net(%x: tensor<1x4x!lowbit.uint<2>>, %w: tensor<1x4x!lowbit.ternary>) -> tensor<1x1xi32> {
  %0 = lowbit.matmul %x, %w : tensor<1x4x!lowbit.uint<2>>, tensor<1x4x!lowbit.ternary> -> tensor<1x1xi32>
  return %0 : tensor<1x1xi32>
}
//--- input.mlir
func.func @net(%q: tensor<4x!lowbit.uint<8>>, %x: tensor<4xf32>) -> tensor<4x!lowbit.uint<8>> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<4x!lowbit.uint<8>>, tensor<1xf32> -> tensor<4xf32>
  %g = tosa.add %f, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %r = lowbit.quantize %g, %s : tensor<4xf32>, tensor<1xf32> -> tensor<4x!lowbit.uint<8>>
  return %r : tensor<4x!lowbit.uint<8>>
}
//--- private.mlir
func.func private @layer(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @net(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @layer(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
//--- products.mlir
func.func private @dense(%x: tensor<1x4x!lowbit.uint<2>>) -> tensor<1x1xi32> attributes {lowbit.layer = "dense", lowbit.multiplier_free} {
  %w = lowbit.constant dense<[1, 2, 3, 4]> : tensor<4xi8> : tensor<1x4x!lowbit.int<8>>
  %0 = lowbit.matmul %x, %w : tensor<1x4x!lowbit.uint<2>>, tensor<1x4x!lowbit.int<8>> -> tensor<1x1xi32>
  return %0 : tensor<1x1xi32>
}
func.func @net(%x: tensor<1x4x!lowbit.uint<2>>) -> tensor<1x1xi32> {
  %0 = call @dense(%x) : (tensor<1x4x!lowbit.uint<2>>) -> tensor<1x1xi32>
  return %0 : tensor<1x1xi32>
}
