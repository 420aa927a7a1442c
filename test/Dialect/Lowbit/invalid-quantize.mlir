// What the ops between real numbers and levels refuse.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @squeeze_threshold_c1_too_few(%x: tensor<1x4xf32>, %t: tensor<1x2xf32>, %s: tensor<1xf32>) {
  // expected-error@below {{has 2 thresholds per channel, but uint<2> has 4 levels and needs 3}}
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
      : tensor<1x4xf32>, tensor<1x2xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_c1_channels_differ(%x: tensor<1x4xf32>, %t: tensor<3x3xf32>, %s: tensor<1xf32>) {
  // expected-error@below {{has thresholds for 3 channels; expected 1 or one row per channel (4)}}
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
      : tensor<1x4xf32>, tensor<3x3xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_c2_step_per_channel(%x: tensor<1x4xf32>, %t: tensor<1x3xf32>, %s: tensor<4xf32>) {
  // expected-error@below {{step must have one element}}
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
      : tensor<1x4xf32>, tensor<1x3xf32>, tensor<4xf32>
  return
}

// -----

func.func @squeeze_threshold_c2_step_not_positive(%x: tensor<1x4xf32>, %t: tensor<1x3xf32>) {
  %s = arith.constant dense<0.0> : tensor<1xf32>
  // expected-error@below {{step must be positive and finite}}
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
      : tensor<1x4xf32>, tensor<1x3xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_c3_no_level_set(%x: tensor<1x4xf32>, %t: tensor<1x3xf32>, %s: tensor<1xf32>) {
  // expected-error@below {{levels must be a level-set type, not 'i8'}}
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(i8)
      : tensor<1x4xf32>, tensor<1x3xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_c3_tensor_of_levels(%x: tensor<1x4xf32>, %t: tensor<1x3xf32>, %s: tensor<1xf32>) {
  // expected-error@below {{levels must be a level-set type, not 'tensor<4x!lowbit.uint<2>>'}}
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(tensor<4x!lowbit.uint<2>>)
      : tensor<1x4xf32>, tensor<1x3xf32>, tensor<1xf32>
  return
}

// -----

func.func @quantize_c1_gaps(%x: tensor<1x4xf32>, %s: tensor<1xf32>) {
  // expected-error@below {{result levels 'pow2<3>' have gaps; use int, uint or ternary}}
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.pow2<3>>
  return
}

// -----

func.func @quantize_c1_no_zero(%x: tensor<1x4xf32>, %s: tensor<1xf32>) {
  // expected-error@below {{result levels 'bipolar' have gaps}}
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.bipolar>
  return
}

// -----

func.func @quantize_c2_scale_per_channel(%x: tensor<1x4xf32>, %s: tensor<4xf32>) {
  // expected-error@below {{scale must have one element}}
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<4xf32> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @quantize_c2_scale_negative(%x: tensor<1x4xf32>) {
  %s = arith.constant dense<-0.5> : tensor<1xf32>
  // expected-error@below {{scale must be positive and finite}}
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @quantize_c2_scale_infinite(%x: tensor<1x4xf32>) {
  %s = arith.constant dense<0x7F800000> : tensor<1xf32>
  // expected-error@below {{scale must be positive and finite}}
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @quantize_c2_scale_nan(%x: tensor<1x4xf32>) {
  %s = arith.constant dense<0x7FC00000> : tensor<1xf32>
  // expected-error@below {{scale must be positive and finite}}
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @quantize_shapes_differ(%x: tensor<1x4xf32>, %s: tensor<1xf32>) {
  // expected-error@below {{all of {input, result} have same shape}}
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<4x!lowbit.uint<8>>
  return
}

// -----

func.func @dequantize_c1_scale_channels_differ(%a: tensor<1x4xi32>, %s: tensor<3xf32>) {
  // expected-error@below {{scale has 3 elements; expected 1 or one per channel (4)}}
  %f = lowbit.dequantize %a scale(%s) : tensor<1x4xi32>, tensor<3xf32> -> tensor<1x4xf32>
  return
}

// -----

func.func @dequantize_c1_bias_channels_differ(%a: tensor<1x4xi32>, %s: tensor<4xf32>, %b: tensor<2xf32>) {
  // expected-error@below {{bias has 2 elements; expected 1 or one per channel (4)}}
  %f = lowbit.dequantize %a scale(%s) bias(%b)
      : tensor<1x4xi32>, tensor<4xf32>, tensor<2xf32> -> tensor<1x4xf32>
  return
}
