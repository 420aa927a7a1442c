// Folds, and what canonicalization leaves alone.
// RUN: lowbit-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: @unpack_of_pack
// CHECK-SAME: (%[[CODES:.+]]: tensor<5x!lowbit.ternary>)
// CHECK-NEXT: return %[[CODES]]
func.func @unpack_of_pack(%codes: tensor<5x!lowbit.ternary>) -> tensor<5x!lowbit.ternary> {
  %p = lowbit.pack %codes
      : tensor<5x!lowbit.ternary> -> tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  %u = lowbit.unpack %p
      : tensor<2x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<5x!lowbit.ternary>
  return %u : tensor<5x!lowbit.ternary>
}

// CHECK-LABEL: @pack_of_unpack
// CHECK-SAME: (%[[BYTES:.+]]: tensor<2x!lowbit.packed<!lowbit.ternary, bits>>)
// CHECK-NEXT: return %[[BYTES]]
func.func @pack_of_unpack(%bytes: tensor<2x!lowbit.packed<!lowbit.ternary, bits>>)
    -> tensor<2x!lowbit.packed<!lowbit.ternary, bits>> {
  %u = lowbit.unpack %bytes
      : tensor<2x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<8x!lowbit.ternary>
  %p = lowbit.pack %u
      : tensor<8x!lowbit.ternary> -> tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  return %p : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
}

// The codes of a constant are packed already.
// CHECK-LABEL: @pack_of_constant
// CHECK-NEXT: %[[BYTES:.+]] = lowbit.constant dense<[-92, 1]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
// CHECK-NEXT: return %[[BYTES]]
func.func @pack_of_constant() -> tensor<2x!lowbit.packed<!lowbit.ternary, bits>> {
  %codes = lowbit.constant dense<[0xA4, 0x01]> : tensor<2xi8> : tensor<5x!lowbit.ternary>
  %p = lowbit.pack %codes
      : tensor<5x!lowbit.ternary> -> tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  return %p : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
}

// Two bytes hold five codes or eight: the shapes differ, so nothing is folded.
// CHECK-LABEL: @unpack_to_another_shape
// CHECK: lowbit.pack
// CHECK: %[[CODES:.+]] = lowbit.unpack
// CHECK: return %[[CODES]]
func.func @unpack_to_another_shape(%codes: tensor<8x!lowbit.ternary>)
    -> tensor<2x4x!lowbit.ternary> {
  %p = lowbit.pack %codes
      : tensor<8x!lowbit.ternary> -> tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  %u = lowbit.unpack %p
      : tensor<2x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<2x4x!lowbit.ternary>
  return %u : tensor<2x4x!lowbit.ternary>
}

// Equal constants become one; the same bytes of another type stay apart.
// CHECK-LABEL: @constants_are_uniqued
// CHECK-DAG: %[[BIPOLAR:.+]] = lowbit.constant dense<-86> : tensor<1xi8> : tensor<8x!lowbit.bipolar>
// CHECK-DAG: %[[TERNARY:.+]] = lowbit.constant dense<-86> : tensor<1xi8> : tensor<4x!lowbit.ternary>
// CHECK: return %[[TERNARY]], %[[TERNARY]], %[[BIPOLAR]]
func.func @constants_are_uniqued()
    -> (tensor<4x!lowbit.ternary>, tensor<4x!lowbit.ternary>, tensor<8x!lowbit.bipolar>) {
  %a = lowbit.constant dense<0xAA> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %b = lowbit.constant dense<0xAA> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %c = lowbit.constant dense<0xAA> : tensor<1xi8> : tensor<8x!lowbit.bipolar>
  return %a, %b, %c
      : tensor<4x!lowbit.ternary>, tensor<4x!lowbit.ternary>, tensor<8x!lowbit.bipolar>
}

// CHECK-LABEL: @dead_ops_disappear
// CHECK-NEXT: return
func.func @dead_ops_disappear(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4x!lowbit.uint<2>>
  %h = lowbit.checksum %p : tensor<1x4x4x4x!lowbit.uint<2>>
  return
}

