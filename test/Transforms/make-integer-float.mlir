// What stays in float, and why.
// RUN: lowbit-opt %s --lowbit-make-integer --split-input-file | FileCheck %s

// CHECK-LABEL: @does_not_absorb_float_operations
// CHECK: tosa.sigmoid {{.*}}lowbit.reason = "tosa.sigmoid has no integer form here"
// CHECK: lowbit.quantize {{.*}}lowbit.reason = "reads the result of float tosa.sigmoid"
func.func @does_not_absorb_float_operations(%a: tensor<1x4xi32>) -> tensor<1x4x!lowbit.uint<2>> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  %g = tosa.sigmoid %f : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %q = lowbit.quantize %g, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<2>>
  return %q : tensor<1x4x!lowbit.uint<2>>
}

// -----

// A clamp on one side of the add does not commute with it.
// CHECK-LABEL: @does_not_absorb_a_clamp_in_front_of_an_add
// CHECK: tosa.add
// CHECK: lowbit.quantize {{.*}}lowbit.reason = "reads the result of float tosa.add"
func.func @does_not_absorb_a_clamp_in_front_of_an_add(%a: tensor<1x4xi32>, %b: tensor<1x4xi32>) -> tensor<1x4x!lowbit.uint<8>> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  %r = tosa.clamp %f {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %g = lowbit.dequantize %b scale(%s) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  %h = tosa.add %r, %g : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %q = lowbit.quantize %h, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return %q : tensor<1x4x!lowbit.uint<8>>
}

// -----

// Float thresholds on the sum of two sources: no table of one integer says that.
// CHECK-LABEL: @does_not_absorb_thresholds_on_an_add
// CHECK: lowbit.threshold {{.*}}lowbit.reason = "reads the result of float tosa.add"
func.func @does_not_absorb_thresholds_on_an_add(%a: tensor<1x4xi32>, %b: tensor<1x4xi32>) -> tensor<1x4x!lowbit.bipolar> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %t = arith.constant dense<0.5> : tensor<1x1xf32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  %g = lowbit.dequantize %b scale(%s) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  %h = tosa.add %f, %g : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %q = lowbit.threshold %h, %t : tensor<1x4xf32>, tensor<1x1xf32> -> tensor<1x4x!lowbit.bipolar>
  return %q : tensor<1x4x!lowbit.bipolar>
}

// -----

// The borders of a network are layers of their own, and no fallback.
// CHECK-LABEL: @inputs_and_outputs
// CHECK: lowbit.quantize {{.*}}{lowbit.layer = "input"} :
// CHECK-NOT: lowbit.reason
// CHECK: lowbit.conv2d {{.*}}lowbit.layer = "conv1"
// CHECK: lowbit.dequantize {{.*}}lowbit.layer = "output"
// CHECK: tosa.clamp {{.*}}lowbit.layer = "output"
// CHECK: tosa.sigmoid {{.*}}lowbit.layer = "float0"
func.func @inputs_and_outputs(%x: tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> {
  %w = lowbit.constant dense<2> : tensor<1xi8> : tensor<1x1x1x1x!lowbit.ternary>
  %s = arith.constant dense<0.3> : tensor<1xf32>
  %q = lowbit.quantize %x, %s : tensor<1x1x1x1xf32>, tensor<1xf32> -> tensor<1x1x1x1x!lowbit.uint<8>>
  %a = lowbit.conv2d %q, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.layer = "conv1"}
      : tensor<1x1x1x1x!lowbit.uint<8>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x1x1x1xi32>, tensor<1xf32> -> tensor<1x1x1x1xf32>
  %r = tosa.clamp %f {min_val = 0.0 : f32, max_val = 6.0 : f32, lowbit.layer = "conv1"} : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %y = tosa.sigmoid %r {lowbit.layer = "float0"} : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  return %y : tensor<1x1x1x1xf32>
}

// -----

// CHECK-LABEL: @padded_average
// CHECK: tosa.avg_pool2d {{.*}}lowbit.reason = "a padded average divides by the number of elements inside"
// CHECK: lowbit.quantize {{.*}}lowbit.reason = "reads the result of float tosa.avg_pool2d"
func.func @padded_average(%a: tensor<1x2x2x1x!lowbit.uint<8>>) -> tensor<1x2x2x1x!lowbit.uint<8>> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x2x2x1x!lowbit.uint<8>>, tensor<1xf32> -> tensor<1x2x2x1xf32>
  %0 = tosa.avg_pool2d %f, %zp, %zp {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 1, 0, 1, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x2x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x1xf32>
  %q = lowbit.quantize %0, %s : tensor<1x2x2x1xf32>, tensor<1xf32> -> tensor<1x2x2x1x!lowbit.uint<8>>
  return %q : tensor<1x2x2x1x!lowbit.uint<8>>
}

