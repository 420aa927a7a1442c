// RUN: lowbit-opt %s --lowbit-assign-schemes=recipe=%S/Inputs/ternary.yaml --split-input-file \
// RUN:   | FileCheck %s --check-prefix=TERNARY
// RUN: lowbit-opt %s --lowbit-assign-schemes=recipe=%S/Inputs/mixed.yaml --split-input-file \
// RUN:   | FileCheck %s --check-prefix=MIXED

// The doc's example, and every way a recipe has of saying something else.
// TERNARY-LABEL: @five_layers
// TERNARY: tosa.conv2d {{.*}}lowbit.layer = "conv0", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>
// TERNARY: tosa.conv2d {{.*}}lowbit.layer = "conv1", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>
// TERNARY: tosa.conv2d {{.*}}lowbit.layer = "conv2", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>
// TERNARY: tosa.conv2d {{.*}}lowbit.layer = "conv3", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>
// TERNARY: tosa.matmul {{.*}}lowbit.layer = "dense", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>
// MIXED-LABEL: @five_layers
// MIXED: tosa.conv2d {{.*}}lowbit.layer = "conv0", lowbit.scheme = #lowbit.scheme<weights = !lowbit.int<8, narrow>, activation_bits = 8, residual_bits = 12, multiplier_free = false>
// MIXED: tosa.conv2d {{.*}}lowbit.layer = "conv1", lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 12, multiplier_free = false>
// MIXED: tosa.conv2d {{.*}}lowbit.layer = "conv2", lowbit.scheme = #lowbit.scheme<weights = !lowbit.bipolar, activation_bits = 4, residual_bits = 12, multiplier_free = true, thresholds = channel>
// MIXED: tosa.conv2d {{.*}}lowbit.layer = "conv3", lowbit.scheme = #lowbit.scheme<weights = !lowbit.pow2<4>, activation_bits = 4, residual_bits = 12, multiplier_free = true>
// MIXED: tosa.matmul {{.*}}lowbit.layer = "dense", lowbit.reason = "the recipe keeps this layer in float"
func.func @five_layers(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %m = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %shape = tosa.const_shape {values = dense<[1, 4, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv0"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %1 = tosa.conv2d %0, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %2 = tosa.conv2d %1, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv2"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %3 = tosa.conv2d %2, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv3"}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  %4 = tosa.reshape %3, %shape : (tensor<1x4x1x1xf32>, !tosa.shape<3>) -> tensor<1x4x1xf32>
  %5 = tosa.matmul %4, %m, %b, %b {lowbit.layer = "dense"}
      : (tensor<1x4x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1xf32>
  return %5 : tensor<1x4x1xf32>
}
