// Saturation after rounding, at the ends of the levels or of clamp.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// The same results with products instead of signed digits:
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show_int_8(%v: tensor<10x!lowbit.int<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<10x!lowbit.int<8>>, tensor<1xf32>
      -> tensor<10xf32>
  %any = tensor.cast %real : tensor<10xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_uint_8(%v: tensor<10x!lowbit.uint<8>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<10x!lowbit.uint<8>>, tensor<1xf32>
      -> tensor<10xf32>
  %any = tensor.cast %real : tensor<10xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_int_16__narrow(%v: tensor<10x!lowbit.int<16, narrow>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<10x!lowbit.int<16, narrow>>, tensor<1xf32>
      -> tensor<10xf32>
  %any = tensor.cast %real : tensor<10xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_uint_16(%v: tensor<10x!lowbit.uint<16>>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<10x!lowbit.uint<16>>, tensor<1xf32>
      -> tensor<10xf32>
  %any = tensor.cast %real : tensor<10xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_ternary(%v: tensor<10x!lowbit.ternary>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%one) : tensor<10x!lowbit.ternary>, tensor<1xf32>
      -> tensor<10xf32>
  %any = tensor.cast %real : tensor<10xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @to_the_ends_of_int_8(%x: tensor<10xi32>) -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 0 rounding half_up
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

func.func @to_the_ends_of_uint_8(%x: tensor<10xi32>) -> tensor<10x!lowbit.uint<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 0 rounding floor
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.uint<8>>
  return %r : tensor<10x!lowbit.uint<8>>
}

func.func @to_clamp(%x: tensor<10xi32>) -> tensor<10x!lowbit.uint<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 0 rounding half_even clamp [3, 200]
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.uint<8>>
  return %r : tensor<10x!lowbit.uint<8>>
}

func.func @to_the_ends_of_int_16_narrow(%x: tensor<10xi32>) -> tensor<10x!lowbit.int<16, narrow>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 0 rounding half_away
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<16, narrow>>
  return %r : tensor<10x!lowbit.int<16, narrow>>
}

func.func @to_the_ends_of_uint_16(%x: tensor<10xi32>) -> tensor<10x!lowbit.uint<16>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<300> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 0 rounding half_up
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.uint<16>>
  return %r : tensor<10x!lowbit.uint<16>>
}

func.func @to_ternary(%x: tensor<10xi32>) -> tensor<10x!lowbit.ternary>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 7 rounding half_up
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.ternary>
  return %r : tensor<10x!lowbit.ternary>
}

// x / 2^32: the least i32 is a tie.
func.func @shift_of_61(%x: tensor<10xi32>) -> tensor<10x!lowbit.int<8>>
    attributes {lowbit.multiplier_free} {
  %m = arith.constant dense<536870912> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %r = lowbit.rescale %x multiplier(%m) offset(%o) shift 61 rounding half_up
      : tensor<10xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<10x!lowbit.int<8>>
  return %r : tensor<10x!lowbit.int<8>>
}

func.func @main() {
  %x_to_the_ends_of_int_8 = arith.constant dense<[-2147483648, -129, -128, -1, 0, 127, 128, 255,
      256, 2147483647]> : tensor<10xi32>
  %to_the_ends_of_int_8 = call @to_the_ends_of_int_8(%x_to_the_ends_of_int_8) : (tensor<10xi32>)
      -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [-128, -128, -128, -1, 0, 127, 127, 127, 127, 127]
  call @show_int_8(%to_the_ends_of_int_8) : (tensor<10x!lowbit.int<8>>) -> ()

  %x_to_the_ends_of_uint_8 = arith.constant dense<[-2147483648, -129, -128, -1, 0, 127, 128, 255,
      256, 2147483647]> : tensor<10xi32>
  %to_the_ends_of_uint_8 = call @to_the_ends_of_uint_8(%x_to_the_ends_of_uint_8)
      : (tensor<10xi32>) -> tensor<10x!lowbit.uint<8>>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, 0, 0, 0, 127, 128, 255, 255, 255]
  call @show_uint_8(%to_the_ends_of_uint_8) : (tensor<10x!lowbit.uint<8>>) -> ()

  %x_to_clamp = arith.constant dense<[-2147483648, -129, -128, -1, 0, 127, 128, 255, 256,
      2147483647]> : tensor<10xi32>
  %to_clamp = call @to_clamp(%x_to_clamp) : (tensor<10xi32>) -> tensor<10x!lowbit.uint<8>>
  // CHECK: data =
  // CHECK-NEXT: [3, 3, 3, 3, 3, 127, 128, 200, 200, 200]
  call @show_uint_8(%to_clamp) : (tensor<10x!lowbit.uint<8>>) -> ()

  %x_to_the_ends_of_int_16_narrow = arith.constant dense<[-2147483648, -129, -128, -1, 0, 127, 128,
      255, 256, 2147483647]> : tensor<10xi32>
  %to_the_ends_of_int_16_narrow = call @to_the_ends_of_int_16_narrow(%x_to_the_ends_of_int_16_narrow) : (tensor<10xi32>) -> tensor<10x!lowbit.int<16, narrow>>
  // CHECK: data =
  // CHECK-NEXT: [-32767, -129, -128, -1, 0, 127, 128, 255, 256, 32767]
  call @show_int_16__narrow(%to_the_ends_of_int_16_narrow) : (tensor<10x!lowbit.int<16, narrow>>)
      -> ()

  %x_to_the_ends_of_uint_16 = arith.constant dense<[-2147483648, -129, -128, -1, 0, 127, 128, 255,
      256, 2147483647]> : tensor<10xi32>
  %to_the_ends_of_uint_16 = call @to_the_ends_of_uint_16(%x_to_the_ends_of_uint_16)
      : (tensor<10xi32>) -> tensor<10x!lowbit.uint<16>>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, 0, 0, 0, 38100, 38400, 65535, 65535, 65535]
  call @show_uint_16(%to_the_ends_of_uint_16) : (tensor<10x!lowbit.uint<16>>) -> ()

  %x_to_ternary = arith.constant dense<[-2147483648, -129, -128, -1, 0, 127, 128, 255, 256,
      2147483647]> : tensor<10xi32>
  %to_ternary = call @to_ternary(%x_to_ternary) : (tensor<10xi32>) -> tensor<10x!lowbit.ternary>
  // CHECK: data =
  // CHECK-NEXT: [-1, -1, -1, 0, 0, 1, 1, 1, 1, 1]
  call @show_ternary(%to_ternary) : (tensor<10x!lowbit.ternary>) -> ()

  %x_shift_of_61 = arith.constant dense<[-2147483648, -129, -128, -1, 0, 127, 128, 255, 256,
      2147483647]> : tensor<10xi32>
  %shift_of_61 = call @shift_of_61(%x_shift_of_61) : (tensor<10xi32>) -> tensor<10x!lowbit.int<8>>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  call @show_int_8(%shift_of_61) : (tensor<10x!lowbit.int<8>>) -> ()
  return
}
