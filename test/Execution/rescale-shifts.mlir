// A shift for each channel, every rounding, in both forms of products; i32 results.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

func.func @show(%v: tensor<4x3xi32>) {
  %any = tensor.cast %v : tensor<4x3xi32> to tensor<*xi32>
  call @printMemrefI32(%any) : (tensor<*xi32>) -> ()
  return
}

func.func @half_up(%x: tensor<4x3xi32>) -> tensor<4x3xi32> attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[1, 1, 4]> : tensor<3xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift [0, 1, 4] rounding half_up
      : tensor<4x3xi32>, tensor<3xi64>, tensor<1xi64> -> tensor<4x3xi32>
  return %r : tensor<4x3xi32>
}

func.func @half_even(%x: tensor<4x3xi32>) -> tensor<4x3xi32> attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[1, 1, 4]> : tensor<3xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift [0, 1, 4] rounding half_even
      : tensor<4x3xi32>, tensor<3xi64>, tensor<1xi64> -> tensor<4x3xi32>
  return %r : tensor<4x3xi32>
}

func.func @half_away(%x: tensor<4x3xi32>) -> tensor<4x3xi32> attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[1, 1, 4]> : tensor<3xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift [0, 1, 4] rounding half_away
      : tensor<4x3xi32>, tensor<3xi64>, tensor<1xi64> -> tensor<4x3xi32>
  return %r : tensor<4x3xi32>
}

func.func @floor(%x: tensor<4x3xi32>) -> tensor<4x3xi32> attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[1, 1, 4]> : tensor<3xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift [0, 1, 4] rounding floor
      : tensor<4x3xi32>, tensor<3xi64>, tensor<1xi64> -> tensor<4x3xi32>
  return %r : tensor<4x3xi32>
}

// In channel 2 the value is x 2^29 / 2^32 = x / 8, to which the first rounding adds 1/4.
func.func @tosa_double(%x: tensor<4x3xi32>) -> tensor<4x3xi32> attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[1, 1, 536870912]> : tensor<3xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift [0, 1, 32] rounding tosa_double
      : tensor<4x3xi32>, tensor<3xi64>, tensor<1xi64> -> tensor<4x3xi32>
  return %r : tensor<4x3xi32>
}

// One shift for all channels: 2^29 x / 2^32.
func.func @tosa_double_alike(%x: tensor<4x3xi32>) -> tensor<4x3xi32> attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<536870912> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 32 rounding tosa_double
      : tensor<4x3xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<4x3xi32>
  return %r : tensor<4x3xi32>
}

// 2^31 - 1 is the greatest i32.
func.func @saturates_to_i32(%x: tensor<4x3xi32>) -> tensor<4x3xi32> attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<[1073741824, -1073741824, 1]> : tensor<3xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 0 rounding half_up
      : tensor<4x3xi32>, tensor<3xi64>, tensor<1xi64> -> tensor<4x3xi32>
  return %r : tensor<4x3xi32>
}

func.func @main() {
  %x = arith.constant dense<[[3, 3, 2], [-3, -3, -2], [5, 5, 3], [-5, -5, -3]]> : tensor<4x3xi32>
  %half_up = call @half_up(%x) : (tensor<4x3xi32>) -> tensor<4x3xi32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}3,   2,   1],
  // CHECK-NEXT: [-3,   -1,   0],
  // CHECK-NEXT: [5,   3,   1],
  // CHECK-NEXT: [-5,   -2,   -1]]
  call @show(%half_up) : (tensor<4x3xi32>) -> ()
  %half_even = call @half_even(%x) : (tensor<4x3xi32>) -> tensor<4x3xi32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}3,   2,   0],
  // CHECK-NEXT: [-3,   -2,   0],
  // CHECK-NEXT: [5,   2,   1],
  // CHECK-NEXT: [-5,   -2,   -1]]
  call @show(%half_even) : (tensor<4x3xi32>) -> ()
  %half_away = call @half_away(%x) : (tensor<4x3xi32>) -> tensor<4x3xi32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}3,   2,   1],
  // CHECK-NEXT: [-3,   -2,   -1],
  // CHECK-NEXT: [5,   3,   1],
  // CHECK-NEXT: [-5,   -3,   -1]]
  call @show(%half_away) : (tensor<4x3xi32>) -> ()
  %floor = call @floor(%x) : (tensor<4x3xi32>) -> tensor<4x3xi32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}3,   1,   0],
  // CHECK-NEXT: [-3,   -2,   -1],
  // CHECK-NEXT: [5,   2,   0],
  // CHECK-NEXT: [-5,   -3,   -1]]
  call @show(%floor) : (tensor<4x3xi32>) -> ()
  %tosa_double = call @tosa_double(%x) : (tensor<4x3xi32>) -> tensor<4x3xi32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}3,   2,   1],
  // CHECK-NEXT: [-3,   -1,   0],
  // CHECK-NEXT: [5,   3,   1],
  // CHECK-NEXT: [-5,   -2,   -1]]
  call @show(%tosa_double) : (tensor<4x3xi32>) -> ()
  %alike = call @tosa_double_alike(%x) : (tensor<4x3xi32>) -> tensor<4x3xi32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}1,   1,   1],
  // CHECK-NEXT: [-1,   -1,   0],
  // CHECK-NEXT: [1,   1,   1],
  // CHECK-NEXT: [-1,   -1,   -1]]
  call @show(%alike) : (tensor<4x3xi32>) -> ()
  %saturated = call @saturates_to_i32(%x) : (tensor<4x3xi32>) -> tensor<4x3xi32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}2147483647,   -2147483648,   2],
  // CHECK-NEXT: [-2147483648,   2147483647,   -2],
  // CHECK-NEXT: [2147483647,   -2147483648,   3],
  // CHECK-NEXT: [-2147483648,   2147483647,   -3]]
  call @show(%saturated) : (tensor<4x3xi32>) -> ()
  return
}
