// The instruction that each machine has for four byte products.
// RUN: lowbit-opt %s --split-input-file --lowbit-lower-kernel-steps | FileCheck %s

module @vnni_64 attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx2", "avx512vl", "avx512vnni"]>} {
// CHECK-LABEL: module @vnni_64 {
// CHECK-NOT: kernel
// CHECK: func.func @f(%[[S:.+]]: vector<16xi32>, %[[X:.+]]: vector<64xi8>, %[[W:.+]]: vector<64xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%[[S]], %[[X]], %[[W]]) : {{.*}} -> vector<16xi32>
// CHECK-NEXT: return %[[R]]
func.func @f(%s: vector<16xi32>, %x: vector<64xi8>, %w: vector<64xi8>) -> vector<16xi32> {
  %r = kernel.dot %s, %x, %w : vector<16xi32>, vector<64xi8>
  return %r : vector<16xi32>
}
}

// -----

module @vnni_32 attributes {kernel.machine = #kernel.machine<bytes = 32, features = ["avx2", "avx512vl", "avx512vnni"]>} {
// CHECK-LABEL: module @vnni_32 {
// CHECK-NOT: kernel
// CHECK: func.func @f(%[[S:.+]]: vector<8xi32>, %[[X:.+]]: vector<32xi8>, %[[W:.+]]: vector<32xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.256"(%[[S]], %[[X]], %[[W]]) : {{.*}} -> vector<8xi32>
// CHECK-NEXT: return %[[R]]
func.func @f(%s: vector<8xi32>, %x: vector<32xi8>, %w: vector<32xi8>) -> vector<8xi32> {
  %r = kernel.dot %s, %x, %w : vector<8xi32>, vector<32xi8>
  return %r : vector<8xi32>
}
}

// -----

module @vnni_16 attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["sse2", "avx512vl", "avx512vnni"]>} {
// CHECK-LABEL: module @vnni_16 {
// CHECK-NOT: kernel
// CHECK: func.func @f(%[[S:.+]]: vector<4xi32>, %[[X:.+]]: vector<16xi8>, %[[W:.+]]: vector<16xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.128"(%[[S]], %[[X]], %[[W]]) : {{.*}} -> vector<4xi32>
// CHECK-NEXT: return %[[R]]
func.func @f(%s: vector<4xi32>, %x: vector<16xi8>, %w: vector<16xi8>) -> vector<4xi32> {
  %r = kernel.dot %s, %x, %w : vector<4xi32>, vector<16xi8>
  return %r : vector<4xi32>
}
}

// -----

module @avx_vnni_32 attributes {kernel.machine = #kernel.machine<bytes = 32, features = ["avx2", "avxvnni"]>} {
// CHECK-LABEL: module @avx_vnni_32 {
// CHECK-NOT: kernel
// CHECK: func.func @f(%[[S:.+]]: vector<8xi32>, %[[X:.+]]: vector<32xi8>, %[[W:.+]]: vector<32xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.256"(%[[S]], %[[X]], %[[W]]) : {{.*}} -> vector<8xi32>
// CHECK-NEXT: return %[[R]]
func.func @f(%s: vector<8xi32>, %x: vector<32xi8>, %w: vector<32xi8>) -> vector<8xi32> {
  %r = kernel.dot %s, %x, %w : vector<8xi32>, vector<32xi8>
  return %r : vector<8xi32>
}
}

// -----

module @avx_vnni_16 attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["sse2", "avxvnni"]>} {
// CHECK-LABEL: module @avx_vnni_16 {
// CHECK-NOT: kernel
// CHECK: func.func @f(%[[S:.+]]: vector<4xi32>, %[[X:.+]]: vector<16xi8>, %[[W:.+]]: vector<16xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.128"(%[[S]], %[[X]], %[[W]]) : {{.*}} -> vector<4xi32>
// CHECK-NEXT: return %[[R]]
func.func @f(%s: vector<4xi32>, %x: vector<16xi8>, %w: vector<16xi8>) -> vector<4xi32> {
  %r = kernel.dot %s, %x, %w : vector<4xi32>, vector<16xi8>
  return %r : vector<4xi32>
}
}

