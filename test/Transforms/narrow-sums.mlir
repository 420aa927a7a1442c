// RUN: lowbit-opt %s --lowbit-narrow-sums | FileCheck %s

// Weights 1, -1 and 1, 1 on levels 0 to 3.
// CHECK-LABEL: @eight_bits
// CHECK: %[[SUM:.+]] = lowbit.conv2d {{.*}} bound <[-3, 6] in channels [0, 1]> {{.*}} -> tensor<1x1x1x2xi8>
// CHECK: lowbit.threshold %[[SUM]], %{{.+}} : tensor<1x1x1x2xi8>
func.func @eight_bits(%x: tensor<1x1x2x1x!lowbit.uint<2>>) -> tensor<1x1x1x2x!lowbit.uint<1>> {
  %w = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x1x2x1x!lowbit.ternary>
  %t = arith.constant dense<2> : tensor<1x1xi32>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x1x2x1x!lowbit.uint<2>>, tensor<2x1x2x1x!lowbit.ternary> -> tensor<1x1x1x2xi32>
  %q = lowbit.threshold %a, %t : tensor<1x1x1x2xi32>, tensor<1x1xi32> -> tensor<1x1x1x2x!lowbit.uint<1>>
  return %q : tensor<1x1x1x2x!lowbit.uint<1>>
}

// Data movement follows: 2 x 127 leaves 8 bits.
// CHECK-LABEL: @sixteen_bits_through_data_movement
// CHECK: %[[SUM:.+]] = lowbit.matmul {{.*}} bound <[-127, 254] in channels [0, 1]> {{.*}} -> tensor<1x2xi16>
// CHECK: %[[MOVED:.+]] = tensor.expand_shape %[[SUM]] {{.*}} : tensor<1x2xi16> into tensor<1x1x2xi16>
// CHECK: lowbit.dequantize %[[MOVED]] {{.*}} : tensor<1x1x2xi16>
func.func @sixteen_bits_through_data_movement(%x: tensor<1x2x!lowbit.uint<7>>) -> tensor<1x1x2xf32> {
  %w = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x2x!lowbit.ternary>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %a = lowbit.matmul %x, %w : tensor<1x2x!lowbit.uint<7>>, tensor<2x2x!lowbit.ternary> -> tensor<1x2xi32>
  %e = tensor.expand_shape %a [[0, 1], [2]] output_shape [1, 1, 2] : tensor<1x2xi32> into tensor<1x1x2xi32>
  %f = lowbit.dequantize %e scale(%s) : tensor<1x1x2xi32>, tensor<1xf32> -> tensor<1x1x2xf32>
  return %f : tensor<1x1x2xf32>
}

// CHECK-LABEL: @pool
// CHECK: lowbit.sum_pool2d {{.*}} -> tensor<1x1x1x1xi8>
func.func @pool(%x: tensor<1x2x2x1x!lowbit.uint<2>>) -> tensor<1x1x1x1x!lowbit.uint<2>> {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %a = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x2x2x1x!lowbit.uint<2>> -> tensor<1x1x1x1xi32>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 2 rounding half_up
      : tensor<1x1x1x1xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x1x1x1x!lowbit.uint<2>>
  return %r : tensor<1x1x1x1x!lowbit.uint<2>>
}

// A result of the network keeps its type; the bound is recorded all the same.
// CHECK-LABEL: @result_keeps_its_width
// CHECK: lowbit.matmul {{.*}} bound <[-3, 6] in channels [0, 1]> {{.*}} -> tensor<1x2xi32>
func.func @result_keeps_its_width(%x: tensor<1x2x!lowbit.uint<2>>) -> tensor<1x2xi32> {
  %w = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x2x!lowbit.ternary>
  %a = lowbit.matmul %x, %w : tensor<1x2x!lowbit.uint<2>>, tensor<2x2x!lowbit.ternary> -> tensor<1x2xi32>
  return %a : tensor<1x2xi32>
}

// Nothing is known of weights that are not constant.
// CHECK-LABEL: @unknown_weights
// CHECK: lowbit.matmul %{{.+}}, %{{.+}} : {{.*}} -> tensor<1x2xi32>
func.func @unknown_weights(%x: tensor<1x2x!lowbit.uint<12>>, %w: tensor<2x2x!lowbit.int<12>>) -> tensor<1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %a = lowbit.matmul %x, %w : tensor<1x2x!lowbit.uint<12>>, tensor<2x2x!lowbit.int<12>> -> tensor<1x2xi32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x2xi32>, tensor<1xf32> -> tensor<1x2xf32>
  return %f : tensor<1x2xf32>
}

// CHECK-LABEL: @nothing_to_do
func.func @nothing_to_do() {
  return
}
