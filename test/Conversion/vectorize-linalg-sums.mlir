// Sums side by side: one would wait for its last addition.
// RUN: lowbit-opt %s --lowbit-vectorize-linalg | FileCheck %s

module attributes {kernel.machine = #kernel.machine<bytes = 32>} {
// Four rows share what they read of the columns; two are left.
// CHECK-LABEL: @rows
// CHECK: scf.for {{.*}} -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK-COUNT-4: arith.addf
// CHECK: scf.for {{.*}} -> (vector<8xf32>, vector<8xf32>) {
func.func @rows(%a: memref<6x5xf32>, %b: memref<5x8xf32>, %c: memref<6x8xf32>) {
  linalg.matmul ins(%a, %b : memref<6x5xf32>, memref<5x8xf32>) outs(%c : memref<6x8xf32>)
  return
}

// Where there is one pixel, of several vectors: three here, and half of one.
// CHECK-LABEL: @product
// CHECK: scf.for {{.*}} -> (vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK-COUNT-3: arith.mulf {{.*}} : vector<8xf32>
// CHECK: scf.for {{.*}} -> (vector<4xf32>)
func.func @product(%a: memref<5xf32>, %b: memref<5x28xf32>, %c: memref<28xf32>) {
  linalg.vecmat ins(%a, %b : memref<5xf32>, memref<5x28xf32>) outs(%c : memref<28xf32>)
  return
}
}
