// Layers that no recipe can make integer, with the reasons that reports show.
// RUN: lowbit-opt %s --lowbit-assign-schemes=recipe=%S/Inputs/ternary.yaml | FileCheck %s

// CHECK-LABEL: @transposed
// CHECK: tosa.transpose_conv2d {{.*}}lowbit.reason = "only 2-D convolutions and matrix products have integer kernels"
func.func @transposed(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.transpose_conv2d %x, %w, %b, %b, %b {acc_type = f32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  return %0 : tensor<1x4x4x1xf32>
}

// CHECK-LABEL: @weights_from_an_argument
// CHECK: tosa.conv2d {{.*}}lowbit.reason = "the weights are not constant"
func.func @weights_from_an_argument(%x: tensor<1x4x4x1xf32>, %w: tensor<1x1x1x1xf32>) -> tensor<1x4x4x1xf32> {
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  return %0 : tensor<1x4x4x1xf32>
}

// CHECK-LABEL: @batched_matmul
// CHECK: tosa.matmul {{.*}}lowbit.reason = "batched matrix products stay in float"
func.func @batched_matmul(%x: tensor<2x4x1xf32>) -> tensor<2x4x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<2x1x1xf32>}> : () -> tensor<2x1x1xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %zp, %zp : (tensor<2x4x1xf32>, tensor<2x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4x1xf32>
  return %0 : tensor<2x4x1xf32>
}

// CHECK-LABEL: @does_not_mark_what_has_no_weights
// CHECK-NOT: lowbit.
func.func @does_not_mark_what_has_no_weights(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> {
  %0 = tosa.exp %x : (tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32>
  return %0 : tensor<1x4x4x1xf32>
}
