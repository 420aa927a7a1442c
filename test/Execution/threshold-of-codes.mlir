// Thresholds on codes: their levels are compared.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_uint_2(%v: tensor<8x!lowbit.uint<2>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.uint<2>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// Levels, not bytes, are compared: 255 is not -1.
func.func @of_uint_8(%x: tensor<8x!lowbit.uint<8>>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[1, 128, 255]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8x!lowbit.uint<8>>, tensor<1x3xi32>
      -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

func.func @of_pow2_4(%x: tensor<8x!lowbit.pow2<4>>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-2, 1, 64]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8x!lowbit.pow2<4>>, tensor<1x3xi32>
      -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

func.func @of_odd_3(%x: tensor<8x!lowbit.odd<3>>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-3, 0, 7]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8x!lowbit.odd<3>>, tensor<1x3xi32>
      -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

func.func @of_bipolar(%x: tensor<8x!lowbit.bipolar>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-1, 0, 2]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8x!lowbit.bipolar>, tensor<1x3xi32>
      -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

func.func @of_ternary(%x: tensor<8x!lowbit.ternary>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-1, 0, 1]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8x!lowbit.ternary>, tensor<1x3xi32>
      -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

func.func @main() {
  // 0 1 127 128 200 254 255 3
  %x_of_uint_8 = lowbit.constant dense<[0x00, 0x01, 0x7F, 0x80, 0xC8, 0xFE, 0xFF, 0x03]>
      : tensor<8xi8> : tensor<8x!lowbit.uint<8>>
  %of_uint_8 = call @of_uint_8(%x_of_uint_8) : (tensor<8x!lowbit.uint<8>>)
      -> tensor<8x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [0, 1, 1, 2, 2, 2, 3, 1]
  call @show_uint_2(%of_uint_8) : (tensor<8x!lowbit.uint<2>>) -> ()

  // -64 -2 -1 0 1 2 32 64
  %x_of_pow2_4 = lowbit.constant dense<[0xAF, 0x09, 0x21, 0x76]>
      : tensor<4xi8> : tensor<8x!lowbit.pow2<4>>
  %of_pow2_4 = call @of_pow2_4(%x_of_pow2_4) : (tensor<8x!lowbit.pow2<4>>)
      -> tensor<8x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [0, 1, 1, 1, 2, 2, 2, 3]
  call @show_uint_2(%of_pow2_4) : (tensor<8x!lowbit.uint<2>>) -> ()

  // -7 -5 -3 -1 1 3 5 7
  %x_of_odd_3 = lowbit.constant dense<[0x88, 0xC6, 0xFA]> : tensor<3xi8> : tensor<8x!lowbit.odd<3>>
  %of_odd_3 = call @of_odd_3(%x_of_odd_3) : (tensor<8x!lowbit.odd<3>>) -> tensor<8x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, 1, 1, 2, 2, 2, 3]
  call @show_uint_2(%of_odd_3) : (tensor<8x!lowbit.uint<2>>) -> ()

  // -1 1 1 -1 1 1 -1 -1
  %x_of_bipolar = lowbit.constant dense<[0x36]> : tensor<1xi8> : tensor<8x!lowbit.bipolar>
  %of_bipolar = call @of_bipolar(%x_of_bipolar) : (tensor<8x!lowbit.bipolar>)
      -> tensor<8x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [1, 2, 2, 1, 2, 2, 1, 1]
  call @show_uint_2(%of_bipolar) : (tensor<8x!lowbit.uint<2>>) -> ()

  // -1 0 1 0 -1 1 1 0
  %x_of_ternary = lowbit.constant dense<[0x64, 0x68]> : tensor<2xi8> : tensor<8x!lowbit.ternary>
  %of_ternary = call @of_ternary(%x_of_ternary) : (tensor<8x!lowbit.ternary>)
      -> tensor<8x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [1, 2, 3, 2, 1, 3, 3, 2]
  call @show_uint_2(%of_ternary) : (tensor<8x!lowbit.uint<2>>) -> ()
  return
}
