// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @conv2d_c1_image_has_three_sizes(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: image has 4 sizes, filter 5, stride and dilation 2}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_filter_has_four_sizes(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: image has 4 sizes, filter 5, stride and dilation 2}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_one_stride(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: image has 4 sizes, filter 5, stride and dilation 2}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_three_dilations(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: image has 4 sizes, filter 5, stride and dilation 2}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_size_is_zero(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: sizes must be positive}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [0, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_dilation_is_negative(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: sizes must be positive}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, -1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_image_differs_from_input(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: input has 12 elements, expected 16}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 4, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_output_differs(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: output has 4 elements, expected 6}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 3, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_elementwise_differs(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>, %e: tensor<2xi8>) {
  // expected-error@below {{C1: elementwise operand has 2 elements, expected 4}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>) elementwise(%e : tensor<2xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32, %e0: i8):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_channels_differ(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>, %e: tensor<4xi8>) {
  // expected-error@below {{C1: channel operand has 4 elements, expected 2}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>) channels(%e : tensor<4xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32, %e0: i8):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_result_is_no_output(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C1: results must be of the types of the output tensors}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<2x2xi32>
  return
}

// -----

func.func @conv2d_c1_buffers_have_no_result(%x: memref<1x1x3x4xi8>, %w: memref<32xi8>, %o: memref<1x1x2x2xi32>) {
  // expected-error@below {{C1: results must be of the types of the output tensors}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x1x3x4xi8>, memref<32xi8>)
      outs(%o : memref<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c1_bytes_for_a_plan_of_floats(%x: tensor<1x1x3x4xi8>, %w: tensor<16xf32>, %o: tensor<1x1x3x2xf32>) {
  // expected-error@below {{C1: a plan of floats has an input and weights of f32}}
  %r = kernel.conv2d <family = float, bytes = 16, pixels = 1, vectors = 1, group = 1>
      image [1, 1, 3, 4] filter [1, 3, 2, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<16xf32>)
      outs(%o : tensor<1x1x3x2xf32>) {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  } -> tensor<1x1x3x2xf32>
  return
}
