// RUN: lowbit-opt %s --split-input-file --lowbit-vectorize-elementwise | FileCheck %s

#id = affine_map<(n, y, x, c) -> (n, y, x, c)>
#channel = affine_map<(n, y, x, c) -> (c)>

// A row of channels at a time; their values are read from its start.
// CHECK-LABEL: @channels
// CHECK-SAME: (%[[A:.+]]: memref<1x2x3x16xi32>, %[[T:.+]]: memref<16xi32>, %[[B:.+]]: memref<1x2x3x16xi8>)
// CHECK-DAG: %[[IN:.+]] = memref.collapse_shape %[[A]] {{.*}} into memref<96xi32>
// CHECK-DAG: %[[OUT:.+]] = memref.collapse_shape %[[B]] {{.*}} into memref<96xi8>
// CHECK: scf.for %[[ROW:.+]] = %{{.+}} to %[[ALL:.+]] step %[[STEP:.+]] {
// CHECK: scf.for %[[C:.+]] = %{{.+}} to %{{.+}} step %{{.+}} {
// CHECK-NEXT: %[[I:.+]] = arith.addi %[[ROW]], %[[C]] : index
// CHECK-NEXT: %[[X:.+]] = vector.load %[[IN]][%[[I]]] : memref<96xi32>, vector<8xi32>
// CHECK-NEXT: %[[Y:.+]] = vector.load %[[T]][%[[C]]] : memref<16xi32>, vector<8xi32>
// CHECK: %[[S:.+]] = arith.addi %[[X]], %[[Y]] : vector<8xi32>
// CHECK: %[[M:.+]] = arith.muli %[[S]], %{{.+}} : vector<8xi32>
// CHECK-NEXT: %[[R:.+]] = arith.trunci %[[M]] : vector<8xi32> to vector<8xi8>
// CHECK-NEXT: vector.store %[[R]], %[[OUT]][%[[I]]] : memref<96xi8>, vector<8xi8>
// CHECK-NOT: linalg.generic
module attributes {kernel.machine = #kernel.machine<bytes = 32>} {
func.func @channels(%a: memref<1x2x3x16xi32>, %t: memref<16xi32>, %b: memref<1x2x3x16xi8>) {
  linalg.generic {indexing_maps = [#id, #channel, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a, %t : memref<1x2x3x16xi32>, memref<16xi32>) outs(%b : memref<1x2x3x16xi8>) {
  ^bb0(%x: i32, %y: i32, %p: i8):
    %three = arith.constant 3 : i32
    %s = arith.addi %x, %y : i32
    %m = arith.muli %s, %three : i32
    %r = arith.trunci %m : i32 to i8
    linalg.yield %r : i8
  }
  return
}

// Four and two lanes where the channels, or all elements, divide only so.
// CHECK-LABEL: @parts_of_vectors
// CHECK: vector.load {{.*}}, vector<4xi32>
// CHECK: vector.load {{.*}}, vector<2xi32>
// CHECK-NOT: linalg.generic
func.func @parts_of_vectors(%a: memref<1x1x5x12xi32>, %t: memref<12xi32>, %b: memref<2x7xi32>) {
  linalg.generic {indexing_maps = [#channel, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%t : memref<12xi32>) outs(%a : memref<1x1x5x12xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%b : memref<2x7xi32>) outs(%b : memref<2x7xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  return
}
}

// -----

// What is left: odd numbers of elements, views, reductions, rows that repeat,
// results that are read before, single bits, bodies that are not elementwise.
#id = affine_map<(i, j) -> (i, j)>
#first = affine_map<(i, j) -> (i)>
module attributes {kernel.machine = #kernel.machine<bytes = 32>} {
// CHECK-LABEL: @left
// CHECK-NOT: vector
// CHECK-COUNT-7: linalg.generic
// CHECK-NOT: vector
// CHECK: return
func.func @left(%odd: memref<3x5xi32>, %view: memref<4x4xi32, strided<[8, 1]>>, %all: memref<4x4xi32>,
    %rows: memref<4xi32>, %bits: memref<4x4xi1>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%odd : memref<3x5xi32>) outs(%odd : memref<3x5xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%view : memref<4x4xi32, strided<[8, 1]>>) outs(%all : memref<4x4xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  linalg.generic {indexing_maps = [#id, #first], iterator_types = ["parallel", "reduction"]}
      ins(%all : memref<4x4xi32>) outs(%rows : memref<4xi32>) {
  ^bb0(%x: i32, %p: i32):
    %s = arith.addi %x, %p : i32
    linalg.yield %s : i32
  }
  linalg.generic {indexing_maps = [#first, #id], iterator_types = ["parallel", "parallel"]}
      ins(%rows : memref<4xi32>) outs(%all : memref<4x4xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%all : memref<4x4xi32>) outs(%all : memref<4x4xi32>) {
  ^bb0(%x: i32, %p: i32):
    %s = arith.addi %x, %p : i32
    linalg.yield %s : i32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%bits : memref<4x4xi1>) outs(%all : memref<4x4xi32>) {
  ^bb0(%x: i1, %p: i32):
    %s = arith.extui %x : i1 to i32
    linalg.yield %s : i32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%all : memref<4x4xi32>) outs(%all : memref<4x4xi32>) {
  ^bb0(%x: i32, %p: i32):
    %i = linalg.index 1 : index
    %s = arith.index_cast %i : index to i32
    linalg.yield %s : i32
  }
  return
}
}

// -----

// Without vectors nothing changes, nor where nothing is known of the machine.
// CHECK-LABEL: @no_vectors
// CHECK: linalg.generic
// CHECK-LABEL: @no_machine
// CHECK: linalg.generic
module attributes {kernel.machine = #kernel.machine<bytes = 0>} {
func.func @no_vectors(%a: memref<16xi32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%a : memref<16xi32>) outs(%a : memref<16xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  return
}
}

// -----

module {
func.func @no_machine(%a: memref<16xi32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%a : memref<16xi32>) outs(%a : memref<16xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  return
}
}
