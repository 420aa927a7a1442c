// Thresholds for each channel, and the training form, which freezes to the same.
// RUN: %python %S/Inputs/write-npy.py %t.npy 1x1x2x1x2 0,6,3,1
// RUN: lowbit-opt %s --lowbit-insert-squeeze-threshold=calibration=npy:%t.npy | FileCheck %s
// RUN: lowbit-opt %s --lowbit-insert-squeeze-threshold="calibration=npy:%t.npy form=training" --lowbit-freeze-squeeze-threshold | FileCheck %s
// RUN: lowbit-opt %s --lowbit-insert-squeeze-threshold="calibration=npy:%t.npy form=training" --canonicalize \
// RUN:   | FileCheck %s --check-prefix=TRAINING

// Channel 0 was seen up to 3, channel 1 up to 6: thresholds of their own. The step is that
// of the mean 4.5; weights of 3 become 3 x 3 / 4.5 and 3 x 6 / 4.5.
// CHECK-LABEL: @channels
// CHECK-SAME: (%[[X:.+]]: tensor<1x2x1x2xf32>)
// CHECK-DAG: %[[T:.+]] = "tosa.const"() <{values = dense<{{\[\[}}5.000000e-01, 1.500000e+00, 2.500000e+00], [1.000000e+00, 3.000000e+00, 5.000000e+00]]> : tensor<2x3xf32>}>
// CHECK-DAG: %[[STEP:.+]] = "tosa.const"() <{values = dense<1.500000e+00> : tensor<1xf32>}>
// CHECK: %[[S:.+]] = lowbit.squeeze_threshold %[[X]], %[[T]] step(%[[STEP]]) levels(!lowbit.uint<2>)
// CHECK: %[[W:.+]] = "tosa.const"() <{values = dense<{{.*}}2.000000e+00, 4.000000e+00{{.*}}> : tensor<1x1x1x2xf32>}>
// CHECK: tosa.conv2d %[[S]], %[[W]],
// The hidden layer has one output. 12 sigmoid(ln(3 / 9)) = 3, 12 sigmoid(ln(6 / 6)) = 6.
// TRAINING-LABEL: @channels
// TRAINING-SAME: (%[[X:.+]]: tensor<1x2x1x2xf32>)
// TRAINING-DAG: %[[MATRIX:.+]] = "tosa.const"() <{values = dense<0.000000e+00> : tensor<1x2xf32>}>
// TRAINING-DAG: %[[COLUMN:.+]] = "tosa.const"() <{values = dense<0.000000e+00> : tensor<2x1xf32>}>
// TRAINING-DAG: %[[NONES:.+]] = "tosa.const"() <{values = dense<0.000000e+00> : tensor<2xf32>}>
// TRAINING-DAG: %[[BIAS:.+]] = "tosa.const"() <{values = dense<[-1.0986{{[0-9]+}}, 0.000000e+00]> : tensor<2xf32>}>
// TRAINING-DAG: %[[ONES:.+]] = "tosa.const"() <{values = dense<1.000000e+00> : tensor<2xf32>}>
// TRAINING-DAG: %[[RANGES:.+]] = "tosa.const"() <{values = dense<[3.000000e+00, 6.000000e+00]> : tensor<2xf32>}>
// TRAINING: %[[S:.+]], %{{.+}}, %{{.+}} = lowbit.squeeze_threshold_training %[[X]] adjust(%[[MATRIX]], %{{.+}}, %[[COLUMN]], %[[NONES]]) threshold(%[[MATRIX]], %{{.+}}, %[[COLUMN]], %[[BIAS]]) running(%[[ONES]], %[[RANGES]]) levels(!lowbit.uint<2>) momentum 1.000000e-01 max_range 1.200000e+01 :
// TRAINING: tosa.conv2d %[[S]],
func.func @channels(%x: tensor<1x2x1x2xf32>) -> tensor<1x2x1x1xf32> {
  %w = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.layer = "conv", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true, thresholds = channel>}
      : (tensor<1x2x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  return %0 : tensor<1x2x1x1xf32>
}

// One list for the layer, from its whole range: 6 is level 3. The weights stay.
// CHECK-LABEL: @layer
// CHECK-SAME: (%[[X:.+]]: tensor<1x2x1x2xf32>)
// CHECK-DAG: %[[T:.+]] = "tosa.const"() <{values = dense<{{\[\[}}1.000000e+00, 3.000000e+00, 5.000000e+00]]> : tensor<1x3xf32>}>
// CHECK-DAG: %[[STEP:.+]] = "tosa.const"() <{values = dense<2.000000e+00> : tensor<1xf32>}>
// CHECK-DAG: %[[S:.+]] = lowbit.squeeze_threshold %[[X]], %[[T]] step(%[[STEP]]) levels(!lowbit.uint<2>)
// CHECK-DAG: %[[W:.+]] = "tosa.const"() <{values = dense<3.000000e+00> : tensor<1x1x1x2xf32>}>
// CHECK: tosa.conv2d %[[S]], %[[W]],
// TRAINING-LABEL: @layer
// TRAINING-DAG: %[[BIAS:.+]] = "tosa.const"() <{values = dense<0.000000e+00> : tensor<1xf32>}>
// TRAINING-DAG: %[[RANGE:.+]] = "tosa.const"() <{values = dense<6.000000e+00> : tensor<1xf32>}>
// TRAINING: lowbit.squeeze_threshold_training %{{.+}} running(%{{.+}}, %[[RANGE]]) {{.*}} max_range 1.200000e+01 :
func.func @layer(%x: tensor<1x2x1x2xf32>) -> tensor<1x2x1x1xf32> {
  %w = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.layer = "conv", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x2x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  return %0 : tensor<1x2x1x1xf32>
}

