// RUN: lowbit-opt %s --lowbit-emit-entry-point=name=tiny | FileCheck %s

// A layer that has the name of the entry point gives way.
// CHECK-LABEL: func.func @tiny_run
// CHECK: call @[[LAYER:.+]](%{{.+}}) : (memref<1x4xf32>) -> ()
// CHECK: func.func private @[[LAYER]](
func.func @main(%in: memref<1x4xf32>, %workspace: memref<0xi8>) {
  call @tiny_run(%in) : (memref<1x4xf32>) -> ()
  return
}

func.func private @tiny_run(%in: memref<1x4xf32>) {
  return
}
