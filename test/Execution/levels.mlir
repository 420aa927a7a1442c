// Lists of levels in the ops other than convolutions.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}
func.func private @printMemrefI32(tensor<*xi32>) attributes {llvm.emit_c_interface}
func.func private @printI64(i64)
func.func private @printNewline()

!five = !lowbit.levels<[-7, -3, 0, 1, 6]>
!nine = !lowbit.levels<[-32768, -300, -9, -1, 4, 5, 17, 4000, 32768]>
!gapless = !lowbit.levels<[-2, -1, 0, 1, 2, 3]>

func.func @show_five(%v: tensor<11x!five>) {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%s) : tensor<11x!five>, tensor<1xf32> -> tensor<11xf32>
  %any = tensor.cast %real : tensor<11xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_nine(%v: tensor<7x!nine>) {
  %s = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%s) : tensor<7x!nine>, tensor<1xf32> -> tensor<7xf32>
  %any = tensor.cast %real : tensor<7xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @show_gapless(%v: tensor<7x!gapless>) {
  %s = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%s) : tensor<7x!gapless>, tensor<1xf32> -> tensor<7xf32>
  %any = tensor.cast %real : tensor<7xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @unpack_five(%bytes: tensor<5x!lowbit.packed<!five, bits>>) -> tensor<11x!five> {
  %codes = lowbit.unpack %bytes : tensor<5x!lowbit.packed<!five, bits>> -> tensor<11x!five>
  return %codes : tensor<11x!five>
}

func.func @unpack_nine(%bytes: tensor<4x!lowbit.packed<!nine, bits>>) -> tensor<7x!nine> {
  %codes = lowbit.unpack %bytes : tensor<4x!lowbit.packed<!nine, bits>> -> tensor<7x!nine>
  return %codes : tensor<7x!nine>
}

// Thresholds -20, -1, 3, 9.
func.func @threshold(%x: tensor<11x1xi32>) -> tensor<11x!five> {
  %t = arith.constant dense<[[-20, -1, 3, 9]]> : tensor<1x4xi32>
  %codes = lowbit.threshold %x, %t : tensor<11x1xi32>, tensor<1x4xi32> -> tensor<11x1x!five>
  %flat = tensor.collapse_shape %codes [[0, 1]] : tensor<11x1x!five> into tensor<11x!five>
  return %flat : tensor<11x!five>
}

// From the levels -32768, -300, ..., 32768 to the gapless six.
func.func @threshold_of_codes(%x: tensor<7x!nine>) -> tensor<7x1x!gapless> {
  %t = arith.constant dense<[[-300, -1, 5, 17, 4001]]> : tensor<1x5xi32>
  %wide = tensor.expand_shape %x [[0, 1]] output_shape [7, 1] : tensor<7x!nine> into tensor<7x1x!nine>
  %codes = lowbit.threshold %wide, %t : tensor<7x1x!nine>, tensor<1x5xi32> -> tensor<7x1x!gapless>
  return %codes : tensor<7x1x!gapless>
}

func.func @quantize(%x: tensor<7xf32>) -> tensor<7x!gapless> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %codes = lowbit.quantize %x, %s : tensor<7xf32>, tensor<1xf32> -> tensor<7x!gapless>
  return %codes : tensor<7x!gapless>
}

func.func @rescale(%x: tensor<7x!nine>) -> tensor<7x!gapless> {
  %m = arith.constant dense<1> : tensor<1xi64>
  %o = arith.constant dense<0> : tensor<1xi64>
  %codes = lowbit.rescale %x multiplier(%m) offset(%o) shift 3 rounding half_up clamp [-1, 3]
      : tensor<7x!nine>, tensor<1xi64>, tensor<1xi64> -> tensor<7x!gapless>
  return %codes : tensor<7x!gapless>
}

func.func @max_pool(%x: tensor<1x1x11x1x!five>) -> tensor<1x1x11x1x!five> {
  %most = lowbit.max_pool2d %x kernel [1, 2] pad [0, 0, 0, 1] stride [1, 1]
      : tensor<1x1x11x1x!five> -> tensor<1x1x11x1x!five>
  return %most : tensor<1x1x11x1x!five>
}

func.func @sum_pool(%x: tensor<1x1x7x1x!nine>) -> tensor<1x1x3x1xi32> {
  %sum = lowbit.sum_pool2d %x kernel [1, 3] pad [0, 0, 0, 0] stride [1, 2]
      : tensor<1x1x7x1x!nine> -> tensor<1x1x3x1xi32>
  return %sum : tensor<1x1x3x1xi32>
}

func.func @checksum(%x: tensor<7x!nine>) -> i64 {
  %h = lowbit.checksum %x : tensor<7x!nine>
  return %h : i64
}

// Sign and exponent are not in level order.
func.func @max_pool_of_powers(%x: tensor<1x1x7x1x!lowbit.pow2<3>>) -> tensor<1x1x7x1x!lowbit.pow2<3>> {
  %most = lowbit.max_pool2d %x kernel [1, 2] pad [0, 0, 0, 1] stride [1, 1]
      : tensor<1x1x7x1x!lowbit.pow2<3>> -> tensor<1x1x7x1x!lowbit.pow2<3>>
  return %most : tensor<1x1x7x1x!lowbit.pow2<3>>
}

func.func @show_powers(%v: tensor<7x!lowbit.pow2<3>>) {
  %s = arith.constant dense<1.0> : tensor<1xf32>
  %real = lowbit.dequantize %v scale(%s) : tensor<7x!lowbit.pow2<3>>, tensor<1xf32> -> tensor<7xf32>
  %any = tensor.cast %real : tensor<7xf32> to tensor<*xf32>
  call @printMemrefF32(%any) : (tensor<*xf32>) -> ()
  return
}

