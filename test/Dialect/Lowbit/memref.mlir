// Codes and packed bytes are elements of memrefs, and of upstream's tensor ops.
// RUN: lowbit-opt %s | lowbit-opt | FileCheck %s

// CHECK-LABEL: func.func private @element_types
// CHECK-SAME: (memref<4x!lowbit.ternary>, memref<4x!lowbit.bipolar>, memref<4x!lowbit.pow2<4>>,
// CHECK-SAME: memref<4x!lowbit.odd<2>>, memref<?x!lowbit.int<8, narrow>>, memref<2x2x!lowbit.uint<2>>,
// CHECK-SAME: memref<54x!lowbit.packed<!lowbit.ternary, bits>>)
func.func private @element_types(
    memref<4x!lowbit.ternary>, memref<4x!lowbit.bipolar>, memref<4x!lowbit.pow2<4>>,
    memref<4x!lowbit.odd<2>>, memref<?x!lowbit.int<8, narrow>>, memref<2x2x!lowbit.uint<2>>,
    memref<54x!lowbit.packed<!lowbit.ternary, bits>>)

// CHECK-LABEL: @load_and_store
// CHECK: %[[CODE:.+]] = memref.load %{{.+}}[%{{.+}}] : memref<4x!lowbit.ternary>
// CHECK: memref.store %[[CODE]], %{{.+}}[%{{.+}}] : memref<4x!lowbit.ternary>
func.func @load_and_store(%from: memref<4x!lowbit.ternary>, %to: memref<4x!lowbit.ternary>, %i: index) {
  %code = memref.load %from[%i] : memref<4x!lowbit.ternary>
  memref.store %code, %to[%i] : memref<4x!lowbit.ternary>
  return
}

// CHECK-LABEL: @data_movement
// CHECK: tensor.collapse_shape %{{.+}} {{\[\[}}0, 1, 2], [3]] : tensor<1x2x2x4x!lowbit.uint<2>> into tensor<4x4x!lowbit.uint<2>>
// CHECK: tensor.concat dim(0) %{{.+}}, %{{.+}} : (tensor<4x4x!lowbit.uint<2>>, tensor<4x4x!lowbit.uint<2>>) -> tensor<8x4x!lowbit.uint<2>>
// CHECK: tensor.extract_slice %{{.+}}[2, 0] [4, 4] [1, 1] : tensor<8x4x!lowbit.uint<2>> to tensor<4x4x!lowbit.uint<2>>
func.func @data_movement(%x: tensor<1x2x2x4x!lowbit.uint<2>>) -> tensor<4x4x!lowbit.uint<2>> {
  %flat = tensor.collapse_shape %x [[0, 1, 2], [3]]
      : tensor<1x2x2x4x!lowbit.uint<2>> into tensor<4x4x!lowbit.uint<2>>
  %twice = tensor.concat dim(0) %flat, %flat
      : (tensor<4x4x!lowbit.uint<2>>, tensor<4x4x!lowbit.uint<2>>) -> tensor<8x4x!lowbit.uint<2>>
  %slice = tensor.extract_slice %twice[2, 0] [4, 4] [1, 1]
      : tensor<8x4x!lowbit.uint<2>> to tensor<4x4x!lowbit.uint<2>>
  return %slice : tensor<4x4x!lowbit.uint<2>>
}
