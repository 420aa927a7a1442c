// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

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

// -----

func.func @conv2d_c2_integer_sums_of_floats(%x: tensor<1x1x3x4xf32>, %w: tensor<16xf32>, %o: tensor<1x1x3x2xi32>) {
  // expected-error@below {{C2: the sum must be an integer, or f32 of floats}}
  %r = kernel.conv2d <family = float, bytes = 16, pixels = 1, vectors = 1, group = 1>
      image [1, 1, 3, 4] filter [1, 3, 2, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : tensor<1x1x3x4xf32>, tensor<16xf32>)
      outs(%o : tensor<1x1x3x2xi32>) {
  ^bb0(%sum: i32):
    kernel.yield %sum : i32
  } -> tensor<1x1x3x2xi32>
  return
}
