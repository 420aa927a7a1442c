// Depthwise convolutions get schemes as others do.
// RUN: lowbit-opt %s --lowbit-assign-schemes=recipe=%S/Inputs/ternary.yaml | FileCheck %s

// CHECK-LABEL: @depthwise
// CHECK: tosa.depthwise_conv2d {{.*}}lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary
func.func @depthwise(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.depthwise_conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  return %0 : tensor<1x4x4x1xf32>
}
