// Convolutions whose weights need signs and shifts only.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same sums with products instead of shifts:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

func.func @show(%v: tensor<1x2x2x2xi32>) {
  %flat = tensor.collapse_shape %v [[0, 1, 2, 3]] : tensor<1x2x2x2xi32> into tensor<8xi32>
  %any = tensor.cast %flat : tensor<8xi32> to tensor<*xi32>
  call @printMemrefI32(%any) : (tensor<*xi32>) -> ()
  return
}

// Weights 0 -1 -1 -1 1 -1 0 0 1 1 -1 -1 -1 0 1 0.
func.func @ternary(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x01, 0x52, 0x0A, 0x64]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -1 1 -1 -1 -1 -1 -1 -1 -1 1 1 -1 1 -1 -1 -1.
func.func @bipolar(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x02, 0x16]> : tensor<2xi8> : tensor<2x2x2x2x!lowbit.bipolar>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.bipolar> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -4 -8 16 -2 -64 2 1 -16 64 32 0 -1 8 16 -32 4.
func.func @pow2_4(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xCB, 0xA5, 0x2F, 0xD1, 0x67, 0x90, 0x54, 0x3E]>
      : tensor<8xi8> : tensor<2x2x2x2x!lowbit.pow2<4>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.pow2<4>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 4 -8 4 -2 -1 8 8 4 2 -2 -4 1 -4 -1 -4 2.
func.func @pow2_3_nozero(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xBA, 0xCA, 0x4D, 0xA9, 0x61, 0x3A]>
      : tensor<6xi8> : tensor<2x2x2x2x!lowbit.pow2<3, nozero>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.pow2<3, nozero>>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 0 0 -1 1 -1 -2 0 1 -1 0 0 -2 -2 -1 -1 -1.
func.func @int_2(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x70, 0x4B, 0x83, 0xFE]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.int<2>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.int<2>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 0 -1 -1 0 -1 -1 0 0 -1 -1 -1 -1 -1 -1 -1 -1.
func.func @int_1(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x36, 0xFF]> : tensor<2xi8> : tensor<2x2x2x2x!lowbit.int<1>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.int<1>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 1 0 1 1 0 1 0 0 1 0 0 1 1 1 1 1.
func.func @uint_1(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x2D, 0xF9]> : tensor<2xi8> : tensor<2x2x2x2x!lowbit.uint<1>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.uint<1>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -1 1 -1 1 -1 1 1 1 1 1 1 -1 -1 -1 1 1.
func.func @odd_1(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xEA, 0xC7]> : tensor<2xi8> : tensor<2x2x2x2x!lowbit.odd<1>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.odd<1>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -2048 -32 8 -32768 16384 1024 -2048 32768 -4 512 -512 32768 -8192 -16 -1024 -64.
func.func @pow2_5_nozero(%x: tensor<1x3x3x2x!lowbit.int<8>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xBB, 0x8E, 0xEF, 0xD4, 0x7E, 0x32, 0xE5, 0xD7, 0xA9, 0xB6]>
      : tensor<10xi8> : tensor<2x2x2x2x!lowbit.pow2<5, nozero>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.int<8>>, tensor<2x2x2x2x!lowbit.pow2<5, nozero>>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

func.func @main() {
  // 0 2 2 2 3 0 1 3 1 0 1 1 0 0 1 1 0 3
  %x_ternary = lowbit.constant dense<[0xA8, 0xD3, 0x51, 0x50, 0x0C]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %ternary = call @ternary(%x_ternary) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-8, -2, -4, 1, -4, 4, -2, -2]
  call @show(%ternary) : (tensor<1x2x2x2xi32>) -> ()

  // 2 3 0 1 1 3 3 1 3 1 0 2 2 3 3 3 2 3
  %x_bipolar = lowbit.constant dense<[0x4E, 0x7D, 0x87, 0xFE, 0x0E]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %bipolar = call @bipolar(%x_bipolar) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-8, -2, -9, -1, -17, -7, -15, -9]
  call @show(%bipolar) : (tensor<1x2x2x2xi32>) -> ()

  // 3 2 0 0 1 1 2 3 1 2 1 2 2 3 1 1 0 3
  %x_pow2_4 = lowbit.constant dense<[0x0B, 0xE5, 0x99, 0x5E, 0x0C]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %pow2_4 = call @pow2_4(%x_pow2_4) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-181, 296, -77, 15, -157, 258, -118, 162]
  call @show(%pow2_4) : (tensor<1x2x2x2xi32>) -> ()

  // 1 2 3 3 0 3 1 0 0 1 0 2 1 1 3 1 2 3
  %x_pow2_3_nozero = lowbit.constant dense<[0xF9, 0x1C, 0x84, 0x75, 0x0E]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %pow2_3_nozero = call @pow2_3_nozero(%x_pow2_3_nozero) : (tensor<1x3x3x2x!lowbit.uint<2>>)
      -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-3, -13, -2, 6, 37, -12, 21, -15]
  call @show(%pow2_3_nozero) : (tensor<1x2x2x2xi32>) -> ()

  // 2 2 0 3 1 0 1 1 3 2 0 0 0 2 2 0 2 0
  %x_int_2 = lowbit.constant dense<[0xCA, 0x51, 0x0B, 0x28, 0x02]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %int_2 = call @int_2(%x_int_2) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [2, -16, -8, -8, -5, -9, -2, -9]
  call @show(%int_2) : (tensor<1x2x2x2xi32>) -> ()

  // 2 2 0 1 2 1 0 2 1 3 2 3 3 0 0 1 2 3
  %x_int_1 = lowbit.constant dense<[0x4A, 0x86, 0xED, 0x43, 0x0E]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %int_1 = call @int_1(%x_int_1) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-4, -11, -7, -13, -6, -10, -6, -15]
  call @show(%int_1) : (tensor<1x2x2x2xi32>) -> ()

  // 0 2 3 2 3 3 2 0 1 0 2 3 0 1 2 2 2 1
  %x_uint_1 = lowbit.constant dense<[0xB8, 0x2F, 0xE1, 0xA4, 0x06]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %uint_1 = call @uint_1(%x_uint_1) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [5, 5, 9, 12, 4, 7, 8, 11]
  call @show(%uint_1) : (tensor<1x2x2x2xi32>) -> ()

  // 1 2 0 0 3 0 3 3 1 3 0 1 2 1 3 3 2 1
  %x_odd_1 = lowbit.constant dense<[0x09, 0xF3, 0x4D, 0xF6, 0x06]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %odd_1 = call @odd_1(%x_odd_1) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [5, 1, 0, 0, 7, 7, 6, 0]
  call @show(%odd_1) : (tensor<1x2x2x2xi32>) -> ()

  // 111 -1 122 89 72 114 -73 -128 -14 -117 31 -128 93 101 -63 127 -112 -91
  %x_pow2_5_nozero = lowbit.constant dense<[0x6F, 0xFF, 0x7A, 0x59, 0x48, 0x72, 0xB7, 0x80, 0xF2,
      0x8B, 0x1F, 0x80, 0x5D, 0x65, 0xC1, 0x7F, 0x90, 0xA5]>
      : tensor<18xi8> : tensor<1x3x3x2x!lowbit.int<8>>
  %pow2_5_nozero = call @pow2_5_nozero(%x_pow2_5_nozero) : (tensor<1x3x3x2x!lowbit.int<8>>)
      -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-8274960, 3474820, -8594656, 3836776, 9905040, -4599020, 572312, -3635448]
  call @show(%pow2_5_nozero) : (tensor<1x2x2x2xi32>) -> ()
  return
}
