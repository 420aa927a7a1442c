// Matrix products of codes.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same sums with products instead of shifts:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

func.func @show(%v: tensor<2x2xi32>) {
  %flat = tensor.collapse_shape %v [[0, 1]] : tensor<2x2xi32> into tensor<4xi32>
  %any = tensor.cast %flat : tensor<4xi32> to tensor<*xi32>
  call @printMemrefI32(%any) : (tensor<*xi32>) -> ()
  return
}

// Weights 1 0 1 1 0, -1 1 0 0 -1.
func.func @ternary(%x: tensor<2x5x!lowbit.uint<2>>) -> tensor<2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xA6, 0x61, 0x01]> : tensor<3xi8> : tensor<2x5x!lowbit.ternary>
  %a = lowbit.matmul %x, %w
      : tensor<2x5x!lowbit.uint<2>>, tensor<2x5x!lowbit.ternary> -> tensor<2x2xi32>
  return %a : tensor<2x2xi32>
}

// Weights 64 -16 32 -32 -32, 1 -2 4 -64 -4.
func.func @pow2_4(%x: tensor<2x5x!lowbit.int<4>>) -> tensor<2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xD7, 0xE6, 0x1E, 0x3A, 0xBF]>
      : tensor<5xi8> : tensor<2x5x!lowbit.pow2<4>>
  %a = lowbit.matmul %x, %w
      : tensor<2x5x!lowbit.int<4>>, tensor<2x5x!lowbit.pow2<4>> -> tensor<2x2xi32>
  return %a : tensor<2x2xi32>
}

// Weights 2 8 -8 -2 1, 4 -4 1 -1 -8.
func.func @pow2_3_nozero(%x: tensor<2x5x!lowbit.uint<8>>) -> tensor<2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xD9, 0x0B, 0x19, 0x3C]>
      : tensor<4xi8> : tensor<2x5x!lowbit.pow2<3, nozero>>
  %a = lowbit.matmul %x, %w
      : tensor<2x5x!lowbit.uint<8>>, tensor<2x5x!lowbit.pow2<3, nozero>> -> tensor<2x2xi32>
  return %a : tensor<2x2xi32>
}

// Weights 1 1 1 1 1 -1 1 1 1, 1 1 1 -1 1 -1 -1 1 -1.
func.func @bipolar(%x: tensor<2x9x!lowbit.bipolar>) -> tensor<2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xDF, 0x2F, 0x01]> : tensor<3xi8> : tensor<2x9x!lowbit.bipolar>
  %a = lowbit.matmul %x, %w
      : tensor<2x9x!lowbit.bipolar>, tensor<2x9x!lowbit.bipolar> -> tensor<2x2xi32>
  return %a : tensor<2x2xi32>
}

// Weights -2 -1 1 -2 -2, 1 1 1 0 -1.
func.func @int_2(%x: tensor<2x5x!lowbit.uint<2>>) -> tensor<2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x9E, 0x56, 0x0C]> : tensor<3xi8> : tensor<2x5x!lowbit.int<2>>
  %a = lowbit.matmul %x, %w
      : tensor<2x5x!lowbit.uint<2>>, tensor<2x5x!lowbit.int<2>> -> tensor<2x2xi32>
  return %a : tensor<2x2xi32>
}

// Weights 127 -1 45 -127 29, 125 93 16 127 -101.
func.func @int_8(%x: tensor<2x5x!lowbit.uint<8>>) -> tensor<2x2xi32> {
  %w = lowbit.constant dense<[0x7F, 0xFF, 0x2D, 0x81, 0x1D, 0x7D, 0x5D, 0x10, 0x7F, 0x9B]>
      : tensor<10xi8> : tensor<2x5x!lowbit.int<8, narrow>>
  %a = lowbit.matmul %x, %w
      : tensor<2x5x!lowbit.uint<8>>, tensor<2x5x!lowbit.int<8, narrow>> -> tensor<2x2xi32>
  return %a : tensor<2x2xi32>
}

