// The training form becomes the inference form, with the thresholds of its averages.
// RUN: lowbit-opt %s --lowbit-freeze-squeeze-threshold --canonicalize | FileCheck %s

// The doc's example: a = 1, tau = 3, so the step is 1.
// CHECK-LABEL: @per_layer
// CHECK-SAME: (%[[X:.+]]: tensor<1x4x2xf32>, %{{.+}}: tensor<1x2xf32>
// CHECK-DAG: %[[T:.+]] = "tosa.const"() <{values = dense<{{\[\[}}5.000000e-01, 1.500000e+00, 2.500000e+00]]> : tensor<1x3xf32>}>
// CHECK-DAG: %[[S:.+]] = "tosa.const"() <{values = dense<1.000000e+00> : tensor<1xf32>}>
// CHECK: %[[Y:.+]] = lowbit.squeeze_threshold %[[X]], %[[T]] step(%[[S]]) levels(!lowbit.uint<2>) {lowbit.layer = "l"} :
// CHECK-NEXT: return %[[Y]]
func.func @per_layer(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<1.0> : tensor<2xf32>
  %r = arith.constant dense<3.0> : tensor<1xf32>
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y : tensor<1x4x2xf32>
}

// Adjusting by 2 halves the thresholds of channel 1 and leaves the step.
// CHECK-LABEL: @adjusted
// CHECK: dense<{{\[\[}}5.000000e-01, 1.500000e+00, 2.500000e+00], [2.500000e-01, 7.500000e-01, 1.250000e+00]]> : tensor<2x3xf32>
// CHECK: dense<1.000000e+00> : tensor<1xf32>
func.func @adjusted(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %r = arith.constant dense<3.0> : tensor<1xf32>
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.uint<2>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y : tensor<1x4x2xf32>
}

// Ranges 3 and 6: thresholds of their own, the step of their mean 4.5. Signed levels.
// CHECK-LABEL: @per_channel
// CHECK: dense<{{\[\[}}-1.500000e+00, 1.500000e+00], [-3.000000e+00, 3.000000e+00]]> : tensor<2x2xf32>
// CHECK: dense<4.500000e+00> : tensor<1xf32>
// CHECK: lowbit.squeeze_threshold {{.*}} levels(!lowbit.int<2, narrow>)
func.func @per_channel(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<1.0> : tensor<2xf32>
  %r = arith.constant dense<[3.0, 6.0]> : tensor<2xf32>
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %v, %c) running(%a, %r)
      levels(!lowbit.int<2, narrow>) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return %y : tensor<1x4x2xf32>
}

// Binary: one threshold, tau / a.
// CHECK-LABEL: @bipolar
// CHECK: dense<{{\[\[}}3.000000e+00], [1.500000e+00]]> : tensor<2x1xf32>
// CHECK: dense<3.000000e+00> : tensor<1xf32>
// CHECK: lowbit.squeeze_threshold {{.*}} levels(!lowbit.bipolar)
func.func @bipolar(%x: tensor<1x4x2xf32>, %w: tensor<1x2xf32>, %b: tensor<1xf32>, %v: tensor<2x1xf32>, %c: tensor<2xf32>, %w4: tensor<1x1xf32>, %b4: tensor<1xf32>) -> tensor<1x4x2xf32> {
  %a = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %r = arith.constant dense<3.0> : tensor<1xf32>
  %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(%w, %b, %v, %c) threshold(%w, %b, %w4, %b4) running(%a, %r)
      levels(!lowbit.bipolar) momentum 0.1 max_range 8.0 {lowbit.layer = "l"}
      : tensor<1x4x2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<2x1xf32>, tensor<2xf32>,
        tensor<1x2xf32>, tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<2xf32>, tensor<1xf32>
  return %y : tensor<1x4x2xf32>
}
