// RUN: lowbit-opt %s --lowbit-emit-entry-point=name=tiny --split-input-file --verify-diagnostics | FileCheck %s

// The workspace is checked for its alignment, and every pointer for null; a null
// pointer is the complaint that wins.
// CHECK-LABEL: func.func @tiny_run
// CHECK-SAME: (%[[IN:.+]]: memref<1x4xf32> {llvm.noalias}, %[[OUT:.+]]: memref<1x4xf32> {llvm.noalias}, %[[WORKSPACE:.+]]: memref<64xi8> {llvm.noalias}) -> i32
// CHECK-SAME: attributes {passthrough = ["nounwind"]}
// CHECK: %[[AT:.+]] = memref.extract_aligned_pointer_as_index %[[WORKSPACE]]
// CHECK: %[[MASK:.+]] = arith.constant 63 : index
// CHECK: %[[LOW:.+]] = arith.andi %[[AT]], %[[MASK]]
// CHECK: %[[MISALIGNED:.+]] = arith.cmpi ne, %[[LOW]],
// CHECK: %[[TWO:.+]] = arith.constant 2 : i32
// CHECK: arith.select %[[MISALIGNED]], %[[TWO]],
// CHECK: memref.extract_aligned_pointer_as_index %[[IN]]
// CHECK: memref.extract_aligned_pointer_as_index %[[OUT]]
// CHECK: %[[ONE:.+]] = arith.constant 1 : i32
// CHECK: memref.extract_aligned_pointer_as_index %[[WORKSPACE]]
// CHECK: %[[STATUS:.+]] = arith.select
// CHECK: %[[FINE:.+]] = arith.cmpi eq, %[[STATUS]],
// CHECK: cf.cond_br %[[FINE]], ^[[BODY:.+]], ^[[REFUSAL:.+]]
// CHECK: ^[[BODY]]:
// CHECK: call @conv1(%[[IN]], %[[OUT]])
// CHECK: %[[DONE:.+]] = arith.constant 0 : i32
// CHECK: return %[[DONE]] : i32
// CHECK: ^[[REFUSAL]]:
// CHECK: return %[[STATUS]] : i32
func.func @main(%in: memref<1x4xf32>, %out: memref<1x4xf32>, %workspace: memref<64xi8>)
    attributes {lowbit.workspace = 64 : i64, lowbit.checksums = ["conv1"]} {
  call @conv1(%in, %out) : (memref<1x4xf32>, memref<1x4xf32>) -> ()
  return
}

// CHECK-LABEL: func.func private @conv1
// CHECK-SAME: {llvm.noalias}
// CHECK-SAME: attributes {llvm.linkage = #llvm.linkage<internal>, passthrough = ["nounwind", "noinline", ["lowbit-multiplier-free", ""]]}
// CHECK-NOT: lowbit.
func.func private @conv1(%in: memref<1x4xf32>, %out: memref<1x4xf32>) attributes {
    lowbit.layer = "conv1", lowbit.kernel = #lowbit.kernel<shift_add>, lowbit.reason = "",
    lowbit.macs = 3 : i64, lowbit.multiplier_free, lowbit.workspace = 0 : i64} {
  return
}

// -----

// An empty workspace may be null.
// CHECK-LABEL: func.func @tiny_run
// CHECK: memref.extract_aligned_pointer_as_index %{{.+}} : memref<1x4xf32> -> index
// CHECK-NOT: memref.extract_aligned_pointer_as_index
// CHECK: return
func.func @main(%in: memref<1x4xf32>, %workspace: memref<0xi8>) {
  return
}

// -----

// expected-error@below {{expects buffers for arguments and no results; run lowbit-loops-pipeline first}}
func.func @tensors(%in: tensor<1x4xf32>) {
  return
}

// -----

// expected-error@below {{expects buffers for arguments and no results; run lowbit-loops-pipeline first}}
func.func @results(%in: memref<1x4xf32>) -> memref<1x4xf32> {
  return %in : memref<1x4xf32>
}
