// RUN: lowbit-opt %s --lowbit-make-integer | FileCheck %s

// A convolution that a user called "output" stays apart from the dequantization.
// CHECK-LABEL: @layer_with_the_name_of_a_border
// CHECK: lowbit.conv2d {{.*}}lowbit.layer = "[[CONV:.+]]"}
// CHECK-NOT: lowbit.dequantize {{.*}}lowbit.layer = "[[CONV]]"
func.func @layer_with_the_name_of_a_border(%q: tensor<1x1x1x1x!lowbit.uint<8>>) -> tensor<1x1x1x1xf32> {
  %w = lowbit.constant dense<2> : tensor<1xi8> : tensor<1x1x1x1x!lowbit.ternary>
  %s = arith.constant dense<0.3> : tensor<1xf32>
  %a = lowbit.conv2d %q, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.layer = "output"}
      : tensor<1x1x1x1x!lowbit.uint<8>>, tensor<1x1x1x1x!lowbit.ternary> -> tensor<1x1x1x1xi32>
  %f = lowbit.dequantize %a scale(%s) : tensor<1x1x1x1xi32>, tensor<1xf32> -> tensor<1x1x1x1xf32>
  return %f : tensor<1x1x1x1xf32>
}
