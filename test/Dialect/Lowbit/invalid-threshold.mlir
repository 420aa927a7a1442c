// What lowbit.threshold refuses.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @threshold_c1_too_many(%x: tensor<1x4xi32>, %t: tensor<4x4xi32>) {
  // expected-error@below {{has 4 thresholds per channel, but uint<2> has 4 levels and needs 3}}
  %n = lowbit.threshold %x, %t : tensor<1x4xi32>, tensor<4x4xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c1_channels_differ(%x: tensor<1x4xi32>, %t: tensor<2x3xi32>) {
  // expected-error@below {{has thresholds for 2 channels; expected 1 or one row per channel (4)}}
  %n = lowbit.threshold %x, %t : tensor<1x4xi32>, tensor<2x3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c2_float_table_integer_input(%x: tensor<1x4xi32>, %t: tensor<4x3xf32>) {
  // expected-error@below {{thresholds must be i32 for an integer input, not 'f32'}}
  %n = lowbit.threshold %x, %t : tensor<1x4xi32>, tensor<4x3xf32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c2_float_table_code_input(%x: tensor<1x4x!lowbit.uint<8>>, %t: tensor<4x3xf32>) {
  // expected-error@below {{thresholds must be i32 for an integer input, not 'f32'}}
  %n = lowbit.threshold %x, %t : tensor<1x4x!lowbit.uint<8>>, tensor<4x3xf32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c2_integer_table_float_input(%x: tensor<1x4xf32>, %t: tensor<4x3xi32>) {
  // expected-error@below {{thresholds must be f32 for a float input, not 'i32'}}
  %n = lowbit.threshold %x, %t : tensor<1x4xf32>, tensor<4x3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c3_too_few_signs(%x: tensor<1x4xi32>, %t: tensor<4x3xi32>) {
  // expected-error@below {{signs must be 1 or -1, one per channel (4)}}
  %n = lowbit.threshold %x, %t signs [1] : tensor<1x4xi32>, tensor<4x3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c3_sign_zero(%x: tensor<1x4xi32>, %t: tensor<4x3xi32>) {
  // expected-error@below {{signs must be 1 or -1, one per channel (4)}}
  %n = lowbit.threshold %x, %t signs [1, 1, 0, 1] : tensor<1x4xi32>, tensor<4x3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c4_descends(%x: tensor<1x4xi32>) {
  %t = arith.constant dense<[[1, 3, 2]]> : tensor<1x3xi32>
  // expected-error@below {{thresholds of a channel must ascend and not be NaN}}
  %n = lowbit.threshold %x, %t : tensor<1x4xi32>, tensor<1x3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c4_float_descends(%x: tensor<1x4xf32>) {
  %t = arith.constant dense<[[1.0, 0.5, 2.0]]> : tensor<1x3xf32>
  // expected-error@below {{thresholds of a channel must ascend and not be NaN}}
  %n = lowbit.threshold %x, %t : tensor<1x4xf32>, tensor<1x3xf32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c4_nan(%x: tensor<1x4xf32>) {
  %t = arith.constant dense<[[1.0, 2.0, 0x7FC00000]]> : tensor<1x3xf32>
  // expected-error@below {{thresholds of a channel must ascend and not be NaN}}
  %n = lowbit.threshold %x, %t : tensor<1x4xf32>, tensor<1x3xf32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_rank_of_table(%x: tensor<1x4xi32>, %t: tensor<3xi32>) {
  // expected-error@below {{must be 2D tensor of}}
  %n = lowbit.threshold %x, %t : tensor<1x4xi32>, tensor<3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

// A channel may start below the last threshold of the one before; ties are fine.
func.func @threshold_c4_ascends_per_channel(%x: tensor<1x2xi32>) {
  %t = arith.constant dense<[[1, 1, 9], [-3, 0, 0]]> : tensor<2x3xi32>
  %n = lowbit.threshold %x, %t : tensor<1x2xi32>, tensor<2x3xi32> -> tensor<1x2x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c5_base_negative(%x: tensor<1x4xi32>, %t: tensor<1x2xi32>) {
  // expected-error@below {{base must not be negative and steps must be positive, one per column (2, at least 1)}}
  %n = lowbit.threshold %x, %t base -1 : tensor<1x4xi32>, tensor<1x2xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c5_step_zero(%x: tensor<1x4xi32>, %t: tensor<1x2xi32>) {
  // expected-error@below {{steps must be positive}}
  %n = lowbit.threshold %x, %t steps [1, 0] : tensor<1x4xi32>, tensor<1x2xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c5_too_few_steps(%x: tensor<1x4xi32>, %t: tensor<1x2xi32>) {
  // expected-error@below {{one per column (2, at least 1)}}
  %n = lowbit.threshold %x, %t steps [2] : tensor<1x4xi32>, tensor<1x2xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c5_no_columns(%x: tensor<1x4xi32>, %t: tensor<1x0xi32>) {
  // expected-error@below {{one per column (0, at least 1)}}
  %n = lowbit.threshold %x, %t base 1 : tensor<1x4xi32>, tensor<1x0xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c5_beyond_the_last_rank(%x: tensor<1x4xi32>, %t: tensor<1x2xi32>) {
  // expected-error@below {{base and steps reach beyond rank 3, the last level of uint<2>}}
  %n = lowbit.threshold %x, %t base 1 steps [1, 2] : tensor<1x4xi32>, tensor<1x2xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}

// -----

func.func @threshold_c5_sum_of_steps_wraps(%x: tensor<1x4xi32>, %t: tensor<1x3xi32>) {
  // expected-error@below {{base and steps reach beyond rank 3}}
  %n = lowbit.threshold %x, %t steps [9223372036854775807, 9223372036854775807, 2] : tensor<1x4xi32>, tensor<1x3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return
}
