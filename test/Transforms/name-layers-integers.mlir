// RUN: lowbit-opt %s --lowbit-name-layers | FileCheck %s

// Rescales, clamps, tables and data movement follow the sum; a sum of two is a layer.
// CHECK-LABEL: @residual
// CHECK: tosa.conv2d {{.*}}lowbit.layer = "conv0"
// CHECK: tosa.rescale {{.*}}lowbit.layer = "conv0"
// CHECK: tosa.clamp {{.*}}lowbit.layer = "conv0"
// CHECK: tosa.table {{.*}}lowbit.layer = "conv0"
// CHECK: tosa.rescale {{.*}}lowbit.layer = "conv0"
// CHECK: tosa.add {{.*}}lowbit.layer = "conv0"
// CHECK: tosa.add {{.*}}lowbit.layer = "add0"
// CHECK: tosa.rescale {{.*}}lowbit.layer = "add0"
// CHECK: tosa.avg_pool2d {{.*}}lowbit.layer = "pool0"
// CHECK: tosa.reshape {{.*}}lowbit.layer = "pool0"
func.func @residual(%x: tensor<1x2x2x1xi8>) -> tensor<1x1xi8> {
  %w = "tosa.const"() <{values = dense<2> : tensor<1x1x1x1xi8>}> : () -> tensor<1x1x1x1xi8>
  %b = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %c = "tosa.const"() <{values = dense<7> : tensor<1x1x1x1xi32>}> : () -> tensor<1x1x1x1xi32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<31> : tensor<1xi8>}> : () -> tensor<1xi8>
  %t = "tosa.const"() <{values = dense<1> : tensor<256xi8>}> : () -> tensor<256xi8>
  %row = tosa.const_shape {values = dense<1> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x2x1xi8>, tensor<1x1x1x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x2x2x1xi32>
  %1 = tosa.rescale %0, %m, %s, %b, %z {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<1x2x2x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x2x2x1xi8>
  %2 = tosa.clamp %1 {max_val = 127 : i8, min_val = 0 : i8} : (tensor<1x2x2x1xi8>) -> tensor<1x2x2x1xi8>
  %3 = tosa.table %2, %t : (tensor<1x2x2x1xi8>, tensor<256xi8>) -> tensor<1x2x2x1xi8>
  %4 = tosa.rescale %3, %m, %s, %z, %b {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<1x2x2x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi32>) -> tensor<1x2x2x1xi32>
  %5 = tosa.add %4, %c : (tensor<1x2x2x1xi32>, tensor<1x1x1x1xi32>) -> tensor<1x2x2x1xi32>
  %6 = tosa.add %5, %4 : (tensor<1x2x2x1xi32>, tensor<1x2x2x1xi32>) -> tensor<1x2x2x1xi32>
  %7 = tosa.rescale %6, %m, %s, %b, %z {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<1x2x2x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x2x2x1xi8>
  %8 = tosa.avg_pool2d %7, %z, %z {acc_type = i32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x2x2x1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x1x1x1xi8>
  %9 = tosa.reshape %8, %row : (tensor<1x1x1x1xi8>, !tosa.shape<2>) -> tensor<1x1xi8>
  return %9 : tensor<1x1xi8>
}

// What precedes all layers is one; a softmax in integers, with sums of two, is another.
// CHECK-LABEL: @head
// CHECK: tosa.reshape {{.*}}lowbit.layer = "input0"
// CHECK: tosa.reduce_max {{.*}}lowbit.layer = "head0"
// CHECK: tosa.sub {{.*}}lowbit.layer = "head0"
// CHECK: tosa.table {{.*}}lowbit.layer = "head0"
// CHECK: tosa.add {{.*}}lowbit.layer = "head0"
// CHECK: tosa.arithmetic_right_shift {{.*}}lowbit.layer = "head0"
func.func @head(%x: tensor<4xi16>) -> tensor<1x4xi32> {
  %row = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %t = "tosa.const"() <{values = dense<1> : tensor<513xi16>}> : () -> tensor<513xi16>
  %one = "tosa.const"() <{values = dense<1> : tensor<1x1xi32>}> : () -> tensor<1x1xi32>
  %0 = tosa.reshape %x, %row : (tensor<4xi16>, !tosa.shape<2>) -> tensor<1x4xi16>
  %1 = tosa.reduce_max %0 {axis = 1 : i32} : (tensor<1x4xi16>) -> tensor<1x1xi16>
  %2 = tosa.sub %0, %1 : (tensor<1x4xi16>, tensor<1x1xi16>) -> tensor<1x4xi16>
  %3 = tosa.table %2, %t : (tensor<1x4xi16>, tensor<513xi16>) -> tensor<1x4xi32>
  %4 = tosa.add %3, %3 : (tensor<1x4xi32>, tensor<1x4xi32>) -> tensor<1x4xi32>
  %5 = tosa.arithmetic_right_shift %4, %one {round = true} : (tensor<1x4xi32>, tensor<1x1xi32>) -> tensor<1x4xi32>
  return %5 : tensor<1x4xi32>
}
