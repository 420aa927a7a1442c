// Plans that do not fit their layer.
// RUN: lowbit-opt %s --split-input-file --convert-tosa-to-kernel --verify-diagnostics

func.func @computed_weights(%x: tensor<1x3x2xf32>, %w: tensor<1x2x5xf32>) -> tensor<1x3x5xf32> {
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  // expected-error@below {{the plan of this layer does not fit it: weights are not constant}}
  %y = tosa.matmul %x, %w, %z, %z
      {kernel.plan = #kernel.plan<family = float, bytes = 16, pixels = 3, vectors = 1, group = 1>}
      : (tensor<1x3x2xf32>, tensor<1x2x5xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x5xf32>
  return %y : tensor<1x3x5xf32>
}

// -----

func.func @depthwise_for_a_product(%x: tensor<1x3x2xf32>) -> tensor<1x3x5xf32> {
  %w = "tosa.const"() {values = dense<2.0> : tensor<1x2x5xf32>} : () -> tensor<1x2x5xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  // expected-error@below {{the plan of this layer does not fit it}}
  %y = tosa.matmul %x, %w, %z, %z
      {kernel.plan = #kernel.plan<family = float_depthwise, bytes = 16, pixels = 3, vectors = 1, group = 1>}
      : (tensor<1x3x2xf32>, tensor<1x2x5xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x5xf32>
  return %y : tensor<1x3x5xf32>
}

// -----

func.func @bytes_for_floats(%x: tensor<1x3x2xf32>) -> tensor<1x3x5xf32> {
  %w = "tosa.const"() {values = dense<2.0> : tensor<1x2x5xf32>} : () -> tensor<1x2x5xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  // expected-error@below {{the plan of this layer does not fit it}}
  %y = tosa.matmul %x, %w, %z, %z
      {kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 3, vectors = 1, group = 4>}
      : (tensor<1x3x2xf32>, tensor<1x2x5xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x5xf32>
  return %y : tensor<1x3x5xf32>
}

// -----

func.func @no_layer(%x: tensor<1xf32>) -> tensor<1xf32> {
  // expected-error@below {{the plan of this layer does not fit it: it is not of floats}}
  %y = tosa.exp %x
      {kernel.plan = #kernel.plan<family = float, bytes = 16, pixels = 3, vectors = 1, group = 1>}
      : (tensor<1xf32>) -> tensor<1xf32>
  return %y : tensor<1xf32>
}
