// Activations of every kind of level set, with ternary weights.
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

// Weights -1 -1 1 0 -1 -1 -1 1 -1 1 1 0 1 -1 -1 1.
func.func @bipolar(%x: tensor<1x3x3x2x!lowbit.bipolar>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x60, 0x80, 0x68, 0x82]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.bipolar>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -1 -1 0 -1 0 -1 -1 -1 1 0 0 1 1 0 0 -1.
func.func @ternary(%x: tensor<1x3x3x2x!lowbit.ternary>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x10, 0x01, 0x96, 0x16]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.ternary>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 1 0 -1 -1 1 0 0 0 1 0 1 -1 1 0 0 1.
func.func @pow2_4(%x: tensor<1x3x3x2x!lowbit.pow2<4>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x06, 0x56, 0x26, 0x96]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.pow2<4>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 0 1 1 0 0 1 1 0 0 1 1 1 -1 1 0 0.
func.func @pow2_5_nozero(%x: tensor<1x3x3x2x!lowbit.pow2<5, nozero>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x69, 0x69, 0xA9, 0x58]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.pow2<5, nozero>>, tensor<2x2x2x2x!lowbit.ternary>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 0 0 -1 1 0 -1 -1 0 0 1 1 -1 0 -1 0 1.
func.func @odd_3(%x: tensor<1x3x3x2x!lowbit.odd<3>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x85, 0x41, 0x29, 0x91]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.odd<3>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 0 1 -1 -1 1 1 1 -1 0 1 0 -1 1 -1 0 1.
func.func @uint_8(%x: tensor<1x3x3x2x!lowbit.uint<8>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x09, 0x2A, 0x19, 0x92]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<8>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -1 1 0 1 1 0 -1 0 0 -1 -1 -1 0 1 -1 0.
func.func @uint_16(%x: tensor<1x3x3x2x!lowbit.uint<16>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x98, 0x46, 0x01, 0x49]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<16>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -1 -1 0 1 -1 0 0 -1 1 -1 1 0 -1 -1 1 -1.
func.func @int_16(%x: tensor<1x3x3x2x!lowbit.int<16>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x90, 0x14, 0x62, 0x20]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.int<16>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -1 0 0 1 -1 0 0 1 1 -1 -1 1 0 0 1 1.
func.func @int_4_narrow(%x: tensor<1x3x3x2x!lowbit.int<4, narrow>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x94, 0x94, 0x82, 0xA5]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.int<4, narrow>>, tensor<2x2x2x2x!lowbit.ternary>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

