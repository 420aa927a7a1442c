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

func.func @conv2d_c2_arguments_missing(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>, %e: tensor<2xi8>) {
  // expected-error@below {{C2: the epilogue has 1 arguments, expected 2}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>) channels(%e : tensor<2xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c2_arguments_superfluous(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C2: the epilogue has 2 arguments, expected 1}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32, %e0: i8):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c2_sum_is_float(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>, %i: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C2: the sum must be an integer}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: f32):
    %c = arith.fptosi %sum : f32 to i32
    kernel.yield %c : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c2_argument_differs(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>, %e: tensor<2xi8>) {
  // expected-error@below {{C2: argument #1 of the epilogue must be an element of 'tensor<2xi8>'}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>) channels(%e : tensor<2xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32, %e0: i16):
    kernel.yield %sum : i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c3_yields_too_much(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C3: the epilogue must yield 1 values}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum, %sum : i32, i32
  } -> tensor<1x1x2x2xi32>
  return
}

// -----

func.func @conv2d_c3_yields_scratch(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>, %s: tensor<9xi8>) {
  // expected-error@below {{C3: the epilogue must yield 1 values}}
  %r:2 = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o, %s : tensor<1x1x2x2xi32>, tensor<9xi8>) scratch {
  ^bb0(%sum: i32):
    %c = arith.trunci %sum : i32 to i8
    kernel.yield %sum, %c : i32, i8
  } -> tensor<1x1x2x2xi32>, tensor<9xi8>
  return
}

// -----

func.func @conv2d_c3_yields_another_type(%x: tensor<1x1x3x4xi8>, %w: tensor<32xi8>, %o: tensor<1x1x2x2xi32>) {
  // expected-error@below {{C3: the epilogue yields 'i8' for 'tensor<1x1x2x2xi32>'}}
  %r = kernel.conv2d <family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>
      image [1, 1, 3, 4] filter [1, 2, 2, 1, 2] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xi8>, tensor<32xi8>)
      outs(%o : tensor<1x1x2x2xi32>) {
  ^bb0(%sum: i32):
    %c = arith.trunci %sum : i32 to i8
    kernel.yield %c : i8
  } -> tensor<1x1x2x2xi32>
  return
}
