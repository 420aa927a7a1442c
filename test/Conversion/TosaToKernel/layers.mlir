// Float layers with a plan, which is given here.
// RUN: lowbit-opt %s --convert-tosa-to-kernel | FileCheck %s

// Weights [O][KH][KW][C] become [vectors][KH][KW][C][lanes]: four lanes, of
// which three have a channel. The bias is added to the finished sums.
// CHECK-LABEL: @conv2d
// CHECK-SAME: (%[[X:.+]]: tensor<1x3x3x1xf32>)
// CHECK-DAG: %[[W:.+]] = arith.constant dense<[1.000000e+00, 3.000000e+00, 5.000000e+00, 0.000000e+00, 2.000000e+00, 4.000000e+00, 6.000000e+00, 0.000000e+00]>
// CHECK-DAG: %[[B:.+]] = arith.constant dense<[7.000000e+00, 8.000000e+00, 9.000000e+00]>
// CHECK-DAG: %[[ZERO:.+]] = arith.constant 0.000000e+00 : f32
// CHECK-DAG: %[[P:.+]] = tensor.pad %[[X]] low[0, 1, 0, 0] high[0, 1, 1, 0]
// CHECK-DAG: tensor.yield %[[ZERO]]
// CHECK: kernel.conv2d <family = float, bytes = 16, pixels = 3, vectors = 1, group = 1>
// CHECK-SAME: image [1, 5, 4, 1] filter [5, 3, 3, 1, 2] stride [1, 1] dilation [1, 1]
// CHECK-SAME: ins(%[[P]], %[[W]] : {{.*}}) channels(%[[B]] : tensor<3xf32>)
// CHECK: ^bb0(%[[SUM:.+]]: f32, %[[BIAS:.+]]: f32):
// CHECK-NEXT: %[[Y:.+]] = arith.addf %[[SUM]], %[[BIAS]] : f32
// CHECK-NEXT: kernel.yield %[[Y]]
func.func @conv2d(%x: tensor<1x3x3x1xf32>) -> tensor<1x5x3x3xf32> {
  %w = "tosa.const"() {values = dense<[[[[1.0], [2.0]]], [[[3.0], [4.0]]], [[[5.0], [6.0]]]]> : tensor<3x1x2x1xf32>} : () -> tensor<3x1x2x1xf32>
  %b = "tosa.const"() {values = dense<[7.0, 8.0, 9.0]> : tensor<3xf32>} : () -> tensor<3xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>,
      pad = array<i64: 1, 1, 0, 1>, stride = array<i64: 1, 1>,
      kernel.plan = #kernel.plan<family = float, bytes = 16, pixels = 3, vectors = 1, group = 1>}
      : (tensor<1x3x3x1xf32>, tensor<3x1x2x1xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x5x3x3xf32>
  return %y : tensor<1x5x3x3xf32>
}

// Pixels are one row where no window reads neighbours; a bias of 0 is none, and
// one for all channels is repeated.
// CHECK-LABEL: @pointwise
// CHECK: kernel.conv2d {{.*}} image [1, 1, 12, 1] filter [1, 12, 2, 1, 1]
// CHECK-SAME: channels(%{{.+}} : tensor<2xf32>)
// CHECK: kernel.conv2d {{.*}} image [1, 1, 12, 2] filter [1, 12, 1, 1, 1]
// CHECK-NOT: channels
// CHECK: ^bb0(%[[SUM:.+]]: f32):
// CHECK-NEXT: kernel.yield %[[SUM]]
func.func @pointwise(%x: tensor<2x2x3x1xf32>) -> tensor<2x2x3x1xf32> {
  %w = "tosa.const"() {values = dense<2.0> : tensor<2x1x1x1xf32>} : () -> tensor<2x1x1x1xf32>
  %v = "tosa.const"() {values = dense<3.0> : tensor<1x1x1x2xf32>} : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() {values = dense<1.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>,
      pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      kernel.plan = #kernel.plan<family = float, bytes = 16, pixels = 3, vectors = 1, group = 1>}
      : (tensor<2x2x3x1xf32>, tensor<2x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x2x3x2xf32>
  %u = tosa.conv2d %y, %v, %z, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>,
      pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      kernel.plan = #kernel.plan<family = float, bytes = 16, pixels = 3, vectors = 1, group = 1>}
      : (tensor<2x2x3x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x2x3x1xf32>
  return %u : tensor<2x2x3x1xf32>
}

// CHECK-LABEL: @depthwise
// CHECK-DAG: arith.constant dense<[1.000000e+00, 2.000000e+00, 0.000000e+00, 0.000000e+00, 3.000000e+00, 4.000000e+00, 0.000000e+00, 0.000000e+00]>
// CHECK: kernel.conv2d <family = float_depthwise, bytes = 16, pixels = 2, vectors = 1, group = 1>
// CHECK-SAME: image [1, 1, 3, 2] filter [1, 2, 2, 1, 2]
func.func @depthwise(%x: tensor<1x1x3x2xf32>) -> tensor<1x1x2x2xf32> {
  %w = "tosa.const"() {values = dense<[[[[1.0], [2.0]], [[3.0], [4.0]]]]> : tensor<1x2x2x1xf32>} : () -> tensor<1x2x2x1xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.depthwise_conv2d %x, %w, %z, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>,
      pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      kernel.plan = #kernel.plan<family = float_depthwise, bytes = 16, pixels = 2, vectors = 1, group = 1>}
      : (tensor<1x1x3x2xf32>, tensor<1x2x2x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2x2xf32>
  return %y : tensor<1x1x2x2xf32>
}

// CHECK-LABEL: @matmul
// CHECK: kernel.conv2d {{.*}} image [1, 1, 3, 2] filter [1, 3, 5, 1, 1]
func.func @matmul(%x: tensor<1x3x2xf32>) -> tensor<1x3x5xf32> {
  %w = "tosa.const"() {values = dense<2.0> : tensor<1x2x5xf32>} : () -> tensor<1x2x5xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.matmul %x, %w, %z, %z
      {kernel.plan = #kernel.plan<family = float, bytes = 16, pixels = 3, vectors = 1, group = 1>}
      : (tensor<1x3x2xf32>, tensor<1x2x5xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x5xf32>
  return %y : tensor<1x3x5xf32>
}

// CHECK-LABEL: @without_a_plan
// CHECK: tosa.matmul
func.func @without_a_plan(%x: tensor<1x3x2xf32>, %w: tensor<1x2x5xf32>) -> tensor<1x3x5xf32> {
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.matmul %x, %w, %z, %z : (tensor<1x3x2xf32>, tensor<1x2x5xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x5xf32>
  return %y : tensor<1x3x5xf32>
}
