// Every pass accepts a module with nothing in it; only the check of sources asks
// for a network.
// RUN: lowbit-opt %s --lowbit-specialize-batch --lowbit-fold-constants --lowbit-sink-data-movement \
// RUN:   --lowbit-find-trained-levels --lowbit-fold-batch-norm --lowbit-name-layers --lowbit-import-quantized --lowbit-dequantize-tosa | FileCheck %s
// RUN: lowbit-opt %s --lowbit-assign-schemes --lowbit-insert-squeeze-threshold | FileCheck %s
// RUN: lowbit-opt %s --lowbit-freeze-squeeze-threshold | FileCheck %s
// RUN: lowbit-opt %s --lowbit-quantize-weights --lowbit-make-integer | FileCheck %s
// RUN: lowbit-opt %s --lowbit-narrow-sums --lowbit-pack-weights --lowbit-insert-checksums --lowbit-outline-layers | FileCheck %s
// RUN: lowbit-opt %s --convert-tosa-to-kernel --lowbit-separate-bias --convert-lowbit-to-linalg --lowbit-expand-math --lowbit-lower-copies --lowbit-select-kernels --lowbit-fuse-epilogues \
// RUN:   --lowbit-vectorize-linalg --convert-kernel-to-vector --lowbit-lower-kernel-steps | FileCheck %s
// RUN: lowbit-opt %s --lowbit-sort-constants --lowbit-plan-workspace --lowbit-insert-timers --lowbit-emit-entry-point | FileCheck %s
// RUN: lowbit-opt %s --lowbit-verify-annotated --lowbit-verify-quantized --lowbit-verify-integer \
// RUN:   --lowbit-verify-planned --lowbit-verify-loops | FileCheck %s
// RUN: not lowbit-opt %s --lowbit-verify-source 2>&1 | FileCheck %s --check-prefix=SOURCE

// CHECK: module {
// CHECK-NEXT: }
// SOURCE: error: module has 0 public functions, expected one: the network
module {}
