// RUN: lowbit-opt %s --split-input-file --convert-kernel-to-vector --verify-diagnostics

func.func @tensors(%x: tensor<4xi8>, %w: tensor<16xi8>, %o: tensor<4xi32>) -> tensor<4xi32> {
  // expected-error@below {{must be bufferized first}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 1, 4] filter [1, 1, 4, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<4xi8>, tensor<16xi8>) outs(%o : tensor<4xi32>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  } -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

func.func @views(%x: memref<4xi8>, %w: memref<16xi8>, %o: memref<4xi32, strided<[2]>>) {
  // expected-error@below {{needs dense buffers, not 'memref<4xi32, strided<[2]>>'}}
  kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 1, 4] filter [1, 1, 4, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<4xi8>, memref<16xi8>) outs(%o : memref<4xi32, strided<[2]>>) {
  ^bb0(%s: i32):
    kernel.yield %s : i32
  }
  return
}
