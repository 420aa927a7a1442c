// RUN: lowbit-opt %s --lowbit-specialize-batch --allow-unregistered-dialect --split-input-file | FileCheck %s
// RUN: lowbit-opt %s --lowbit-specialize-batch=batch=3 --allow-unregistered-dialect --split-input-file \
// RUN:   | FileCheck %s --check-prefix=THREE

// Attributes of unknown dialects go, wherever they are; others stay.
// CHECK: module attributes {lowbit.layer = "kept"} {
// CHECK-LABEL: func.func @reshape
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x4x2xf32> {llvm.noalias}) -> tensor<1x32xf32> {
// CHECK: %[[SIZES:.+]] = tosa.const_shape {values = dense<[1, 32]> : tensor<2xindex>}
// CHECK: %[[ROW:.+]] = tosa.reshape %[[X]], %[[SIZES]] : (tensor<1x4x4x2xf32>, !tosa.shape<2>) -> tensor<1x32xf32>
// CHECK: return %[[ROW]] : tensor<1x32xf32>
// THREE-LABEL: func.func @reshape
// THREE-SAME: tensor<3x4x4x2xf32> {llvm.noalias}) -> tensor<3x32xf32> {
// THREE: tosa.const_shape {values = dense<[3, 32]> : tensor<2xindex>}
module attributes {tfl.schema_version = 3 : i32, lowbit.layer = "kept"} {
  func.func @reshape(%x: tensor<?x4x4x2xf32> {tf.name = "x", llvm.noalias}) -> (tensor<?x32xf32> {tf.name = "y"})
      attributes {tf.entry_function = {inputs = "x", outputs = "y"}} {
    %s = tosa.const_shape {values = dense<[-1, 32]> : tensor<2xindex>} : () -> !tosa.shape<2>
    %0 = tosa.reshape %x, %s {tfl.name = "row"} : (tensor<?x4x4x2xf32>, !tosa.shape<2>) -> tensor<?x32xf32>
    return %0 : tensor<?x32xf32>
  }
}

// -----

// One constant of sizes serves results of different sizes.
// CHECK-LABEL: func.func @shared_sizes
// CHECK: %[[START:.+]] = tosa.const_shape {values = dense<0>
// CHECK: %[[SLICE_SIZES:.+]] = tosa.const_shape {values = dense<[1, 2]> : tensor<2xindex>}
// CHECK: tosa.slice %{{.+}}, %[[START]], %[[SLICE_SIZES]] : (tensor<1x4xi8>, {{.+}}) -> tensor<1x2xi8>
// CHECK: %[[SIZES:.+]] = tosa.const_shape {values = dense<2> : tensor<2xindex>}
// CHECK: tosa.reshape %{{.+}}, %[[SIZES]] : (tensor<1x4xi8>, {{.+}}) -> tensor<2x2xi8>
// THREE-LABEL: func.func @shared_sizes
// THREE: tosa.slice {{.+}} -> tensor<3x2xi8>
// THREE: tosa.reshape {{.+}} -> tensor<6x2xi8>
func.func @shared_sizes(%x: tensor<?x4xi8>) -> (tensor<?x2xi8>, tensor<?x2xi8>) {
  %z = tosa.const_shape {values = dense<0> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s = tosa.const_shape {values = dense<[-1, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.slice %x, %z, %s : (tensor<?x4xi8>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<?x2xi8>
  %1 = tosa.reshape %x, %s : (tensor<?x4xi8>, !tosa.shape<2>) -> tensor<?x2xi8>
  return %0, %1 : tensor<?x2xi8>, tensor<?x2xi8>
}

// -----

// A fixed input beside a free one is no batch.
// CHECK-LABEL: func.func @two_inputs
// CHECK-SAME: (%{{.+}}: tensor<1x4xf32>, %{{.+}}: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<1x4xf32>)
// THREE-LABEL: func.func @two_inputs
// THREE-SAME: (%{{.+}}: tensor<3x4xf32>, %{{.+}}: tensor<1x4xf32>) -> (tensor<3x4xf32>, tensor<3x4xf32>)
func.func @two_inputs(%x: tensor<?x4xf32>, %y: tensor<1x4xf32>) -> (tensor<?x4xf32>, tensor<?x4xf32>) {
  %0 = tosa.add %x, %y : (tensor<?x4xf32>, tensor<1x4xf32>) -> tensor<?x4xf32>
  return %0, %x : tensor<?x4xf32>, tensor<?x4xf32>
}

// -----

// CHECK-LABEL: func.func @convolution
// CHECK: tosa.conv2d {{.+}} -> tensor<1x4x4x1xi32>
// CHECK: tosa.rescale {{.+}} -> tensor<1x4x4x1xi8>
// CHECK: tosa.avg_pool2d {{.+}} -> tensor<1x1x1x1xi8>
// THREE-LABEL: func.func @convolution
// THREE: tosa.conv2d {{.+}} -> tensor<3x4x4x1xi32>
// THREE: tosa.rescale {{.+}} -> tensor<3x4x4x1xi8>
// THREE: tosa.avg_pool2d {{.+}} -> tensor<3x1x1x1xi8>
func.func @convolution(%x: tensor<?x4x4x1xi8>) -> tensor<?x1x1x1xi8> {
  %w = "tosa.const"() <{values = dense<2> : tensor<1x1x1x1xi8>}> : () -> tensor<1x1x1x1xi8>
  %b = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<31> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<?x4x4x1xi8>, tensor<1x1x1x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<?x4x4x1xi32>
  %1 = tosa.rescale %0, %m, %s, %b, %z {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<?x4x4x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<?x4x4x1xi8>
  %2 = tosa.avg_pool2d %1, %z, %z {acc_type = i32, kernel = array<i64: 4, 4>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 4, 4>}
      : (tensor<?x4x4x1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<?x1x1x1xi8>
  return %2 : tensor<?x1x1x1xi8>
}
