// What lowbit-quantize-weights refuses.
// RUN: lowbit-opt %s --lowbit-quantize-weights --split-input-file --verify-diagnostics

func.func @input_not_quantized(%f: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{has a scheme, but its input is not quantized; run lowbit-insert-squeeze-threshold first}}
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// -----

func.func @input_scale_per_channel_not_constant(%q: tensor<1x4x1x1x!lowbit.uint<2>>, %s: tensor<1xf32>) -> tensor<1x4x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x4x1x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x4x1x1xf32>
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{has a scheme, but its input is not quantized}}
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// -----

func.func @nan_weights(%q: tensor<1x4x1x1x!lowbit.uint<2>>) -> tensor<1x4x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x4x1x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x4x1x1xf32>
  %w = "tosa.const"() <{values = dense<0x7FC00000> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{has infinite or NaN weights}}
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// -----

func.func @infinite_weights(%q: tensor<1x4x1x1x!lowbit.uint<2>>) -> tensor<1x4x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x4x1x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x4x1x1xf32>
  %w = "tosa.const"() <{values = dense<0xFF800000> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{has infinite or NaN weights}}
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// -----

func.func @nan_bias(%q: tensor<1x4x1x1x!lowbit.uint<2>>) -> tensor<1x4x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x4x1x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x4x1x1xf32>
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0x7FC00000> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{has an infinite or NaN bias}}
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// -----

func.func @weights_not_constant(%q: tensor<1x4x1x1x!lowbit.uint<2>>, %w: tensor<1x1x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x4x1x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x4x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{weights must be constant f32 to be quantized}}
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// -----

func.func @bias_not_constant(%q: tensor<1x4x1x1x!lowbit.uint<2>>, %b: tensor<1xf32>) -> tensor<1x4x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x4x1x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x4x1x1xf32>
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  // expected-error@below {{bias must be constant f32 for the layer to be quantized}}
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// -----

func.func @transposed(%q: tensor<1x4x1x1x!lowbit.uint<2>>) -> tensor<1x4x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x4x1x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x4x1x1xf32>
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{has a scheme, but only convolutions and matrix products can be quantized}}
  %0 = tosa.transpose_conv2d %f, %w, %b, %zp, %zp {acc_type = f32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}

// -----

// 0.3 is no level times 0.25.
func.func @trained_levels_of_other_weights(%q: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x1x1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[0.5, 0.3]]], [[[-0.75, 0.75]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x1x1x2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x1x1x2xf32>
  // expected-error@below {{'lowbit.trained' does not describe the weights: 3.000000e-01 is no level of pow2<3, nozero> times 2.500000e-01}}
  %0 = tosa.conv2d %f, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.trained = #lowbit.trained<!lowbit.pow2<3, nozero>, scales = dense<[0.25, -0.75]> : tensor<2xf32>>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.pow2<3, nozero>, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0 : tensor<1x1x1x2xf32>
}

// -----

// Three scales for two channels.
func.func @trained_scales_of_another_layer(%q: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x1x1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[0.5, 0.25]]], [[[-0.75, 0.75]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x1x1x2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x1x1x2xf32>
  // expected-error@below {{'lowbit.trained' has 3 scales, the layer has 2 channels}}
  %0 = tosa.conv2d %f, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.trained = #lowbit.trained<!lowbit.pow2<3, nozero>, scales = dense<1.0> : tensor<3xf32>>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.pow2<3, nozero>, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0 : tensor<1x1x1x2xf32>
}
