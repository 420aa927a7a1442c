// What stays behind a kernel.
// RUN: lowbit-opt %s --lowbit-fuse-epilogues | FileCheck %s

#id = affine_map<(n, y, x, c) -> (n, y, x, c)>
#row = affine_map<(n, y, x, c) -> (x)>
#one = affine_map<(n, y, x, c) -> (0)>
#turned = affine_map<(n, y, x, c) -> (n, x, y, c)>
#sum = affine_map<(n, y, x, c) -> (n, y, x)>

// One value for each column.
// CHECK-LABEL: @operand_of_another_shape
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: linalg.generic {{.*}} ins({{.*}}%[[A]]
func.func @operand_of_another_shape(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>, %t: tensor<2xi32>) -> tensor<1x1x2x3xi32> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#row, #id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%t, %a : tensor<2xi32>, tensor<1x1x2x3xi32>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %c: i32, %p0: i32):
    %b = arith.addi %e, %c : i32
    linalg.yield %b : i32
  } -> tensor<1x1x2x3xi32>
  return %r : tensor<1x1x2x3xi32>
}

// One value for all, which is no dimension of the loops.
// CHECK-LABEL: @operand_is_one_element
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: linalg.generic {{.*}} ins({{.*}}%[[A]]
func.func @operand_is_one_element(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>, %t: tensor<1xi32>) -> tensor<1x1x2x3xi32> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#one, #id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%t, %a : tensor<1xi32>, tensor<1x1x2x3xi32>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %c: i32, %p0: i32):
    %b = arith.addi %e, %c : i32
    linalg.yield %b : i32
  } -> tensor<1x1x2x3xi32>
  return %r : tensor<1x1x2x3xi32>
}

// The sums in another order.
// CHECK-LABEL: @sums_turned
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: linalg.generic {{.*}} ins({{.*}}%[[A]]
func.func @sums_turned(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>, %p: tensor<1x2x1x3xi8>) -> tensor<1x2x1x3xi8> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#turned, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a : tensor<1x1x2x3xi32>) outs(%p : tensor<1x2x1x3xi8>) {
  ^bb0(%e: i32, %p0: i8):
    %b = arith.trunci %e : i32 to i8
    linalg.yield %b : i8
  } -> tensor<1x2x1x3xi8>
  return %r : tensor<1x2x1x3xi8>
}

// The results in another order.
// CHECK-LABEL: @result_turned
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: linalg.generic {{.*}} ins({{.*}}%[[A]]
func.func @result_turned(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>, %p: tensor<1x2x1x3xi8>) -> tensor<1x2x1x3xi8> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#id, #turned], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a : tensor<1x1x2x3xi32>) outs(%p : tensor<1x2x1x3xi8>) {
  ^bb0(%e: i32, %p0: i8):
    %b = arith.trunci %e : i32 to i8
    linalg.yield %b : i8
  } -> tensor<1x2x1x3xi8>
  return %r : tensor<1x2x1x3xi8>
}

// A sum over channels.
// CHECK-LABEL: @reduction
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: linalg.generic {{.*}} ins({{.*}}%[[A]]
func.func @reduction(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>, %p: tensor<1x1x2xi32>) -> tensor<1x1x2xi32> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#id, #sum], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a : tensor<1x1x2x3xi32>) outs(%p : tensor<1x1x2xi32>) {
  ^bb0(%e: i32, %p0: i32):
    %b = arith.addi %e, %p0 : i32
    linalg.yield %b : i32
  } -> tensor<1x1x2xi32>
  return %r : tensor<1x1x2xi32>
}

// What the result holds before is read.
// CHECK-LABEL: @reads_its_result
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: linalg.generic {{.*}} ins({{.*}}%[[A]]
func.func @reads_its_result(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>) -> tensor<1x1x2x3xi32> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a : tensor<1x1x2x3xi32>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %p0: i32):
    %b = arith.addi %e, %p0 : i32
    linalg.yield %b : i32
  } -> tensor<1x1x2x3xi32>
  return %r : tensor<1x1x2x3xi32>
}

// An index has no value on vectors.
// CHECK-LABEL: @body_is_not_elementwise
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: linalg.generic {{.*}} ins({{.*}}%[[A]]
func.func @body_is_not_elementwise(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>) -> tensor<1x1x2x3xi32> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a : tensor<1x1x2x3xi32>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %p0: i32):
    %i = linalg.index 3 : index
    %j = arith.index_cast %i : index to i32
    %b = arith.addi %e, %j : i32
    linalg.yield %b : i32
  } -> tensor<1x1x2x3xi32>
  return %r : tensor<1x1x2x3xi32>
}

// The other operand is computed after the kernel.
// CHECK-LABEL: @operand_comes_later
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: %[[Y:.+]] = call @later
// CHECK: linalg.generic {{.*}} ins(%[[A]], %[[Y]]
func.func private @later() -> tensor<1x1x2x3xi32>
func.func @operand_comes_later(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>) -> tensor<1x1x2x3xi32> {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %y = func.call @later() : () -> tensor<1x1x2x3xi32>
  %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a, %y : tensor<1x1x2x3xi32>, tensor<1x1x2x3xi32>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %c: i32, %p0: i32):
    %b = arith.addi %e, %c : i32
    linalg.yield %b : i32
  } -> tensor<1x1x2x3xi32>
  return %r : tensor<1x1x2x3xi32>
}

// Two results.
// CHECK-LABEL: @two_results
// CHECK: %[[A:.+]] = kernel.conv2d
// CHECK: linalg.generic {{.*}} ins(%[[A]]
func.func @two_results(%x: tensor<1x1x2x4xi8>, %w: tensor<16xi8>, %o: tensor<1x1x2x3xi32>) -> (tensor<1x1x2x3xi32>, tensor<1x1x2x3xi32>) {
  %a = kernel.conv2d <family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>
      image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x2x4xi8>, tensor<16xi8>) outs(%o : tensor<1x1x2x3xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<1x1x2x3xi32>
  %r:2 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a : tensor<1x1x2x3xi32>) outs(%o, %o : tensor<1x1x2x3xi32>, tensor<1x1x2x3xi32>) {
  ^bb0(%e: i32, %p0: i32, %p1: i32):
    linalg.yield %e, %e : i32, i32
  } -> (tensor<1x1x2x3xi32>, tensor<1x1x2x3xi32>)
  return %r#0, %r#1 : tensor<1x1x2x3xi32>, tensor<1x1x2x3xi32>
}
