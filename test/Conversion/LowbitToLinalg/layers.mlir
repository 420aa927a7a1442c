// Convolutions, matrix products and pools as linalg.generic.
// RUN: lowbit-opt %s --convert-lowbit-to-linalg | FileCheck %s

// Without horizontal dilation a row of taps is contiguous: width and channels (here 2)
// are merged into one loop.
// CHECK-DAG: #[[$ROWS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 * 2 + d4, d2 * 6 + d5)>
// CHECK-DAG: #[[$TAPS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d4, d5)>
// CHECK-DAG: #[[$OUT:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[$DILATED:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d4, d2 + d5 * 2, d6)>
// CHECK-DAG: #[[$WINDOW:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 * 2 + d4, d2 * 2 + d5, d3)>

// CHECK-LABEL: @conv2d
// CHECK-SAME: (%[[X:.+]]: tensor<1x6x7x2xi8>, %[[W:.+]]: tensor<4x2x2x2xi8>) -> tensor<1x4x3x4xi32>
// CHECK: %[[ZERO:.+]] = arith.constant 0 : i8
// CHECK: %[[PADDED:.+]] = tensor.pad %[[X]] low[0, 1, 0, 0] high[0, 1, 1, 0]
// CHECK: tensor.yield %[[ZERO]]
// CHECK: %[[FILLED:.+]] = linalg.fill
// CHECK-DAG: %[[MERGED_X:.+]] = tensor.collapse_shape %[[PADDED]] {{\[\[}}0], [1], [2, 3]]
// CHECK-DAG: %[[MERGED_W:.+]] = tensor.collapse_shape %[[W]] {{\[\[}}0], [1], [2, 3]]
// CHECK: linalg.generic {indexing_maps = [#[[$ROWS]], #[[$TAPS]], #[[$OUT]]], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%[[MERGED_X]], %[[MERGED_W]] : {{.*}}) outs(%[[FILLED]] : tensor<1x4x3x4xi32>)
// CHECK: arith.muli
// CHECK: arith.addi
func.func @conv2d(%x: tensor<1x6x7x2x!lowbit.uint<2>>, %w: tensor<4x2x2x2x!lowbit.ternary>) -> tensor<1x4x3x4xi32> {
  %a = lowbit.conv2d %x, %w pad [1, 1, 0, 1] stride [2, 3] dilation [1, 1]
      : tensor<1x6x7x2x!lowbit.uint<2>>, tensor<4x2x2x2x!lowbit.ternary> -> tensor<1x4x3x4xi32>
  return %a : tensor<1x4x3x4xi32>
}

// CHECK-LABEL: @dilated_columns
// CHECK-NOT: tensor.pad
// CHECK: linalg.generic {indexing_maps = [#[[$DILATED]], {{.*}}], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
func.func @dilated_columns(%x: tensor<1x3x4x2x!lowbit.uint<2>>, %w: tensor<4x2x2x2x!lowbit.ternary>) -> tensor<1x2x2x4xi32> {
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 2]
      : tensor<1x3x4x2x!lowbit.uint<2>>, tensor<4x2x2x2x!lowbit.ternary> -> tensor<1x2x2x4xi32>
  return %a : tensor<1x2x2x4xi32>
}

// CHECK-LABEL: @signs_and_shifts
// CHECK: linalg.generic
// CHECK-NOT: arith.muli
// CHECK: arith.shli
// CHECK-NOT: arith.muli
// CHECK: linalg.yield
// CHECK: linalg.generic
// CHECK-NOT: arith.muli
// CHECK: arith.shli
// CHECK-NOT: arith.muli
// CHECK: linalg.yield
func.func @signs_and_shifts(%x: tensor<1x4x!lowbit.uint<2>>, %w: tensor<2x4x!lowbit.ternary>, %v: tensor<2x4x!lowbit.pow2<4>>)
    -> (tensor<1x2xi32>, tensor<1x2xi32>) attributes {lowbit.multiplier_free} {
  %a = lowbit.matmul %x, %w : tensor<1x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.ternary> -> tensor<1x2xi32>
  %b = lowbit.matmul %x, %v : tensor<1x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.pow2<4>> -> tensor<1x2xi32>
  return %a, %b : tensor<1x2xi32>, tensor<1x2xi32>
}

