// What has no lowering: tables that are not constant, ops that earlier passes remove.
// RUN: lowbit-opt %s --convert-lowbit-to-linalg --split-input-file --verify-diagnostics

func.func @thresholds_not_constant(%a: tensor<1x4xi32>, %t: tensor<1x3xi32>) -> tensor<1x4x!lowbit.uint<2>> {
  // expected-error@below {{failed to legalize operation 'lowbit.threshold'}}
  %n = lowbit.threshold %a, %t : tensor<1x4xi32>, tensor<1x3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return %n : tensor<1x4x!lowbit.uint<2>>
}

// -----

func.func @scale_of_quantize_not_constant(%x: tensor<1x4xf32>, %s: tensor<1xf32>) -> tensor<1x4x!lowbit.uint<8>> {
  // expected-error@below {{failed to legalize operation 'lowbit.quantize'}}
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return %q : tensor<1x4x!lowbit.uint<8>>
}

// -----

func.func @one_scale_for_all_not_constant(%a: tensor<1x4xi32>, %s: tensor<1xf32>) -> tensor<1x4xf32> {
  // expected-error@below {{failed to legalize operation 'lowbit.dequantize'}}
  %f = lowbit.dequantize %a scale(%s) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  return %f : tensor<1x4xf32>
}

// -----

func.func @multipliers_not_constant(%a: tensor<1x4xi32>, %m: tensor<1xi64>) -> tensor<1x4x!lowbit.int<8>> {
  %o = arith.constant dense<0> : tensor<1xi64>
  // expected-error@below {{failed to legalize operation 'lowbit.rescale'}}
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 2 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return %r : tensor<1x4x!lowbit.int<8>>
}

// -----

func.func @offsets_not_constant(%a: tensor<1x4xi32>, %b: tensor<1x4x!lowbit.int<8>>, %o: tensor<1xi64>) -> tensor<1x4x!lowbit.int<8>> {
  %m = arith.constant dense<1> : tensor<1xi64>
  // expected-error@below {{failed to legalize operation 'lowbit.add'}}
  %r = lowbit.add %a multiplier(%m), %b multiplier(%m) offset(%o) shift 2 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return %r : tensor<1x4x!lowbit.int<8>>
}

// -----

func.func @squeeze_threshold_is_split_before(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %t = arith.constant dense<[[0.125, 0.5, 1.5]]> : tensor<1x3xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  // expected-error@below {{failed to legalize operation 'lowbit.squeeze_threshold'}}
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>) : tensor<1x4xf32>, tensor<1x3xf32>, tensor<1xf32>
  return %y : tensor<1x4xf32>
}

// -----

func.func @pack_is_folded_before(%w: tensor<4x!lowbit.ternary>) -> tensor<1x!lowbit.packed<!lowbit.ternary, bits>> {
  // expected-error@below {{failed to legalize operation 'lowbit.pack'}}
  %p = lowbit.pack %w : tensor<4x!lowbit.ternary> -> tensor<1x!lowbit.packed<!lowbit.ternary, bits>>
  return %p : tensor<1x!lowbit.packed<!lowbit.ternary, bits>>
}
