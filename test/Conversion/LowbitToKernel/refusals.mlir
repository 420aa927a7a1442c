// Plans that do not fit their layer.
// RUN: lowbit-opt %s --split-input-file --convert-lowbit-to-linalg --verify-diagnostics

func.func @levels_too_wide(%x: tensor<1x4x!lowbit.uint<9>>) -> tensor<1x1xi32> {
  %w = lowbit.constant dense<1> : tensor<4xi8> : tensor<1x4x!lowbit.int<8>>
  // expected-error@below {{the plan needs levels that fit a byte}}
  %a = lowbit.matmul %x, %w
      {kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>}
      : tensor<1x4x!lowbit.uint<9>>, tensor<1x4x!lowbit.int<8>> -> tensor<1x1xi32>
  return %a : tensor<1x1xi32>
}

// -----

func.func @no_table_for_these_levels(%x: tensor<1x2x!lowbit.uint<8>>) -> tensor<1x1xi16> {
  %w = lowbit.constant dense<0x08> : tensor<1xi8> : tensor<1x2x!lowbit.ternary>
  // expected-error@below {{the plan of this layer does not fit it}}
  %a = lowbit.matmul %x, %w
      {kernel.plan = #kernel.plan<family = lookup, bytes = 16, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 1>}
      : tensor<1x2x!lowbit.uint<8>>, tensor<1x2x!lowbit.ternary> -> tensor<1x1xi16>
  return %a : tensor<1x1xi16>
}

// -----

func.func @another_group(%x: tensor<1x4x!lowbit.uint<2>>) -> tensor<1x1xi16> {
  %w = lowbit.constant dense<0x08> : tensor<1xi8> : tensor<1x4x!lowbit.ternary>
  // expected-error@below {{the plan of this layer does not fit it}}
  %a = lowbit.matmul %x, %w
      {kernel.plan = #kernel.plan<family = lookup, bytes = 64, pixels = 1, vectors = 1, group = 2, entries = 96, steps = 1>}
      : tensor<1x4x!lowbit.uint<2>>, tensor<1x4x!lowbit.ternary> -> tensor<1x1xi16>
  return %a : tensor<1x1xi16>
}

// -----

// Lanes that stand for filter rows hold sums of 16 bits.
func.func @rows_in_lanes_for_sums_of_32_bits(%x: tensor<1x2x2x2x!lowbit.uint<2>>) -> tensor<1x1x1x1xi32> {
  %w = lowbit.constant dense<0x69> : tensor<2xi8> : tensor<1x2x2x2x!lowbit.ternary>
  // expected-error@below {{the plan of this layer does not fit it}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      {kernel.plan = #kernel.plan<family = lookup, bytes = 64, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 1, rows_in_lanes = true>}
      : tensor<1x2x2x2x!lowbit.uint<2>>, tensor<1x2x2x2x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  return %a : tensor<1x1x1x1xi32>
}

// -----

// Four groups of two weights 1 and activations up to 15: up to 4 x 2 x 3 x 15 = 360.
func.func @runs_too_long(%x: tensor<1x1x3x8x!lowbit.uint<4>>) -> tensor<1x1x1x1xi16> {
  %w = lowbit.constant dense<0xAA> : tensor<6xi8> : tensor<1x1x3x8x!lowbit.ternary>
  // expected-error@below {{the plan of this layer does not fit it}}
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      {kernel.plan = #kernel.plan<family = lookup, bytes = 64, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 4>}
      : tensor<1x1x3x8x!lowbit.uint<4>>, tensor<1x1x3x8x!lowbit.ternary> -> tensor<1x1x1x1xi16>
  return %a : tensor<1x1x1x1xi16>
}

// -----

func.func @floats_for_codes(%x: tensor<1x4x!lowbit.uint<2>>) -> tensor<1x1xi16> {
  %w = lowbit.constant dense<0x08> : tensor<1xi8> : tensor<1x4x!lowbit.ternary>
  // expected-error@below {{a plan of floats does not fit codes}}
  %a = lowbit.matmul %x, %w
      {kernel.plan = #kernel.plan<family = float, bytes = 64, pixels = 1, vectors = 1, group = 1>}
      : tensor<1x4x!lowbit.uint<2>>, tensor<1x4x!lowbit.ternary> -> tensor<1x1xi16>
  return %a : tensor<1x1xi16>
}
