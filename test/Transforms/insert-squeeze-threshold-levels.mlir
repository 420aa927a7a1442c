// Level sets that a recipe names for activations.
// RUN: %python %S/Inputs/write-npy.py %t.npy 2x4x1x1 -4,-4,4,4,-4,4,4,-4
// RUN: lowbit-opt %s --lowbit-insert-squeeze-threshold=calibration=npy:%t.npy | FileCheck %s

// All values are 4 or -4, up to the width of a bin; the threshold lies between.
// CHECK-LABEL: @bipolar
// CHECK: %[[T:.+]] = "tosa.const"() <{values = dense<0.000000e+00> : tensor<1x1xf32>}>
// CHECK: %[[STEP:.+]] = "tosa.const"() <{values = dense<4.000000e+00> : tensor<1xf32>}>
// CHECK: lowbit.squeeze_threshold %{{.+}}, %[[T]] step(%[[STEP]]) levels(!lowbit.bipolar)
func.func @bipolar(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 1, residual_bits = 16, multiplier_free = true, activations = !lowbit.bipolar>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// Thresholds half way between 0, 1, 2 and 4 times the step.
// CHECK-LABEL: @powers_of_two
// CHECK: dense<{{\[\[}}-3.000000e+00, -1.500000e+00, -5.000000e-01, 5.000000e-01, 1.500000e+00, 3.000000e+00{{\]\]}}> : tensor<1x6xf32>
// CHECK: dense<1.000000e+00> : tensor<1xf32>
// CHECK: lowbit.squeeze_threshold {{.*}} levels(!lowbit.pow2<3>)
func.func @powers_of_two(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 3, residual_bits = 16, multiplier_free = true, activations = !lowbit.pow2<3>>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// With gaps there is no uniform quantizer, however many the levels.
// CHECK-LABEL: @many_levels_with_gaps
// CHECK: lowbit.squeeze_threshold {{.*}} levels(!lowbit.pow2<5, nozero>) : tensor<1x4x1x1xf32>, tensor<1x31xf32>
func.func @many_levels_with_gaps(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 5, residual_bits = 16, multiplier_free = true, activations = !lowbit.pow2<5, nozero>>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// Negative values saturate, since the recipe says so.
// CHECK-LABEL: @gapless
// CHECK: dense<0.266666681> : tensor<1xf32>
// CHECK: lowbit.squeeze_threshold {{.*}} levels(!lowbit.uint<4>)
func.func @gapless(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 4, residual_bits = 16, multiplier_free = true, activations = !lowbit.uint<4>>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// 4 / 127: -4 does not saturate at -128 either.
// CHECK-LABEL: @uniform
// CHECK: %[[SCALE:.+]] = "tosa.const"() <{values = dense<0.0314960629> : tensor<1xf32>}>
// CHECK: lowbit.quantize %{{.+}}, %[[SCALE]] : {{.*}} -> tensor<1x4x1x1x!lowbit.int<8>>
func.func @uniform(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 8, residual_bits = 16, multiplier_free = true, activations = !lowbit.int<8>>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}
