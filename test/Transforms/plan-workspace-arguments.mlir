// Buffers of layers that are alive one after another share an argument of bytes.
// RUN: lowbit-opt %s --lowbit-plan-workspace --split-input-file --verify-diagnostics | FileCheck %s

// The input dies before the sums begin, the padded copy before the result does.
// CHECK-LABEL: func.func @one_after_another
// CHECK-SAME: %[[WORKSPACE:[a-z0-9]+]]: memref<384xi8>) attributes {lowbit.workspace = 384 : i64, lowbit.workspace_bound = 384 : i64, lowbit.workspace_peak = "conv1"}
// CHECK: %[[FIRST:.+]] = memref.view %[[WORKSPACE]]{{.*}} to memref<256xi8>
// CHECK: %[[SECOND:.+]] = memref.view %[[WORKSPACE]]{{.*}} to memref<128xi8>
// CHECK: call @layer(%[[FIRST]], %[[SECOND]]) : (memref<256xi8>, memref<128xi8>) -> ()
func.func @one_after_another(%x: memref<1xf32>) {
  %in = memref.alloc() : memref<64xi8>
  call @use8(%in) : (memref<64xi8>) -> ()
  %out = memref.alloc() : memref<64xi8>
  call @layer(%in, %out) : (memref<64xi8>, memref<64xi8>) -> ()
  call @use8(%out) : (memref<64xi8>) -> ()
  return
}

// CHECK-LABEL: func.func private @layer
// CHECK-SAME: (%[[A:[a-z0-9]+]]: memref<256xi8>, %[[B:[a-z0-9]+]]: memref<128xi8>)
// CHECK-DAG: %[[OUT:.+]] = memref.view %[[B]][%{{.+}}][] : memref<128xi8> to memref<64xi8>
// CHECK-DAG: %[[PADDED:.+]] = memref.view %[[B]][%{{.+}}][] : memref<128xi8> to memref<128xi8>
// CHECK-DAG: %[[IN:.+]] = memref.view %[[A]][%{{.+}}][] : memref<256xi8> to memref<64xi8>
// CHECK-DAG: %[[SUMS:.+]] = memref.view %[[A]][%{{.+}}][] : memref<256xi8> to memref<64xi32>
// CHECK: call @pad(%[[IN]], %[[PADDED]])
// CHECK: call @sum(%[[PADDED]], %[[SUMS]])
// CHECK: call @round(%[[SUMS]], %[[OUT]])
func.func private @layer(%in: memref<64xi8>, %out: memref<64xi8>) attributes {lowbit.layer = "conv1"} {
  %padded = memref.alloc() : memref<128xi8>
  call @pad(%in, %padded) : (memref<64xi8>, memref<128xi8>) -> ()
  %sums = memref.alloc() : memref<64xi32>
  call @sum(%padded, %sums) : (memref<128xi8>, memref<64xi32>) -> ()
  call @round(%sums, %out) : (memref<64xi32>, memref<64xi8>) -> ()
  return
}

func.func private @use8(memref<64xi8>)
func.func private @pad(memref<64xi8>, memref<128xi8>)
func.func private @sum(memref<128xi8>, memref<64xi32>)
func.func private @round(memref<64xi32>, memref<64xi8>)

// -----

// A layer that is called twice keeps an argument for each buffer: another call has other
// places.
// CHECK-LABEL: func.func @called_twice
// CHECK-SAME: lowbit.workspace = 192 : i64
// CHECK: call @layer(%{{.+}}, %{{.+}}, %{{.+}}) : (memref<64xi8>, memref<64xi8>, memref<64xi8>) -> ()
// CHECK: call @layer(%{{.+}}, %{{.+}}, %{{.+}}) : (memref<64xi8>, memref<64xi8>, memref<64xi8>) -> ()
func.func @called_twice(%x: memref<1xf32>) {
  %a = memref.alloc() : memref<64xi8>
  call @use8(%a) : (memref<64xi8>) -> ()
  %b = memref.alloc() : memref<64xi8>
  call @layer(%a, %b) : (memref<64xi8>, memref<64xi8>) -> ()
  %c = memref.alloc() : memref<64xi8>
  call @layer(%b, %c) : (memref<64xi8>, memref<64xi8>) -> ()
  call @use8(%c) : (memref<64xi8>) -> ()
  return
}

func.func private @layer(%in: memref<64xi8>, %out: memref<64xi8>) {
  %t = memref.alloc() : memref<64xi8>
  call @use8(%in) : (memref<64xi8>) -> ()
  call @use8(%t) : (memref<64xi8>) -> ()
  call @use8(%out) : (memref<64xi8>) -> ()
  return
}

func.func private @use8(memref<64xi8>)

// -----

// A part of a buffer, or a buffer that is two arguments, is taken to be used from start to
// end of the call.
// CHECK-LABEL: func.func @parts_and_pairs
// CHECK-SAME: lowbit.workspace = 192 : i64
// CHECK: call @layer(%{{.+}}, %[[B:.+]], %[[B]], %{{.+}}) : (memref<64xi8, strided<[1], offset: 8>>, memref<64xi8>, memref<64xi8>, memref<1xf32>) -> ()
func.func @parts_and_pairs(%x: memref<1xf32>) {
  %a = memref.alloc() : memref<128xi8>
  %part = memref.subview %a[8] [64] [1] : memref<128xi8> to memref<64xi8, strided<[1], offset: 8>>
  %b = memref.alloc() : memref<64xi8>
  call @layer(%part, %b, %b, %x) : (memref<64xi8, strided<[1], offset: 8>>, memref<64xi8>, memref<64xi8>, memref<1xf32>) -> ()
  return
}

func.func private @layer(%part: memref<64xi8, strided<[1], offset: 8>>, %b: memref<64xi8>, %c: memref<64xi8>, %x: memref<1xf32>) {
  call @usepart(%part) : (memref<64xi8, strided<[1], offset: 8>>) -> ()
  call @use8(%b) : (memref<64xi8>) -> ()
  call @use8(%c) : (memref<64xi8>) -> ()
  return
}

func.func private @usepart(memref<64xi8, strided<[1], offset: 8>>)
func.func private @use8(memref<64xi8>)
