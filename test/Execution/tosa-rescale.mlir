// MLIR's lowering of tosa.rescale gives what the evaluator gives: the numbers are
// those of TosaRescaleTest and TosaScaleTest.
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

// x / 2.
func.func @half_up(%x: tensor<4xi32>) -> tensor<4xi8> {
  %m = "tosa.const"() <{values = dense<536870912> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %i = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %o = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// A little less than x / 2.
func.func @single_round(%x: tensor<4xi32>) -> tensor<4xi8> {
  %m = "tosa.const"() <{values = dense<2147483647> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<32> : tensor<1xi8>}> : () -> tensor<1xi8>
  %i = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %o = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @double_round(%x: tensor<4xi32>) -> tensor<4xi8> {
  %m = "tosa.const"() <{values = dense<2147483647> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<32> : tensor<1xi8>}> : () -> tensor<1xi8>
  %i = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %o = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @channels(%x: tensor<4xi32>) -> tensor<4xi8> {
  %m = "tosa.const"() <{values = dense<[1073741824, 1073741824, 2147483647, 2147483647]> : tensor<4xi32>}> : () -> tensor<4xi32>
  %s = "tosa.const"() <{values = dense<[30, 32, 31, 62]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %i = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %o = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = false, output_unsigned = false, per_channel = true, rounding_mode = DOUBLE_ROUND, scale32 = true}
      : (tensor<4xi32>, tensor<4xi32>, tensor<4xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @zero_points(%x: tensor<4xi8>) -> tensor<4xi8> {
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %i = "tosa.const"() <{values = dense<-128> : tensor<1xi8>}> : () -> tensor<1xi8>
  %o = "tosa.const"() <{values = dense<3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<4xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @read_unsigned(%x: tensor<4xi8>) -> tensor<4xi8> {
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %i = "tosa.const"() <{values = dense<-128> : tensor<1xi8>}> : () -> tensor<1xi8>
  %o = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = true, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<4xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @write_unsigned(%x: tensor<4xi8>) -> tensor<4xi8> {
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %i = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %o = "tosa.const"() <{values = dense<-56> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = false, output_unsigned = true, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<4xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @short_multipliers(%x: tensor<4xi48>) -> tensor<4xi32> {
  %m = "tosa.const"() <{values = dense<16384> : tensor<1xi16>}> : () -> tensor<1xi16>
  %s = "tosa.const"() <{values = dense<20> : tensor<1xi8>}> : () -> tensor<1xi8>
  %i = "tosa.const"() <{values = dense<0> : tensor<1xi48>}> : () -> tensor<1xi48>
  %o = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = false}
      : (tensor<4xi48>, tensor<1xi16>, tensor<1xi8>, tensor<1xi48>, tensor<1xi32>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// 2^31 wraps to the least i32.
func.func @wrap_before_saturation(%x: tensor<4xi32>) -> tensor<4xi8> {
  %m = "tosa.const"() <{values = dense<16> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<2> : tensor<1xi8>}> : () -> tensor<1xi8>
  %i = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %o = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.rescale %x, %m, %s, %i, %o {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
      : (tensor<4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

func.func @main() {
  %x_half_up = arith.constant dense<[3, -3, 300, -300]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [2, -1, 127, -128]
  %half_up = call @half_up(%x_half_up) : (tensor<4xi32>) -> tensor<4xi8>
  call @show_bytes(%half_up) : (tensor<4xi8>) -> ()
  %x_single_round = arith.constant dense<[1, -1, 3, -3]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [0, 0, 1, -1]
  %single_round = call @single_round(%x_single_round) : (tensor<4xi32>) -> tensor<4xi8>
  call @show_bytes(%single_round) : (tensor<4xi8>) -> ()
  %x_double_round = arith.constant dense<[1, -1, 3, -3]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [1, -1, 2, -2]
  %double_round = call @double_round(%x_double_round) : (tensor<4xi32>) -> tensor<4xi8>
  call @show_bytes(%double_round) : (tensor<4xi8>) -> ()
  %x_channels = arith.constant dense<[10, -20, 77, 77]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [10, -5, 77, 0]
  %channels = call @channels(%x_channels) : (tensor<4xi32>) -> tensor<4xi8>
  call @show_bytes(%channels) : (tensor<4xi8>) -> ()
  %x_zero_points = arith.constant dense<[-128, -127, 0, 127]> : tensor<4xi8>
  // CHECK: data =
  // CHECK-NEXT: [3, 4, 127, 127]
  %zero_points = call @zero_points(%x_zero_points) : (tensor<4xi8>) -> tensor<4xi8>
  call @show_bytes(%zero_points) : (tensor<4xi8>) -> ()
  %x_read_unsigned = arith.constant dense<[0, 127, -128, -1]> : tensor<4xi8>
  // CHECK: data =
  // CHECK-NEXT: [-128, -1, 0, 127]
  %read_unsigned = call @read_unsigned(%x_read_unsigned) : (tensor<4xi8>) -> tensor<4xi8>
  call @show_bytes(%read_unsigned) : (tensor<4xi8>) -> ()
  %x_write_unsigned = arith.constant dense<[-128, 0, 10, 127]> : tensor<4xi8>
  // CHECK: data =
  // CHECK-NEXT: [72, -56, -46, -1]
  %write_unsigned = call @write_unsigned(%x_write_unsigned) : (tensor<4xi8>) -> tensor<4xi8>
  call @show_bytes(%write_unsigned) : (tensor<4xi8>) -> ()
  %x_short_multipliers = arith.constant dense<[68719476736, -32, 31, -33]> : tensor<4xi48>
  // CHECK: data =
  // CHECK-NEXT: [1073741824, 0, 0, -1]
  %short_multipliers = call @short_multipliers(%x_short_multipliers) : (tensor<4xi48>) -> tensor<4xi32>
  call @show(%short_multipliers) : (tensor<4xi32>) -> ()
  %x_wrap_before_saturation = arith.constant dense<[536870912, -536870913, 1, 0]> : tensor<4xi32>
  // CHECK: data =
  // CHECK-NEXT: [-128, 127, 4, 0]
  %wrap_before_saturation = call @wrap_before_saturation(%x_wrap_before_saturation) : (tensor<4xi32>) -> tensor<4xi8>
  call @show_bytes(%wrap_before_saturation) : (tensor<4xi8>) -> ()
  return
}