// Weights -3 -1 -1 1 -3, -3 -1 -3 3 1.
func.func @odd_2(%x: tensor<2x5x!lowbit.odd<2>>) -> tensor<2x2xi32> {
  %w = lowbit.constant dense<[0x94, 0x10, 0x0B]> : tensor<3xi8> : tensor<2x5x!lowbit.odd<2>>
  %a = lowbit.matmul %x, %w
      : tensor<2x5x!lowbit.odd<2>>, tensor<2x5x!lowbit.odd<2>> -> tensor<2x2xi32>
  return %a : tensor<2x2xi32>
}

func.func @main() {
  // 0 0 1 1 2, 2 0 3 2 3
  %x_ternary = lowbit.constant dense<[0x50, 0xCA, 0x0E]>
      : tensor<3xi8> : tensor<2x5x!lowbit.uint<2>>
  %ternary = call @ternary(%x_ternary) : (tensor<2x5x!lowbit.uint<2>>) -> tensor<2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [2, -2, 7, -5]
  call @show(%ternary) : (tensor<2x2xi32>) -> ()

  // -3 -8 7 2 -6, -1 -4 -2 -8 3
  %x_pow2_4 = lowbit.constant dense<[0x8D, 0x27, 0xFA, 0xEC, 0x38]>
      : tensor<5xi8> : tensor<2x5x!lowbit.int<4>>
  %pow2_4 = call @pow2_4(%x_pow2_4) : (tensor<2x5x!lowbit.int<4>>) -> tensor<2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [288, -63, 96, 499]
  call @show(%pow2_4) : (tensor<2x2xi32>) -> ()

  // 223 97 239 206 255, 255 122 157 0 208
  %x_pow2_3_nozero = lowbit.constant dense<[0xDF, 0x61, 0xEF, 0xCE, 0xFF, 0xFF, 0x7A, 0x9D, 0x00,
      0xD0]>
      : tensor<10xi8> : tensor<2x5x!lowbit.uint<8>>
  %pow2_3_nozero = call @pow2_3_nozero(%x_pow2_3_nozero) : (tensor<2x5x!lowbit.uint<8>>)
      -> tensor<2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-847, -1503, 438, -975]
  call @show(%pow2_3_nozero) : (tensor<2x2xi32>) -> ()

  // 1 -1 1 1 1 1 1 1 1, -1 1 -1 -1 -1 1 1 -1 1
  %x_bipolar = lowbit.constant dense<[0xFD, 0xC5, 0x02]>
      : tensor<3xi8> : tensor<2x9x!lowbit.bipolar>
  %bipolar = call @bipolar(%x_bipolar) : (tensor<2x9x!lowbit.bipolar>) -> tensor<2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [5, -1, -3, -5]
  call @show(%bipolar) : (tensor<2x2xi32>) -> ()

  // 1 3 1 2 2, 3 1 2 3 0
  %x_int_2 = lowbit.constant dense<[0x9D, 0x9E, 0x03]> : tensor<3xi8> : tensor<2x5x!lowbit.uint<2>>
  %int_2 = call @int_2(%x_int_2) : (tensor<2x5x!lowbit.uint<2>>) -> tensor<2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-12, 3, -11, 6]
  call @show(%int_2) : (tensor<2x2xi32>) -> ()

  // 198 193 119 200 0, 29 160 142 92 255
  %x_int_8 = lowbit.constant dense<[0xC6, 0xC1, 0x77, 0xC8, 0x00, 0x1D, 0xA0, 0x8E, 0x5C, 0xFF]>
      : tensor<10xi8> : tensor<2x5x!lowbit.uint<8>>
  %int_8 = call @int_8(%x_int_8) : (tensor<2x5x!lowbit.uint<8>>) -> tensor<2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [4908, 70003, 5624, 6706]
  call @show(%int_8) : (tensor<2x2xi32>) -> ()

  // -3 -1 1 1 3, 3 1 -1 -1 -3
  %x_odd_2 = lowbit.constant dense<[0xA4, 0x6F, 0x01]> : tensor<3xi8> : tensor<2x5x!lowbit.odd<2>>
  %odd_2 = call @odd_2(%x_odd_2) : (tensor<2x5x!lowbit.odd<2>>) -> tensor<2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [1, 13, -1, -13]
  call @show(%odd_2) : (tensor<2x2xi32>) -> ()
  return
}
