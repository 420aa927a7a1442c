// Strides, dilation and padding, and what they do together.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same sums with products instead of shifts:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

// Weights -1 0 -1 1 1 0 1 1 -1 -1 1 1 0 -1 1 1.
func.func @stride(%x: tensor<1x4x5x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x84, 0xA6, 0xA0, 0xA1]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [2, 3] dilation [1, 1]
      : tensor<1x4x5x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights -1 0 1 1 1 1 -1 -1 0 0 -1 1 -1 0 1 0.
func.func @dilation_of_rows(%x: tensor<1x4x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xA4, 0x0A, 0x85, 0x64]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [2, 1]
      : tensor<1x4x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 1 -1 1 -1 -1 0 -1 -1 -1 0 1 1 1 1 0 -1.
func.func @dilation_of_columns(%x: tensor<1x3x4x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x22, 0x04, 0xA4, 0x1A]>
      : tensor<4xi8> : tensor<2x2x2x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 2]
      : tensor<1x3x4x2x!lowbit.uint<2>>, tensor<2x2x2x2x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 4 -4 -4 -2.
func.func @padding_of_each_side(%x: tensor<1x2x2x1x!lowbit.int<4>>) -> tensor<1x2x4x1xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xFB, 0x0D]> : tensor<2xi8> : tensor<1x2x2x1x!lowbit.pow2<3>>
  %a = lowbit.conv2d %x, %w pad [1, 0, 2, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x2x2x1x!lowbit.int<4>>, tensor<1x2x2x1x!lowbit.pow2<3>> -> tensor<1x2x4x1xi32>
  return %a : tensor<1x2x4x1xi32>
}

// Weights 2 1 -4 -4 1 -1 -2 1 2 -2 -4 -1 -2 1 4 -4 0 -1.
func.func @padding_wider_than_the_input(%x: tensor<1x1x1x1x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xCA, 0x9F, 0x3A, 0xF2, 0xEB, 0xEC, 0x28]>
      : tensor<7xi8> : tensor<2x3x3x1x!lowbit.pow2<3>>
  %a = lowbit.conv2d %x, %w pad [2, 2, 2, 2] stride [2, 2] dilation [1, 1]
      : tensor<1x1x1x1x!lowbit.uint<2>>, tensor<2x3x3x1x!lowbit.pow2<3>> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 127 60 -81 52 -128 52.
func.func @pad_stride_and_dilation(%x: tensor<1x5x4x1x!lowbit.uint<4>>) -> tensor<1x2x2x1xi32> {
  %w = lowbit.constant dense<[0x7F, 0x3C, 0xAF, 0x34, 0x80, 0x34]>
      : tensor<6xi8> : tensor<1x3x2x1x!lowbit.int<8>>
  %a = lowbit.conv2d %x, %w pad [2, 1, 1, 0] stride [2, 1] dilation [2, 3]
      : tensor<1x5x4x1x!lowbit.uint<4>>, tensor<1x3x2x1x!lowbit.int<8>> -> tensor<1x2x2x1xi32>
  return %a : tensor<1x2x2x1xi32>
}

// Weights 0 -1 -1 0 1 1 1 -1 0.
func.func @padded_powers_of_two(%x: tensor<1x2x2x1x!lowbit.pow2<4>>) -> tensor<1x2x2x1xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x41, 0x2A, 0x01]> : tensor<3xi8> : tensor<1x3x3x1x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x2x2x1x!lowbit.pow2<4>>, tensor<1x3x3x1x!lowbit.ternary> -> tensor<1x2x2x1xi32>
  return %a : tensor<1x2x2x1xi32>
}

