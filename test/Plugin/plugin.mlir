// Stock mlir-opt with our dialect, passes and pipelines loaded at run time.
// REQUIRES: plugin
// DEFINE: %{load} = --load-dialect-plugin=%plugin --load-pass-plugin=%plugin

// RUN: mlir-opt %s %{load} --pass-pipeline='builtin.module(canonicalize)' | FileCheck %s
// CHECK-LABEL: func.func private @weights
// CHECK-NEXT: %[[CODES:.+]] = lowbit.constant dense<-92> : tensor<1xi8> : tensor<4x!lowbit.ternary>
// CHECK-NEXT: return %[[CODES]]

// RUN: mlir-opt %s %{load} --pass-pipeline='builtin.module(func.func(lowbit-pack-weights))' \
// RUN:   | FileCheck %s --check-prefix=PACK
// PACK: lowbit.constant dense<75> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.ternary, base3>>
// PACK: lowbit.unpack

// Options, and conversions, whose dialects the plugin brings along.
// RUN: mlir-opt %s %{load} --pass-pipeline='builtin.module(convert-lowbit-to-linalg)' \
// RUN:   | FileCheck %s --check-prefix=LINALG
// LINALG-LABEL: func.func private @weights() -> tensor<4xi8>
// LINALG-NOT: lowbit.constant

// RUN: mlir-opt %s %{load} --emit-bytecode \
// RUN:   | mlir-opt %{load} | FileCheck %s --check-prefix=BYTECODE
// BYTECODE: lowbit.constant dense<-92> : tensor<1xi8> : tensor<4x!lowbit.ternary>

// RUN: mlir-opt %s --load-pass-plugin=%plugin --help | FileCheck %s --check-prefix=HELP
// HELP: --lowbit-to-llvm

// RUN: not mlir-opt %s 2>&1 | FileCheck %s --check-prefix=WITHOUT
// WITHOUT: error: {{.*}}lowbit
func.func private @weights() -> tensor<4x!lowbit.ternary> {
  %p = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  return %p : tensor<4x!lowbit.ternary>
}
