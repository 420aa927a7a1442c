// RUN: lowbit-opt %s --lowbit-make-integer --split-input-file --verify-diagnostics

func.func @scale_of_the_quantizer_not_constant(%a: tensor<1x4xi32>, %v: tensor<1xf32>) -> tensor<1x4x!lowbit.uint<8>> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  // expected-error@below {{scale and thresholds must be constant}}
  %q = lowbit.quantize %f, %v : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
  return %q : tensor<1x4x!lowbit.uint<8>>
}

// -----

func.func @thresholds_not_constant(%a: tensor<1x4xi32>, %t: tensor<1x3xf32>) -> tensor<1x4x!lowbit.uint<2>> {
  %s = arith.constant dense<0.25> : tensor<1xf32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x4xi32>, tensor<1xf32> -> tensor<1x4xf32>
  // expected-error@below {{scale and thresholds must be constant}}
  %q = lowbit.threshold %f, %t : tensor<1x4xf32>, tensor<1x3xf32> -> tensor<1x4x!lowbit.uint<2>>
  return %q : tensor<1x4x!lowbit.uint<2>>
}
