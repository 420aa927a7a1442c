// Results that need bytes of their own.
// RUN: lowbit-opt %s --lowbit-plan-workspace --split-input-file | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: func.func @operand_is_used_later
// CHECK-SAME: lowbit.workspace = 128 : i64
// CHECK: call @negate(%{{.+}}, %{{.+}}) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
func.func @operand_is_used_later(%in: memref<8x8xi8>) {
  %a = memref.alloc() : memref<8x8xi8>
  call @use(%a) : (memref<8x8xi8>) -> ()
  %b = memref.alloc() : memref<8x8xi8>
  call @negate(%a, %b) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
  call @use(%b) : (memref<8x8xi8>) -> ()
  call @use(%a) : (memref<8x8xi8>) -> ()
  return
}

// CHECK-LABEL: func.func private @negate
// CHECK: linalg.generic {{.*}} ins(%[[X:.+]] : memref<8x8xi8>) outs(%[[Y:.+]] : memref<8x8xi8>)
func.func private @negate(%x: memref<8x8xi8>, %y: memref<8x8xi8>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<8x8xi8>) outs(%y : memref<8x8xi8>) {
  ^bb0(%i: i8, %o: i8):
    %zero = arith.constant 0 : i8
    %n = arith.subi %zero, %i : i8
    linalg.yield %n : i8
  }
  return
}

func.func private @use(memref<8x8xi8>)

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>

// The network's input belongs to the caller.
// CHECK-LABEL: func.func @operand_is_the_input
// CHECK-SAME: (%[[IN:[a-z0-9]+]]: memref<8x8xi8>, %{{.+}}: memref<64xi8>)
// CHECK: call @negate(%[[IN]], %{{.+}}) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
func.func @operand_is_the_input(%in: memref<8x8xi8>) {
  %b = memref.alloc() : memref<8x8xi8>
  call @negate(%in, %b) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
  call @use(%b) : (memref<8x8xi8>) -> ()
  return
}

func.func private @negate(%x: memref<8x8xi8>, %y: memref<8x8xi8>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<8x8xi8>) outs(%y : memref<8x8xi8>) {
  ^bb0(%i: i8, %o: i8):
    linalg.yield %i : i8
  }
  return
}

func.func private @use(memref<8x8xi8>)

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#transposed = affine_map<(d0, d1) -> (d1, d0)>

// Elements are read after others are written, all at once or by one operand of two.
// CHECK-LABEL: func.func @operand_is_transposed
// CHECK-SAME: lowbit.workspace = 128 : i64
// CHECK: call @transpose(%{{.+}}, %{{.+}}) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
// CHECK: call @add_transposed(%{{.+}}, %{{.+}}) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
func.func @operand_is_transposed(%in: memref<8x8xi8>) {
  %a = memref.alloc() : memref<8x8xi8>
  call @use(%a) : (memref<8x8xi8>) -> ()
  %b = memref.alloc() : memref<8x8xi8>
  call @transpose(%a, %b) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
  %c = memref.alloc() : memref<8x8xi8>
  call @add_transposed(%b, %c) : (memref<8x8xi8>, memref<8x8xi8>) -> ()
  call @use(%c) : (memref<8x8xi8>) -> ()
  return
}

func.func private @transpose(%x: memref<8x8xi8>, %y: memref<8x8xi8>) {
  linalg.generic {indexing_maps = [#transposed, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<8x8xi8>) outs(%y : memref<8x8xi8>) {
  ^bb0(%i: i8, %o: i8):
    linalg.yield %i : i8
  }
  return
}

func.func private @add_transposed(%x: memref<8x8xi8>, %y: memref<8x8xi8>) {
  linalg.generic {indexing_maps = [#id, #transposed, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %x : memref<8x8xi8>, memref<8x8xi8>) outs(%y : memref<8x8xi8>) {
  ^bb0(%l: i8, %r: i8, %o: i8):
    %s = arith.addi %l, %r : i8
    linalg.yield %s : i8
  }
  return
}

func.func private @use(memref<8x8xi8>)

// -----

#id = affine_map<(d0) -> (d0)>

// The body reads where it likes, the operand has another type, a view hides what is read,
// a sum reads its result: each time two buffers at once.
// CHECK-LABEL: func.func @not_elementwise
// CHECK: call @gather(%{{.+}}, %{{.+}}, %{{.+}}) : (memref<64xi8>, memref<64xi8>, memref<64xi8>) -> ()
// CHECK: call @widen(%{{.+}}, %{{.+}}) : (memref<64xi8>, memref<64xi16>) -> ()
// CHECK: call @shift(%{{.+}}, %{{.+}}) : (memref<64xi16>, memref<32xi16>) -> ()
// CHECK: call @accumulate(%{{.+}}, %{{.+}}) : (memref<32xi16>, memref<32xi16>) -> ()
func.func @not_elementwise(%in: memref<8x8xi8>) {
  %a = memref.alloc() : memref<64xi8>
  call @use8(%a) : (memref<64xi8>) -> ()
  %b = memref.alloc() : memref<64xi8>
  call @use8(%b) : (memref<64xi8>) -> ()
  %c = memref.alloc() : memref<64xi8>
  call @gather(%a, %b, %c) : (memref<64xi8>, memref<64xi8>, memref<64xi8>) -> ()
  call @use8(%b) : (memref<64xi8>) -> ()
  %d = memref.alloc() : memref<64xi16>
  call @widen(%c, %d) : (memref<64xi8>, memref<64xi16>) -> ()
  %e = memref.alloc() : memref<32xi16>
  call @shift(%d, %e) : (memref<64xi16>, memref<32xi16>) -> ()
  %f = memref.alloc() : memref<32xi16>
  call @accumulate(%e, %f) : (memref<32xi16>, memref<32xi16>) -> ()
  call @use16(%f) : (memref<32xi16>) -> ()
  return
}

func.func private @gather(%x: memref<64xi8>, %y: memref<64xi8>, %z: memref<64xi8>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%y : memref<64xi8>) outs(%z : memref<64xi8>) {
  ^bb0(%i: i8, %o: i8):
    %at = arith.index_cast %i : i8 to index
    %e = memref.load %x[%at] : memref<64xi8>
    linalg.yield %e : i8
  }
  return
}

func.func private @widen(%x: memref<64xi8>, %y: memref<64xi16>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<64xi8>) outs(%y : memref<64xi16>) {
  ^bb0(%i: i8, %o: i16):
    %w = arith.extsi %i : i8 to i16
    linalg.yield %w : i16
  }
  return
}

func.func private @shift(%x: memref<64xi16>, %y: memref<32xi16>) {
  %v = memref.subview %x[8] [32] [1] : memref<64xi16> to memref<32xi16, strided<[1], offset: 8>>
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%v : memref<32xi16, strided<[1], offset: 8>>) outs(%y : memref<32xi16>) {
  ^bb0(%i: i16, %o: i16):
    linalg.yield %i : i16
  }
  return
}

func.func private @accumulate(%x: memref<32xi16>, %y: memref<32xi16>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<32xi16>) outs(%y : memref<32xi16>) {
  ^bb0(%i: i16, %o: i16):
    %s = arith.addi %i, %o : i16
    linalg.yield %s : i16
  }
  return
}

func.func private @use8(memref<64xi8>)
func.func private @use16(memref<32xi16>)
