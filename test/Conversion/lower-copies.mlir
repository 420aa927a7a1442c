// RUN: lowbit-opt %s --lowbit-lower-copies | FileCheck %s

// CHECK-LABEL: @strided
// CHECK-SAME: (%[[A:.+]]: memref<4xf32, strided<[2]>>, %[[B:.+]]: memref<4xf32>)
// CHECK-NOT: memref.copy
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel"]} ins(%[[A]] : {{.*}}) outs(%[[B]] : memref<4xf32>)
// CHECK: ^{{.+}}(%[[IN:.+]]: f32, %{{.+}}: f32):
// CHECK: linalg.yield %[[IN]] : f32
func.func @strided(%a: memref<4xf32, strided<[2]>>, %b: memref<4xf32>) {
  memref.copy %a, %b : memref<4xf32, strided<[2]>> to memref<4xf32>
  return
}

// CHECK-LABEL: @of_rank_0
// CHECK-NOT: memref.copy
// CHECK: linalg.generic {{.*}}iterator_types = []}
func.func @of_rank_0(%a: memref<i8>, %b: memref<i8>) {
  memref.copy %a, %b : memref<i8> to memref<i8>
  return
}
