// Quantizers, thresholds, rescales and adds as elementwise linalg.generic.
// RUN: lowbit-opt %s --convert-lowbit-to-linalg | FileCheck %s

// Three comparisons are counted.
// CHECK-LABEL: @threshold
// CHECK-SAME: (%[[A:.+]]: tensor<1x4xi32>) -> tensor<1x4xi8>
// CHECK: linalg.generic
// CHECK-COUNT-3: arith.cmpi sge
// CHECK-NOT: arith.cmpi
// CHECK-COUNT-3: arith.addi
// CHECK: linalg.yield
func.func @threshold(%a: tensor<1x4xi32>) -> tensor<1x4x!lowbit.uint<2>> {
  %t = arith.constant dense<[[4, 8, 10]]> : tensor<1x3xi32>
  %n = lowbit.threshold %a, %t : tensor<1x4xi32>, tensor<1x3xi32> -> tensor<1x4x!lowbit.uint<2>>
  return %n : tensor<1x4x!lowbit.uint<2>>
}

// Levels with gaps are selected by the last comparison that holds.
// CHECK-LABEL: @threshold_with_gaps
// CHECK: arith.cmpf oge
// CHECK: arith.select
func.func @threshold_with_gaps(%x: tensor<1x4xf32>) -> tensor<1x4x!lowbit.bipolar> {
  %t = arith.constant dense<[[0.5]]> : tensor<1x1xf32>
  %n = lowbit.threshold %x, %t : tensor<1x4xf32>, tensor<1x1xf32> -> tensor<1x4x!lowbit.bipolar>
  return %n : tensor<1x4x!lowbit.bipolar>
}

// Division, two limits that send NaN to the lower one, rounding by 1.5 x 2^23.
// CHECK-LABEL: @quantize
// CHECK: arith.divf
// CHECK: arith.cmpf ogt
// CHECK: arith.select
// CHECK: arith.cmpf olt
// CHECK: arith.select
// CHECK: %[[MAGIC:.+]] = arith.constant 0x4B400000 : f32
// CHECK: %[[SUM:.+]] = arith.addf %{{.+}}, %[[MAGIC]]
// CHECK: arith.subf %[[SUM]], %[[MAGIC]]
// CHECK: arith.fptosi
func.func @quantize(%x: tensor<1x4xf32>) -> tensor<1x4x!lowbit.uint<8>> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return %q : tensor<1x4x!lowbit.uint<8>>
}

// A product and a sum, not one fused operation.
// CHECK-LABEL: @dequantize
// CHECK: arith.sitofp
// CHECK: %[[PRODUCT:.+]] = arith.mulf
// CHECK-NOT: fastmath
// CHECK: arith.addf %[[PRODUCT]]
func.func @dequantize(%a: tensor<1x2xi32>) -> tensor<1x2xf32> {
  %s = arith.constant dense<[0.5, 0.25]> : tensor<2xf32>
  %b = arith.constant dense<1.0> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%s) bias(%b)
      : tensor<1x2xi32>, tensor<2xf32>, tensor<1xf32> -> tensor<1x2xf32>
  return %f : tensor<1x2xf32>
}

// 100 x 3 fits i32; any i32 x 3 does not.
// CHECK-LABEL: @rescale_in_i32
// CHECK: arith.muli %{{.+}}, %{{.+}} : i32
// CHECK: arith.shrsi %{{.+}}, %{{.+}} : i32
// CHECK: arith.maxsi
// CHECK: arith.minsi
// CHECK: arith.trunci %{{.+}} : i32 to i8
func.func @rescale_in_i32(%a: tensor<1x4xi32> {lowbit.range = array<i64: -100, 100>}) -> tensor<1x4x!lowbit.int<8>> {
  %m = arith.constant dense<3> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 2 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return %r : tensor<1x4x!lowbit.int<8>>
}

