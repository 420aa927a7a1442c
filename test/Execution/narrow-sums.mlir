// Inputs that reach the proven bounds of 8- and 16-bit sums.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s
// RUN: sed 's/lowbit.multiplier_free/lowbit.macs = 1/' %s \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @show(%v: tensor<1x2xf32>) {
  %any = tensor.cast %v : tensor<1x2xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

// 127 weights of 1 in channel 0, 128 of -1 in channel 1.
func.func @ends_of_i8(%x: tensor<1x128x!lowbit.uint<1>>) -> tensor<1x2xf32> attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<"0xAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA6A0000000000000000000000000000000000000000000000000000000000000000"> : tensor<64xi8> : tensor<2x128x!lowbit.ternary>
  %a = lowbit.matmul %x, %w bound <[-128, 127] in channels [1, 0]>
      : tensor<1x128x!lowbit.uint<1>>, tensor<2x128x!lowbit.ternary> -> tensor<1x2xi8>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %a scale(%one) : tensor<1x2xi8>, tensor<1xf32> -> tensor<1x2xf32>
  return %real : tensor<1x2xf32>
}

// 2^14 + 2^13 + ... + 1 in channel 0, -2^14 - 2^14 in channel 1.
func.func @ends_of_i16(%x: tensor<1x1x1x16x!lowbit.uint<1>>) -> tensor<1x2xf32> attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<"0x410C52CC41492DD6DC03FF030000000000000000"> : tensor<20xi8> : tensor<2x1x1x16x!lowbit.pow2<5>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      bound <[-32768, 32767] in channels [1, 0]>
      : tensor<1x1x1x16x!lowbit.uint<1>>, tensor<2x1x1x16x!lowbit.pow2<5>> -> tensor<1x1x1x2xi16>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %a scale(%one) : tensor<1x1x1x2xi16>, tensor<1xf32> -> tensor<1x1x1x2xf32>
  %flat = tensor.collapse_shape %real [[0, 1, 2], [3]] : tensor<1x1x1x2xf32> into tensor<1x2xf32>
  return %flat : tensor<1x2xf32>
}

// Levels up to 128 need 16 bits where 0 is added to them, their products with 0 only 8.
func.func @wider_levels(%x: tensor<1x1x1x1x!lowbit.pow2<4, nozero>>) -> tensor<1x2xf32> attributes {lowbit.multiplier_free} {
  %w = lowbit.constant dense<1> : tensor<1xi8> : tensor<1x1x1x1x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [0, 0, 1, 0] stride [1, 1] dilation [1, 1]
      bound <[0, 0] in channels [0, 0]>
      : tensor<1x1x1x1x!lowbit.pow2<4, nozero>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x1x2x1xi8>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %a scale(%one) : tensor<1x1x2x1xi8>, tensor<1xf32> -> tensor<1x1x2x1xf32>
  %flat = tensor.collapse_shape %real [[0], [1, 2, 3]] : tensor<1x1x2x1xf32> into tensor<1x2xf32>
  return %flat : tensor<1x2xf32>
}

func.func @main() {
  %ones = lowbit.constant dense<-1> : tensor<16xi8> : tensor<1x128x!lowbit.uint<1>>
  %i8 = call @ends_of_i8(%ones) : (tensor<1x128x!lowbit.uint<1>>) -> tensor<1x2xf32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}127,   -128]]
  call @show(%i8) : (tensor<1x2xf32>) -> ()
  %sixteen = lowbit.constant dense<-1> : tensor<2xi8> : tensor<1x1x1x16x!lowbit.uint<1>>
  %i16 = call @ends_of_i16(%sixteen) : (tensor<1x1x1x16x!lowbit.uint<1>>) -> tensor<1x2xf32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}32767,   -32768]]
  call @show(%i16) : (tensor<1x2xf32>) -> ()
  // Code 7 is 128.
  %greatest = lowbit.constant dense<7> : tensor<1xi8> : tensor<1x1x1x1x!lowbit.pow2<4, nozero>>
  %zero = call @wider_levels(%greatest) : (tensor<1x1x1x1x!lowbit.pow2<4, nozero>>) -> tensor<1x2xf32>
  // CHECK: data =
  // CHECK-NEXT: {{\[\[}}0,   0]]
  call @show(%zero) : (tensor<1x2xf32>) -> ()
  return
}
