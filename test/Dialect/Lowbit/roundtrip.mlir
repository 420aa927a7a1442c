// Every type, attribute and op of the dialect survives text and bytecode.
// RUN: lowbit-opt %s | lowbit-opt | FileCheck %s
// RUN: lowbit-opt %s --mlir-print-op-generic | lowbit-opt | FileCheck %s
// RUN: lowbit-opt %s --emit-bytecode | lowbit-opt | FileCheck %s

//===----------------------------------------------------------------------===//
// Types and attributes
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func private @level_sets
// CHECK-SAME: (!lowbit.bipolar, !lowbit.ternary, !lowbit.pow2<2>, !lowbit.pow2<5, nozero>,
// CHECK-SAME: !lowbit.odd<1>, !lowbit.odd<8>, !lowbit.int<1>, !lowbit.int<16>,
// CHECK-SAME: !lowbit.int<2, narrow>, !lowbit.int<16, narrow>, !lowbit.uint<1>, !lowbit.uint<16>,
// CHECK-SAME: !lowbit.levels<[-7, -3, 0, 1, 6]>, !lowbit.levels<[-32768, 32768]>)
func.func private @level_sets(
    !lowbit.bipolar, !lowbit.ternary, !lowbit.pow2<2>, !lowbit.pow2<5, nozero>,
    !lowbit.odd<1>, !lowbit.odd<8>, !lowbit.int<1>, !lowbit.int<16>,
    !lowbit.int<2, narrow>, !lowbit.int<16, narrow>, !lowbit.uint<1>, !lowbit.uint<16>,
    !lowbit.levels<[-7, -3, 0, 1, 6]>, !lowbit.levels<[-32768, 32768]>)

// CHECK-LABEL: func.func private @packed
// CHECK-SAME: (!lowbit.packed<!lowbit.ternary, bits>, tensor<3x!lowbit.packed<!lowbit.pow2<4, nozero>, bits>>,
// CHECK-SAME: tensor<3x!lowbit.packed<!lowbit.levels<[-1, 0, 2]>, bits>>)
func.func private @packed(
    !lowbit.packed<!lowbit.ternary, bits>, tensor<3x!lowbit.packed<!lowbit.pow2<4, nozero>, bits>>,
    tensor<3x!lowbit.packed<!lowbit.levels<[-1, 0, 2]>, bits>>)

