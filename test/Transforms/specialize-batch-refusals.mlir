// RUN: lowbit-opt %s --lowbit-specialize-batch=batch=2 --split-input-file --verify-diagnostics
// RUN: not lowbit-opt %s --lowbit-specialize-batch=batch=65537 --split-input-file 2>&1 | FileCheck %s
// CHECK: error: a batch of 65537 is not possible; it may have 1 to 65536 samples

// A fixed batch that is the one asked for.
func.func @same_batch(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  return %x : tensor<2x4xf32>
}

// -----

func.func @other_batch(
    // expected-error@below {{the batch size is fixed: argument #0 is 'tensor<1x4xf32>', a batch of 2 was asked for}}
    // expected-note@below {{leave the option out, or export the network with a dynamic leading dimension}}
    %x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

func.func @free_width(%x: tensor<?x4xf32>,
    // expected-error@below {{dimension 2 of argument #1 is dynamic: 'tensor<?x4x?x3xf32>'}}
    // expected-note@below {{only the leading dimension, the batch, may be free; export the network with all other sizes fixed}}
    %y: tensor<?x4x?x3xf32>) -> tensor<?x4xf32> {
  return %x : tensor<?x4xf32>
}

// -----

func.func @foreign_operation(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // expected-error@below {{operation 'math.exp' is not TOSA}}
  // expected-note@below {{networks enter as TOSA}}
  %0 = math.exp %x : tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// -----

// Sizes that hold for a batch of 1 only.
func.func @written_for_one_sample(%x: tensor<?x4x2xf32>) -> tensor<1x8xf32> {
  %s = tosa.const_shape {values = dense<[1, 8]> : tensor<2xindex>} : () -> !tosa.shape<2>
  // expected-error@below {{cannot reshape 16 elements into 8}}
  %0 = tosa.reshape %x, %s : (tensor<?x4x2xf32>, !tosa.shape<2>) -> tensor<1x8xf32>
  return %0 : tensor<1x8xf32>
}
