// Every attribute and op of the dialect survives text and bytecode.
// RUN: lowbit-opt %s | lowbit-opt | FileCheck %s
// RUN: lowbit-opt %s --mlir-print-op-generic | lowbit-opt | FileCheck %s
// RUN: lowbit-opt %s --emit-bytecode | lowbit-opt | FileCheck %s

// CHECK: module attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512vnni", "avx512vbmi"]>}
module attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512vnni", "avx512vbmi"]>} {

// CHECK-LABEL: func.func private @machine_without_vectors
// CHECK-SAME: some = #kernel.machine<bytes = 0>
func.func private @machine_without_vectors() attributes {some = #kernel.machine<bytes = 0>}

// Of byte products there are no entries and steps.
// CHECK-LABEL: func.func private @plans
// CHECK-SAME: kernel.plan = #kernel.plan<family = dot, bytes = 64, pixels = 6, vectors = 4, group = 4>
// CHECK-SAME: kernel.reason = "because"
// CHECK-SAME: others = [#kernel.plan<family = depthwise, bytes = 32, pixels = 4, vectors = 1, group = 4>,
// CHECK-SAME: #kernel.plan<family = lookup, bytes = 16, pixels = 7, vectors = 1, group = 2, entries = 16, steps = 8>
// CHECK-SAME: #kernel.plan<family = lookup, bytes = 16, pixels = 7, vectors = 1, group = 2, entries = 16, steps = 8, rows_in_lanes = true>,
// CHECK-SAME: #kernel.plan<family = lookup, bytes = 16, pixels = 7, vectors = 1, group = 2, entries = 16, steps = 8, columns_apart = true>]
func.func private @plans() attributes {
  kernel.plan = #kernel.plan<family = dot, bytes = 64, pixels = 6, vectors = 4, group = 4>,
  kernel.reason = "because",
  others = [
    #kernel.plan<family = depthwise, bytes = 32, pixels = 4, vectors = 1, group = 4>,
    #kernel.plan<family = lookup, bytes = 16, pixels = 7, vectors = 1, group = 2, entries = 16, steps = 8>,
    #kernel.plan<family = lookup, bytes = 16, pixels = 7, vectors = 1, group = 2, entries = 16, steps = 8, rows_in_lanes = true>,
    #kernel.plan<family = lookup, bytes = 16, pixels = 7, vectors = 1, group = 2, entries = 16, steps = 8, columns_apart = true>]}

// CHECK-LABEL: @conv2d_of_tensors
// CHECK: %[[R:.+]] = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
// CHECK-SAME: image [1, 3, 4, 4] filter [2, 3, 2, 2, 2] stride [1, 1] dilation [1, 1]
// CHECK-SAME: ins(%{{.+}}, %{{.+}} : tensor<1x3x4x4xi8>, tensor<64xi8>) outs(%{{.+}} : tensor<1x2x3x2xi32>) {
// CHECK-NEXT: ^bb0(%[[SUM:.+]]: i32):
// CHECK-NEXT: kernel.yield %[[SUM]] : i32
// CHECK-NEXT: } -> tensor<1x2x3x2xi32>
// CHECK-NEXT: return %[[R]]
func.func @conv2d_of_tensors(%x: tensor<1x3x4x4xi8>, %w: tensor<64xi8>, %o: tensor<1x2x3x2xi32>)
    -> tensor<1x2x3x2xi32> {
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 3, 4, 4] filter [2, 3, 2, 2, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x3x4x4xi8>, tensor<64xi8>) outs(%o : tensor<1x2x3x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x2x3x2xi32>
  return %r : tensor<1x2x3x2xi32>
}

// CHECK-LABEL: @conv2d_of_floats
// CHECK: kernel.conv2d <family = float, bytes = 16, pixels = 1, vectors = 1, group = 1>
// CHECK: ^bb0(%[[SUM:.+]]: f32):
// CHECK-NEXT: kernel.yield %[[SUM]] : f32
func.func @conv2d_of_floats(%x: tensor<1x1x3x4xf32>, %w: tensor<16xf32>, %o: tensor<1x1x3x2xf32>)
    -> tensor<1x1x3x2xf32> {
  %r = kernel.conv2d <family = float, bytes = 16, pixels = 1, vectors = 1, group = 1>
      image [1, 1, 3, 4] filter [1, 3, 2, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xf32>, tensor<16xf32>) outs(%o : tensor<1x1x3x2xf32>) {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  } -> tensor<1x1x3x2xf32>
  return %r : tensor<1x1x3x2xf32>
}

// All optional parts, on buffers.
// CHECK-LABEL: @conv2d_of_buffers
// CHECK: kernel.conv2d <family = lookup, bytes = 16, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 2>
// CHECK-SAME: table(%{{.+}} : memref<256xi8>) init(%{{.+}} : memref<16xi16>)
// CHECK-SAME: elementwise(%{{.+}} : memref<1x1x1x2xi8>) channels(%{{.+}}, %{{.+}} : memref<2xi16>, memref<2xi8>)
// CHECK-SAME: outs(%{{.+}}, %{{.+}}, %{{.+}} : memref<1x1x1x2xi8>, memref<1x1x1x2xi16>, memref<64xi8>) scratch
// CHECK-SAME: attributes {kernel.reason = "because"} {
// CHECK-NEXT: ^bb0(%[[SUM:.+]]: i16, %[[E:.+]]: i8, %{{.+}}: i16, %{{.+}}: i8):
// CHECK-NEXT: kernel.yield %[[E]], %[[SUM]] : i8, i16
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @conv2d_of_buffers(%x: memref<1x1x1x2xi8>, %w: memref<48xi8>, %t: memref<256xi8>,
    %i: memref<16xi16>, %e: memref<1x1x1x2xi8>, %c: memref<2xi16>, %d: memref<2xi8>,
    %o: memref<1x1x1x2xi8>, %p: memref<1x1x1x2xi16>, %s: memref<64xi8>) {
  kernel.conv2d <family = lookup, bytes = 16, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 2>
      image [1, 1, 1, 2] filter [1, 1, 2, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x1x1x2xi8>, memref<48xi8>) table(%t : memref<256xi8>) init(%i : memref<16xi16>)
      elementwise(%e : memref<1x1x1x2xi8>) channels(%c, %d : memref<2xi16>, memref<2xi8>)
      outs(%o, %p, %s : memref<1x1x1x2xi8>, memref<1x1x1x2xi16>, memref<64xi8>) scratch
      attributes {kernel.reason = "because"} {
  ^bb0(%sum: i16, %a: i8, %b: i16, %g: i8):
    kernel.yield %a, %sum : i8, i16
  }
  return
}

// CHECK-LABEL: @steps
// CHECK: kernel.dot %{{.+}}, %{{.+}}, %{{.+}} : vector<16xi32>, vector<64xi8>
// CHECK: kernel.dot signed %{{.+}}, %{{.+}}, %{{.+}} : vector<16xi32>, vector<64xi8>
// CHECK: kernel.lookup(%{{.+}}, %{{.+}}) in 1, %{{.+}} : (vector<64xi8>, vector<64xi8>), vector<64xi8>
// CHECK: kernel.lookup(%{{.+}}, %{{.+}}) in 1, %{{.+}} : (vector<64xi8>, vector<64xi8>), vector<16xi8>
// CHECK: kernel.lookup(%{{.+}}) in 4, %{{.+}} : (vector<64xi8>), vector<64xi8>
func.func @steps(%sum: vector<16xi32>, %t: vector<64xi8>, %u: vector<64xi8>, %c: vector<64xi8>,
    %e: vector<16xi8>) -> (vector<16xi32>, vector<64xi8>, vector<16xi8>, vector<64xi8>) {
  %s = kernel.dot %sum, %t, %u : vector<16xi32>, vector<64xi8>
  %x = kernel.dot signed %sum, %t, %u : vector<16xi32>, vector<64xi8>
  %a = kernel.lookup (%t, %u) in 1, %c : (vector<64xi8>, vector<64xi8>), vector<64xi8>
  %d = kernel.lookup (%t, %u) in 1, %e : (vector<64xi8>, vector<64xi8>), vector<16xi8>
  %b = kernel.lookup (%t) in 4, %c : (vector<64xi8>), vector<64xi8>
  return %s, %a, %d, %b : vector<16xi32>, vector<64xi8>, vector<16xi8>, vector<64xi8>
}

}
