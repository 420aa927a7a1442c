// The four roundings with ties of both signs, in both widths of the sum.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same results with products instead of signed digits:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_int_8(%v: tensor<10x!lowbit.int<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<10x!lowbit.int<8>>, tensor<1xf32>
      -> tensor<10xf32>
  %any = tensor.cast %real : tensor<10xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// x / 4; the range lets the sum fit i32.
func.func @half_up_in_i32(%x: tensor<10xi32> {lowbit.range = array<i64: -100, 100>})
    -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding half_up
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

// x 2^28 / 2^30: the sum needs i64.
func.func @half_up_in_i64(%x: tensor<10xi32>) -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<268435456> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 30 rounding half_up
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

// x / 4; the range lets the sum fit i32.
func.func @half_even_in_i32(%x: tensor<10xi32> {lowbit.range = array<i64: -100, 100>})
    -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding half_even
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

// x 2^28 / 2^30: the sum needs i64.
func.func @half_even_in_i64(%x: tensor<10xi32>) -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<268435456> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 30 rounding half_even
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

// x / 4; the range lets the sum fit i32.
func.func @half_away_in_i32(%x: tensor<10xi32> {lowbit.range = array<i64: -100, 100>})
    -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding half_away
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

// x 2^28 / 2^30: the sum needs i64.
func.func @half_away_in_i64(%x: tensor<10xi32>) -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<268435456> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 30 rounding half_away
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

// x / 4; the range lets the sum fit i32.
func.func @floor_in_i32(%x: tensor<10xi32> {lowbit.range = array<i64: -100, 100>})
    -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding floor
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

// x 2^28 / 2^30: the sum needs i64.
func.func @floor_in_i64(%x: tensor<10xi32>) -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<268435456> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 30 rounding floor
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

func.func @main() {
  %x_half_up_in_i32 = arith.constant dense<[-14, -11, -10, -9, -2, 2, 9, 10, 11, 14]>
      : tensor<10xi32>
  %half_up_in_i32 = call @half_up_in_i32(%x_half_up_in_i32) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-3, -3, -2, -2, 0, 1, 2, 3, 3, 4]
  call @show_int_8(%half_up_in_i32) : (tensor<10x!lowbit.int<8>>) -> ()

  %x_half_up_in_i64 = arith.constant dense<[-14, -11, -10, -9, -2, 2, 9, 10, 11, 14]>
      : tensor<10xi32>
  %half_up_in_i64 = call @half_up_in_i64(%x_half_up_in_i64) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-3, -3, -2, -2, 0, 1, 2, 3, 3, 4]
  call @show_int_8(%half_up_in_i64) : (tensor<10x!lowbit.int<8>>) -> ()

  %x_half_even_in_i32 = arith.constant dense<[-14, -11, -10, -9, -2, 2, 9, 10, 11, 14]>
      : tensor<10xi32>
  %half_even_in_i32 = call @half_even_in_i32(%x_half_even_in_i32) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-4, -3, -2, -2, 0, 0, 2, 2, 3, 4]
  call @show_int_8(%half_even_in_i32) : (tensor<10x!lowbit.int<8>>) -> ()

  %x_half_even_in_i64 = arith.constant dense<[-14, -11, -10, -9, -2, 2, 9, 10, 11, 14]>
      : tensor<10xi32>
  %half_even_in_i64 = call @half_even_in_i64(%x_half_even_in_i64) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-4, -3, -2, -2, 0, 0, 2, 2, 3, 4]
  call @show_int_8(%half_even_in_i64) : (tensor<10x!lowbit.int<8>>) -> ()

  %x_half_away_in_i32 = arith.constant dense<[-14, -11, -10, -9, -2, 2, 9, 10, 11, 14]>
      : tensor<10xi32>
  %half_away_in_i32 = call @half_away_in_i32(%x_half_away_in_i32) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-4, -3, -3, -2, -1, 1, 2, 3, 3, 4]
  call @show_int_8(%half_away_in_i32) : (tensor<10x!lowbit.int<8>>) -> ()

  %x_half_away_in_i64 = arith.constant dense<[-14, -11, -10, -9, -2, 2, 9, 10, 11, 14]>
      : tensor<10xi32>
  %half_away_in_i64 = call @half_away_in_i64(%x_half_away_in_i64) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-4, -3, -3, -2, -1, 1, 2, 3, 3, 4]
  call @show_int_8(%half_away_in_i64) : (tensor<10x!lowbit.int<8>>) -> ()

  %x_floor_in_i32 = arith.constant dense<[-14, -11, -10, -9, -2, 2, 9, 10, 11, 14]> : tensor<10xi32>
  %floor_in_i32 = call @floor_in_i32(%x_floor_in_i32) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-4, -3, -3, -3, -1, 0, 2, 2, 2, 3]
  call @show_int_8(%floor_in_i32) : (tensor<10x!lowbit.int<8>>) -> ()

  %x_floor_in_i64 = arith.constant dense<[-14, -11, -10, -9, -2, 2, 9, 10, 11, 14]> : tensor<10xi32>
  %floor_in_i64 = call @floor_in_i64(%x_floor_in_i64) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-4, -3, -3, -3, -1, 0, 2, 2, 2, 3]
  call @show_int_8(%floor_in_i64) : (tensor<10x!lowbit.int<8>>) -> ()
  return
}
