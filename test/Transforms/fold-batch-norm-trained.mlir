// Scales of trained levels follow the weights.
// RUN: lowbit-opt %s --lowbit-fold-batch-norm | FileCheck %s

// Gains 2 and -4; then 1 - x.
// CHECK-LABEL: @gains
// CHECK-DAG: dense<{{\[\[\[\[}}-1.000000e+00, -0.000000e+00{{\]\]\], \[\[\[}}1.000000e+00, -1.000000e+00{{\]\]\]\]}}> : tensor<2x1x1x2xf32>
// CHECK: tosa.conv2d {{.*}}lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<[-1.000000e+00, 1.000000e+00]> : tensor<2xf32>>
func.func @gains(%x: tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32> {
  %w = "tosa.const"() <{values = dense<[[[[0.5, 0.0]]], [[[0.25, -0.25]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %gain = "tosa.const"() <{values = dense<[[[[2.0, -4.0]]]]> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<[0.5, 0.25]> : tensor<2xf32>>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  %1 = tosa.mul %0, %gain, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  %2 = tosa.sub %one, %1 : (tensor<1x1x1x1xf32>, tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32>
  return %2 : tensor<1x1x1x2xf32>
}

// A gain of 0 leaves a scale of 0; an added constant leaves scales alone.
// CHECK-LABEL: @zero_gain
// CHECK: tosa.conv2d {{.*}}lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<[0.000000e+00, 2.500000e-01]> : tensor<2xf32>>
func.func @zero_gain(%x: tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32> {
  %w = "tosa.const"() <{values = dense<[[[[0.5, 0.0]]], [[[0.25, -0.25]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %gain = "tosa.const"() <{values = dense<[[[[0.0, 1.0]]]]> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<[0.5, 0.25]> : tensor<2xf32>>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  %1 = tosa.mul %0, %gain, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  %2 = tosa.add %1, %one : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x2xf32>
  return %2 : tensor<1x1x1x2xf32>
}

// A scale that is no normal number any more tells no levels.
// CHECK-LABEL: @tiny_gain
// CHECK-NOT: lowbit.trained
func.func @tiny_gain(%x: tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32> {
  %w = "tosa.const"() <{values = dense<[[[[0.5, 0.0]]], [[[0.25, -0.25]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %gain = "tosa.const"() <{values = dense<[[[[1.0, 1.0e-44]]]]> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<[0.5, 0.25]> : tensor<2xf32>>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  %1 = tosa.mul %0, %gain, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  return %1 : tensor<1x1x1x2xf32>
}
