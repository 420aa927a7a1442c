// What is only copied to a result at the end is computed there.
// RUN: lowbit-opt %s --lowbit-plan-workspace | FileCheck %s

#id = affine_map<(d0) -> (d0)>
#reversed = affine_map<(d0) -> (-d0 + 15)>

// CHECK-LABEL: func.func @copied_at_the_end
// CHECK-SAME: (%{{.+}}: memref<16xi8>, %[[OUT:[a-z0-9]+]]: memref<16xi8>, %{{.+}}: memref<0xi8>)
// CHECK-NEXT: call @use(%[[OUT]])
// CHECK-NEXT: return
func.func @copied_at_the_end(%in: memref<16xi8>, %out: memref<16xi8>) {
  %a = memref.alloc() : memref<16xi8>
  call @use(%a) : (memref<16xi8>) -> ()
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : memref<16xi8>) outs(%out : memref<16xi8>) {
  ^bb0(%i: i8, %o: i8):
    linalg.yield %i : i8
  }
  return
}

// One of two equal results is computed in place, the other is a copy of it.
// CHECK-LABEL: func.func @two_results
// CHECK-SAME: (%[[FIRST:[a-z0-9]+]]: memref<16xi8>, %[[SECOND:[a-z0-9]+]]: memref<16xi8>, %{{.+}}: memref<0xi8>)
// CHECK-NEXT: call @use(%[[SECOND]])
// CHECK-NEXT: linalg.generic {{.*}} ins(%[[SECOND]] : {{.*}}) outs(%[[FIRST]] :
func.func @two_results(%first: memref<16xi8>, %second: memref<16xi8>) {
  %a = memref.alloc() : memref<16xi8>
  call @use(%a) : (memref<16xi8>) -> ()
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : memref<16xi8>) outs(%first : memref<16xi8>) {
  ^bb0(%i: i8, %o: i8):
    linalg.yield %i : i8
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : memref<16xi8>) outs(%second : memref<16xi8>) {
  ^bb0(%i: i8, %o: i8):
    linalg.yield %i : i8
  }
  return
}

// CHECK-LABEL: func.func @changed_after_the_copy
// CHECK: linalg.generic
func.func @changed_after_the_copy(%out: memref<16xi8>) {
  %a = memref.alloc() : memref<16xi8>
  call @use(%a) : (memref<16xi8>) -> ()
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : memref<16xi8>) outs(%out : memref<16xi8>) {
  ^bb0(%i: i8, %o: i8):
    linalg.yield %i : i8
  }
  call @use(%a) : (memref<16xi8>) -> ()
  return
}

// CHECK-LABEL: func.func @result_is_used_before
// CHECK: linalg.generic
func.func @result_is_used_before(%out: memref<16xi8>) {
  %a = memref.alloc() : memref<16xi8>
  call @use(%out) : (memref<16xi8>) -> ()
  call @use(%a) : (memref<16xi8>) -> ()
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : memref<16xi8>) outs(%out : memref<16xi8>) {
  ^bb0(%i: i8, %o: i8):
    linalg.yield %i : i8
  }
  return
}

// CHECK-LABEL: func.func @reversed
// CHECK: linalg.generic
func.func @reversed(%out: memref<16xi8>) {
  %a = memref.alloc() : memref<16xi8>
  call @use(%a) : (memref<16xi8>) -> ()
  linalg.generic {indexing_maps = [#id, #reversed], iterator_types = ["parallel"]}
      ins(%a : memref<16xi8>) outs(%out : memref<16xi8>) {
  ^bb0(%i: i8, %o: i8):
    linalg.yield %i : i8
  }
  return
}

func.func private @use(memref<16xi8>)
