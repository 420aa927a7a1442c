// Recipes that name levels for activations.
// RUN: split-file %s %t
// RUN: lowbit-opt %t/net.mlir --lowbit-assign-schemes=recipe=%t/levels.yaml | FileCheck %s
// RUN: not lowbit-opt %t/net.mlir --lowbit-assign-schemes=recipe=%t/unknown.yaml 2>&1 \
// RUN:   | FileCheck %s --check-prefix=UNKNOWN

// CHECK: lowbit.layer = "stem", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 3, residual_bits = 16, multiplier_free = true, activations = !lowbit.pow2<3, nozero>>
// CHECK: lowbit.layer = "list", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true, activations = !lowbit.levels<[-1, 0, 3]>>
// CHECK: lowbit.layer = "bits", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 4, residual_bits = 16, multiplier_free = true>

// UNKNOWN: error: {{.*}}unknown.yaml:3:16: unknown activations or an impossible width; known: a number of bits, bipolar, ternary, pow2<2..5>,

//--- levels.yaml
defaults:
  weights: ternary
  activations: pow2<3, nozero>
layers:
  - {layer: list, activations: "levels<[-1, 0, 3]>"}
  - {layer: bits, activations: 4}
//--- unknown.yaml
defaults:
  weights: ternary
  activations: uint<17>
//--- net.mlir
func.func @main(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "stem"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %1 = tosa.conv2d %0, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "list"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %2 = tosa.conv2d %1, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "bits"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %2 : tensor<1x4x1x1xf32>
}
