// MLIR's lowering of tosa.table gives what the evaluator gives: the numbers are
// those of TosaIntegerElementwiseTest.
// RUN: lowbit-opt %s %tosa_to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

// Entry i is i^2 / 16 - 8000.
func.func @parabola() -> tensor<513xi16> {
  %c16 = arith.constant 16 : index
  %c8000 = arith.constant 8000 : index
  %t = tensor.generate {
  ^bb0(%i: index):
    %square = arith.muli %i, %i : index
    %part = arith.divsi %square, %c16 : index
    %value = arith.subi %part, %c8000 : index
    %entry = arith.index_cast %value : index to i16
    tensor.yield %entry : i16
  } : tensor<513xi16>
  return %t : tensor<513xi16>
}

// Entry i is 127 - i.
func.func @falling() -> tensor<256xi8> {
  %c127 = arith.constant 127 : index
  %t = tensor.generate {
  ^bb0(%i: index):
    %value = arith.subi %c127, %i : index
    %entry = arith.index_cast %value : index to i8
    tensor.yield %entry : i8
  } : tensor<256xi8>
  return %t : tensor<256xi8>
}

func.func @look_up(%x: tensor<4xi8>, %t: tensor<256xi8>) -> tensor<4xi8> {
  %r = tosa.table %x, %t : (tensor<4xi8>, tensor<256xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @interpolate(%x: tensor<4xi16>, %t: tensor<513xi16>) -> tensor<4xi32> {
  %r = tosa.table %x, %t : (tensor<4xi16>, tensor<513xi16>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

func.func @main() {
  %bytes = arith.constant dense<[-128, 0, 127, 1]> : tensor<4xi8>
  %falling = call @falling() : () -> tensor<256xi8>
  // CHECK: data =
  // CHECK-NEXT: [127, -1, -128, -2]
  %a = call @look_up(%bytes, %falling) : (tensor<4xi8>, tensor<256xi8>) -> tensor<4xi8>
  %wide = tosa.cast %a : (tensor<4xi8>) -> tensor<4xi32>
  %wide_any = tensor.cast %wide : tensor<4xi32> to tensor<*xi32>
  call @printMemrefI32(%wide_any) : (tensor<*xi32>) -> ()

  %shorts = arith.constant dense<[-32768, 0, 100, 32767]> : tensor<4xi16>
  %parabola = call @parabola() : () -> tensor<513xi16>
  // CHECK: data =
  // CHECK-NEXT: [-1024000, -499712, -496512, 1073088]
  %b = call @interpolate(%shorts, %parabola) : (tensor<4xi16>, tensor<513xi16>) -> tensor<4xi32>
  %any = tensor.cast %b : tensor<4xi32> to tensor<*xi32>
  call @printMemrefI32(%any) : (tensor<*xi32>) -> ()
  return
}
