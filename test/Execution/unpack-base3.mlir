// Ternary codes from base 3, five a byte, with odd lengths.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func @of_1(%bytes: tensor<1x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<1xf32>
    attributes {lowbit.multiplier_free} {
  %codes = lowbit.unpack %bytes : tensor<1x!lowbit.packed<!lowbit.ternary, base3>> -> tensor<1x!lowbit.ternary>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %codes scale(%one) : tensor<1x!lowbit.ternary>, tensor<1xf32> -> tensor<1xf32>
  return %real : tensor<1xf32>
}

func.func @of_4(%bytes: tensor<1x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<4xf32>
    attributes {lowbit.multiplier_free} {
  %codes = lowbit.unpack %bytes : tensor<1x!lowbit.packed<!lowbit.ternary, base3>> -> tensor<4x!lowbit.ternary>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %codes scale(%one) : tensor<4x!lowbit.ternary>, tensor<1xf32> -> tensor<4xf32>
  return %real : tensor<4xf32>
}

func.func @of_5(%bytes: tensor<1x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<5xf32>
    attributes {lowbit.multiplier_free} {
  %codes = lowbit.unpack %bytes : tensor<1x!lowbit.packed<!lowbit.ternary, base3>> -> tensor<5x!lowbit.ternary>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %codes scale(%one) : tensor<5x!lowbit.ternary>, tensor<1xf32> -> tensor<5xf32>
  return %real : tensor<5xf32>
}

func.func @of_7(%bytes: tensor<2x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<7xf32>
    attributes {lowbit.multiplier_free} {
  %codes = lowbit.unpack %bytes : tensor<2x!lowbit.packed<!lowbit.ternary, base3>> -> tensor<7x!lowbit.ternary>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %codes scale(%one) : tensor<7x!lowbit.ternary>, tensor<1xf32> -> tensor<7xf32>
  return %real : tensor<7xf32>
}

func.func @of_15(%bytes: tensor<3x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<15xf32>
    attributes {lowbit.multiplier_free} {
  %codes = lowbit.unpack %bytes : tensor<3x!lowbit.packed<!lowbit.ternary, base3>> -> tensor<15x!lowbit.ternary>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %codes scale(%one) : tensor<15x!lowbit.ternary>, tensor<1xf32> -> tensor<15xf32>
  return %real : tensor<15xf32>
}

func.func @main() {
  %p1 = lowbit.constant dense<[2]> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
  %v1 = call @of_1(%p1) : (tensor<1x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<1xf32>
  %any1 = tensor.cast %v1 : tensor<1xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [1]
  call @printMemrefF32(%any1) : (tensor<*xf32>) -> ()
  %p4 = lowbit.constant dense<[70]> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
  %v4 = call @of_4(%p4) : (tensor<1x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<4xf32>
  %any4 = tensor.cast %v4 : tensor<4xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [0, 1, 0, 1]
  call @printMemrefF32(%any4) : (tensor<*xf32>) -> ()
  %p5 = lowbit.constant dense<[107]> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
  %v5 = call @of_5(%p5) : (tensor<1x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<5xf32>
  %any5 = tensor.cast %v5 : tensor<5xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [1, 1, 1, -1, 0]
  call @printMemrefF32(%any5) : (tensor<*xf32>) -> ()
  %p7 = lowbit.constant dense<[6, 4]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, base3>>
  %v7 = call @of_7(%p7) : (tensor<2x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<7xf32>
  %any7 = tensor.cast %v7 : tensor<7xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [-1, 1, -1, -1, -1, 0, 0]
  call @printMemrefF32(%any7) : (tensor<*xf32>) -> ()
  %p15 = lowbit.constant dense<[183, 99, 10]> : tensor<3xi8> : tensor<3x!lowbit.packed<!lowbit.ternary, base3>>
  %v15 = call @of_15(%p15) : (tensor<3x!lowbit.packed<!lowbit.ternary, base3>>) -> tensor<15xf32>
  %any15 = tensor.cast %v15 : tensor<15xf32> to tensor<*xf32>
  // CHECK: data =
  // CHECK-NEXT: [-1, 0, 1, -1, 1, -1, -1, 1, -1, 0, 0, -1, 0, -1, -1]
  call @printMemrefF32(%any15) : (tensor<*xf32>) -> ()
  return
}
