// Codes of 1 to 8 bits from bytes, with odd lengths: the last byte is not full.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @bipolar(%bytes: tensor<2x!lowbit.packed<!lowbit.bipolar, bits>>)
    -> tensor<11x!lowbit.bipolar> {
  %codes = lowbit.unpack %bytes
      : tensor<2x!lowbit.packed<!lowbit.bipolar, bits>> -> tensor<11x!lowbit.bipolar>
  return %codes : tensor<11x!lowbit.bipolar>
}

func.func @show_bipolar(%v: tensor<11x!lowbit.bipolar>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<11x!lowbit.bipolar>, tensor<1xf32> -> tensor<11xf32>
  %any = tensor.cast %real : tensor<11xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @ternary(%bytes: tensor<2x!lowbit.packed<!lowbit.ternary, bits>>)
    -> tensor<7x!lowbit.ternary> {
  %codes = lowbit.unpack %bytes
      : tensor<2x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<7x!lowbit.ternary>
  return %codes : tensor<7x!lowbit.ternary>
}

func.func @show_ternary(%v: tensor<7x!lowbit.ternary>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<7x!lowbit.ternary>, tensor<1xf32> -> tensor<7xf32>
  %any = tensor.cast %real : tensor<7xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @pow2_3(%bytes: tensor<5x!lowbit.packed<!lowbit.pow2<3>, bits>>)
    -> tensor<11x!lowbit.pow2<3>> {
  %codes = lowbit.unpack %bytes
      : tensor<5x!lowbit.packed<!lowbit.pow2<3>, bits>> -> tensor<11x!lowbit.pow2<3>>
  return %codes : tensor<11x!lowbit.pow2<3>>
}

func.func @show_pow2_3(%v: tensor<11x!lowbit.pow2<3>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<11x!lowbit.pow2<3>>, tensor<1xf32> -> tensor<11xf32>
  %any = tensor.cast %real : tensor<11xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @pow2_4_nozero(%bytes: tensor<5x!lowbit.packed<!lowbit.pow2<4, nozero>, bits>>)
    -> tensor<9x!lowbit.pow2<4, nozero>> {
  %codes = lowbit.unpack %bytes
      : tensor<5x!lowbit.packed<!lowbit.pow2<4, nozero>, bits>> -> tensor<9x!lowbit.pow2<4, nozero>>
  return %codes : tensor<9x!lowbit.pow2<4, nozero>>
}

func.func @show_pow2_4_nozero(%v: tensor<9x!lowbit.pow2<4, nozero>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<9x!lowbit.pow2<4, nozero>>, tensor<1xf32> -> tensor<9xf32>
  %any = tensor.cast %real : tensor<9xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @int_5(%bytes: tensor<9x!lowbit.packed<!lowbit.int<5>, bits>>)
    -> tensor<13x!lowbit.int<5>> {
  %codes = lowbit.unpack %bytes
      : tensor<9x!lowbit.packed<!lowbit.int<5>, bits>> -> tensor<13x!lowbit.int<5>>
  return %codes : tensor<13x!lowbit.int<5>>
}

func.func @show_int_5(%v: tensor<13x!lowbit.int<5>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<13x!lowbit.int<5>>, tensor<1xf32> -> tensor<13xf32>
  %any = tensor.cast %real : tensor<13xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @int_6_narrow(%bytes: tensor<6x!lowbit.packed<!lowbit.int<6, narrow>, bits>>)
    -> tensor<7x!lowbit.int<6, narrow>> {
  %codes = lowbit.unpack %bytes
      : tensor<6x!lowbit.packed<!lowbit.int<6, narrow>, bits>> -> tensor<7x!lowbit.int<6, narrow>>
  return %codes : tensor<7x!lowbit.int<6, narrow>>
}

func.func @show_int_6_narrow(%v: tensor<7x!lowbit.int<6, narrow>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<7x!lowbit.int<6, narrow>>, tensor<1xf32> -> tensor<7xf32>
  %any = tensor.cast %real : tensor<7xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @odd_7(%bytes: tensor<8x!lowbit.packed<!lowbit.odd<7>, bits>>)
    -> tensor<9x!lowbit.odd<7>> {
  %codes = lowbit.unpack %bytes
      : tensor<8x!lowbit.packed<!lowbit.odd<7>, bits>> -> tensor<9x!lowbit.odd<7>>
  return %codes : tensor<9x!lowbit.odd<7>>
}

func.func @show_odd_7(%v: tensor<9x!lowbit.odd<7>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<9x!lowbit.odd<7>>, tensor<1xf32> -> tensor<9xf32>
  %any = tensor.cast %real : tensor<9xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @uint_8(%bytes: tensor<5x!lowbit.packed<!lowbit.uint<8>, bits>>)
    -> tensor<5x!lowbit.uint<8>> {
  %codes = lowbit.unpack %bytes
      : tensor<5x!lowbit.packed<!lowbit.uint<8>, bits>> -> tensor<5x!lowbit.uint<8>>
  return %codes : tensor<5x!lowbit.uint<8>>
}

func.func @show_uint_8(%v: tensor<5x!lowbit.uint<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one)
      : tensor<5x!lowbit.uint<8>>, tensor<1xf32> -> tensor<5xf32>
  %any = tensor.cast %real : tensor<5xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @main() {
  %b_bipolar = lowbit.constant dense<[0xAA, 0x02]>
      : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.bipolar, bits>>
  %bipolar = call @bipolar(%b_bipolar) : (tensor<2x!lowbit.packed<!lowbit.bipolar, bits>>)
      -> tensor<11x!lowbit.bipolar>
  // CHECK: data =
  // CHECK-NEXT: [-1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1]
  call @show_bipolar(%bipolar) : (tensor<11x!lowbit.bipolar>) -> ()

  %b_ternary = lowbit.constant dense<[0x80, 0x01]>
      : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  %ternary = call @ternary(%b_ternary) : (tensor<2x!lowbit.packed<!lowbit.ternary, bits>>)
      -> tensor<7x!lowbit.ternary>
  // CHECK: data =
  // CHECK-NEXT: [-1, -1, -1, 1, 0, -1, -1]
  call @show_ternary(%ternary) : (tensor<7x!lowbit.ternary>) -> ()

  %b_pow2_3 = lowbit.constant dense<[0xBB, 0xED, 0xCE, 0xFB, 0x00]>
      : tensor<5xi8> : tensor<5x!lowbit.packed<!lowbit.pow2<3>, bits>>
  %pow2_3 = call @pow2_3(%b_pow2_3) : (tensor<5x!lowbit.packed<!lowbit.pow2<3>, bits>>)
      -> tensor<11x!lowbit.pow2<3>>
  // CHECK: data =
  // CHECK-NEXT: [4, -4, -2, -2, -2, -1, 4, -2, 4, -4, 4]
  call @show_pow2_3(%pow2_3) : (tensor<11x!lowbit.pow2<3>>) -> ()

  %b_pow2_4_nozero = lowbit.constant dense<[0x05, 0xD7, 0xB3, 0xF2, 0x0A]>
      : tensor<5xi8> : tensor<5x!lowbit.packed<!lowbit.pow2<4, nozero>, bits>>
  %pow2_4_nozero = call @pow2_4_nozero(%b_pow2_4_nozero) : (tensor<5x!lowbit.packed<!lowbit.pow2<4,
      nozero>, bits>>) -> tensor<9x!lowbit.pow2<4, nozero>>
  // CHECK: data =
  // CHECK-NEXT: [32, 1, 128, -32, 8, -8, 4, -128, -4]
  call @show_pow2_4_nozero(%pow2_4_nozero) : (tensor<9x!lowbit.pow2<4, nozero>>) -> ()

  %b_int_5 = lowbit.constant dense<[0xCF, 0x0D, 0xE0, 0x22, 0x99, 0xDB, 0x6C, 0xE8, 0x00]>
      : tensor<9xi8> : tensor<9x!lowbit.packed<!lowbit.int<5>, bits>>
  %int_5 = call @int_5(%b_int_5) : (tensor<9x!lowbit.packed<!lowbit.int<5>, bits>>)
      -> tensor<13x!lowbit.int<5>>
  // CHECK: data =
  // CHECK-NEXT: [15, 14, 3, 0, 14, -15, 4, -13, -5, 6, -5, -16, 14]
  call @show_int_5(%int_5) : (tensor<13x!lowbit.int<5>>) -> ()

  %b_int_6_narrow = lowbit.constant dense<[0x61, 0xEB, 0x21, 0xDE, 0x87, 0x02]>
      : tensor<6xi8> : tensor<6x!lowbit.packed<!lowbit.int<6, narrow>, bits>>
  %int_6_narrow = call @int_6_narrow(%b_int_6_narrow) : (tensor<6x!lowbit.packed<!lowbit.int<6,
      narrow>, bits>>) -> tensor<7x!lowbit.int<6, narrow>>
  // CHECK: data =
  // CHECK-NEXT: [-31, -19, 30, 8, 30, 31, -24]
  call @show_int_6_narrow(%int_6_narrow) : (tensor<7x!lowbit.int<6, narrow>>) -> ()

  %b_odd_7 = lowbit.constant dense<[0x09, 0x37, 0x60, 0xE9, 0xDD, 0x00, 0xED, 0x7F]>
      : tensor<8xi8> : tensor<8x!lowbit.packed<!lowbit.odd<7>, bits>>
  %odd_7 = call @odd_7(%b_odd_7) : (tensor<8x!lowbit.packed<!lowbit.odd<7>, bits>>)
      -> tensor<9x!lowbit.odd<7>>
  // CHECK: data =
  // CHECK-NEXT: [-109, 93, -127, 23, 61, -73, 1, 109, 127]
  call @show_odd_7(%odd_7) : (tensor<9x!lowbit.odd<7>>) -> ()

  %b_uint_8 = lowbit.constant dense<[0xFF, 0x2F, 0x00, 0x9F, 0x8D]>
      : tensor<5xi8> : tensor<5x!lowbit.packed<!lowbit.uint<8>, bits>>
  %uint_8 = call @uint_8(%b_uint_8) : (tensor<5x!lowbit.packed<!lowbit.uint<8>, bits>>)
      -> tensor<5x!lowbit.uint<8>>
  // CHECK: data =
  // CHECK-NEXT: [255, 47, 0, 159, 141]
  call @show_uint_8(%uint_8) : (tensor<5x!lowbit.uint<8>>) -> ()
  return
}
