// Thresholds that count several ranks, above a base that all have.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_uint_3(%v: tensor<6x!lowbit.uint<3>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<6x!lowbit.uint<3>>, tensor<1xf32> -> tensor<6xf32>
  %any = tensor.cast %real : tensor<6xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_pow2_3(%v: tensor<6x!lowbit.pow2<3>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<6x!lowbit.pow2<3>>, tensor<1xf32> -> tensor<6xf32>
  %any = tensor.cast %real : tensor<6xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// Ranks 1, 4, 6: levels 1, 4, 6.
func.func @to_uint_3(%x: tensor<6xi32>) -> tensor<6x!lowbit.uint<3>> {
  %t = arith.constant dense<[[3, 5]]> : tensor<1x2xi32>
  %n = lowbit.threshold %x, %t base 1 steps [3, 2] : tensor<6xi32>, tensor<1x2xi32> -> tensor<6x!lowbit.uint<3>>
  return %n : tensor<6x!lowbit.uint<3>>
}

// The levels are -4, -2, -1, 0, 1, 2, 4; ranks 1, 4, 6 are -2, 1, 4.
func.func @to_pow2_3(%x: tensor<6xf32>) -> tensor<6x!lowbit.pow2<3>> {
  %t = arith.constant dense<[[3.0, 5.0]]> : tensor<1x2xf32>
  %n = lowbit.threshold %x, %t base 1 steps [3, 2] : tensor<6xf32>, tensor<1x2xf32> -> tensor<6x!lowbit.pow2<3>>
  return %n : tensor<6x!lowbit.pow2<3>>
}

func.func @main() {
  %x = arith.constant dense<[-9, 2, 3, 4, 5, 99]> : tensor<6xi32>
  %integers = call @to_uint_3(%x) : (tensor<6xi32>) -> tensor<6x!lowbit.uint<3>>
  // CHECK: data =
  // CHECK-NEXT: [1, 1, 4, 4, 6, 6]
  call @show_uint_3(%integers) : (tensor<6x!lowbit.uint<3>>) -> ()
  %y = arith.constant dense<[-9.0, 2.0, 3.0, 4.0, 5.0, 0x7FC00000]> : tensor<6xf32>
  %reals = call @to_pow2_3(%y) : (tensor<6xf32>) -> tensor<6x!lowbit.pow2<3>>
  // CHECK: data =
  // CHECK-NEXT: [-2, -2, 1, 1, 4, -2]
  call @show_pow2_3(%reals) : (tensor<6x!lowbit.pow2<3>>) -> ()
  return
}
