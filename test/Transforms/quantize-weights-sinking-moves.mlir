// Dequantizations move behind concats, pads, transposes and reductions.
// RUN: lowbit-opt %s --lowbit-quantize-weights | FileCheck %s

// CHECK-LABEL: @behind_concat
// CHECK-SAME: (%[[P:.+]]: tensor<2x3x!lowbit.uint<2>>, %[[Q:.+]]: tensor<2x1x!lowbit.uint<2>>)
// CHECK: %[[ALL:.+]] = tensor.concat dim(1) %[[P]], %[[Q]]
// CHECK: lowbit.dequantize %[[ALL]]
func.func @behind_concat(%p: tensor<2x3x!lowbit.uint<2>>, %q: tensor<2x1x!lowbit.uint<2>>) -> tensor<2x4xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %t = "tosa.const"() <{values = dense<0.5> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %p scale(%s) : tensor<2x3x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2x3xf32>
  %g = lowbit.dequantize %q scale(%t) : tensor<2x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2x1xf32>
  %0 = tosa.concat %f, %g {axis = 1 : i32} : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: @does_not_concat_other_scales
// CHECK: tosa.concat
func.func @does_not_concat_other_scales(%p: tensor<2x!lowbit.uint<2>>, %q: tensor<2x!lowbit.uint<2>>) -> tensor<4xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %t = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %p scale(%s) : tensor<2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2xf32>
  %g = lowbit.dequantize %q scale(%t) : tensor<2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2xf32>
  %0 = tosa.concat %f, %g {axis = 0 : i32} : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: @does_not_concat_other_levels
// CHECK: tosa.concat
func.func @does_not_concat_other_levels(%p: tensor<2x!lowbit.uint<2>>, %q: tensor<2x!lowbit.uint<3>>) -> tensor<4xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %p scale(%s) : tensor<2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2xf32>
  %g = lowbit.dequantize %q scale(%s) : tensor<2x!lowbit.uint<3>>, tensor<1xf32> -> tensor<2xf32>
  %0 = tosa.concat %f, %g {axis = 0 : i32} : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// 1.5 is level 3 of step 0.5.
// CHECK-LABEL: @behind_pad
// CHECK-SAME: (%[[Q:.+]]: tensor<2x3x!lowbit.uint<2>>)
// CHECK: %[[PADDED:.+]] = lowbit.pad %[[Q]] low [1, 0] high [0, 2] level 3
// CHECK: lowbit.dequantize %[[PADDED]]
func.func @behind_pad(%q: tensor<2x3x!lowbit.uint<2>>) -> tensor<3x5xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %v = "tosa.const"() <{values = dense<1.5> : tensor<1xf32>}> : () -> tensor<1xf32>
  %n = tosa.const_shape {values = dense<[1, 0, 0, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %f = lowbit.dequantize %q scale(%s) : tensor<2x3x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2x3xf32>
  %0 = tosa.pad %f, %n, %v : (tensor<2x3xf32>, !tosa.shape<4>, tensor<1xf32>) -> tensor<3x5xf32>
  return %0 : tensor<3x5xf32>
}

// Neither 0.7 nor 2.0 is a level times 0.5.
// CHECK-LABEL: @does_not_pad_with_what_is_no_level
// CHECK-COUNT-2: tosa.pad
func.func @does_not_pad_with_what_is_no_level(%q: tensor<2x!lowbit.uint<2>>) -> (tensor<3xf32>, tensor<3xf32>) {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %v = "tosa.const"() <{values = dense<0.7> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %n = tosa.const_shape {values = dense<[1, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %f = lowbit.dequantize %q scale(%s) : tensor<2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2xf32>
  %0 = tosa.pad %f, %n, %v : (tensor<2xf32>, !tosa.shape<2>, tensor<1xf32>) -> tensor<3xf32>
  %1 = tosa.pad %f, %n, %w : (tensor<2xf32>, !tosa.shape<2>, tensor<1xf32>) -> tensor<3xf32>
  return %0, %1 : tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: @behind_transpose
// CHECK-SAME: (%[[Q:.+]]: tensor<2x3x!lowbit.uint<2>>)
// CHECK: %[[TURNED:.+]] = linalg.transpose ins(%[[Q]] : {{.*}} permutation = [1, 0]
// CHECK: lowbit.dequantize %[[TURNED]]
func.func @behind_transpose(%q: tensor<2x3x!lowbit.uint<2>>) -> tensor<3x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<2x3x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2x3xf32>
  %0 = tosa.transpose %f {perms = array<i32: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}

// CHECK-LABEL: @behind_reduce_max
// CHECK: %[[MOST:.+]] = lowbit.max_pool2d %{{.+}} kernel [3, 1] pad [0, 0, 0, 0] stride [1, 1] {lowbit.layer = "pool"} : tensor<2x3x1x4x!lowbit.uint<2>> -> tensor<2x1x1x4x!lowbit.uint<2>>
// CHECK: %[[SHAPED:.+]] = tensor.expand_shape
// CHECK: lowbit.dequantize %[[SHAPED]]
func.func @behind_reduce_max(%q: tensor<2x3x4x!lowbit.uint<2>>) -> tensor<2x1x4xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<2x3x4x!lowbit.uint<2>>, tensor<1xf32> -> tensor<2x3x4xf32>
  %0 = tosa.reduce_max %f {axis = 1 : i32, lowbit.layer = "pool"} : (tensor<2x3x4xf32>) -> tensor<2x1x4xf32>
  return %0 : tensor<2x1x4xf32>
}

// Two sums in a row are one, over 2 x 3 elements.
// CHECK-LABEL: @sums_in_a_row
// CHECK: lowbit.sum_pool2d %{{.+}} kernel [6, 1] pad [0, 0, 0, 0] stride [1, 1] {lowbit.layer = "pool"} : tensor<1x6x1x4x!lowbit.uint<2>> -> tensor<1x1x1x4xi32>
// CHECK-NOT: lowbit.sum_pool2d
// CHECK: lowbit.dequantize %{{.+}} -> tensor<1x1x1x4xf32>
func.func @sums_in_a_row(%q: tensor<1x2x3x4x!lowbit.uint<2>>) -> tensor<1x1x1x4xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x2x3x4x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x2x3x4xf32>
  %0 = tosa.reduce_sum %f {axis = 1 : i32} : (tensor<1x2x3x4xf32>) -> tensor<1x1x3x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32, lowbit.layer = "pool"} : (tensor<1x1x3x4xf32>) -> tensor<1x1x1x4xf32>
  return %1 : tensor<1x1x1x4xf32>
}

// 32768 levels of up to 65535 may sum up to 2^31 - 32768: one more is too much.
// CHECK-LABEL: @does_not_sum_what_may_leave_i32
// CHECK: lowbit.sum_pool2d
// CHECK: tosa.reduce_sum
// CHECK: tosa.avg_pool2d
func.func @does_not_sum_what_may_leave_i32(%p: tensor<1x32768x1x!lowbit.uint<16>>, %q: tensor<1x32769x1x!lowbit.uint<16>>,
    %r: tensor<1x256x256x1x!lowbit.uint<16>>) -> (tensor<1x1x1xf32>, tensor<1x1x1xf32>, tensor<1x1x1x1xf32>) {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %p scale(%s) : tensor<1x32768x1x!lowbit.uint<16>>, tensor<1xf32> -> tensor<1x32768x1xf32>
  %g = lowbit.dequantize %q scale(%s) : tensor<1x32769x1x!lowbit.uint<16>>, tensor<1xf32> -> tensor<1x32769x1xf32>
  %h = lowbit.dequantize %r scale(%s) : tensor<1x256x256x1x!lowbit.uint<16>>, tensor<1xf32> -> tensor<1x256x256x1xf32>
  %0 = tosa.reduce_sum %f {axis = 1 : i32} : (tensor<1x32768x1xf32>) -> tensor<1x1x1xf32>
  %1 = tosa.reduce_sum %g {axis = 1 : i32} : (tensor<1x32769x1xf32>) -> tensor<1x1x1xf32>
  %2 = tosa.avg_pool2d %h, %zp, %zp {acc_type = f32, kernel = array<i64: 256, 256>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 256, 256>}
      : (tensor<1x256x256x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  return %0, %1, %2 : tensor<1x1x1xf32>, tensor<1x1x1xf32>, tensor<1x1x1x1xf32>
}

// The sum of a softmax runs over channels.
// CHECK-LABEL: @does_not_sum_channels
// CHECK: tosa.reduce_sum
func.func @does_not_sum_channels(%q: tensor<1x3x!lowbit.uint<2>>) -> tensor<1x1xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x3x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x3xf32>
  %0 = tosa.reduce_sum %f {axis = 1 : i32} : (tensor<1x3xf32>) -> tensor<1x1xf32>
  return %0 : tensor<1x1xf32>
}

// Weights [KH, KW, C, M] of 1 0 -1 -1, 0 1 1 1 (the output channels c M + m) become filters
// [O, KH, KW, 1]: 1 0, 0 1, -1 1, -1 1, in as many groups as input channels.
// CHECK-LABEL: @depthwise
// CHECK: %[[W:.+]] = lowbit.constant dense<[-106, -120]> : tensor<2xi8> : tensor<4x1x2x1x!lowbit.ternary>
// CHECK: lowbit.conv2d %{{.+}}, %[[W]] pad [0, 0, 1, 0] stride [1, 1] dilation [1, 1] groups 2 {lowbit.layer = "depthwise", lowbit.multiplier_free}
func.func @depthwise(%q: tensor<1x1x4x2x!lowbit.uint<2>>) -> tensor<1x1x4x4xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x1x4x2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x1x4x2xf32>
  %w = "tosa.const"() <{values = dense<[[[[1.0, 0.0], [-1.0, -1.0]], [[0.0, 1.0], [1.0, 1.0]]]]> : tensor<1x2x2x2xf32>}> : () -> tensor<1x2x2x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %0 = tosa.depthwise_conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 1, 0>, stride = array<i64: 1, 1>, lowbit.layer = "depthwise",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x1x4x2xf32>, tensor<1x2x2x2xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4x4xf32>
  return %0 : tensor<1x1x4x4xf32>
}
