// Float segments of up to 16 levels become thresholds on the integers.
// RUN: lowbit-opt %s --lowbit-make-integer --canonicalize | FileCheck %s

// The doc's example: 0.5 a + 0.25 >= 1, 2, 3 where a >= 1.5, 3.5, 5.5, so at 2, 4, 6. The
// sum has one term of a uint<4> and a weight of 1: nothing beyond 15 occurs.
// CHECK-LABEL: @scale_bias_and_relu
// CHECK-SAME: (%[[Q:.+]]: tensor<1x1x1x1x!lowbit.uint<4>>)
// CHECK-DAG: %[[T:.+]] = arith.constant dense<{{\[\[}}2, 4, 6]]> : tensor<1x3xi32>
// CHECK: %[[SUM:.+]] = lowbit.conv2d %[[Q]]
// CHECK-NEXT: %[[N:.+]] = lowbit.threshold %[[SUM]], %[[T]] {lowbit.layer = "conv1", lowbit.multiplier_free} :
// CHECK-NEXT: return %[[N]]
func.func @scale_bias_and_relu(%q: tensor<1x1x1x1x!lowbit.uint<4>>) -> tensor<1x1x1x1x!lowbit.uint<2>> {
  %w = lowbit.constant dense<2> : tensor<1xi8> : tensor<1x1x1x1x!lowbit.ternary>
  %alpha = arith.constant dense<0.5> : tensor<1xf32>
  %b = arith.constant dense<0.25> : tensor<1xf32>
  %t = arith.constant dense<[[1.0, 2.0, 3.0]]> : tensor<1x3xf32>
  %a = lowbit.conv2d %q, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.layer = "conv1", lowbit.multiplier_free}
      : tensor<1x1x1x1x!lowbit.uint<4>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  %f = lowbit.dequantize %a scale(%alpha) bias(%b)
      : tensor<1x1x1x1xi32>, tensor<1xf32>, tensor<1xf32> -> tensor<1x1x1x1xf32>
  %r = tosa.clamp %f {min_val = 0.0 : f32, max_val = 3.0 : f32} : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %n = lowbit.threshold %r, %t : tensor<1x1x1x1xf32>, tensor<1x3xf32> -> tensor<1x1x1x1x!lowbit.uint<2>>
  return %n : tensor<1x1x1x1x!lowbit.uint<2>>
}

// Ties: 0.5 a reaches 1.0 at a = 2 exactly; 1.00000012 needs 3.
// CHECK-LABEL: @ties_count
// CHECK: arith.constant dense<{{\[\[}}2, 3, 4], [2, 3, 4]]> : tensor<2x3xi32>
func.func @ties_count(%a: tensor<4x2xi32>) -> tensor<4x2x!lowbit.uint<2>> {
  %alpha = arith.constant dense<0.5> : tensor<1xf32>
  %t = arith.constant dense<[[1.0, 1.00000012, 2.0]]> : tensor<1x3xf32>
  %f = lowbit.dequantize %a scale(%alpha) : tensor<4x2xi32>, tensor<1xf32> -> tensor<4x2xf32>
  %n = lowbit.threshold %f, %t : tensor<4x2xf32>, tensor<1x3xf32> -> tensor<4x2x!lowbit.uint<2>>
  return %n : tensor<4x2x!lowbit.uint<2>>
}

// Channel 0 rises: a >= 1, 2, 3. Channel 1 falls: -2 a >= 1, 2, 3 is -a >= 1, 1, 2. The
// gain of channel 2 is 0: y is 1.5 whatever a is, which always reaches 1 (from -9 on) and
// never 2 (from 10 on).
// CHECK-LABEL: @gains_of_every_sign
// CHECK: %[[T:.+]] = arith.constant dense<{{\[\[}}1, 2, 3], [1, 1, 2], [-9, 10, 10]]> : tensor<3x3xi32>
// CHECK: lowbit.threshold %{{.+}}, %[[T]] signs [1, -1, 1] :
func.func @gains_of_every_sign(%a: tensor<4x3xi32> {lowbit.range = array<i64: -9, 9>}) -> tensor<4x3x!lowbit.uint<2>> {
  %alpha = arith.constant dense<1.0> : tensor<1xf32>
  %gain = "tosa.const"() <{values = dense<[[1.0, -2.0, 0.0]]> : tensor<1x3xf32>}> : () -> tensor<1x3xf32>
  %offset = "tosa.const"() <{values = dense<[[0.0, 0.0, 1.5]]> : tensor<1x3xf32>}> : () -> tensor<1x3xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %t = arith.constant dense<[[1.0, 2.0, 3.0]]> : tensor<1x3xf32>
  %f = lowbit.dequantize %a scale(%alpha) : tensor<4x3xi32>, tensor<1xf32> -> tensor<4x3xf32>
  %g = tosa.mul %f, %gain, %shift : (tensor<4x3xf32>, tensor<1x3xf32>, tensor<1xi8>) -> tensor<4x3xf32>
  %h = tosa.add %g, %offset : (tensor<4x3xf32>, tensor<1x3xf32>) -> tensor<4x3xf32>
  %n = lowbit.threshold %h, %t : tensor<4x3xf32>, tensor<1x3xf32> -> tensor<4x3x!lowbit.uint<2>>
  return %n : tensor<4x3x!lowbit.uint<2>>
}

// Constant minus value falls as well: 4 - a >= 1, 2, 3 is -a >= -3, -2, -1.
// CHECK-LABEL: @subtracted_from_a_constant
// CHECK: %[[T:.+]] = arith.constant dense<{{\[\[}}-3, -2, -1]]> : tensor<1x3xi32>
// CHECK: lowbit.threshold %{{.+}}, %[[T]] signs [-1]
func.func @subtracted_from_a_constant(%a: tensor<4x1xi32>) -> tensor<4x1x!lowbit.uint<2>> {
  %alpha = arith.constant dense<1.0> : tensor<1xf32>
  %four = "tosa.const"() <{values = dense<4.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %t = arith.constant dense<[[1.0, 2.0, 3.0]]> : tensor<1x3xf32>
  %f = lowbit.dequantize %a scale(%alpha) : tensor<4x1xi32>, tensor<1xf32> -> tensor<4x1xf32>
  %g = tosa.sub %four, %f : (tensor<1x1xf32>, tensor<4x1xf32>) -> tensor<4x1xf32>
  %n = lowbit.threshold %g, %t : tensor<4x1xf32>, tensor<1x3xf32> -> tensor<4x1x!lowbit.uint<2>>
  return %n : tensor<4x1x!lowbit.uint<2>>
}

// quantize rounds half to even: 0.25 a is 0.5 at a = 2, which is 0, so 1 begins at 3;
// 1.5 (a = 6) is 2; 2.5 (a = 10) is 2, so 3 begins at 11.
// CHECK-LABEL: @quantize_of_16_levels
// CHECK: arith.constant dense<{{\[\[}}3, 6, 11]]> : tensor<1x3xi32>
// CHECK: lowbit.threshold {{.*}} -> tensor<4x1x!lowbit.uint<2>>
func.func @quantize_of_16_levels(%a: tensor<4x1xi32>) -> tensor<4x1x!lowbit.uint<2>> {
  %alpha = arith.constant dense<0.25> : tensor<1xf32>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%alpha) : tensor<4x1xi32>, tensor<1xf32> -> tensor<4x1xf32>
  %n = lowbit.quantize %f, %one : tensor<4x1xf32>, tensor<1xf32> -> tensor<4x1x!lowbit.uint<2>>
  return %n : tensor<4x1x!lowbit.uint<2>>
}
