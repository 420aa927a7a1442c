// Weights keep the levels they were trained to.
// RUN: lowbit-opt %s --lowbit-quantize-weights --verify-diagnostics | FileCheck %s

// Levels 2, 1 and 1, -1: codes 1, 0, 0, 4. The op tells that they are the trained ones.
// CHECK-LABEL: @trained
// CHECK: lowbit.constant dense<[1, 8]> : tensor<2xi8> : tensor<2x1x1x2x!lowbit.pow2<3, nozero>>
// CHECK: lowbit.conv2d {{.*}}lowbit.trained = #lowbit.trained<!lowbit.pow2<3, nozero>, scales = dense<[2.500000e-01, -7.500000e-01]> : tensor<2xf32>>
// CHECK: arith.constant dense<[1.250000e-01, -3.750000e-01]> : tensor<2xf32>
func.func @trained(%q: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x1x1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[0.5, 0.25]]], [[[-0.75, 0.75]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x1x1x2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x1x1x2xf32>
  %0 = tosa.conv2d %f, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.trained = #lowbit.trained<!lowbit.pow2<3, nozero>, scales = dense<[0.25, -0.75]> : tensor<2xf32>>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.pow2<3, nozero>, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0 : tensor<1x1x1x2xf32>
}

// 8 bits hold the same levels at the same scale.
// CHECK-LABEL: @in_a_wider_set
// CHECK: lowbit.constant dense<[2, 1, 1, -1]> : tensor<4xi8> : tensor<2x1x1x2x!lowbit.int<8>>
// CHECK: lowbit.conv2d {{.*}}lowbit.trained
// CHECK: arith.constant dense<[1.250000e-01, -3.750000e-01]> : tensor<2xf32>
func.func @in_a_wider_set(%q: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x1x1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[0.5, 0.25]]], [[[-0.75, 0.75]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x1x1x2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x1x1x2xf32>
  %0 = tosa.conv2d %f, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.trained = #lowbit.trained<!lowbit.pow2<3, nozero>, scales = dense<[0.25, -0.75]> : tensor<2xf32>>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.int<8>, activation_bits = 2, residual_bits = 16, multiplier_free = false>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0 : tensor<1x1x1x2xf32>
}

// Where the scale is 0 any level does.
// CHECK-LABEL: @of_scale_zero
// CHECK: lowbit.constant dense<7> : tensor<1xi8> : tensor<2x1x1x2x!lowbit.bipolar>
// CHECK: arith.constant dense<[0.000000e+00, -3.750000e-01]> : tensor<2xf32>
func.func @of_scale_zero(%q: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x1x1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[0.0, 0.0]]], [[[-0.75, 0.75]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x1x1x2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x1x1x2xf32>
  %0 = tosa.conv2d %f, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.trained = #lowbit.trained<!lowbit.bipolar, scales = dense<[0.0, -0.75]> : tensor<2xf32>>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.bipolar, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0 : tensor<1x1x1x2xf32>
}

// Bipolar weights cannot be 2 and 1: they are fitted, and the user is told.
// CHECK-LABEL: @in_a_smaller_set
// CHECK: tensor<2x1x1x2x!lowbit.bipolar>
// CHECK: lowbit.conv2d
// CHECK-NOT: lowbit.trained
// CHECK: arith.constant dense<[1.875000e-01, 3.750000e-01]> : tensor<2xf32>
func.func @in_a_smaller_set(%q: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x1x1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[0.5, 0.25]]], [[[-0.75, 0.75]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x1x1x2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x1x1x2xf32>
  // expected-warning@below {{layer 'conv1' was trained to pow2<3, nozero> weights, but the recipe asks for bipolar: they are fitted to it}}
  %0 = tosa.conv2d %f, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.trained = #lowbit.trained<!lowbit.pow2<3, nozero>, scales = dense<[0.25, -0.75]> : tensor<2xf32>>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.bipolar, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0 : tensor<1x1x1x2xf32>
}
