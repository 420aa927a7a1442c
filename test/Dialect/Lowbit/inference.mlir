// Result types follow from operands and attributes; any other is refused.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

// floor((8 - 1 + 1 + 0 - 2 * 1) / 2) + 1 = 4, floor((7 - 1 + 0 + 2 - 1 * 3) / 1) + 1 = 6.
func.func @conv2d_each_axis_on_its_own(%x: tensor<2x8x7x4x!lowbit.int<8>>, %w: tensor<6x3x2x4x!lowbit.pow2<4>>) {
  %a = lowbit.conv2d %x, %w pad [1, 0, 0, 2] stride [2, 1] dilation [1, 3]
    : tensor<2x8x7x4x!lowbit.int<8>>, tensor<6x3x2x4x!lowbit.pow2<4>> -> tensor<2x4x6x6xi32>
  return
}

// -----

func.func @conv2d_wrong_height(%x: tensor<1x8x8x4x!lowbit.uint<2>>, %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{inferred type(s) 'tensor<1x8x8x6xi32>' are incompatible with return type(s) of operation 'tensor<1x7x8x6xi32>'}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1]
    : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x7x8x6xi32>
  return
}

// -----

func.func @conv2d_wrong_channels(%x: tensor<1x8x8x4x!lowbit.uint<2>>, %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{inferred type(s) 'tensor<1x8x8x6xi32>' are incompatible}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1]
    : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x4xi32>
  return
}

// -----

func.func @conv2d_wrong_element(%x: tensor<1x8x8x4x!lowbit.uint<2>>, %w: tensor<6x3x3x4x!lowbit.ternary>) {
  // expected-error@below {{result #0 must be 4D tensor of 8-bit signless integer or 16-bit signless integer or 32-bit signless integer values}}
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1]
    : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi64>
  return
}

// -----

func.func @matmul_not_transposed(%x: tensor<3x64x!lowbit.uint<8>>, %w: tensor<10x64x!lowbit.int<8>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{inferred type(s) 'tensor<3x10xi32>' are incompatible}}
  %a = lowbit.matmul %x, %w
    : tensor<3x64x!lowbit.uint<8>>, tensor<10x64x!lowbit.int<8>> -> tensor<10x3xi32>
  return
}

// -----

func.func @max_pool2d_keeps_levels(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{inferred type(s) 'tensor<1x4x4x4x!lowbit.uint<2>>' are incompatible}}
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
    : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4x!lowbit.uint<3>>
  return
}

// -----

// The last column is left over: floor((7 - 2) / 2) + 1 = 3.
func.func @sum_pool2d_rounds_down(%x: tensor<1x8x7x4x!lowbit.uint<2>>) {
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
    : tensor<1x8x7x4x!lowbit.uint<2>> -> tensor<1x4x3x4xi32>
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{inferred type(s) 'tensor<1x4x3x4xi32>' are incompatible}}
  %q = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
    : tensor<1x8x7x4x!lowbit.uint<2>> -> tensor<1x4x4x4xi32>
  return
}
