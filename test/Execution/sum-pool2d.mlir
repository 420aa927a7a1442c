// The sum of each window; padding counts 0.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @uint_8_above_127(%x: tensor<1x2x4x1x!lowbit.uint<8>>) -> tensor<2xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x2x4x1x!lowbit.uint<8>> -> tensor<1x1x2x1xi32>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x1x2x1xi32>, tensor<1xf32>
      -> tensor<1x1x2x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x1x2x1xf32> into tensor<2xf32>
  return %flat : tensor<2xf32>
}

func.func @negative_levels_and_padding(%x: tensor<1x2x2x2x!lowbit.int<8>>) -> tensor<8xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [1, 0, 0, 1] stride [1, 1]
      : tensor<1x2x2x2x!lowbit.int<8>> -> tensor<1x2x2x2xi32>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x2x2x2xi32>, tensor<1xf32>
      -> tensor<1x2x2x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x2x2x2xf32> into tensor<8xf32>
  return %flat : tensor<8xf32>
}

func.func @overlapping_windows(%x: tensor<1x3x3x1x!lowbit.ternary>) -> tensor<4xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.sum_pool2d %x kernel [2, 3] pad [0, 0, 1, 1] stride [1, 2]
      : tensor<1x3x3x1x!lowbit.ternary> -> tensor<1x2x2x1xi32>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x2x2x1xi32>, tensor<1xf32>
      -> tensor<1x2x2x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x2x2x1xf32> into tensor<4xf32>
  return %flat : tensor<4xf32>
}

func.func @bipolar(%x: tensor<1x3x3x1x!lowbit.bipolar>) -> tensor<4xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x3x3x1x!lowbit.bipolar> -> tensor<1x2x2x1xi32>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x2x2x1xi32>, tensor<1xf32>
      -> tensor<1x2x2x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x2x2x1xf32> into tensor<4xf32>
  return %flat : tensor<4xf32>
}

func.func @padded_pow2_4(%x: tensor<1x2x2x1x!lowbit.pow2<4>>) -> tensor<9xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [1, 1, 1, 1] stride [1, 1]
      : tensor<1x2x2x1x!lowbit.pow2<4>> -> tensor<1x3x3x1xi32>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x3x3x1xi32>, tensor<1xf32>
      -> tensor<1x3x3x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x3x3x1xf32> into tensor<9xf32>
  return %flat : tensor<9xf32>
}

func.func @whole_image_of_uint_16(%x: tensor<2x2x2x2x!lowbit.uint<16>>) -> tensor<4xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<2x2x2x2x!lowbit.uint<16>> -> tensor<2x1x1x2xi32>
  %real = lowbit.dequantize %p scale(%one) : tensor<2x1x1x2xi32>, tensor<1xf32>
      -> tensor<2x1x1x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<2x1x1x2xf32> into tensor<4xf32>
  return %flat : tensor<4xf32>
}

func.func @main() {
  // 31 215 228 197 21 255 0 189
  %x_uint_8_above_127 = lowbit.constant dense<[0x1F, 0xD7, 0xE4, 0xC5, 0x15, 0xFF, 0x00, 0xBD]>
      : tensor<8xi8> : tensor<1x2x4x1x!lowbit.uint<8>>
  %uint_8_above_127 = call @uint_8_above_127(%x_uint_8_above_127)
      : (tensor<1x2x4x1x!lowbit.uint<8>>) -> tensor<2xf32>
  %any_uint_8_above_127 = tensor.cast %uint_8_above_127 : tensor<2xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [522, 614]
  call @printMemrefF32(%any_uint_8_above_127) : (tensor<*xf32>) -> ()

  // -29 -128 -128 -23 -47 -61 -102 -75
  %x_negative_levels_and_padding = lowbit.constant dense<[0xE3, 0x80, 0x80, 0xE9, 0xD1, 0xC3, 0x9A,
      0xB5]>
      : tensor<8xi8> : tensor<1x2x2x2x!lowbit.int<8>>
  %negative_levels_and_padding = call @negative_levels_and_padding(%x_negative_levels_and_padding)
      : (tensor<1x2x2x2x!lowbit.int<8>>) -> tensor<8xf32>
  %any_negative_levels_and_padding = tensor.cast %negative_levels_and_padding
      : tensor<8xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [-157, -151, -128, -23, -306, -287, -230, -98]
  call @printMemrefF32(%any_negative_levels_and_padding) : (tensor<*xf32>) -> ()

  // -1 0 1 -1 -1 -1 1 0 0
  %x_overlapping_windows = lowbit.constant dense<[0x24, 0x60, 0x01]>
      : tensor<3xi8> : tensor<1x3x3x1x!lowbit.ternary>
  %overlapping_windows = call @overlapping_windows(%x_overlapping_windows)
      : (tensor<1x3x3x1x!lowbit.ternary>) -> tensor<4xf32>
  %any_overlapping_windows = tensor.cast %overlapping_windows : tensor<4xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [-3, -1, -1, -2]
  call @printMemrefF32(%any_overlapping_windows) : (tensor<*xf32>) -> ()

  // 1 1 -1 -1 -1 1 1 -1 -1
  %x_bipolar = lowbit.constant dense<[0x63, 0x00]> : tensor<2xi8> : tensor<1x3x3x1x!lowbit.bipolar>
  %bipolar = call @bipolar(%x_bipolar) : (tensor<1x3x3x1x!lowbit.bipolar>) -> tensor<4xf32>
  %any_bipolar = tensor.cast %bipolar : tensor<4xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, -2, -2]
  call @printMemrefF32(%any_bipolar) : (tensor<*xf32>) -> ()

  // -64 16 -32 64
  %x_padded_pow2_4 = lowbit.constant dense<[0x5F, 0x7E]>
      : tensor<2xi8> : tensor<1x2x2x1x!lowbit.pow2<4>>
  %padded_pow2_4 = call @padded_pow2_4(%x_padded_pow2_4) : (tensor<1x2x2x1x!lowbit.pow2<4>>)
      -> tensor<9xf32>
  %any_padded_pow2_4 = tensor.cast %padded_pow2_4 : tensor<9xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [-64, -48, 16, -96, -16, 80, -32, 32, 64]
  call @printMemrefF32(%any_padded_pow2_4) : (tensor<*xf32>) -> ()

  // 39743 16065 4752 31254 0 14956 6294 27419 4487 27443 34515 24316 65535 59559 1185 53362
  %x_whole_image_of_uint_16 = lowbit.constant dense<[0x3F, 0x9B, 0xC1, 0x3E, 0x90, 0x12, 0x16,
      0x7A, 0x00, 0x00, 0x6C, 0x3A, 0x96, 0x18, 0x1B, 0x6B, 0x87, 0x11, 0x33, 0x6B, 0xD3, 0x86,
      0xFC, 0x5E, 0xFF, 0xFF, 0xA7, 0xE8, 0xA1, 0x04, 0x72, 0xD0]>
      : tensor<32xi8> : tensor<2x2x2x2x!lowbit.uint<16>>
  %whole_image_of_uint_16 = call @whole_image_of_uint_16(%x_whole_image_of_uint_16)
      : (tensor<2x2x2x2x!lowbit.uint<16>>) -> tensor<4xf32>
  %any_whole_image_of_uint_16 = tensor.cast %whole_image_of_uint_16 : tensor<4xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [50789, 89694, 105722, 164680]
  call @printMemrefF32(%any_whole_image_of_uint_16) : (tensor<*xf32>) -> ()
  return
}
