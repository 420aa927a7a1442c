// What moves codes: pad, concat, transpose; and maxima of codes that are not in level order.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

func.func @pad_of_every_side(%x: tensor<1x2x2x1x!lowbit.uint<4>>) -> tensor<1x3x3x2xi32> {
  %r = lowbit.pad %x low [0, 1, 0, 1] high [0, 0, 1, 0] level 9 : tensor<1x2x2x1x!lowbit.uint<4>> -> tensor<1x3x3x2x!lowbit.uint<4>>
  %a = lowbit.sum_pool2d %r kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x3x3x2x!lowbit.uint<4>> -> tensor<1x3x3x2xi32>
  return %a : tensor<1x3x3x2xi32>
}

func.func @pad_of_powers_of_two(%x: tensor<1x1x2x1x!lowbit.pow2<3>>) -> tensor<1x1x4x1xi32> {
  %r = lowbit.pad %x low [0, 0, 1, 0] high [0, 0, 1, 0] level -4 : tensor<1x1x2x1x!lowbit.pow2<3>> -> tensor<1x1x4x1x!lowbit.pow2<3>>
  %a = lowbit.sum_pool2d %r kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x1x4x1x!lowbit.pow2<3>> -> tensor<1x1x4x1xi32>
  return %a : tensor<1x1x4x1xi32>
}

func.func @pad_of_bipolar(%x: tensor<1x1x3x1x!lowbit.bipolar>) -> tensor<1x2x3x1xi32> {
  %r = lowbit.pad %x low [0, 0, 0, 0] high [0, 1, 0, 0] level -1 : tensor<1x1x3x1x!lowbit.bipolar> -> tensor<1x2x3x1x!lowbit.bipolar>
  %a = lowbit.sum_pool2d %r kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x2x3x1x!lowbit.bipolar> -> tensor<1x2x3x1xi32>
  return %a : tensor<1x2x3x1xi32>
}

func.func @concat_with_itself(%x: tensor<1x1x2x2x!lowbit.pow2<3>>) -> tensor<1x1x2x4xi32> {
  %r = tensor.concat dim(3) %x, %x : (tensor<1x1x2x2x!lowbit.pow2<3>>, tensor<1x1x2x2x!lowbit.pow2<3>>) -> tensor<1x1x2x4x!lowbit.pow2<3>>
  %a = lowbit.sum_pool2d %r kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x1x2x4x!lowbit.pow2<3>> -> tensor<1x1x2x4xi32>
  return %a : tensor<1x1x2x4xi32>
}

func.func @transpose(%x: tensor<1x2x3x2x!lowbit.int<4>>) -> tensor<2x1x3x2xi32> {
  %e = tensor.empty() : tensor<2x1x3x2x!lowbit.int<4>>
  %r = linalg.transpose ins(%x : tensor<1x2x3x2x!lowbit.int<4>>) outs(%e : tensor<2x1x3x2x!lowbit.int<4>>) permutation = [3, 0, 2, 1]
  %a = lowbit.sum_pool2d %r kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<2x1x3x2x!lowbit.int<4>> -> tensor<2x1x3x2xi32>
  return %a : tensor<2x1x3x2xi32>
}

func.func @greatest_power_of_two(%x: tensor<1x3x3x1x!lowbit.pow2<4>>) -> tensor<1x3x3x1xi32> {
  %r = lowbit.max_pool2d %x kernel [2, 2] pad [1, 0, 0, 1] stride [1, 1] : tensor<1x3x3x1x!lowbit.pow2<4>> -> tensor<1x3x3x1x!lowbit.pow2<4>>
  %a = lowbit.sum_pool2d %r kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x3x3x1x!lowbit.pow2<4>> -> tensor<1x3x3x1xi32>
  return %a : tensor<1x3x3x1xi32>
}

func.func @greatest_power_of_two_without_zero(%x: tensor<1x2x2x2x!lowbit.pow2<3, nozero>>) -> tensor<1x3x2x2xi32> {
  %r = lowbit.max_pool2d %x kernel [2, 1] pad [1, 1, 0, 0] stride [1, 1] : tensor<1x2x2x2x!lowbit.pow2<3, nozero>> -> tensor<1x3x2x2x!lowbit.pow2<3, nozero>>
  %a = lowbit.sum_pool2d %r kernel [1, 1] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x3x2x2x!lowbit.pow2<3, nozero>> -> tensor<1x3x2x2xi32>
  return %a : tensor<1x3x2x2xi32>
}

