// RUN: lowbit-opt %s --lowbit-sort-constants | FileCheck %s

// The first function uses the second global first; what is public keeps its name and
// what nobody uses its place.
// CHECK: memref.global "private" constant @unused
// CHECK-NEXT: memref.global constant @public
// CHECK-LABEL: func.func @first
// CHECK: memref.get_global @lowbit_constant_0 : memref<2xi8>
// CHECK: memref.get_global @public
// CHECK: memref.get_global @lowbit_constant_[[$LAST:[0-9]+]] : memref<1xi8>
// CHECK-LABEL: func.func @second
// CHECK: memref.get_global @lowbit_constant_0
// CHECK: memref.global "private" constant @lowbit_constant_0 : memref<2xi8> = dense<[3, 4]>
// CHECK-NEXT: memref.global "private" constant @lowbit_constant_[[$LAST]] : memref<1xi8> = dense<1>
memref.global "private" constant @one_17 : memref<1xi8> = dense<1>
memref.global "private" constant @two_99 : memref<2xi8> = dense<[3, 4]>
memref.global "private" constant @unused : memref<1xi8> = dense<7>
memref.global constant @public : memref<1xi8> = dense<5>

func.func @first() {
  %0 = memref.get_global @two_99 : memref<2xi8>
  %1 = memref.get_global @public : memref<1xi8>
  %2 = memref.get_global @one_17 : memref<1xi8>
  %3 = memref.get_global @two_99 : memref<2xi8>
  return
}

func.func @second() {
  %0 = memref.get_global @two_99 : memref<2xi8>
  return
}
