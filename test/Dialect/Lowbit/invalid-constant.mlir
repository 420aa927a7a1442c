// What lowbit.constant refuses.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @constant_c1_too_few_bytes() {
  // expected-error@below {{codes must be tensor<2xi8>: 5 codes of 2 bits}}
  %w = lowbit.constant dense<0> : tensor<1xi8> : tensor<5x!lowbit.ternary>
  return
}

// -----

func.func @constant_c1_too_many_bytes() {
  // expected-error@below {{codes must be tensor<1xi8>: 4 codes of 2 bits}}
  %w = lowbit.constant dense<0> : tensor<2xi8> : tensor<4x!lowbit.ternary>
  return
}

// -----

func.func @constant_c1_not_bytes() {
  // expected-error@below {{codes must be tensor<1xi8>}}
  %w = lowbit.constant dense<0> : tensor<1xi16> : tensor<4x!lowbit.ternary>
  return
}

// -----

func.func @constant_c1_two_dimensions() {
  // expected-error@below {{codes must be tensor<1xi8>}}
  %w = lowbit.constant dense<0> : tensor<1x1xi8> : tensor<4x!lowbit.ternary>
  return
}

// -----

func.func @constant_c1_no_such_resource() {
  // expected-error@below {{codes are not readable: the resource is missing or has the wrong size}}
  %w = lowbit.constant dense_resource<absent> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  return
}

// -----

func.func @constant_c1_resource_too_long() {
  // expected-error@below {{codes are not readable}}
  %w = lowbit.constant dense_resource<long> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  return
}
{-# dialect_resources: { builtin: { long: "0x010000000000" } } #-}

// -----

// The last code of four is 3.
func.func @constant_c2_poison_ternary() {
  // expected-error@below {{holds a code that stands for no level of ternary, or a set padding bit}}
  %w = lowbit.constant dense<0xC0> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  return
}

// -----

// Sign and level 0.
func.func @constant_c2_poison_pow2() {
  // expected-error@below {{no level of pow2<3>}}
  %w = lowbit.constant dense<0x04> : tensor<1xi8> : tensor<2x!lowbit.pow2<3>>
  return
}

// -----

// The most negative pattern.
func.func @constant_c2_poison_narrow() {
  // expected-error@below {{no level of int<8, narrow>}}
  %w = lowbit.constant dense<0x80> : tensor<1xi8> : tensor<1x!lowbit.int<8, narrow>>
  return
}

// -----

// Five levels, rank 5.
func.func @constant_c2_poison_levels() {
  // expected-error@below {{no level of levels<[-7, -3, 0, 1, 6]>}}
  %w = lowbit.constant dense<0x05> : tensor<1xi8> : tensor<1x!lowbit.levels<[-7, -3, 0, 1, 6]>>
  return
}

// -----

func.func @constant_c2_padding_bit() {
  // expected-error@below {{or a set padding bit}}
  %w = lowbit.constant dense<0x40> : tensor<1xi8> : tensor<3x!lowbit.ternary>
  return
}

// -----

func.func @constant_dynamic_shape() {
  // expected-error@below {{result #0 must be statically shaped}}
  %w = lowbit.constant dense<0> : tensor<1xi8> : tensor<?x!lowbit.ternary>
  return
}

// -----

func.func @constant_of_floats() {
  // expected-error@below {{result #0 must be statically shaped}}
  %w = lowbit.constant dense<0> : tensor<1xi8> : tensor<4xf32>
  return
}

// -----

func.func @constant_c1_packed_size_differs() {
  // expected-error@below {{codes must be tensor<2xi8>: 8 codes of 2 bits}}
  %w = lowbit.constant dense<0> : tensor<3xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  return
}

// -----

func.func @constant_c2_poison_packed() {
  // expected-error@below {{holds a code that stands for no level of ternary}}
  %w = lowbit.constant dense<[0, 3]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  return
}

// -----

func.func @constant_c2_byte_above_242() {
  // expected-error@below {{holds a code that stands for no level of ternary, or a set padding bit}}
  %w = lowbit.constant dense<[242, 243]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, base3>>
  return
}
