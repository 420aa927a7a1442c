// RUN: lowbit-opt %s --split-input-file --lowbit-vectorize-linalg | FileCheck %s

#id = affine_map<(n, y, x, c) -> (n, y, x, c)>
#channel = affine_map<(n, y, x, c) -> (c)>
#pixel = affine_map<(n, y, x, c) -> (n, y, x)>
#sum = affine_map<(n, x, c, k) -> (n, x, c)>
#window = affine_map<(n, x, c, k) -> (n, x * 2 + k, c)>
#taps = affine_map<(n, x, c, k) -> (k)>
module attributes {kernel.machine = #kernel.machine<bytes = 32>} {

// Values of channels are read again for each pixel; pixels are one loop.
// CHECK-LABEL: @channels
// CHECK-SAME: (%[[A:.+]]: memref<1x2x3x16xi32>, %[[T:.+]]: memref<16xi32>, %[[B:.+]]: memref<1x2x3x16xi8>)
// CHECK: %[[IN:.+]] = memref.reinterpret_cast %[[A]] {{.*}} to memref<96xi32>
// CHECK: %[[OUT:.+]] = memref.reinterpret_cast %[[B]] {{.*}} to memref<96xi8>
// CHECK: %[[PIXELS:.+]] = arith.constant 6 : index
// CHECK: scf.for %{{.+}} = %{{.+}} to %[[PIXELS]] step %{{.+}}
// CHECK: %[[LANES:.+]] = arith.constant 8 : index
// CHECK: scf.for %{{.+}} = %{{.+}} to %{{.+}} step %[[LANES]]
// CHECK: %[[X:.+]] = vector.load %[[IN]][%{{.+}}] : memref<96xi32>, vector<8xi32>
// CHECK: %[[Y:.+]] = vector.load %{{.+}}[%{{.+}}] : memref<16xi32>, vector<8xi32>
// CHECK: %[[S:.+]] = arith.addi %[[X]], %[[Y]] : vector<8xi32>
// CHECK: %[[R:.+]] = arith.trunci %[[S]] : vector<8xi32> to vector<8xi8>
// CHECK: vector.store %[[R]], %[[OUT]][%{{.+}}] : memref<96xi8>, vector<8xi8>
// CHECK-NOT: linalg.generic
func.func @channels(%a: memref<1x2x3x16xi32>, %t: memref<16xi32>, %b: memref<1x2x3x16xi8>) {
  linalg.generic {indexing_maps = [#id, #channel, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a, %t : memref<1x2x3x16xi32>, memref<16xi32>) outs(%b : memref<1x2x3x16xi8>) {
  ^bb0(%x: i32, %y: i32, %p: i8):
    %s = arith.addi %x, %y : i32
    %r = arith.trunci %s : i32 to i8
    linalg.yield %r : i8
  }
  return
}

// 15 elements are 8, 4, 2 and 1; nothing is read or written behind them.
// CHECK-LABEL: @rest
// CHECK-NOT: scf.for
// CHECK: vector.store %{{.+}}, %{{.+}}[%{{.+}}] : memref<15xi32>, vector<8xi32>
// CHECK: vector.store %{{.+}}, %{{.+}}[%{{.+}}] : memref<15xi32>, vector<4xi32>
// CHECK: vector.store %{{.+}}, %{{.+}}[%{{.+}}] : memref<15xi32>, vector<2xi32>
// CHECK: vector.store %{{.+}}, %{{.+}}[%{{.+}}] : memref<15xi32>, vector<1xi32>
// CHECK-NOT: vector.store
// CHECK: return
func.func @rest(%a: memref<1x1x3x5xi32>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a : memref<1x1x3x5xi32>) outs(%a : memref<1x1x3x5xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  return
}

// Bytes only: 32 of them. The same for all channels is read once.
// CHECK-LABEL: @bytes
// CHECK: %[[BYTE:.+]] = memref.load %{{.+}}[%{{.+}}] : memref<4xi8>
// CHECK: %[[ALL:.+]] = vector.broadcast %[[BYTE]] : i8 to vector<32xi8>
// CHECK: vector.store %[[ALL]], %{{.+}}[%{{.+}}] : memref<128xi8>, vector<32xi8>
func.func @bytes(%a: memref<1x2x2xi8>, %b: memref<1x2x2x32xi8>) {
  linalg.generic {indexing_maps = [#pixel, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%a : memref<1x2x2xi8>) outs(%b : memref<1x2x2x32xi8>) {
  ^bb0(%x: i8, %p: i8):
    linalg.yield %x : i8
  }
  return
}

// A pool: vectors of channels, the window inside. Neighbouring pixels are
// computed side by side.
// CHECK-LABEL: @pool
// CHECK: %[[START:.+]] = vector.load %[[OUT:.+]][%{{.+}}] : memref<16xi32>, vector<8xi32>
// CHECK: %[[START1:.+]] = vector.load %[[OUT]][%{{.+}}] : memref<16xi32>, vector<8xi32>
// CHECK: %[[MOST:.+]]:2 = scf.for {{.*}} iter_args(%[[SO_FAR:.+]] = %[[START]], %[[SO_FAR1:.+]] = %[[START1]])
// CHECK: %[[X:.+]] = vector.load %{{.+}}[%{{.+}}] : memref<32xi32>, vector<8xi32>
// CHECK: %[[NEXT:.+]] = arith.maxsi %[[X]], %[[SO_FAR]] : vector<8xi32>
// CHECK: %[[NEXT1:.+]] = arith.maxsi %{{.+}}, %[[SO_FAR1]] : vector<8xi32>
// CHECK: scf.yield %[[NEXT]], %[[NEXT1]]
// CHECK: vector.store %[[MOST]]#0, %[[OUT]][%{{.+}}] : memref<16xi32>, vector<8xi32>
// CHECK: vector.store %[[MOST]]#1, %[[OUT]][%{{.+}}] : memref<16xi32>, vector<8xi32>
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @pool(%a: memref<1x4x8xi32>, %k: memref<2xi32>, %b: memref<1x2x8xi32>) {
  linalg.generic {indexing_maps = [#window, #taps, #sum], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %k : memref<1x4x8xi32>, memref<2xi32>) outs(%b : memref<1x2x8xi32>) {
  ^bb0(%x: i32, %w: i32, %p: i32):
    %m = arith.maxsi %x, %p : i32
    linalg.yield %m : i32
  }
  return
}
}

// -----

// What is left: columns, strides, one bit, floats of 16 bits, indices, sizes that
// are not known, sums of everything, tensors.
#id = affine_map<(i, j) -> (i, j)>
#turned = affine_map<(i, j) -> (j, i)>
#none = affine_map<(i, j) -> ()>
module attributes {kernel.machine = #kernel.machine<bytes = 32>} {
// CHECK-LABEL: @left
// CHECK-NOT: vector
// CHECK-COUNT-8: linalg.generic
// CHECK-NOT: vector
// CHECK: return
func.func @left(%all: memref<4x8xi32>, %columns: memref<8x4xi32>, %view: memref<4x8xi32, strided<[16, 2]>>,
    %bits: memref<4x8xi1>, %halves: memref<4x8xf16>, %any: memref<?x8xi32>, %one: memref<i32>,
    %values: tensor<4x8xi32>) -> tensor<4x8xi32> {
  linalg.generic {indexing_maps = [#turned, #id], iterator_types = ["parallel", "parallel"]}
      ins(%columns : memref<8x4xi32>) outs(%all : memref<4x8xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%view : memref<4x8xi32, strided<[16, 2]>>) outs(%all : memref<4x8xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%bits : memref<4x8xi1>) outs(%all : memref<4x8xi32>) {
  ^bb0(%x: i1, %p: i32):
    %s = arith.extui %x : i1 to i32
    linalg.yield %s : i32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%halves : memref<4x8xf16>) outs(%halves : memref<4x8xf16>) {
  ^bb0(%x: f16, %p: f16):
    linalg.yield %x : f16
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%all : memref<4x8xi32>) outs(%all : memref<4x8xi32>) {
  ^bb0(%x: i32, %p: i32):
    %i = linalg.index 1 : index
    %s = arith.index_cast %i : index to i32
    linalg.yield %s : i32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%any : memref<?x8xi32>) outs(%any : memref<?x8xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  }
  linalg.generic {indexing_maps = [#id, #none], iterator_types = ["reduction", "reduction"]}
      ins(%all : memref<4x8xi32>) outs(%one : memref<i32>) {
  ^bb0(%x: i32, %p: i32):
    %s = arith.addi %x, %p : i32
    linalg.yield %s : i32
  }
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%values : tensor<4x8xi32>) outs(%values : tensor<4x8xi32>) {
  ^bb0(%x: i32, %p: i32):
    linalg.yield %x : i32
  } -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}
}

// -----

// Without vectors nothing changes, nor where nothing is known of the machine.
// CHECK-LABEL: @no_vectors
// CHECK: linalg.fill
module attributes {kernel.machine = #kernel.machine<bytes = 0>} {
func.func @no_vectors(%a: memref<16xi32>, %x: i32) {
  linalg.fill ins(%x : i32) outs(%a : memref<16xi32>)
  return
}
}

// -----

// CHECK-LABEL: @no_machine
// CHECK: linalg.fill
func.func @no_machine(%a: memref<16xi32>, %x: i32) {
  linalg.fill ins(%x : i32) outs(%a : memref<16xi32>)
  return
}

// -----

// A reduction that only keeps its last element.
#last = affine_map<(c, k) -> (c)>
#both = affine_map<(c, k) -> (k, c)>
module attributes {kernel.machine = #kernel.machine<bytes = 32>} {
// CHECK-LABEL: @forgets
// CHECK: linalg.generic
func.func @forgets(%a: memref<4x16xi32>, %b: memref<16xi32>) {
  linalg.generic {indexing_maps = [#both, #last], iterator_types = ["parallel", "reduction"]}
      ins(%a : memref<4x16xi32>) outs(%b : memref<16xi32>) {
  ^bb0(%x: i32, %s: i32):
    linalg.yield %x : i32
  }
  return
}
}
