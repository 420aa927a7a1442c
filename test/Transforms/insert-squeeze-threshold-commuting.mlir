// Ops that quantizers stand in front of, and several readers of one value.
// RUN: %python %S/Inputs/write-npy.py %t.npy 1x4x1x1 0,1,2,3
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics \
// RUN:   --lowbit-insert-squeeze-threshold=calibration=npy:%t.npy | FileCheck %s

// Both sides of a concat get the levels and the scale of their union, here of -3 to 6.
// CHECK-LABEL: @concat
// CHECK-DAG: "tosa.const"() <{values = dense<0.0117416829> : tensor<1xf32>}>
// CHECK-DAG: "tosa.const"() <{values = dense<0.0117416829> : tensor<1xf32>}>
// CHECK-DAG: %[[UPPER:.+]] = lowbit.quantize {{.*}} -> tensor<1x4x1x1x!lowbit.int<10, narrow>>
// CHECK-DAG: %[[LOWER:.+]] = lowbit.quantize {{.*}} -> tensor<1x4x1x1x!lowbit.int<10, narrow>>
// CHECK-DAG: %[[A:.+]] = lowbit.dequantize %[[UPPER]]
// CHECK-DAG: %[[B:.+]] = lowbit.dequantize %[[LOWER]]
// CHECK: %[[CONCAT:.+]] = tosa.concat %[[A]], %[[B]] {axis = 3 : i32}
// CHECK: tosa.conv2d %[[CONCAT]],
func.func @concat(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %three = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %six = "tosa.const"() <{values = dense<6.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %0 = tosa.sub %six, %x : (tensor<1x1x1x1xf32>, tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  %1 = tosa.sub %x, %three : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x4x1x1xf32>
  %2 = tosa.concat %0, %1 {axis = 3 : i32} : (tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>) -> tensor<1x4x1x2xf32>
  %w3 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %3 = tosa.conv2d %2, %w3, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 10, residual_bits = 10, multiplier_free = true>}
      : (tensor<1x4x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %3 : tensor<1x4x1x1xf32>
}

// -----

// A value that is read alone and in a concat has one quantizer.
// CHECK-LABEL: @one_quantizer_for_all_of_the_same_bits
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x1x1xf32>)
// CHECK-COUNT-2: lowbit.squeeze_threshold
// CHECK-NOT: lowbit.squeeze_threshold
// CHECK: return
func.func @one_quantizer_for_all_of_the_same_bits(%x: tensor<1x4x1x1xf32>) -> (tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>) {
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %three = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %three, %shift : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x4x1x1xf32>
  %1 = tosa.concat %x, %0, %x {axis = 3 : i32} : (tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>) -> tensor<1x4x1x3xf32>
  %w2 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %2 = tosa.conv2d %1, %w2, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv0",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x3xf32>, tensor<1x1x1x3xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %w3 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %3 = tosa.conv2d %x, %w3, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %w4 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %4 = tosa.conv2d %0, %w4, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv2",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %2, %3, %4 : tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>
}

// -----

// The padding 0.9 is quantized with step 1: it becomes 1. The transpose follows.
// CHECK-LABEL: @pad_and_transpose
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x1x1xf32>)
// CHECK-DAG: %[[S:.+]] = lowbit.squeeze_threshold %[[X]], %{{.+}} step(%[[STEP:.+]]) levels(!lowbit.uint<2>)
// CHECK-DAG: %[[PADDING:.+]] = "tosa.const"() <{values = dense<1.000000e+00> : tensor<1xf32>}>
// CHECK: %[[PADDED:.+]] = tosa.pad %[[S]], %{{.+}}, %{{.+}} :
// CHECK: %[[T:.+]] = tosa.transpose %[[PADDED]]
// CHECK: tosa.conv2d %[[T]],
func.func @pad_and_transpose(%x: tensor<1x4x1x1xf32>) -> tensor<1x1x6x1xf32> {
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = "tosa.const"() <{values = dense<0.9> : tensor<1xf32>}> : () -> tensor<1xf32>
  %p = tosa.const_shape {values = dense<[0, 0, 1, 1, 0, 0, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %0 = tosa.pad %x, %p, %v : (tensor<1x4x1x1xf32>, !tosa.shape<8>, tensor<1xf32>) -> tensor<1x6x1x1xf32>
  %1 = tosa.transpose %0 {perms = array<i32: 0, 2, 1, 3>} : (tensor<1x6x1x1xf32>) -> tensor<1x1x6x1xf32>
  %w2 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %2 = tosa.conv2d %1, %w2, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x1x6x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x6x1xf32>
  return %2 : tensor<1x1x6x1xf32>
}

// -----

// The least float in front of a max pool stands for "less than any element": it is no
// part of the range and becomes the lowest level.
// CHECK-LABEL: @padding_of_a_max_pool
// CHECK-DAG: lowbit.squeeze_threshold %{{.+}}, %{{.+}} step(%{{.+}}) levels(!lowbit.uint<2>)
// CHECK-DAG: "tosa.const"() <{values = dense<0.000000e+00> : tensor<1xf32>}>
// CHECK: tosa.pad
// CHECK: tosa.max_pool2d
func.func @padding_of_a_max_pool(%x: tensor<1x4x1x1xf32>) -> tensor<1x3x1x1xf32> {
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = "tosa.const"() <{values = dense<-3.40282347E+38> : tensor<1xf32>}> : () -> tensor<1xf32>
  %p = tosa.const_shape {values = dense<[0, 0, 1, 1, 0, 0, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %0 = tosa.pad %x, %p, %v : (tensor<1x4x1x1xf32>, !tosa.shape<8>, tensor<1xf32>) -> tensor<1x6x1x1xf32>
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 2, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 1>} : (tensor<1x6x1x1xf32>) -> tensor<1x3x1x1xf32>
  %w2 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %2 = tosa.conv2d %1, %w2, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x3x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x1x1xf32>
  return %2 : tensor<1x3x1x1xf32>
}

// -----

// Two layers that want other levels of one value get them, and the user is told. What an
// add keeps of a value is no disagreement: its bits are a setting of their own.
// CHECK-LABEL: @two_layers_disagree
// CHECK-DAG: levels(!lowbit.uint<2>)
// CHECK-DAG: levels(!lowbit.uint<3>)
func.func @two_layers_disagree(%x: tensor<1x4x1x1xf32>) -> (tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>) {
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-remark @below {{layer 'first' reads this value as uint<2>, layer 'second' as uint<3>; it is quantized for each}}
  %0 = tosa.clamp %x {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  %w1 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %1 = tosa.conv2d %0, %w1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "first",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %w2 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %2 = tosa.conv2d %0, %w2, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "second",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 3, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %3 = tosa.add %0, %2 : (tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  %w4 = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %4 = tosa.conv2d %3, %w4, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "third",
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %1, %4 : tensor<1x4x1x1xf32>, tensor<1x4x1x1xf32>
}
