// What lowbit.pad refuses.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @pad_c1_sizes_missing(%x: tensor<2x3x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{low and high must have 2 elements, one per dimension, none negative}}
  %p = lowbit.pad %x low [1] high [0, 0] level 0 : tensor<2x3x!lowbit.uint<2>> -> tensor<3x3x!lowbit.uint<2>>
  return
}

// -----

func.func @pad_c1_negative(%x: tensor<2x3x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{low and high must have 2 elements, one per dimension, none negative}}
  %p = lowbit.pad %x low [1, 0] high [-1, 0] level 0 : tensor<2x3x!lowbit.uint<2>> -> tensor<2x3x!lowbit.uint<2>>
  return
}

// -----

func.func @pad_c2_no_level_0(%x: tensor<2x!lowbit.bipolar>) {
  // expected-error@below {{pads with 0, which is no level of bipolar}}
  %p = lowbit.pad %x low [1] high [0] level 0 : tensor<2x!lowbit.bipolar> -> tensor<3x!lowbit.bipolar>
  return
}

// -----

func.func @pad_c2_beyond_32_bits(%x: tensor<2x!lowbit.uint<2>>) {
  // expected-error@below {{pads with 4294967297, which is no level of uint<2>}}
  %p = lowbit.pad %x low [1] high [0] level 4294967297 : tensor<2x!lowbit.uint<2>> -> tensor<3x!lowbit.uint<2>>
  return
}

// -----

func.func @pad_c3_too_large(%x: tensor<2x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{dimension 0 of the result leaves 63 bits}}
  %p = lowbit.pad %x low [9223372036854775807] high [0] level 0 : tensor<2x!lowbit.uint<2>> -> tensor<3x!lowbit.uint<2>>
  return
}
