// MLIR's lowering of integer TOSA gives what the evaluator gives: the numbers are
// those of the unit tests of lib/Reference.
// RUN: lowbit-opt %s %tosa_to_llvm | %run_main | FileCheck %s

func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}

func.func @show(%v: tensor<4xi32>) {
  %any = tensor.cast %v : tensor<4xi32> to tensor<*xi32>
  call @printMemrefI32(%any) : (tensor<*xi32>) -> ()
  return
}

func.func @show_bytes(%v: tensor<4xi8>) {
  %wide = tosa.cast %v : (tensor<4xi8>) -> tensor<4xi32>
  call @show(%wide) : (tensor<4xi32>) -> ()
  return
}

func.func @add_wraps(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
  %r = tosa.add %x, %y : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

func.func @mul_wraps(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.mul %x, %y, %s : (tensor<4xi32>, tensor<4xi32>, tensor<1xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

func.func @mul_rounds(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
  %s = "tosa.const"() <{values = dense<1> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.mul %x, %y, %s : (tensor<4xi32>, tensor<4xi32>, tensor<1xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

func.func @mul_high_word(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
  %s = "tosa.const"() <{values = dense<31> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.mul %x, %y, %s : (tensor<4xi32>, tensor<4xi32>, tensor<1xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

func.func @mul_leaves_64_bits(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
  %s = "tosa.const"() <{values = dense<63> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.mul %x, %y, %s : (tensor<4xi32>, tensor<4xi32>, tensor<1xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

func.func @shift_left(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
  %r = tosa.logical_left_shift %x, %y : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

func.func @shift_right(%x: tensor<4xi8>, %y: tensor<4xi8>) -> tensor<4xi8> {
  %r = tosa.logical_right_shift %x, %y : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @shift_right_rounded(%x: tensor<4xi8>, %y: tensor<4xi8>) -> tensor<4xi8> {
  %r = tosa.arithmetic_right_shift %x, %y {round = true} : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @negate_saturates(%x: tensor<4xi8>) -> tensor<4xi8> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.negate %x, %z, %z : (tensor<4xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @abs_wraps(%x: tensor<4xi32>) -> tensor<4xi32> {
  %r = tosa.abs %x : (tensor<4xi32>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// Ties go away from zero.
func.func @average(%x: tensor<1x2x4x1xi8>) -> tensor<4xi8> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %p = tosa.avg_pool2d %x, %z, %z {acc_type = i32, kernel = array<i64: 2, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x2x4x1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x1x4x1xi8>
  %s = tosa.const_shape {values = dense<[4]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %r = tosa.reshape %p, %s : (tensor<1x1x4x1xi8>, !tosa.shape<1>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @main() {
  %x_add_wraps = arith.constant dense<[2147483647, -2147483648, 5, 0]> : tensor<4xi32>
  %y_add_wraps = arith.constant dense<[1, -1, -7, 0]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2147483648, 2147483647, -2, 0]
  %add_wraps = call @add_wraps(%x_add_wraps, %y_add_wraps) : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  call @show(%add_wraps) : (tensor<4xi32>) -> ()
  %x_mul_wraps = arith.constant dense<[65536, -3, -2147483648, 2]> : tensor<4xi32>
  %y_mul_wraps = arith.constant dense<[65537, 7, -1, 3]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [65536, -21, -2147483648, 6]
  %mul_wraps = call @mul_wraps(%x_mul_wraps, %y_mul_wraps) : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  call @show(%mul_wraps) : (tensor<4xi32>) -> ()
  %x_mul_rounds = arith.constant dense<[3, -3, 5, -5]> : tensor<4xi32>
  %y_mul_rounds = arith.constant dense<[1, 1, -2, -1]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [2, -1, -5, 3]
  %mul_rounds = call @mul_rounds(%x_mul_rounds, %y_mul_rounds) : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  call @show(%mul_rounds) : (tensor<4xi32>) -> ()
  %x_mul_high_word = arith.constant dense<[-2147483648, 2147483647, 1073741824, -1]> : tensor<4xi32>
  %y_mul_high_word = arith.constant dense<[2147483647, 2147483647, 1, 1]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2147483647, 2147483646, 1, 0]
  %mul_high_word = call @mul_high_word(%x_mul_high_word, %y_mul_high_word) : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  call @show(%mul_high_word) : (tensor<4xi32>) -> ()
  %x_mul_leaves_64_bits = arith.constant dense<[-2147483648, 2147483647, -2147483648, 0]> : tensor<4xi32>
  %y_mul_leaves_64_bits = arith.constant dense<[-2147483648, 2147483647, 2147483647, 0]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [-1, 0, 0, 0]
  %mul_leaves_64_bits = call @mul_leaves_64_bits(%x_mul_leaves_64_bits, %y_mul_leaves_64_bits) : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  call @show(%mul_leaves_64_bits) : (tensor<4xi32>) -> ()
  %x_shift_left = arith.constant dense<[1, 3, -1, 305419896]> : tensor<4xi32>
  %y_shift_left = arith.constant dense<[31, 31, 4, 8]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2147483648, -2147483648, -16, 878082048]
  %shift_left = call @shift_left(%x_shift_left, %y_shift_left) : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  call @show(%shift_left) : (tensor<4xi32>) -> ()
  %x_shift_right = arith.constant dense<[-1, -128, 127, -1]> : tensor<4xi8>
  %y_shift_right = arith.constant dense<[0, 7, 3, 1]> : tensor<4xi8>
  // CHECK: data =
  // CHECK-NEXT: [-1, 1, 15, 127]
  %shift_right = call @shift_right(%x_shift_right, %y_shift_right) : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  call @show_bytes(%shift_right) : (tensor<4xi8>) -> ()
  %x_shift_right_rounded = arith.constant dense<[5, -5, -6, -128]> : tensor<4xi8>
  %y_shift_right_rounded = arith.constant dense<[1, 1, 2, 7]> : tensor<4xi8>
  // CHECK: data =
  // CHECK-NEXT: [3, -2, -1, -1]
  %shift_right_rounded = call @shift_right_rounded(%x_shift_right_rounded, %y_shift_right_rounded) : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  call @show_bytes(%shift_right_rounded) : (tensor<4xi8>) -> ()
  %x_negate_saturates = arith.constant dense<[-128, -127, 0, 127]> : tensor<4xi8>
  // CHECK: data =
  // CHECK-NEXT: [127, 127, 0, -127]
  %negate_saturates = call @negate_saturates(%x_negate_saturates) : (tensor<4xi8>) -> tensor<4xi8>
  call @show_bytes(%negate_saturates) : (tensor<4xi8>) -> ()
  %x_abs_wraps = arith.constant dense<[-2147483648, -5, 0, 2147483647]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [-2147483648, 5, 0, 2147483647]
  %abs_wraps = call @abs_wraps(%x_abs_wraps) : (tensor<4xi32>) -> tensor<4xi32>
  call @show(%abs_wraps) : (tensor<4xi32>) -> ()
  %x_average = arith.constant dense<[[[[1], [-1], [5], [-128]], [[2], [-2], [-8], [-127]]]]> : tensor<1x2x4x1xi8>
  // CHECK: data =
  // CHECK-NEXT: [2, -2, -2, -128]
  %average = call @average(%x_average) : (tensor<1x2x4x1xi8>) -> tensor<4xi8>
  call @show_bytes(%average) : (tensor<4xi8>) -> ()
  return
}
