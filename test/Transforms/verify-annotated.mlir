// RUN: lowbit-opt %s --lowbit-verify-annotated --split-input-file --verify-diagnostics

func.func @quantized_through_data_movement_and_pools(%x: tensor<1x4x1x1xf32>) -> tensor<1x2x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %t = arith.constant dense<[[0.5, 1.0, 1.5]]> : tensor<1x3xf32>
  %shape = tosa.const_shape {values = dense<[1, 2, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %q = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
      : tensor<1x4x1x1xf32>, tensor<1x3xf32>, tensor<1xf32>
  %p = tosa.max_pool2d %q {kernel = array<i64: 2, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 1>}
      : (tensor<1x4x1x1xf32>) -> tensor<1x2x1x1xf32>
  %r = tosa.reshape %p, %shape : (tensor<1x2x1x1xf32>, !tosa.shape<3>) -> tensor<1x2x1xf32>
  %0 = tosa.matmul %r, %w, %b, %b {
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1xf32>
  return %0 : tensor<1x2x1xf32>
}

// -----

func.func @input_not_quantized(%x: tensor<1x2x1xf32>) -> tensor<1x2x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{layer 'dense' has a scheme but its input is not quantized}}
  %0 = tosa.matmul %x, %w, %b, %b {lowbit.layer = "dense",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1xf32>
  return %0 : tensor<1x2x1xf32>
}

// -----

func.func @arithmetic_behind_the_quantizer(%q: tensor<1x2x1x!lowbit.uint<2>>) -> tensor<1x2x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x2x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x2x1xf32>
  %e = tosa.exp %f : (tensor<1x2x1xf32>) -> tensor<1x2x1xf32>
  // expected-error@below {{layer '(unnamed)' has a scheme but its input is not quantized}}
  %0 = tosa.matmul %e, %w, %b, %b {
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1xf32>
  return %0 : tensor<1x2x1xf32>
}

// -----

func.func @neither_scheme_nor_reason(%x: tensor<1x2x1xf32>) -> tensor<1x2x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{layer 'dense' has neither a scheme nor a reason for float}}
  %0 = tosa.matmul %x, %w, %b, %b {lowbit.layer = "dense"}
      : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1xf32>
  return %0 : tensor<1x2x1xf32>
}

// -----

func.func @reason_for_float(%x: tensor<1x2x1xf32>) -> tensor<1x2x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %b, %b {lowbit.layer = "dense", lowbit.reason = "the recipe keeps this layer in float"}
      : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1xf32>
  return %0 : tensor<1x2x1xf32>
}
