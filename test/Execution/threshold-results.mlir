// Thresholds that give codes of every kind.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_bipolar(%v: tensor<8x!lowbit.bipolar>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.bipolar>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_ternary(%v: tensor<8x!lowbit.ternary>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.ternary>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_odd_2(%v: tensor<8x!lowbit.odd<2>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.odd<2>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_int_2(%v: tensor<8x!lowbit.int<2>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.int<2>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_pow2_3(%v: tensor<8x!lowbit.pow2<3>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.pow2<3>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_pow2_3__nozero(%v: tensor<8x!lowbit.pow2<3, nozero>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.pow2<3, nozero>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_int_3__narrow(%v: tensor<8x!lowbit.int<3, narrow>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.int<3, narrow>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// Levels -1 1.
func.func @to_bipolar(%x: tensor<8xi32>) -> tensor<8x!lowbit.bipolar> {
  %t = arith.constant dense<[[-7]]> : tensor<1x1xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x1xi32> -> tensor<8x!lowbit.bipolar>
  return %n : tensor<8x!lowbit.bipolar>
}

// Levels -1 0 1.
func.func @to_ternary(%x: tensor<8xi32>) -> tensor<8x!lowbit.ternary> {
  %t = arith.constant dense<[[-7, -5]]> : tensor<1x2xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x2xi32> -> tensor<8x!lowbit.ternary>
  return %n : tensor<8x!lowbit.ternary>
}

// Levels -3 -1 1 3.
func.func @to_odd_2(%x: tensor<8xi32>) -> tensor<8x!lowbit.odd<2>> {
  %t = arith.constant dense<[[-7, -5, -3]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x3xi32> -> tensor<8x!lowbit.odd<2>>
  return %n : tensor<8x!lowbit.odd<2>>
}

// Levels -2 -1 0 1.
func.func @to_int_2(%x: tensor<8xi32>) -> tensor<8x!lowbit.int<2>> {
  %t = arith.constant dense<[[-7, -5, -3]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x3xi32> -> tensor<8x!lowbit.int<2>>
  return %n : tensor<8x!lowbit.int<2>>
}

// Levels -4 -2 -1 0 1 2 4.
func.func @to_pow2_3(%x: tensor<8xi32>) -> tensor<8x!lowbit.pow2<3>> {
  %t = arith.constant dense<[[-7, -5, -3, -1, 2, 4]]> : tensor<1x6xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x6xi32> -> tensor<8x!lowbit.pow2<3>>
  return %n : tensor<8x!lowbit.pow2<3>>
}

// Levels -8 -4 -2 -1 1 2 4 8.
func.func @to_pow2_3_nozero(%x: tensor<8xi32>) -> tensor<8x!lowbit.pow2<3, nozero>> {
  %t = arith.constant dense<[[-7, -5, -3, -1, 2, 4, 6]]> : tensor<1x7xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x7xi32> -> tensor<8x!lowbit.pow2<3, nozero>>
  return %n : tensor<8x!lowbit.pow2<3, nozero>>
}

// Levels -3 -2 -1 0 1 2 3.
func.func @to_int_3_narrow(%x: tensor<8xi32>) -> tensor<8x!lowbit.int<3, narrow>> {
  %t = arith.constant dense<[[-7, -5, -3, -1, 2, 4]]> : tensor<1x6xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x6xi32> -> tensor<8x!lowbit.int<3, narrow>>
  return %n : tensor<8x!lowbit.int<3, narrow>>
}

func.func @main() {
  %x_to_bipolar = arith.constant dense<[-9, -6, -3, -1, 0, 2, 5, 8]> : tensor<8xi32>
  %to_bipolar = call @to_bipolar(%x_to_bipolar) : (tensor<8xi32>) -> tensor<8x!lowbit.bipolar>
  // CHECK: data =
  // CHECK-NEXT: [-1, 1, 1, 1, 1, 1, 1, 1]
  call @show_bipolar(%to_bipolar) : (tensor<8x!lowbit.bipolar>) -> ()

  %x_to_ternary = arith.constant dense<[-9, -6, -3, -1, 0, 2, 5, 8]> : tensor<8xi32>
  %to_ternary = call @to_ternary(%x_to_ternary) : (tensor<8xi32>) -> tensor<8x!lowbit.ternary>
  // CHECK: data =
  // CHECK-NEXT: [-1, 0, 1, 1, 1, 1, 1, 1]
  call @show_ternary(%to_ternary) : (tensor<8x!lowbit.ternary>) -> ()

  %x_to_odd_2 = arith.constant dense<[-9, -6, -3, -1, 0, 2, 5, 8]> : tensor<8xi32>
  %to_odd_2 = call @to_odd_2(%x_to_odd_2) : (tensor<8xi32>) -> tensor<8x!lowbit.odd<2>>
  // CHECK: data =
  // CHECK-NEXT: [-3, -1, 3, 3, 3, 3, 3, 3]
  call @show_odd_2(%to_odd_2) : (tensor<8x!lowbit.odd<2>>) -> ()

  %x_to_int_2 = arith.constant dense<[-9, -6, -3, -1, 0, 2, 5, 8]> : tensor<8xi32>
  %to_int_2 = call @to_int_2(%x_to_int_2) : (tensor<8xi32>) -> tensor<8x!lowbit.int<2>>
  // CHECK: data =
  // CHECK-NEXT: [-2, -1, 1, 1, 1, 1, 1, 1]
  call @show_int_2(%to_int_2) : (tensor<8x!lowbit.int<2>>) -> ()

  %x_to_pow2_3 = arith.constant dense<[-9, -6, -3, -1, 0, 2, 5, 8]> : tensor<8xi32>
  %to_pow2_3 = call @to_pow2_3(%x_to_pow2_3) : (tensor<8xi32>) -> tensor<8x!lowbit.pow2<3>>
  // CHECK: data =
  // CHECK-NEXT: [-4, -2, 0, 1, 1, 2, 4, 4]
  call @show_pow2_3(%to_pow2_3) : (tensor<8x!lowbit.pow2<3>>) -> ()

  %x_to_pow2_3_nozero = arith.constant dense<[-9, -6, -3, -1, 0, 2, 5, 8]> : tensor<8xi32>
  %to_pow2_3_nozero = call @to_pow2_3_nozero(%x_to_pow2_3_nozero) : (tensor<8xi32>)
      -> tensor<8x!lowbit.pow2<3, nozero>>
  // CHECK: data =
  // CHECK-NEXT: [-8, -4, -1, 1, 1, 2, 4, 8]
  call @show_pow2_3__nozero(%to_pow2_3_nozero) : (tensor<8x!lowbit.pow2<3, nozero>>) -> ()

  %x_to_int_3_narrow = arith.constant dense<[-9, -6, -3, -1, 0, 2, 5, 8]> : tensor<8xi32>
  %to_int_3_narrow = call @to_int_3_narrow(%x_to_int_3_narrow) : (tensor<8xi32>)
      -> tensor<8x!lowbit.int<3, narrow>>
  // CHECK: data =
  // CHECK-NEXT: [-3, -2, 0, 1, 1, 2, 3, 3]
  call @show_int_3__narrow(%to_int_3_narrow) : (tensor<8x!lowbit.int<3, narrow>>) -> ()
  return
}
