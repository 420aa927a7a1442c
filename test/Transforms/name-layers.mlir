// RUN: lowbit-opt %s --lowbit-name-layers | FileCheck %s

// What follows a layer belongs to it.
// CHECK-LABEL: @by_location
// CHECK: tosa.conv2d {{.*}}lowbit.layer = "stem"
// CHECK: tosa.clamp {{.*}}lowbit.layer = "stem"
// CHECK: tosa.conv2d {{.*}}lowbit.layer = "block1_conv_1"
// CHECK: tosa.conv2d {{.*}}lowbit.layer = "layer_1x1"
func.func @by_location(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32> loc("stem")
  %1 = tosa.clamp %0 {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32>
  %2 = tosa.conv2d %1, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32> loc("block1/conv.1")
  %3 = tosa.conv2d %2, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32> loc("1x1")
  return %3 : tensor<1x4x4x1xf32>
}

// CHECK-LABEL: @by_kind_and_position
// CHECK: tosa.conv2d {{.*}}lowbit.layer = "conv0"
// CHECK: tosa.depthwise_conv2d {{.*}}lowbit.layer = "depthwise0"
// CHECK: tosa.add {{.*}}lowbit.layer = "add0"
// CHECK: tosa.avg_pool2d {{.*}}lowbit.layer = "pool0"
// CHECK: tosa.conv2d {{.*}}lowbit.layer = "conv1"
func.func @by_kind_and_position(%x: tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  %1 = tosa.depthwise_conv2d %0, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  %2 = tosa.add %1, %0 : (tensor<1x4x4x1xf32>, tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32>
  %3 = tosa.avg_pool2d %2, %b, %b {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x4x4x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x1xf32>
  %4 = tosa.conv2d %3, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x2x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x1xf32>
  return %4 : tensor<1x2x2x1xf32>
}

// CHECK-LABEL: @names_are_unique
// CHECK: tosa.matmul {{.*}}lowbit.layer = "dense"
// CHECK: tosa.matmul {{.*}}lowbit.layer = "dense_1"
// CHECK: tosa.matmul {{.*}}lowbit.layer = "dense_1_1"
func.func @names_are_unique(%x: tensor<1x2x2xf32>) -> tensor<1x2x2xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x2x2xf32>}> : () -> tensor<1x2x2xf32>
  %0 = tosa.matmul %x, %w, %zp, %zp : (tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32> loc("dense")
  %1 = tosa.matmul %0, %w, %zp, %zp : (tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32> loc("dense")
  %2 = tosa.matmul %1, %w, %zp, %zp : (tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32> loc("dense_1")
  return %2 : tensor<1x2x2xf32>
}

// A softmax is one float layer; the reshape in front of everything starts one too.
// CHECK-LABEL: @float_arithmetic_is_one_layer
// CHECK: tosa.reshape {{.*}}lowbit.layer = "float0"
// CHECK: tosa.exp {{.*}}lowbit.layer = "float1"
// CHECK: tosa.reduce_sum {{.*}}lowbit.layer = "float1"
// CHECK: tosa.reciprocal {{.*}}lowbit.layer = "float1"
// CHECK: tosa.mul {{.*}}lowbit.layer = "float1"
func.func @float_arithmetic_is_one_layer(%x: tensor<1x2x2xf32>) -> tensor<1x4xf32> {
  %shape = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.reshape %x, %shape : (tensor<1x2x2xf32>, !tosa.shape<2>) -> tensor<1x4xf32>
  %1 = tosa.exp %0 : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %2 = tosa.reduce_sum %1 {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %3 = tosa.reciprocal %2 : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %4 = tosa.mul %1, %3, %shift : (tensor<1x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  return %4 : tensor<1x4xf32>
}

// CHECK-LABEL: @does_not_name_constants
// CHECK-NOT: lowbit.layer
func.func @does_not_name_constants() -> tensor<1xf32> {
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32> loc("bias")
  return %b : tensor<1xf32>
}

// Reductions over height and width are pools; a concat is a layer, a pad is none.
// CHECK-LABEL: @pools_concats_and_pads
// CHECK: tosa.reduce_max {{.*}}lowbit.layer = "pool0"
// CHECK: tosa.pad {{.*}}lowbit.layer = "pool0"
// CHECK: tosa.concat {{.*}}lowbit.layer = "concat0"
func.func @pools_concats_and_pads(%x: tensor<1x2x2xf32>) -> tensor<1x4x2xf32> {
  %n = tosa.const_shape {values = dense<[0, 0, 1, 0, 0, 0]> : tensor<6xindex>} : () -> !tosa.shape<6>
  %v = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<1x2x2xf32>) -> tensor<1x1x2xf32>
  %1 = tosa.pad %0, %n, %v : (tensor<1x1x2xf32>, !tosa.shape<6>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %2 = tosa.concat %1, %1 {axis = 1 : i32} : (tensor<1x2x2xf32>, tensor<1x2x2xf32>) -> tensor<1x4x2xf32>
  return %2 : tensor<1x4x2xf32>
}
