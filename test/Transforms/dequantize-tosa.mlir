// Integer TOSA back into float.
// RUN: lowbit-opt %s --lowbit-dequantize-tosa | FileCheck %s

// q - 3 goes in; the product with 2^30 / 2^36 is limited to [-128 + 5, 127 + 5], and comes out of
// the network as bytes again, with the zero point -5.
// CHECK-LABEL: @conv
// CHECK-SAME: (%[[X:.+]]: tensor<1x1x1x2xi8>)
// CHECK-DAG: %[[ZERO:.+]] = "tosa.const"() <{values = dense<-3.000000e+00> : tensor<1x1x1x1xf32>}>
// CHECK-DAG: %[[W:.+]] = "tosa.const"() <{values = dense<{{\[\[\[\[}}9.900000e+01, -5.000000e+01{{\]\]\]\]}}> : tensor<1x1x1x2xf32>}>
// CHECK-DAG: %[[B:.+]] = "tosa.const"() <{values = dense<7.000000e+00> : tensor<1xf32>}>
// CHECK-DAG: %[[REAL:.+]] = tosa.cast %[[X]]
// CHECK-DAG: %[[LEVELS:.+]] = tosa.add %[[REAL]], %[[ZERO]]
// CHECK: %[[SUM:.+]] = tosa.conv2d %[[LEVELS]], %{{.+}} {acc_type = f32, {{.*}}} : {{.*}} -> tensor<1x1x1x1xf32>
// CHECK: %[[RATIO:.+]] = "tosa.const"() <{values = dense<1.562500e-02> : tensor<1x1x1x1xf32>}>
// CHECK: %[[SCALED:.+]] = tosa.mul %[[SUM]], %[[RATIO]]
// CHECK: %[[LIMITED:.+]] = tosa.clamp %[[SCALED]] {max_val = 1.320000e+02 : f32, min_val = -1.230000e+02 : f32}
// CHECK: %[[MINUS5:.+]] = "tosa.const"() <{values = dense<-5.000000e+00> : tensor<1x1x1x1xf32>}>
// CHECK: %[[Q:.+]] = tosa.add %[[LIMITED]], %[[MINUS5]]
// CHECK: %[[BYTES:.+]] = tosa.cast %[[Q]] : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xi8>
// CHECK: return %[[BYTES]]
func.func @conv(%x: tensor<1x1x1x2xi8>) -> tensor<1x1x1x1xi8> {
  %w = "tosa.const"() <{values = dense<[[[[99, -50]]]]> : tensor<1x1x1x2xi8>}> : () -> tensor<1x1x1x2xi8>
  %b = "tosa.const"() <{values = dense<7> : tensor<1xi32>}> : () -> tensor<1xi32>
  %zx = "tosa.const"() <{values = dense<3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %zw = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %zo = "tosa.const"() <{values = dense<-5> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<36> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %x, %w, %b, %zx, %zw {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x1x1x2xi8>, tensor<1x1x1x2xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x1x1x1xi32>
  %1 = tosa.rescale %0, %m, %s, %z32, %zo {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<1x1x1x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x1x1x1xi8>
  return %1 : tensor<1x1x1x1xi8>
}

// Tables stay in integers.
// CHECK-LABEL: @table
// CHECK-NOT: f32
// CHECK: tosa.table
func.func @table(%x: tensor<4xi8>, %t: tensor<256xi8>) -> tensor<4xi8> {
  %0 = tosa.table %x, %t : (tensor<4xi8>, tensor<256xi8>) -> tensor<4xi8>
  return %0 : tensor<4xi8>
}

// So do floats as they are.
// CHECK-LABEL: @floats
// CHECK-NEXT: tosa.clamp
// CHECK-NEXT: return
func.func @floats(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.clamp %x {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// A mean as sums and a rescale is one in float.
// CHECK-LABEL: @mean
// CHECK: %[[ROWS:.+]] = tosa.reduce_sum %{{.+}} {axis = 1 : i32} : (tensor<1x2x3x4xf32>)
// CHECK: %[[SUM:.+]] = tosa.reduce_sum %[[ROWS]] {axis = 2 : i32} : (tensor<1x1x3x4xf32>)
// CHECK: tosa.mul %[[SUM]]
func.func @mean(%x: tensor<1x2x3x4xi8>) -> tensor<1x1x1x4xi8> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s0 = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = "tosa.const"() <{values = dense<33> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.rescale %x, %m, %s0, %z, %z32 {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<1x2x3x4xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi32>) -> tensor<1x2x3x4xi32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<1x2x3x4xi32>) -> tensor<1x1x3x4xi32>
  %2 = tosa.reduce_sum %1 {axis = 2 : i32} : (tensor<1x1x3x4xi32>) -> tensor<1x1x1x4xi32>
  %3 = tosa.rescale %2, %m, %s, %z32, %z {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<1x1x1x4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x1x1x4xi8>
  return %3 : tensor<1x1x1x4xi8>
}