func.func @main() {
  // 1 1 1 1 1 1 -1 1 -1 1 1 1 1 -1 -1 1 1 -1
  %x_bipolar = lowbit.constant dense<[0xBF, 0x9E, 0x01]>
      : tensor<3xi8> : tensor<1x3x3x2x!lowbit.bipolar>
  %bipolar = call @bipolar(%x_bipolar) : (tensor<1x3x3x2x!lowbit.bipolar>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [1, 1, -1, -1, 1, 5, -1, -1]
  call @show(%bipolar) : (tensor<1x2x2x2xi32>) -> ()

  // -1 0 -1 -1 0 1 1 -1 0 1 0 -1 -1 1 1 1 -1 -1
  %x_ternary = lowbit.constant dense<[0x04, 0x29, 0x19, 0xA8, 0x00]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.ternary>
  %ternary = call @ternary(%x_ternary) : (tensor<1x3x3x2x!lowbit.ternary>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [2, -2, 1, 1, -4, 0, 1, 1]
  call @show(%ternary) : (tensor<1x2x2x2xi32>) -> ()

  // 32 -2 -32 -2 2 -16 -4 -4 1 0 -8 4 64 16 8 8 -1 -64
  %x_pow2_4 = lowbit.constant dense<[0xA6, 0xAE, 0xD2, 0xBB, 0x01, 0x3C, 0x57, 0x44, 0xF9]>
      : tensor<9xi8> : tensor<1x3x3x2x!lowbit.pow2<4>>
  %pow2_4 = call @pow2_4(%x_pow2_4) : (tensor<1x3x3x2x!lowbit.pow2<4>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [62, -2, -17, -9, 59, 69, 13, -67]
  call @show(%pow2_4) : (tensor<1x2x2x2xi32>) -> ()

  // 32768 2048 -16 -1024 -32768 4 8 -1024 -2048 4096 32768 -8192 64 -256 8192 -8192 -256 4
  %x_pow2_5_nozero = lowbit.constant dense<[0x6F, 0x51, 0xFD, 0xC5, 0xD0, 0x9B, 0xBD, 0x6E, 0x70,
      0xEB, 0x58, 0x00]>
      : tensor<12xi8> : tensor<1x3x3x2x!lowbit.pow2<5, nozero>>
  %pow2_5_nozero = call @pow2_5_nozero(%x_pow2_5_nozero) : (tensor<1x3x3x2x!lowbit.pow2<5,
      nozero>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-1040, -24, 3072, -27644, 4864, 704, 28416, 12288]
  call @show(%pow2_5_nozero) : (tensor<1x2x2x2xi32>) -> ()

  // 5 1 -5 -3 -1 -7 1 -7 -1 5 7 7 5 -5 3 -3 -7 -5
  %x_odd_3 = lowbit.constant dense<[0x66, 0x34, 0x10, 0xF3, 0xEF, 0x54, 0x08]>
      : tensor<7xi8> : tensor<1x3x3x2x!lowbit.odd<3>>
  %odd_3 = call @odd_3(%x_odd_3) : (tensor<1x3x3x2x!lowbit.odd<3>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [10, 11, -18, 5, 8, -11, 10, 3]
  call @show(%odd_3) : (tensor<1x2x2x2xi32>) -> ()

  // 23 215 129 0 55 238 238 86 11 177 217 255 28 152 48 254 136 120
  %x_uint_8 = lowbit.constant dense<[0x17, 0xD7, 0x81, 0x00, 0x37, 0xEE, 0xEE, 0x56, 0x0B, 0xB1,
      0xD9, 0xFF, 0x1C, 0x98, 0x30, 0xFE, 0x88, 0x78]>
      : tensor<18xi8> : tensor<1x3x3x2x!lowbit.uint<8>>
  %uint_8 = call @uint_8(%x_uint_8) : (tensor<1x3x3x2x!lowbit.uint<8>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [244, 544, -143, -149, -128, 39, 23, -164]
  call @show(%uint_8) : (tensor<1x2x2x2xi32>) -> ()

  // 8706 19885 3893 48663 50846 27626 13731 55747 25241 55459 27944 0 58988 64810 53652 65535
  // 46469 9797
  %x_uint_16 = lowbit.constant dense<[0x02, 0x22, 0xAD, 0x4D, 0x35, 0x0F, 0x17, 0xBE, 0x9E, 0xC6,
      0xEA, 0x6B, 0xA3, 0x35, 0xC3, 0xD9, 0x99, 0x62, 0xA3, 0xD8, 0x28, 0x6D, 0x00, 0x00, 0x6C,
      0xE6, 0x2A, 0xFD, 0x94, 0xD1, 0xFF, 0xFF, 0x85, 0xB5, 0x45, 0x26]>
      : tensor<36xi8> : tensor<1x3x3x2x!lowbit.uint<16>>
  %uint_16 = call @uint_16(%x_uint_16) : (tensor<1x3x3x2x!lowbit.uint<16>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [48332, -41935, 69693, -99620, 102811, -125289, 37401, -64337]
  call @show(%uint_16) : (tensor<1x2x2x2xi32>) -> ()

  // 3513 21846 -32768 -19388 22333 -20281 17889 9779 32767 17493 12781 152 2908 -22923 21230
  // 24607 19562 -14532
  %x_int_16 = lowbit.constant dense<[0xB9, 0x0D, 0x56, 0x55, 0x00, 0x80, 0x44, 0xB4, 0x3D, 0x57,
      0xC7, 0xB0, 0xE1, 0x45, 0x33, 0x26, 0xFF, 0x7F, 0x55, 0x44, 0xED, 0x31, 0x98, 0x00, 0x5C,
      0x0B, 0x75, 0xA6, 0xEE, 0x52, 0x1F, 0x60, 0x6A, 0x4C, 0x3C, 0xC7]>
      : tensor<36xi8> : tensor<1x3x3x2x!lowbit.int<16>>
  %int_16 = call @int_16(%x_int_16) : (tensor<1x3x3x2x!lowbit.int<16>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-80129, -63495, -1044, -28678, -37690, 57515, -56806, 16312]
  call @show(%int_16) : (tensor<1x2x2x2xi32>) -> ()

  // 0 -7 4 3 -2 5 6 -5 -6 1 6 2 7 -3 -4 -1 -5 -7
  %x_int_4_narrow = lowbit.constant dense<[0x90, 0x34, 0x5E, 0xB6, 0x1A, 0x26, 0xD7, 0xFC, 0x9B]>
      : tensor<9xi8> : tensor<1x3x3x2x!lowbit.int<4, narrow>>
  %int_4_narrow = call @int_4_narrow(%x_int_4_narrow) : (tensor<1x3x3x2x!lowbit.int<4, narrow>>)
      -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2, 1, 9, 16, -13, 13, 5, -23]
  call @show(%int_4_narrow) : (tensor<1x2x2x2xi32>) -> ()
  return
}
