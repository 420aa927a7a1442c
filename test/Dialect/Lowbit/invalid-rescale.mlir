// What lowbit.rescale refuses.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @rescale_c1_multiplier_channels_differ(%a: tensor<1x4xi32>, %m: tensor<3xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{multiplier has 3 elements; expected 1 or one per channel (4)}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up
      : tensor<1x4xi32>, tensor<3xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c1_offset_channels_differ(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<2xi64>) {
  // expected-error@below {{offset has 2 elements; expected 1 or one per channel (4)}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<2xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c1_shift_channels_differ(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{shift has 2 elements; expected 1 or one per channel (4)}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift [1, 2] rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c2_one_shift_too_large(%a: tensor<1x2xi32>, %m: tensor<1xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{shift is 63, must be in [0, 62]}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift [1, 63] rounding half_up
      : tensor<1x2xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x2x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c4_clamp_outside_i32(%a: tensor<1x2xi32>, %m: tensor<1xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{clamp must be [lo, hi] with lo <= hi, both of its type}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 1 rounding half_up clamp [0, 2147483648]
      : tensor<1x2xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x2xi32>
  return
}

// -----

func.func @rescale_c2_shift_negative(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{shift is -1, must be in [0, 62]}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift -1 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c2_shift_too_large(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{shift is 63, must be in [0, 62]}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 63 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c3_gaps(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{result levels 'odd<3>' have gaps; use int, uint or ternary}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.odd<3>>
  return
}

// -----

func.func @rescale_c4_clamp_empty(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{clamp must be [lo, hi] with lo <= hi, both levels of uint<8>}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up clamp [3, 2]
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c4_clamp_below_levels(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{clamp must be [lo, hi] with lo <= hi, both levels of uint<8>}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up clamp [-1, 2]
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c4_clamp_above_levels(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{clamp must be [lo, hi] with lo <= hi, both levels of uint<8>}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up clamp [0, 256]
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c4_clamp_of_one(%a: tensor<1x4xi32>, %m: tensor<4xi64>, %o: tensor<4xi64>) {
  // expected-error@below {{clamp must be [lo, hi] with lo <= hi, both levels of uint<8>}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up clamp [0]
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

// An i32 reaches 2^31; 2^31 * 2^31 is 2^62.
func.func @rescale_c5_product_leaves_62_bits(%a: tensor<1x4xi32>) {
  %m = arith.constant dense<2147483648> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  // expected-error@below {{products and offset may leave 62 bits}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @rescale_c5_offset_leaves_62_bits(%a: tensor<1x4xi32>) {
  %m = arith.constant dense<0> : tensor<1xi64>
  %o = arith.constant dense<-4611686018427387904> : tensor<1xi64>
  // expected-error@below {{products and offset may leave 62 bits}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

// 2^61 for rounding and 2^61 for the offset.
func.func @rescale_c5_rounding_leaves_62_bits(%a: tensor<1x4xi32>) {
  %m = arith.constant dense<0> : tensor<1xi64>
  %o = arith.constant dense<2305843009213693952> : tensor<1xi64>
  // expected-error@below {{products and offset may leave 62 bits}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 62 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

// The range of an argument is taken for granted: the greatest magnitude is 2^31 - 1.
func.func @rescale_c5_stated_range_fits(%a: tensor<1x4xi32> {lowbit.range = array<i64: -9, 2147483647>}) {
  %m = arith.constant dense<2147483648> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding half_up
    : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return
}

// -----

// The magnitude of the least i64 is no i64.
func.func @rescale_c5_stated_range_too_wide(%a: tensor<1x4xi32> {lowbit.range = array<i64: -9223372036854775808, 1>}) {
  %m = arith.constant dense<2147483648> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  // expected-error@below {{products and offset may leave 62 bits}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding half_up
    : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return
}

// -----

// Arguments of later blocks are not the function's.
func.func @rescale_c5_range_of_another_value(%x: tensor<1x4xi32> {lowbit.range = array<i64: -1, 1>}, %y: tensor<1x4xi32>) {
  %m = arith.constant dense<2147483648> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  cf.br ^next(%y : tensor<1x4xi32>)
^next(%a: tensor<1x4xi32>):
  // expected-error@below {{products and offset may leave 62 bits}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding half_up
    : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return
}

// -----

// Four products of at most 3.
func.func @rescale_c5_sum_of_few_terms_fits(%x: tensor<1x1x1x4x!lowbit.uint<2>>, %w: tensor<2x1x1x4x!lowbit.ternary>) {
  %m = arith.constant dense<2147483648> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
    : tensor<1x1x1x4x!lowbit.uint<2>>, tensor<2x1x1x4x!lowbit.ternary> -> tensor<1x1x1x2xi32>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding half_up
    : tensor<1x1x1x2xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x1x1x2x!lowbit.int<8>>
  return
}

// -----

func.func @rescale_c5_sum_without_outputs_fits(%x: tensor<1x1x1x4x!lowbit.uint<2>>, %w: tensor<0x1x1x4x!lowbit.ternary>) {
  %m = arith.constant dense<2147483648> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
    : tensor<1x1x1x4x!lowbit.uint<2>>, tensor<0x1x1x4x!lowbit.ternary> -> tensor<1x1x1x0xi32>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding half_up
    : tensor<1x1x1x0xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x1x1x0x!lowbit.int<8>>
  return
}
