// What codes are stored as, and what moves them.
// RUN: lowbit-opt %s --convert-lowbit-to-linalg | FileCheck %s

// CHECK-LABEL: func.func private @level_sets
// CHECK-SAME: (tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi16>, tensor<4xi16>, tensor<4xi16>, tensor<4xi8>)
func.func private @level_sets(
    tensor<4x!lowbit.bipolar>, tensor<4x!lowbit.ternary>, tensor<4x!lowbit.pow2<5, nozero>>,
    tensor<4x!lowbit.int<8>>, tensor<4x!lowbit.uint<8>>, tensor<4x!lowbit.odd<8>>,
    tensor<4x!lowbit.uint<9>>, tensor<4x!lowbit.int<16>>,
    tensor<4x!lowbit.packed<!lowbit.ternary, bits>>)

// Levels are stored as they are, powers of two as their code.
// CHECK-LABEL: @constants
// CHECK: arith.constant dense<[-1, 0, 1, 1]> : tensor<4xi8>
// CHECK: arith.constant dense<[5, 3, 6]> : tensor<3xi8>
// CHECK: arith.constant dense<-1> : tensor<1xi16>
// CHECK: arith.constant dense<[-92, 1]> : tensor<2xi8>
func.func @constants() -> (tensor<4x!lowbit.ternary>, tensor<3x!lowbit.pow2<3>>, tensor<1x!lowbit.uint<16>>,
                           tensor<2x!lowbit.packed<!lowbit.ternary, bits>>) {
  %0 = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %1 = lowbit.constant dense<[0x9D, 0x01]> : tensor<2xi8> : tensor<3x!lowbit.pow2<3>>
  %2 = lowbit.constant dense<[0xFF, 0xFF]> : tensor<2xi8> : tensor<1x!lowbit.uint<16>>
  %3 = lowbit.constant dense<[0xA4, 0x01]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  return %0, %1, %2, %3 : tensor<4x!lowbit.ternary>, tensor<3x!lowbit.pow2<3>>, tensor<1x!lowbit.uint<16>>,
                          tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
}

// A byte holds whole codes of 2 bits: one is read.
// CHECK-LABEL: @unpack_from_one_byte
// CHECK: linalg.generic
// CHECK: linalg.index 0
// CHECK: tensor.extract
// CHECK-NOT: tensor.extract
// CHECK-NOT: arith.muli
// CHECK: tensor.expand_shape %{{.+}} {{\[\[}}0, 1]] output_shape [2, 2]
func.func @unpack_from_one_byte(%p: tensor<1x!lowbit.packed<!lowbit.ternary, bits>>) -> tensor<2x2x!lowbit.ternary> {
  %w = lowbit.unpack %p : tensor<1x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<2x2x!lowbit.ternary>
  return %w : tensor<2x2x!lowbit.ternary>
}

// A code of 3 bits may lie across two bytes.
// CHECK-LABEL: @unpack_from_two_bytes
// CHECK-COUNT-2: tensor.extract
// CHECK-NOT: arith.muli
// CHECK: return
func.func @unpack_from_two_bytes(%p: tensor<2x!lowbit.packed<!lowbit.uint<3>, bits>>) -> tensor<3x!lowbit.uint<3>> {
  %w = lowbit.unpack %p : tensor<2x!lowbit.packed<!lowbit.uint<3>, bits>> -> tensor<3x!lowbit.uint<3>>
  return %w : tensor<3x!lowbit.uint<3>>
}

// Bytes are stored as they are packed.
// CHECK-LABEL: @unpack_bytes
// CHECK-SAME: %[[BYTES:.+]]: tensor<4xi8>
// CHECK-NEXT: %[[W:.+]] = tensor.expand_shape %[[BYTES]]
// CHECK-NEXT: return %[[W]]
func.func @unpack_bytes(%p: tensor<4x!lowbit.packed<!lowbit.int<8, narrow>, bits>>) -> tensor<2x2x!lowbit.int<8, narrow>> {
  %w = lowbit.unpack %p : tensor<4x!lowbit.packed<!lowbit.int<8, narrow>, bits>> -> tensor<2x2x!lowbit.int<8, narrow>>
  return %w : tensor<2x2x!lowbit.int<8, narrow>>
}

// 8-bit codes of odd levels are not the levels.
// CHECK-LABEL: @unpack_odd_bytes
// CHECK: linalg.generic
func.func @unpack_odd_bytes(%p: tensor<4x!lowbit.packed<!lowbit.odd<8>, bits>>) -> tensor<2x2x!lowbit.odd<8>> {
  %w = lowbit.unpack %p : tensor<4x!lowbit.packed<!lowbit.odd<8>, bits>> -> tensor<2x2x!lowbit.odd<8>>
  return %w : tensor<2x2x!lowbit.odd<8>>
}

// CHECK-LABEL: @checksum
// CHECK: %[[FLAT:.+]] = tensor.collapse_shape
// CHECK: scf.for {{.*}} -> (i64)
// CHECK: tensor.extract %[[FLAT]]
// CHECK: arith.extsi %{{.+}} : i8 to i64
func.func @checksum(%w: tensor<2x2x!lowbit.ternary>) -> i64 {
  %h = lowbit.checksum %w : tensor<2x2x!lowbit.ternary>
  return %h : i64
}

// CHECK-LABEL: @data_movement
// CHECK: tensor.extract_slice %{{.+}} : tensor<4x2xi8> to tensor<2x2xi8>
// CHECK: tensor.collapse_shape %{{.+}} {{\[\[}}0, 1]] : tensor<2x2xi8> into tensor<4xi8>
// CHECK: tensor.expand_shape %{{.+}} {{\[\[}}0, 1]] output_shape [1, 4] : tensor<4xi8> into tensor<1x4xi8>
func.func @data_movement(%x: tensor<4x2x!lowbit.uint<2>>) -> tensor<1x4x!lowbit.uint<2>> {
  %0 = tensor.extract_slice %x[1, 0] [2, 2] [1, 1] : tensor<4x2x!lowbit.uint<2>> to tensor<2x2x!lowbit.uint<2>>
  %1 = tensor.collapse_shape %0 [[0, 1]] : tensor<2x2x!lowbit.uint<2>> into tensor<4x!lowbit.uint<2>>
  %2 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 4] : tensor<4x!lowbit.uint<2>> into tensor<1x4x!lowbit.uint<2>>
  return %2 : tensor<1x4x!lowbit.uint<2>>
}

// CHECK-LABEL: @calls
// CHECK: call @calls(%{{.+}}) : (tensor<4xi8>) -> tensor<4xi8>
func.func @calls(%x: tensor<4x!lowbit.uint<2>>) -> tensor<4x!lowbit.uint<2>> {
  %0 = call @calls(%x) : (tensor<4x!lowbit.uint<2>>) -> tensor<4x!lowbit.uint<2>>
  return %0 : tensor<4x!lowbit.uint<2>>
}
