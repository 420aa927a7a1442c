// RUN: lowbit-opt %s --lowbit-pack-weights | FileCheck %s

// CHECK-LABEL: @weights
// CHECK: %[[BYTES:.+]] = lowbit.constant dense<-100> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
// CHECK: %[[CODES:.+]] = lowbit.unpack %[[BYTES]] : tensor<1x!lowbit.packed<!lowbit.ternary, base3>> -> tensor<1x5x!lowbit.ternary>
// CHECK: lowbit.matmul %{{.+}}, %[[CODES]]
func.func @weights(%x: tensor<1x5x!lowbit.uint<2>>) -> tensor<1x1xi32> {
  %w = lowbit.constant dense<[0xA4, 1]> : tensor<2xi8> : tensor<1x5x!lowbit.ternary>
  %a = lowbit.matmul %x, %w : tensor<1x5x!lowbit.uint<2>>, tensor<1x5x!lowbit.ternary> -> tensor<1x1xi32>
  return %a : tensor<1x1xi32>
}

// Weights of a file stay in it: the bytes are not copied.
// CHECK-LABEL: @resource
// CHECK: lowbit.constant dense_resource<codes> : tensor<3xi8> : tensor<3x!lowbit.packed<!lowbit.int<4>, bits>>
// CHECK: lowbit.unpack {{.*}} -> tensor<2x3x!lowbit.int<4>>
func.func @resource() -> tensor<2x3x!lowbit.int<4>> {
  %w = lowbit.constant dense_resource<codes> : tensor<3xi8> : tensor<2x3x!lowbit.int<4>>
  return %w : tensor<2x3x!lowbit.int<4>>
}

// CHECK-LABEL: @does_not_pack_twice
// CHECK-NEXT: %[[BYTES:.+]] = lowbit.constant
// CHECK-NEXT: %[[CODES:.+]] = lowbit.unpack %[[BYTES]]
// CHECK-NEXT: return %[[CODES]]
func.func @does_not_pack_twice() -> tensor<4x!lowbit.ternary> {
  %p = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.ternary, bits>>
  %w = lowbit.unpack %p : tensor<1x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<4x!lowbit.ternary>
  return %w : tensor<4x!lowbit.ternary>
}

// CHECK-LABEL: @does_not_pack_floats
// CHECK-NEXT: arith.constant
// CHECK-NEXT: return
func.func @does_not_pack_floats() -> tensor<2xf32> {
  %w = arith.constant dense<1.0> : tensor<2xf32>
  return %w : tensor<2xf32>
}

{-# dialect_resources: { builtin: { codes: "0x010000001032F4" } } #-}