// A constant changes its layout as it is packed: -1 0 1 1 0 are 156.
// CHECK-LABEL: @pack_constant_into_base3
// CHECK-NEXT: %[[BYTES:.+]] = lowbit.constant dense<-100> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
// CHECK-NEXT: return %[[BYTES]]
func.func @pack_constant_into_base3() -> tensor<1x!lowbit.packed<!lowbit.ternary, base3>> {
  %w = lowbit.constant dense<[0xA4, 1]> : tensor<2xi8> : tensor<5x!lowbit.ternary>
  %p = lowbit.pack %w : tensor<5x!lowbit.ternary> -> tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
  return %p : tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
}

// Bytes of another layout are not the same bytes.
// CHECK-LABEL: @pack_of_unpack_into_another_layout
// CHECK: lowbit.unpack
// CHECK: lowbit.pack
func.func @pack_of_unpack_into_another_layout(%p: tensor<2x!lowbit.packed<!lowbit.ternary, bits>>)
    -> tensor<1x!lowbit.packed<!lowbit.ternary, base3>> {
  %w = lowbit.unpack %p : tensor<2x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<5x!lowbit.ternary>
  %q = lowbit.pack %w : tensor<5x!lowbit.ternary> -> tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
  return %q : tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
}

// CHECK-LABEL: @pad_of_nothing
// CHECK-SAME: (%[[X:.+]]: tensor<2x!lowbit.uint<2>>)
// CHECK-NEXT: return %[[X]]
func.func @pad_of_nothing(%x: tensor<2x!lowbit.uint<2>>) -> tensor<2x!lowbit.uint<2>> {
  %p = lowbit.pad %x low [0] high [0] level 1 : tensor<2x!lowbit.uint<2>> -> tensor<2x!lowbit.uint<2>>
  return %p : tensor<2x!lowbit.uint<2>>
}

// Missing taps count 0, which is what the pad says too; attributes stay.
// CHECK-LABEL: @pad_in_front_of_a_convolution
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x4x1x!lowbit.uint<2>>,
// CHECK-NEXT: lowbit.conv2d %[[X]], %{{.+}} pad [2, 1, 0, 4] stride [1, 1] dilation [1, 1] {lowbit.layer = "conv"}
func.func @pad_in_front_of_a_convolution(%x: tensor<1x4x4x1x!lowbit.uint<2>>, %w: tensor<1x1x1x1x!lowbit.ternary>)
    -> tensor<1x7x8x1xi32> {
  %p = lowbit.pad %x low [0, 1, 0, 0] high [0, 1, 3, 0] level 0
      : tensor<1x4x4x1x!lowbit.uint<2>> -> tensor<1x6x7x1x!lowbit.uint<2>>
  %a = lowbit.conv2d %p, %w pad [1, 0, 0, 1] stride [1, 1] dilation [1, 1] {lowbit.layer = "conv"}
      : tensor<1x6x7x1x!lowbit.uint<2>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x7x8x1xi32>
  return %a : tensor<1x7x8x1xi32>
}

// CHECK-LABEL: @does_not_fold_other_levels_and_dimensions
// CHECK: lowbit.pad {{.*}} level 1
// CHECK: lowbit.pad {{.*}} level 0
func.func @does_not_fold_other_levels_and_dimensions(%x: tensor<1x4x4x1x!lowbit.uint<2>>, %w: tensor<1x1x1x1x!lowbit.ternary>,
    %v: tensor<1x1x1x2x!lowbit.ternary>) -> (tensor<1x5x4x1xi32>, tensor<1x4x4x1xi32>) {
  %p = lowbit.pad %x low [0, 1, 0, 0] high [0, 0, 0, 0] level 1
      : tensor<1x4x4x1x!lowbit.uint<2>> -> tensor<1x5x4x1x!lowbit.uint<2>>
  %a = lowbit.conv2d %p, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x5x4x1x!lowbit.uint<2>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x5x4x1xi32>
  %q = lowbit.pad %x low [0, 0, 0, 0] high [0, 0, 0, 1] level 0
      : tensor<1x4x4x1x!lowbit.uint<2>> -> tensor<1x4x4x2x!lowbit.uint<2>>
  %b = lowbit.conv2d %q, %v pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x4x4x2x!lowbit.uint<2>>, tensor<1x1x1x2x!lowbit.ternary> -> tensor<1x4x4x1xi32>
  return %a, %b : tensor<1x5x4x1xi32>, tensor<1x4x4x1xi32>
}
