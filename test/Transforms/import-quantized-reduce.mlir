// Means that are sums over rows and columns, and why layers behind others stay.
// RUN: lowbit-opt %s --lowbit-import-quantized --canonicalize --cse | FileCheck %s

// Both sums are one pool of levels q - 3; the rescale behind them divides.
// CHECK-LABEL: @mean
// CHECK-SAME: (%[[X:.+]]: tensor<1x2x3x4xi8>)
// CHECK: %[[LEVELS:.+]] = lowbit.rescale %[[X]] {{.*}} shift 0 {{.*}} -> tensor<1x2x3x4x!lowbit.int<9>>
// CHECK: %[[SUM:.+]] = lowbit.sum_pool2d %[[LEVELS]] kernel [2, 3] pad [0, 0, 0, 0] stride [1, 1]
// CHECK-SAME: -> tensor<1x1x1x4xi32>
// CHECK: lowbit.rescale %[[SUM]] {{.*}} shift 36
// CHECK-NOT: tosa.re
func.func @mean(%x: tensor<1x2x3x4xi8>) -> tensor<1x1x1x4xi8> {
  %zx = "tosa.const"() <{values = dense<3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %one = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s0 = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = "tosa.const"() <{values = dense<1431655765> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<36> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.rescale %x, %one, %s0, %zx, %z32 {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<1x2x3x4xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi32>) -> tensor<1x2x3x4xi32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<1x2x3x4xi32>) -> tensor<1x1x3x4xi32>
  %2 = tosa.reduce_sum %1 {axis = 2 : i32} : (tensor<1x1x3x4xi32>) -> tensor<1x1x1x4xi32>
  %3 = tosa.rescale %2, %m, %s, %z32, %z {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<1x1x1x4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x1x1x4xi8>
  return %3 : tensor<1x1x1x4xi8>
}

// Columns first, or alone, are pools as well.
// CHECK-LABEL: @other_orders
// CHECK: lowbit.sum_pool2d {{.*}} kernel [1, 3] pad
// CHECK: lowbit.sum_pool2d {{.*}} kernel [2, 3] pad
func.func @other_orders(%x: tensor<1x2x3x4xi8>) -> (tensor<1x2x1x4xi32>, tensor<1x1x1x4xi32>) {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %one = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s0 = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.rescale %x, %one, %s0, %z, %z32 {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<1x2x3x4xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi32>) -> tensor<1x2x3x4xi32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x2x3x4xi32>) -> tensor<1x2x1x4xi32>
  %2 = tosa.reduce_sum %1 {axis = 1 : i32} : (tensor<1x2x1x4xi32>) -> tensor<1x1x1x4xi32>
  return %1, %2 : tensor<1x2x1x4xi32>, tensor<1x1x1x4xi32>
}

// A sum over channels is no pool; what waits for it says so.
// CHECK-LABEL: @channels
// CHECK: tosa.reduce_sum
// CHECK: tosa.conv2d {{.*}}lowbit.reason = "reads the result of tosa.reduce_sum, which stays in TOSA"
func.func @channels(%x: tensor<1x2x3x4xi8>) -> tensor<1x2x3x1xi32> {
  %w = "tosa.const"() <{values = dense<1> : tensor<1x1x1x1xi8>}> : () -> tensor<1x1x1x1xi8>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %one = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s0 = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.rescale %x, %one, %s0, %z, %z32 {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<1x2x3x4xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi32>) -> tensor<1x2x3x4xi32>
  %1 = tosa.reduce_sum %0 {axis = 3 : i32} : (tensor<1x2x3x4xi32>) -> tensor<1x2x3x1xi32>
  %2 = tosa.rescale %1, %one, %s0, %z32, %z {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<1x2x3x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x2x3x1xi8>
  %3 = tosa.conv2d %2, %w, %z32, %z, %z {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x3x1xi8>, tensor<1x1x1x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x2x3x1xi32>
  return %3 : tensor<1x2x3x1xi32>
}

// Sums of 32-bit integers, which no codes hold, stay.
// CHECK-LABEL: @wide
// CHECK: tosa.reduce_sum
func.func @wide(%x: tensor<1x2x3x4xi32>) -> tensor<1x1x3x4xi32> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x2x3x4xi32>) -> tensor<1x1x3x4xi32>
  return %0 : tensor<1x1x3x4xi32>
}

// CHECK-LABEL: @computed_weights
// CHECK: tosa.conv2d {{.*}}lowbit.reason = "its weights or biases are not constant"
func.func @computed_weights(%x: tensor<1x2x3x1xi8>, %w: tensor<1x1x1x1xi8>) -> tensor<1x2x3x1xi32> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %0 = tosa.conv2d %x, %w, %z32, %z, %z {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x3x1xi8>, tensor<1x1x1x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x2x3x1xi32>
  return %0 : tensor<1x2x3x1xi32>
}

// CHECK-LABEL: @halves
// CHECK: tosa.conv2d {{.*}}lowbit.reason = "its operands are not i8"
func.func @halves(%x: tensor<1x2x3x1xi16>) -> tensor<1x2x3x1xi48> {
  %w = "tosa.const"() <{values = dense<1> : tensor<1x1x1x1xi8>}> : () -> tensor<1x1x1x1xi8>
  %b = "tosa.const"() <{values = dense<0> : tensor<1xi48>}> : () -> tensor<1xi48>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z16 = "tosa.const"() <{values = dense<0> : tensor<1xi16>}> : () -> tensor<1xi16>
  %0 = tosa.conv2d %x, %w, %b, %z16, %z {acc_type = i48, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x3x1xi16>, tensor<1x1x1x1xi8>, tensor<1xi48>, tensor<1xi16>, tensor<1xi8>) -> tensor<1x2x3x1xi48>
  return %0 : tensor<1x2x3x1xi48>
}
