// Rescaled codes: their levels count.
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

func.func @of_uint_8(%x: tensor<8x!lowbit.uint<8>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<-3> : tensor<1xi64>
  %o = arith.constant dense<1> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding half_up
      : tensor<8x!lowbit.uint<8>>, tensor<1xi64>, tensor<1xi64> -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @of_pow2_4(%x: tensor<8x!lowbit.pow2<4>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<3> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding half_even
      : tensor<8x!lowbit.pow2<4>>, tensor<1xi64>, tensor<1xi64> -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @of_odd_3(%x: tensor<8x!lowbit.odd<3>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<5> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 1 rounding half_away
      : tensor<8x!lowbit.odd<3>>, tensor<1xi64>, tensor<1xi64> -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @of_bipolar(%x: tensor<8x!lowbit.bipolar>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<9> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 1 rounding half_up
      : tensor<8x!lowbit.bipolar>, tensor<1xi64>, tensor<1xi64> -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @of_uint_16(%x: tensor<8x!lowbit.uint<16>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<-32768> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 8 rounding half_even
      : tensor<8x!lowbit.uint<16>>, tensor<1xi64>, tensor<1xi64> -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @of_int_4_narrow(%x: tensor<8x!lowbit.int<4, narrow>>) -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<7> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 1 rounding floor
      : tensor<8x!lowbit.int<4, narrow>>, tensor<1xi64>, tensor<1xi64> -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @main() {
  // 0 1 127 128 255 200 3 64
  %x_of_uint_8 = lowbit.constant dense<[0x00, 0x01, 0x7F, 0x80, 0xFF, 0xC8, 0x03, 0x40]>
      : tensor<8xi8> : tensor<8x!lowbit.uint<8>>
  %of_uint_8 = call @of_uint_8(%x_of_uint_8) : (tensor<8x!lowbit.uint<8>>)
      -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, -95, -96, -128, -128, -2, -48]
  call @show_int_8(%of_uint_8) : (tensor<8x!lowbit.int<8>>) -> ()

  // -64 -2 -1 0 1 2 32 64
  %x_of_pow2_4 = lowbit.constant dense<[0xAF, 0x09, 0x21, 0x76]>
      : tensor<4xi8> : tensor<8x!lowbit.pow2<4>>
  %of_pow2_4 = call @of_pow2_4(%x_of_pow2_4) : (tensor<8x!lowbit.pow2<4>>)
      -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-48, -2, -1, 0, 1, 2, 24, 48]
  call @show_int_8(%of_pow2_4) : (tensor<8x!lowbit.int<8>>) -> ()

  // -7 -5 -3 -1 1 3 5 7
  %x_of_odd_3 = lowbit.constant dense<[0x88, 0xC6, 0xFA]> : tensor<3xi8> : tensor<8x!lowbit.odd<3>>
  %of_odd_3 = call @of_odd_3(%x_of_odd_3) : (tensor<8x!lowbit.odd<3>>) -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-18, -13, -8, -3, 3, 8, 13, 18]
  call @show_int_8(%of_odd_3) : (tensor<8x!lowbit.int<8>>) -> ()

  // -1 1 1 -1 1 1 -1 -1
  %x_of_bipolar = lowbit.constant dense<[0x36]> : tensor<1xi8> : tensor<8x!lowbit.bipolar>
  %of_bipolar = call @of_bipolar(%x_of_bipolar) : (tensor<8x!lowbit.bipolar>)
      -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-4, 5, 5, -4, 5, 5, -4, -4]
  call @show_int_8(%of_bipolar) : (tensor<8x!lowbit.int<8>>) -> ()

  // 0 1 32767 32768 65535 40000 99 5
  %x_of_uint_16 = lowbit.constant dense<[0x00, 0x00, 0x01, 0x00, 0xFF, 0x7F, 0x00, 0x80, 0xFF,
      0xFF, 0x40, 0x9C, 0x63, 0x00, 0x05, 0x00]>
      : tensor<16xi8> : tensor<8x!lowbit.uint<16>>
  %of_uint_16 = call @of_uint_16(%x_of_uint_16) : (tensor<8x!lowbit.uint<16>>)
      -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-128, -128, 0, 0, 127, 28, -128, -128]
  call @show_int_8(%of_uint_16) : (tensor<8x!lowbit.int<8>>) -> ()

  // -7 -6 -1 0 1 2 3 7
  %x_of_int_4_narrow = lowbit.constant dense<[0xA9, 0x0F, 0x21, 0x73]>
      : tensor<4xi8> : tensor<8x!lowbit.int<4, narrow>>
  %of_int_4_narrow = call @of_int_4_narrow(%x_of_int_4_narrow) : (tensor<8x!lowbit.int<4,
      narrow>>) -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-25, -21, -4, 0, 3, 7, 10, 24]
  call @show_int_8(%of_int_4_narrow) : (tensor<8x!lowbit.int<8>>) -> ()
  return
}
