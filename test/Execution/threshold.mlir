// Thresholds on i32.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_uint_2(%v: tensor<8x!lowbit.uint<2>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.uint<2>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_uint_2_rows(%v: tensor<4x2x!lowbit.uint<2>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<4x2x!lowbit.uint<2>>, tensor<1xf32>
      -> tensor<4x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1]] : tensor<4x2xf32> into tensor<8xf32>
  %any = tensor.cast %flat : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// Reaching a threshold is enough.
func.func @ties_count(%x: tensor<8xi32>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[4, 8, 10]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x3xi32> -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

// Two thresholds reached at once skip a level.
func.func @equal_thresholds(%x: tensor<8xi32>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[4, 8, 8]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x3xi32> -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

// The least threshold always holds; the greatest only for itself.
func.func @ends_of_i32(%x: tensor<8xi32>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-2147483648, 0, 2147483647]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t : tensor<8xi32>, tensor<1x3xi32> -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

// A row of thresholds for each of two channels.
func.func @per_channel(%x: tensor<4x2xi32>) -> tensor<4x2x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-3, 0, 9], [0, 5, 6]]> : tensor<2x3xi32>
  %n = lowbit.threshold %x, %t : tensor<4x2xi32>, tensor<2x3xi32> -> tensor<4x2x!lowbit.uint<2>>
  return %n : tensor<4x2x!lowbit.uint<2>>
}

// The second channel compares -x, ties included.
func.func @falling_channel(%x: tensor<4x2xi32>) -> tensor<4x2x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-3, 0, 9], [-9, -5, 3]]> : tensor<2x3xi32>
  %n = lowbit.threshold %x, %t signs [1, -1] : tensor<4x2xi32>, tensor<2x3xi32>
      -> tensor<4x2x!lowbit.uint<2>>
  return %n : tensor<4x2x!lowbit.uint<2>>
}

func.func @main() {
  %x_ties_count = arith.constant dense<[-2147483648, 3, 4, 7, 8, 9, 10, 2147483647]> : tensor<8xi32>
  %ties_count = call @ties_count(%x_ties_count) : (tensor<8xi32>) -> tensor<8x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, 1, 1, 2, 2, 3, 3]
  call @show_uint_2(%ties_count) : (tensor<8x!lowbit.uint<2>>) -> ()

  %x_equal_thresholds = arith.constant dense<[-2147483648, 3, 4, 7, 8, 9, 10, 2147483647]>
      : tensor<8xi32>
  %equal_thresholds = call @equal_thresholds(%x_equal_thresholds) : (tensor<8xi32>)
      -> tensor<8x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, 1, 1, 3, 3, 3, 3]
  call @show_uint_2(%equal_thresholds) : (tensor<8x!lowbit.uint<2>>) -> ()

  %x_ends_of_i32 = arith.constant dense<[-2147483648, 3, 4, 7, 8, 9, 10, 2147483647]>
      : tensor<8xi32>
  %ends_of_i32 = call @ends_of_i32(%x_ends_of_i32) : (tensor<8xi32>) -> tensor<8x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [1, 2, 2, 2, 2, 2, 2, 3]
  call @show_uint_2(%ends_of_i32) : (tensor<8x!lowbit.uint<2>>) -> ()

  %x_per_channel = arith.constant dense<[[-3, -3], [0, 0], [5, 5], [9, 9]]> : tensor<4x2xi32>
  %per_channel = call @per_channel(%x_per_channel) : (tensor<4x2xi32>)
      -> tensor<4x2x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [1, 0, 2, 1, 2, 2, 3, 3]
  call @show_uint_2_rows(%per_channel) : (tensor<4x2x!lowbit.uint<2>>) -> ()

  %x_falling_channel = arith.constant dense<[[-3, -3], [0, 0], [5, 5], [9, 9]]> : tensor<4x2xi32>
  %falling_channel = call @falling_channel(%x_falling_channel) : (tensor<4x2xi32>)
      -> tensor<4x2x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [1, 3, 2, 2, 2, 2, 3, 1]
  call @show_uint_2_rows(%falling_channel) : (tensor<4x2x!lowbit.uint<2>>) -> ()
  return
}
