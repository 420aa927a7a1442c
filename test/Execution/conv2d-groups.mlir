// Groups: depthwise, with several filters for a channel, and in between.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same with packed weights, as in objects:
// RUN: lowbit-opt %s --lowbit-pack-weights --canonicalize | lowbit-opt %to_llvm | %run_main | FileCheck %s
// The same sums with products instead of shifts:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

// Weights 0 -1 1 -1 1 0 1 1 -1 -1 1 1.
func.func @depthwise(%x: tensor<1x3x3x3x!lowbit.uint<2>>) -> tensor<1x3x3x3xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x21, 0xA6, 0xA0]>
      : tensor<3xi8> : tensor<3x2x2x1x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 1, 1, 0] stride [1, 1] dilation [1, 1] groups 3
      : tensor<1x3x3x3x!lowbit.uint<2>>, tensor<3x2x2x1x!lowbit.ternary> -> tensor<1x3x3x3xi32>
  return %a : tensor<1x3x3x3xi32>
}

// Weights 4 -2 -1 0 2 -1 -2 -2 1 -4 1 0 4 4 0 0 2 2 -4 2 4 -2 4 0.
func.func @two_filters_for_a_channel(%x: tensor<1x4x3x2x!lowbit.int<4>>) -> tensor<1x2x2x4xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x73, 0xA1, 0xDA, 0x79, 0xB0, 0x01, 0xD2, 0x35, 0x0F]>
      : tensor<9xi8> : tensor<4x3x2x1x!lowbit.pow2<3>>
  %a = lowbit.conv2d %x, %w pad [1, 0, 0, 0] stride [2, 1] dilation [1, 1] groups 2
      : tensor<1x4x3x2x!lowbit.int<4>>, tensor<4x3x2x1x!lowbit.pow2<3>> -> tensor<1x2x2x4xi32>
  return %a : tensor<1x2x2x4xi32>
}

// Weights -1 -1 -1 -1 -1 1 -1 1.
func.func @depthwise_with_dilation(%x: tensor<1x5x4x2x!lowbit.uint<4>>) -> tensor<1x2x3x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xA0]>
      : tensor<1xi8> : tensor<2x2x2x1x!lowbit.bipolar>
  %a = lowbit.conv2d %x, %w pad [0, 1, 2, 0] stride [2, 1] dilation [2, 3] groups 2
      : tensor<1x5x4x2x!lowbit.uint<4>>, tensor<2x2x2x1x!lowbit.bipolar> -> tensor<1x2x3x2xi32>
  return %a : tensor<1x2x3x2xi32>
}

// Weights 1 -1 -1 -1 1 -1 1 -1 0 1 -1 -1 -1 1 0 -1 1 0 0 1 0 0 -1 -1.
func.func @two_groups(%x: tensor<1x2x3x4x!lowbit.uint<2>>) -> tensor<1x2x2x6xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x02, 0x22, 0x09, 0x18, 0x96, 0x05]>
      : tensor<6xi8> : tensor<6x2x1x2x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [1, 0, 0, 0] stride [1, 2] dilation [1, 1] groups 2
      : tensor<1x2x3x4x!lowbit.uint<2>>, tensor<6x2x1x2x!lowbit.ternary> -> tensor<1x2x2x6xi32>
  return %a : tensor<1x2x2x6xi32>
}

// Weights 3 -8 -8 0 7 0 -2 3.
func.func @products_in_groups(%x: tensor<2x2x2x4x!lowbit.int<4>>) -> tensor<2x2x2x2xi32> {
  %w = lowbit.constant dense<[0x83, 0x08, 0x07, 0x3E]>
      : tensor<4xi8> : tensor<2x1x2x2x!lowbit.int<4>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 1] stride [1, 1] dilation [1, 1] groups 2
      : tensor<2x2x2x4x!lowbit.int<4>>, tensor<2x1x2x2x!lowbit.int<4>> -> tensor<2x2x2x2xi32>
  return %a : tensor<2x2x2x2xi32>
}

