// A residual network from TOSA to the llvm dialect, calibrated on two images of an idx
// file, and the same without a recipe.
// DEFINE: %{idx} = import struct, sys; image, label = sys.argv[1:]; \
// DEFINE:   open(image, 'wb').write(struct.pack('>IIII', 0x803, 2, 4, 4) + bytes(range(0, 256, 8))); \
// DEFINE:   open(label, 'wb').write(struct.pack('>II', 0x801, 2) + bytes([0, 1]))
// RUN: %python -c "%{idx}" %t-images %t-labels
// RUN: lowbit-opt %s --lowbit-to-llvm='recipe=%S/../Transforms/Inputs/ternary.yaml calibration=idx:%t-images,%t-labels normalization=scale=0.00390625' \
// RUN:   | FileCheck %s --implicit-check-not='lowbit.' --implicit-check-not=tosa. --implicit-check-not=memref. --implicit-check-not=builtin.unrealized
// RUN: lowbit-opt %s --lowbit-to-llvm='name=tiny checksums recipe=%S/../Transforms/Inputs/ternary.yaml calibration=idx:%t-images,%t-labels' \
// RUN:   | FileCheck %s --check-prefix=CHECKSUMS
// RUN: lowbit-opt %s --lowbit-to-llvm | FileCheck %s --check-prefix=FLOAT --implicit-check-not='lowbit.' --implicit-check-not=tosa.

// CHECK-LABEL: llvm.func @net_run
// CHECK-SAME: (%{{[^,]+}}, %{{[^,]+}}, %{{[^,]+}}) -> i32 attributes {passthrough = ["nounwind"]}
// CHECK: llvm.call @input
// CHECK: llvm.call @stem
// CHECK: llvm.call @"body+sum"
// CHECK: llvm.call @dense
// CHECK: llvm.call @output

// Quantizing the input and dequantizing the result is all the float that is left; what
// lies between does without multiplications of values (addresses are i64).
// CHECK-LABEL: llvm.func internal @stem
// CHECK-SAME: passthrough = ["nounwind", "noinline", ["lowbit-multiplier-free", ""]]
// CHECK-NOT: llvm.mul {{.*}} : i32
// CHECK-NOT: llvm.f
// CHECK-LABEL: llvm.func internal @"body+sum"
// CHECK-SAME: ["lowbit-multiplier-free", ""]
// CHECK-NOT: llvm.mul {{.*}} : i32
// CHECK-LABEL: llvm.func internal @dense
// CHECK-NOT: llvm.mul {{.*}} : i32
// CHECK-LABEL: llvm.func internal @output
// CHECK-NOT: "lowbit-multiplier-free"
// CHECK: llvm.sitofp
// CHECK: llvm.fmul

// One pointer more for the checksums; no allocation and no call of a runtime anywhere.
// CHECKSUMS-LABEL: llvm.func @tiny_run
// CHECKSUMS-SAME: (%{{[^,]+}}, %{{[^,]+}}, %{{[^,]+}}, %{{[^,]+}}) -> i32
// CHECKSUMS-NOT: @malloc
// CHECKSUMS-NOT: @memrefCopy

// FLOAT-LABEL: llvm.func @net_run
// FLOAT-SAME: (%{{[^,]+}}, %{{[^,]+}}, %{{[^,]+}}) -> i32
// FLOAT-NOT: lowbit-multiplier-free
// FLOAT: llvm.func internal @stem
// FLOAT: llvm.fmul
func.func @main(%image: tensor<1x4x4x1xf32>) -> tensor<1x1x1x2xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w1 = "tosa.const"() <{values = dense<[[[[0.5]]], [[[-0.75]]]]> : tensor<2x1x1x1xf32>}> : () -> tensor<2x1x1x1xf32>
  %b1 = "tosa.const"() <{values = dense<[0.25, 0.5]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %w2 = "tosa.const"() <{values = dense<[[[[0.5, -0.5]]], [[[0.75, 0.125]]]]> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %gain = "tosa.const"() <{values = dense<[[[[2.0, -1.5]]]]> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %image, %w1, %b1, %zero, %zero {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32> loc("stem")
  %1 = tosa.clamp %0 {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %2 = tosa.conv2d %1, %w2, %b1, %zero, %zero {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x4x2xf32>, tensor<2x1x1x2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32> loc("body")
  %3 = tosa.mul %2, %gain, %shift : (tensor<1x4x4x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x4x4x2xf32>
  %4 = tosa.add %1, %3 : (tensor<1x4x4x2xf32>, tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> loc("sum")
  %5 = tosa.clamp %4 {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %6 = tosa.max_pool2d %5 {kernel = array<i64: 4, 4>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 4, 4>}
      : (tensor<1x4x4x2xf32>) -> tensor<1x1x1x2xf32> loc("pool")
  %7 = tosa.conv2d %6, %w2, %b1, %zero, %zero {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x1x1x2xf32>, tensor<2x1x1x2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32> loc("dense")
  return %7 : tensor<1x1x1x2xf32>
}
