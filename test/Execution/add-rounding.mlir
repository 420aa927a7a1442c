// Residual adds round the scaled sum once, in every rounding.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same results with products instead of signed digits:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_int_8(%v: tensor<8x!lowbit.int<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.int<8>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// (2 x + y) / 2
func.func @half_up(%x: tensor<8xi32> {lowbit.range = array<i64: -1000, 1000>},
    %y: tensor<8x!lowbit.int<8>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<2> : tensor<1xi64>
  %n = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.add %x multiplier(%m), %y multiplier(%n) offset(%o) shift 1 rounding half_up
      : tensor<8xi32>, tensor<1xi64>, tensor<8x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
          -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

// (2 x + y) / 2
func.func @half_even(%x: tensor<8xi32> {lowbit.range = array<i64: -1000, 1000>},
    %y: tensor<8x!lowbit.int<8>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<2> : tensor<1xi64>
  %n = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.add %x multiplier(%m), %y multiplier(%n) offset(%o) shift 1 rounding half_even
      : tensor<8xi32>, tensor<1xi64>, tensor<8x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
          -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

// (2 x + y) / 2
func.func @half_away(%x: tensor<8xi32> {lowbit.range = array<i64: -1000, 1000>},
    %y: tensor<8x!lowbit.int<8>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<2> : tensor<1xi64>
  %n = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.add %x multiplier(%m), %y multiplier(%n) offset(%o) shift 1 rounding half_away
      : tensor<8xi32>, tensor<1xi64>, tensor<8x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
          -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

// (2 x + y) / 2
func.func @floor(%x: tensor<8xi32> {lowbit.range = array<i64: -1000, 1000>},
    %y: tensor<8x!lowbit.int<8>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<2> : tensor<1xi64>
  %n = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.add %x multiplier(%m), %y multiplier(%n) offset(%o) shift 1 rounding floor
      : tensor<8xi32>, tensor<1xi64>, tensor<8x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
          -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @main() {
  %x_half_up = arith.constant dense<[4, -3, -5, 7, 100, -100, 1, 0]> : tensor<8xi32>
  // 1 1 -2 -2 127 -128 0 -1
  %y_half_up = lowbit.constant dense<[0x01, 0x01, 0xFE, 0xFE, 0x7F, 0x80, 0x00, 0xFF]>
      : tensor<8xi8> : tensor<8x!lowbit.int<8>>
  %half_up = call @half_up(%x_half_up, %y_half_up) : (tensor<8xi32>, tensor<8x!lowbit.int<8>>)
      -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [5, -2, -6, 6, 127, -128, 1, 0]
  call @show_int_8(%half_up) : (tensor<8x!lowbit.int<8>>) -> ()

  %x_half_even = arith.constant dense<[4, -3, -5, 7, 100, -100, 1, 0]> : tensor<8xi32>
  // 1 1 -2 -2 127 -128 0 -1
  %y_half_even = lowbit.constant dense<[0x01, 0x01, 0xFE, 0xFE, 0x7F, 0x80, 0x00, 0xFF]>
      : tensor<8xi8> : tensor<8x!lowbit.int<8>>
  %half_even = call @half_even(%x_half_even, %y_half_even) : (tensor<8xi32>,
      tensor<8x!lowbit.int<8>>) -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [4, -2, -6, 6, 127, -128, 1, 0]
  call @show_int_8(%half_even) : (tensor<8x!lowbit.int<8>>) -> ()

  %x_half_away = arith.constant dense<[4, -3, -5, 7, 100, -100, 1, 0]> : tensor<8xi32>
  // 1 1 -2 -2 127 -128 0 -1
  %y_half_away = lowbit.constant dense<[0x01, 0x01, 0xFE, 0xFE, 0x7F, 0x80, 0x00, 0xFF]>
      : tensor<8xi8> : tensor<8x!lowbit.int<8>>
  %half_away = call @half_away(%x_half_away, %y_half_away) : (tensor<8xi32>,
      tensor<8x!lowbit.int<8>>) -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [5, -3, -6, 6, 127, -128, 1, -1]
  call @show_int_8(%half_away) : (tensor<8x!lowbit.int<8>>) -> ()

  %x_floor = arith.constant dense<[4, -3, -5, 7, 100, -100, 1, 0]> : tensor<8xi32>
  // 1 1 -2 -2 127 -128 0 -1
  %y_floor = lowbit.constant dense<[0x01, 0x01, 0xFE, 0xFE, 0x7F, 0x80, 0x00, 0xFF]>
      : tensor<8xi8> : tensor<8x!lowbit.int<8>>
  %floor = call @floor(%x_floor, %y_floor) : (tensor<8xi32>, tensor<8x!lowbit.int<8>>)
      -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [4, -3, -6, 6, 127, -128, 1, -1]
  call @show_int_8(%floor) : (tensor<8x!lowbit.int<8>>) -> ()
  return
}
