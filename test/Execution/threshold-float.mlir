// Thresholds on f32: ties, zeros, infinities and NaN.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show(%v: tensor<8x!lowbit.uint<2>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.uint<2>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @ties_count(%x: tensor<8xf32>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-0.5, 0.25, 1.0]]> : tensor<1x3xf32>
  %n = lowbit.threshold %x, %t : tensor<8xf32>, tensor<1x3xf32> -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

func.func @zeros_are_equal(%x: tensor<8xf32>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-1.0, -0.0, 0.0]]> : tensor<1x3xf32>
  %n = lowbit.threshold %x, %t : tensor<8xf32>, tensor<1x3xf32> -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

// The least positive number and the infinities: only +inf reaches the last one.
func.func @ends_of_f32(%x: tensor<8xf32>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[0xFF800000, 0x00000001, 0x7F800000]]> : tensor<1x3xf32>
  %n = lowbit.threshold %x, %t : tensor<8xf32>, tensor<1x3xf32> -> tensor<8x!lowbit.uint<2>>
  return %n : tensor<8x!lowbit.uint<2>>
}

// Odd channels compare -x: NaN reaches no threshold there either.
func.func @signs(%x: tensor<4x2xf32>) -> tensor<8x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-0.5, 0.25, 1.0], [-1.0, 0.0, 0.5]]> : tensor<2x3xf32>
  %n = lowbit.threshold %x, %t signs [1, -1]
      : tensor<4x2xf32>, tensor<2x3xf32> -> tensor<4x2x!lowbit.uint<2>>
  %flat = tensor.collapse_shape %n [[0, 1]]
      : tensor<4x2x!lowbit.uint<2>> into tensor<8x!lowbit.uint<2>>
  return %flat : tensor<8x!lowbit.uint<2>>
}

// Levels are no ranks here: NaN gives the lowest level, -8.
func.func @to_powers_of_two(%x: tensor<8xf32>) -> tensor<8xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %t = arith.constant dense<[[-3.0, -2.0, -1.0, 0.0, 0.5, 1.0, 2.0]]> : tensor<1x7xf32>
  %n = lowbit.threshold %x, %t
      : tensor<8xf32>, tensor<1x7xf32> -> tensor<8x!lowbit.pow2<3, nozero>>
  %real = lowbit.dequantize %n scale(%one)
      : tensor<8x!lowbit.pow2<3, nozero>>, tensor<1xf32> -> tensor<8xf32>
  return %real : tensor<8xf32>
}

func.func @main() {
  %x = arith.constant dense<[-0.75, -0.5, 0.249999985, 0.25, 0.5, 1.0, 3.0e38, 0x7FC00000]>
      : tensor<8xf32>
  // CHECK: data =
  // CHECK-NEXT: [0, 1, 1, 2, 2, 3, 3, 0]
  %ties_count = call @ties_count(%x) : (tensor<8xf32>) -> tensor<8x!lowbit.uint<2>>
  call @show(%ties_count) : (tensor<8x!lowbit.uint<2>>) -> ()

  // The least positive and the greatest negative number, in this order, come last.
  %y = arith.constant dense<[-1.5, -1.0, -0.0, 0.0, 0x7FC00000, 0xFFC00000, 0x00000001,
      0x80000001]> : tensor<8xf32>
  // CHECK: data =
  // CHECK-NEXT: [0, 1, 3, 3, 0, 0, 3, 1]
  %zeros_are_equal = call @zeros_are_equal(%y) : (tensor<8xf32>) -> tensor<8x!lowbit.uint<2>>
  call @show(%zeros_are_equal) : (tensor<8x!lowbit.uint<2>>) -> ()

  %z = arith.constant dense<[0xFF800000, -3.0e38, 0.0, 0x00000001, 3.0e38, 0x7F800000, 0x7FC00000,
      1.0]> : tensor<8xf32>
  // CHECK: data =
  // CHECK-NEXT: [1, 1, 1, 2, 2, 3, 0, 2]
  %ends_of_f32 = call @ends_of_f32(%z) : (tensor<8xf32>) -> tensor<8x!lowbit.uint<2>>
  call @show(%ends_of_f32) : (tensor<8x!lowbit.uint<2>>) -> ()

  %v = arith.constant dense<[[0.25, 1.0], [-0.5, 0.0], [-1.0, -0.0], [0x7FC00000, 0x7FC00000]]>
      : tensor<4x2xf32>
  // CHECK: data =
  // CHECK-NEXT: [2, 1, 1, 2, 0, 2, 0, 0]
  %signs = call @signs(%v) : (tensor<4x2xf32>) -> tensor<8x!lowbit.uint<2>>
  call @show(%signs) : (tensor<8x!lowbit.uint<2>>) -> ()

  // CHECK: data =
  // CHECK-NEXT: [-1, -1, 1, 1, 2, 4, 8, -8]
  %to_powers_of_two = call @to_powers_of_two(%x) : (tensor<8xf32>) -> tensor<8xf32>
  %any = tensor.cast %to_powers_of_two : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}
