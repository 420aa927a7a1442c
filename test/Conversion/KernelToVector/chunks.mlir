// Kernels in chunks that threads share: of rows, blocks of channels, pixels or images.
// RUN: lowbit-opt %s --split-input-file --convert-kernel-to-vector --canonicalize | FileCheck %s

module attributes {kernel.threads = 3 : i64, kernel.least_chunk_ns = 0 : i64} {

// Nine rows are three for each thread.
// CHECK-LABEL: @rows
// CHECK-DAG: %[[ONE:.+]] = arith.constant 1 : index
// CHECK-DAG: %[[THREE:.+]] = arith.constant 3 : index
// CHECK: scf.parallel (%[[CHUNK:.+]]) = (%{{.+}}) to (%[[THREE]]) step (%[[ONE]]) {
// CHECK: %[[NEXT:.+]] = arith.addi %[[CHUNK]], %[[ONE]]
// CHECK: %[[BEGIN:.+]] = arith.muli %[[CHUNK]], %[[THREE]]
// CHECK: %[[END:.+]] = arith.muli %[[NEXT]], %[[THREE]]
// CHECK: scf.for %{{.+}} = %[[BEGIN]] to %[[END]] step
// CHECK-NOT: scf.for
// CHECK: scf.reduce
// CHECK-NOT: scf.parallel
func.func @rows(%x: memref<1x9x4x4xi8>, %w: memref<256xi8>, %y: memref<1x9x4x16xi32>) {
  kernel.conv2d <family = dot, bytes = 64, pixels = 4, vectors = 1, group = 4>
      image [1, 9, 4, 4] filter [9, 4, 16, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x9x4x4xi8>, memref<256xi8>) outs(%y : memref<1x9x4x16xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  }
  return
}

// One pixel, and channels for seven vectors and a part of one: 3, 3 and 2 of these eight.
// CHECK-LABEL: @blocks
// CHECK-DAG: %[[TWO:.+]] = arith.constant 2 : index
// CHECK-DAG: %[[SEVEN:.+]] = arith.constant 7 : index
// CHECK: scf.parallel (%[[CHUNK:.+]]) =
// CHECK: %[[WHOLE:.+]] = arith.muli %[[CHUNK]], %[[TWO]]
// CHECK: %[[MORE:.+]] = arith.minsi %[[CHUNK]], %[[TWO]]
// CHECK: %[[BEGIN:.+]] = arith.addi %[[WHOLE]], %[[MORE]]
// CHECK: %[[END:.+]] = arith.addi
// CHECK: %[[LAST:.+]] = arith.minsi %[[END]], %[[SEVEN]]
// CHECK: scf.for %{{.+}} = %{{.+}} to %[[LAST]] step
// CHECK: vector.store
// CHECK: %[[TAIL:.+]] = arith.maxsi %[[BEGIN]], %[[SEVEN]]
// CHECK: scf.for
// CHECK: vector.maskedstore
// CHECK: scf.reduce
func.func @blocks(%x: memref<1x1x1x16xi8>, %w: memref<2048xi8>, %y: memref<1x1x1x122xi32>) {
  kernel.conv2d <family = dot, bytes = 64, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 1, 16] filter [1, 1, 122, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x1x1x16xi8>, memref<2048xi8>) outs(%y : memref<1x1x1x122xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  }
  return
}

// Two rings, one for each image: a chunk works in its own.
// CHECK-LABEL: @rings
// CHECK-SAME: %[[RING:[a-z0-9]+]]: memref<256xi8>)
// CHECK: scf.parallel (%[[CHUNK:.+]]) =
// CHECK: scf.for %[[IMAGE:.+]] = %{{.+}} to %{{.+}} step
// CHECK: %[[PLACE:.+]] = affine.apply #{{.+}}(%[[CHUNK]])
// CHECK: vector.store %{{.+}}, %[[RING]][%[[PLACE]]]
// CHECK: scf.reduce
func.func @rings(%x: memref<2x2x2x1xi8>, %w: memref<32xi8>, %t: memref<256xi8>,
    %i: memref<16xi16>, %y: memref<2x1x2x4xi16>, %r: memref<256xi8>) {
  kernel.conv2d <family = lookup, bytes = 16, pixels = 2, vectors = 1, group = 2, entries = 16, steps = 1, rows_in_lanes = true>
      image [2, 2, 2, 1] filter [1, 2, 4, 2, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<2x2x2x1xi8>, memref<32xi8>) table(%t : memref<256xi8>) init(%i : memref<16xi16>)
      outs(%y, %r : memref<2x1x2x4xi16>, memref<256xi8>) scratch {
  ^bb0(%s: i16):
    kernel.yield %s : i16
  }
  return
}
}

// -----

// What takes too little time is left to one thread.
module attributes {kernel.threads = 3 : i64} {
// CHECK-LABEL: @little
// CHECK-NOT: scf.parallel
// CHECK: return
func.func @little(%x: memref<1x9x4x4xi8>, %w: memref<256xi8>, %y: memref<1x9x4x16xi32>) {
  kernel.conv2d <family = dot, bytes = 64, pixels = 4, vectors = 1, group = 4>
      image [1, 9, 4, 4] filter [9, 4, 16, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x9x4x4xi8>, memref<256xi8>) outs(%y : memref<1x9x4x16xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  }
  return
}
}
