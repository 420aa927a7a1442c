// max(x + 1, 0) in int8, as a network that was quantized elsewhere would say it: a
// convolution 2 x + 1, a rescale by 1/2 that rounds half up, a clamp. Its batch is free.
module attributes {tfl.description = "left behind by an exporter"} {
  func.func @main(%x: tensor<?x1x4x1xi8>) -> tensor<?x4xi8> attributes {tf.entry_function = {inputs = "x"}} {
    %w = "tosa.const"() <{values = dense<2> : tensor<1x1xi8>}> : () -> tensor<1x1xi8>
    %b = "tosa.const"() <{values = dense<1> : tensor<1xi32>}> : () -> tensor<1xi32>
    %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
    %zi = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
    %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
    %s = "tosa.const"() <{values = dense<31> : tensor<1xi8>}> : () -> tensor<1xi8>
    %filter = tosa.const_shape {values = dense<1> : tensor<4xindex>} : () -> !tosa.shape<4>
    %row = tosa.const_shape {values = dense<[-1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
    %ohwi = tosa.reshape %w, %filter : (tensor<1x1xi8>, !tosa.shape<4>) -> tensor<1x1x1x1xi8>
    %0 = tosa.conv2d %x, %ohwi, %b, %z, %z {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
        : (tensor<?x1x4x1xi8>, tensor<1x1x1x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<?x1x4x1xi32>
    %1 = tosa.rescale %0, %m, %s, %zi, %z {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true}
        : (tensor<?x1x4x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<?x1x4x1xi8>
    %2 = tosa.clamp %1 {max_val = 127 : i8, min_val = 0 : i8} : (tensor<?x1x4x1xi8>) -> tensor<?x1x4x1xi8>
    %3 = tosa.reshape %2, %row : (tensor<?x1x4x1xi8>, !tosa.shape<2>) -> tensor<?x4xi8>
    return %3 : tensor<?x4xi8>
  }
}
