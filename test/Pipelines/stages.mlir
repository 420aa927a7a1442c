// Every stage closes with the check of the level that it reaches, so that a broken
// stage fails where it broke.
// DEFINE: %{stage} =
// DEFINE: %{network} = /dev/null
// DEFINE: %{dump} = lowbit-opt %{network} --lowbit-%{stage}-pipeline --dump-pass-pipeline -o /dev/null 2>&1 | FileCheck %s

// The source stage checks what comes in as well.
// REDEFINE: %{network} = %s
// REDEFINE: %{stage} = source
// RUN: %{dump} --check-prefix=SOURCE
// SOURCE: builtin.module(
// SOURCE-NEXT: lowbit-specialize-batch
// SOURCE-NEXT: lowbit-verify-source
// SOURCE: lowbit-fold-constants
// SOURCE: lowbit-find-trained-levels
// SOURCE: lowbit-fold-batch-norm
// SOURCE: lowbit-name-layers
// SOURCE: lowbit-verify-source
// SOURCE-NEXT: {{^\)}}

// REDEFINE: %{network} = /dev/null
// REDEFINE: %{stage} = annotate
// RUN: %{dump} --check-prefix=ANNOTATE
// ANNOTATE: lowbit-assign-schemes
// ANNOTATE: lowbit-insert-squeeze-threshold
// ANNOTATE: lowbit-verify-annotated
// ANNOTATE-NEXT: {{^\)}}

// REDEFINE: %{stage} = quantize
// RUN: %{dump} --check-prefix=QUANTIZE
// QUANTIZE: lowbit-freeze-squeeze-threshold
// QUANTIZE: lowbit-quantize-weights
// QUANTIZE: lowbit-verify-quantized
// QUANTIZE-NEXT: {{^\)}}

// REDEFINE: %{stage} = integer
// RUN: %{dump} --check-prefix=INTEGER
// INTEGER: lowbit-make-integer
// INTEGER: lowbit-verify-integer
// INTEGER-NEXT: {{^\)}}

// REDEFINE: %{stage} = plan
// RUN: %{dump} --check-prefix=PLAN
// PLAN: lowbit-pack-weights
// PLAN: lowbit-outline-layers
// PLAN-NOT: lowbit-insert-checksums
// PLAN: lowbit-verify-planned
// PLAN-NEXT: {{^\)}}

// RUN: lowbit-opt /dev/null --lowbit-plan-pipeline=checksums --dump-pass-pipeline -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=CHECKSUMS
// CHECKSUMS: lowbit-outline-layers
// CHECKSUMS: lowbit-insert-checksums
// CHECKSUMS: lowbit-verify-planned

// REDEFINE: %{stage} = loops
// RUN: %{dump} --check-prefix=LOOPS
// LOOPS: convert-lowbit-to-linalg
// LOOPS: lowbit-plan-workspace
// LOOPS: convert-linalg-to-loops
// LOOPS: lowbit-verify-loops
// LOOPS-NEXT: {{^\)}}

// REDEFINE: %{stage} = llvm
// RUN: %{dump} --check-prefix=LLVM
// LLVM: lowbit-emit-entry-point{name=net}
// LLVM: reconcile-unrealized-casts

// The options of a stage reach its passes.
// RUN: lowbit-opt /dev/null --dump-pass-pipeline -o /dev/null 2>&1 \
// RUN:   --lowbit-annotate-pipeline='recipe=r.yaml calibration=npy:x.npy samples=7 normalization=scale=2 threads=1' \
// RUN:   | FileCheck %s --check-prefix=OPTIONS
// OPTIONS: lowbit-assign-schemes{recipe=r.yaml}
// OPTIONS: lowbit-insert-squeeze-threshold{calibration=npy:x.npy form=frozen normalization={{.*}}scale=2{{.*}} recipe=r.yaml samples=7 threads=1}
// RUN: lowbit-opt /dev/null --lowbit-llvm-pipeline='name=tiny index-bitwidth=32' --dump-pass-pipeline -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=WIDTH
// WIDTH: lowbit-emit-entry-point{name=tiny}
// WIDTH: convert-arith-to-llvm{index-bitwidth=32}
// WIDTH: finalize-memref-to-llvm{index-bitwidth=32
// WIDTH: convert-func-to-llvm{index-bitwidth=32 use-bare-ptr-memref-call-conv=true}
// WIDTH: convert-cf-to-llvm{index-bitwidth=32}

func.func @network(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}
