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
