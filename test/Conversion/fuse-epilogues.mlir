// What becomes part of the epilogue of a kernel.
// RUN: lowbit-opt %s --lowbit-fuse-epilogues | FileCheck %s

#id = affine_map<(n, y, x, c) -> (n, y, x, c)>
#channel = affine_map<(n, y, x, c) -> (c)>

// An element and a value of the channel, then another operation.
// CHECK-LABEL: @chain
// CHECK-SAME: (%[[X:.+]]: tensor<1x1x2x4xi8>, %[[W:.+]]: tensor<16xi8>, %{{.+}}: tensor<1x1x2x3xi32>, %[[T:.+]]: tensor<3xi32>, %[[Y:.+]]: tensor<1x1x2x3xi32>
// CHECK: %[[OUT:.+]] = tensor.empty() : tensor<1x1x2x3xi8>
// CHECK: %[[R:.+]] = kernel.conv2d <family = dot,
// CHECK-SAME: ins(%[[X]], %[[W]] : {{.*}}) elementwise(%[[Y]] : tensor<1x1x2x3xi32>) channels(%[[T]] : tensor<3xi32>) outs(%[[OUT]] : tensor<1x1x2x3xi8>) {
// CHECK-NEXT: ^bb0(%[[S:.+]]: i32, %[[E:.+]]: i32, %[[C:.+]]: i32):
// CHECK-NEXT: %[[A:.+]] = arith.addi %[[S]], %[[C]] : i32
// CHECK-NEXT: %[[B:.+]] = arith.subi %[[E]], %[[A]] : i32
// CHECK-NEXT: %[[D:.+]] = arith.trunci %[[B]] : i32 to i8
// CHECK-NEXT: kernel.yield %[[D]] : i8
// CHECK-NEXT: } -> tensor<1x1x2x3xi8>
// CHECK-NOT: linalg.generic
// CHECK: return %[[R]]
func.func @chain(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>, %t: tensor<3xi32>,
    %y: tensor<1x1x2x3xi32>, %p: tensor<1x1x2x3xi8>) -> tensor<1x1x2x3xi8> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %q = linalg.generic {indexing_maps = [#id, #channel, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a, %t : tensor<1x1x2x3xi32>, tensor<3xi32>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %c: i32, %p0: i32):
    %b = arith.addi %e, %c : i32
    linalg.yield %b : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%y, %q : tensor<1x1x2x3xi32>, tensor<1x1x2x3xi32>) outs(%p : tensor<1x1x2x3xi8>) {
  ^bb0(%f: i32, %e: i32, %p0: i8):
    %b = arith.subi %f, %e : i32
    %d = arith.trunci %b : i32 to i8
    linalg.yield %d : i8
  } -> tensor<1x1x2x3xi8>
  return %r : tensor<1x1x2x3xi8>
}

// The sums have another reader: both are results.
// CHECK-LABEL: @two_readers
// CHECK: %[[R:.+]]:2 = kernel.conv2d {{.*}} outs(%{{.+}}, %{{.+}} : tensor<1x1x2x3xi32>, tensor<1x1x2x3xi8>)
// CHECK: kernel.yield %{{.+}}, %{{.+}} : i32, i8
// CHECK: return %[[R]]#0, %[[R]]#1
func.func @two_readers(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>, %p: tensor<1x1x2x3xi8>)
    -> (tensor<1x1x2x3xi32>, tensor<1x1x2x3xi8>) {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a : tensor<1x1x2x3xi32>) outs(%p : tensor<1x1x2x3xi8>) {
  ^bb0(%e: i32, %p0: i8):
    %b = arith.trunci %e : i32 to i8
    linalg.yield %b : i8
  } -> tensor<1x1x2x3xi8>
  return %a, %r : tensor<1x1x2x3xi32>, tensor<1x1x2x3xi8>
}

// Constants are moved to where the kernel can read them.
// CHECK-LABEL: @constant_behind
// CHECK: %[[T:.+]] = arith.constant dense<[1, 2, 3]> : tensor<3xi32>
// CHECK: kernel.conv2d {{.*}} channels(%[[T]] : tensor<3xi32>)
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @constant_behind(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>) -> tensor<1x1x2x3xi32> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %t = arith.constant dense<[1, 2, 3]> : tensor<3xi32>
  %r = linalg.generic {indexing_maps = [#id, #channel, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a, %t : tensor<1x1x2x3xi32>, tensor<3xi32>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %c: i32, %p0: i32):
    %b = arith.addi %e, %c : i32
    linalg.yield %b : i32
  } -> tensor<1x1x2x3xi32>
  return %r : tensor<1x1x2x3xi32>
}

// An epilogue of more than 24 operations gets memory for the sums of a tile: two pixels of
// four lanes of 32 bits.
// CHECK-LABEL: @long
// CHECK: %[[SCRATCH:.+]] = tensor.empty() : tensor<32xi8>
// CHECK: %[[R:.+]]:2 = kernel.conv2d {{.*}} outs(%{{.+}}, %[[SCRATCH]] : tensor<1x1x2x3xi32>, tensor<32xi8>) scratch {
// CHECK-COUNT-25: arith.addi
// CHECK-NEXT: kernel.yield %{{[^,]+}} : i32
// CHECK: return %[[R]]#0
func.func @long(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>, %t: tensor<3xi32>) -> tensor<1x1x2x3xi32> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %q = linalg.generic {indexing_maps = [#id, #channel, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a, %t : tensor<1x1x2x3xi32>, tensor<3xi32>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %c: i32, %p0: i32):
    %a0 = arith.addi %e, %c : i32
    %a1 = arith.addi %a0, %c : i32
    %a2 = arith.addi %a1, %c : i32
    %a3 = arith.addi %a2, %c : i32
    %a4 = arith.addi %a3, %c : i32
    %a5 = arith.addi %a4, %c : i32
    %a6 = arith.addi %a5, %c : i32
    %a7 = arith.addi %a6, %c : i32
    %a8 = arith.addi %a7, %c : i32
    %a9 = arith.addi %a8, %c : i32
    %a10 = arith.addi %a9, %c : i32
    %a11 = arith.addi %a10, %c : i32
    %a12 = arith.addi %a11, %c : i32
    %a13 = arith.addi %a12, %c : i32
    %a14 = arith.addi %a13, %c : i32
    %a15 = arith.addi %a14, %c : i32
    %a16 = arith.addi %a15, %c : i32
    %a17 = arith.addi %a16, %c : i32
    %a18 = arith.addi %a17, %c : i32
    %a19 = arith.addi %a18, %c : i32
    %a20 = arith.addi %a19, %c : i32
    %a21 = arith.addi %a20, %c : i32
    %a22 = arith.addi %a21, %c : i32
    %a23 = arith.addi %a22, %c : i32
    %a24 = arith.addi %a23, %c : i32
    linalg.yield %a24 : i32
  } -> tensor<1x1x2x3xi32>
  return %q : tensor<1x1x2x3xi32>
}
