// What lowbit.add refuses.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @add_c1_lhs_multiplier_channels_differ(%a: tensor<1x4xi32>, %b: tensor<1x4x!lowbit.int<8>>,
    %m: tensor<3xi64>, %n: tensor<1xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{lhs_multiplier has 3 elements; expected 1 or one per channel (4)}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 20 rounding half_up
      : tensor<1x4xi32>, tensor<3xi64>, tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @add_c1_rhs_multiplier_channels_differ(%a: tensor<1x4xi32>, %b: tensor<1x4x!lowbit.int<8>>,
    %m: tensor<4xi64>, %n: tensor<3xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{rhs_multiplier has 3 elements; expected 1 or one per channel (4)}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 20 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<1x4x!lowbit.int<8>>, tensor<3xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @add_c1_offset_channels_differ(%a: tensor<1x4xi32>, %b: tensor<1x4x!lowbit.int<8>>,
    %m: tensor<4xi64>, %n: tensor<1xi64>, %o: tensor<2xi64>) {
  // expected-error@below {{offset has 2 elements; expected 1 or one per channel (4)}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 20 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<2xi64>
      -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @add_c2_shift_too_large(%a: tensor<1x4xi32>, %b: tensor<1x4x!lowbit.int<8>>,
    %m: tensor<4xi64>, %n: tensor<1xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{shift is 63, must be in [0, 62]}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 63 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @add_c3_gaps(%a: tensor<1x4xi32>, %b: tensor<1x4x!lowbit.int<8>>,
    %m: tensor<4xi64>, %n: tensor<1xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{result levels 'pow2<4, nozero>' have gaps; use int, uint or ternary}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 20 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.pow2<4, nozero>>
  return
}

// -----

func.func @add_c4_clamp_empty(%a: tensor<1x4xi32>, %b: tensor<1x4x!lowbit.int<8>>,
    %m: tensor<4xi64>, %n: tensor<1xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{clamp must be [lo, hi] with lo <= hi, both levels of uint<8>}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 20 rounding half_up clamp [3, 2]
      : tensor<1x4xi32>, tensor<4xi64>, tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @add_c4_clamp_above_levels(%a: tensor<1x4xi32>, %b: tensor<1x4x!lowbit.int<8>>,
    %m: tensor<4xi64>, %n: tensor<1xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{clamp must be [lo, hi] with lo <= hi, both levels of uint<8>}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 20 rounding half_up clamp [0, 256]
      : tensor<1x4xi32>, tensor<4xi64>, tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

// Each product stays below 2^62, their sum does not.
func.func @add_c5_sum_leaves_62_bits(%a: tensor<1x4xi32>, %b: tensor<1x4xi32>) {
  %m = arith.constant dense<1073741824> : tensor<1xi64>
  %n = arith.constant dense<1073741824> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  // expected-error@below {{products and offset may leave 62 bits}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 0 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.uint<8>>
  return
}

// -----

func.func @add_shapes_differ(%a: tensor<1x4xi32>, %b: tensor<4x!lowbit.int<8>>,
    %m: tensor<4xi64>, %n: tensor<1xi64>, %o: tensor<1xi64>) {
  // expected-error@below {{all of {lhs, rhs, result} have same shape}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%n) offset(%o) shift 20 rounding half_up
      : tensor<1x4xi32>, tensor<4xi64>, tensor<4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.uint<8>>
  return
}
