// Multipliers and offsets of each channel.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same results with products instead of signed digits:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_int_8_rows(%v: tensor<6x2x!lowbit.int<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<6x2x!lowbit.int<8>>, tensor<1xf32>
      -> tensor<6x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1]] : tensor<6x2xf32> into tensor<12xf32>
  %any = tensor.cast %flat : tensor<12xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_int_16_rows(%v: tensor<6x2x!lowbit.int<16>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<6x2x!lowbit.int<16>>, tensor<1xf32>
      -> tensor<6x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1]] : tensor<6x2xf32> into tensor<12xf32>
  %any = tensor.cast %flat : tensor<12xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// Multipliers 11 and -6, offsets 5 and -3.
func.func @per_channel_in_i32(%x: tensor<6x2xi32> {lowbit.range = array<i64: -100, 100>})
    -> tensor<6x2x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[11, -6]> : tensor<2xi64>
  %o = arith.constant dense<[5, -3]> : tensor<2xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 3 rounding half_up
      : tensor<6x2xi32>, tensor<2xi64>, tensor<2xi64> -> tensor<6x2x!lowbit.int<8>>
  return %r : tensor<6x2x!lowbit.int<8>>
}

// Any i32 times a multiplier of 30 bits.
func.func @per_channel_in_i64(%x: tensor<6x2xi32>) -> tensor<6x2x!lowbit.int<16>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[715827883, -1000000007]> : tensor<2xi64>
  %o = arith.constant dense<[1099511627777, -2199023255552]> : tensor<2xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 31 rounding half_up
      : tensor<6x2xi32>, tensor<2xi64>, tensor<2xi64> -> tensor<6x2x!lowbit.int<16>>
  return %r : tensor<6x2x!lowbit.int<16>>
}

// A channel that does not depend on its input.
func.func @zero_multiplier(%x: tensor<6x2xi32> {lowbit.range = array<i64: -100, 100>})
    -> tensor<6x2x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[0, 3]> : tensor<2xi64>
  %o = arith.constant dense<[-20, 1]> : tensor<2xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding half_even
      : tensor<6x2xi32>, tensor<2xi64>, tensor<2xi64> -> tensor<6x2x!lowbit.int<8>>
  return %r : tensor<6x2x!lowbit.int<8>>
}

func.func @one_multiplier_and_offsets(%x: tensor<6x2xi32> {lowbit.range = array<i64: -100, 100>})
    -> tensor<6x2x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<5> : tensor<1xi64>
  %o = arith.constant dense<[-8, 8]> : tensor<2xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 1 rounding floor
      : tensor<6x2xi32>, tensor<1xi64>, tensor<2xi64> -> tensor<6x2x!lowbit.int<8>>
  return %r : tensor<6x2x!lowbit.int<8>>
}

func.func @multipliers_and_one_offset(%x: tensor<6x2xi32> {lowbit.range = array<i64: -100, 100>})
    -> tensor<6x2x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[7, -9]> : tensor<2xi64>
  %o = arith.constant dense<4> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding half_away
      : tensor<6x2xi32>, tensor<2xi64>, tensor<1xi64> -> tensor<6x2x!lowbit.int<8>>
  return %r : tensor<6x2x!lowbit.int<8>>
}

func.func @main() {
  %x_per_channel_in_i32 = arith.constant dense<[[-7, -7], [-1, -1], [0, 0], [1, 1], [6, 6], [100,
      100]]> : tensor<6x2xi32>
  %per_channel_in_i32 = call @per_channel_in_i32(%x_per_channel_in_i32) : (tensor<6x2xi32>)
      -> tensor<6x2x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-9, 5, -1, 0, 1, 0, 2, -1, 9, -5, 127, -75]
  call @show_int_8_rows(%per_channel_in_i32) : (tensor<6x2x!lowbit.int<8>>) -> ()

  %x_per_channel_in_i64 = arith.constant dense<[[-2147483648, -2147483648], [-1, -1], [2147483647,
      2147483647], [12345, 12345], [-54321, -54321], [7, 7]]> : tensor<6x2xi32>
  %per_channel_in_i64 = call @per_channel_in_i64(%x_per_channel_in_i64) : (tensor<6x2xi32>)
      -> tensor<6x2x!lowbit.int<16>>
  // CHECK: data =
  // CHECK-NEXT: [-32768, 32767, 512, -1024, 32767, -32768, 4627, -6773, -17595, 24271, 514, -1027]
  call @show_int_16_rows(%per_channel_in_i64) : (tensor<6x2x!lowbit.int<16>>) -> ()

  %x_zero_multiplier = arith.constant dense<[[-7, -7], [-1, -1], [0, 0], [1, 1], [6, 6], [100,
      100]]> : tensor<6x2xi32>
  %zero_multiplier = call @zero_multiplier(%x_zero_multiplier) : (tensor<6x2xi32>)
      -> tensor<6x2x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-5, -5, -5, 0, -5, 0, -5, 1, -5, 5, -5, 75]
  call @show_int_8_rows(%zero_multiplier) : (tensor<6x2x!lowbit.int<8>>) -> ()

  %x_one_multiplier_and_offsets = arith.constant dense<[[-7, -7], [-1, -1], [0, 0], [1, 1], [6, 6],
      [100, 100]]> : tensor<6x2xi32>
  %one_multiplier_and_offsets = call @one_multiplier_and_offsets(%x_one_multiplier_and_offsets)
      : (tensor<6x2xi32>) -> tensor<6x2x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-22, -14, -7, 1, -4, 4, -2, 6, 11, 19, 127, 127]
  call @show_int_8_rows(%one_multiplier_and_offsets) : (tensor<6x2x!lowbit.int<8>>) -> ()

  %x_multipliers_and_one_offset = arith.constant dense<[[-7, -7], [-1, -1], [0, 0], [1, 1], [6, 6],
      [100, 100]]> : tensor<6x2xi32>
  %multipliers_and_one_offset = call @multipliers_and_one_offset(%x_multipliers_and_one_offset)
      : (tensor<6x2xi32>) -> tensor<6x2x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-11, 17, -1, 3, 1, 1, 3, -1, 12, -13, 127, -128]
  call @show_int_8_rows(%multipliers_and_one_offset) : (tensor<6x2x!lowbit.int<8>>) -> ()
  return
}