func.func @main() {
  %bf = lowbit.constant dense<[0x59, 0x26, 0x6C, 0x43, 0x00]> : tensor<5xi8> : tensor<5x!lowbit.packed<!five, bits>>
  %five = call @unpack_five(%bf) : (tensor<5x!lowbit.packed<!five, bits>>) -> tensor<11x!five>
  // Levels -3 1 -3 1 0 -7 1 1 1 -7 -3, times 1/2.
  // CHECK: data =
  // CHECK-NEXT: [-1.5, 0.5, -1.5, 0.5, 0, -3.5, 0.5, 0.5, 0.5, -3.5, -1.5]
  call @show_five(%five) : (tensor<11x!five>) -> ()

  %bn = lowbit.constant dense<[0x20, 0x78, 0x61, 0x03]> : tensor<4xi8> : tensor<4x!lowbit.packed<!nine, bits>>
  %nine = call @unpack_nine(%bn) : (tensor<4x!lowbit.packed<!nine, bits>>) -> tensor<7x!nine>
  // CHECK: data =
  // CHECK-NEXT: [-32768, -9, 32768, 4000, -300, 17, -1]
  call @show_nine(%nine) : (tensor<7x!nine>) -> ()

  %x = arith.constant dense<[[-2147483648], [-21], [-20], [-2], [-1], [2], [3], [8], [9], [10], [2147483647]]> : tensor<11x1xi32>
  %t = call @threshold(%x) : (tensor<11x1xi32>) -> tensor<11x!five>
  // Levels -7 -7 -3 -3 0 0 1 1 6 6 6, times 1/2.
  // CHECK: data =
  // CHECK-NEXT: [-3.5, -3.5, -1.5, -1.5, 0, 0, 0.5, 0.5, 3, 3, 3]
  call @show_five(%t) : (tensor<11x!five>) -> ()

  %c = call @threshold_of_codes(%nine) : (tensor<7x!nine>) -> tensor<7x1x!gapless>
  %cf = tensor.collapse_shape %c [[0, 1]] : tensor<7x1x!gapless> into tensor<7x!gapless>
  // CHECK: data =
  // CHECK-NEXT: [-2, -1, 3, 2, -1, 2, 0]
  call @show_gapless(%cf) : (tensor<7x!gapless>) -> ()

  %f = arith.constant dense<[-9.0, -0.75, -0.25, 0.25, 0.75, 1.25, 99.0]> : tensor<7xf32>
  %q = call @quantize(%f) : (tensor<7xf32>) -> tensor<7x!gapless>
  // CHECK: data =
  // CHECK-NEXT: [-2, -2, 0, 0, 2, 2, 3]
  call @show_gapless(%q) : (tensor<7x!gapless>) -> ()

  %r = call @rescale(%nine) : (tensor<7x!nine>) -> tensor<7x!gapless>
  // CHECK: data =
  // CHECK-NEXT: [-1, -1, 3, 3, -1, 2, 0]
  call @show_gapless(%r) : (tensor<7x!gapless>) -> ()

  %image = tensor.expand_shape %five [[0, 1, 2, 3]] output_shape [1, 1, 11, 1]
      : tensor<11x!five> into tensor<1x1x11x1x!five>
  %m = call @max_pool(%image) : (tensor<1x1x11x1x!five>) -> tensor<1x1x11x1x!five>
  %mf = tensor.collapse_shape %m [[0, 1, 2, 3]] : tensor<1x1x11x1x!five> into tensor<11x!five>
  // CHECK: data =
  // CHECK-NEXT: [0.5, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0.5, -1.5, -1.5]
  call @show_five(%mf) : (tensor<11x!five>) -> ()

  %image9 = tensor.expand_shape %nine [[0, 1, 2, 3]] output_shape [1, 1, 7, 1]
      : tensor<7x!nine> into tensor<1x1x7x1x!nine>
  %s = call @sum_pool(%image9) : (tensor<1x1x7x1x!nine>) -> tensor<1x1x3x1xi32>
  %sf = tensor.collapse_shape %s [[0, 1, 2, 3]] : tensor<1x1x3x1xi32> into tensor<3xi32>
  %sa = tensor.cast %sf : tensor<3xi32> to tensor<*xi32>
  // CHECK: data =
  // CHECK-NEXT: [-9, 36468, -284]
  call @printMemrefI32(%sa) : (tensor<*xi32>) -> ()

  // -4 -1 -2 0 -4 2 4
  %p = lowbit.constant dense<[0xAF, 0x71, 0x0D]> : tensor<3xi8> : tensor<1x1x7x1x!lowbit.pow2<3>>
  %pm = call @max_pool_of_powers(%p) : (tensor<1x1x7x1x!lowbit.pow2<3>>) -> tensor<1x1x7x1x!lowbit.pow2<3>>
  %pf = tensor.collapse_shape %pm [[0, 1, 2, 3]] : tensor<1x1x7x1x!lowbit.pow2<3>> into tensor<7x!lowbit.pow2<3>>
  // CHECK: data =
  // CHECK-NEXT: [-1, -1, 0, 0, 2, 4, 4]
  call @show_powers(%pf) : (tensor<7x!lowbit.pow2<3>>) -> ()

  %h = call @checksum(%nine) : (tensor<7x!nine>) -> i64
  // CHECK: -6211827227138888479
  call @printI64(%h) : (i64) -> ()
  call @printNewline() : () -> ()
  return
}
