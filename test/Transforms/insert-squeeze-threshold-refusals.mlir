// What calibration refuses, and what the user reads.
// RUN: split-file %s %t
// RUN: %python %S/Inputs/write-npy.py %t/data.npy 1x4x1x1 0,1,2,3
// RUN: %python %S/Inputs/write-npy.py %t/wide.npy 1x4x2x1 0,1,2,3,4,5,6,7
// RUN: %python %S/Inputs/write-npy.py %t/nan.npy 1x4x1x1 0,1,nan,3

// RUN: not lowbit-opt %t/net.mlir --lowbit-insert-squeeze-threshold 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NONE
// NONE: net.mlir:1:1: error: {{.*}}needs calibration data to choose activation ranges

// RUN: not lowbit-opt %t/net.mlir --lowbit-insert-squeeze-threshold=calibration=npy:%t/absent.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ABSENT
// ABSENT: net.mlir:1:1: error: cannot open '{{.*}}absent.npy': No such file or directory

// RUN: not lowbit-opt %t/net.mlir --lowbit-insert-squeeze-threshold=calibration=npy:%t/wide.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SHAPE
// SHAPE: net.mlir:1:1: error: data 'npy:{{.*}}wide.npy' has samples of shape 4x2x1, the network's input is 1x4x1x1

// RUN: not lowbit-opt %t/net.mlir --lowbit-insert-squeeze-threshold=calibration=npy:%t/nan.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NAN
// NAN: net.mlir:1:1: error: sample 0 of data 'npy:{{.*}}nan.npy' has a normalized value that is not finite

// RUN: not lowbit-opt %t/net.mlir 2>&1 \
// RUN:   --lowbit-insert-squeeze-threshold="calibration=npy:%t/data.npy normalization=scale=0" \
// RUN:   | FileCheck %s --check-prefix=NORMALIZATION
// NORMALIZATION: net.mlir:1:1: error: normalization 'scale=0': a scale of 0 would make all inputs equal

// RUN: not lowbit-opt %t/net.mlir 2>&1 \
// RUN:   --lowbit-insert-squeeze-threshold="calibration=npy:%t/data.npy normalization=mean=1:2" \
// RUN:   | FileCheck %s --check-prefix=CHANNELS
// CHANNELS: net.mlir:1:1: error: normalization of data {{.*}} has 2 values of mean, the network's input has 1 channels

// RUN: not lowbit-opt %t/net.mlir 2>&1 \
// RUN:   --lowbit-insert-squeeze-threshold="calibration=npy:%t/data.npy recipe=%t/absent.yaml" \
// RUN:   | FileCheck %s --check-prefix=RECIPE
// RECIPE: net.mlir:1:1: error: cannot read recipe '{{.*}}absent.yaml': No such file or directory

// RUN: not lowbit-opt %t/one-bit.mlir --lowbit-insert-squeeze-threshold=calibration=npy:%t/data.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ONEBIT
// ONEBIT: one-bit.mlir:4:8: error: {{.*}}asks for 1-bit activations, but its input may be negative; use 2 bits, bipolar, or put a ReLU in front

// RUN: not lowbit-opt %t/two-inputs.mlir --lowbit-insert-squeeze-threshold=calibration=npy:%t/data.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=INPUTS
// INPUTS: two-inputs.mlir:1:1: error: calibration needs a network of one input, this one has 2

// RUN: not lowbit-opt %t/infinite.mlir --lowbit-insert-squeeze-threshold=calibration=npy:%t/data.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=INFINITE
// INFINITE: infinite.mlir:4:8: error: calibration met an infinite or NaN value here; check the input normalization

// RUN: not lowbit-opt %t/unknown.mlir --lowbit-insert-squeeze-threshold=calibration=npy:%t/data.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: unknown.mlir:4:8: error: the reference evaluator does not know this operation

//--- net.mlir
func.func @net(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}
//--- one-bit.mlir
func.func @net(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 1, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}
//--- two-inputs.mlir
func.func @net(%x: tensor<1x4x1x1xf32>, %y: tensor<1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}
//--- infinite.mlir
func.func @net(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %l = tosa.log %x : (tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  %0 = tosa.conv2d %l, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}
//--- unknown.mlir
func.func @net(%x: tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %l = tosa.erf %x : (tensor<1x4x1x1xf32>) -> tensor<1x4x1x1xf32>
  %0 = tosa.conv2d %l, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
      lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
      : (tensor<1x4x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x1x1xf32>
  return %0 : tensor<1x4x1x1xf32>
}