func.func @main() {
  // 4 0 14 5
  %x_pad_of_every_side = lowbit.constant dense<[0x04, 0x5E]>
      : tensor<2xi8> : tensor<1x2x2x1x!lowbit.uint<4>>
  %pad_of_every_side = call @pad_of_every_side(%x_pad_of_every_side) : (tensor<1x2x2x1x!lowbit.uint<4>>) -> tensor<1x3x3x2xi32>
  %pad_of_every_side_flat = tensor.collapse_shape %pad_of_every_side [[0, 1, 2, 3]] : tensor<1x3x3x2xi32> into tensor<18xi32>
  %pad_of_every_side_any = tensor.cast %pad_of_every_side_flat : tensor<18xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [9, 9, 9, 9, 9, 9, 9, 4, 9, 0, 9, 9, 9, 14, 9, 5, 9, 9]
  call @printMemrefI32(%pad_of_every_side_any) : (tensor<*xi32>) -> ()

  // 4 1
  %x_pad_of_powers_of_two = lowbit.constant dense<[0x0B]>
      : tensor<1xi8> : tensor<1x1x2x1x!lowbit.pow2<3>>
  %pad_of_powers_of_two = call @pad_of_powers_of_two(%x_pad_of_powers_of_two) : (tensor<1x1x2x1x!lowbit.pow2<3>>) -> tensor<1x1x4x1xi32>
  %pad_of_powers_of_two_flat = tensor.collapse_shape %pad_of_powers_of_two [[0, 1, 2, 3]] : tensor<1x1x4x1xi32> into tensor<4xi32>
  %pad_of_powers_of_two_any = tensor.cast %pad_of_powers_of_two_flat : tensor<4xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-4, 4, 1, -4]
  call @printMemrefI32(%pad_of_powers_of_two_any) : (tensor<*xi32>) -> ()

  // -1 -1 -1
  %x_pad_of_bipolar = lowbit.constant dense<[0x00]>
      : tensor<1xi8> : tensor<1x1x3x1x!lowbit.bipolar>
  %pad_of_bipolar = call @pad_of_bipolar(%x_pad_of_bipolar) : (tensor<1x1x3x1x!lowbit.bipolar>) -> tensor<1x2x3x1xi32>
  %pad_of_bipolar_flat = tensor.collapse_shape %pad_of_bipolar [[0, 1, 2, 3]] : tensor<1x2x3x1xi32> into tensor<6xi32>
  %pad_of_bipolar_any = tensor.cast %pad_of_bipolar_flat : tensor<6xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-1, -1, -1, -1, -1, -1]
  call @printMemrefI32(%pad_of_bipolar_any) : (tensor<*xi32>) -> ()

  // -2 4 -4 1
  %x_concat_with_itself = lowbit.constant dense<[0xDE, 0x03]>
      : tensor<2xi8> : tensor<1x1x2x2x!lowbit.pow2<3>>
  %concat_with_itself = call @concat_with_itself(%x_concat_with_itself) : (tensor<1x1x2x2x!lowbit.pow2<3>>) -> tensor<1x1x2x4xi32>
  %concat_with_itself_flat = tensor.collapse_shape %concat_with_itself [[0, 1, 2, 3]] : tensor<1x1x2x4xi32> into tensor<8xi32>
  %concat_with_itself_any = tensor.cast %concat_with_itself_flat : tensor<8xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2, 4, -2, 4, -4, 1, -4, 1]
  call @printMemrefI32(%concat_with_itself_any) : (tensor<*xi32>) -> ()

  // -7 2 7 -5 -7 -1 -2 0 -7 -5 6 -8
  %x_transpose = lowbit.constant dense<[0x29, 0xB7, 0xF9, 0x0E, 0xB9, 0x86]>
      : tensor<6xi8> : tensor<1x2x3x2x!lowbit.int<4>>
  %transpose = call @transpose(%x_transpose) : (tensor<1x2x3x2x!lowbit.int<4>>) -> tensor<2x1x3x2xi32>
  %transpose_flat = tensor.collapse_shape %transpose [[0, 1, 2, 3]] : tensor<2x1x3x2xi32> into tensor<12xi32>
  %transpose_any = tensor.cast %transpose_flat : tensor<12xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-7, -2, 7, -7, -7, 6, 2, 0, -5, -5, -1, -8]
  call @printMemrefI32(%transpose_any) : (tensor<*xi32>) -> ()

  // 64 0 0 -1 -8 -4 -16 16 -16
  %x_greatest_power_of_two = lowbit.constant dense<[0x07, 0x90, 0xBC, 0x5D, 0x0D]>
      : tensor<5xi8> : tensor<1x3x3x1x!lowbit.pow2<4>>
  %greatest_power_of_two = call @greatest_power_of_two(%x_greatest_power_of_two) : (tensor<1x3x3x1x!lowbit.pow2<4>>) -> tensor<1x3x3x1xi32>
  %greatest_power_of_two_flat = tensor.collapse_shape %greatest_power_of_two [[0, 1, 2, 3]] : tensor<1x3x3x1xi32> into tensor<9xi32>
  %greatest_power_of_two_any = tensor.cast %greatest_power_of_two_flat : tensor<9xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [64, 0, 0, 64, 0, 0, 16, 16, -4]
  call @printMemrefI32(%greatest_power_of_two_any) : (tensor<*xi32>) -> ()

  // -2 4 -8 -8 -2 4 -2 -8
  %x_greatest_power_of_two_without_zero = lowbit.constant dense<[0xD5, 0x5F, 0xF5]>
      : tensor<3xi8> : tensor<1x2x2x2x!lowbit.pow2<3, nozero>>
  %greatest_power_of_two_without_zero = call @greatest_power_of_two_without_zero(%x_greatest_power_of_two_without_zero) : (tensor<1x2x2x2x!lowbit.pow2<3, nozero>>) -> tensor<1x3x2x2xi32>
  %greatest_power_of_two_without_zero_flat = tensor.collapse_shape %greatest_power_of_two_without_zero [[0, 1, 2, 3]] : tensor<1x3x2x2xi32> into tensor<12xi32>
  %greatest_power_of_two_without_zero_any = tensor.cast %greatest_power_of_two_without_zero_flat : tensor<12xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2, 4, -8, -8, -2, 4, -2, -8, -2, 4, -2, -8]
  call @printMemrefI32(%greatest_power_of_two_without_zero_any) : (tensor<*xi32>) -> ()
  return
}
