// Lists of levels: stored as ranks, multiplied by shifts out of constants.
// RUN: lowbit-opt %s --convert-lowbit-to-linalg | FileCheck %s

// CHECK-LABEL: @stored_as_ranks
// CHECK: arith.constant dense<[1, 4, 0]> : tensor<3xi8>
func.func @stored_as_ranks() -> tensor<3x!lowbit.levels<[-7, -3, 0, 1, 6]>> {
  // Codes 1, 4, 0.
  %w = lowbit.constant dense<[0x21, 0x00]> : tensor<2xi8> : tensor<3x!lowbit.levels<[-7, -3, 0, 1, 6]>>
  return %w : tensor<3x!lowbit.levels<[-7, -3, 0, 1, 6]>>
}

// -7 = 1 - 8, -3 = 1 - 4, 0, 1, 6 = 8 - 2: two digits. Shifts of the first ones, from the
// last level to the first: 1 0 0 0 0; of the others: 3 0 0 2 3.
// CHECK-LABEL: @two_digits
// CHECK: linalg.generic
// CHECK-NOT: arith.muli
// CHECK: %[[FIRST:.+]] = arith.constant 65536 : i32
// CHECK: arith.shrui %[[FIRST]], %{{.+}} : i32
// CHECK: %[[OTHER:.+]] = arith.constant 196643 : i32
// CHECK: arith.shrui %[[OTHER]], %{{.+}} : i32
// CHECK-NOT: arith.muli
// CHECK: linalg.yield
func.func @two_digits(%x: tensor<1x4x!lowbit.uint<2>>, %w: tensor<2x4x!lowbit.levels<[-7, -3, 0, 1, 6]>>)
    -> tensor<1x2xi32> attributes {lowbit.multiplier_free} {
  %a = lowbit.matmul %x, %w
      : tensor<1x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.levels<[-7, -3, 0, 1, 6]>> -> tensor<1x2xi32>
  return %a : tensor<1x2xi32>
}

// One digit that every level has and none has negative: nothing is masked.
// CHECK-LABEL: @one_digit
// CHECK: linalg.generic
// CHECK-NOT: arith.xori
// CHECK-NOT: arith.subi
// CHECK: %[[AMOUNT:.+]] = arith.andi
// CHECK-NEXT: %[[TERM:.+]] = arith.shli %{{.+}}, %[[AMOUNT]] : i32
// CHECK-NEXT: %[[NEXT:.+]] = arith.addi %{{.+}}, %[[TERM]] : i32
// CHECK-NEXT: linalg.yield %[[NEXT]]
func.func @one_digit(%x: tensor<1x4x!lowbit.uint<2>>, %w: tensor<2x4x!lowbit.levels<[1, 4]>>)
    -> tensor<1x2xi32> attributes {lowbit.multiplier_free} {
  %a = lowbit.matmul %x, %w
      : tensor<1x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.levels<[1, 4]>> -> tensor<1x2xi32>
  return %a : tensor<1x2xi32>
}

// More than eight nibbles.
// CHECK-LABEL: @nine_levels
// CHECK: linalg.generic
// CHECK: %[[NIBBLES:.+]] = arith.constant 36058636544 : i64
// CHECK: arith.shrui %[[NIBBLES]], %{{.+}} : i64
// CHECK: linalg.yield
func.func @nine_levels(%x: tensor<1x4x!lowbit.uint<2>>, %w: tensor<2x4x!lowbit.levels<[0, 1, 2, 4, 8, 16, 32, 64, 256]>>)
    -> tensor<1x2xi32> attributes {lowbit.multiplier_free} {
  %a = lowbit.matmul %x, %w
      : tensor<1x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.levels<[0, 1, 2, 4, 8, 16, 32, 64, 256]>> -> tensor<1x2xi32>
  return %a : tensor<1x2xi32>
}

// A threshold to a list counts, as to a gapless set.
// CHECK-LABEL: @threshold
// CHECK-NOT: arith.select
// CHECK-COUNT-2: arith.extui %{{.+}} : i1 to i8
// CHECK-NOT: arith.select
// CHECK: return
func.func @threshold(%x: tensor<1x4xi32>) -> tensor<1x4x!lowbit.levels<[-9, 2, 4]>> {
  %t = arith.constant dense<[[-3, 7]]> : tensor<1x2xi32>
  %n = lowbit.threshold %x, %t : tensor<1x4xi32>, tensor<1x2xi32> -> tensor<1x4x!lowbit.levels<[-9, 2, 4]>>
  return %n : tensor<1x4x!lowbit.levels<[-9, 2, 4]>>
}
