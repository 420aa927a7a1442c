// RUN: lowbit-opt %s --lowbit-quantize-weights | FileCheck %s

// A falling map turns the greatest level into the least number.
// CHECK-LABEL: @does_not_move_a_negative_scale_behind_max_pool
// CHECK: %[[F:.+]] = lowbit.dequantize
// CHECK: tosa.max_pool2d %[[F]]
func.func @does_not_move_a_negative_scale_behind_max_pool(%q: tensor<1x2x2x1x!lowbit.uint<2>>) -> tensor<1x1x1x1xf32> {
  %s = arith.constant dense<-0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x2x2x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x2x2x1xf32>
  %0 = tosa.max_pool2d %f {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x2x2x1xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}
