// RUN: lowbit-opt %s --lowbit-quantize-weights | FileCheck %s

// Weights -4, 0.5, 4: levels -1, 0, 1 at scale 4, codes 0 1 2 (0x24). The sums get the
// scale 4 x 0.5 and the bias.
// CHECK-LABEL: @conv
// CHECK-SAME: (%[[CODES:.+]]: tensor<1x3x3x1x!lowbit.uint<2>>)
// CHECK: %[[WEIGHTS:.+]] = lowbit.constant dense<36> : tensor<1xi8> : tensor<1x1x3x1x!lowbit.ternary>
// CHECK: %[[SUM:.+]] = lowbit.conv2d %[[CODES]], %[[WEIGHTS]] pad [0, 0, 1, 1] stride [2, 1] dilation [1, 1] {lowbit.layer = "conv1", lowbit.multiplier_free}
// CHECK-DAG: %[[SCALE:.+]] = arith.constant dense<2.000000e+00> : tensor<1xf32>
// CHECK-DAG: %[[BIAS:.+]] = arith.constant dense<3.000000e+00> : tensor<1xf32>
// CHECK: %[[REAL:.+]] = lowbit.dequantize %[[SUM]] scale(%[[SCALE]]) bias(%[[BIAS]])
// CHECK-NEXT: return %[[REAL]]
func.func @conv(%q: tensor<1x3x3x1x!lowbit.uint<2>>) -> tensor<1x2x3x1xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[-4.0], [0.5], [4.0]]]]> : tensor<1x1x3x1xf32>}> : () -> tensor<1x1x3x1xf32>
  %b = "tosa.const"() <{values = dense<3.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x3x3x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x3x3x1xf32>
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 1, 1>, stride = array<i64: 2, 1>, lowbit.layer = "conv1",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x3x3x1xf32>, tensor<1x1x3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3x1xf32>
  return %0 : tensor<1x2x3x1xf32>
}

// Each output channel has a scale of its own; one bias serves both. Without
// multiplier_free in the scheme there is none on the layer.
// CHECK-LABEL: @scale_per_channel
// CHECK: lowbit.constant dense<[-127, 127]> : tensor<2xi8> : tensor<2x1x1x1x!lowbit.int<8, narrow>>
// CHECK: %[[SUM:.+]] = lowbit.conv2d {{.*}} {lowbit.layer = "conv1"} :
// CHECK-DAG: %[[SCALE:.+]] = arith.constant dense<[1.000000e+00, 5.000000e-01]> : tensor<2xf32>
// CHECK-DAG: %[[BIAS:.+]] = arith.constant dense<3.000000e+00> : tensor<2xf32>
// CHECK: lowbit.dequantize %[[SUM]] scale(%[[SCALE]]) bias(%[[BIAS]])
func.func @scale_per_channel(%q: tensor<1x1x1x1x!lowbit.uint<8>>) -> tensor<1x1x1x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[-254.0]]], [[[127.0]]]]> : tensor<2x1x1x1xf32>}> : () -> tensor<2x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<3.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x1x1x1x!lowbit.uint<8>>, tensor<1xf32> -> tensor<1x1x1x1xf32>
  %0 = tosa.conv2d %f, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.int<8, narrow>, activation_bits = 8, residual_bits = 16, multiplier_free = false>}
      : (tensor<1x1x1x1xf32>, tensor<2x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %0 : tensor<1x1x1x2xf32>
}

// tosa.matmul keeps weights as [1, K, O]; codes lie as [O, K]: columns 1 -1 and 0 2.
// CHECK-LABEL: @matmul
// CHECK-SAME: (%[[CODES:.+]]: tensor<1x3x2x!lowbit.uint<2>>)
// CHECK: %[[WEIGHTS:.+]] = lowbit.constant dense<-110> : tensor<1xi8> : tensor<2x2x!lowbit.ternary>
// CHECK: %[[LINE:.+]] = tensor.collapse_shape %[[CODES]]
// CHECK: %[[ROWS:.+]] = tensor.expand_shape %[[LINE]] {{.*}} into tensor<3x2x!lowbit.uint<2>>
// CHECK: %[[SUM:.+]] = lowbit.matmul %[[ROWS]], %[[WEIGHTS]] {lowbit.layer = "dense", lowbit.multiplier_free}
// CHECK: %[[SCALE:.+]] = arith.constant dense<[5.000000e-01, 1.000000e+00]> : tensor<2xf32>
// CHECK: lowbit.dequantize %{{.+}} scale(%[[SCALE]]) : tensor<1x3x2xi32>
func.func @matmul(%q: tensor<1x3x2x!lowbit.uint<2>>) -> tensor<1x3x2xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[1.0, 0.0], [-1.0, 2.0]]]> : tensor<1x2x2xf32>}> : () -> tensor<1x2x2xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<1x3x2x!lowbit.uint<2>>, tensor<1xf32> -> tensor<1x3x2xf32>
  %0 = tosa.matmul %f, %w, %zp, %zp {lowbit.layer = "dense",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x3x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x2xf32>
  return %0 : tensor<1x3x2xf32>
}

// CHECK-LABEL: @splits_squeeze_threshold
// CHECK-SAME: (%[[X:.+]]: tensor<1x4xf32>)
// CHECK: %[[CODES:.+]] = lowbit.threshold %[[X]], %[[T:.+]] : tensor<1x4xf32>, tensor<1x3xf32> -> tensor<1x4x!lowbit.uint<2>>
// CHECK: %[[REAL:.+]] = lowbit.dequantize %[[CODES]] scale(%{{.+}})
// CHECK: return %[[REAL]]
func.func @splits_squeeze_threshold(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %t = arith.constant dense<[[0.125, 0.5, 1.5]]> : tensor<1x3xf32>
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %y = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
      : tensor<1x4xf32>, tensor<1x3xf32>, tensor<1xf32>
  return %y : tensor<1x4xf32>
}
