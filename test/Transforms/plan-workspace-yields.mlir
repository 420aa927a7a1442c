// RUN: lowbit-opt %s --lowbit-plan-workspace | FileCheck %s

// The buffer that a branch yields lives on behind the branch.
// CHECK-LABEL: func.func @yielded_buffers_live_on
// CHECK-SAME: memref<128xi8>) attributes {lowbit.workspace = 128 : i64, {{.*}}}
func.func @yielded_buffers_live_on(%condition: i1, %x: memref<64xi8>) {
  %chosen = scf.if %condition -> memref<64xi8> {
    %a = memref.alloc() : memref<64xi8>
    memref.copy %x, %a : memref<64xi8> to memref<64xi8>
    scf.yield %a : memref<64xi8>
  } else {
    scf.yield %x : memref<64xi8>
  }
  %b = memref.alloc() : memref<64xi8>
  call @use64(%b) : (memref<64xi8>) -> ()
  call @use64(%chosen) : (memref<64xi8>) -> ()
  return
}

func.func private @use64(memref<64xi8>)
