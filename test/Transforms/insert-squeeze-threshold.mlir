// Two samples, of values 0 to 3 and 1 to 2.
// RUN: %python %S/Inputs/write-npy.py %t.npy 2x4x1x1 0,1,2,3,1,1,2,2
// RUN: lowbit-opt %s --lowbit-insert-squeeze-threshold=calibration=npy:%t.npy | FileCheck %s
// The second sample alone, scaled: the ranges follow the data.
// RUN: %python %S/Inputs/write-npy.py %t-scaled.npy 1x4x1x1 6,6,12,12
// RUN: lowbit-opt %s --lowbit-insert-squeeze-threshold="calibration=npy:%t-scaled.npy normalization=scale=0.5" \
// RUN:   | FileCheck %s --check-prefix=SCALED

// Inputs of the network keep the whole range that was seen: 3 is level 3.
// CHECK-LABEL: @thresholds_up_to_4_bits
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x1x1xf32>)
// CHECK: %[[T:.+]] = "tosa.const"() <{values = dense<{{\[\[}}5.000000e-01, 1.500000e+00, 2.500000e+00{{\]\]}}> : tensor<1x3xf32>}>
// CHECK: %[[STEP:.+]] = "tosa.const"() <{values = dense<1.000000e+00> : tensor<1xf32>}>
// CHECK: %[[S:.+]] = lowbit.squeeze_threshold %[[X]], %[[T]] step(%[[STEP]]) levels(!lowbit.uint<2>)
// CHECK: tosa.conv2d %[[S]],
// SCALED-LABEL: @thresholds_up_to_4_bits
// SCALED: dense<{{\[\[}}1.000000e+00, 3.000000e+00, 5.000000e+00{{\]\]}}> : tensor<1x3xf32>
// SCALED: dense<2.000000e+00> : tensor<1xf32>
func.func @thresholds_up_to_4_bits(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// 3 / 255, and values that are never negative: unsigned levels.
// CHECK-LABEL: @uniform_above_4_bits
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x1x1xf32>)
// CHECK: %[[SCALE:.+]] = "tosa.const"() <{values = dense<0.0117647061> : tensor<1xf32>}>
// CHECK: %[[Q:.+]] = lowbit.quantize %[[X]], %[[SCALE]] : {{.*}} -> tensor<1x4x1x1x!lowbit.uint<8>>
// CHECK: %[[F:.+]] = lowbit.dequantize %[[Q]] scale(%[[SCALE]])
// CHECK: tosa.conv2d %[[F]],
func.func @uniform_above_4_bits(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 8, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// x - 2 lies in [-2, 1]: levels -1, 0, 1 with thresholds at half a step.
// CHECK-LABEL: @signed_levels
// CHECK: %[[D:.+]] = tosa.sub
// CHECK: tensor<1x2xf32>
// CHECK: %[[S:.+]] = lowbit.squeeze_threshold %[[D]], %{{.+}} step(%{{.+}}) levels(!lowbit.int<2, narrow>)
// CHECK: tosa.conv2d %[[S]],
func.func @signed_levels(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %two = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %d = tosa.sub %x, %two : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x4x1x1xf32>
  %0 = tosa.conv2d %d, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// Pools and data movement commute with a quantizer, which goes in front of them; one
// quantizer serves both convolutions, and the other reader of the pool keeps floats.
// CHECK-LABEL: @behind_data_movement
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x1x1xf32>)
// CHECK: %[[S:.+]] = lowbit.squeeze_threshold %[[X]],
// CHECK-NOT: lowbit.squeeze_threshold
// CHECK: %[[FLOAT:.+]] = tosa.max_pool2d %[[X]]
// CHECK: %[[POOL:.+]] = tosa.max_pool2d %[[S]]
// CHECK: %[[A:.+]] = tosa.conv2d %[[POOL]],
// CHECK: %[[B:.+]] = tosa.conv2d %[[POOL]],
// CHECK: return %[[FLOAT]], %[[A]], %[[B]]
func.func @behind_data_movement(%x: tensor<1x4x1x1xf32>)
    -> (tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>) {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %p = tosa.max_pool2d %x {kernel = array<i64: 2, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 1>}
      : (tensor<1x4x1x1xf32>) -> tensor<1x2x1x1xf32>
  %0 = tosa.conv2d %p, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x2x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  %1 = tosa.conv2d %p, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x2x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  return %p, %0, %1 : tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>
}

// CHECK-LABEL: @leaves_a_network_without_schemes_alone
// CHECK-NOT: lowbit.
func.func @leaves_a_network_without_schemes_alone(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %0 = tosa.exp %x : (tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}
