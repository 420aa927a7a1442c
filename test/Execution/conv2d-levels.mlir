// Convolutions with lists of levels on either side.
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

!five = !lowbit.levels<[-7, -3, 0, 1, 6]>
!two = !lowbit.levels<[-5, 3]>
!eight = !lowbit.levels<[-100, -37, -11, 0, 1, 2, 31, 99]>
!sixteen = !lowbit.levels<[-32768, -24576, -21845, -10923, -5461, -77, -3, 0, 1, 6, 55, 1365, 10922, 21845, 32767, 32768]>
!no_zero = !lowbit.levels<[3, 5, 21]>

// Weights 1 0 6 6 6 -7 0 -7 6 -7 -7 -3 -7 -3 1 0.
func.func @five(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x13, 0x49, 0x08, 0x04, 0x82, 0x4C]>
      : tensor<6xi8> : tensor<2x2x2x2x!five>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!five>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 3 3 3 -5 3 -5 -5 -5 3 3 3 3 3 3 -5 3.
func.func @two(%x: tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x17, 0xBF]>
      : tensor<2xi8> : tensor<2x2x2x2x!two>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<2>>, tensor<2x2x2x2x!two>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 31 -100 -100 1 -11 31 99 -37 -11 0 0 0 2 31 1 99.
func.func @eight(%x: tensor<1x3x3x2x!lowbit.int<8>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x06, 0x28, 0x3F, 0xDA, 0x56, 0xF3]>
      : tensor<6xi8> : tensor<2x2x2x2x!eight>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.int<8>>, tensor<2x2x2x2x!eight>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 1 10922 -24576 1365 -10923 21845 -32768 0 32767 -77 -5461 55 -21845 32768 6 -3.
func.func @sixteen(%x: tensor<1x3x3x2x!lowbit.int<8>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xC8, 0xB1, 0xD3, 0x70, 0x5E, 0xA4, 0xF2, 0x69]>
      : tensor<8xi8> : tensor<2x2x2x2x!sixteen>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!lowbit.int<8>>, tensor<2x2x2x2x!sixteen>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

// Weights 3 5 21 21 21 5 5 5 3 21 3 3 3 21 21 21.
func.func @no_zero(%x: tensor<1x3x3x2x!five>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0xA4, 0x56, 0x08, 0xA8]>
      : tensor<4xi8> : tensor<2x2x2x2x!no_zero>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      : tensor<1x3x3x2x!five>, tensor<2x2x2x2x!no_zero>
          -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

func.func @main() {
  // 0 1 0 1 2 3 1 0 2 1 0 1 2 0 0 0 1 3
  %x_five = lowbit.constant dense<[0x44, 0x1E, 0x46, 0x02, 0x0D]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %five = call @five(%x_five) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [5, -15, 28, -47, 31, -25, -13, 3]
  call @show(%five) : (tensor<1x2x2x2xi32>) -> ()

  // 3 3 0 0 2 3 0 0 2 3 2 3 2 0 3 2 1 0
  %x_two = lowbit.constant dense<[0x0F, 0x0E, 0xEE, 0xB2, 0x01]>
      : tensor<5xi8> : tensor<1x3x3x2x!lowbit.uint<2>>
  %two = call @two(%x_two) : (tensor<1x3x3x2x!lowbit.uint<2>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-7, 17, -43, 29, -28, 12, 0, 40]
  call @show(%two) : (tensor<1x2x2x2xi32>) -> ()

  // -35 6 16 -126 -54 86 61 35 -64 -101 105 72 75 76 73 -75 118 77
  %x_eight = lowbit.constant dense<[0xDD, 0x06, 0x10, 0x82, 0xCA, 0x56, 0x3D, 0x23, 0xC0, 0x9B, 0x69, 0x48, 0x4B, 0x4C, 0x49, 0xB5, 0x76, 0x4D]>
      : tensor<18xi8> : tensor<1x3x3x2x!lowbit.int<8>>
  %eight = call @eight(%x_eight) : (tensor<1x3x3x2x!lowbit.int<8>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-5596, -8471, 23886, 3798, 16223, -5517, 3393, 6266]
  call @show(%eight) : (tensor<1x2x2x2xi32>) -> ()

  // 31 -85 -55 -76 47 7 117 -46 -117 -23 57 -53 -115 24 -82 5 59 -43
  %x_sixteen = lowbit.constant dense<[0x1F, 0xAB, 0xC9, 0xB4, 0x2F, 0x07, 0x75, 0xD2, 0x8B, 0xE9, 0x39, 0xCB, 0x8D, 0x18, 0xAE, 0x05, 0x3B, 0xD5]>
      : tensor<18xi8> : tensor<1x3x3x2x!lowbit.int<8>>
  %sixteen = call @sixteen(%x_sixteen) : (tensor<1x3x3x2x!lowbit.int<8>>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [1870596, -2745329, -3067864, -249913, 6809103, 7773053, -2652901, -2190547]
  call @show(%sixteen) : (tensor<1x2x2x2xi32>) -> ()

  // 0 -7 -3 -7 -3 1 -3 0 -3 1 6 6 -7 1 0 -7 -7 1
  %x_no_zero = lowbit.constant dense<[0x42, 0x90, 0x45, 0x19, 0x89, 0x09, 0x18]>
      : tensor<7xi8> : tensor<1x3x3x2x!five>
  %no_zero = call @no_zero(%x_no_zero) : (tensor<1x3x3x2x!five>) -> tensor<1x2x2x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [-318, -228, -84, 102, -228, -162, 183, -225]
  call @show(%no_zero) : (tensor<1x2x2x2xi32>) -> ()
  return
}
