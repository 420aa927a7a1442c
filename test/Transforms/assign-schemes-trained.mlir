// Recipes that ask for trained weights.
// RUN: split-file %s %t
// RUN: lowbit-opt %t/net.mlir --lowbit-assign-schemes=recipe=%t/trained.yaml | FileCheck %s
// RUN: lowbit-opt %t/net.mlir --lowbit-assign-schemes=recipe=%t/default.yaml \
// RUN:   | FileCheck %s --check-prefix=DEFAULT

// Trained levels, those of the recipe where it names some, and `untrained` where there are
// none. The wish for no multiplications does not bind odd levels.
// CHECK: lowbit.layer = "stem", lowbit.scheme = #lowbit.scheme<weights = !lowbit.int<4>, {{.*}}multiplier_free = false>
// CHECK: lowbit.layer = "bipolar", lowbit.scheme = #lowbit.scheme<weights = !lowbit.bipolar, {{.*}}multiplier_free = true>
// CHECK: lowbit.layer = "odd", lowbit.scheme = #lowbit.scheme<weights = !lowbit.odd<3>, {{.*}}multiplier_free = false>
// CHECK: lowbit.layer = "plain", lowbit.scheme = #lowbit.scheme<weights = !lowbit.int<4>, {{.*}}multiplier_free = false>
// CHECK: lowbit.layer = "named", lowbit.scheme = #lowbit.scheme<weights = !lowbit.pow2<3>, {{.*}}multiplier_free = true>
// CHECK: lowbit.layer = "float", lowbit.reason = "the recipe keeps this layer in float"

// DEFAULT: lowbit.layer = "stem", lowbit.scheme = #lowbit.scheme<weights = !lowbit.int<8, narrow>,
// DEFAULT: lowbit.layer = "bipolar", lowbit.scheme = #lowbit.scheme<weights = !lowbit.bipolar,

//--- trained.yaml
defaults:
  weights: trained
  untrained: int<4>
  activations: 8
  multiplier-free: true
layers:
  - layer: named
    weights: pow2<3>
  - layer: float
    untrained: float
//--- default.yaml
defaults:
  weights: trained
  activations: 8
//--- net.mlir
func.func @main(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "stem"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %1 = tosa.conv2d %0, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "bipolar", lowbit.trained = #lowbit.trained<!lowbit.bipolar, scales = dense<2.0> : tensor<1xf32>>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %2 = tosa.conv2d %1, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "odd", lowbit.trained = #lowbit.trained<!lowbit.odd<3>, scales = dense<2.0> : tensor<1xf32>>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %3 = tosa.conv2d %2, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "plain"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %4 = tosa.conv2d %3, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "named", lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<2.0> : tensor<1xf32>>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %5 = tosa.conv2d %4, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "float"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %5 : tensor<1x4x1x1xf32>
}
