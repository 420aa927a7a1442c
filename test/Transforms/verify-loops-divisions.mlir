// Divisions and products that hide in other operations.
// RUN: lowbit-opt %s --lowbit-verify-loops --verify-diagnostics

func.func private @divisions_that_round(%x: i32, %y: f32) attributes {lowbit.layer = "conv1", lowbit.multiplier_free} {
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %0 = arith.floordivsi %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %1 = arith.ceildivsi %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %2 = arith.ceildivui %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %3 = arith.remf %y, %y : f32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %4 = math.fma %y, %y, %y : f32
  return
}
