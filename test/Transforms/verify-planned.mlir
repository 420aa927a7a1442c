// RUN: lowbit-opt %s --lowbit-verify-planned --split-input-file --verify-diagnostics

func.func @planned(%x: tensor<1x4xf32>) -> tensor<4xf32> {
  %0 = call @layer(%x) : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %1 = tensor.collapse_shape %0 [[0, 1]] : tensor<1x4xf32> into tensor<4xf32>
  return %1 : tensor<4xf32>
}

func.func private @layer(%x: tensor<1x4xf32>) -> tensor<1x4xf32> attributes {
    lowbit.layer = "layer", lowbit.kernel = #lowbit.kernel<float>, lowbit.reason = "no scheme"} {
  return %x : tensor<1x4xf32>
}

// -----

func.func @operation_outside_of_its_layer(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  // expected-error@below {{stands outside of its layer's function}}
  %0 = tosa.exp %x {lowbit.layer = "softmax"} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}

// -----

// expected-error@below {{layer function without 'lowbit.layer'}}
func.func private @no_layer() attributes {lowbit.kernel = #lowbit.kernel<float>, lowbit.reason = ""} {
  return
}

// -----

// expected-error@below {{layer function without 'lowbit.kernel'}}
func.func private @no_kernel() attributes {lowbit.layer = "layer", lowbit.reason = ""} {
  return
}

// -----

// expected-error@below {{layer function without 'lowbit.reason'}}
func.func private @no_reason() attributes {lowbit.layer = "layer", lowbit.kernel = #lowbit.kernel<float>} {
  return
}

// -----

func.func private @weights_not_packed() -> tensor<4x!lowbit.ternary> attributes {
    lowbit.layer = "layer", lowbit.kernel = #lowbit.kernel<shift_add>, lowbit.reason = ""} {
  // expected-error@below {{weights are not packed}}
  %w = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  return %w : tensor<4x!lowbit.ternary>
}
