// RUN: lowbit-opt %s --lowbit-verify-quantized --split-input-file --verify-diagnostics

func.func @constant_and_packed_weights(%x: tensor<1x4x!lowbit.uint<2>>) -> (tensor<1x1xi32>, tensor<1x1xi32>) {
  %w = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<1x4x!lowbit.ternary>
  %p = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.ternary, bits>>
  %v = lowbit.unpack %p : tensor<1x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<1x4x!lowbit.ternary>
  %0 = lowbit.matmul %x, %w : tensor<1x4x!lowbit.uint<2>>, tensor<1x4x!lowbit.ternary> -> tensor<1x1xi32>
  %1 = lowbit.matmul %x, %v : tensor<1x4x!lowbit.uint<2>>, tensor<1x4x!lowbit.ternary> -> tensor<1x1xi32>
  return %0, %1 : tensor<1x1xi32>, tensor<1x1xi32>
}

// -----

func.func @layer_left_in_float(%x: tensor<1x2x1xf32>) -> tensor<1x2x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error@below {{layer 'dense' has a scheme but is still in float}}
  %0 = tosa.matmul %x, %w, %b, %b {lowbit.layer = "dense",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1xf32>
  return %0 : tensor<1x2x1xf32>
}

// -----

func.func @squeeze_threshold_left(%x: tensor<1x4xf32>, %t: tensor<1x3xf32>, %s: tensor<1xf32>) -> tensor<1x4xf32> {
  // expected-error@below {{is left at the quantized level}}
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
      : tensor<1x4xf32>, tensor<1x3xf32>, tensor<1xf32>
  return %y : tensor<1x4xf32>
}

// -----

func.func @squeeze_threshold_training_left(%x: tensor<1x4xf32>, %w: tensor<4x4xf32>, %b: tensor<4xf32>) -> tensor<1x4xf32> {
  // expected-error@below {{is left at the quantized level; run lowbit-freeze-squeeze-threshold first}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %w, %b) threshold(%w, %b, %w, %b) running(%b, %b)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 4.0
      : tensor<1x4xf32>, tensor<4x4xf32>, tensor<4xf32>, tensor<4x4xf32>, tensor<4xf32>, tensor<4x4xf32>, tensor<4xf32>,
        tensor<4x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
  return %y#0 : tensor<1x4xf32>
}

// -----

func.func @matmul_with_weights_from_an_argument(%x: tensor<1x4x!lowbit.uint<2>>, %w: tensor<1x4x!lowbit.ternary>) -> tensor<1x1xi32> {
  // expected-error@below {{weights must be constant}}
  %0 = lowbit.matmul %x, %w : tensor<1x4x!lowbit.uint<2>>, tensor<1x4x!lowbit.ternary> -> tensor<1x1xi32>
  return %0 : tensor<1x1xi32>
}

// -----

func.func @conv2d_with_weights_from_an_argument(%x: tensor<1x1x1x1x!lowbit.uint<2>>, %w: tensor<1x1x1x1x!lowbit.ternary>) -> tensor<1x1x1x1xi32> {
  // expected-error@below {{weights must be constant}}
  %0 = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x1x1x1x!lowbit.uint<2>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  return %0 : tensor<1x1x1x1xi32>
}
