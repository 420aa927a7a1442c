// RUN: lowbit-opt %s --lowbit-verify-integer --split-input-file --verify-diagnostics

func.func @float_at_the_borders_only(%x: tensor<4xf32>) -> tensor<4xf32> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %e = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  %q = lowbit.quantize %e, %s : tensor<4xf32>, tensor<1xf32> -> tensor<4x!lowbit.uint<8>>
  %f = lowbit.dequantize %q scale(%s) : tensor<4x!lowbit.uint<8>>, tensor<1xf32> -> tensor<4xf32>
  %g = tosa.exp %f : (tensor<4xf32>) -> tensor<4xf32>
  return %g : tensor<4xf32>
}

// -----

func.func @float_between_quantizers(%q: tensor<4x!lowbit.uint<8>>) -> tensor<4x!lowbit.uint<8>> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  // expected-error@below {{float arithmetic between integer layers is left}}
  %f = lowbit.dequantize %q scale(%s) : tensor<4x!lowbit.uint<8>>, tensor<1xf32> -> tensor<4xf32>
  %g = tosa.exp %f : (tensor<4xf32>) -> tensor<4xf32>
  %r = lowbit.quantize %g, %s : tensor<4xf32>, tensor<1xf32> -> tensor<4x!lowbit.uint<8>>
  return %r : tensor<4x!lowbit.uint<8>>
}

// -----

func.func @float_in_front_of_thresholds(%q: tensor<4x!lowbit.uint<8>>) -> tensor<4x!lowbit.bipolar> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %t = arith.constant dense<0.5> : tensor<1x1xf32>
  // expected-error@below {{float arithmetic between integer layers is left}}
  %f = lowbit.dequantize %q scale(%s) : tensor<4x!lowbit.uint<8>>, tensor<1xf32> -> tensor<4xf32>
  %r = lowbit.threshold %f, %t : tensor<4xf32>, tensor<1x1xf32> -> tensor<4x!lowbit.bipolar>
  return %r : tensor<4x!lowbit.bipolar>
}

// -----

func.func @with_a_reason(%q: tensor<4x!lowbit.uint<8>>) -> tensor<4x!lowbit.uint<8>> {
  %s = arith.constant dense<0.5> : tensor<1xf32>
  %f = lowbit.dequantize %q scale(%s) : tensor<4x!lowbit.uint<8>>, tensor<1xf32> -> tensor<4xf32>
  %g = tosa.exp %f : (tensor<4xf32>) -> tensor<4xf32>
  %r = lowbit.quantize %g, %s {lowbit.reason = "reads the result of float tosa.exp"}
      : tensor<4xf32>, tensor<1xf32> -> tensor<4x!lowbit.uint<8>>
  return %r : tensor<4x!lowbit.uint<8>>
}
