// RUN: lowbit-opt %s --lowbit-outline-layers --split-input-file | FileCheck %s

// The doc's example: constants go with their layer, data movement stays outside, sums
// that are handed on carry the range that was proven where they were made.
// CHECK-LABEL: func.func @main
// CHECK-SAME: (%[[X:.+]]: tensor<1x1x1x2x!lowbit.uint<2>>)
// CHECK: %[[A:.+]] = call @conv1(%[[X]])
// CHECK: %[[LINE:.+]] = tensor.collapse_shape %[[A]]
// CHECK: %[[N:.+]] = call @act(%[[LINE]])
// CHECK: return %[[N]]
func.func @main(%x: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x!lowbit.uint<2>> {
  %w = lowbit.constant dense<0x08> : tensor<1xi8> : tensor<1x1x1x2x!lowbit.ternary>
  %t = arith.constant dense<[[1, 2, 3]]> : tensor<1x3xi32>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.layer = "conv1", lowbit.multiplier_free}
      : tensor<1x1x1x2x!lowbit.uint<2>>, tensor<1x1x1x2x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  %l = tensor.collapse_shape %a [[0, 1, 2, 3]] : tensor<1x1x1x1xi32> into tensor<1xi32>
  %n = lowbit.threshold %l, %t {lowbit.layer = "act"} : tensor<1xi32>, tensor<1x3xi32> -> tensor<1x!lowbit.uint<2>>
  return %n : tensor<1x!lowbit.uint<2>>
}

// CHECK: func.func private @conv1(%[[Y:.+]]: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x1x1x1xi32>
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<shift_add>
// CHECK-SAME: lowbit.layer = "conv1"
// CHECK-SAME: lowbit.macs = 2 : i64
// CHECK-SAME: lowbit.multiplier_free
// CHECK-SAME: lowbit.reason = "ternary weights need signs and shifts only"
// CHECK: %[[W:.+]] = lowbit.constant
// CHECK: %[[SUM:.+]] = lowbit.conv2d %[[Y]], %[[W]] pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] :
// CHECK: return %[[SUM]]

// CHECK: func.func private @act(%{{.+}}: tensor<1xi32> {lowbit.range = array<i64: -3, 3>}) -> tensor<1x!lowbit.uint<2>>
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<integer>
// CHECK-SAME: lowbit.macs = 0 : i64
// CHECK-SAME: lowbit.reason = "no weights"

// -----

