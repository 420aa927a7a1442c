// The whole way in stock mlir-opt, and on to LLVM IR.
// REQUIRES: plugin
// DEFINE: %{load} = --load-dialect-plugin=%plugin --load-pass-plugin=%plugin

// RUN: mlir-opt %s %{load} --pass-pipeline='builtin.module(lowbit-to-llvm{name=tiny})' \
// RUN:   | FileCheck %s --check-prefixes=CHECK,FLOAT
// RUN: mlir-opt %s %{load} --pass-pipeline='builtin.module(lowbit-to-llvm{name=tiny})' \
// RUN:   | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=IR
// IR: define i32 @tiny_run(ptr noalias %{{[^,]+}}, ptr noalias %{{[^,]+}}, ptr noalias %{{[^,)]+}})

// RUN: %python %S/../Transforms/Inputs/write-npy.py %t.npy 2x4x1x1 0,1,2,3,1,1,2,2
// RUN: mlir-opt %s %{load} \
// RUN:   --pass-pipeline='builtin.module(lowbit-to-llvm{name=tiny checksums recipe=%S/../Transforms/Inputs/ternary.yaml calibration=npy:%t.npy})' \
// RUN:   | FileCheck %s --check-prefixes=CHECK,INTEGER


// The programs are the same, whichever driver runs the passes.
// RUN: mlir-opt %s %{load} --pass-pipeline='builtin.module(lowbit-to-llvm)' > %t-stock.mlir
// RUN: lowbit-opt %s --lowbit-to-llvm > %t-ours.mlir
// RUN: diff %t-stock.mlir %t-ours.mlir

// CHECK-NOT: {{(lowbit|tosa|memref|arith|linalg)\.}}
// CHECK: llvm.func @tiny_run
// FLOAT-SAME: (%{{[^,]+}}, %{{[^,]+}}, %{{[^,]+}}) -> i32
// INTEGER-SAME: (%{{[^,]+}}, %{{[^,]+}}, %{{[^,]+}}, %{{[^,]+}}) -> i32
// FLOAT: llvm.func internal @conv0
// FLOAT: llvm.fmul
// INTEGER: llvm.func internal @conv0
// INTEGER-SAME: ["lowbit-multiplier-free", ""]
// INTEGER-NOT: llvm.mul {{.*}} : i32
// INTEGER-NOT: llvm.fmul
// INTEGER: llvm.return
func.func @net(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}
