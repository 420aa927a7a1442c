// The greatest level of each window; padding takes no part in it.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @uint_8_above_127(%x: tensor<1x2x4x1x!lowbit.uint<8>>) -> tensor<2xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x2x4x1x!lowbit.uint<8>> -> tensor<1x1x2x1x!lowbit.uint<8>>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x1x2x1x!lowbit.uint<8>>, tensor<1xf32>
      -> tensor<1x1x2x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x1x2x1xf32> into tensor<2xf32>
  return %flat : tensor<2xf32>
}

func.func @negative_levels_and_padding(%x: tensor<1x2x2x2x!lowbit.int<8>>) -> tensor<8xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [1, 0, 0, 1] stride [1, 1]
      : tensor<1x2x2x2x!lowbit.int<8>> -> tensor<1x2x2x2x!lowbit.int<8>>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x2x2x2x!lowbit.int<8>>, tensor<1xf32>
      -> tensor<1x2x2x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x2x2x2xf32> into tensor<8xf32>
  return %flat : tensor<8xf32>
}

func.func @overlapping_windows(%x: tensor<1x3x3x1x!lowbit.int<4, narrow>>) -> tensor<4xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.max_pool2d %x kernel [2, 3] pad [0, 0, 1, 1] stride [1, 2]
      : tensor<1x3x3x1x!lowbit.int<4, narrow>> -> tensor<1x2x2x1x!lowbit.int<4, narrow>>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x2x2x1x!lowbit.int<4, narrow>>, tensor<1xf32>
      -> tensor<1x2x2x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x2x2x1xf32> into tensor<4xf32>
  return %flat : tensor<4xf32>
}

func.func @bipolar_with_padding(%x: tensor<1x2x2x1x!lowbit.bipolar>) -> tensor<9xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [1, 1, 1, 1] stride [1, 1]
      : tensor<1x2x2x1x!lowbit.bipolar> -> tensor<1x3x3x1x!lowbit.bipolar>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x3x3x1x!lowbit.bipolar>, tensor<1xf32>
      -> tensor<1x3x3x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x3x3x1xf32> into tensor<9xf32>
  return %flat : tensor<9xf32>
}

func.func @odd_levels(%x: tensor<1x2x3x1x!lowbit.odd<3>>) -> tensor<2xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x2x3x1x!lowbit.odd<3>> -> tensor<1x1x2x1x!lowbit.odd<3>>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x1x2x1x!lowbit.odd<3>>, tensor<1xf32>
      -> tensor<1x1x2x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x1x2x1xf32> into tensor<2xf32>
  return %flat : tensor<2xf32>
}

func.func @uint_16(%x: tensor<1x2x2x1x!lowbit.uint<16>>) -> tensor<2xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = lowbit.max_pool2d %x kernel [2, 1] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x2x2x1x!lowbit.uint<16>> -> tensor<1x1x2x1x!lowbit.uint<16>>
  %real = lowbit.dequantize %p scale(%one) : tensor<1x1x2x1x!lowbit.uint<16>>, tensor<1xf32>
      -> tensor<1x1x2x1xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2, 3]] : tensor<1x1x2x1xf32> into tensor<2xf32>
  return %flat : tensor<2xf32>
}

func.func @main() {
  // 77 0 165 24 255 202 48 37
  %x_uint_8_above_127 = lowbit.constant dense<[0x4D, 0x00, 0xA5, 0x18, 0xFF, 0xCA, 0x30, 0x25]>
      : tensor<8xi8> : tensor<1x2x4x1x!lowbit.uint<8>>
  %uint_8_above_127 = call @uint_8_above_127(%x_uint_8_above_127)
      : (tensor<1x2x4x1x!lowbit.uint<8>>) -> tensor<2xf32>
  %any_uint_8_above_127 = tensor.cast %uint_8_above_127 : tensor<2xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [255, 165]
  call @printMemrefF32(%any_uint_8_above_127) : (tensor<*xf32>) -> ()

  // -128 -41 -127 -98 -36 -57 -53 -128
  %x_negative_levels_and_padding = lowbit.constant dense<[0x80, 0xD7, 0x81, 0x9E, 0xDC, 0xC7, 0xCB,
      0x80]>
      : tensor<8xi8> : tensor<1x2x2x2x!lowbit.int<8>>
  %negative_levels_and_padding = call @negative_levels_and_padding(%x_negative_levels_and_padding)
      : (tensor<1x2x2x2x!lowbit.int<8>>) -> tensor<8xf32>
  %any_negative_levels_and_padding = tensor.cast %negative_levels_and_padding
      : tensor<8xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [-127, -41, -127, -98, -36, -41, -53, -98]
  call @printMemrefF32(%any_negative_levels_and_padding) : (tensor<*xf32>) -> ()

  // 5 -6 -7 0 1 0 0 7 7
  %x_overlapping_windows = lowbit.constant dense<[0xA5, 0x09, 0x01, 0x70, 0x07]>
      : tensor<5xi8> : tensor<1x3x3x1x!lowbit.int<4, narrow>>
  %overlapping_windows = call @overlapping_windows(%x_overlapping_windows)
      : (tensor<1x3x3x1x!lowbit.int<4, narrow>>) -> tensor<4xf32>
  %any_overlapping_windows = tensor.cast %overlapping_windows : tensor<4xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [5, 1, 7, 7]
  call @printMemrefF32(%any_overlapping_windows) : (tensor<*xf32>) -> ()

  // -1 1 -1 1
  %x_bipolar_with_padding = lowbit.constant dense<[0x0A]>
      : tensor<1xi8> : tensor<1x2x2x1x!lowbit.bipolar>
  %bipolar_with_padding = call @bipolar_with_padding(%x_bipolar_with_padding)
      : (tensor<1x2x2x1x!lowbit.bipolar>) -> tensor<9xf32>
  %any_bipolar_with_padding = tensor.cast %bipolar_with_padding : tensor<9xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [-1, 1, 1, -1, 1, 1, -1, 1, 1]
  call @printMemrefF32(%any_bipolar_with_padding) : (tensor<*xf32>) -> ()

  // -7 -3 -7 5 7 7
  %x_odd_levels = lowbit.constant dense<[0x10, 0xFC, 0x03]>
      : tensor<3xi8> : tensor<1x2x3x1x!lowbit.odd<3>>
  %odd_levels = call @odd_levels(%x_odd_levels) : (tensor<1x2x3x1x!lowbit.odd<3>>) -> tensor<2xf32>
  %any_odd_levels = tensor.cast %odd_levels : tensor<2xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [7, 7]
  call @printMemrefF32(%any_odd_levels) : (tensor<*xf32>) -> ()

  // 41428 15847 0 65535
  %x_uint_16 = lowbit.constant dense<[0xD4, 0xA1, 0xE7, 0x3D, 0x00, 0x00, 0xFF, 0xFF]>
      : tensor<8xi8> : tensor<1x2x2x1x!lowbit.uint<16>>
  %uint_16 = call @uint_16(%x_uint_16) : (tensor<1x2x2x1x!lowbit.uint<16>>) -> tensor<2xf32>
  %any_uint_16 = tensor.cast %uint_16 : tensor<2xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [41428, 65535]
  call @printMemrefF32(%any_uint_16) : (tensor<*xf32>) -> ()
  return
}
