// RUN: lowbit-opt %s --lowbit-insert-timers --canonicalize --split-input-file --verify-diagnostics | FileCheck %s

// RUN: lowbit-opt %s --lowbit-insert-timers=barrier=lfence --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LFENCE
// RUN: lowbit-opt %s --lowbit-insert-timers=barrier=isb --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=ISB

// A barrier stands right before each reading.
// LFENCE-LABEL: func.func @main
// LFENCE-COUNT-4: llvm.call_intrinsic "llvm.x86.sse2.lfence"() : () -> ()
// LFENCE-NEXT: llvm.call_intrinsic "llvm.readcyclecounter"
// LFENCE-NOT: lfence
// LFENCE: return
// ISB-LABEL: func.func @main
// ISB: %[[SY:.+]] = llvm.mlir.constant(15 : i32) : i32
// ISB-NEXT: llvm.call_intrinsic "llvm.aarch64.isb"(%[[SY]]) : (i32) -> ()
// ISB-NEXT: llvm.call_intrinsic "llvm.readcyclecounter"

// A row for the network and one for each layer: column 0 when it begins, column 1 when
// it ends. The workspace stays the last argument.
// CHECK-LABEL: func.func @main
// CHECK-SAME: %[[STAMPS:[^ ]+]]: memref<2x2xi64> {bufferize.result}, %{{.+}}: memref<0xi8>)
// CHECK-SAME: attributes {lowbit.timers = ["conv1"], lowbit.workspace = 0 : i64}
// CHECK-DAG: %[[C0:.+]] = arith.constant 0 : index
// CHECK-DAG: %[[C1:.+]] = arith.constant 1 : index
// CHECK: %[[T0:.+]] = llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
// CHECK-NEXT: memref.store %[[T0]], %[[STAMPS]][%[[C0]], %[[C0]]]
// CHECK-NEXT: %[[T1:.+]] = llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
// CHECK-NEXT: memref.store %[[T1]], %[[STAMPS]][%[[C1]], %[[C0]]]
// CHECK-NEXT: call @conv1
// CHECK-NEXT: %[[T2:.+]] = llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
// CHECK-NEXT: memref.store %[[T2]], %[[STAMPS]][%[[C1]], %[[C1]]]
// CHECK-NEXT: %[[T3:.+]] = llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
// CHECK-NEXT: memref.store %[[T3]], %[[STAMPS]][%[[C0]], %[[C1]]]
// CHECK-NEXT: return
func.func @main(%in: memref<4xf32>, %out: memref<4xf32> {bufferize.result}, %workspace: memref<0xi8>)
    attributes {lowbit.workspace = 0 : i64} {
  call @conv1(%in, %out) : (memref<4xf32>, memref<4xf32>) -> ()
  return
}
func.func private @conv1(memref<4xf32>, memref<4xf32>) attributes {lowbit.layer = "conv1"}

// -----

// Rows are by call; a function that is no layer has none.
// CHECK-LABEL: func.func @two_layers
// CHECK-SAME: %[[STAMPS:[^ ]+]]: memref<3x2xi64> {bufferize.result}
// CHECK-SAME: lowbit.timers = ["conv1", "conv1_0"]
// CHECK-DAG: %[[C1:.+]] = arith.constant 1 : index
// CHECK-DAG: %[[C2:.+]] = arith.constant 2 : index
// CHECK: call @conv1(
// CHECK: memref.store %{{.+}}, %[[STAMPS]][%[[C1]], %[[C1]]]
// CHECK-NEXT: call @not_a_layer
// CHECK-NEXT: llvm.call_intrinsic
// CHECK-NEXT: memref.store %{{.+}}, %[[STAMPS]][%[[C2]],
// CHECK-NEXT: call @conv1_0
// CHECK: memref.store %{{.+}}, %[[STAMPS]][%[[C2]], %[[C1]]]
func.func @two_layers(%x: memref<4xf32>, %workspace: memref<0xi8>) attributes {lowbit.workspace = 0 : i64} {
  call @conv1(%x) : (memref<4xf32>) -> ()
  call @not_a_layer(%x) : (memref<4xf32>) -> ()
  call @conv1_0(%x) : (memref<4xf32>) -> ()
  return
}
func.func private @conv1(memref<4xf32>) attributes {lowbit.layer = "conv1"}
func.func private @conv1_0(memref<4xf32>) attributes {lowbit.layer = "conv1"}
func.func private @not_a_layer(memref<4xf32>)

// -----

// CHECK-LABEL: func.func @no_layers
// CHECK-SAME: (%{{.+}}: memref<4xf32>) {
// CHECK-NOT: llvm.call_intrinsic
func.func @no_layers(%x: memref<4xf32>) {
  return
}

// -----

// CHECK-LABEL: func.func private @does_not_change_layers
// CHECK-NOT: llvm.call_intrinsic
func.func private @does_not_change_layers(%x: memref<4xf32>) attributes {lowbit.layer = "outer"} {
  call @conv1(%x) : (memref<4xf32>) -> ()
  return
}
func.func private @conv1(memref<4xf32>) attributes {lowbit.layer = "conv1"}

// -----

// expected-error@below {{is not at the level of loops; run lowbit-loops-pipeline first}}
func.func @tensors(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @conv1(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @conv1(tensor<4xf32>) -> tensor<4xf32> attributes {lowbit.layer = "conv1"}

// -----

// expected-error@below {{has time stamps already}}
func.func @twice(%x: memref<4xf32>, %stamps: memref<2x2xi64>, %workspace: memref<0xi8>)
    attributes {lowbit.workspace = 0 : i64, lowbit.timers = ["conv1"]} {
  call @conv1(%x) : (memref<4xf32>) -> ()
  return
}
func.func private @conv1(memref<4xf32>) attributes {lowbit.layer = "conv1"}