func.func @main() {
  // 2 1 3 0 0 0 2 0 1 0 0 3 3 0 1 0 3 0 0 1 0 3 0 1 0 1 2
  %x_depthwise = lowbit.constant dense<[0x36, 0x20, 0xC1, 0x13, 0x43, 0x4C, 0x24]>
      : tensor<7xi8> : tensor<1x3x3x3x!lowbit.uint<2>>
  %depthwise = call @depthwise(%x_depthwise) : (tensor<1x3x3x3x!lowbit.uint<2>>) -> tensor<1x3x3x3xi32>
  %depthwise_flat = tensor.collapse_shape %depthwise [[0, 1, 2, 3]] : tensor<1x3x3x3xi32> into tensor<27xi32>
  %depthwise_any = tensor.cast %depthwise_flat : tensor<27xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2, 0, 0, -3, 1, 1, 1, 3, 0, 0, 1, -3, -6, 1, -3, 3, 1, 2, 0, 0, 0, -3, 1, -1, 0, 0, -3]
  call @printMemrefI32(%depthwise_any) : (tensor<*xi32>) -> ()

  // -2 3 -5 -6 -7 -2 7 5 2 6 6 3 1 -1 -3 -1 -6 1 7 2 6 1 -6 -5
  %x_two_filters_for_a_channel = lowbit.constant dense<[0x3E, 0xAB, 0xE9, 0x57, 0x62, 0x36, 0xF1, 0xFD, 0x1A, 0x27, 0x16, 0xBA]>
      : tensor<12xi8> : tensor<1x4x3x2x!lowbit.int<4>>
  %two_filters_for_a_channel = call @two_filters_for_a_channel(%x_two_filters_for_a_channel) : (tensor<1x4x3x2x!lowbit.int<4>>) -> tensor<1x2x2x4xi32>
  %two_filters_for_a_channel_flat = tensor.collapse_shape %two_filters_for_a_channel [[0, 1, 2, 3]] : tensor<1x2x2x4xi32> into tensor<16xi32>
  %two_filters_for_a_channel_any = tensor.cast %two_filters_for_a_channel_flat : tensor<16xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [14, 25, 22, 44, 3, 25, 18, 4, 31, 2, 50, -2, 17, 11, 28, -20]
  call @printMemrefI32(%two_filters_for_a_channel_any) : (tensor<*xi32>) -> ()

  // 14 2 2 8 15 2 1 9 14 9 12 11 0 14 11 5 3 15 1 6 9 4 7 12 12 15 2 5 14 12 8 4 13 8 13 11 12 7 4 2
  %x_depthwise_with_dilation = lowbit.constant dense<[0x2E, 0x82, 0x2F, 0x91, 0x9E, 0xBC, 0xE0, 0x5B, 0xF3, 0x61, 0x49, 0xC7, 0xFC, 0x52, 0xCE, 0x48, 0x8D, 0xBD, 0x7C, 0x24]>
      : tensor<20xi8> : tensor<1x5x4x2x!lowbit.uint<4>>
  %depthwise_with_dilation = call @depthwise_with_dilation(%x_depthwise_with_dilation) : (tensor<1x5x4x2x!lowbit.uint<4>>) -> tensor<1x2x3x2xi32>
  %depthwise_with_dilation_flat = tensor.collapse_shape %depthwise_with_dilation [[0, 1, 2, 3]] : tensor<1x2x3x2xi32> into tensor<12xi32>
  %depthwise_with_dilation_any = tensor.cast %depthwise_with_dilation_flat : tensor<12xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-3, 14, -24, 6, -25, 4, -14, 17, -21, 11, -27, -9]
  call @printMemrefI32(%depthwise_with_dilation_any) : (tensor<*xi32>) -> ()

  // 2 0 1 3 2 2 1 0 3 3 3 3 3 0 3 3 0 1 0 1 3 1 0 2
  %x_two_groups = lowbit.constant dense<[0xD2, 0x1A, 0xFF, 0xF3, 0x44, 0x87]>
      : tensor<6xi8> : tensor<1x2x3x4x!lowbit.uint<2>>
  %two_groups = call @two_groups(%x_two_groups) : (tensor<1x2x3x4x!lowbit.uint<2>>) -> tensor<1x2x2x6xi32>
  %two_groups_flat = tensor.collapse_shape %two_groups [[0, 1, 2, 3]] : tensor<1x2x2x6xi32> into tensor<24xi32>
  %two_groups_any = tensor.cast %two_groups_flat : tensor<24xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2, 2, -2, -3, 3, -4, -6, 0, -6, -3, 3, -6, -1, 5, -3, -1, 4, -6, -4, 2, -1, -2, 5, -2]
  call @printMemrefI32(%two_groups_any) : (tensor<*xi32>) -> ()

  // 7 6 7 7 1 -6 -4 -5 2 0 7 -3 -8 -2 3 -4 -8 1 -6 0 3 -3 3 -1 2 -1 -2 -1 4 -1 -2 7
  %x_products_in_groups = lowbit.constant dense<[0x67, 0x77, 0xA1, 0xBC, 0x02, 0xD7, 0xE8, 0xC3, 0x18, 0x0A, 0xD3, 0xF3, 0xF2, 0xFE, 0xF4, 0x7E]>
      : tensor<16xi8> : tensor<2x2x2x4x!lowbit.int<4>>
  %products_in_groups = call @products_in_groups(%x_products_in_groups) : (tensor<2x2x2x4x!lowbit.int<4>>) -> tensor<2x2x2x2xi32>
  %products_in_groups_flat = tensor.collapse_shape %products_in_groups [[0, 1, 2, 3]] : tensor<2x2x2x2xi32> into tensor<16xi32>
  %products_in_groups_any = tensor.cast %products_in_groups_flat : tensor<16xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-35, 42, 51, -28, 70, 31, -8, 21, -56, -51, 33, 21, -18, 11, 20, -14]
  call @printMemrefI32(%products_in_groups_any) : (tensor<*xi32>) -> ()
  return
}
