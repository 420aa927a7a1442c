// RUN: lowbit-opt %s --split-input-file --lowbit-share-loops | FileCheck %s

module {
}

// -----

#id = affine_map<(y, x) -> (y, x)>
#sum = affine_map<(y, x, k) -> (y, x)>
#lhs = affine_map<(y, x, k) -> (y, k)>
#rhs = affine_map<(y, x, k) -> (k, x)>
module attributes {kernel.threads = 2 : i64} {

// The example of the description.
// CHECK-LABEL: @rows
// CHECK-SAME: %[[B:.+]]: memref<256x512xf32>
// CHECK: scf.parallel (%[[CHUNK:.+]]) = (%{{.+}}) to (%{{.+}}) step (%{{.+}}) {
// CHECK: %[[FIRST:.+]] = arith.muli %[[CHUNK]], %{{.+}} : index
// CHECK: %[[SIZE:.+]] = arith.subi %{{.+}}, %[[FIRST]] : index
// CHECK: memref.subview %[[B]][%[[FIRST]], 0] [%[[SIZE]], 512] [1, 1]
// CHECK: linalg.generic
// CHECK: scf.reduce
// CHECK-NOT: linalg.generic
func.func @rows(%b: memref<256x512xf32>) {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%b : memref<256x512xf32>) {
  ^bb0(%x: f32):
    %s = arith.addf %x, %x : f32
    linalg.yield %s : f32
  }
  return
}

// Three rows divide worse than 64 columns; sums are never divided.
// CHECK-LABEL: @columns
// CHECK: scf.parallel
// CHECK: memref.subview %{{.+}}[0, 0] [3, 512] [1, 1]
// CHECK: memref.subview %{{.+}}[0, %{{.+}}] [512, %{{.+}}] [1, 1]
// CHECK: memref.subview %{{.+}}[0, %{{.+}}] [3, %{{.+}}] [1, 1]
// CHECK: linalg.generic
func.func @columns(%a: memref<3x512xi32>, %b: memref<512x64xi32>, %c: memref<3x64xi32>) {
  linalg.generic {indexing_maps = [#lhs, #rhs, #sum], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<3x512xi32>, memref<512x64xi32>) outs(%c : memref<3x64xi32>) {
  ^bb0(%x: i32, %y: i32, %s: i32):
    %p = arith.muli %x, %y : i32
    %r = arith.addi %s, %p : i32
    linalg.yield %r : i32
  }
  return
}

// CHECK-LABEL: @little
// CHECK-NOT: scf.parallel
// CHECK: return
func.func @little(%b: memref<4x4xf32>) {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%b : memref<4x4xf32>) {
  ^bb0(%x: f32):
    linalg.yield %x : f32
  }
  return
}

// Tensors have no place yet, and unknown sizes no chunks.
// CHECK-LABEL: @left_alone
// CHECK-NOT: scf.parallel
// CHECK: return
func.func @left_alone(%a: tensor<256x512xf32>, %b: memref<?x512xf32>) -> tensor<256x512xf32> {
  %0 = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%a : tensor<256x512xf32>) {
  ^bb0(%x: f32):
    linalg.yield %x : f32
  } -> tensor<256x512xf32>
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%b : memref<?x512xf32>) {
  ^bb0(%x: f32):
    linalg.yield %x : f32
  }
  return %0 : tensor<256x512xf32>
}
}

// -----

// One thread shares nothing.
#id = affine_map<(y, x) -> (y, x)>
// CHECK-LABEL: @one_thread
// CHECK-NOT: scf.parallel
// CHECK: return
func.func @one_thread(%b: memref<256x512xf32>) {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%b : memref<256x512xf32>) {
  ^bb0(%x: f32):
    linalg.yield %x : f32
  }
  return
}
