// From float to levels and back: division, limits, ties to even, no fused sums.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show(%v: tensor<8xf32>) {
  %any = tensor.cast %v : tensor<8xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @to_uint_8(%x: tensor<8xf32>) -> tensor<8xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %q = lowbit.quantize %x, %s : tensor<8xf32>, tensor<1xf32> -> tensor<8x!lowbit.uint<8>>
  %real = lowbit.dequantize %q scale(%one) : tensor<8x!lowbit.uint<8>>, tensor<1xf32>
      -> tensor<8xf32>
  return %real : tensor<8xf32>
}

func.func @to_int_16(%x: tensor<8xf32>) -> tensor<8xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %q = lowbit.quantize %x, %s : tensor<8xf32>, tensor<1xf32> -> tensor<8x!lowbit.int<16>>
  %real = lowbit.dequantize %q scale(%one) : tensor<8x!lowbit.int<16>>, tensor<1xf32>
      -> tensor<8xf32>
  return %real : tensor<8xf32>
}

func.func @to_ternary(%x: tensor<8xf32>) -> tensor<8xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %q = lowbit.quantize %x, %one : tensor<8xf32>, tensor<1xf32> -> tensor<8x!lowbit.ternary>
  %real = lowbit.dequantize %q scale(%one) : tensor<8x!lowbit.ternary>, tensor<1xf32>
      -> tensor<8xf32>
  return %real : tensor<8xf32>
}

// 0.1 is no binary32 number: x / 0.1 is rounded, and not x * 10.
func.func @divides(%x: tensor<8xf32>) -> tensor<8xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %s = arith.constant dense<0.1> : tensor<1xf32>
  %q = lowbit.quantize %x, %s : tensor<8xf32>, tensor<1xf32> -> tensor<8x!lowbit.uint<8>>
  %real = lowbit.dequantize %q scale(%one) : tensor<8x!lowbit.uint<8>>, tensor<1xf32>
      -> tensor<8xf32>
  return %real : tensor<8xf32>
}

// Channel 0: 8388609 x (1 + 2^-23) is rounded to 8388610, so the sum is 0 and not
// 2^-23. Channel 1: 16777217 is rounded to 2^24 before it is scaled.
func.func @rounds_three_times(%a: tensor<4x2xi32>) -> tensor<8xf32> {
  %s = arith.constant dense<[1.00000012, 5.96046448e-08]> : tensor<2xf32>
  %b = arith.constant dense<[-8388610.0, -1.0]> : tensor<2xf32>
  %real = lowbit.dequantize %a scale(%s) bias(%b)
      : tensor<4x2xi32>, tensor<2xf32>, tensor<2xf32> -> tensor<4x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1]] : tensor<4x2xf32> into tensor<8xf32>
  return %flat : tensor<8xf32>
}

func.func @main() {
  // v = x / scale: -4, 2.5, 3.5, 3600, NaN, inf, -inf, 254.5.
  %x = arith.constant dense<[-1.0, 0.625, 0.875, 900.0, 0x7FC00000, 0x7F800000, 0xFF800000,
      63.625]> : tensor<8xf32>
  // CHECK: data =
  // CHECK-NEXT: [0, 2, 4, 255, 0, 255, 0, 254]
  %to_uint_8 = call @to_uint_8(%x) : (tensor<8xf32>) -> tensor<8xf32>
  call @show(%to_uint_8) : (tensor<8xf32>) -> ()

  // CHECK: data =
  // CHECK-NEXT: [-4, 2, 4, 3600, -32768, 32767, -32768, 254]
  %to_int_16 = call @to_int_16(%x) : (tensor<8xf32>) -> tensor<8xf32>
  call @show(%to_int_16) : (tensor<8xf32>) -> ()

  %y = arith.constant dense<[-7.0, -0.5, -0.50000006, -0.0, 0.5, 0.50000006, 1.5, 0x7FC00000]>
      : tensor<8xf32>
  // CHECK: data =
  // CHECK-NEXT: [-1, {{-?}}0, -1, 0, 0, 1, 1, -1]
  %to_ternary = call @to_ternary(%y) : (tensor<8xf32>) -> tensor<8xf32>
  call @show(%to_ternary) : (tensor<8xf32>) -> ()

  // 1.55 x 10 rounds to 16 and 3.25000024 / 0.1 lies above 32.5 before it is rounded.
  %z = arith.constant dense<[1.55, 1.94999993, 3.25000024, 14.250001, 0.1, 25.5, 25.6, 0.05]>
      : tensor<8xf32>
  // CHECK: data =
  // CHECK-NEXT: [15, 19, 32, 142, 1, 255, 255, 0]
  %divides = call @divides(%z) : (tensor<8xf32>) -> tensor<8xf32>
  call @show(%divides) : (tensor<8xf32>) -> ()

  %a = arith.constant dense<[[8388609, 16777217], [8388607, 16777219], [8388610, -16777217],
      [8388611, 33554432]]> : tensor<4x2xi32>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, -2, 2.38419e-07, 1, -2, 2, 1]
  %rounds_three_times = call @rounds_three_times(%a) : (tensor<4x2xi32>) -> tensor<8xf32>
  call @show(%rounds_three_times) : (tensor<8xf32>) -> ()
  return
}
