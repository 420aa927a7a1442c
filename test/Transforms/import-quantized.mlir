// Integer TOSA onto codes.
// RUN: lowbit-opt %s --lowbit-import-quantized --canonicalize --cse | FileCheck %s

// The input's zero point is 3: levels are q - 3 in [-131, 124]. The bias 7 joins the offset, times
// the multiplier; the output's zero point of -128 makes its levels 0 to 255.
// CHECK-LABEL: @conv
// CHECK-SAME: (%[[X:.+]]: tensor<1x1x2x1xi8>)
// CHECK-DAG: %[[MINUS3:.+]] = arith.constant dense<-3> : tensor<1xi64>
// CHECK-DAG: %[[M:.+]] = arith.constant dense<1073741824> : tensor<1xi64>
// CHECK-DAG: %[[OFFSET:.+]] = arith.constant dense<7516192768> : tensor<1xi64>
// CHECK-DAG: %[[W:.+]] = lowbit.constant {{.*}} : tensor<1x1x2x1x!lowbit.int<8>>
// CHECK: %[[LEVELS:.+]] = lowbit.rescale %[[X]] multiplier(%{{.+}}) offset(%[[MINUS3]]) shift 0 {{.*}} -> tensor<1x1x2x1x!lowbit.int<9>>
// CHECK: %[[SUM:.+]] = lowbit.conv2d %[[LEVELS]], %[[W]] {{.*}} -> tensor<1x1x1x1xi32>
// CHECK: %[[OUT:.+]] = lowbit.rescale %[[SUM]] multiplier(%[[M]]) offset(%[[OFFSET]]) shift 36 rounding tosa_double {{.*}} -> tensor<1x1x1x1x!lowbit.uint<8>>
// CHECK: %[[BYTES:.+]] = lowbit.rescale %[[OUT]] {{.*}} shift 0 {{.*}} -> tensor<1x1x1x1xi8>
// CHECK: return %[[BYTES]]
func.func @conv(%x: tensor<1x1x2x1xi8>) -> tensor<1x1x1x1xi8> {
  %w = "tosa.const"() <{values = dense<[[[[99], [-50]]]]> : tensor<1x1x2x1xi8>}> : () -> tensor<1x1x2x1xi8>
  %b = "tosa.const"() <{values = dense<7> : tensor<1xi32>}> : () -> tensor<1xi32>
  %zx = "tosa.const"() <{values = dense<3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %zw = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %zo = "tosa.const"() <{values = dense<-128> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<36> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %x, %w, %b, %zx, %zw {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv0"}
      : (tensor<1x1x2x1xi8>, tensor<1x1x2x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x1x1x1xi32>
  %1 = tosa.rescale %0, %m, %s, %z32, %zo {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true, lowbit.layer = "conv0"}
      : (tensor<1x1x1x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x1x1x1xi8>
  return %1 : tensor<1x1x1x1xi8>
}

// Weights 0, 64 and -64 are ternary; the factor joins the multiplier, and the layer does without
// multiplications. The clamp joins the saturation.
// CHECK-LABEL: @hidden_ternary
// CHECK-DAG: %[[M:.+]] = arith.constant dense<68719476736> : tensor<1xi64>
// CHECK: lowbit.conv2d {{.*}} {lowbit.layer = "conv0", lowbit.multiplier_free, lowbit.trained = #lowbit.trained<!lowbit.ternary, {{.*}}>} {{.*}}tensor<1x1x1x24x!lowbit.ternary>
// CHECK: lowbit.rescale %{{.+}} multiplier(%[[M]]) {{.*}} clamp [0, 100] {lowbit.layer = "conv0", lowbit.multiplier_free} {{.*}} -> tensor<1x1x1x1x!lowbit.uint<7>>
func.func @hidden_ternary(%x: tensor<1x1x1x24xi8>) -> tensor<1x1x1x1xi8> {
  %w = "tosa.const"() <{values = dense<[[[[64, 0, -64, 64, 0, 64, -64, 64, 64, 0, -64, 64, 0, 64, -64, 64, 64, 0, -64, 64, 0, 64, -64, 64]]]]> : tensor<1x1x1x24xi8>}> : () -> tensor<1x1x1x24xi8>
  %b = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<36> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv0"}
      : (tensor<1x1x1x24xi8>, tensor<1x1x1x24xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x1x1x1xi32>
  %1 = tosa.rescale %0, %m, %s, %z32, %z {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true, lowbit.layer = "conv0"}
      : (tensor<1x1x1x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x1x1x1xi8>
  %2 = tosa.clamp %1 {max_val = 100 : i8, min_val = 0 : i8, lowbit.layer = "conv0"} : (tensor<1x1x1x1xi8>) -> tensor<1x1x1x1xi8>
  return %2 : tensor<1x1x1x1xi8>
}

// A sum that may wrap is left to TOSA, with a reason: 2^31 - 1 and a product.
// CHECK-LABEL: @sum_may_wrap
// CHECK: tosa.conv2d {{.*}}lowbit.reason = "its sums may leave i32"
func.func @sum_may_wrap(%x: tensor<1x1x1x1xi8>) -> tensor<1x1x1x1xi32> {
  %w = "tosa.const"() <{values = dense<1> : tensor<1x1x1x1xi8>}> : () -> tensor<1x1x1x1xi8>
  %b = "tosa.const"() <{values = dense<2147483647> : tensor<1xi32>}> : () -> tensor<1xi32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x1x1x1xi8>, tensor<1x1x1x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x1x1x1xi32>
  return %0 : tensor<1x1x1x1xi32>
}

// Data movement is on codes; the padding is q = 5, level 5.
// CHECK-LABEL: @movement
// CHECK: %[[LEVELS:.+]] = lowbit.rescale {{.*}} -> tensor<1x2x2x1x!lowbit.int<8>>
// CHECK: %[[PADDED:.+]] = lowbit.pad %[[LEVELS]] {{.*}}level 5
// CHECK: lowbit.max_pool2d %[[PADDED]]
// CHECK: lowbit.rescale {{.*}} -> tensor<1x1x1x1xi8>
func.func @movement(%x: tensor<1x2x2x1xi8>) -> tensor<1x1x1x1xi8> {
  %p = tosa.const_shape {values = dense<[0, 0, 1, 0, 1, 0, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %v = "tosa.const"() <{values = dense<5> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.pad %x, %p, %v : (tensor<1x2x2x1xi8>, !tosa.shape<8>, tensor<1xi8>) -> tensor<1x3x3x1xi8>
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 3, 3>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 3, 3>}
      : (tensor<1x3x3x1xi8>) -> tensor<1x1x1x1xi8>
  return %1 : tensor<1x1x1x1xi8>
}

// Padded averages have no constant divisor.
// CHECK-LABEL: @padded_average
// CHECK: tosa.avg_pool2d {{.*}}lowbit.reason = "a padded average divides by the number of elements inside"
func.func @padded_average(%x: tensor<1x2x2x1xi8>) -> tensor<1x2x2x1xi8> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.avg_pool2d %x, %z, %z {acc_type = i32, kernel = array<i64: 2, 2>, pad = array<i64: 1, 0, 1, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x2x1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x2x2x1xi8>
  return %0 : tensor<1x2x2x1xi8>
}

// Floats are not touched.
// CHECK-LABEL: @floats
// CHECK: tosa.clamp
func.func @floats(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.clamp %x {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
