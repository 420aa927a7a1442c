// Residual adds: widths, channels, codes on both sides, saturation.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same results with products instead of signed digits:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_int_16(%v: tensor<8x!lowbit.int<16>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.int<16>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_int_8_rows(%v: tensor<4x2x!lowbit.int<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<4x2x!lowbit.int<8>>, tensor<1xf32>
      -> tensor<4x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1]] : tensor<4x2xf32> into tensor<8xf32>
  %any = tensor.cast %flat : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_int_8(%v: tensor<8x!lowbit.int<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.int<8>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// Any i32 on the left.
func.func @in_i64(%x: tensor<8xi32>, %y: tensor<8x!lowbit.uint<16>>) -> tensor<8x!lowbit.int<16>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<536870913> : tensor<1xi64>
  %n = arith.constant dense<-1099511627776> : tensor<1xi64>
  %o = arith.constant dense<8589934592> : tensor<1xi64>
  %r = lowbit.add %x multiplier(%m), %y multiplier(%n) offset(%o) shift 33 rounding half_up
      : tensor<8xi32>, tensor<1xi64>, tensor<8x!lowbit.uint<16>>, tensor<1xi64>, tensor<1xi64>
          -> tensor<8x!lowbit.int<16>>
  return %r : tensor<8x!lowbit.int<16>>
}

// Two codes, with multipliers and offsets of each channel.
func.func @per_channel(%x: tensor<4x2x!lowbit.int<8>>, %y: tensor<4x2x!lowbit.uint<2>>)
    -> tensor<4x2x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[3, -5]> : tensor<2xi64>
  %n = arith.constant dense<[-7, 9]> : tensor<2xi64>
  %o = arith.constant dense<[1, -1]> : tensor<2xi64>
  %r = lowbit.add %x multiplier(%m), %y multiplier(%n) offset(%o) shift 2 rounding half_up
      : tensor<4x2x!lowbit.int<8>>, tensor<2xi64>, tensor<4x2x!lowbit.uint<2>>, tensor<2xi64>,
          tensor<2xi64> -> tensor<4x2x!lowbit.int<8>>
  return %r : tensor<4x2x!lowbit.int<8>>
}

func.func @one_multiplier_for_all(%x: tensor<4x2x!lowbit.int<8>>, %y: tensor<4x2x!lowbit.pow2<3>>)
    -> tensor<4x2x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<3> : tensor<1xi64>
  %n = arith.constant dense<[-7, 9]> : tensor<2xi64>
  %o = arith.constant dense<1> : tensor<1xi64>
  %r = lowbit.add %x multiplier(%m), %y multiplier(%n) offset(%o) shift 2 rounding half_even
      : tensor<4x2x!lowbit.int<8>>, tensor<1xi64>, tensor<4x2x!lowbit.pow2<3>>, tensor<2xi64>,
          tensor<1xi64> -> tensor<4x2x!lowbit.int<8>>
  return %r : tensor<4x2x!lowbit.int<8>>
}

// A ReLU behind the sum.
func.func @clamped(%x: tensor<8x!lowbit.int<8>>, %y: tensor<8x!lowbit.int<8>>)
    -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %n = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.add %x multiplier(%m),
      %y multiplier(%n) offset(%o) shift 0 rounding half_up clamp [0, 100]
      : tensor<8x!lowbit.int<8>>, tensor<1xi64>, tensor<8x!lowbit.int<8>>, tensor<1xi64>,
          tensor<1xi64> -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @main() {
  %x_in_i64 = arith.constant dense<[-2147483648, 2147483647, -3, 5, 0, 1, -1, 99]> : tensor<8xi32>
  // 0 65535 1 2 40000 3 7 9
  %y_in_i64 = lowbit.constant dense<[0x00, 0x00, 0xFF, 0xFF, 0x01, 0x00, 0x02, 0x00, 0x40, 0x9C,
      0x03, 0x00, 0x07, 0x00, 0x09, 0x00]>
      : tensor<16xi8> : tensor<8x!lowbit.uint<16>>
  %in_i64 = call @in_i64(%x_in_i64, %y_in_i64) : (tensor<8xi32>, tensor<8x!lowbit.uint<16>>)
      -> tensor<8x!lowbit.int<16>>
  // CHECK: data =
  // CHECK-NEXT: [-32768, 32767, -127, -255, -32768, -383, -895, -1145]
  call @show_int_16(%in_i64) : (tensor<8x!lowbit.int<16>>) -> ()

  // -128 -128 -1 -1 3 3 127 127
  %x_per_channel = lowbit.constant dense<[0x80, 0x80, 0xFF, 0xFF, 0x03, 0x03, 0x7F, 0x7F]>
      : tensor<8xi8> : tensor<4x2x!lowbit.int<8>>
  // 0 0 1 1 2 2 3 3
  %y_per_channel = lowbit.constant dense<[0x50, 0xFA]> : tensor<2xi8> : tensor<4x2x!lowbit.uint<2>>
  %per_channel = call @per_channel(%x_per_channel, %y_per_channel) : (tensor<4x2x!lowbit.int<8>>,
      tensor<4x2x!lowbit.uint<2>>) -> tensor<4x2x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-96, 127, -2, 3, -1, 1, 90, -128]
  call @show_int_8_rows(%per_channel) : (tensor<4x2x!lowbit.int<8>>) -> ()

  // -128 -128 -1 -1 3 3 127 127
  %x_one_multiplier_for_all = lowbit.constant dense<[0x80, 0x80, 0xFF, 0xFF, 0x03, 0x03, 0x7F,
      0x7F]>
      : tensor<8xi8> : tensor<4x2x!lowbit.int<8>>
  // -4 4 -1 1 0 0 2 -2
  %y_one_multiplier_for_all = lowbit.constant dense<[0x5F, 0x03, 0xC8]>
      : tensor<3xi8> : tensor<4x2x!lowbit.pow2<3>>
  %one_multiplier_for_all = call @one_multiplier_for_all(%x_one_multiplier_for_all,
      %y_one_multiplier_for_all) : (tensor<4x2x!lowbit.int<8>>, tensor<4x2x!lowbit.pow2<3>>)
      -> tensor<4x2x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-89, -87, 1, 2, 2, 2, 92, 91]
  call @show_int_8_rows(%one_multiplier_for_all) : (tensor<4x2x!lowbit.int<8>>) -> ()

  // -128 -10 -1 0 3 5 100 127
  %x_clamped = lowbit.constant dense<[0x80, 0xF6, 0xFF, 0x00, 0x03, 0x05, 0x64, 0x7F]>
      : tensor<8xi8> : tensor<8x!lowbit.int<8>>
  // -128 20 0 0 -5 5 100 127
  %y_clamped = lowbit.constant dense<[0x80, 0x14, 0x00, 0x00, 0xFB, 0x05, 0x64, 0x7F]>
      : tensor<8xi8> : tensor<8x!lowbit.int<8>>
  %clamped = call @clamped(%x_clamped, %y_clamped) : (tensor<8x!lowbit.int<8>>,
      tensor<8x!lowbit.int<8>>) -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [0, 10, 0, 0, 0, 10, 100, 100]
  call @show_int_8(%clamped) : (tensor<8x!lowbit.int<8>>) -> ()
  return
}
