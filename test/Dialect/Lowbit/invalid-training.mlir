// What lowbit.squeeze_threshold_training refuses.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @squeeze_threshold_training_c1_one_dimension(%x: tensor<4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{input must have at least two dimensions: samples first, channels last}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 4.0
      : tensor<4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c2_inputs_of_the_network(%x: tensor<1x2x4xf32>, %w1: tensor<2x3xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{w1 is 2x3, expected 2x4}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x3xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c3_outputs_of_the_network(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<2x3xf32>, %b4: tensor<2xf32>, %a: tensor<4xf32>, %r: tensor<2xf32>) {
  // expected-error@below {{b4 has 2 elements; expected 1 or one per channel (4)}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<2xf32>, tensor<4xf32>, tensor<2xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c3_matrix_and_bias_differ(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<4xf32>, %a: tensor<4xf32>, %r: tensor<4xf32>) {
  // expected-error@below {{w4 is 1x3, expected 4x3}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c4_adjust_per_layer(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<1xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{running adjust is 1, expected 4}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c4_range_per_channel(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<4xf32>) {
  // expected-error@below {{running range is 4, expected 1}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<4xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c5_no_level_set(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{levels must be a level-set type, not 'i8'}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(i8) momentum 0.1 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c5_gaps(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{levels 'pow2<3>' have gaps or none above 0; use bipolar, int, uint or ternary}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.pow2<3>) momentum 0.1 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c5_none_above_0(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{levels 'int<1>' have gaps or none above 0}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.int<1>) momentum 0.1 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c6_momentum(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{momentum must be in [0, 1]}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 1.5 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c6_momentum_nan(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{momentum must be in [0, 1]}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0x7FC00000 max_range 4.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c6_max_range(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{max_range must be positive and finite}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 0.0
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}

// -----

func.func @squeeze_threshold_training_c6_max_range_infinite(%x: tensor<1x2x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>, %w2: tensor<4x2xf32>, %b2: tensor<4xf32>,
    %w3: tensor<3x4xf32>, %b3: tensor<3xf32>, %w4: tensor<1x3xf32>, %b4: tensor<1xf32>, %a: tensor<4xf32>, %r: tensor<1xf32>) {
  // expected-error@below {{max_range must be positive and finite}}
  %y:3 = lowbit.squeeze_threshold_training %x adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 0x7F800000
      : tensor<1x2x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<3x4xf32>, tensor<3xf32>, tensor<1x3xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return
}
