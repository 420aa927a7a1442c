// The training form survives text and bytecode.
// RUN: lowbit-opt %s | lowbit-opt | FileCheck %s
// RUN: lowbit-opt %s --mlir-print-op-generic | lowbit-opt | FileCheck %s
// RUN: lowbit-opt %s --emit-bytecode | lowbit-opt | FileCheck %s

// CHECK-LABEL: @training
func.func @training(%x: tensor<2x8x8x4xf32>, %w1: tensor<2x4xf32>, %b1: tensor<2xf32>,
                    %w2: tensor<4x2xf32>, %b2: tensor<4xf32>, %w4: tensor<1x2xf32>, %b4: tensor<1xf32>)
    -> (tensor<2x8x8x4xf32>, tensor<4xf32>, tensor<1xf32>) {
  // CHECK: lowbit.squeeze_threshold_training %{{.+}} adjust(%{{.+}}, %{{.+}}, %{{.+}}, %{{.+}}) threshold(%{{.+}}, %{{.+}}, %{{.+}}, %{{.+}}) running(%{{.+}}, %{{.+}}) levels(!lowbit.int<2, narrow>) momentum 1.000000e-01 max_range 8.000000e+00 : tensor<2x8x8x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  %y, %a, %r = lowbit.squeeze_threshold_training %x
      adjust(%w1, %b1, %w2, %b2) threshold(%w1, %b1, %w4, %b4) running(%b2, %b4)
      levels(!lowbit.int<2, narrow>) momentum 0.1 max_range 8.0
      : tensor<2x8x8x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
        tensor<2x4xf32>, tensor<2xf32>, tensor<1x2xf32>, tensor<1xf32>, tensor<4xf32>, tensor<1xf32>
  return %y, %a, %r : tensor<2x8x8x4xf32>, tensor<4xf32>, tensor<1xf32>
}