// -----

// What comes before all integers is no fallback.
// CHECK-LABEL: @in_front_of_the_first_layer
// CHECK: tosa.sigmoid
// CHECK-NOT: no integer form
// CHECK: lowbit.quantize {{.*}}lowbit.reason = "reads the result of float tosa.sigmoid"
func.func @in_front_of_the_first_layer(%x: tensor<1x4xf32>) -> tensor<1x4x!lowbit.uint<8>> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %g = tosa.sigmoid %x : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %q = lowbit.quantize %g, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return %q : tensor<1x4x!lowbit.uint<8>>
}

// -----

// Clamps at different levels in different channels are no single saturation.
// CHECK-LABEL: @clamps_that_differ
// CHECK: lowbit.quantize {{.*}}lowbit.reason = "scales and clamps in front of it fit no fixed point"
func.func @clamps_that_differ(%a: tensor<1x2xi32>) -> tensor<1x2x!lowbit.uint<8>> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %c = "tosa.const"() <{values = dense<[[1.0, 2.0]]> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x2xi32>, tensor<1xf32> -> tensor<1x2xf32>
  %0 = tosa.clamp %f {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  %1 = tosa.mul %0, %c, %shift : (tensor<1x2xf32>, tensor<1x2xf32>, tensor<1xi8>) -> tensor<1x2xf32>
  %q = lowbit.quantize %1, %s : tensor<1x2xf32>, tensor<1xf32> -> tensor<1x2x!lowbit.uint<8>>
  return %q : tensor<1x2x!lowbit.uint<8>>
}

// -----

// Gain 0 in one channel: never reached would be a threshold of 2^31, beyond i32.
// CHECK-LABEL: @does_not_absorb_what_i32_cannot_exclude
// CHECK: lowbit.threshold {{.*}}lowbit.reason = "the integers it reads may be the ends of i32"
func.func @does_not_absorb_what_i32_cannot_exclude(%a: tensor<1x2xi32>) -> tensor<1x2x!lowbit.bipolar> {
  %s = arith.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %t = arith.constant dense<1.0> : tensor<1x1xf32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x2xi32>, tensor<2xf32> -> tensor<1x2xf32>
  %q = lowbit.threshold %f, %t : tensor<1x2xf32>, tensor<1x1xf32> -> tensor<1x2x!lowbit.bipolar>
  return %q : tensor<1x2x!lowbit.bipolar>
}

// -----

// 2^31 x 3e38 is infinite, and infinity x 0 is no number.
// CHECK-LABEL: @does_not_absorb_nan
// CHECK: lowbit.threshold {{.*}}lowbit.reason = "its float arithmetic may give NaN"
func.func @does_not_absorb_nan(%a: tensor<1x1xi32>) -> tensor<1x1x!lowbit.bipolar> {
  %s = arith.constant dense<3.0e38> : tensor<1xf32>
  %gain = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %t = arith.constant dense<0.0> : tensor<1x1xf32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x1xi32>, tensor<1xf32> -> tensor<1x1xf32>
  %g = tosa.mul %f, %gain, %shift : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %q = lowbit.threshold %g, %t : tensor<1x1xf32>, tensor<1x1xf32> -> tensor<1x1x!lowbit.bipolar>
  return %q : tensor<1x1x!lowbit.bipolar>
}

// -----

// a x infinity is NaN at 0 only, inside of the range.
// CHECK-LABEL: @does_not_absorb_infinite_constants
// CHECK: lowbit.quantize {{.*}}lowbit.reason = "its float arithmetic may give NaN"
func.func @does_not_absorb_infinite_constants(%a: tensor<1x1xi32>) -> tensor<1x1x!lowbit.uint<8>> {
  %s = arith.constant dense<1.0> : tensor<1xf32>
  %gain = "tosa.const"() <{values = dense<0x7F800000> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x1xi32>, tensor<1xf32> -> tensor<1x1xf32>
  %g = tosa.mul %f, %gain, %shift : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %q = lowbit.quantize %g, %s : tensor<1x1xf32>, tensor<1xf32> -> tensor<1x1x!lowbit.uint<8>>
  return %q : tensor<1x1x!lowbit.uint<8>>
}
