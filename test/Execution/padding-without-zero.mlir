// Windows over the edge of tensors whose levels hold no 0: missing taps count 0.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same sums with products instead of shifts:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

// Weights -1 -1 -1 0.
func.func @bipolar(%x: tensor<1x2x2x1x!lowbit.bipolar>) -> tensor<1x3x2x1xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x40]>
      : tensor<1xi8> : tensor<1x2x2x1x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [1, 1, 0, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x2x2x1x!lowbit.bipolar>, tensor<1x2x2x1x!lowbit.ternary> -> tensor<1x3x2x1xi32>
  return %a : tensor<1x3x2x1xi32>
}

// Weights 4 4 0 1.
func.func @odd(%x: tensor<1x2x2x1x!lowbit.odd<3>>) -> tensor<1x3x2x1xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x1B, 0x02]>
      : tensor<2xi8> : tensor<1x2x2x1x!lowbit.pow2<3>>
  %a = lowbit.conv2d %x, %w pad [1, 1, 0, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x2x2x1x!lowbit.odd<3>>, tensor<1x2x2x1x!lowbit.pow2<3>> -> tensor<1x3x2x1xi32>
  return %a : tensor<1x3x2x1xi32>
}

// Weights 1 -1 1 -1.
func.func @powers_of_two(%x: tensor<1x2x2x1x!lowbit.pow2<3, nozero>>) -> tensor<1x3x2x1xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x05]>
      : tensor<1xi8> : tensor<1x2x2x1x!lowbit.bipolar>
  %a = lowbit.conv2d %x, %w pad [1, 1, 0, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x2x2x1x!lowbit.pow2<3, nozero>>, tensor<1x2x2x1x!lowbit.bipolar> -> tensor<1x3x2x1xi32>
  return %a : tensor<1x3x2x1xi32>
}

// Weights 0 0 1 -1.
func.func @powers_of_two_to_128(%x: tensor<1x2x2x1x!lowbit.pow2<4, nozero>>) -> tensor<1x3x2x1xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x25]>
      : tensor<1xi8> : tensor<1x2x2x1x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [1, 1, 0, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x2x2x1x!lowbit.pow2<4, nozero>>, tensor<1x2x2x1x!lowbit.ternary> -> tensor<1x3x2x1xi32>
  return %a : tensor<1x3x2x1xi32>
}

// Weights -1 1 0 1.
func.func @powers_of_two_to_32768(%x: tensor<1x2x2x1x!lowbit.pow2<5, nozero>>) -> tensor<1x3x2x1xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x98]>
      : tensor<1xi8> : tensor<1x2x2x1x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [1, 1, 0, 1] stride [1, 1] dilation [1, 1]
      : tensor<1x2x2x1x!lowbit.pow2<5, nozero>>, tensor<1x2x2x1x!lowbit.ternary> -> tensor<1x3x2x1xi32>
  return %a : tensor<1x3x2x1xi32>
}

// Weights 1 1 -1 0 -1 -1 -1 0.
func.func @grouped(%x: tensor<1x2x2x2x!lowbit.pow2<3, nozero>>) -> tensor<1x2x2x2xi32>
    attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<[0x4A, 0x40]>
      : tensor<2xi8> : tensor<2x2x2x1x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [1, 0, 0, 1] stride [1, 1] dilation [1, 1] groups 2
      : tensor<1x2x2x2x!lowbit.pow2<3, nozero>>, tensor<2x2x2x1x!lowbit.ternary> -> tensor<1x2x2x2xi32>
  return %a : tensor<1x2x2x2xi32>
}

func.func @sum_of_odd(%x: tensor<1x2x2x1x!lowbit.odd<2>>) -> tensor<1x2x3x1xi32>
    attributes {lowbit.multiplier_free} {
  %a = lowbit.sum_pool2d %x kernel [2, 2] pad [1, 0, 1, 1] stride [1, 1]
      : tensor<1x2x2x1x!lowbit.odd<2>> -> tensor<1x2x3x1xi32>
  return %a : tensor<1x2x3x1xi32>
}

func.func @sum_of_powers_of_two(%x: tensor<1x2x2x2x!lowbit.pow2<3, nozero>>) -> tensor<1x3x1x2xi32>
    attributes {lowbit.multiplier_free} {
  %a = lowbit.sum_pool2d %x kernel [2, 2] pad [1, 1, 0, 0] stride [1, 1]
      : tensor<1x2x2x2x!lowbit.pow2<3, nozero>> -> tensor<1x3x1x2xi32>
  return %a : tensor<1x3x1x2xi32>
}