// CHECK-LABEL: func.func private @discardable_attributes
// CHECK-SAME: lowbit.checksums = ["conv1", "conv2"]
// CHECK-SAME: lowbit.kernel = #lowbit.kernel<shift_add>
// CHECK-SAME: lowbit.layer = "conv1"
// CHECK-SAME: lowbit.macs = 1024 : i64
// CHECK-SAME: lowbit.multiplier_free
// CHECK-SAME: lowbit.reason = "weights are powers of two"
// CHECK-SAME: lowbit.scheme = #lowbit.scheme<weights = !lowbit.pow2<4>, activation_bits = 2, residual_bits = 16, multiplier_free = true>
// CHECK-SAME: lowbit.trained = #lowbit.trained<!lowbit.levels<[-7, 0, 3]>, scales = dense<[5.000000e-01, 0.000000e+00]> : tensor<2xf32>>
// CHECK-SAME: lowbit.workspace = 4096 : i64
// CHECK-SAME: lowbit.workspace_bound = 4032 : i64
// CHECK-SAME: lowbit.workspace_peak = "conv1"
func.func private @discardable_attributes() attributes {
  lowbit.checksums = ["conv1", "conv2"], lowbit.workspace = 4096 : i64,
  lowbit.workspace_bound = 4032 : i64, lowbit.workspace_peak = "conv1",
  lowbit.kernel = #lowbit.kernel<shift_add>, lowbit.layer = "conv1",
  lowbit.macs = 1024 : i64, lowbit.multiplier_free,
  lowbit.reason = "weights are powers of two",
  lowbit.scheme = #lowbit.scheme<weights = !lowbit.pow2<4>, activation_bits = 2,
                                 residual_bits = 16, multiplier_free = true>,
  lowbit.trained = #lowbit.trained<!lowbit.levels<[-7, 0, 3]>, scales = dense<[0.5, 0.0]> : tensor<2xf32>>}

// CHECK-LABEL: func.func private @scheme_with_activations
// CHECK-SAME: #lowbit.scheme<weights = !lowbit.pow2<4>, activation_bits = 1, residual_bits = 16, multiplier_free = true, activations = !lowbit.bipolar>
func.func private @scheme_with_activations() attributes {
  lowbit.scheme = #lowbit.scheme<weights = !lowbit.pow2<4>, activation_bits = 1, residual_bits = 16,
                                 multiplier_free = true, activations = !lowbit.bipolar>}

// CHECK-LABEL: func.func private @argument_attribute
// CHECK-SAME: (tensor<4xi32> {lowbit.range = array<i64: -12, 12>})
func.func private @argument_attribute(tensor<4xi32> {lowbit.range = array<i64: -12, 12>})

// CHECK-LABEL: func.func private @enumerations
// CHECK-SAME: kernels = [#lowbit.kernel<shift_add>, #lowbit.kernel<multiply_add>, #lowbit.kernel<integer>, #lowbit.kernel<float>]
// CHECK-SAME: roundings = [#lowbit<rounding half_up>, #lowbit<rounding half_even>, #lowbit<rounding half_away>, #lowbit<rounding floor>]
func.func private @enumerations() attributes {
  kernels = [#lowbit.kernel<shift_add>, #lowbit.kernel<multiply_add>,
             #lowbit.kernel<integer>, #lowbit.kernel<float>],
  roundings = [#lowbit<rounding half_up>, #lowbit<rounding half_even>,
               #lowbit<rounding half_away>, #lowbit<rounding floor>]}

//===----------------------------------------------------------------------===//
// From float to codes and back
//===----------------------------------------------------------------------===//

// CHECK-LABEL: @constant
func.func @constant() -> (tensor<4x!lowbit.ternary>, tensor<2x3x!lowbit.int<4>>,
                          tensor<!lowbit.uint<16>>, tensor<2x!lowbit.packed<!lowbit.ternary, bits>>) {
  // CHECK: lowbit.constant dense<-92> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %dense = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  // CHECK: lowbit.constant dense_resource<codes> : tensor<3xi8> : tensor<2x3x!lowbit.int<4>>
  %resource = lowbit.constant dense_resource<codes> : tensor<3xi8> : tensor<2x3x!lowbit.int<4>>
  // CHECK: lowbit.constant dense<[1, 2]> : tensor<2xi8> : tensor<!lowbit.uint<16>>
  %scalar = lowbit.constant dense<[1, 2]> : tensor<2xi8> : tensor<!lowbit.uint<16>>
  // CHECK: lowbit.constant dense<[-92, 1]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  %packed = lowbit.constant dense<[0xA4, 1]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
  return %dense, %resource, %scalar, %packed
      : tensor<4x!lowbit.ternary>, tensor<2x3x!lowbit.int<4>>,
        tensor<!lowbit.uint<16>>, tensor<2x!lowbit.packed<!lowbit.ternary, bits>>
}

// CHECK-LABEL: @quantizers
func.func @quantizers(%x: tensor<1x8x8x4xf32>, %t: tensor<1x3xf32>, %s: tensor<1xf32>)
    -> (tensor<1x8x8x4xf32>, tensor<1x8x8x4x!lowbit.int<8, narrow>>) {
  // CHECK: lowbit.squeeze_threshold %{{.+}}, %{{.+}} step(%{{.+}}) levels(!lowbit.uint<2>) : tensor<1x8x8x4xf32>, tensor<1x3xf32>, tensor<1xf32>
  %st = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
      : tensor<1x8x8x4xf32>, tensor<1x3xf32>, tensor<1xf32>
  // CHECK: lowbit.quantize %{{.+}}, %{{.+}} : tensor<1x8x8x4xf32>, tensor<1xf32> -> tensor<1x8x8x4x!lowbit.int<8, narrow>>
  %q = lowbit.quantize %st, %s
      : tensor<1x8x8x4xf32>, tensor<1xf32> -> tensor<1x8x8x4x!lowbit.int<8, narrow>>
  return %st, %q : tensor<1x8x8x4xf32>, tensor<1x8x8x4x!lowbit.int<8, narrow>>
}

// CHECK-LABEL: @dequantize
func.func @dequantize(%a: tensor<2x4xi32>, %w: tensor<4x!lowbit.bipolar>, %s: tensor<4xf32>, %b: tensor<1xf32>)
    -> (tensor<2x4xf32>, tensor<4xf32>) {
  // CHECK: lowbit.dequantize %{{.+}} scale(%{{.+}}) bias(%{{.+}}) : tensor<2x4xi32>, tensor<4xf32>, tensor<1xf32> -> tensor<2x4xf32>
  %f = lowbit.dequantize %a scale(%s) bias(%b)
      : tensor<2x4xi32>, tensor<4xf32>, tensor<1xf32> -> tensor<2x4xf32>
  // CHECK: lowbit.dequantize %{{.+}} scale(%{{.+}}) : tensor<4x!lowbit.bipolar>, tensor<1xf32> -> tensor<4xf32>
  %g = lowbit.dequantize %w scale(%b) : tensor<4x!lowbit.bipolar>, tensor<1xf32> -> tensor<4xf32>
  return %f, %g : tensor<2x4xf32>, tensor<4xf32>
}

// CHECK-LABEL: @threshold
func.func @threshold(%x: tensor<2x4xf32>, %a: tensor<2x4xi32>, %q: tensor<2x4x!lowbit.uint<8>>,
                     %t: tensor<1x3xf32>, %u: tensor<4x1xi32>)
    -> (tensor<2x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.bipolar>, tensor<2x4x!lowbit.bipolar>,
        tensor<2x4x!lowbit.uint<3>>) {
  // CHECK: lowbit.threshold %{{.+}}, %{{.+}} : tensor<2x4xf32>, tensor<1x3xf32> -> tensor<2x4x!lowbit.uint<2>>
  %float = lowbit.threshold %x, %t : tensor<2x4xf32>, tensor<1x3xf32> -> tensor<2x4x!lowbit.uint<2>>
  // CHECK: lowbit.threshold %{{.+}}, %{{.+}} signs [1, -1, 1, 1] : tensor<2x4xi32>, tensor<4x1xi32> -> tensor<2x4x!lowbit.bipolar>
  %integer = lowbit.threshold %a, %u signs [1, -1, 1, 1]
      : tensor<2x4xi32>, tensor<4x1xi32> -> tensor<2x4x!lowbit.bipolar>
  // CHECK: lowbit.threshold %{{.+}}, %{{.+}} : tensor<2x4x!lowbit.uint<8>>, tensor<4x1xi32> -> tensor<2x4x!lowbit.bipolar>
  %code = lowbit.threshold %q, %u
      : tensor<2x4x!lowbit.uint<8>>, tensor<4x1xi32> -> tensor<2x4x!lowbit.bipolar>
  // CHECK: lowbit.threshold %{{.+}}, %{{.+}} signs [1, 1, -1, 1] base 2 steps [3] : tensor<2x4xi32>, tensor<4x1xi32> -> tensor<2x4x!lowbit.uint<3>>
  %pruned = lowbit.threshold %a, %u signs [1, 1, -1, 1] base 2 steps [3]
      : tensor<2x4xi32>, tensor<4x1xi32> -> tensor<2x4x!lowbit.uint<3>>
  return %float, %integer, %code, %pruned
      : tensor<2x4x!lowbit.uint<2>>, tensor<2x4x!lowbit.bipolar>, tensor<2x4x!lowbit.bipolar>,
        tensor<2x4x!lowbit.uint<3>>
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

// CHECK-LABEL: @products
func.func @products(%x: tensor<1x8x6x4x!lowbit.uint<2>>, %w: tensor<5x3x2x4x!lowbit.ternary>,
                    %y: tensor<1x64x!lowbit.uint<8>>, %v: tensor<10x64x!lowbit.odd<4>>)
    -> (tensor<1x4x6x5xi32>, tensor<1x10xi32>) {
  // CHECK: lowbit.conv2d %{{.+}}, %{{.+}} pad [1, 2, 0, 1] stride [2, 1] dilation [2, 1] : tensor<1x8x6x4x!lowbit.uint<2>>, tensor<5x3x2x4x!lowbit.ternary> -> tensor<1x4x6x5xi32>
  %a = lowbit.conv2d %x, %w pad [1, 2, 0, 1] stride [2, 1] dilation [2, 1]
      : tensor<1x8x6x4x!lowbit.uint<2>>, tensor<5x3x2x4x!lowbit.ternary> -> tensor<1x4x6x5xi32>
  // CHECK: lowbit.matmul %{{.+}}, %{{.+}} : tensor<1x64x!lowbit.uint<8>>, tensor<10x64x!lowbit.odd<4>> -> tensor<1x10xi32>
  %b = lowbit.matmul %y, %v
      : tensor<1x64x!lowbit.uint<8>>, tensor<10x64x!lowbit.odd<4>> -> tensor<1x10xi32>
  return %a, %b : tensor<1x4x6x5xi32>, tensor<1x10xi32>
}

// One group is not printed.
// CHECK-LABEL: @groups_and_pad
func.func @groups_and_pad(%x: tensor<1x8x6x4x!lowbit.uint<2>>, %w: tensor<6x3x2x2x!lowbit.ternary>, %v: tensor<2x1x1x4x!lowbit.ternary>)
    -> (tensor<1x6x5x6xi32>, tensor<1x8x6x2xi32>, tensor<1x9x6x5x!lowbit.uint<2>>) {
  // CHECK: lowbit.conv2d %{{.+}}, %{{.+}} pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 2 : tensor<1x8x6x4x!lowbit.uint<2>>, tensor<6x3x2x2x!lowbit.ternary> -> tensor<1x6x5x6xi32>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 2
      : tensor<1x8x6x4x!lowbit.uint<2>>, tensor<6x3x2x2x!lowbit.ternary> -> tensor<1x6x5x6xi32>
  // CHECK: lowbit.conv2d %{{.+}}, %{{.+}} pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] : tensor<1x8x6x4x!lowbit.uint<2>>, tensor<2x1x1x4x!lowbit.ternary> -> tensor<1x8x6x2xi32>
  %b = lowbit.conv2d %x, %v pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 1
      : tensor<1x8x6x4x!lowbit.uint<2>>, tensor<2x1x1x4x!lowbit.ternary> -> tensor<1x8x6x2xi32>
  // CHECK: lowbit.pad %{{.+}} low [0, 1, 0, 0] high [0, 0, 0, 1] level 3 : tensor<1x8x6x4x!lowbit.uint<2>> -> tensor<1x9x6x5x!lowbit.uint<2>>
  %p = lowbit.pad %x low [0, 1, 0, 0] high [0, 0, 0, 1] level 3
      : tensor<1x8x6x4x!lowbit.uint<2>> -> tensor<1x9x6x5x!lowbit.uint<2>>
  return %a, %b, %p : tensor<1x6x5x6xi32>, tensor<1x8x6x2xi32>, tensor<1x9x6x5x!lowbit.uint<2>>
}

// CHECK-LABEL: @rescale_and_add
func.func @rescale_and_add(%a: tensor<2x4xi32>, %q: tensor<2x4x!lowbit.int<8>>,
                           %m: tensor<4xi64>, %o: tensor<1xi64>)
    -> (tensor<2x4x!lowbit.uint<8>>, tensor<2x4x!lowbit.uint<8>>, tensor<2x4x!lowbit.ternary>, tensor<2x4x!lowbit.int<8>>) {
  // CHECK: lowbit.rescale %{{.+}} multiplier(%{{.+}}) offset(%{{.+}}) shift 20 rounding{{ +}}half_up : tensor<2x4xi32>, tensor<4xi64>, tensor<1xi64> -> tensor<2x4x!lowbit.uint<8>>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up
      : tensor<2x4xi32>, tensor<4xi64>, tensor<1xi64> -> tensor<2x4x!lowbit.uint<8>>
  // CHECK: shift 0 rounding{{ +}}floor clamp [0, 6] : tensor<2x4x!lowbit.int<8>>
  %c = lowbit.rescale %q multiplier(%m) offset(%o) shift 0 rounding floor clamp [0, 6]
      : tensor<2x4x!lowbit.int<8>>, tensor<4xi64>, tensor<1xi64> -> tensor<2x4x!lowbit.uint<8>>
  // CHECK: lowbit.add %{{.+}} multiplier(%{{.+}}), %{{.+}} multiplier(%{{.+}}) offset(%{{.+}}) shift 20 rounding{{ +}}half_even : tensor<2x4xi32>, tensor<4xi64>, tensor<2x4x!lowbit.int<8>>, tensor<1xi64>, tensor<4xi64> -> tensor<2x4x!lowbit.ternary>
  %s = lowbit.add %a multiplier(%m), %q multiplier(%o) offset(%m) shift 20 rounding half_even
      : tensor<2x4xi32>, tensor<4xi64>, tensor<2x4x!lowbit.int<8>>, tensor<1xi64>, tensor<4xi64>
      -> tensor<2x4x!lowbit.ternary>
  // CHECK: shift 62 rounding{{ +}}half_away clamp [-3, 3] : tensor<2x4x!lowbit.int<8>>
  %t = lowbit.add %q multiplier(%m), %q multiplier(%o) offset(%m) shift 62 rounding half_away clamp [-3, 3]
      : tensor<2x4x!lowbit.int<8>>, tensor<4xi64>, tensor<2x4x!lowbit.int<8>>, tensor<1xi64>, tensor<4xi64>
      -> tensor<2x4x!lowbit.int<8>>
  return %r, %c, %s, %t
      : tensor<2x4x!lowbit.uint<8>>, tensor<2x4x!lowbit.uint<8>>, tensor<2x4x!lowbit.ternary>, tensor<2x4x!lowbit.int<8>>
}

// CHECK-LABEL: @pools
func.func @pools(%x: tensor<1x8x8x4x!lowbit.pow2<3>>)
    -> (tensor<1x4x4x4x!lowbit.pow2<3>>, tensor<1x1x1x4xi32>) {
  // CHECK: lowbit.max_pool2d %{{.+}} kernel [3, 3] pad [1, 0, 0, 1] stride [2, 2] : tensor<1x8x8x4x!lowbit.pow2<3>> -> tensor<1x4x4x4x!lowbit.pow2<3>>
  %m = lowbit.max_pool2d %x kernel [3, 3] pad [1, 0, 0, 1] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.pow2<3>> -> tensor<1x4x4x4x!lowbit.pow2<3>>
  // CHECK: lowbit.sum_pool2d %{{.+}} kernel [8, 8] pad [0, 0, 0, 0] stride [8, 8] : tensor<1x8x8x4x!lowbit.pow2<3>> -> tensor<1x1x1x4xi32>
  %s = lowbit.sum_pool2d %x kernel [8, 8] pad [0, 0, 0, 0] stride [8, 8]
      : tensor<1x8x8x4x!lowbit.pow2<3>> -> tensor<1x1x1x4xi32>
  return %m, %s : tensor<1x4x4x4x!lowbit.pow2<3>>, tensor<1x1x1x4xi32>
}

// Sums in fewer bits, with their proof.
// CHECK-LABEL: @narrow_sums
func.func @narrow_sums(%x: tensor<1x1x2x1x!lowbit.uint<2>>, %y: tensor<1x2x!lowbit.uint<2>>) {
  %w = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x1x2x1x!lowbit.ternary>
  // CHECK: lowbit.conv2d {{.*}} bound <[-3, 6] in channels [0, 1]> : {{.*}} -> tensor<1x1x1x2xi8>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] bound <[-3, 6] in channels [0, 1]>
      : tensor<1x1x2x1x!lowbit.uint<2>>, tensor<2x1x2x1x!lowbit.ternary> -> tensor<1x1x1x2xi8>
  %v = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x2x!lowbit.ternary>
  // CHECK: lowbit.matmul {{.*}} bound <[-3, 6] in channels [0, 1]> : {{.*}} -> tensor<1x2xi16>
  %b = lowbit.matmul %y, %v bound <[-3, 6] in channels [0, 1]>
      : tensor<1x2x!lowbit.uint<2>>, tensor<2x2x!lowbit.ternary> -> tensor<1x2xi16>
  // CHECK: lowbit.sum_pool2d {{.*}} -> tensor<1x1x1x1xi8>
  %s = lowbit.sum_pool2d %x kernel [1, 2] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x1x2x1x!lowbit.uint<2>> -> tensor<1x1x1x1xi8>
  return
}

// CHECK-LABEL: @shift_per_channel
func.func @shift_per_channel(%a: tensor<1x2xi16>, %m: tensor<2xi64>, %o: tensor<1xi64>) -> tensor<1x2xi32> {
  // CHECK: shift [31, 40] rounding tosa_double : tensor<1x2xi16>, tensor<2xi64>, tensor<1xi64> -> tensor<1x2xi32>
  %r = lowbit.rescale %a multiplier(%m) offset(%o) shift [31, 40] rounding tosa_double
      : tensor<1x2xi16>, tensor<2xi64>, tensor<1xi64> -> tensor<1x2xi32>
  return %r : tensor<1x2xi32>
}

//===----------------------------------------------------------------------===//
// Storage and proof
//===----------------------------------------------------------------------===//

// CHECK-LABEL: @base3
func.func @base3(%w: tensor<7x!lowbit.ternary>) -> tensor<7x!lowbit.ternary> {
  // CHECK: lowbit.pack {{.*}} -> tensor<2x!lowbit.packed<!lowbit.ternary, base3>>
  %p = lowbit.pack %w : tensor<7x!lowbit.ternary> -> tensor<2x!lowbit.packed<!lowbit.ternary, base3>>
  %u = lowbit.unpack %p : tensor<2x!lowbit.packed<!lowbit.ternary, base3>> -> tensor<7x!lowbit.ternary>
  return %u : tensor<7x!lowbit.ternary>
}

// CHECK-LABEL: @storage
func.func @storage(%w: tensor<6x3x3x4x!lowbit.ternary>, %a: tensor<4xi32>, %b: tensor<4xi8>)
    -> (tensor<6x3x3x4x!lowbit.ternary>, i64, i64) {
  // CHECK: lowbit.pack %{{.+}} : tensor<6x3x3x4x!lowbit.ternary> -> tensor<54x!lowbit.packed<!lowbit.ternary, bits>>
  %p = lowbit.pack %w
      : tensor<6x3x3x4x!lowbit.ternary> -> tensor<54x!lowbit.packed<!lowbit.ternary, bits>>
  // CHECK: lowbit.unpack %{{.+}} : tensor<54x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<6x3x3x4x!lowbit.ternary>
  %u = lowbit.unpack %p
      : tensor<54x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<6x3x3x4x!lowbit.ternary>
  // CHECK: lowbit.checksum %{{.+}} : tensor<6x3x3x4x!lowbit.ternary>
  %h = lowbit.checksum %u : tensor<6x3x3x4x!lowbit.ternary>
  // CHECK: lowbit.checksum %{{.+}} : tensor<4xi32>
  %i = lowbit.checksum %a : tensor<4xi32>
  // CHECK: lowbit.checksum %{{.+}} : tensor<4xi8>
  %j = lowbit.checksum %b : tensor<4xi8>
  return %u, %h, %i : tensor<6x3x3x4x!lowbit.ternary>, i64, i64
}

// The bytes after the 4-byte alignment: codes 0 1 2 3 4 15 (levels 0 1 2 3 4 -1).
{-# dialect_resources: { builtin: { codes: "0x010000001032F4" } } #-}
