// Elementwise arithmetic moves in front of reshapes and transposes.
// RUN: lowbit-opt %s --lowbit-sink-data-movement | FileCheck %s

// The doc's example.
// CHECK-LABEL: @clamp_behind_reshape
// CHECK-SAME: (%[[X:.+]]: tensor<1x1x1x8xf32>)
// CHECK: %[[CLAMPED:.+]] = tosa.clamp %[[X]]
// CHECK: %[[Y:.+]] = tosa.reshape %[[CLAMPED]],
// CHECK: return %[[Y]]
func.func @clamp_behind_reshape(%x: tensor<1x1x1x8xf32>) -> tensor<1x8xf32> {
  %shape = tosa.const_shape {values = dense<[1, 8]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.reshape %x, %shape : (tensor<1x1x1x8xf32>, !tosa.shape<2>) -> tensor<1x8xf32>
  %1 = tosa.clamp %0 {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x8xf32>) -> tensor<1x8xf32>
  return %1 : tensor<1x8xf32>
}

// Constants take the shape that they have in front: one for each channel, one for all.
// CHECK-LABEL: @constants_behind_reshape
// CHECK-SAME: (%[[X:.+]]: tensor<1x1x3x2xf32>)
// CHECK-DAG: %[[GAIN:.+]] = "tosa.const"() <{values = dense<{{\[\[\[\[}}2.000000e+00, 3.000000e+00]]]]> : tensor<1x1x1x2xf32>}>
// CHECK-DAG: %[[ONE:.+]] = "tosa.const"() <{values = dense<1.000000e+00> : tensor<1x1x1x1xf32>}>
// CHECK: %[[SCALED:.+]] = tosa.mul %[[X]], %[[GAIN]],
// CHECK: %[[LESS:.+]] = tosa.sub %[[ONE]], %[[SCALED]]
// CHECK: %[[Y:.+]] = tosa.reshape %[[LESS]],
// CHECK: return %[[Y]]
func.func @constants_behind_reshape(%x: tensor<1x1x3x2xf32>) -> tensor<3x2xf32> {
  %shape = tosa.const_shape {values = dense<[3, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %gain = "tosa.const"() <{values = dense<[[2.0, 3.0]]> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.reshape %x, %shape : (tensor<1x1x3x2xf32>, !tosa.shape<2>) -> tensor<3x2xf32>
  %1 = tosa.mul %0, %gain, %shift : (tensor<3x2xf32>, tensor<1x2xf32>, tensor<1xi8>) -> tensor<3x2xf32>
  %2 = tosa.sub %one, %1 : (tensor<1x1xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %2 : tensor<3x2xf32>
}

// Channels that stood second stand last in front of the transpose.
// CHECK-LABEL: @behind_transpose
// CHECK-SAME: (%[[X:.+]]: tensor<1x2x2x3xf32>, %[[Y:.+]]: tensor<1x2x2x3xf32>)
// CHECK: %[[BIAS:.+]] = "tosa.const"() <{values = dense<{{\[\[\[\[}}1.000000e+00, 2.000000e+00, 3.000000e+00]]]]> : tensor<1x1x1x3xf32>}>
// CHECK: %[[BIASED:.+]] = tosa.add %[[X]], %[[BIAS]]
// CHECK: %[[SUM:.+]] = tosa.add %[[BIASED]], %[[Y]]
// CHECK: %[[FIRST:.+]] = tosa.transpose %[[SUM]]
// CHECK: return %[[FIRST]]
func.func @behind_transpose(%x: tensor<1x2x2x3xf32>, %y: tensor<1x2x2x3xf32>) -> tensor<1x3x2x2xf32> {
  %bias = "tosa.const"() <{values = dense<[[[[1.0]], [[2.0]], [[3.0]]]]> : tensor<1x3x1x1xf32>}> : () -> tensor<1x3x1x1xf32>
  %0 = tosa.transpose %x {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x3x2x2xf32>
  %1 = tosa.transpose %y {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x3x2x2xf32>
  %2 = tosa.add %0, %bias : (tensor<1x3x2x2xf32>, tensor<1x3x1x1xf32>) -> tensor<1x3x2x2xf32>
  %3 = tosa.add %2, %1 : (tensor<1x3x2x2xf32>, tensor<1x3x2x2xf32>) -> tensor<1x3x2x2xf32>
  return %3 : tensor<1x3x2x2xf32>
}

// CHECK-LABEL: @does_not_split_a_constant
// CHECK: %[[LINE:.+]] = tosa.reshape
// CHECK: tosa.add %[[LINE]],
func.func @does_not_split_a_constant(%x: tensor<2x2xf32>) -> tensor<4xf32> {
  %shape = tosa.const_shape {values = dense<4> : tensor<1xindex>} : () -> !tosa.shape<1>
  %c = "tosa.const"() <{values = dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>}> : () -> tensor<4xf32>
  %0 = tosa.reshape %x, %shape : (tensor<2x2xf32>, !tosa.shape<1>) -> tensor<4xf32>
  %1 = tosa.add %0, %c : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: @does_not_reorder_a_constant
// CHECK: %[[TURNED:.+]] = tosa.transpose
// CHECK: tosa.add %[[TURNED]],
func.func @does_not_reorder_a_constant(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %c = "tosa.const"() <{values = dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>}> : () -> tensor<3x2xf32>
  %0 = tosa.transpose %x {perms = array<i32: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %1 = tosa.add %0, %c : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// The sides are moved in different ways, or one is not.
// CHECK-LABEL: @does_not_move_sides_that_differ
// CHECK: tosa.add
// CHECK: tosa.add
// CHECK-NOT: tosa.transpose
// CHECK: return
func.func @does_not_move_sides_that_differ(%x: tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>) {
  %shape = tosa.const_shape {values = dense<[2, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.transpose %x {perms = array<i32: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = tosa.add %0, %x : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %2 = tosa.transpose %x {perms = array<i32: 0, 1>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %3 = tosa.add %0, %2 : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %1, %3 : tensor<2x2xf32>, tensor<2x2xf32>
}

// A broadcast makes more elements than were moved.
// CHECK-LABEL: @does_not_move_a_broadcast
// CHECK: %[[Y:.+]] = tosa.reshape
// CHECK: tosa.add %[[Y]],
func.func @does_not_move_a_broadcast(%x: tensor<2xf32>) -> tensor<3x2xf32> {
  %shape = tosa.const_shape {values = dense<[1, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %c = "tosa.const"() <{values = dense<1.0> : tensor<3x2xf32>}> : () -> tensor<3x2xf32>
  %0 = tosa.reshape %x, %shape : (tensor<2xf32>, !tosa.shape<2>) -> tensor<1x2xf32>
  %1 = tosa.add %0, %c : (tensor<1x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}
