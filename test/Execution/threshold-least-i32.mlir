// The least i32 has no negation in i32.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_uint_2_rows(%v: tensor<4x2x!lowbit.uint<2>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<4x2x!lowbit.uint<2>>, tensor<1xf32>
      -> tensor<4x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1]] : tensor<4x2xf32> into tensor<8xf32>
  %any = tensor.cast %flat : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// -x does not fit i32 here, and still reaches every threshold.
func.func @falling_from_the_least_i32(%x: tensor<4x2xi32>) -> tensor<4x2x!lowbit.uint<2>> {
  %t = arith.constant dense<[[-2147483648, 0, 2147483647]]> : tensor<1x3xi32>
  %n = lowbit.threshold %x, %t signs [-1, -1] : tensor<4x2xi32>, tensor<1x3xi32>
      -> tensor<4x2x!lowbit.uint<2>>
  return %n : tensor<4x2x!lowbit.uint<2>>
}

func.func @main() {
  %x_falling_from_the_least_i32 = arith.constant dense<[[-2147483648, -2147483647], [-1, 0], [1,
      2], [3, 2147483647]]> : tensor<4x2xi32>
  %falling_from_the_least_i32 = call @falling_from_the_least_i32(%x_falling_from_the_least_i32)
      : (tensor<4x2xi32>) -> tensor<4x2x!lowbit.uint<2>>
  // CHECK: data =
  // CHECK-NEXT: [3, 3, 2, 2, 1, 1, 1, 1]
  call @show_uint_2_rows(%falling_from_the_least_i32) : (tensor<4x2x!lowbit.uint<2>>) -> ()
  return
}
