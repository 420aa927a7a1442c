// RUN: lowbit-opt %s --lowbit-verify-loops --split-input-file --verify-diagnostics

// Addresses may be multiplied, and so may values where nothing forbids it.
func.func @loops(%x: memref<4xi32>, %i: index) {
  %0 = memref.load %x[%i] : memref<4xi32>
  %1 = arith.muli %0, %0 : i32
  memref.store %1, %x[%i] : memref<4xi32>
  return
}

func.func private @shifts(%x: memref<4xi32>, %i: index) attributes {lowbit.layer = "conv1", lowbit.multiplier_free} {
  %j = arith.muli %i, %i : index
  %0 = memref.load %x[%j] : memref<4xi32>
  %1 = arith.shli %0, %0 : i32
  memref.store %1, %x[%j] : memref<4xi32>
  return
}

// -----

func.func private @multiplications(%x: i32, %y: f32) attributes {lowbit.layer = "conv1", lowbit.multiplier_free} {
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %0 = arith.muli %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %1:2 = arith.mulsi_extended %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %2:2 = arith.mului_extended %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %3 = arith.divsi %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %4 = arith.divui %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %5 = arith.remsi %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %6 = arith.remui %x, %x : i32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %7 = arith.mulf %y, %y : f32
  // expected-error@below {{multiplication in the multiplier-free layer 'conv1'}}
  %8 = arith.divf %y, %y : f32
  return
}

// -----

func.func @codes_left(%x: tensor<4x!lowbit.uint<2>>) {
  // expected-error@below {{is left at the level of loops}}
  %0 = lowbit.checksum %x : tensor<4x!lowbit.uint<2>>
  return
}

// -----

func.func @tensors_left(%x: tensor<1x4xf32>) {
  // expected-error@below {{is left at the level of loops}}
  %0 = tensor.collapse_shape %x [[0, 1]] : tensor<1x4xf32> into tensor<4xf32>
  // expected-error@below {{is left at the level of loops}}
  %1 = tosa.exp %x : (tensor<1x4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @allocations() {
  // expected-error@below {{allocates; buffers must lie in the workspace}}
  %0 = memref.alloc() : memref<4xf32>
  // expected-error@below {{allocates; buffers must lie in the workspace}}
  %1 = memref.alloca() : memref<4xf32>
  return
}
