// Tensors of no dimensions hold one element, of one channel.
// RUN: lowbit-opt %s --convert-lowbit-to-linalg --split-input-file | FileCheck %s

// CHECK-LABEL: @constant
// CHECK: -> tensor<i16>
func.func @constant() -> tensor<!lowbit.uint<16>> {
  %0 = lowbit.constant dense<[1, 2]> : tensor<2xi8> : tensor<!lowbit.uint<16>>
  return %0 : tensor<!lowbit.uint<16>>
}

// -----

// CHECK-LABEL: @unpack
// CHECK-SAME: -> tensor<i8>
func.func @unpack(%p: tensor<1x!lowbit.packed<!lowbit.ternary, bits>>) -> tensor<!lowbit.ternary> {
  %0 = lowbit.unpack %p : tensor<1x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<!lowbit.ternary>
  return %0 : tensor<!lowbit.ternary>
}

// -----

// CHECK-LABEL: @checksum
// CHECK-SAME: (%{{.+}}: tensor<i32>) -> i64
func.func @checksum(%x: tensor<i32>) -> i64 {
  %h = lowbit.checksum %x : tensor<i32>
  return %h : i64
}

// -----

// CHECK-LABEL: @threshold
// CHECK-SAME: (%{{.+}}: tensor<i32>) -> tensor<i8>
func.func @threshold(%x: tensor<i32>) -> tensor<!lowbit.uint<2>> {
  %t = arith.constant dense<[[4, 8, 10]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<i32>, tensor<1x3xi32> -> tensor<!lowbit.uint<2>>
  return %n : tensor<!lowbit.uint<2>>
}

// -----

// CHECK-LABEL: @dequantize
// CHECK-SAME: (%{{.+}}: tensor<i32>) -> tensor<f32>
func.func @dequantize(%x: tensor<i32>) -> tensor<f32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %x scale(%s) : tensor<i32>, tensor<1xf32> -> tensor<f32>
  return %f : tensor<f32>
}

// -----

// CHECK-LABEL: @rescale
// CHECK-SAME: (%{{.+}}: tensor<i32>) -> tensor<i8>
func.func @rescale(%x: tensor<i32>) -> tensor<!lowbit.int<8>> {
  %m = arith.constant dense<3> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%m) shift 2 rounding half_up
      : tensor<i32>, tensor<1xi64>, tensor<1xi64> -> tensor<!lowbit.int<8>>
  return %r : tensor<!lowbit.int<8>>
}
