// RUN: lowbit-opt %s --split-input-file --lowbit-outline-chunks --canonicalize | FileCheck %s
// RUN: lowbit-opt %s --split-input-file --lowbit-outline-chunks --lowbit-emit-entry-point | FileCheck %s --check-prefix=ENTRY

module {
}

// -----

// Both views are made again, so that they are no two arguments of one buffer; a layer
// without multiplications has chunks without any.
// CHECK-LABEL: func.func private @conv1_chunk(
// CHECK-SAME: %[[I:.+]]: index, %[[BYTES:.+]]: memref<128xi8>, %[[FACTOR:.+]]: i8) attributes {lowbit.multiplier_free}
// CHECK-DAG: memref.view %[[BYTES]]
// CHECK-DAG: memref.view %[[BYTES]]
// CHECK: memref.load
// CHECK: memref.store %{{.+}}, %{{.+}}[%[[I]]]
// CHECK: return
// CHECK-LABEL: func.func private @conv1(
// CHECK-SAME: %[[ALL:.+]]: memref<128xi8>
// CHECK: %[[LOADED:.+]] = memref.load %[[ALL]]
// CHECK: scf.parallel (%[[CHUNK:.+]]) =
// CHECK-NEXT: func.call @conv1_chunk(%[[CHUNK]], %[[ALL]], %[[LOADED]]) : (index, memref<128xi8>, i8) -> ()
// CHECK-NEXT: scf.reduce
// ENTRY: func.func private @conv1_chunk(%{{.+}}: index, %{{.+}}: memref<128xi8> {llvm.noalias}, %{{.+}}: i8)
// ENTRY-SAME: passthrough = ["nounwind", "noinline", ["lowbit-multiplier-free", ""]]
func.func private @conv1(%bytes: memref<128xi8>) attributes {lowbit.multiplier_free} {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %two = arith.constant 2 : index
  %place = arith.constant 64 : index
  %factor = memref.load %bytes[%zero] : memref<128xi8>
  %a = memref.view %bytes[%zero][] : memref<128xi8> to memref<64xi8>
  %b = memref.view %bytes[%place][] : memref<128xi8> to memref<64xi8>
  scf.parallel (%i) = (%zero) to (%two) step (%one) {
    %x = memref.load %a[%i] : memref<64xi8>
    %y = arith.addi %x, %factor : i8
    memref.store %y, %b[%i] : memref<64xi8>
    scf.reduce
  }
  return
}
func.func @main(%bytes: memref<128xi8>) {
  call @conv1(%bytes) : (memref<128xi8>) -> ()
  return
}

// -----

// Names do not collide; two loops are two functions.
// CHECK-LABEL: func.func private @conv1_chunk(
// CHECK: func.func private @conv1_chunk_{{[0-9]+}}(
// CHECK: func.func private @conv1_chunk_{{[0-9]+}}(
// CHECK-LABEL: func.func private @conv1(
func.func private @conv1_chunk(%b: memref<64xi8>) {
  return
}
func.func private @conv1(%b: memref<64xi8>) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %two = arith.constant 2 : index
  %v = arith.constant 3 : i8
  scf.parallel (%i) = (%zero) to (%two) step (%one) {
    memref.store %v, %b[%i] : memref<64xi8>
    scf.reduce
  }
  scf.parallel (%i) = (%zero) to (%two) step (%one) {
    memref.store %v, %b[%i] : memref<64xi8>
    scf.reduce
  }
  return
}
func.func @main(%b: memref<64xi8>) {
  call @conv1_chunk(%b) : (memref<64xi8>) -> ()
  call @conv1(%b) : (memref<64xi8>) -> ()
  return
}
