// Float layers of TOSA: a kernel, or why there is none.
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=64" | FileCheck %s --check-prefixes=CHECK,WIDE
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=16" | FileCheck %s --check-prefixes=CHECK,NARROW
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=64 kernel=float_depthwise" | FileCheck %s --check-prefix=ONE
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=64 kernel=loops" | FileCheck %s --check-prefix=LOOPS
// RUN: lowbit-opt %s --lowbit-select-kernels | FileCheck %s --check-prefix=NONE

// NONE-NOT: kernel.plan
// NONE: kernel.reason = "the target has no vectors"
// LOOPS-NOT: kernel.plan
// LOOPS: kernel.reason = "plain loops were asked for"

// Many pixels of one vector on AVX-512. Weights take whole vectors.
// CHECK-LABEL: @product
// WIDE: kernel.plan = #kernel.plan<family = float, bytes = 64, pixels = 20, vectors = 1, group = 1>, kernel.reason = "float products of 16 channels", kernel.weight_bytes = 256 : i64
// NARROW: kernel.plan = #kernel.plan<family = float, bytes = 16, {{.*}}kernel.weight_bytes = 256 : i64
// ONE-LABEL: @product
// ONE: kernel.reason = "the kernel that was asked for does not fit"
func.func @product(%x: tensor<1x40x2xf32>) -> tensor<1x40x31xf32> {
  %w = "tosa.const"() {values = dense<2.0> : tensor<1x2x31xf32>} : () -> tensor<1x2x31xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.matmul %x, %w, %z, %z : (tensor<1x40x2xf32>, tensor<1x2x31xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x40x31xf32>
  return %y : tensor<1x40x31xf32>
}

// Few channels fill smaller vectors.
// CHECK-LABEL: @depthwise
// WIDE: family = float_depthwise, bytes = 32, pixels = 2
// NARROW: family = float_depthwise, bytes = 16, pixels = 2
// ONE-LABEL: @depthwise
// ONE: family = float_depthwise
func.func @depthwise(%x: tensor<1x1x3x8xf32>) -> tensor<1x1x2x8xf32> {
  %w = "tosa.const"() {values = dense<1.0> : tensor<1x2x8x1xf32>} : () -> tensor<1x2x8x1xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.depthwise_conv2d %x, %w, %z, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>,
      pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x1x3x8xf32>, tensor<1x2x8x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2x8xf32>
  return %y : tensor<1x1x2x8xf32>
}

// CHECK-LABEL: @channel_multiplier
// CHECK: tosa.depthwise_conv2d {{.*}}kernel.reason = "channel multipliers have no kernel"
func.func @channel_multiplier(%x: tensor<1x1x3x2xf32>) -> tensor<1x1x2x4xf32> {
  %w = "tosa.const"() {values = dense<1.0> : tensor<1x2x2x2xf32>} : () -> tensor<1x2x2x2xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.depthwise_conv2d %x, %w, %z, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>,
      pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x1x3x2xf32>, tensor<1x2x2x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2x4xf32>
  return %y : tensor<1x1x2x4xf32>
}

// CHECK-LABEL: @computed_weights
// CHECK: tosa.matmul {{.*}}kernel.reason = "weights are not constant"
func.func @computed_weights(%x: tensor<1x4x2xf32>, %w: tensor<1x2x3xf32>) -> tensor<1x4x3xf32> {
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.matmul %x, %w, %z, %z : (tensor<1x4x2xf32>, tensor<1x2x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  return %y : tensor<1x4x3xf32>
}

// CHECK-LABEL: @batch
// CHECK: tosa.matmul {{.*}}kernel.reason = "batched matrix products have no kernel"
func.func @batch(%x: tensor<2x4x2xf32>) -> tensor<2x4x3xf32> {
  %w = "tosa.const"() {values = dense<2.0> : tensor<2x2x3xf32>} : () -> tensor<2x2x3xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.matmul %x, %w, %z, %z : (tensor<2x4x2xf32>, tensor<2x2x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4x3xf32>
  return %y : tensor<2x4x3xf32>
}

// Padding is products with 0, which must be 0.
// CHECK-LABEL: @infinite_weights
// CHECK: tosa.matmul {{.*}}kernel.reason = "weights are not finite"
func.func @infinite_weights(%x: tensor<1x4x2xf32>) -> tensor<1x4x3xf32> {
  %w = "tosa.const"() {values = dense<0x7F800000> : tensor<1x2x3xf32>} : () -> tensor<1x2x3xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.matmul %x, %w, %z, %z : (tensor<1x4x2xf32>, tensor<1x2x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  return %y : tensor<1x4x3xf32>
}

// CHECK-LABEL: @computed_bias
// CHECK: tosa.conv2d {{.*}}kernel.reason = "a computed bias for all channels has no kernel"
func.func @computed_bias(%x: tensor<1x1x1x2xf32>, %b: tensor<1xf32>) -> tensor<1x1x1x3xf32> {
  %w = "tosa.const"() {values = dense<2.0> : tensor<3x1x1x2xf32>} : () -> tensor<3x1x1x2xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>,
      pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x1x1x2xf32>, tensor<3x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x3xf32>
  return %y : tensor<1x1x1x3xf32>
}

// On integers there is nothing to choose.
// CHECK-LABEL: @integers
// CHECK: tosa.matmul
// CHECK-NOT: kernel.reason
func.func @integers(%x: tensor<1x4x2xi8>, %w: tensor<1x2x3xi8>) -> tensor<1x4x3xi32> {
  %z = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %y = tosa.matmul %x, %w, %z, %z : (tensor<1x4x2xi8>, tensor<1x2x3xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x3xi32>
  return %y : tensor<1x4x3xi32>
}
