// What lowbit-freeze-squeeze-threshold refuses.
// RUN: lowbit-opt %s --lowbit-freeze-squeeze-threshold --split-input-file --verify-diagnostics

func.func @average_zero(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %r = arith.constant dense<3.0> : tensor<1xf32>
  // expected-error@below {{the running adjust must be positive and finite to be frozen}}
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y : tensor<1x4x2xf32>
}

// -----

func.func @average_negative(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<1.0> : tensor<2xf32>
  %r = arith.constant dense<-3.0> : tensor<1xf32>
  // expected-error@below {{the running range must be positive and finite to be frozen}}
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y : tensor<1x4x2xf32>
}

// -----

func.func @average_infinite(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<1.0> : tensor<2xf32>
  %r = arith.constant dense<0x7F800000> : tensor<1xf32>
  // expected-error@below {{the running range must be positive and finite to be frozen}}
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y : tensor<1x4x2xf32>
}

// -----

func.func @step_underflows(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<1.0> : tensor<2xf32>
  %r = arith.constant dense<1.4e-45> : tensor<1xf32>
  // expected-error@below {{step must be positive and finite}}
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y : tensor<1x4x2xf32>
}

// -----

func.func @average_not_constant(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>, %r: tensor<1xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<1.0> : tensor<2xf32>
  // expected-error@below {{the running range must be constant to be frozen; write the trained averages into the module}}
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y : tensor<1x4x2xf32>
}

// -----

func.func @new_averages_used(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>) -> (tensor<1x4x2xf32>, tensor<1xf32>) {
  %a = arith.constant dense<1.0> : tensor<2xf32>
  %r = arith.constant dense<3.0> : tensor<1xf32>
  // expected-error@below {{its new running averages are used, but frozen ones do not move; remove what reads them first}}
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y, %r1 : tensor<1x4x2xf32>, tensor<1xf32>
}
