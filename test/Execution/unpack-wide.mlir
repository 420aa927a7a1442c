// Codes of a byte and more: up to three bytes hold one.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @int_8(%bytes: tensor<3x!lowbit.packed<!lowbit.int<8>, bits>>)
    -> tensor<3x!lowbit.int<8>> {
  %codes = lowbit.unpack %bytes
      : tensor<3x!lowbit.packed<!lowbit.int<8>, bits>> -> tensor<3x!lowbit.int<8>>
  return %codes : tensor<3x!lowbit.int<8>>
}

func.func @show_int_8(%v: tensor<3x!lowbit.int<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<3x!lowbit.int<8>>, tensor<1xf32> -> tensor<3xf32>
  %any = tensor.cast %real : tensor<3xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @uint_9(%bytes: tensor<11x!lowbit.packed<!lowbit.uint<9>, bits>>)
    -> tensor<9x!lowbit.uint<9>> {
  %codes = lowbit.unpack %bytes
      : tensor<11x!lowbit.packed<!lowbit.uint<9>, bits>> -> tensor<9x!lowbit.uint<9>>
  return %codes : tensor<9x!lowbit.uint<9>>
}

func.func @show_uint_9(%v: tensor<9x!lowbit.uint<9>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<9x!lowbit.uint<9>>, tensor<1xf32> -> tensor<9xf32>
  %any = tensor.cast %real : tensor<9xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @int_10(%bytes: tensor<9x!lowbit.packed<!lowbit.int<10>, bits>>)
    -> tensor<7x!lowbit.int<10>> {
  %codes = lowbit.unpack %bytes
      : tensor<9x!lowbit.packed<!lowbit.int<10>, bits>> -> tensor<7x!lowbit.int<10>>
  return %codes : tensor<7x!lowbit.int<10>>
}

func.func @show_int_10(%v: tensor<7x!lowbit.int<10>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<7x!lowbit.int<10>>, tensor<1xf32> -> tensor<7xf32>
  %any = tensor.cast %real : tensor<7xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @uint_11(%bytes: tensor<13x!lowbit.packed<!lowbit.uint<11>, bits>>)
    -> tensor<9x!lowbit.uint<11>> {
  %codes = lowbit.unpack %bytes
      : tensor<13x!lowbit.packed<!lowbit.uint<11>, bits>> -> tensor<9x!lowbit.uint<11>>
  return %codes : tensor<9x!lowbit.uint<11>>
}

func.func @show_uint_11(%v: tensor<9x!lowbit.uint<11>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<9x!lowbit.uint<11>>, tensor<1xf32> -> tensor<9xf32>
  %any = tensor.cast %real : tensor<9xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @int_12_narrow(%bytes: tensor<8x!lowbit.packed<!lowbit.int<12, narrow>, bits>>)
    -> tensor<5x!lowbit.int<12, narrow>> {
  %codes = lowbit.unpack %bytes
      : tensor<8x!lowbit.packed<!lowbit.int<12, narrow>, bits>> -> tensor<5x!lowbit.int<12, narrow>>
  return %codes : tensor<5x!lowbit.int<12, narrow>>
}

func.func @show_int_12_narrow(%v: tensor<5x!lowbit.int<12, narrow>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<5x!lowbit.int<12, narrow>>, tensor<1xf32> -> tensor<5xf32>
  %any = tensor.cast %real : tensor<5xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @uint_16(%bytes: tensor<6x!lowbit.packed<!lowbit.uint<16>, bits>>)
    -> tensor<3x!lowbit.uint<16>> {
  %codes = lowbit.unpack %bytes
      : tensor<6x!lowbit.packed<!lowbit.uint<16>, bits>> -> tensor<3x!lowbit.uint<16>>
  return %codes : tensor<3x!lowbit.uint<16>>
}

func.func @show_uint_16(%v: tensor<3x!lowbit.uint<16>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<3x!lowbit.uint<16>>, tensor<1xf32> -> tensor<3xf32>
  %any = tensor.cast %real : tensor<3xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @int_16(%bytes: tensor<6x!lowbit.packed<!lowbit.int<16>, bits>>)
    -> tensor<3x!lowbit.int<16>> {
  %codes = lowbit.unpack %bytes
      : tensor<6x!lowbit.packed<!lowbit.int<16>, bits>> -> tensor<3x!lowbit.int<16>>
  return %codes : tensor<3x!lowbit.int<16>>
}

func.func @show_int_16(%v: tensor<3x!lowbit.int<16>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<3x!lowbit.int<16>>, tensor<1xf32> -> tensor<3xf32>
  %any = tensor.cast %real : tensor<3xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @main() {
  %b_int_8 = lowbit.constant dense<[0x80, 0x7F, 0xCC]>
      : tensor<3xi8> : tensor<3x!lowbit.packed<!lowbit.int<8>, bits>>
  %int_8 = call @int_8(%b_int_8) : (tensor<3x!lowbit.packed<!lowbit.int<8>, bits>>)
      -> tensor<3x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-128, 127, -52]
  call @show_int_8(%int_8) : (tensor<3x!lowbit.int<8>>) -> ()

  %b_uint_9 = lowbit.constant dense<[0x20, 0xDE, 0x03, 0xF8, 0xFF, 0x79, 0x5E, 0xA9, 0x18, 0x52,
      0x00]>
      : tensor<11xi8> : tensor<11x!lowbit.packed<!lowbit.uint<9>, bits>>
  %uint_9 = call @uint_9(%b_uint_9) : (tensor<11x!lowbit.packed<!lowbit.uint<9>, bits>>)
      -> tensor<9x!lowbit.uint<9>>
  // CHECK: data =
  // CHECK-NEXT: [32, 495, 0, 511, 415, 243, 165, 49, 82]
  call @show_uint_9(%uint_9) : (tensor<9x!lowbit.uint<9>>) -> ()

  %b_int_10 = lowbit.constant dense<[0xA8, 0xCB, 0xF7, 0xF0, 0x7F, 0x00, 0xB2, 0xB2, 0x30]>
      : tensor<9xi8> : tensor<9x!lowbit.packed<!lowbit.int<10>, bits>>
  %int_10 = call @int_10(%b_int_10) : (tensor<9x!lowbit.packed<!lowbit.int<10>, bits>>)
      -> tensor<7x!lowbit.int<10>>
  // CHECK: data =
  // CHECK-NEXT: [-88, 498, -241, 511, -512, 172, -245]
  call @show_int_10(%int_10) : (tensor<7x!lowbit.int<10>>) -> ()

  %b_uint_11 = lowbit.constant dense<[0x00, 0xD0, 0xF5, 0xFF, 0x85, 0x34, 0xA6, 0x5B, 0xC2, 0x03,
      0xE8, 0xB5, 0x02]>
      : tensor<13xi8> : tensor<13x!lowbit.packed<!lowbit.uint<11>, bits>>
  %uint_11 = call @uint_11(%b_uint_11) : (tensor<13x!lowbit.packed<!lowbit.uint<11>, bits>>)
      -> tensor<9x!lowbit.uint<11>>
  // CHECK: data =
  // CHECK-NEXT: [0, 1722, 2047, 578, 611, 1207, 240, 1856, 693]
  call @show_uint_11(%uint_11) : (tensor<9x!lowbit.uint<11>>) -> ()

  %b_int_12_narrow = lowbit.constant dense<[0x86, 0x6F, 0xE7, 0x6F, 0x16, 0x80, 0xFF, 0x07]>
      : tensor<8xi8> : tensor<8x!lowbit.packed<!lowbit.int<12, narrow>, bits>>
  %int_12_narrow = call @int_12_narrow(%b_int_12_narrow) : (tensor<8x!lowbit.packed<!lowbit.int<12,
      narrow>, bits>>) -> tensor<5x!lowbit.int<12, narrow>>
  // CHECK: data =
  // CHECK-NEXT: [-122, -394, 1647, -2047, 2047]
  call @show_int_12_narrow(%int_12_narrow) : (tensor<5x!lowbit.int<12, narrow>>) -> ()

  %b_uint_16 = lowbit.constant dense<[0xA7, 0xFF, 0x00, 0x00, 0xFF, 0xFF]>
      : tensor<6xi8> : tensor<6x!lowbit.packed<!lowbit.uint<16>, bits>>
  %uint_16 = call @uint_16(%b_uint_16) : (tensor<6x!lowbit.packed<!lowbit.uint<16>, bits>>)
      -> tensor<3x!lowbit.uint<16>>
  // CHECK: data =
  // CHECK-NEXT: [65447, 0, 65535]
  call @show_uint_16(%uint_16) : (tensor<3x!lowbit.uint<16>>) -> ()

  %b_int_16 = lowbit.constant dense<[0x00, 0x80, 0xA3, 0xAD, 0xFF, 0x7F]>
      : tensor<6xi8> : tensor<6x!lowbit.packed<!lowbit.int<16>, bits>>
  %int_16 = call @int_16(%b_int_16) : (tensor<6x!lowbit.packed<!lowbit.int<16>, bits>>)
      -> tensor<3x!lowbit.int<16>>
  // CHECK: data =
  // CHECK-NEXT: [-32768, -21085, 32767]
  call @show_int_16(%int_16) : (tensor<3x!lowbit.int<16>>) -> ()
  return
}
