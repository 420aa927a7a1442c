// Residual adds and pools between layers with schemes.
// RUN: %python %S/Inputs/write-npy.py %t.npy 1x4x1x1 0,1,2,3
// RUN: lowbit-opt %s --lowbit-insert-squeeze-threshold=calibration=npy:%t.npy | FileCheck %s

// The branch ends in the sum of a layer, which needs no quantizer; the shortcut gets
// residual bits. What reads the join reads its residual bits too, then 2 bits of them.
// CHECK-LABEL: @residual_add
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x1x1xf32>)
// CHECK: %[[SHORTCUT:.+]] = lowbit.dequantize {{.*}} : tensor<1x4x1x1x!lowbit.uint<12>>
// CHECK: %[[BRANCH:.+]] = tosa.conv2d {{.*}}lowbit.layer = "conv1"
// CHECK: %[[SUM:.+]] = tosa.add %[[BRANCH]], %[[SHORTCUT]]
// CHECK: %[[Q:.+]] = lowbit.quantize %[[SUM]], {{.*}} -> tensor<1x4x1x1x!lowbit.{{u?}}int<12{{(, narrow)?}}>>
// CHECK: %[[F:.+]] = lowbit.dequantize %[[Q]]
// CHECK: %[[S:.+]] = lowbit.squeeze_threshold %[[F]]
// CHECK: tosa.conv2d %[[S]], {{.*}}lowbit.layer = "conv2"
func.func @residual_add(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %1 = tosa.add %0, %x : (tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  %2 = tosa.conv2d %1, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv2",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %2 : tensor<1x4x1x1xf32>
}

// CHECK-LABEL: @average_pool
// CHECK: %[[FLOAT:.+]] = tosa.clamp
// CHECK: %[[Q:.+]] = lowbit.quantize %[[FLOAT]], {{.*}} -> tensor<1x4x1x1x!lowbit.uint<12>>
// CHECK: %[[F:.+]] = lowbit.dequantize %[[Q]]
// CHECK: %[[POOL:.+]] = tosa.avg_pool2d %[[F]]
// CHECK: %[[S:.+]] = lowbit.squeeze_threshold %[[POOL]], {{.*}} levels(!lowbit.uint<2>)
// CHECK: tosa.conv2d %[[S]], {{.*}}lowbit.layer = "conv2"
func.func @average_pool(%x: tensor<1x4x1x1xf32>) -> tensor<1x2x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %1 = tosa.clamp %0 {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  %2 = tosa.avg_pool2d %1, %b, %b {acc_type = f32, kernel = array<i64: 2, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 1>}
      : (tensor<1x4x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  %3 = tosa.conv2d %2, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv2",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x2x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  return %3 : tensor<1x2x1x1xf32>
}

// An add that leads to no layer with a scheme stays as it is.
// CHECK-LABEL: @does_not_touch_an_add_behind_the_last_layer
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x1x1xf32>)
// CHECK: %[[CONV:.+]] = tosa.conv2d
// CHECK-NEXT: %[[SUM:.+]] = tosa.add %[[CONV]], %[[X]]
// CHECK-NEXT: return %[[SUM]]
func.func @does_not_touch_an_add_behind_the_last_layer(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %1 = tosa.add %0, %x : (tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  return %1 : tensor<1x4x1x1xf32>
}