// CHECK-LABEL: @rescale_in_i64
// CHECK: arith.extsi %{{.+}} : i32 to i64
// CHECK: arith.muli %{{.+}}, %{{.+}} : i64
// CHECK: arith.maxsi %{{.+}} : i64
// CHECK: arith.trunci %{{.+}} : i64 to i8
func.func @rescale_in_i64(%a: tensor<1x4xi32>) -> tensor<1x4x!lowbit.int<8>> {
  %m = arith.constant dense<3> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 1 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return %r : tensor<1x4x!lowbit.int<8>>
}

// A quarter of three times as much fits 32 bits, in which it is clamped.
// CHECK-LABEL: @rescale_clamped_in_i32
// CHECK: %[[SUM:.+]] = arith.shrsi %{{.+}}, %{{.+}} : i64
// CHECK: %[[WORD:.+]] = arith.trunci %[[SUM]] : i64 to i32
// CHECK: arith.maxsi %[[WORD]], %{{.+}} : i32
// CHECK: arith.trunci %{{.+}} : i32 to i8
func.func @rescale_clamped_in_i32(%a: tensor<1x4xi32>) -> tensor<1x4x!lowbit.int<8>> {
  %m = arith.constant dense<3> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 2 rounding half_up
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return %r : tensor<1x4x!lowbit.int<8>>
}

// 7 = 8 - 1: two digits, the lower one first.
// CHECK-LABEL: @signed_digits
// CHECK-NOT: arith.muli
// CHECK: %[[ONE:.+]] = arith.shli %[[X:.+]], %{{.+}} : i32
// CHECK: %[[MINUS:.+]] = arith.subi %{{.+}}, %[[ONE]] : i32
// CHECK: %[[THREE:.+]] = arith.constant 3 : i32
// CHECK: %[[EIGHT:.+]] = arith.shli %[[X]], %[[THREE]] : i32
// CHECK: arith.addi %[[MINUS]], %[[EIGHT]] : i32
// CHECK-NOT: arith.muli
// CHECK: return
func.func @signed_digits(%a: tensor<1x4xi32> {lowbit.range = array<i64: -100, 100>}) -> tensor<1x4x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<7> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding floor
      : tensor<1x4xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x4x!lowbit.int<8>>
  return %r : tensor<1x4x!lowbit.int<8>>
}

// Different multipliers lie in memory as signed digits, a byte each, as many for each channel: 7 is
// 8 - 1, and -4 is 4 - 8.
// CHECK-LABEL: @digits_of_channels
// CHECK-DAG: %[[LOW:.+]] = arith.constant dense<[-128, 2]> : tensor<2xi8>
// CHECK-DAG: %[[HIGH:.+]] = arith.constant dense<[3, -125]> : tensor<2xi8>
// Each has one negative digit, whose 1 of the two's complement is in the offset.
// CHECK-DAG: %[[OFFSET:.+]] = arith.constant dense<1> : tensor<2xi8>
// CHECK: linalg.generic {{.*}} ins({{.*}}, %[[LOW]], %[[HIGH]], %[[OFFSET]] :
// CHECK-COUNT-2: arith.shli
// CHECK-NOT: arith.shli
// CHECK-NOT: arith.muli
// CHECK: return
func.func @digits_of_channels(%a: tensor<2x2xi32> {lowbit.range = array<i64: -100, 100>}) -> tensor<2x2x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[7, -4]> : tensor<2xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 0 rounding floor
      : tensor<2x2xi32>, tensor<2xi64>, tensor<1xi64> -> tensor<2x2x!lowbit.int<8>>
  return %r : tensor<2x2x!lowbit.int<8>>
}

// CHECK-LABEL: @add
// CHECK: linalg.generic {{.*}} ins(%{{.+}}, %{{.+}} : tensor<1x4xi8>, tensor<1x4xi16>)
// CHECK-COUNT-2: arith.muli
func.func @add(%a: tensor<1x4x!lowbit.int<8>>, %b: tensor<1x4x!lowbit.uint<12>>) -> tensor<1x4x!lowbit.int<8>> {
  %m = arith.constant dense<3> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.add %a multiplier(%m), %b multiplier(%m) offset(%o) shift 1 rounding half_even
      : tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<1x4x!lowbit.uint<12>>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x4x!lowbit.int<8>>
  return %r : tensor<1x4x!lowbit.int<8>>
}
