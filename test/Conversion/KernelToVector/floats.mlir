// Loops of float kernels.
// RUN: lowbit-opt %s --convert-kernel-to-vector | FileCheck %s

// One vector of weights serves two pixels; sums start at 0.
// CHECK-LABEL: @float
// CHECK-SAME: (%[[X:.+]]: memref<1x1x2x3xf32>, %[[W:.+]]: memref<12xf32>, %[[B:.+]]: memref<4xf32>, %[[O:.+]]: memref<1x1x2x4xf32>)
// CHECK-DAG: %[[ZERO:.+]] = arith.constant dense<0.000000e+00> : vector<4xf32>
// CHECK-DAG: %[[IN:.+]] = memref.collapse_shape %[[X]] {{.*}} into memref<6xf32>
// CHECK: %[[SUMS:.+]]:2 = scf.for {{.*}} iter_args(%[[S:.+]] = %[[ZERO]], %[[T:.+]] = %[[ZERO]])
// CHECK: %[[V:.+]] = vector.load %[[W]]
// CHECK: %[[A:.+]] = memref.load %[[IN]]
// CHECK: %[[AS:.+]] = vector.broadcast %[[A]] : f32 to vector<4xf32>
// CHECK: %[[P:.+]] = arith.mulf %[[AS]], %[[V]] : vector<4xf32>
// CHECK: arith.addf %[[S]], %[[P]] : vector<4xf32>
// CHECK: memref.load %[[IN]]
// CHECK: %[[Q:.+]] = arith.mulf %{{.+}}, %[[V]] : vector<4xf32>
// CHECK: arith.addf %[[T]], %[[Q]] : vector<4xf32>
// CHECK: %[[BIAS:.+]] = vector.load %[[B]]
// CHECK: arith.addf %[[SUMS]]#0, %[[BIAS]] : vector<4xf32>
// CHECK: vector.store
// CHECK: vector.store
func.func @float(%x: memref<1x1x2x3xf32>, %w: memref<12xf32>, %b: memref<4xf32>, %o: memref<1x1x2x4xf32>) {
  kernel.conv2d <family = float, bytes = 16, pixels = 2, vectors = 1, group = 1>
      image [1, 1, 2, 3] filter [1, 2, 4, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x1x2x3xf32>, memref<12xf32>) channels(%b : memref<4xf32>)
      outs(%o : memref<1x1x2x4xf32>) {
  ^bb0(%sum: f32, %bias: f32):
    %y = arith.addf %sum, %bias : f32
    kernel.yield %y : f32
  }
  return
}

// Two pixels share the middle one of three columns: each sum gets its left tap
// first. Of the last vector only the three channels that there are are read.
// CHECK-LABEL: @depthwise
// CHECK-SAME: (%{{.+}}: memref<1x1x3x3xf32>, %[[W:.+]]: memref<8xf32>,
// CHECK-DAG: %[[ZERO:.+]] = arith.constant dense<0.000000e+00> : vector<4xf32>
// CHECK-DAG: %[[MASK:.+]] = vector.constant_mask [3] : vector<4xi1>
// CHECK-DAG: %[[LEFT:.+]] = vector.load %[[W]][%c0{{.*}}]
// CHECK-DAG: %[[RIGHT:.+]] = vector.load %[[W]][%c4{{.*}}]
// CHECK: %[[A:.+]] = vector.maskedload {{.*}}, %[[MASK]]
// CHECK: %[[P:.+]] = arith.mulf %[[A]], %[[LEFT]]
// CHECK: %[[S:.+]] = arith.addf %[[ZERO]], %[[P]]
// CHECK: %[[B:.+]] = vector.maskedload
// CHECK-DAG: arith.mulf %[[B]], %[[LEFT]]
// CHECK-DAG: %[[Q:.+]] = arith.mulf %[[B]], %[[RIGHT]]
// CHECK-DAG: arith.addf %[[S]], %[[Q]]
// CHECK: %[[C:.+]] = vector.maskedload
// CHECK: arith.mulf %[[C]], %[[RIGHT]]
func.func @depthwise(%x: memref<1x1x3x3xf32>, %w: memref<8xf32>, %o: memref<1x1x2x3xf32>) {
  kernel.conv2d <family = float_depthwise, bytes = 16, pixels = 2, vectors = 1, group = 1>
      image [1, 1, 3, 3] filter [1, 2, 3, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x1x3x3xf32>, memref<8xf32>) outs(%o : memref<1x1x2x3xf32>) {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}
