// RUN: lowbit-opt %s --lowbit-fold-constants | FileCheck %s

// CHECK-LABEL: @scaled_int8_weights
// CHECK-NOT: tosa.cast
// CHECK-NOT: tosa.mul
// CHECK: %[[WEIGHTS:.+]] = "tosa.const"() <{values = dense<{{\[\[\[\[}}-1.000000e+00, 1.500000e+00{{\]\]\], \[\[\[}}6.350000e+01, -6.400000e+01{{\]\]\]\]}}> : tensor<2x1x1x2xf32>}>
// CHECK-NEXT: return %[[WEIGHTS]]
func.func @scaled_int8_weights() -> tensor<2x1x1x2xf32> {
  %bytes = "tosa.const"() <{values = dense<[[[[-2, 3]]], [[[127, -128]]]]> : tensor<2x1x1x2xi8>}> : () -> tensor<2x1x1x2xi8>
  %scale = "tosa.const"() <{values = dense<0.5> : tensor<2x1x1x1xf32>}> : () -> tensor<2x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %w = tosa.cast %bytes : (tensor<2x1x1x2xi8>) -> tensor<2x1x1x2xf32>
  %s = tosa.mul %w, %scale, %shift
      : (tensor<2x1x1x2xf32>, tensor<2x1x1x1xf32>, tensor<1xi8>) -> tensor<2x1x1x2xf32>
  return %s : tensor<2x1x1x2xf32>
}

// Chains fold in one run: each result is an operand of the next.
// CHECK-LABEL: @chain
// CHECK-NOT: tosa.add
// CHECK: %[[SUM:.+]] = "tosa.const"() <{values = dense<[3.000000e+00, 7.000000e+00]> : tensor<2xf32>}>
// CHECK-NEXT: return %[[SUM]]
func.func @chain() -> tensor<2xf32> {
  %a = "tosa.const"() <{values = dense<[1.0, 3.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %b = tosa.add %a, %a : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<2xf32>}> : () -> tensor<2xf32>
  %c = tosa.add %b, %one : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %c : tensor<2xf32>
}

// CHECK-LABEL: @does_not_fold_what_depends_on_an_argument
// CHECK: %[[SUM:.+]] = tosa.add
// CHECK-NEXT: return %[[SUM]]
func.func @does_not_fold_what_depends_on_an_argument(%x: tensor<2xf32>) -> tensor<2xf32> {
  %a = "tosa.const"() <{values = dense<[1.0, 3.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %b = tosa.add %a, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %b : tensor<2xf32>
}

// Reshaped and cast integers fold: weights of dense layers in int8.
// CHECK-LABEL: @reshaped_int8_weights
// CHECK-NOT: tosa.reshape
// CHECK: %[[BYTES:.+]] = "tosa.const"() <{values = dense<{{\[\[\[\[}}-2, 3{{\]\]\], \[\[\[}}127, -128{{\]\]\]\]}}> : tensor<2x1x1x2xi8>}>
// CHECK: %[[WIDE:.+]] = "tosa.const"() <{values = dense<{{\[\[}}-2, 3], [127, -128{{\]\]}}> : tensor<2x2xi32>}>
// CHECK-NEXT: return %[[BYTES]], %[[WIDE]]
func.func @reshaped_int8_weights() -> (tensor<2x1x1x2xi8>, tensor<2x2xi32>) {
  %bytes = "tosa.const"() <{values = dense<[[-2, 3], [127, -128]]> : tensor<2x2xi8>}> : () -> tensor<2x2xi8>
  %sizes = tosa.const_shape {values = dense<[2, 1, 1, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %w = tosa.reshape %bytes, %sizes : (tensor<2x2xi8>, !tosa.shape<4>) -> tensor<2x1x1x2xi8>
  %i = tosa.cast %bytes : (tensor<2x2xi8>) -> tensor<2x2xi32>
  return %w, %i : tensor<2x1x1x2xi8>, tensor<2x2xi32>
}

// Integer arithmetic is left alone: what it would wrap to is not decided here.
// CHECK-LABEL: @does_not_fold_integers
// CHECK: %[[RESULT:.+]] = tosa.bitwise_not
// CHECK-NEXT: return %[[RESULT]]
func.func @does_not_fold_integers() -> tensor<2xi32> {
  %a = "tosa.const"() <{values = dense<[1, 3]> : tensor<2xi32>}> : () -> tensor<2xi32>
  %b = tosa.bitwise_not %a : (tensor<2xi32>) -> tensor<2xi32>
  return %b : tensor<2xi32>
}

// The evaluator does not know this operation.
// CHECK-LABEL: @does_not_fold_unknown_operations
// CHECK: %[[RESULT:.+]] = tosa.erf
// CHECK-NEXT: return %[[RESULT]]
func.func @does_not_fold_unknown_operations() -> tensor<2xf32> {
  %a = "tosa.const"() <{values = dense<[1.0, 3.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %b = tosa.erf %a : (tensor<2xf32>) -> tensor<2xf32>
  return %b : tensor<2xf32>
}

// 2^24 + 3 lies between two numbers; the even one is 2^24 + 4.
// CHECK-LABEL: @binary32_rounds_once
// CHECK: %[[SUM:.+]] = "tosa.const"() <{values = dense<0x4B800002> : tensor<1xf32>}>
// CHECK-NEXT: return %[[SUM]]
func.func @binary32_rounds_once() -> tensor<1xf32> {
  %a = "tosa.const"() <{values = dense<16777216.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<3.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.add %a, %b : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  return %c : tensor<1xf32>
}
