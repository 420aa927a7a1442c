// A float segment and the thresholds that stand for it give the same codes for every
// integer from -300 to 300: scale, bias, a batch norm of positive, negative and zero
// gain, a ReLU6, 16 levels. The hash was computed apart from the project.
// RUN: lowbit-opt %s --lowbit-make-integer --canonicalize | FileCheck %s --check-prefix=INTEGER
// RUN: lowbit-opt %s --lowbit-make-integer --canonicalize | lowbit-opt %to_llvm | %run_main | FileCheck %s
// RUN: lowbit-opt %s --pass-pipeline='builtin.module(func.func(tosa-make-broadcastable,tosa-to-linalg,tosa-to-tensor,tosa-to-arith))' \
// RUN:   | lowbit-opt %to_llvm | %run_main | FileCheck %s

func.func private @printI64(i64)
func.func private @printNewline()

// INTEGER-LABEL: func.func @segment
// INTEGER-NOT: f32
// INTEGER: lowbit.threshold {{.*}} signs [1, -1, 1]
// INTEGER: return
func.func @segment(%a: tensor<601x3xi32> {lowbit.range = array<i64: -300, 300>}) -> tensor<601x3x!lowbit.uint<4>> {
  %s = arith.constant dense<[0.1, 0.3, 0.7]> : tensor<3xf32>
  %b = arith.constant dense<[0.05, -0.2, 1.1]> : tensor<3xf32>
  %gain = "tosa.const"() <{values = dense<[[1.7, -0.9, 0.0]]> : tensor<1x3xf32>}> : () -> tensor<1x3xf32>
  %offset = "tosa.const"() <{values = dense<[[0.3, 0.45, 0.77]]> : tensor<1x3xf32>}> : () -> tensor<1x3xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %step = arith.constant dense<0.4> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%s) bias(%b)
      : tensor<601x3xi32>, tensor<3xf32>, tensor<3xf32> -> tensor<601x3xf32>
  %g = tosa.mul %f, %gain, %shift
      : (tensor<601x3xf32>, tensor<1x3xf32>, tensor<1xi8>) -> tensor<601x3xf32>
  %h = tosa.add %g, %offset : (tensor<601x3xf32>, tensor<1x3xf32>) -> tensor<601x3xf32>
  %r = tosa.clamp %h {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<601x3xf32>) -> tensor<601x3xf32>
  %q = lowbit.quantize %r, %step : tensor<601x3xf32>, tensor<1xf32> -> tensor<601x3x!lowbit.uint<4>>
  return %q : tensor<601x3x!lowbit.uint<4>>
}

func.func @main() {
  %a = tensor.generate {
  ^bb0(%row: index, %channel: index):
    %from_zero = arith.index_cast %row : index to i32
    %offset = arith.constant 300 : i32
    %value = arith.subi %from_zero, %offset : i32
    tensor.yield %value : i32
  } : tensor<601x3xi32>
  %q = call @segment(%a) : (tensor<601x3xi32>) -> tensor<601x3x!lowbit.uint<4>>
  %h = lowbit.checksum %q : tensor<601x3x!lowbit.uint<4>>
  // CHECK: 2051675822728375075
  call @printI64(%h) : (i64) -> ()
  call @printNewline() : () -> ()
  return
}
