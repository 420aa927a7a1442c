// What a user reads who gives a wrong recipe.
// RUN: split-file %s %t
// DEFINE: %{recipe} =
// DEFINE: %{run} = not lowbit-opt %t/net.mlir --lowbit-assign-schemes=recipe=%{recipe} 2>&1 | FileCheck %s

// RUN: not lowbit-opt %t/net.mlir --lowbit-assign-schemes 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: net.mlir:1:1: error: no recipe is given; pass recipe=FILE

// REDEFINE: %{recipe} = %t/absent.yaml
// RUN: %{run} --check-prefix=ABSENT
// ABSENT: error: cannot read recipe '{{.*}}absent.yaml': No such file or directory

// REDEFINE: %{recipe} = %t/empty.yaml
// RUN: %{run} --check-prefix=EMPTY
// EMPTY: error: {{.*}}empty.yaml: is empty or not a recipe; a recipe has at least a 'defaults' section

// REDEFINE: %{recipe} = %t/bad.yaml
// RUN: %{run} --check-prefix=BAD
// BAD: error: {{.*}}bad.yaml:2:{{[0-9]+}}:

// REDEFINE: %{recipe} = %t/unknown-key.yaml
// RUN: %{run} --check-prefix=KEY
// KEY: error: {{.*}}unknown-key.yaml:4:1: unknown key 'activation'

// REDEFINE: %{recipe} = %t/no-defaults.yaml
// RUN: %{run} --check-prefix=DEFAULTS
// DEFAULTS: error: {{.*}}no-defaults.yaml:1:1: missing required key 'defaults'

// REDEFINE: %{recipe} = %t/no-weights.yaml
// RUN: %{run} --check-prefix=WEIGHTS
// WEIGHTS: error: {{.*}}no-weights.yaml:1:1: 'defaults' must say which 'weights'

// REDEFINE: %{recipe} = %t/no-activations.yaml
// RUN: %{run} --check-prefix=ACTIVATIONS
// ACTIVATIONS: error: {{.*}}no-activations.yaml:1:1: 'defaults' must say how many bits 'activations' have

// REDEFINE: %{recipe} = %t/no-bits-for-layer.yaml
// RUN: %{run} --check-prefix=LAYERBITS
// LAYERBITS: net.mlir:4:8: error: recipe '{{.*}}no-bits-for-layer.yaml' says no activation bits for layer 'conv1'; add 'activations' to it or to 'defaults'

// REDEFINE: %{recipe} = %t/wide-pow2.yaml
// RUN: %{run} --check-prefix=POW2
// POW2: error: {{.*}}wide-pow2.yaml:2:12: unknown weights or an impossible width; known: float, trained, bipolar, ternary, pow2<2..5>,

// REDEFINE: %{recipe} = %t/wide-activations.yaml
// RUN: %{run} --check-prefix=WIDE
// WIDE: error: {{.*}}wide-activations.yaml:2:3: activations must have 1 to 16 bits

// REDEFINE: %{recipe} = %t/narrow-residual.yaml
// RUN: %{run} --check-prefix=RESIDUAL
// RESIDUAL: error: {{.*}}narrow-residual.yaml:2:3: residual must have 2 to 16 bits

// REDEFINE: %{recipe} = %t/thresholds-per-filter.yaml
// RUN: %{run} --check-prefix=THRESHOLDS
// THRESHOLDS: error: {{.*}}thresholds-per-filter.yaml:4:15: is one for the 'layer' or one for each 'channel'

// REDEFINE: %{recipe} = %t/free-int8.yaml
// RUN: %{run} --check-prefix=FREE
// FREE: error: {{.*}}free-int8.yaml:2:3: weights 'int<8>' need multiplications, but multiplier-free is true; use ternary, bipolar, pow2 or levels<[...]> weights

// REDEFINE: %{recipe} = %t/untrained.yaml
// RUN: %{run} --check-prefix=UNTRAINED
// UNTRAINED: error: {{.*}}untrained.yaml:2:3: untrained cannot be 'trained'; give it a level set or float

// REDEFINE: %{recipe} = %t/absent-layer.yaml
// RUN: %{run} --check-prefix=LAYER
// LAYER: net.mlir:1:1: error: recipe '{{.*}}absent-layer.yaml' has an override for layer 'conv9', which does not exist
// LAYER: note: layers are: conv1, conv2

// REDEFINE: %{recipe} = %t/absent-index.yaml
// RUN: %{run} --check-prefix=INDEX
// INDEX: net.mlir:1:1: error: recipe '{{.*}}absent-index.yaml' has an override for layer number 2, but there are 2 layers
// INDEX: note: layers are: conv1, conv2

// REDEFINE: %{recipe} = %t/name-and-index.yaml
// RUN: %{run} --check-prefix=EITHER
// EITHER: error: {{.*}}name-and-index.yaml:5:5: an entry of 'layers' needs either 'layer' (a name) or 'index'

// REDEFINE: %{recipe} = %t/no-samples.yaml
// RUN: %{run} --check-prefix=SAMPLES
// SAMPLES: error: {{.*}}no-samples.yaml:5:3: calibration needs at least one sample

// REDEFINE: %{recipe} = %t/zero-deviation.yaml
// RUN: %{run} --check-prefix=DEVIATION
// DEVIATION: error: {{.*}}zero-deviation.yaml:5:3: deviations must be positive

//--- net.mlir
func.func @net(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv1"}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  %1 = tosa.conv2d %0, %w, %b, %b, %b {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, lowbit.layer = "conv2"}
      : (tensor<1x4x4x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  return %1 : tensor<1x4x4x1xf32>
}
//--- empty.yaml
//--- bad.yaml
defaults:
  weights: [ternary
//--- unknown-key.yaml
defaults:
  weights: ternary
  activations: 2
activation: 3
//--- no-defaults.yaml
name: nothing
//--- no-weights.yaml
defaults:
  activations: 2
//--- no-activations.yaml
defaults:
  weights: ternary
//--- no-bits-for-layer.yaml
defaults:
  weights: float
layers:
  - layer: conv1
    weights: ternary
//--- wide-pow2.yaml
defaults:
  weights: pow2<9>
  activations: 2
//--- wide-activations.yaml
defaults:
  weights: ternary
  activations: 17
//--- narrow-residual.yaml
defaults:
  weights: ternary
  activations: 2
  residual: 1
//--- thresholds-per-filter.yaml
defaults:
  weights: ternary
  activations: 2
  thresholds: filter
//--- free-int8.yaml
defaults:
  weights: int<8>
  activations: 8
  multiplier-free: true
//--- untrained.yaml
defaults:
  weights: trained
  untrained: trained
  activations: 8
//--- absent-layer.yaml
defaults:
  weights: ternary
  activations: 2
layers:
  - layer: conv9
    weights: bipolar
//--- absent-index.yaml
defaults:
  weights: ternary
  activations: 2
layers:
  - index: 2
    weights: bipolar
//--- name-and-index.yaml
defaults:
  weights: ternary
  activations: 2
layers:
  - index: 0
    layer: conv1
    weights: bipolar
//--- no-samples.yaml
defaults:
  weights: ternary
  activations: 2
calibration:
  samples: 0
//--- zero-deviation.yaml
defaults:
  weights: ternary
  activations: 2
input:
  mean: [0.5]
  deviation: [0.0]
