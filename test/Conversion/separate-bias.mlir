// RUN: lowbit-opt %s --lowbit-separate-bias | FileCheck %s

// CHECK-LABEL: @conv2d
// CHECK-SAME: (%[[X:.+]]: tensor<1x2x2x1xf32>, %[[B:.+]]: tensor<3xf32>)
// CHECK: %[[ZERO:.+]] = "tosa.const"() <{values = dense<0.000000e+00> : tensor<3xf32>}>
// CHECK: %[[SUM:.+]] = tosa.conv2d %[[X]], %{{.+}}, %[[ZERO]], %{{.+}}, %{{.+}}
// CHECK: %[[FLAT:.+]] = tosa.reshape %[[B]], %{{.+}} -> tensor<1x1x1x3xf32>
// CHECK: %[[Y:.+]] = tosa.add %[[SUM]], %[[FLAT]]
// CHECK: return %[[Y]]
func.func @conv2d(%x: tensor<1x2x2x1xf32>, %b: tensor<3xf32>) -> tensor<1x2x2x3xf32> {
  %w = "tosa.const"() {values = dense<2.0> : tensor<3x1x1x1xf32>} : () -> tensor<3x1x1x1xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>,
      pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x2x1xf32>, tensor<3x1x1x1xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x3xf32>
  return %y : tensor<1x2x2x3xf32>
}

// Sums of integers do not round.
// CHECK-LABEL: @integers
// CHECK-NOT: tosa.add
func.func @integers(%x: tensor<1x2x2x1xi8>, %b: tensor<3xi32>) -> tensor<1x2x2x3xi32> {
  %w = "tosa.const"() {values = dense<2> : tensor<3x1x1x1xi8>} : () -> tensor<3x1x1x1xi8>
  %z = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %y = tosa.conv2d %x, %w, %b, %z, %z {acc_type = i32, dilation = array<i64: 1, 1>,
      pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x2x1xi8>, tensor<3x1x1x1xi8>, tensor<3xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x2x2x3xi32>
  return %y : tensor<1x2x2x3xi32>
}