func.func @main() {
  // 1 1 1 -1
  %x_bipolar = lowbit.constant dense<[0x07]>
      : tensor<1xi8> : tensor<1x2x2x1x!lowbit.bipolar>
  %bipolar = call @bipolar(%x_bipolar) : (tensor<1x2x2x1x!lowbit.bipolar>) -> tensor<1x3x2x1xi32>
  %bipolar_flat = tensor.collapse_shape %bipolar [[0, 1, 2, 3]] : tensor<1x3x2x1xi32> into tensor<6xi32>
  %bipolar_any = tensor.cast %bipolar_flat : tensor<6xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-1, -1, -3, 0, 0, 1]
  call @printMemrefI32(%bipolar_any) : (tensor<*xi32>) -> ()

  // -1 3 -1 7
  %x_odd = lowbit.constant dense<[0xEB, 0x0E]>
      : tensor<2xi8> : tensor<1x2x2x1x!lowbit.odd<3>>
  %odd = call @odd(%x_odd) : (tensor<1x2x2x1x!lowbit.odd<3>>) -> tensor<1x3x2x1xi32>
  %odd_flat = tensor.collapse_shape %odd [[0, 1, 2, 3]] : tensor<1x3x2x1xi32> into tensor<6xi32>
  %odd_any = tensor.cast %odd_flat : tensor<6xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [3, 0, 15, 12, 24, 28]
  call @printMemrefI32(%odd_any) : (tensor<*xi32>) -> ()

  // -8 -4 -1 -1
  %x_powers_of_two = lowbit.constant dense<[0x37, 0x09]>
      : tensor<2xi8> : tensor<1x2x2x1x!lowbit.pow2<3, nozero>>
  %powers_of_two = call @powers_of_two(%x_powers_of_two) : (tensor<1x2x2x1x!lowbit.pow2<3, nozero>>) -> tensor<1x3x2x1xi32>
  %powers_of_two_flat = tensor.collapse_shape %powers_of_two [[0, 1, 2, 3]] : tensor<1x3x2x1xi32> into tensor<6xi32>
  %powers_of_two_any = tensor.cast %powers_of_two_flat : tensor<6xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-4, -4, -4, -5, 0, -1]
  call @printMemrefI32(%powers_of_two_any) : (tensor<*xi32>) -> ()

  // -64 32 2 64
  %x_powers_of_two_to_128 = lowbit.constant dense<[0x5E, 0x61]>
      : tensor<2xi8> : tensor<1x2x2x1x!lowbit.pow2<4, nozero>>
  %powers_of_two_to_128 = call @powers_of_two_to_128(%x_powers_of_two_to_128) : (tensor<1x2x2x1x!lowbit.pow2<4, nozero>>) -> tensor<1x3x2x1xi32>
  %powers_of_two_to_128_flat = tensor.collapse_shape %powers_of_two_to_128 [[0, 1, 2, 3]] : tensor<1x3x2x1xi32> into tensor<6xi32>
  %powers_of_two_to_128_any = tensor.cast %powers_of_two_to_128_flat : tensor<6xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-96, 32, -62, 64, 0, 0]
  call @printMemrefI32(%powers_of_two_to_128_any) : (tensor<*xi32>) -> ()

  // 32 32 16 -1
  %x_powers_of_two_to_32768 = lowbit.constant dense<[0xA5, 0x10, 0x08]>
      : tensor<3xi8> : tensor<1x2x2x1x!lowbit.pow2<5, nozero>>
  %powers_of_two_to_32768 = call @powers_of_two_to_32768(%x_powers_of_two_to_32768) : (tensor<1x2x2x1x!lowbit.pow2<5, nozero>>) -> tensor<1x3x2x1xi32>
  %powers_of_two_to_32768_flat = tensor.collapse_shape %powers_of_two_to_32768 [[0, 1, 2, 3]] : tensor<1x3x2x1xi32> into tensor<6xi32>
  %powers_of_two_to_32768_any = tensor.cast %powers_of_two_to_32768_flat : tensor<6xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [32, 0, -1, -32, -17, 1]
  call @printMemrefI32(%powers_of_two_to_32768_any) : (tensor<*xi32>) -> ()

  // 2 -8 -4 2 2 1 1 -1
  %x_grouped = lowbit.constant dense<[0xB9, 0x13, 0x80]>
      : tensor<3xi8> : tensor<1x2x2x2x!lowbit.pow2<3, nozero>>
  %grouped = call @grouped(%x_grouped) : (tensor<1x2x2x2x!lowbit.pow2<3, nozero>>) -> tensor<1x2x2x2xi32>
  %grouped_flat = tensor.collapse_shape %grouped [[0, 1, 2, 3]] : tensor<1x2x2x2xi32> into tensor<8xi32>
  %grouped_any = tensor.cast %grouped_flat : tensor<8xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2, 8, 4, -2, -4, 5, -5, -1]
  call @printMemrefI32(%grouped_any) : (tensor<*xi32>) -> ()

  // -1 1 -1 1
  %x_sum_of_odd = lowbit.constant dense<[0x99]>
      : tensor<1xi8> : tensor<1x2x2x1x!lowbit.odd<2>>
  %sum_of_odd = call @sum_of_odd(%x_sum_of_odd) : (tensor<1x2x2x1x!lowbit.odd<2>>) -> tensor<1x2x3x1xi32>
  %sum_of_odd_flat = tensor.collapse_shape %sum_of_odd [[0, 1, 2, 3]] : tensor<1x2x3x1xi32> into tensor<6xi32>
  %sum_of_odd_any = tensor.cast %sum_of_odd_flat : tensor<6xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-1, 0, 1, -2, 0, 2]
  call @printMemrefI32(%sum_of_odd_any) : (tensor<*xi32>) -> ()

  // 4 8 2 1 -4 -8 8 2
  %x_sum_of_powers_of_two = lowbit.constant dense<[0x5A, 0xE0, 0x2F]>
      : tensor<3xi8> : tensor<1x2x2x2x!lowbit.pow2<3, nozero>>
  %sum_of_powers_of_two = call @sum_of_powers_of_two(%x_sum_of_powers_of_two) : (tensor<1x2x2x2x!lowbit.pow2<3, nozero>>) -> tensor<1x3x1x2xi32>
  %sum_of_powers_of_two_flat = tensor.collapse_shape %sum_of_powers_of_two [[0, 1, 2, 3]] : tensor<1x3x1x2xi32> into tensor<6xi32>
  %sum_of_powers_of_two_any = tensor.cast %sum_of_powers_of_two_flat : tensor<6xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [6, 9, 10, 3, 4, -6]
  call @printMemrefI32(%sum_of_powers_of_two_any) : (tensor<*xi32>) -> ()
  return
}
