// RUN: lowbit-opt %s --lowbit-plan-workspace --split-input-file --verify-diagnostics | FileCheck %s

// Both live at once: the larger one first, the smaller one behind it at a multiple of 64.
// CHECK-LABEL: func.func @overlapping_lives
// CHECK-SAME: %[[WORKSPACE:[a-z0-9]+]]: memref<192xi8>) attributes {lowbit.workspace = 192 : i64, lowbit.workspace_bound = 192 : i64, lowbit.workspace_peak = ""}
// CHECK-DAG: %[[AT:.+]] = arith.constant 128 : index
// CHECK-DAG: %[[SMALL:.+]] = memref.view %[[WORKSPACE]][%[[AT]]][] : memref<192xi8> to memref<10xi8>
// CHECK-DAG: %[[ZERO:.+]] = arith.constant 0 : index
// CHECK-DAG: %[[LARGE:.+]] = memref.view %[[WORKSPACE]][%[[ZERO]]][] : memref<192xi8> to memref<25xf32>
// CHECK-NOT: memref.alloc
// CHECK: call @use8(%[[SMALL]])
// CHECK: call @use32(%[[LARGE]])
// CHECK: call @use8(%[[SMALL]])
func.func @overlapping_lives(%x: memref<1xf32>) {
  %small = memref.alloc() : memref<10xi8>
  %large = memref.alloc() : memref<25xf32>
  call @use8(%small) : (memref<10xi8>) -> ()
  call @use32(%large) : (memref<25xf32>) -> ()
  call @use8(%small) : (memref<10xi8>) -> ()
  return
}

// One is dead when the other begins, wherever they are allocated: the same bytes.
// CHECK-LABEL: func.func @disjoint_lives_share_bytes
// CHECK-SAME: memref<128xi8>) attributes {lowbit.workspace = 128 : i64, lowbit.workspace_bound = 128 : i64, lowbit.workspace_peak = ""}
// CHECK: %[[FIRST:.+]] = arith.constant 0 : index
// CHECK: memref.view %{{.+}}[%[[FIRST]]]
// CHECK: %[[SECOND:.+]] = arith.constant 0 : index
// CHECK: memref.view %{{.+}}[%[[SECOND]]]
func.func @disjoint_lives_share_bytes(%x: memref<1xf32>) {
  %small = memref.alloc() : memref<10xi8>
  %large = memref.alloc() : memref<25xf32>
  call @use8(%small) : (memref<10xi8>) -> ()
  call @use32(%large) : (memref<25xf32>) -> ()
  return
}

// A view of a buffer keeps it alive.
// CHECK-LABEL: func.func @views_lengthen_lives
// CHECK-SAME: memref<192xi8>)
func.func @views_lengthen_lives(%x: memref<1xf32>) {
  %small = memref.alloc() : memref<10xi8>
  call @use8(%small) : (memref<10xi8>) -> ()
  %matrix = memref.expand_shape %small [[0, 1]] output_shape [2, 5] : memref<10xi8> into memref<2x5xi8>
  %view = memref.collapse_shape %matrix [[0, 1]] : memref<2x5xi8> into memref<10xi8>
  %large = memref.alloc() : memref<25xf32>
  call @use32(%large) : (memref<25xf32>) -> ()
  call @use8(%view) : (memref<10xi8>) -> ()
  return
}

// Uses in a loop are uses for all of the loop.
// CHECK-LABEL: func.func @lives_in_loops
// CHECK-SAME: memref<192xi8>)
func.func @lives_in_loops(%x: memref<1xf32>) {
  %small = memref.alloc() : memref<10xi8>
  %large = memref.alloc() : memref<25xf32>
  %zero = arith.constant 0 : index
  %ten = arith.constant 10 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %ten step %one {
    func.call @use8(%small) : (memref<10xi8>) -> ()
    func.call @use32(%large) : (memref<25xf32>) -> ()
  }
  return
}

func.func private @use8(memref<10xi8>)
func.func private @use32(memref<25xf32>)

// -----

