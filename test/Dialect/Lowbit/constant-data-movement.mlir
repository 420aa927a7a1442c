// Upstream folders see the attribute of a constant operand. Theirs reshape
// `dense` attributes, which must not happen to a string of packed codes.
// RUN: lowbit-opt %s --split-input-file --canonicalize | FileCheck %s
// RUN: lowbit-opt %s --split-input-file --sccp | FileCheck %s

// CHECK-LABEL: @expand_shape
// CHECK: return %{{.+}} : tensor<2x2x!lowbit.ternary>
func.func @expand_shape() -> tensor<2x2x!lowbit.ternary> {
  %w = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %r = tensor.expand_shape %w [[0, 1]] output_shape [2, 2]
      : tensor<4x!lowbit.ternary> into tensor<2x2x!lowbit.ternary>
  return %r : tensor<2x2x!lowbit.ternary>
}

// -----

// Codes of eight bits: as many bytes as elements, but still no i8 tensor.
// CHECK-LABEL: @collapse_shape
// CHECK: return %{{.+}} : tensor<2x!lowbit.int<8>>
func.func @collapse_shape() -> tensor<2x!lowbit.int<8>> {
  %w = lowbit.constant dense<[1, 2]> : tensor<2xi8> : tensor<1x2x!lowbit.int<8>>
  %r = tensor.collapse_shape %w [[0, 1]] : tensor<1x2x!lowbit.int<8>> into tensor<2x!lowbit.int<8>>
  return %r : tensor<2x!lowbit.int<8>>
}

// -----

// CHECK-LABEL: @reshape
// CHECK: return %{{.+}} : tensor<2x2x!lowbit.ternary>
func.func @reshape() -> tensor<2x2x!lowbit.ternary> {
  %w = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %shape = arith.constant dense<2> : tensor<2xindex>
  %r = tensor.reshape %w(%shape)
      : (tensor<4x!lowbit.ternary>, tensor<2xindex>) -> tensor<2x2x!lowbit.ternary>
  return %r : tensor<2x2x!lowbit.ternary>
}

// -----

// The one byte is a splat of i8, the four codes in it are not.
// CHECK-LABEL: @extract_slice
// CHECK: return %{{.+}} : tensor<2x!lowbit.ternary>
func.func @extract_slice() -> tensor<2x!lowbit.ternary> {
  %w = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %r = tensor.extract_slice %w[0] [2] [1] : tensor<4x!lowbit.ternary> to tensor<2x!lowbit.ternary>
  return %r : tensor<2x!lowbit.ternary>
}

// -----

// CHECK-LABEL: @transpose
// CHECK: return %{{.+}} : tensor<4x1x!lowbit.ternary>
func.func @transpose() -> tensor<4x1x!lowbit.ternary> {
  %w = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<1x4x!lowbit.ternary>
  %e = tensor.empty() : tensor<4x1x!lowbit.ternary>
  %r = linalg.transpose ins(%w : tensor<1x4x!lowbit.ternary>)
      outs(%e : tensor<4x1x!lowbit.ternary>) permutation = [1, 0]
  return %r : tensor<4x1x!lowbit.ternary>
}

// -----

// CHECK-LABEL: @extract
// CHECK: return %{{.+}} : !lowbit.ternary
func.func @extract() -> !lowbit.ternary {
  %w = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %i = arith.constant 3 : index
  %r = tensor.extract %w[%i] : tensor<4x!lowbit.ternary>
  return %r : !lowbit.ternary
}