// The attribute may stand at the layer itself; the other one keeps its products.
// CHECK-LABEL: @one_layer_without_multiplications
// CHECK: linalg.generic
// CHECK-NOT: arith.muli
// CHECK: linalg.yield
// CHECK: linalg.generic
// CHECK: arith.muli
// CHECK: linalg.yield
func.func @one_layer_without_multiplications(%x: tensor<1x4x!lowbit.uint<2>>, %w: tensor<2x4x!lowbit.ternary>)
    -> (tensor<1x2xi32>, tensor<1x2xi32>) {
  %a = lowbit.matmul %x, %w {lowbit.multiplier_free} : tensor<1x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.ternary> -> tensor<1x2xi32>
  %b = lowbit.matmul %x, %w : tensor<1x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.ternary> -> tensor<1x2xi32>
  return %a, %b : tensor<1x2xi32>, tensor<1x2xi32>
}

// Bytes of unsigned levels are extended with zeros, of signed ones with signs.
// CHECK-LABEL: @signedness
// CHECK: linalg.generic
// CHECK: ^{{.+}}(%[[X:.+]]: i8, %[[W:.+]]: i8, %{{.+}}: i32):
// CHECK-DAG: arith.extui %[[X]] : i8 to i32
// CHECK-DAG: arith.extsi %[[W]] : i8 to i32
func.func @signedness(%x: tensor<1x4x!lowbit.uint<8>>, %w: tensor<2x4x!lowbit.int<8>>) -> tensor<1x2xi32> {
  %a = lowbit.matmul %x, %w : tensor<1x4x!lowbit.uint<8>>, tensor<2x4x!lowbit.int<8>> -> tensor<1x2xi32>
  return %a : tensor<1x2xi32>
}

// CHECK-LABEL: @max_pool2d
// CHECK: arith.constant -128 : i8
// CHECK: tensor.pad
// CHECK: linalg.generic {indexing_maps = [#[[$WINDOW]], {{.*}}
// CHECK: arith.maxsi
func.func @max_pool2d(%x: tensor<1x3x4x1x!lowbit.int<8>>) -> tensor<1x2x2x1x!lowbit.int<8>> {
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [1, 0, 0, 0] stride [2, 2]
      : tensor<1x3x4x1x!lowbit.int<8>> -> tensor<1x2x2x1x!lowbit.int<8>>
  return %p : tensor<1x2x2x1x!lowbit.int<8>>
}

// CHECK-LABEL: @max_pool2d_of_unsigned_levels
// CHECK: arith.maxui
func.func @max_pool2d_of_unsigned_levels(%x: tensor<1x4x4x1x!lowbit.uint<8>>) -> tensor<1x2x2x1x!lowbit.uint<8>> {
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x4x4x1x!lowbit.uint<8>> -> tensor<1x2x2x1x!lowbit.uint<8>>
  return %p : tensor<1x2x2x1x!lowbit.uint<8>>
}

// CHECK-LABEL: @sum_pool2d
// CHECK: linalg.generic {indexing_maps = [#[[$WINDOW]], {{.*}} outs({{.*}} : tensor<1x2x2x1xi32>)
// CHECK: arith.extui
// CHECK: arith.addi
func.func @sum_pool2d(%x: tensor<1x4x4x1x!lowbit.uint<8>>) -> tensor<1x2x2x1xi32> {
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x4x4x1x!lowbit.uint<8>> -> tensor<1x2x2x1xi32>
  return %p : tensor<1x2x2x1xi32>
}
