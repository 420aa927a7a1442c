// What lowbit.conv2d refuses.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @conv2d_c1_channels_differ(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x3x3x3x!lowbit.ternary>) {
  // expected-error@below {{input has 4 channels, weight has 3}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x3x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c2_negative_pad(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %a = lowbit.conv2d %x, %w pad [1, 1, -1, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c2_zero_stride(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [0, 1] dilation [1, 1]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c2_zero_dilation(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 0]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c2_wrong_number_of_pads(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{expects 4 pads and 2 kernel sizes, strides and dilations}}
  %a = lowbit.conv2d %x, %w pad [1, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c2_wrong_number_of_strides(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{expects 4 pads and 2 kernel sizes, strides and dilations}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1] dilation [1, 1]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c2_wrong_number_of_dilations(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{expects 4 pads and 2 kernel sizes, strides and dilations}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1, 1]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c3_window_does_not_fit(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x9x1x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{the window does not fit into the padded input: output of 0x10}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 1, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x9x1x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

// The window spans 4 * 2^62 + 1 elements, which must not wrap around to 1.
func.func @conv2d_c3_huge_dilation(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x5x5x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{the window does not fit into the padded input}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [4611686018427387904, 4611686018427387904]
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x5x5x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

// 2 * 2^15 * 2^15 is 2^31; one less tap would fit.
func.func @conv2d_c4_sum_leaves_i32(%x: tensor<1x1x2x1x!lowbit.int<16>>,
    %w: tensor<1x1x2x1x!lowbit.int<16>>) {
  // expected-error@below {{sum of 2 products may reach 2147483648, which does not fit i32}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x1x2x1x!lowbit.int<16>>, tensor<1x1x2x1x!lowbit.int<16>> -> tensor<1x1x1x1xi32>
  return
}

// -----

func.func @conv2d_input_of_bytes(%x: tensor<1x8x8x4xi8>,
    %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{operand #0 must be 4-D statically shaped tensor of level-set type values}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x8x8x4xi8>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_dynamic_batch(%x: tensor<?x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{operand #0 must be 4-D statically shaped tensor of level-set type values}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1]
      : tensor<?x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

// The worst sums of constant weights count, not what their type allows: here
// 32767 * 65535 in channel 0 fits and the sum of two such products does not.
func.func @conv2d_c4_worst_sum_leaves_i32(%x: tensor<1x1x2x1x!lowbit.uint<16>>) {
  %w = lowbit.constant dense<[-1, 127, 0, 0, -1, 127, -1, 127]> : tensor<8xi8> : tensor<2x1x2x1x!lowbit.int<16>>
  // expected-error@below {{sums of output channel 1 may reach 4294770690, which does not fit i32}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x1x2x1x!lowbit.uint<16>>, tensor<2x1x2x1x!lowbit.int<16>> -> tensor<1x1x1x2xi32>
  return
}

// -----

// Weights 1, -1 and 1, 1 on levels 0 to 127.
func.func @conv2d_c6_sums_leave_i8(%x: tensor<1x1x2x1x!lowbit.uint<7>>) {
  %w = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x1x2x1x!lowbit.ternary>
  // expected-error@below {{sums may be in [-127, 254], which i8 does not hold}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x1x2x1x!lowbit.uint<7>>, tensor<2x1x2x1x!lowbit.ternary> -> tensor<1x1x1x2xi8>
  return
}

// -----

func.func @conv2d_c6_unknown_weights(%x: tensor<1x1x2x1x!lowbit.uint<7>>, %w: tensor<2x1x2x1x!lowbit.ternary>) {
  // expected-error@below {{sums may be in [-254, 254], which i8 does not hold}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x1x2x1x!lowbit.uint<7>>, tensor<2x1x2x1x!lowbit.ternary> -> tensor<1x1x1x2xi8>
  return
}

// -----

func.func @conv2d_c7_wrong_bound(%x: tensor<1x1x2x1x!lowbit.uint<7>>) {
  %w = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x1x2x1x!lowbit.ternary>
  // expected-error@below {{bound is not what the weights give: #lowbit.worst_sums<[-127, 254] in channels [0, 1]>}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      bound <[-127, 253] in channels [0, 1]>
      : tensor<1x1x2x1x!lowbit.uint<7>>, tensor<2x1x2x1x!lowbit.ternary> -> tensor<1x1x1x2xi16>
  return
}

// -----

func.func @conv2d_c7_bound_of_unknown_weights(%x: tensor<1x1x2x1x!lowbit.uint<7>>, %w: tensor<2x1x2x1x!lowbit.ternary>) {
  // expected-error@below {{bound needs constant weights}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      bound <[-127, 254] in channels [0, 1]>
      : tensor<1x1x2x1x!lowbit.uint<7>>, tensor<2x1x2x1x!lowbit.ternary> -> tensor<1x1x1x2xi16>
  return
}

// -----

func.func @conv2d_c1_channels_of_groups_differ(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x1x1x4x!lowbit.ternary>) {
  // expected-error@below {{input has 4 channels, weight has 4 for each of 2 groups}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 2
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x1x1x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c1_channels_not_divisible(%x: tensor<1x8x8x5x!lowbit.uint<2>>,
    %w: tensor<6x1x1x2x!lowbit.ternary>) {
  // expected-error@below {{input has 5 channels, weight has 2 for each of 2 groups}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 2
      : tensor<1x8x8x5x!lowbit.uint<2>>, tensor<6x1x1x2x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c5_no_groups(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x1x1x4x!lowbit.ternary>) {
  // expected-error@below {{groups is 0, must be positive and divide the 6 output channels}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 0
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x1x1x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}

// -----

func.func @conv2d_c5_groups_do_not_divide_outputs(%x: tensor<1x8x8x4x!lowbit.uint<2>>,
    %w: tensor<6x1x1x1x!lowbit.ternary>) {
  // expected-error@below {{groups is 4, must be positive and divide the 6 output channels}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 4
      : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x1x1x1x!lowbit.ternary> -> tensor<1x8x8x6xi32>
  return
}
