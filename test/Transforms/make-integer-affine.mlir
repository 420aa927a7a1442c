// Segments of more levels become rescales, residual adds integer adds.
// RUN: lowbit-opt %s --lowbit-make-integer --canonicalize | FileCheck %s

// y = (a / 2 + 3) / (1/4) = 2 a + 12.
// CHECK-LABEL: @rescale
// CHECK-SAME: (%[[A:.+]]: tensor<1x4xi32>
// CHECK-NOT: tosa
// CHECK: %[[R:.+]] = lowbit.rescale %[[A]] multiplier(%{{.+}}) offset(%{{.+}}) shift {{[0-9]+}} rounding{{ +}}half_up : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
// CHECK: return %[[R]]
func.func @rescale(%a: tensor<1x4xi32> {lowbit.range = array<i64: -100, 100>}) -> tensor<1x4x!lowbit.int<8>> {
  %alpha = arith.constant dense<0.5> : tensor<1xf32>
  %b = arith.constant dense<3.0> : tensor<1xf32>
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%alpha) bias(%b) : tensor<1x4xi32>, tensor<1xf32>, tensor<1xf32> -> tensor<1x4xf32>
  %q = lowbit.quantize %f, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.int<8>>
  return %q : tensor<1x4x!lowbit.int<8>>
}

// ReLU6 in levels of a quarter: 0 to 24. A clamp at the ends of the levels needs none.
// CHECK-LABEL: @clamp_moves_into_the_rescale
// CHECK: lowbit.rescale {{.*}} clamp [0, 24] : tensor<1x4xi32>
// CHECK: lowbit.rescale {{.*}} rounding{{ +}}half_up : tensor<1x4xi32>
func.func @clamp_moves_into_the_rescale(%a: tensor<1x4xi32> {lowbit.range = array<i64: -100, 100>})
    -> (tensor<1x4x!lowbit.int<8>>, tensor<1x4x!lowbit.uint<8>>) {
  %alpha = arith.constant dense<0.3> : tensor<1xf32>
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%alpha) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  %r = tosa.clamp %f {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %q = lowbit.quantize %r, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.int<8>>
  %relu = tosa.clamp %f {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %p = lowbit.quantize %relu, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return %q, %p : tensor<1x4x!lowbit.int<8>>, tensor<1x4x!lowbit.uint<8>>
}

// CHECK-LABEL: @multipliers_per_channel
// CHECK: lowbit.rescale {{.*}} tensor<2xi64>, tensor<2xi64> -> tensor<1x2x!lowbit.int<8>>
func.func @multipliers_per_channel(%a: tensor<1x2xi32> {lowbit.range = array<i64: -100, 100>}) -> tensor<1x2x!lowbit.int<8>> {
  %alpha = arith.constant dense<[0.3, 0.7]> : tensor<2xf32>
  %b = arith.constant dense<[1.0, -2.0]> : tensor<2xf32>
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%alpha) bias(%b) : tensor<1x2xi32>, tensor<2xf32>, tensor<2xf32> -> tensor<1x2xf32>
  %q = lowbit.quantize %f, %s : tensor<1x2xf32>, tensor<1xf32> -> tensor<1x2x!lowbit.int<8>>
  return %q : tensor<1x2x!lowbit.int<8>>
}

// The ReLU behind the sum becomes the lower end of the levels.
// CHECK-LABEL: @residual_add
// CHECK-SAME: (%[[A:.+]]: tensor<1x4xi32> {{.*}}, %[[Q:.+]]: tensor<1x4x!lowbit.uint<8>>)
// CHECK: %[[SUM:.+]] = lowbit.add %[[A]] multiplier(%{{.+}}), %[[Q]] multiplier(%{{.+}}) offset(%{{.+}}) shift {{[0-9]+}} rounding{{ +}}half_up {lowbit.layer = "add0"} : {{.*}} -> tensor<1x4x!lowbit.uint<8>>
// CHECK-NEXT: return %[[SUM]]
func.func @residual_add(%a: tensor<1x4xi32> {lowbit.range = array<i64: -100, 100>}, %q: tensor<1x4x!lowbit.uint<8>>)
    -> tensor<1x4x!lowbit.uint<8>> {
  %alpha = arith.constant dense<0.3> : tensor<1xf32>
  %b = arith.constant dense<1.0> : tensor<1xf32>
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%alpha) bias(%b) : tensor<1x4xi32>, tensor<1xf32>, tensor<1xf32> -> tensor<1x4xf32>
  %g = lowbit.dequantize %q scale(%s) : tensor<1x4x!lowbit.uint<8>>, tensor<1xf32> -> tensor<1x4xf32>
  %h = tosa.add %f, %g {lowbit.layer = "add0"} : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %r = tosa.clamp %h {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32, lowbit.layer = "add0"} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %n = lowbit.quantize %r, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return %n : tensor<1x4x!lowbit.uint<8>>
}

// Where a layer is multiplier-free, what has no weights is too.
// CHECK-LABEL: @multiplier_freedom_extends_to_adds_and_pools
// CHECK: lowbit.conv2d {{.*}}{lowbit.layer = "conv1", lowbit.multiplier_free}
// CHECK: lowbit.sum_pool2d {{.*}}{lowbit.layer = "pool0", lowbit.multiplier_free}
// CHECK: lowbit.rescale {{.*}}{lowbit.layer = "pool0", lowbit.multiplier_free}
// CHECK: lowbit.conv2d {{.*}}{lowbit.layer = "conv2"}
func.func @multiplier_freedom_extends_to_adds_and_pools(%q: tensor<1x1x1x1x!lowbit.uint<4>>)
    -> (tensor<1x1x1x1xi32>, tensor<1x1x1x1xi32>) {
  %w = lowbit.constant dense<2> : tensor<1xi8> : tensor<1x1x1x1x!lowbit.ternary>
  %s = arith.constant dense<0.3> : tensor<1xf32>
  %a = lowbit.conv2d %q, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.layer = "conv1", lowbit.multiplier_free}
      : tensor<1x1x1x1x!lowbit.uint<4>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  %p = lowbit.sum_pool2d %q kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1] {lowbit.layer = "pool0"}
      : tensor<1x1x1x1x!lowbit.uint<4>> -> tensor<1x1x1x1xi32>
  %f = lowbit.dequantize %p scale(%s) : tensor<1x1x1x1xi32>, tensor<1xf32> -> tensor<1x1x1x1xf32>
  %n = lowbit.quantize %f, %s : tensor<1x1x1x1xf32>, tensor<1xf32> -> tensor<1x1x1x1x!lowbit.uint<8>>
  %c = lowbit.conv2d %n, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.layer = "conv2"}
      : tensor<1x1x1x1x!lowbit.uint<8>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  return %a, %c : tensor<1x1x1x1xi32>, tensor<1x1x1x1xi32>
}
