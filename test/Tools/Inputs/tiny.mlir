// Two convolutions with a residual add, a pool and three classes: every kind of
// layer that the tools can meet, with weights that were made up.
func.func @main(%image: tensor<1x8x8x1xf32>) -> tensor<1x3xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w1 = "tosa.const"() <{values = dense<
      [[[[0.575], [-0.75], [-0.1]], [[-0.2], [0.775], [-0.625]], [[-0.925], [-0.025], [-0.675]]],
      [[[0.3], [0.275], [-0.225]], [[0.225], [-0.025], [-0.35]], [[-0.275], [-0.475], [0.325]]],
      [[[-0.3], [-0.625], [0.05]], [[0.675], [-0.25], [0.125]], [[0.5], [-0.975], [0.125]]],
      [[[0.575], [0.775], [0.3]], [[0.775], [-0.1], [0.05]], [[0.65], [-0.9], [0.6]]]]
    > : tensor<4x3x3x1xf32>}> : () -> tensor<4x3x3x1xf32>
  %b1 = "tosa.const"() <{values = dense<
      [0.95, -0.725, -0.3, -0.2]
    > : tensor<4xf32>}> : () -> tensor<4xf32>
  %w2 = "tosa.const"() <{values = dense<
      [[[[-0.75, 0.825, 0.85, 0.75], [-0.95, 0.475, -0.7, -0.35], [0.825, 0.25, 0.45, -0.5]],
      [[0.5, -0.15, -0.5, 0.275], [-0.15, 0.075, -0.975, 0.425], [0.675, -0.1, -0.8, 0.35]],
      [[-0.925, -0.675, -0.275, 0.6], [-0.1, 0.475, -0.75, -0.85], [0.8, 0.775, 0.475, 0.65]]],
      [[[-0.2, 0.875, -0.8, 0.3], [-0.8, 0.825, 0.125, 0.95], [-0.5, 0.9, 0.8, 0.475]], [[0.3,
      -0.775, 0.525, 0.75], [0.825, 0.575, 0.575, 0.575], [-0.725, 0.55, -0.85, -0.325]], [[0.775,
      0.15, 0.275, 0.5], [0.05, -0.275, 1.0, -0.375], [-0.075, 0.375, -0.1, -0.2]]], [[[0.3, 0.325,
      -0.675, 0.575], [1.0, -0.95, -0.4, 0.025], [0.65, 0.675, -0.9, 0.075]], [[0.175, 0.875, 0.95,
      0.575], [-0.675, 0.925, 0.75, -0.275], [0.925, 0.325, -0.975, -0.575]], [[-0.625, -0.525,
      -0.525, 0.7], [0.375, 0.475, 0.625, 0.275], [0.5, 0.425, 0.05, 0.5]]], [[[0.475, -0.775,
      -0.2, 0.4], [0.075, -0.65, -0.775, 0.4], [0.075, -0.8, 0.25, 0.475]], [[0.975, 0.85, -0.05,
      -0.5], [0.875, 1.0, 0.85, -0.75], [0.6, -0.075, -0.425, 0.175]], [[-0.025, 0.7, 0.625, 0.65],
      [-0.475, 0.125, 0.025, 0.95], [0.775, 0.25, -0.775, 0.55]]]]
    > : tensor<4x3x3x4xf32>}> : () -> tensor<4x3x3x4xf32>
  %b2 = "tosa.const"() <{values = dense<
      [-0.7, -0.125, -0.45, -0.125]
    > : tensor<4xf32>}> : () -> tensor<4xf32>
  %w3 = "tosa.const"() <{values = dense<
      [[[[-0.55, 0.125, 0.8, -0.2]]], [[[-0.375, -0.225, 0.725, -0.3]]], [[[-0.675, -0.125, -0.075,
      -0.625]]]]
    > : tensor<3x1x1x4xf32>}> : () -> tensor<3x1x1x4xf32>
  %b3 = "tosa.const"() <{values = dense<
      [-0.45, -0.925, -0.65]
    > : tensor<3xf32>}> : () -> tensor<3xf32>
  %0 = tosa.conv2d %image, %w1, %b1, %zero, %zero
      {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>,
       stride = array<i64: 1, 1>}
      : (tensor<1x8x8x1xf32>, tensor<4x3x3x1xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>)
      -> tensor<1x8x8x4xf32> loc("stem")
  %1 = tosa.clamp %0 {max_val = 3.40282347E+38 : f32, min_val = 0.0 : f32}
      : (tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32>
  %2 = tosa.conv2d %1, %w2, %b2, %zero, %zero
      {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>,
       stride = array<i64: 1, 1>}
      : (tensor<1x8x8x4xf32>, tensor<4x3x3x4xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>)
      -> tensor<1x8x8x4xf32> loc("body")
  %3 = tosa.add %1, %2 : (tensor<1x8x8x4xf32>, tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> loc("sum")
  %4 = tosa.clamp %3 {max_val = 3.40282347E+38 : f32, min_val = 0.0 : f32}
      : (tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32>
  %5 = tosa.avg_pool2d %4, %zero, %zero
      {acc_type = f32, kernel = array<i64: 8, 8>, pad = array<i64: 0, 0, 0, 0>,
       stride = array<i64: 8, 8>}
      : (tensor<1x8x8x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x4xf32> loc("pool")
  %6 = tosa.conv2d %5, %w3, %b3, %zero, %zero
      {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>,
       stride = array<i64: 1, 1>}
      : (tensor<1x1x1x4xf32>, tensor<3x1x1x4xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>)
      -> tensor<1x1x1x3xf32> loc("dense")
  %shape = tosa.const_shape {values = dense<[1, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %7 = tosa.reshape %6, %shape : (tensor<1x1x1x3xf32>, !tosa.shape<2>) -> tensor<1x3xf32>
  return %7 : tensor<1x3xf32>
}