// Weights 1 -1 -1 1.
func.func @batch_of_two(%x: tensor<2x2x2x1x!lowbit.uint<2>>) -> tensor<2x2x2x1xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x09]> : tensor<1xi8> : tensor<1x2x2x1x!lowbit.bipolar>
  %a = lowbit.conv2d %x, %w pad [0, 1, 0, 1] stride [1, 1] dilation [1, 1]
      : tensor<2x2x2x1x!lowbit.uint<2>>, tensor<1x2x2x1x!lowbit.bipolar> -> tensor<2x2x2x1xi32>
  return %a : tensor<2x2x2x1xi32>
}

func.func @main() {
  // 1 2 1 2 0 0 3 3 0 1 1 3 0 3 2 0 0 0 0 3 0 3 3 1 1 1 1 3 2 0 1 3 3 3 3 0 0 1 2 3
  %x_stride = lowbit.constant dense<[0x99, 0xF0, 0xD4, 0x2C, 0xC0, 0x7C, 0xD5, 0xD2, 0x3F, 0xE4]>
      : tensor<10xi8> : tensor<1x4x5x2x!lowbit.uint<2>>
  %stride = call @stride(%x_stride) : (tensor<1x4x5x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  %stride_flat = tensor.collapse_shape %stride [[0, 1, 2, 3]]
      : tensor<1x2x2x2xi32> into tensor<8xi32>
  %stride_any = tensor.cast %stride_flat : tensor<8xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [4, 0, 1, -2, 5, 4, 2, 2]
  call @printMemrefI32(%stride_any) : (tensor<*xi32>) -> ()

  // 0 2 3 0 1 2 3 3 1 0 3 2 3 3 2 0 2 0 1 0 0 1 3 1
  %x_dilation_of_rows = lowbit.constant dense<[0x38, 0xF9, 0xB1, 0x2F, 0x12, 0x74]>
      : tensor<6xi8> : tensor<1x4x3x2x!lowbit.uint<2>>
  %dilation_of_rows = call @dilation_of_rows(%x_dilation_of_rows)
      : (tensor<1x4x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  %dilation_of_rows_flat = tensor.collapse_shape %dilation_of_rows [[0, 1, 2, 3]]
      : tensor<1x2x2x2xi32> into tensor<8xi32>
  %dilation_of_rows_any = tensor.cast %dilation_of_rows_flat : tensor<8xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [7, -4, 0, 1, -2, -2, 1, 2]
  call @printMemrefI32(%dilation_of_rows_any) : (tensor<*xi32>) -> ()

  // 0 3 0 2 3 2 0 2 3 2 1 1 1 2 0 3 3 3 1 1 3 0 3 2
  %x_dilation_of_columns = lowbit.constant dense<[0x8C, 0x8B, 0x5B, 0xC9, 0x5F, 0xB3]>
      : tensor<6xi8> : tensor<1x3x4x2x!lowbit.uint<2>>
  %dilation_of_columns = call @dilation_of_columns(%x_dilation_of_columns)
      : (tensor<1x3x4x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  %dilation_of_columns_flat = tensor.collapse_shape %dilation_of_columns [[0, 1, 2, 3]]
      : tensor<1x2x2x2xi32> into tensor<8xi32>
  %dilation_of_columns_any = tensor.cast %dilation_of_columns_flat : tensor<8xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-8, 8, -8, 1, -6, 6, -9, 2]
  call @printMemrefI32(%dilation_of_columns_any) : (tensor<*xi32>) -> ()

  // 7 -8 -4 6
  %x_padding_of_each_side = lowbit.constant dense<[0x87, 0x6C]>
      : tensor<2xi8> : tensor<1x2x2x1x!lowbit.int<4>>
  %padding_of_each_side = call @padding_of_each_side(%x_padding_of_each_side)
      : (tensor<1x2x2x1x!lowbit.int<4>>) -> tensor<1x2x4x1xi32>
  %padding_of_each_side_flat = tensor.collapse_shape %padding_of_each_side [[0, 1, 2, 3]]
      : tensor<1x2x4x1xi32> into tensor<8xi32>
  %padding_of_each_side_any = tensor.cast %padding_of_each_side_flat
      : tensor<8xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [0, -14, -12, 32, 0, -20, 64, -56]
  call @printMemrefI32(%padding_of_each_side_any) : (tensor<*xi32>) -> ()

  // 0
  %x_padding_wider_than_the_input = lowbit.constant dense<[0x00]>
      : tensor<1xi8> : tensor<1x1x1x1x!lowbit.uint<2>>
  %padding_wider_than_the_input = call @padding_wider_than_the_input(%x_padding_wider_than_the_input) : (tensor<1x1x1x1x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  %padding_wider_than_the_input_flat = tensor.collapse_shape %padding_wider_than_the_input [[0, 1,
      2, 3]] : tensor<1x2x2x2xi32> into tensor<8xi32>
  %padding_wider_than_the_input_any = tensor.cast %padding_wider_than_the_input_flat
      : tensor<8xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, 0, 0, 0, 0, 0, 0]
  call @printMemrefI32(%padding_wider_than_the_input_any) : (tensor<*xi32>) -> ()

  // 7 9 1 2 11 6 11 8 12 14 4 13 0 5 10 9 8 3 15 6
  %x_pad_stride_and_dilation = lowbit.constant dense<[0x97, 0x21, 0x6B, 0x8B, 0xEC, 0xD4, 0x50,
      0x9A, 0x38, 0x6F]>
      : tensor<10xi8> : tensor<1x5x4x1x!lowbit.uint<4>>
  %pad_stride_and_dilation = call @pad_stride_and_dilation(%x_pad_stride_and_dilation)
      : (tensor<1x5x4x1x!lowbit.uint<4>>) -> tensor<1x2x2x1xi32>
  %pad_stride_and_dilation_flat = tensor.collapse_shape %pad_stride_and_dilation [[0, 1, 2, 3]]
      : tensor<1x2x2x1xi32> into tensor<4xi32>
  %pad_stride_and_dilation_any = tensor.cast %pad_stride_and_dilation_flat
      : tensor<4xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [260, -1323, 1048, 1]
  call @printMemrefI32(%pad_stride_and_dilation_any) : (tensor<*xi32>) -> ()

  // 64 -64 -32 4
  %x_padded_powers_of_two = lowbit.constant dense<[0xF7, 0x3E]>
      : tensor<2xi8> : tensor<1x2x2x1x!lowbit.pow2<4>>
  %padded_powers_of_two = call @padded_powers_of_two(%x_padded_powers_of_two)
      : (tensor<1x2x2x1x!lowbit.pow2<4>>) -> tensor<1x2x2x1xi32>
  %padded_powers_of_two_flat = tensor.collapse_shape %padded_powers_of_two [[0, 1, 2, 3]]
      : tensor<1x2x2x1xi32> into tensor<4xi32>
  %padded_powers_of_two_any = tensor.cast %padded_powers_of_two_flat
      : tensor<4xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [32, -100, -28, 68]
  call @printMemrefI32(%padded_powers_of_two_any) : (tensor<*xi32>) -> ()

  // 1 0 3 2 2 3 0 0
  %x_batch_of_two = lowbit.constant dense<[0xB1, 0x0E]>
      : tensor<2xi8> : tensor<2x2x2x1x!lowbit.uint<2>>
  %batch_of_two = call @batch_of_two(%x_batch_of_two) : (tensor<2x2x2x1x!lowbit.uint<2>>)
      -> tensor<2x2x2x1xi32>
  %batch_of_two_flat = tensor.collapse_shape %batch_of_two [[0, 1, 2, 3]]
      : tensor<2x2x2x1xi32> into tensor<8xi32>
  %batch_of_two_any = tensor.cast %batch_of_two_flat : tensor<8xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [0, -2, 1, 2, -1, 3, 0, 0]
  call @printMemrefI32(%batch_of_two_any) : (tensor<*xi32>) -> ()
  return
}