// A reshape that leaves the last dimension, and a matrix product, whose input channels are
// the rows of its weights.
// CHECK-LABEL: @through_a_reshape
// CHECK: lowbit.squeeze_threshold {{.*}} : tensor<1x2x1x2xf32>, tensor<2x3xf32>
// CHECK: %[[W:.+]] = "tosa.const"() <{values = dense<{{\[\[\[}}2.000000e+00, 4.000000e+00], [4.000000e+00, 8.000000e+00]]]> : tensor<1x2x2xf32>}>
// CHECK: tosa.matmul %{{.+}}, %[[W]],
func.func @through_a_reshape(%x: tensor<1x2x1x2xf32>) -> tensor<1x2x2xf32> {
  %w = "tosa.const"() <{values = dense<[[[3.0, 6.0], [3.0, 6.0]]]> : tensor<1x2x2xf32>}> : () -> tensor<1x2x2xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %shape = tosa.const_shape {values = dense<[1, 2, 2]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %r = tosa.reshape %x, %shape : (tensor<1x2x1x2xf32>, !tosa.shape<3>) -> tensor<1x2x2xf32>
  %0 = tosa.matmul %r, %w, %z, %z {lowbit.layer = "dense", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true, thresholds = channel>}
      : (tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  return %0 : tensor<1x2x2xf32>
}

// Values that were calibrated, not kept whole: each channel is fitted by itself, and one
// that is always 0 has the range of the layer. Channel 0 of x is 0 and 3, channel 1 is cut
// to 0.
// CHECK-LABEL: @fitted
// CHECK: lowbit.squeeze_threshold {{.*}} : tensor<1x2x1x2xf32>, tensor<1x3xf32>
// CHECK: tosa.conv2d
func.func @fitted(%x: tensor<1x2x1x2xf32>) -> tensor<1x2x1x1xf32> {
  %w = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %gain = "tosa.const"() <{values = dense<[[[[1.0, 0.0]]]]> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %g = tosa.mul %x, %gain, %shift : (tensor<1x2x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x2x1x2xf32>
  %0 = tosa.conv2d %g, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.layer = "conv", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true, thresholds = channel>}
      : (tensor<1x2x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  return %0 : tensor<1x2x1x1xf32>
}

// Depthwise: the weights of input channel c are those of index c in the last dimension but
// one.
// CHECK-LABEL: @depthwise
// CHECK: lowbit.squeeze_threshold {{.*}} : tensor<1x2x1x2xf32>, tensor<2x3xf32>
// CHECK: %[[W:.+]] = "tosa.const"() <{values = dense<{{\[\[\[\[}}2.000000e+00, 4.000000e+00], [4.000000e+00, 8.000000e+00]]]]> : tensor<1x1x2x2xf32>}>
// CHECK: tosa.depthwise_conv2d %{{.+}}, %[[W]],
func.func @depthwise(%x: tensor<1x2x1x2xf32>) -> tensor<1x2x1x4xf32> {
  %w = "tosa.const"() <{values = dense<[[[[3.0, 6.0], [3.0, 6.0]]]]> : tensor<1x1x2x2xf32>}> : () -> tensor<1x1x2x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.depthwise_conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.layer = "conv", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true, thresholds = channel>}
      : (tensor<1x2x1x2xf32>, tensor<1x1x2x2xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x4xf32>
  return %0 : tensor<1x2x1x4xf32>
}

// Levels with gaps cannot be trained; their thresholds are constants in either form.
// CHECK-LABEL: @gaps
// CHECK: lowbit.squeeze_threshold {{.*}} levels(!lowbit.bipolar) : tensor<1x2x1x2xf32>, tensor<1x1xf32>
// TRAINING-LABEL: @gaps
// TRAINING: lowbit.squeeze_threshold %{{.+}} levels(!lowbit.bipolar)
func.func @gaps(%x: tensor<1x2x1x2xf32>) -> tensor<1x2x1x1xf32> {
  %w = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.layer = "conv", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 1, residual_bits = 16, multiplier_free = true, activations = !lowbit.bipolar>}
      : (tensor<1x2x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  return %0 : tensor<1x2x1x1xf32>
}

// The same levels, asked for by bits and by name: one layer with thresholds of each channel
// and scaled weights, the other with one list and its own.
// CHECK-LABEL: @two_readers
// CHECK-SAME: (%[[X:.+]]: tensor<1x2x1x2xf32>)
// CHECK-DAG: %[[LAYER:.+]] = lowbit.squeeze_threshold %[[X]], {{.*}} : tensor<1x2x1x2xf32>, tensor<1x3xf32>
// CHECK-DAG: %[[CHANNELS:.+]] = lowbit.squeeze_threshold %[[X]], {{.*}} : tensor<1x2x1x2xf32>, tensor<2x3xf32>
// CHECK-DAG: %[[SCALED:.+]] = "tosa.const"() <{values = dense<{{.*}}2.000000e+00, 4.000000e+00{{.*}}> : tensor<1x1x1x2xf32>}>
// CHECK-DAG: %[[W:.+]] = "tosa.const"() <{values = dense<3.000000e+00> : tensor<1x1x1x2xf32>}>
// CHECK-DAG: tosa.conv2d %[[CHANNELS]], %[[SCALED]],
// CHECK-DAG: tosa.conv2d %[[LAYER]], %[[W]],
func.func @two_readers(%x: tensor<1x2x1x2xf32>) -> (tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>) {
  %w = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.layer = "conv0", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true, thresholds = channel>}
      : (tensor<1x2x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  %1 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.layer = "conv1", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true, activations = !lowbit.uint<2>>}
      : (tensor<1x2x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  return %0, %1 : tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>
}
