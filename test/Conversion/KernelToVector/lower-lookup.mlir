// The instruction that each machine has for lookups, and single accesses where
// there is none.
// RUN: lowbit-opt %s --split-input-file --lowbit-lower-kernel-steps | FileCheck %s

module @bytes_64 attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512bw", "avx512vbmi"]>} {
// CHECK-LABEL: module @bytes_64 {
// CHECK: func.func @f(%[[T0:.+]]: vector<64xi8>, %[[C:.+]]: vector<64xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx512.permvar.qi.512"(%[[T0]], %[[C]]) : {{.*}} -> vector<64xi8>
// CHECK-NEXT: return %[[R]]
func.func @f(%t0: vector<64xi8>, %c: vector<64xi8>) -> vector<64xi8> {
  %r = kernel.lookup (%t0) in 1, %c : (vector<64xi8>), vector<64xi8>
  return %r : vector<64xi8>
}
}

// -----

module @bytes_128 attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512bw", "avx512vbmi"]>} {
// CHECK-LABEL: module @bytes_128 {
// CHECK: func.func @f(%[[T0:.+]]: vector<64xi8>, %[[T1:.+]]: vector<64xi8>, %[[C:.+]]: vector<64xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx512.vpermi2var.qi.512"(%[[T0]], %[[C]], %[[T1]]) : {{.*}} -> vector<64xi8>
// CHECK-NEXT: return %[[R]]
func.func @f(%t0: vector<64xi8>, %t1: vector<64xi8>, %c: vector<64xi8>) -> vector<64xi8> {
  %r = kernel.lookup (%t0, %t1) in 1, %c : (vector<64xi8>, vector<64xi8>), vector<64xi8>
  return %r : vector<64xi8>
}
}

// -----

module @four_tables attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512bw", "avx512vbmi"]>} {
// CHECK-LABEL: module @four_tables {
// CHECK: func.func @f(%[[T0:.+]]: vector<64xi8>, %[[C:.+]]: vector<64xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx512.pshuf.b.512"(%[[T0]], %[[C]]) : {{.*}} -> vector<64xi8>
// CHECK-NEXT: return %[[R]]
func.func @f(%t0: vector<64xi8>, %c: vector<64xi8>) -> vector<64xi8> {
  %r = kernel.lookup (%t0) in 4, %c : (vector<64xi8>), vector<64xi8>
  return %r : vector<64xi8>
}
}

// -----

module @two_tables attributes {kernel.machine = #kernel.machine<bytes = 32, features = ["ssse3", "avx2"]>} {
// CHECK-LABEL: module @two_tables {
// CHECK: func.func @f(%[[T0:.+]]: vector<32xi8>, %[[C:.+]]: vector<32xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%[[T0]], %[[C]]) : {{.*}} -> vector<32xi8>
// CHECK-NEXT: return %[[R]]
func.func @f(%t0: vector<32xi8>, %c: vector<32xi8>) -> vector<32xi8> {
  %r = kernel.lookup (%t0) in 2, %c : (vector<32xi8>), vector<32xi8>
  return %r : vector<32xi8>
}
}

// -----

module @ssse3 attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["ssse3"]>} {
// CHECK-LABEL: module @ssse3 {
// CHECK: func.func @f(%[[T0:.+]]: vector<16xi8>, %[[C:.+]]: vector<16xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.ssse3.pshuf.b.128"(%[[T0]], %[[C]]) : {{.*}} -> vector<16xi8>
// CHECK-NEXT: return %[[R]]
func.func @f(%t0: vector<16xi8>, %c: vector<16xi8>) -> vector<16xi8> {
  %r = kernel.lookup (%t0) in 1, %c : (vector<16xi8>), vector<16xi8>
  return %r : vector<16xi8>
}
}

// -----

module @neon attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["neon"]>} {
// CHECK-LABEL: module @neon {
// CHECK: func.func @f(%[[T0:.+]]: vector<16xi8>, %[[C:.+]]: vector<16xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.tbl1.v16i8"(%[[T0]], %[[C]]) : {{.*}} -> vector<16xi8>
// CHECK-NEXT: return %[[R]]
func.func @f(%t0: vector<16xi8>, %c: vector<16xi8>) -> vector<16xi8> {
  %r = kernel.lookup (%t0) in 1, %c : (vector<16xi8>), vector<16xi8>
  return %r : vector<16xi8>
}
}

// -----

module @no_shuffle attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["sse2"]>} {
// CHECK-LABEL: module @no_shuffle {
// CHECK-NOT: llvm.call_intrinsic
// CHECK-COUNT-16: vector.insert %{{.+}}, %{{.+}} [{{[0-9]+}}] : i8 into vector<16xi8>
// CHECK-NOT: vector.insert
// CHECK: return
func.func @f(%t0: vector<16xi8>, %c: vector<16xi8>) -> vector<16xi8> {
  %r = kernel.lookup (%t0) in 1, %c : (vector<16xi8>), vector<16xi8>
  return %r : vector<16xi8>
}
}

// -----

module @large_table attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["ssse3"]>} {
// CHECK-LABEL: module @large_table {
// CHECK-NOT: llvm.call_intrinsic
// CHECK-COUNT-16: vector.insert %{{.+}}, %{{.+}} [{{[0-9]+}}] : i8 into vector<16xi8>
// CHECK-NOT: vector.insert
// CHECK: return
func.func @f(%t0: vector<16xi8>, %t1: vector<16xi8>, %c: vector<16xi8>) -> vector<16xi8> {
  %r = kernel.lookup (%t0, %t1) in 1, %c : (vector<16xi8>, vector<16xi8>), vector<16xi8>
  return %r : vector<16xi8>
}
}

// -----

module @no_vbmi attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512bw"]>} {
// CHECK-LABEL: module @no_vbmi {
// CHECK-NOT: llvm.call_intrinsic
// CHECK-COUNT-64: vector.insert %{{.+}}, %{{.+}} [{{[0-9]+}}] : i8 into vector<64xi8>
// CHECK-NOT: vector.insert
// CHECK: return
func.func @f(%t0: vector<64xi8>, %c: vector<64xi8>) -> vector<64xi8> {
  %r = kernel.lookup (%t0) in 1, %c : (vector<64xi8>), vector<64xi8>
  return %r : vector<64xi8>
}
}

// -----

module @tables_of_32 attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512bw", "avx512vbmi"]>} {
// CHECK-LABEL: module @tables_of_32 {
// CHECK-NOT: llvm.call_intrinsic
// CHECK-COUNT-64: vector.insert %{{.+}}, %{{.+}} [{{[0-9]+}}] : i8 into vector<64xi8>
// CHECK-NOT: vector.insert
// CHECK: return
func.func @f(%t0: vector<64xi8>, %c: vector<64xi8>) -> vector<64xi8> {
  %r = kernel.lookup (%t0) in 2, %c : (vector<64xi8>), vector<64xi8>
  return %r : vector<64xi8>
}
}
