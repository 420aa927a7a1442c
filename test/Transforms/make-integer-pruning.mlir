// Thresholds that the possible integers do not tell apart are dropped or merged.
// RUN: lowbit-opt %s --lowbit-make-integer --canonicalize | FileCheck %s

// A uint<2> always reaches -1 and never 4: one rank for all, and no fourth level.
// CHECK-LABEL: @beyond_the_range
// CHECK: %[[T:.+]] = arith.constant dense<3> : tensor<1x1xi32>
// CHECK: lowbit.threshold %{{.+}}, %[[T]] base 1 steps [1] :
func.func @beyond_the_range(%q: tensor<4x1x!lowbit.uint<2>>) -> tensor<4x1x!lowbit.uint<2>> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %t = arith.constant dense<[[-1.0, 3.0, 4.0]]> : tensor<1x3xf32>
  %f = lowbit.dequantize %q scale(%one) : tensor<4x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<4x1xf32>
  %n = lowbit.threshold %f, %t : tensor<4x1xf32>, tensor<1x3xf32> -> tensor<4x1x!lowbit.uint<2>>
  return %n : tensor<4x1x!lowbit.uint<2>>
}

// 10 a reaches 1.0 and 9.0 at a = 1 and 11.0 at a = 2: two ranks at once, then one.
// CHECK-LABEL: @equal_ones_merge
// CHECK: %[[T:.+]] = arith.constant dense<{{\[\[}}1, 2]]> : tensor<1x2xi32>
// CHECK: lowbit.threshold %{{.+}}, %[[T]] steps [2, 1] :
func.func @equal_ones_merge(%q: tensor<4x1x!lowbit.uint<2>>) -> tensor<4x1x!lowbit.uint<2>> {
  %ten = arith.constant dense<10.0> : tensor<1xf32>
  %t = arith.constant dense<[[1.0, 9.0, 11.0]]> : tensor<1x3xf32>
  %f = lowbit.dequantize %q scale(%ten) : tensor<4x1x!lowbit.uint<2>>, tensor<1xf32> -> tensor<4x1xf32>
  %n = lowbit.threshold %f, %t : tensor<4x1xf32>, tensor<1x3xf32> -> tensor<4x1x!lowbit.uint<2>>
  return %n : tensor<4x1x!lowbit.uint<2>>
}

// One channel reaches 7.0 and the other does not: the column stays, at one above the
// range there.
// CHECK-LABEL: @kept_for_one_channel
// CHECK: %[[T:.+]] = arith.constant dense<{{\[\[}}1, 3], [2, 4]]> : tensor<2x2xi32>
// CHECK: lowbit.threshold %{{.+}}, %[[T]] steps [1, 1] :
func.func @kept_for_one_channel(%q: tensor<4x2x!lowbit.uint<2>>) -> tensor<4x2x!lowbit.uint<2>> {
  %s = arith.constant dense<[3.0, 2.0]> : tensor<2xf32>
  %t = arith.constant dense<[[3.0, 7.0, 99.0]]> : tensor<1x3xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<4x2x!lowbit.uint<2>>, tensor<2xf32> -> tensor<4x2xf32>
  %n = lowbit.threshold %f, %t : tensor<4x2xf32>, tensor<1x3xf32> -> tensor<4x2x!lowbit.uint<2>>
  return %n : tensor<4x2x!lowbit.uint<2>>
}

// Gain 0 in all channels: y is 1.5 everywhere, rank 1, level 1 (codes 01 01 01 01).
// CHECK-LABEL: @zero_gain
// CHECK-NEXT: %[[C:.+]] = lowbit.constant dense<85> : tensor<1xi8> : tensor<4x1x!lowbit.uint<2>>
// CHECK-NEXT: return %[[C]]
func.func @zero_gain(%a: tensor<4x1xi32>) -> tensor<4x1x!lowbit.uint<2>> {
  %alpha = arith.constant dense<1.0> : tensor<1xf32>
  %gain = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %offset = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %t = arith.constant dense<[[1.0, 2.0, 3.0]]> : tensor<1x3xf32>
  %f = lowbit.dequantize %a scale(%alpha) : tensor<4x1xi32>, tensor<1xf32> -> tensor<4x1xf32>
  %g = tosa.mul %f, %gain, %shift : (tensor<4x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<4x1xf32>
  %h = tosa.add %g, %offset : (tensor<4x1xf32>, tensor<1x1xf32>) -> tensor<4x1xf32>
  %n = lowbit.threshold %h, %t : tensor<4x1xf32>, tensor<1x3xf32> -> tensor<4x1x!lowbit.uint<2>>
  return %n : tensor<4x1x!lowbit.uint<2>>
}

// A float table with a sign, a base and steps keeps them: 2 a <= -1, -4 at -a >= 1, 2.
// CHECK-LABEL: @signs_base_and_steps
// CHECK: %[[T:.+]] = arith.constant dense<{{\[\[}}1, 2]]> : tensor<1x2xi32>
// CHECK: lowbit.threshold %{{.+}}, %[[T]] signs [-1] base 1 steps [3, 2] :
func.func @signs_base_and_steps(%a: tensor<4x1xi32>) -> tensor<4x1x!lowbit.uint<3>> {
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %t = arith.constant dense<[[1.0, 4.0]]> : tensor<1x2xf32>
  %f = lowbit.dequantize %a scale(%two) : tensor<4x1xi32>, tensor<1xf32> -> tensor<4x1xf32>
  %n = lowbit.threshold %f, %t signs [-1] base 1 steps [3, 2] : tensor<4x1xf32>, tensor<1x2xf32> -> tensor<4x1x!lowbit.uint<3>>
  return %n : tensor<4x1x!lowbit.uint<3>>
}

// An integer table of the program itself: 0 is always reached, with sign -1 as well.
// CHECK-LABEL: @integers_before
// CHECK: %[[T:.+]] = arith.constant dense<{{\[\[}}2], [-1]]> : tensor<2x1xi32>
// CHECK: lowbit.threshold %{{.+}}, %[[T]] signs [1, -1] base 1 steps [2] {lowbit.layer = "l"} :
func.func @integers_before(%q: tensor<4x2x!lowbit.uint<2>>) -> tensor<4x2x!lowbit.uint<2>> {
  %t = arith.constant dense<[[0, 2, 2], [-3, -1, -1]]> : tensor<2x3xi32>
  %n = lowbit.threshold %q, %t signs [1, -1] {lowbit.layer = "l"} : tensor<4x2x!lowbit.uint<2>>, tensor<2x3xi32> -> tensor<4x2x!lowbit.uint<2>>
  return %n : tensor<4x2x!lowbit.uint<2>>
}