// CHECK-LABEL: func.func @kernels
// CHECK: call @dense8
// CHECK: call @dense2
// CHECK-LABEL: func.func private @dense8
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<multiply_add>
// CHECK-SAME: lowbit.macs = 4 : i64
// CHECK-SAME: lowbit.reason = "int<8> weights need products"
// CHECK-LABEL: func.func private @dense2
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<multiply_add>
// CHECK-SAME: lowbit.reason = "the recipe allows multiplications"
// CHECK-LABEL: func.func private @softmax
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<float>
// CHECK-SAME: lowbit.reason = "outside the quantized layers"
// CHECK-LABEL: func.func private @kept
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<float>
// CHECK-SAME: lowbit.reason = "the recipe keeps this layer in float"
// CHECK-LABEL: func.func private @input
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<float>
// CHECK-SAME: lowbit.reason = "real inputs become integers here"
// CHECK-LABEL: func.func private @output
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<float>
// CHECK-SAME: lowbit.reason = "integers become real results here"
// CHECK-LABEL: func.func private @head
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<upstream>
// CHECK-SAME: lowbit.reason = "integer TOSA, lowered as it is"
func.func @kernels(%x: tensor<1x2x!lowbit.uint<2>>, %f: tensor<1x2xf32>, %i: tensor<1x2xi32>)
    -> (tensor<1x2xi32>, tensor<1x2xi32>, tensor<1x2xf32>, tensor<1x2xf32>, tensor<1x2x!lowbit.uint<8>>, tensor<1x2xf32>, tensor<1x2xi32>) {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = lowbit.constant dense<[1, 2, 3, 4]> : tensor<4xi8> : tensor<2x2x!lowbit.int<8>>
  %v = lowbit.constant dense<0> : tensor<1xi8> : tensor<2x2x!lowbit.ternary>
  %0 = lowbit.matmul %x, %w {lowbit.layer = "dense8"}
      : tensor<1x2x!lowbit.uint<2>>, tensor<2x2x!lowbit.int<8>> -> tensor<1x2xi32>
  %1 = lowbit.matmul %x, %v {lowbit.layer = "dense2"}
      : tensor<1x2x!lowbit.uint<2>>, tensor<2x2x!lowbit.ternary> -> tensor<1x2xi32>
  %2 = tosa.exp %f {lowbit.layer = "softmax"} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  %3 = tosa.exp %f {lowbit.layer = "kept", lowbit.reason = "the recipe keeps this layer in float"} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  %4 = lowbit.quantize %f, %s {lowbit.layer = "input"} : tensor<1x2xf32>, tensor<1xf32> -> tensor<1x2x!lowbit.uint<8>>
  %5 = lowbit.dequantize %i scale(%s) {lowbit.layer = "output"} : tensor<1x2xi32>, tensor<1xf32> -> tensor<1x2xf32>
  %6 = tosa.clz %i {lowbit.layer = "head"} : (tensor<1x2xi32>) -> tensor<1x2xi32>
  return %0, %1, %2, %3, %4, %5, %6
      : tensor<1x2xi32>, tensor<1x2xi32>, tensor<1x2xf32>, tensor<1x2xf32>, tensor<1x2x!lowbit.uint<8>>, tensor<1x2xf32>, tensor<1x2xi32>
}

// -----

// What a layer computes twice, with another layer between the two, is two functions.
// CHECK-LABEL: func.func @main
// CHECK: %[[A:.+]] = call @a(%{{.+}})
// CHECK: %[[B:.+]] = call @b(%[[A]])
// CHECK: %[[C:.+]] = call @a_0(%[[B]])
// CHECK: return %[[C]]
// CHECK-LABEL: func.func private @a_0
// CHECK-SAME: lowbit.layer = "a"
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {lowbit.layer = "a"} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {lowbit.layer = "b"} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.exp %1 {lowbit.layer = "a"} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

// A residual add is part of the layer that makes its last operand; the other one is handed
// to it with its range: sums of 3 terms of 0 to 3 with weights 1, -1, 1 are between -3 and 6.
// CHECK-LABEL: func.func @adds
// CHECK: %[[A:.+]] = call @dense0
// CHECK: %[[SUM:.+]] = call @"dense1+add0"(%{{.+}}, %[[A]])
// CHECK: return %[[SUM]]
// CHECK-LABEL: func.func private @"dense1+add0"
// CHECK-SAME: %{{.+}}: tensor<1x1xi32> {lowbit.range = array<i64: -3, 6>})
// CHECK-SAME: lowbit.layer = "dense1+add0"
// CHECK-SAME: lowbit.macs = 3 : i64
// CHECK: lowbit.matmul
// CHECK: lowbit.add
func.func @adds(%x: tensor<1x3x!lowbit.uint<2>>) -> tensor<1x1x!lowbit.int<8>> {
  %w = lowbit.constant dense<0x22> : tensor<1xi8> : tensor<1x3x!lowbit.ternary>
  %one = arith.constant dense<1> : tensor<1xi64>
  %0 = lowbit.matmul %x, %w {lowbit.layer = "dense0"}
      : tensor<1x3x!lowbit.uint<2>>, tensor<1x3x!lowbit.ternary> -> tensor<1x1xi32>
  %1 = lowbit.matmul %x, %w {lowbit.layer = "dense1"}
      : tensor<1x3x!lowbit.uint<2>>, tensor<1x3x!lowbit.ternary> -> tensor<1x1xi32>
  %2 = lowbit.add %0 multiplier(%one), %1 multiplier(%one) offset(%one) shift 0 rounding floor {lowbit.layer = "add0"}
      : tensor<1x1xi32>, tensor<1xi64>, tensor<1x1xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x1x!lowbit.int<8>>
  return %2 : tensor<1x1x!lowbit.int<8>>
}

