// A layer may have the name that a constant would get.
// RUN: lowbit-opt %s --lowbit-sort-constants | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK: memref.get_global @[[CONSTANT:.+]] : memref<1xi8>
// CHECK: call @lowbit_constant_0()
// CHECK: memref.global "private" constant @[[CONSTANT]] : memref<1xi8> = dense<1>
func.func @main() {
  %0 = memref.get_global @one : memref<1xi8>
  call @lowbit_constant_0() : () -> ()
  return
}

func.func private @lowbit_constant_0()

memref.global "private" constant @one : memref<1xi8> = dense<1>
