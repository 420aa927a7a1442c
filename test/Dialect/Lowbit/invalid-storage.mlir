// What the ops of storage and proof refuse.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @pack_c1_too_few_bytes(%x: tensor<5x!lowbit.ternary>) {
  // expected-error@below {{result must be 1-D of 2 bytes: 5 codes of ternary in layout bits}}
  %p = lowbit.pack %x
      : tensor<5x!lowbit.ternary> -> tensor<1x!lowbit.packed<!lowbit.ternary, bits>>
  return
}

// -----

func.func @pack_c1_too_many_bytes_in_base3(%x: tensor<5x!lowbit.ternary>) {
  // expected-error@below {{result must be 1-D of 1 bytes: 5 codes of ternary in layout base3}}
  %p = lowbit.pack %x
      : tensor<5x!lowbit.ternary> -> tensor<2x!lowbit.packed<!lowbit.ternary, base3>>
  return
}

// -----

func.func @pack_c2_other_level_set(%x: tensor<5x!lowbit.ternary>) {
  // expected-error@below {{codes of '!lowbit.ternary' do not lie in bytes of '!lowbit.packed<!lowbit.uint<2>, bits>'}}
  %p = lowbit.pack %x
      : tensor<5x!lowbit.ternary> -> tensor<2x!lowbit.packed<!lowbit.uint<2>, bits>>
  return
}

// -----

func.func @pack_of_integers(%x: tensor<5xi32>) {
  // expected-error@below {{operand #0 must be statically shaped tensor of level-set type values}}
  %p = lowbit.pack %x
      : tensor<5xi32> -> tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  return
}

// -----

func.func @unpack_c1_too_few_bytes(%p: tensor<1x!lowbit.packed<!lowbit.ternary, bits>>) {
  // expected-error@below {{input must be 1-D of 2 bytes: 5 codes of ternary in layout bits}}
  %x = lowbit.unpack %p
      : tensor<1x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<5x!lowbit.ternary>
  return
}

// -----

func.func @unpack_c1_too_many_bytes(%p: tensor<2x!lowbit.packed<!lowbit.ternary, bits>>) {
  // expected-error@below {{input must be 1-D of 1 bytes: 4 codes of ternary in layout bits}}
  %x = lowbit.unpack %p
      : tensor<2x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<4x!lowbit.ternary>
  return
}

// -----

func.func @unpack_c1_two_dimensions(%p: tensor<1x1x!lowbit.packed<!lowbit.ternary, bits>>) {
  // expected-error@below {{input must be 1-D of 1 bytes}}
  %x = lowbit.unpack %p
      : tensor<1x1x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<4x!lowbit.ternary>
  return
}

// -----

func.func @unpack_c2_other_level_set(%p: tensor<1x!lowbit.packed<!lowbit.uint<2>, bits>>) {
  // expected-error@below {{codes of '!lowbit.ternary' do not lie in bytes of '!lowbit.packed<!lowbit.uint<2>, bits>'}}
  %x = lowbit.unpack %p
      : tensor<1x!lowbit.packed<!lowbit.uint<2>, bits>> -> tensor<4x!lowbit.ternary>
  return
}

// -----

func.func @unpack_of_bytes(%p: tensor<1xi8>) {
  // expected-error@below {{operand #0 must be statically shaped tensor of packed codes values}}
  %x = lowbit.unpack %p
      : tensor<1xi8> -> tensor<4x!lowbit.ternary>
  return
}

// -----

func.func @checksum_of_floats(%x: tensor<4xf32>) {
  // expected-error@below {{operand #0 must be statically shaped tensor of level-set type or 8-bit signless integer or 16-bit signless integer or 32-bit signless integer values}}
  %h = lowbit.checksum %x : tensor<4xf32>
  return
}
