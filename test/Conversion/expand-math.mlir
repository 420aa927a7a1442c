// RUN: lowbit-opt %s --lowbit-expand-math | FileCheck %s

// CHECK-LABEL: @fma_rounds_twice
// CHECK: %[[PRODUCT:.+]] = arith.mulf %[[A:.+]], %[[B:.+]] : f32
// CHECK-NEXT: %[[SUM:.+]] = arith.addf %[[PRODUCT]], %{{.+}} : f32
// CHECK-NEXT: return %[[SUM]]
func.func @fma_rounds_twice(%a: f32, %b: f32, %c: f32) -> f32 {
  %y = math.fma %a, %b, %c : f32
  return %y : f32
}

// CHECK-LABEL: @polynomials
// CHECK-NOT: math.exp
// CHECK-NOT: math.log
// CHECK-NOT: math.tanh
// CHECK-NOT: math.fma
// CHECK: return
func.func @polynomials(%a: f32) -> (f32, f32, f32) {
  %0 = math.exp %a : f32
  %1 = math.log %a : f32
  %2 = math.tanh %a : f32
  return %0, %1, %2 : f32, f32, f32
}

// One instruction, no call.
// CHECK-LABEL: @does_not_expand_what_machines_have
// CHECK: math.sqrt
// CHECK: math.floor
func.func @does_not_expand_what_machines_have(%a: f32) -> (f32, f32) {
  %0 = math.sqrt %a : f32
  %1 = math.floor %a : f32
  return %0, %1 : f32, f32
}
