// Dequantizations move behind data movement and pools.
// RUN: lowbit-opt %s --lowbit-quantize-weights | FileCheck %s

// CHECK-LABEL: @behind_max_pool
// CHECK-SAME: (%[[Q:.+]]: tensor<1x2x2x1x!lowbit.uint<2>>)
// CHECK: %[[POOL:.+]] = lowbit.max_pool2d %[[Q]] kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2] {lowbit.layer = "pool"}
// CHECK: lowbit.dequantize %[[POOL]]
func.func @behind_max_pool(%q: tensor<1x2x2x1x!lowbit.uint<2>>) -> tensor<1x1x1x1xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x2x2x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x2x2x1xf32>
  %0 = tosa.max_pool2d %f {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>, lowbit.layer = "pool"}
      : (tensor<1x2x2x1xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// An average is a sum with a quarter of the scale.
// CHECK-LABEL: @average_becomes_sum
// CHECK-SAME: (%[[Q:.+]]: tensor<1x2x2x1x!lowbit.uint<2>>)
// CHECK: %[[SCALE:.+]] = arith.constant dense<1.250000e-01> : tensor<1xf32>
// CHECK: %[[SUM:.+]] = lowbit.sum_pool2d %[[Q]] kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2] {lowbit.layer = "pool"}
// CHECK: lowbit.dequantize %[[SUM]] scale(%[[SCALE]])
func.func @average_becomes_sum(%q: tensor<1x2x2x1x!lowbit.uint<2>>) -> tensor<1x1x1x1xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x2x2x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x2x2x1xf32>
  %0 = tosa.avg_pool2d %f, %zp, %zp {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>, lowbit.layer = "pool"}
      : (tensor<1x2x2x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// CHECK-LABEL: @behind_reshape
// CHECK-SAME: (%[[Q:.+]]: tensor<2x3x!lowbit.uint<2>>)
// CHECK: %[[LINE:.+]] = tensor.collapse_shape %[[Q]] {{\[\[}}0, 1]] : tensor<2x3x!lowbit.uint<2>> into tensor<6x!lowbit.uint<2>>
// CHECK: %[[SHAPED:.+]] = tensor.expand_shape %[[LINE]] {{\[\[}}0, 1]] output_shape [3, 2]
// CHECK: lowbit.dequantize %[[SHAPED]]
func.func @behind_reshape(%q: tensor<2x3x!lowbit.uint<2>>) -> tensor<3x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %shape = tosa.const_shape {values = dense<[3, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %f = lowbit.dequantize %q scale(%s) : tensor<2x3x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2x3xf32>
  %0 = tosa.reshape %f, %shape : (tensor<2x3xf32>, !tosa.shape<2>) -> tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}

// CHECK-LABEL: @behind_slice
// CHECK-SAME: (%[[Q:.+]]: tensor<2x3x!lowbit.uint<2>>)
// CHECK: %[[PART:.+]] = tensor.extract_slice %[[Q]][1, 0] [1, 2] [1, 1]
// CHECK: lowbit.dequantize %[[PART]]
func.func @behind_slice(%q: tensor<2x3x!lowbit.uint<2>>) -> tensor<1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %start = tosa.const_shape {values = dense<[1, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %size = tosa.const_shape {values = dense<[1, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %f = lowbit.dequantize %q scale(%s) : tensor<2x3x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2x3xf32>
  %0 = tosa.slice %f, %start, %size : (tensor<2x3xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// What differs by channel or adds a bias does not commute with a reshape or a sum.
// CHECK-LABEL: @does_not_move_a_scale_per_channel
// CHECK: %[[F:.+]] = lowbit.dequantize
// CHECK: tosa.reshape %[[F]]
func.func @does_not_move_a_scale_per_channel(%q: tensor<2x2x!lowbit.uint<2>>) -> tensor<4xf32> {
  %s = arith.constant dense<[0.5, 0.25]> : tensor<2xf32>
  %shape = tosa.const_shape {values = dense<4> : tensor<1xindex>} : () -> !tosa.shape<1>
  %f = lowbit.dequantize %q scale(%s) : tensor<2x2x!lowbit.uint<2>>, tensor<2xf32> -> tensor<2x2xf32>
  %0 = tosa.reshape %f, %shape : (tensor<2x2xf32>, !tosa.shape<1>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: @does_not_sum_a_padded_average
// CHECK: tosa.avg_pool2d
func.func @does_not_sum_a_padded_average(%q: tensor<1x2x2x1x!lowbit.uint<2>>) -> tensor<1x2x2x1xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x2x2x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x2x2x1xf32>
  %0 = tosa.avg_pool2d %f, %zp, %zp {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 1, 0, 1, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x2x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x1xf32>
  return %0 : tensor<1x2x2x1xf32>
}