// -----

module @arm_i8mm attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["neon", "i8mm"]>} {
// CHECK-LABEL: module @arm_i8mm {
// CHECK-NOT: kernel
// CHECK: func.func @f(%[[S:.+]]: vector<4xi32>, %[[X:.+]]: vector<16xi8>, %[[W:.+]]: vector<16xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.usdot.v4i32.v16i8"(%[[S]], %[[X]], %[[W]]) : {{.*}} -> vector<4xi32>
// CHECK-NEXT: return %[[R]]
func.func @f(%s: vector<4xi32>, %x: vector<16xi8>, %w: vector<16xi8>) -> vector<4xi32> {
  %r = kernel.dot %s, %x, %w : vector<4xi32>, vector<16xi8>
  return %r : vector<4xi32>
}
}

// -----

module @arm_dotprod attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["neon", "dotprod"]>} {
// CHECK-LABEL: module @arm_dotprod {
// CHECK: func.func @f(%[[S:.+]]: vector<4xi32>, %[[X:.+]]: vector<16xi8>, %[[W:.+]]: vector<16xi8>)
// CHECK-NEXT: %[[R:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.sdot.v4i32.v16i8"(%[[S]], %[[X]], %[[W]]) : {{.*}} -> vector<4xi32>
// CHECK-NEXT: return %[[R]]
func.func @f(%s: vector<4xi32>, %x: vector<16xi8>, %w: vector<16xi8>) -> vector<4xi32> {
  %r = kernel.dot signed %s, %x, %w : vector<4xi32>, vector<16xi8>
  return %r : vector<4xi32>
}
}

// -----

module @arm_neon attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["neon"]>} {
// CHECK-LABEL: module @arm_neon {
// CHECK: func.func @f(%[[S:.+]]: vector<4xi32>, %[[X:.+]]: vector<16xi8>, %[[W:.+]]: vector<16xi8>)
// CHECK: %[[LOW:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.smull.v8i16"
// CHECK: %[[HIGH:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.smull.v8i16"
// CHECK: %[[PAIRS:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.addp.v8i16"(%[[LOW]], %[[HIGH]])
// CHECK: %[[SUMS:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.saddlp.v4i32.v8i16"(%[[PAIRS]])
// CHECK: %[[R:.+]] = arith.addi %[[S]], %[[SUMS]] : vector<4xi32>
// CHECK: return %[[R]]
func.func @f(%s: vector<4xi32>, %x: vector<16xi8>, %w: vector<16xi8>) -> vector<4xi32> {
  %r = kernel.dot signed %s, %x, %w : vector<4xi32>, vector<16xi8>
  return %r : vector<4xi32>
}
}

// -----

module @pairs_64 attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512bw"]>} {
// CHECK-LABEL: module @pairs_64 {
// CHECK: func.func @f(%[[S:.+]]: vector<16xi32>, %[[X:.+]]: vector<64xi8>, %[[W:.+]]: vector<64xi8>)
// CHECK: %[[EVEN:.+]] = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%{{.+}}, %{{.+}}) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
// CHECK: %[[HALF:.+]] = arith.addi %[[S]], %[[EVEN]] : vector<16xi32>
// CHECK: %[[ODD:.+]] = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%{{.+}}, %{{.+}}) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
// CHECK: %[[R:.+]] = arith.addi %[[HALF]], %[[ODD]] : vector<16xi32>
// CHECK: return %[[R]]
func.func @f(%s: vector<16xi32>, %x: vector<64xi8>, %w: vector<64xi8>) -> vector<16xi32> {
  %r = kernel.dot %s, %x, %w : vector<16xi32>, vector<64xi8>
  return %r : vector<16xi32>
}
}

// -----