// -----

// What needs a value that is made later by another layer stays alone, and so does what
// follows a layer without weights.
// CHECK-LABEL: func.func @stays_alone
// CHECK: call @dense
// CHECK: call @pool
// CHECK: call @add0
// CHECK: call @act
func.func @stays_alone(%x: tensor<1x1x1x3x!lowbit.uint<2>>) -> (tensor<1x1x1x1x!lowbit.int<8>>, tensor<1x1x1x3x!lowbit.uint<2>>) {
  %w = lowbit.constant dense<0x22> : tensor<1xi8> : tensor<1x1x1x3x!lowbit.ternary>
  %one = arith.constant dense<1> : tensor<1xi64>
  %t = arith.constant dense<[[1, 2, 3]]> : tensor<1x3xi32>
  %0 = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.layer = "dense"}
      : tensor<1x1x1x3x!lowbit.uint<2>>, tensor<1x1x1x3x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  %1 = lowbit.sum_pool2d %x kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1] {lowbit.layer = "pool"}
      : tensor<1x1x1x3x!lowbit.uint<2>> -> tensor<1x1x1x3xi32>
  %s = tensor.extract_slice %1[0, 0, 0, 0] [1, 1, 1, 1] [1, 1, 1, 1] : tensor<1x1x1x3xi32> to tensor<1x1x1x1xi32>
  %2 = lowbit.add %0 multiplier(%one), %s multiplier(%one) offset(%one) shift 0 rounding floor {lowbit.layer = "add0"}
      : tensor<1x1x1x1xi32>, tensor<1xi64>, tensor<1x1x1x1xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x1x1x1x!lowbit.int<8>>
  %3 = lowbit.threshold %1, %t {lowbit.layer = "act"} : tensor<1x1x1x3xi32>, tensor<1x3xi32> -> tensor<1x1x1x3x!lowbit.uint<2>>
  return %2, %3 : tensor<1x1x1x1x!lowbit.int<8>>, tensor<1x1x1x3x!lowbit.uint<2>>
}

// -----

// CHECK-LABEL: func.func @does_not_move_what_has_no_layer
// CHECK-NEXT: tosa.exp
// CHECK-NEXT: return
// CHECK-NOT: func.func private
func.func @does_not_move_what_has_no_layer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A layer with the name of the network gets another symbol, and keeps its name.
// CHECK-LABEL: func.func @main
// CHECK: call @main_0
// CHECK-LABEL: func.func private @main_0
// CHECK-SAME: lowbit.layer = "main"
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {lowbit.layer = "main"} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A sum that its own layer reads in another shape stays inside.
// CHECK-LABEL: func.func @main
// CHECK-NOT: tensor.collapse_shape
// CHECK: return
// CHECK: func.func private @conv1
// CHECK: %[[SUM:.+]] = lowbit.conv2d
// CHECK: %[[LINE:.+]] = tensor.collapse_shape %[[SUM]]
// CHECK: lowbit.threshold %[[LINE]]
func.func @main(%x: tensor<1x1x1x2x!lowbit.uint<2>>) -> tensor<1x!lowbit.uint<2>> {
  %w = lowbit.constant dense<0x08> : tensor<1xi8> : tensor<1x1x1x2x!lowbit.ternary>
  %t = arith.constant dense<[[1, 2, 3]]> : tensor<1x3xi32>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.layer = "conv1"}
      : tensor<1x1x1x2x!lowbit.uint<2>>, tensor<1x1x1x2x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  %l = tensor.collapse_shape %a [[0, 1, 2, 3]] : tensor<1x1x1x1xi32> into tensor<1xi32>
  %n = lowbit.threshold %l, %t {lowbit.layer = "conv1"} : tensor<1xi32>, tensor<1x3xi32> -> tensor<1x!lowbit.uint<2>>
  return %n : tensor<1x!lowbit.uint<2>>
}
