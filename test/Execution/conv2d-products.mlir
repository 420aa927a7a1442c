// Convolutions whose weights need products.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

func.func @show(%v: tensor<1x2x2x2xi32>) {
  %flat = tensor.collapse_shape %v [[0, 1, 2, 3]] : tensor<1x2x2x2xi32> into tensor<8xi32>
  %any = tensor.cast %flat : tensor<8xi32> to tensor<*xi32>
  call @printMemrefI32(%any) : (tensor<*xi32>) -> ()
  return
}

// Weights -111 -84 -111 -128 127 -78 19 -24 -61 116 -23 -71 68 -74 -77 -2.
func.func @int_8(%x: tensor<1x3x3x2x!lowbit.uint<8>>) -> tensor<1x2x2x2xi32> {
  %w = lowbit.constant dense<[0x91, 0xAC, 0x91, 0x80, 0x7F, 0xB2, 0x13, 0xE8, 0xC3, 0x74, 0xE9,
      0xB9, 0x44, 0xB6, 0xB3, 0xFE]>
      : tensor<16xi8> : tensor<2x2x2x2x!lowbit.int<8>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<8>>, tensor<2x2x2x2x!lowbit.int<8>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 111 106 44 -10 -106 0 15 -62 127 33 59 67 -52 -127 100 54.
func.func @int_8_narrow(%x: tensor<1x3x3x2x!lowbit.int<8, narrow>>) -> tensor<1x2x2x2xi32> {
  %w = lowbit.constant dense<[0x6F, 0x6A, 0x2C, 0xF6, 0x96, 0x00, 0x0F, 0xC2, 0x7F, 0x21, 0x3B,
      0x43, 0xCC, 0x81, 0x64, 0x36]>
      : tensor<16xi8> : tensor<2x2x2x2x!lowbit.int<8, narrow>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.int<8, narrow>>, tensor<2x2x2x2x!lowbit.int<8, narrow>>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 1 3 1 -3 -1 -1 -1 -1 -1 -3 1 3 3 -3 3 -1.
func.func @odd_2(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32> {
  %w = lowbit.constant dense<[0x2E, 0x55, 0xE1, 0x73]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.odd<2>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.odd<2>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -107 83 131 -67 255 191 199 75 55 -255 51 -249 133 -19 255 -165.
func.func @odd_8(%x: tensor<1x3x3x2x!lowbit.odd<8>>) -> tensor<1x2x2x2xi32> {
  %w = lowbit.constant dense<[0x4A, 0xA9, 0xC1, 0x5E, 0xFF, 0xDF, 0xE3, 0xA5, 0x9B, 0x00, 0x99,
      0x03, 0xC2, 0x76, 0xFF, 0x2D]>
      : tensor<16xi8> : tensor<2x2x2x2x!lowbit.odd<8>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.odd<8>>, tensor<2x2x2x2x!lowbit.odd<8>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 10 0 249 124 255 228 98 167 57 181 225 17 56 130 58 10.
func.func @uint_8(%x: tensor<1x3x3x2x!lowbit.int<8>>) -> tensor<1x2x2x2xi32> {
  %w = lowbit.constant dense<[0x0A, 0x00, 0xF9, 0x7C, 0xFF, 0xE4, 0x62, 0xA7, 0x39, 0xB5, 0xE1,
      0x11, 0x38, 0x82, 0x3A, 0x0A]>
      : tensor<16xi8> : tensor<2x2x2x2x!lowbit.uint<8>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.int<8>>, tensor<2x2x2x2x!lowbit.uint<8>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 1411 -173 -882 -1115 1473 -4096 -2043 -3407 2450 154 1688 3754 -3103 1914 4095 878.
func.func @int_13(%x: tensor<1x3x3x2x!lowbit.int<13>>) -> tensor<1x2x2x2xi32> {
  %w = lowbit.constant dense<[0x83, 0x65, 0xEA, 0x3B, 0xF2, 0xD2, 0x1D, 0x5C, 0x00, 0x60, 0x01,
      0x8E, 0x95, 0x92, 0x49, 0x13, 0x60, 0x1A, 0x55, 0x17, 0x3E, 0xF5, 0xCE, 0xFF, 0x73, 0x1B]>
      : tensor<26xi8> : tensor<2x2x2x2x!lowbit.int<13>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.int<13>>, tensor<2x2x2x2x!lowbit.int<13>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 2799 2361 1035 696 21 3533 1858 0 1977 3391 2953 4095 995 3407 3216 3347.
func.func @uint_12(%x: tensor<1x3x3x2x!lowbit.uint<16>>) -> tensor<1x2x2x2xi32> {
  %w = lowbit.constant dense<[0xEF, 0x9A, 0x93, 0x0B, 0x84, 0x2B, 0x15, 0xD0, 0xDC, 0x42, 0x07,
      0x00, 0xB9, 0xF7, 0xD3, 0x89, 0xFB, 0xFF, 0xE3, 0xF3, 0xD4, 0x90, 0x3C, 0xD1]>
      : tensor<24xi8> : tensor<2x2x2x2x!lowbit.uint<12>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<16>>, tensor<2x2x2x2x!lowbit.uint<12>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

func.func @main() {
  // 45 74 64 145 87 101 178 82 255 251 203 55 196 0 154 189 34 87
  %x_int_8 = lowbit.constant dense<[0x2D, 0x4A, 0x40, 0x91, 0x57, 0x65, 0xB2, 0x52, 0xFF, 0xFB,
      0xCB, 0x37, 0xC4, 0x00, 0x9A, 0xBD, 0x22, 0x57]>
      : tensor<18xi8> : tensor<1x3x3x2x!lowbit.uint<8>>
  %int_8 = call @int_8(%x_int_8) : (tensor<1x3x3x2x!lowbit.uint<8>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-21844, -20029, -26525, -13231, -63797, -23940, -75588, -1319]
  call @show(%int_8) : (tensor<1x2x2x2xi32>) -> ()

  // 98 62 87 -15 15 -97 -73 44 -20 50 -127 -107 -60 127 -98 8 -77 -1
  %x_int_8_narrow = lowbit.constant dense<[0x62, 0x3E, 0x57, 0xF1, 0x0F, 0x9F, 0xB7, 0x2C, 0xEC,
      0x32, 0x81, 0x95, 0xC4, 0x7F, 0x9E, 0x08, 0xB3, 0xFF]>
      : tensor<18xi8> : tensor<1x3x3x2x!lowbit.int<8, narrow>>
  %int_8_narrow = call @int_8_narrow(%x_int_8_narrow) : (tensor<1x3x3x2x!lowbit.int<8, narrow>>)
      -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [25766, 17528, 16546, -18848, -425, -28026, 7857, -19226]
  call @show(%int_8_narrow) : (tensor<1x2x2x2xi32>) -> ()

  // 2 0 2 0 0 1 3 0 0 1 1 0 2 2 2 0 3 2
  %x_odd_2 = lowbit.constant dense<[0x22, 0x34, 0x14, 0x2A, 0x0B]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %odd_2 = call @odd_2(%x_odd_2) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [0, 8, -3, 1, -6, 6, -3, 11]
  call @show(%odd_2) : (tensor<1x2x2x2xi32>) -> ()

  // -255 255 187 -11 -133 11 211 37 -99 -139 -49 7 -39 -13 -197 239 233 117
  %x_odd_8 = lowbit.constant dense<[0x00, 0xFF, 0xDD, 0x7A, 0x3D, 0x85, 0xE9, 0x92, 0x4E, 0x3A,
      0x67, 0x83, 0x6C, 0x79, 0x1D, 0xF7, 0xF4, 0xBA]>
      : tensor<18xi8> : tensor<1x3x3x2x!lowbit.odd<8>>
  %odd_8 = call @odd_8(%x_odd_8) : (tensor<1x3x3x2x!lowbit.odd<8>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [104430, -41724, -100102, -20608, -56868, -62878, 42724, 35126]
  call @show(%odd_8) : (tensor<1x2x2x2xi32>) -> ()

  // -71 -109 -21 2 48 85 18 -84 -104 -107 -128 94 127 50 35 -128 -3 -72
  %x_uint_8 = lowbit.constant dense<[0xB9, 0x93, 0xEB, 0x02, 0x30, 0x55, 0x12, 0xAC, 0x98, 0x95,
      0x80, 0x5E, 0x7F, 0x32, 0x23, 0x80, 0xFD, 0xB8]>
      : tensor<18xi8> : tensor<1x3x3x2x!lowbit.int<8>>
  %uint_8 = call @uint_8(%x_uint_8) : (tensor<1x3x3x2x!lowbit.int<8>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-48314, -45481, -25480, -14808, -13145, -25035, -53833, -68071]
  call @show(%uint_8) : (tensor<1x2x2x2xi32>) -> ()

  // -1806 -4032 3097 -3340 -659 -622 -1449 -4096 4095 3027 -1110 3859 1335 3326 -3242 1808 -5 1143
  %x_int_13 = lowbit.constant dense<[0xF2, 0x18, 0x08, 0x66, 0x30, 0x7A, 0xD9, 0xD6, 0x25, 0xFB,
      0x95, 0x06, 0x80, 0xFF, 0x6F, 0x7A, 0xA9, 0xEE, 0x89, 0x77, 0x53, 0xFC, 0x99, 0xD5, 0x84,
      0x38, 0xFB, 0xFF, 0x8E, 0x00]>
      : tensor<30xi8> : tensor<1x3x3x2x!lowbit.int<13>>
  %int_13 = call @int_13(%x_int_13) : (tensor<1x3x3x2x!lowbit.int<13>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-4894419, 3726982, -11024085, -4444445, -19516117, 4629777, -14134411, 37615431]
  call @show(%int_13) : (tensor<1x2x2x2xi32>) -> ()

  // 60598 51022 11650 4313 4074 31393 6269 65535 26647 17115 57479 12375 58718 5468 0 38837 36019
  // 20931
  %x_uint_12 = lowbit.constant dense<[0xB6, 0xEC, 0x4E, 0xC7, 0x82, 0x2D, 0xD9, 0x10, 0xEA, 0x0F,
      0xA1, 0x7A, 0x7D, 0x18, 0xFF, 0xFF, 0x17, 0x68, 0xDB, 0x42, 0x87, 0xE0, 0x57, 0x30, 0x5E,
      0xE5, 0x5C, 0x15, 0x00, 0x00, 0xB5, 0x97, 0xB3, 0x8C, 0xC3, 0x51]>
      : tensor<36xi8> : tensor<1x3x3x2x!lowbit.uint<16>>
  %uint_12 = call @uint_12(%x_uint_12) : (tensor<1x3x3x2x!lowbit.uint<16>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [586313272, 717378090, 236680325, 489338449, 232318273, 590438839, 387231656, 649340016]
  call @show(%uint_12) : (tensor<1x2x2x2xi32>) -> ()
  return
}
