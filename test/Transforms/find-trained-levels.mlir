// RUN: lowbit-opt %s --lowbit-find-trained-levels | FileCheck %s

// CHECK-LABEL: @ternary
// CHECK: tosa.conv2d {{.*}}lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<[5.000000e-01, 7.500000e-01]> : tensor<2xf32>>
func.func @ternary(%x: tensor<1x3x3x2xf32>) -> tensor<1x1x1x2xf32> {
  %w = "tosa.const"() <{values = dense<[[[[0.0, 0.5], [0.0, -0.5], [-0.5, -0.5]], [[0.0, 0.0], [0.5, 0.0], [0.0, 0.5]], [[0.0, 0.5], [-0.5, -0.5], [-0.5, 0.0]]], [[[0.75, -0.75], [0.75, 0.0], [0.75, 0.75]], [[0.75, 0.75], [-0.75, 0.0], [0.75, 0.0]], [[-0.75, 0.75], [0.0, 0.0], [0.75, -0.75]]]]> : tensor<2x3x3x2xf32>}> : () -> tensor<2x3x3x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x3x3x2xf32>, tensor<2x3x3x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0 : tensor<1x1x1x2xf32>
}

// One scale for all channels: the powers are the levels.
// CHECK-LABEL: @powers_of_two
// CHECK: tosa.conv2d {{.*}}lowbit.trained = #lowbit.trained<!lowbit.pow2<3, nozero>, scales = dense<6.250000e-02> : tensor<1xf32>>
func.func @powers_of_two(%x: tensor<1x6x6x1xf32>) -> tensor<1x1x1x1xf32> {
  %w = "tosa.const"() <{values = dense<[[[[0.0625], [-0.0625], [0.125], [-0.125], [0.25], [-0.25]], [[0.5], [-0.5], [-0.0625], [-0.0625], [0.5], [-0.25]], [[-0.5], [-0.0625], [-0.25], [-0.0625], [-0.5], [0.0625]], [[0.5], [0.125], [0.125], [-0.5], [-0.0625], [-0.5]], [[0.0625], [0.125], [0.5], [-0.125], [0.5], [0.25]], [[0.0625], [-0.25], [-0.125], [0.25], [-0.25], [-0.125]]]]> : tensor<1x6x6x1xf32>}> : () -> tensor<1x6x6x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x6x6x1xf32>, tensor<1x6x6x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// HWCM: output channel c M + m is the last but one times the last dimension.
// CHECK-LABEL: @depthwise
// CHECK: tosa.depthwise_conv2d {{.*}}lowbit.trained = #lowbit.trained<!lowbit.bipolar, scales = dense<[5.000000e-01, 2.500000e-01, 3.000000e+00, 1.000000e+00]> : tensor<4xf32>>
func.func @depthwise(%x: tensor<1x3x3x2xf32>) -> tensor<1x1x1x4xf32> {
  %w = "tosa.const"() <{values = dense<[[[[-0.5, -0.25], [-3.0, -1.0]], [[0.5, 0.25], [-3.0, 1.0]], [[0.5, 0.25], [-3.0, -1.0]]], [[[0.5, 0.25], [-3.0, 1.0]], [[-0.5, -0.25], [-3.0, -1.0]], [[-0.5, -0.25], [-3.0, -1.0]]], [[[-0.5, 0.25], [-3.0, -1.0]], [[-0.5, -0.25], [3.0, 1.0]], [[0.5, 0.25], [-3.0, -1.0]]]]> : tensor<3x3x2x2xf32>}> : () -> tensor<3x3x2x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.depthwise_conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x3x3x2xf32>, tensor<3x3x2x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x4xf32>
  return %0 : tensor<1x1x1x4xf32>
}

// Columns are the channels.
// CHECK-LABEL: @matmul
// CHECK: tosa.matmul {{.*}}lowbit.trained = #lowbit.trained<!lowbit.levels<[-7, 1, 3, 4]>, scales = dense<[5.000000e-01, 1.000000e-01]> : tensor<2xf32>>
func.func @matmul(%x: tensor<1x1x16xf32>) -> tensor<1x1x2xf32> {
  %w = "tosa.const"() <{values = dense<[[[-3.5, -0.7], [0.5, 0.1], [1.5, 0.3], [2.0, 0.4], [-3.5, -0.7], [2.0, 0.4], [-3.5, 0.3], [-3.5, -0.7], [-3.5, -0.7], [-3.5, -0.7], [2.0, 0.4], [-3.5, -0.7], [1.5, 0.4], [1.5, 0.1], [2.0, 0.1], [1.5, -0.7]]]> : tensor<1x16x2xf32>}> : () -> tensor<1x16x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %b, %b : (tensor<1x1x16xf32>, tensor<1x16x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  return %0 : tensor<1x1x2xf32>
}

// Too few weights to tell, weights of ordinary training, computed weights.
// CHECK-LABEL: @nothing
// CHECK-NOT: lowbit.trained
func.func @nothing(%x: tensor<1x3x3x2xf32>, %computed: tensor<2x3x3x2xf32>) -> (tensor<1x3x3x1xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>) {
  %few = "tosa.const"() <{values = dense<[[[[0.5, -0.5]]]]> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %w = "tosa.const"() <{values = dense<[[[[1.07164, 0.8188], [-1.23699, 1.20212], [0.41756, -2.21245]], [[1.26168, -0.29698], [0.99142, 0.18544], [-0.56327, 1.12824]], [[0.3222, 0.22163], [-0.69673, 0.91913], [0.1209, 1.01737]]], [[[-0.51728, 0.63715], [-0.67798, 0.57882], [0.2751, -3.32907]], [[-0.53665, -0.87218], [0.55308, -0.3305], [2.77828, 0.1252]], [[1.11762, -1.60622], [-0.87314, -0.94912], [0.43025, -0.26855]]]]> : tensor<2x3x3x2xf32>}> : () -> tensor<2x3x3x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %few, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x3x3x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x3x1xf32>
  %1 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x3x3x2xf32>, tensor<2x3x3x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  %2 = tosa.conv2d %x, %computed, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x3x3x2xf32>, tensor<2x3x3x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0, %1, %2 : tensor<1x3x3x1xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>
}
