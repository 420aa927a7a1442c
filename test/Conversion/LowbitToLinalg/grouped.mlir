// Grouped and depthwise convolutions, and padding of what has no code for 0.
// RUN: lowbit-opt %s --convert-lowbit-to-linalg --canonicalize | FileCheck %s

// CHECK-DAG: #[[$PIXELS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 * 2 + d3, d2 + d4 * 3, d5)>
// CHECK-DAG: #[[$TAPS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
// CHECK-DAG: #[[$OUT:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d5, d6)>
// CHECK-DAG: #[[$GROUP_PIXELS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1 + d5, d2 + d6, d3, d7)>
// CHECK-DAG: #[[$GROUP_TAPS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d3, d4, d5, d6, d7)>

// The constant itself is in the order of the loops, channels innermost: nothing is moved
// at run time.
// CHECK-LABEL: @depthwise
// CHECK-DAG: %[[W:.+]] = arith.constant dense<{{.*}}> : tensor<2x1x2x1xi8>
// CHECK-NOT: linalg.transpose
// CHECK: linalg.generic {indexing_maps = [#[[$PIXELS]], #[[$TAPS]], #[[$OUT]]], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "parallel", "parallel"]} ins(%{{.+}}, %[[W]] :
func.func @depthwise(%x: tensor<1x6x7x2x!lowbit.uint<2>>) -> tensor<1x3x7x2xi32> {
  %w = lowbit.constant dense<0x64> : tensor<1xi8> : tensor<2x2x1x1x!lowbit.ternary> // -1, 0, 1, 0
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [2, 1] dilation [1, 3] groups 2
      : tensor<1x6x7x2x!lowbit.uint<2>>, tensor<2x2x1x1x!lowbit.ternary> -> tensor<1x3x7x2xi32>
  return %a : tensor<1x3x7x2xi32>
}

// CHECK-LABEL: @depthwise_with_computed_weights
// CHECK: linalg.transpose {{.*}} permutation = [1, 2, 0]
func.func @depthwise_with_computed_weights(%x: tensor<1x6x7x2x!lowbit.uint<2>>, %w: tensor<2x2x1x1x!lowbit.ternary>) -> tensor<1x3x7x2xi32> {
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [2, 1] dilation [1, 3] groups 2
      : tensor<1x6x7x2x!lowbit.uint<2>>, tensor<2x2x1x1x!lowbit.ternary> -> tensor<1x3x7x2xi32>
  return %a : tensor<1x3x7x2xi32>
}

// CHECK-LABEL: @two_groups
// CHECK-DAG: tensor.expand_shape %{{.+}} {{\[\[}}0], [1], [2], [3, 4]] output_shape [1, 6, 7, 2, 2]
// CHECK-DAG: tensor.expand_shape %{{.+}} {{\[\[}}0, 1], [2], [3], [4]] output_shape [2, 3, 2, 2, 2]
// CHECK: linalg.generic {indexing_maps = [#[[$GROUP_PIXELS]], #[[$GROUP_TAPS]], #{{.+}}], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
func.func @two_groups(%x: tensor<1x6x7x4x!lowbit.uint<2>>, %w: tensor<6x2x2x2x!lowbit.ternary>) -> tensor<1x5x6x6xi32> {
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 2
      : tensor<1x6x7x4x!lowbit.uint<2>>, tensor<6x2x2x2x!lowbit.ternary> -> tensor<1x5x6x6xi32>
  return %a : tensor<1x5x6x6xi32>
}

// Levels up to 8 fit i8; they are padded with 0, which no code stands for.
// CHECK-LABEL: @codes_become_levels_before_padding
// CHECK: %[[LEVELS:.+]] = linalg.generic
// CHECK: arith.shli
// CHECK: tensor.pad %[[LEVELS]]
// CHECK: tensor.yield %c0_i8
func.func @codes_become_levels_before_padding(%x: tensor<1x2x2x1x!lowbit.pow2<3, nozero>>, %w: tensor<1x2x2x1x!lowbit.ternary>) -> tensor<1x2x2x1xi32> {
  %a = lowbit.conv2d %x, %w pad [1, 0, 0, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x2x2x1x!lowbit.pow2<3, nozero>>, tensor<1x2x2x1x!lowbit.ternary> -> tensor<1x2x2x1xi32>
  return %a : tensor<1x2x2x1xi32>
}