module @pairs_32_without_vl attributes {kernel.machine = #kernel.machine<bytes = 32, features = ["avx2", "avx512vnni"]>} {
// CHECK-LABEL: module @pairs_32_without_vl {
// CHECK: func.func @f(%[[S:.+]]: vector<8xi32>, %[[X:.+]]: vector<32xi8>, %[[W:.+]]: vector<32xi8>)
// CHECK: %[[EVEN:.+]] = llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"(%{{.+}}, %{{.+}}) : (vector<16xi16>, vector<16xi16>) -> vector<8xi32>
// CHECK: %[[HALF:.+]] = arith.addi %[[S]], %[[EVEN]] : vector<8xi32>
// CHECK: %[[ODD:.+]] = llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"(%{{.+}}, %{{.+}}) : (vector<16xi16>, vector<16xi16>) -> vector<8xi32>
// CHECK: %[[R:.+]] = arith.addi %[[HALF]], %[[ODD]] : vector<8xi32>
// CHECK: return %[[R]]
func.func @f(%s: vector<8xi32>, %x: vector<32xi8>, %w: vector<32xi8>) -> vector<8xi32> {
  %r = kernel.dot %s, %x, %w : vector<8xi32>, vector<32xi8>
  return %r : vector<8xi32>
}
}

// -----

module @pairs_16 attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["sse2", "ssse3"]>} {
// CHECK-LABEL: module @pairs_16 {
// CHECK: func.func @f(%[[S:.+]]: vector<4xi32>, %[[X:.+]]: vector<16xi8>, %[[W:.+]]: vector<16xi8>)
// CHECK: %[[EVEN:.+]] = llvm.call_intrinsic "llvm.x86.sse2.pmadd.wd"(%{{.+}}, %{{.+}}) : (vector<8xi16>, vector<8xi16>) -> vector<4xi32>
// CHECK: %[[HALF:.+]] = arith.addi %[[S]], %[[EVEN]] : vector<4xi32>
// CHECK: %[[ODD:.+]] = llvm.call_intrinsic "llvm.x86.sse2.pmadd.wd"(%{{.+}}, %{{.+}}) : (vector<8xi16>, vector<8xi16>) -> vector<4xi32>
// CHECK: %[[R:.+]] = arith.addi %[[HALF]], %[[ODD]] : vector<4xi32>
// CHECK: return %[[R]]
func.func @f(%s: vector<4xi32>, %x: vector<16xi8>, %w: vector<16xi8>) -> vector<4xi32> {
  %r = kernel.dot %s, %x, %w : vector<4xi32>, vector<16xi8>
  return %r : vector<4xi32>
}
}

// -----

// Four products in 32 bits, of byte j of each lane.
// CHECK-LABEL: module @arithmetic {
// CHECK: func.func @f(%[[S:.+]]: vector<4xi32>, %[[X:.+]]: vector<16xi8>, %[[W:.+]]: vector<16xi8>)
// CHECK-NOT: llvm.call_intrinsic
// CHECK-COUNT-4: arith.muli %{{.+}}, %{{.+}} : vector<4xi32>
// CHECK-NOT: arith.muli
// CHECK: return
module @arithmetic attributes {kernel.machine = #kernel.machine<bytes = 16, features = ["neon"]>} {
func.func @f(%s: vector<4xi32>, %x: vector<16xi8>, %w: vector<16xi8>) -> vector<4xi32> {
  %r = kernel.dot %s, %x, %w : vector<4xi32>, vector<16xi8>
  return %r : vector<4xi32>
}
}

// -----

// No machine, a vector of another size: arithmetic. Tensors are left alone.
// CHECK-LABEL: module @no_machine {
// CHECK-COUNT-4: arith.muli %{{.+}}, %{{.+}} : vector<2xi32>
// CHECK: kernel.dot %{{.+}}, %{{.+}}, %{{.+}} : tensor<2xi32>, tensor<8xi8>
module @no_machine {
func.func @f(%s: vector<2xi32>, %x: vector<8xi8>) -> vector<2xi32> {
  %r = kernel.dot %s, %x, %x : vector<2xi32>, vector<8xi8>
  return %r : vector<2xi32>
}
func.func @on_tensors(%s: tensor<2xi32>, %x: tensor<8xi8>) -> tensor<2xi32> {
  %r = kernel.dot %s, %x, %x : tensor<2xi32>, tensor<8xi8>
  return %r : tensor<2xi32>
}
}
