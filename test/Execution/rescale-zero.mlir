// A sum that can only be 0, as of weights that are all 0.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same results with products instead of signed digits:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_int_8(%v: tensor<8x!lowbit.int<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<8x!lowbit.int<8>>, tensor<1xf32>
      -> tensor<8xf32>
  %any = tensor.cast %real : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// Zero is in i32 whatever its multiplier.
func.func @of_a_sum_that_is_zero(%x: tensor<8xi32> {lowbit.range = array<i64: 0, 0>})
    -> tensor<8x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1099511627777> : tensor<1xi64>
  %o = arith.constant dense<11> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 2 rounding half_up
      : tensor<8xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<8x!lowbit.int<8>>
  return %r : tensor<8x!lowbit.int<8>>
}

func.func @main() {
  %x_of_a_sum_that_is_zero = arith.constant dense<[0, 0, 0, 0, 0, 0, 0, 0]> : tensor<8xi32>
  %of_a_sum_that_is_zero = call @of_a_sum_that_is_zero(%x_of_a_sum_that_is_zero) : (tensor<8xi32>)
      -> tensor<8x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [3, 3, 3, 3, 3, 3, 3, 3]
  call @show_int_8(%of_a_sum_that_is_zero) : (tensor<8x!lowbit.int<8>>) -> ()
  return
}