// The public function has a workspace even if nothing needs one; a layer has none.
// CHECK-LABEL: func.func @nothing_to_place
// CHECK-SAME: (%{{.+}}: memref<1xf32>, %{{.+}}: memref<0xi8>) attributes {lowbit.workspace = 0 : i64, lowbit.workspace_bound = 0 : i64, lowbit.workspace_peak = ""}
func.func @nothing_to_place(%x: memref<1xf32>) {
  call @layer(%x) : (memref<1xf32>) -> ()
  return
}

// CHECK-LABEL: func.func private @layer
// CHECK-SAME: (%{{.+}}: memref<1xf32>) {
func.func private @layer(%x: memref<1xf32>) {
  return
}

// -----

// The buffers of a layer become arguments. Those of two calls share bytes, for only one
// of them runs at a time; the buffer between them lies behind.
// CHECK-LABEL: func.func @buffers_of_layers
// CHECK-SAME: %[[WORKSPACE:[a-z0-9]+]]: memref<192xi8>) attributes {lowbit.workspace = 192 : i64, lowbit.workspace_bound = 192 : i64, lowbit.workspace_peak = ""}
// CHECK-DAG: %[[AT:.+]] = arith.constant 128 : index
// CHECK-DAG: %[[BUFFER:.+]] = memref.view %[[WORKSPACE]][%[[AT]]][] : memref<192xi8> to memref<4xf32>
// CHECK: %[[ZERO:.+]] = arith.constant 0 : index
// CHECK: %[[FIRST:.+]] = memref.view %[[WORKSPACE]][%[[ZERO]]][] : memref<192xi8> to memref<25xf32>
// CHECK: call @layer(%[[BUFFER]], %[[FIRST]])
// CHECK: %[[AGAIN:.+]] = arith.constant 0 : index
// CHECK: %[[SECOND:.+]] = memref.view %[[WORKSPACE]][%[[AGAIN]]][] : memref<192xi8> to memref<25xf32>
// CHECK: call @layer(%[[BUFFER]], %[[SECOND]])
func.func @buffers_of_layers(%x: memref<1xf32>) {
  %b = memref.alloc() : memref<4xf32>
  call @layer(%b) : (memref<4xf32>) -> ()
  call @layer(%b) : (memref<4xf32>) -> ()
  return
}

// CHECK-LABEL: func.func private @layer
// CHECK-SAME: (%{{.+}}: memref<4xf32>, %[[OWN:.+]]: memref<25xf32>) {
// CHECK-NEXT: call @use32(%[[OWN]])
func.func private @layer(%x: memref<4xf32>) {
  %b = memref.alloc() : memref<25xf32>
  call @use32(%b) : (memref<25xf32>) -> ()
  return
}

func.func private @use32(memref<25xf32>)

// -----

func.func @dynamic_shape(%n: index) {
  // expected-error@below {{only statically shaped buffers can be planned}}
  %b = memref.alloc(%n) : memref<?xf32>
  %v = memref.cast %b : memref<?xf32> to memref<4xf32>
  memref.copy %v, %v : memref<4xf32> to memref<4xf32>
  return
}

// -----

func.func @dynamic_shape_in_a_layer(%n: index) {
  call @layer(%n) : (index) -> ()
  return
}

func.func private @layer(%n: index) {
  // expected-error@below {{only statically shaped buffers can be planned}}
  %b = memref.alloc(%n) : memref<?xf32>
  memref.copy %b, %b : memref<?xf32> to memref<?xf32>
  return
}

// -----

// expected-error@below {{has control flow; networks are one block}}
func.func @two_blocks(%x: memref<1xf32>) {
  cf.br ^next
^next:
  return
}

// -----

func.func @address_of_a_layer(%x: memref<1xf32>) {
  // expected-error@below {{cannot hand buffers to 'layer'; only calls can}}
  %layer = func.constant @layer : () -> ()
  call_indirect %layer() : () -> ()
  return
}

func.func private @layer() {
  %b = memref.alloc() : memref<4xf32>
  memref.copy %b, %b : memref<4xf32> to memref<4xf32>
  return
}
