// Results in the place of operands.
// RUN: lowbit-opt %s --lowbit-plan-workspace --split-input-file | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>

// The sum takes the place of the operand that dies: the layer has one argument for both.
// CHECK-LABEL: func.func @operand_dies
// CHECK-SAME: %[[OUT:[a-z0-9]+]]: memref<8x8xi8>, %[[WORKSPACE:[a-z0-9]+]]: memref<128xi8>) attributes {lowbit.workspace = 128 : i64, lowbit.workspace_bound = 128 : i64, lowbit.workspace_peak = ""}
// CHECK: %[[ZERO:.+]] = arith.constant 0 : index
// CHECK: %[[A:.+]] = memref.view %[[WORKSPACE]][%[[ZERO]]][]
// CHECK: call @use(%[[A]])
// CHECK: %[[B:.+]] = memref.view
// CHECK: call @use(%[[B]])
// CHECK: %[[ZERO_AGAIN:.+]] = arith.constant 0 : index
// CHECK: %[[C:.+]] = memref.view %[[WORKSPACE]][%[[ZERO_AGAIN]]][]
// CHECK: call @add(%[[A]], %[[B]]) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
// CHECK: call @copy(%[[C]], %[[OUT]])
func.func @operand_dies(%out: memref<8x8xi8>) {
  %a = memref.alloc() : memref<8x8xi8>
  call @use(%a) : (memref<8x8xi8>) -> ()
  %b = memref.alloc() : memref<8x8xi8>
  call @use(%b) : (memref<8x8xi8>) -> ()
  %c = memref.alloc() : memref<8x8xi8>
  call @add(%a, %b, %c) : (memref<8x8xi8>, memref<8x8xi8>, memref<8x8xi8>) -> ()
  call @use(%b) : (memref<8x8xi8>) -> ()
  call @copy(%c, %out) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
  return
}

// CHECK-LABEL: func.func private @add
// CHECK-SAME: (%[[X:.+]]: memref<8x8xi8>, %[[Y:.+]]: memref<8x8xi8>)
// CHECK: linalg.generic {{.*}} ins(%[[X]], %[[Y]] : {{.*}}) outs(%[[X]] :
func.func private @add(%x: memref<8x8xi8>, %y: memref<8x8xi8>, %z: memref<8x8xi8>) {
  linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : memref<8x8xi8>, memref<8x8xi8>) outs(%z : memref<8x8xi8>) {
  ^bb0(%l: i8, %r: i8, %o: i8):
    %s = arith.addi %l, %r : i8
    linalg.yield %s : i8
  }
  return
}

func.func private @use(memref<8x8xi8>)
func.func private @copy(memref<8x8xi8>, memref<8x8xi8>)

// -----

#id = affine_map<(d0) -> (d0)>

// Inside a layer: sums, clamped and shifted, are one buffer, and so is what it gives on.
// CHECK-LABEL: func.func @inside_a_layer
// CHECK-SAME: lowbit.workspace = 64 : i64
// CHECK: call @layer(%[[PLACE:.+]]) : (memref<16xi32>) -> ()
// CHECK: call @use(%{{.+}}) : (memref<16xi32>) -> ()
func.func @inside_a_layer(%in: memref<1xf32>) {
  %a = memref.alloc() : memref<16xi32>
  call @layer(%a) : (memref<16xi32>) -> ()
  call @use(%a) : (memref<16xi32>) -> ()
  return
}

// CHECK-LABEL: func.func private @layer
// CHECK-SAME: (%[[BUFFER:.+]]: memref<16xi32>)
// CHECK: call @use(%[[BUFFER]])
// CHECK: linalg.generic {{.*}} ins(%[[BUFFER]] : {{.*}}) outs(%[[BUFFER]] :
// CHECK: linalg.generic {{.*}} ins(%[[BUFFER]] : {{.*}}) outs(%[[BUFFER]] :
func.func private @layer(%out: memref<16xi32>) {
  %sums = memref.alloc() : memref<16xi32>
  call @use(%sums) : (memref<16xi32>) -> ()
  %zero = arith.constant 0 : i32
  %clamped = memref.alloc() : memref<16xi32>
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%sums : memref<16xi32>) outs(%clamped : memref<16xi32>) {
  ^bb0(%i: i32, %o: i32):
    %m = arith.maxsi %i, %zero : i32
    linalg.yield %m : i32
  }
  %one = arith.constant 1 : i32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%clamped : memref<16xi32>) outs(%out : memref<16xi32>) {
  ^bb0(%i: i32, %o: i32):
    %s = arith.shrsi %i, %one : i32
    linalg.yield %s : i32
  }
  return
}

func.func private @use(memref<16xi32>)
