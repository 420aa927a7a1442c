// RUN: lowbit-opt %s --lowbit-verify-source --split-input-file --verify-diagnostics

func.func @network(%x: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<1x1xi32>) {
  %w = arith.constant dense<1.0> : tensor<1x4xf32>
  %0 = tosa.add %x, %w : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %2 = tosa.cast %1 : (tensor<1x1xf32>) -> tensor<1x1xi32>
  return %0, %2 : tensor<1x4xf32>, tensor<1x1xi32>
}

// -----

// expected-error@below {{dimension 0 of argument #0 is dynamic: 'tensor<?x4xf32>'}}
// expected-note@below {{shapes must be static, the batch of the inputs excepted; export the network with all other sizes fixed}}
func.func @dynamic_argument(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  return %x : tensor<?x4xf32>
}

// -----

// expected-error@below {{argument #0 is 'tensor<*xf32>', but networks compute on ranked tensors}}
func.func @unranked_argument(%x: tensor<*xf32>) -> tensor<*xf32> {
  return %x : tensor<*xf32>
}

// -----

// expected-error@below {{argument #1 is 'f32', but networks compute on ranked tensors}}
func.func @scalar_argument(%x: tensor<4xf32>, %s: f32) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error@below {{dimension 1 of argument #0 has size 0: 'tensor<4x0xf32>'}}
func.func @empty_argument(%x: tensor<4x0xf32>) -> tensor<4x0xf32> {
  return %x : tensor<4x0xf32>
}

// -----

func.func @integers(%x: tensor<1x4xi8>, %y: tensor<1x4xi16>, %z: tensor<1x4xi32>)
    -> (tensor<1x4xi8>, tensor<1x4xi16>, tensor<1x4xi32>) {
  return %x, %y, %z : tensor<1x4xi8>, tensor<1x4xi16>, tensor<1x4xi32>
}

// -----

// expected-error@below {{argument #0 is 'tensor<1x4xf16>'; networks take and give f32, i8, i16 and i32}}
// expected-note@below {{export the network with one of these types, or cast inside of it}}
func.func @half_argument(%x: tensor<1x4xf16>) -> tensor<1x4xf16> {
  return %x : tensor<1x4xf16>
}

// -----

// expected-error@below {{argument #1 is 'tensor<1x4xui8>'; networks take and give f32, i8, i16 and i32}}
// expected-note@below {{export the network with one of these types}}
func.func @unsigned_argument(%x: tensor<1x4xf32>, %y: tensor<1x4xui8>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}

// -----

// expected-error@below {{result #0 is 'tensor<1x4xi1>'; networks take and give f32, i8, i16 and i32}}
// expected-note@below {{export the network with one of these types}}
func.func @boolean_result(%x: tensor<1x4xf32>) -> tensor<1x4xi1> {
  %0 = tosa.greater %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xi1>
  return %0 : tensor<1x4xi1>
}

// -----

// expected-error@below {{result #1 is 'tensor<1x4xi64>'; networks take and give f32, i8, i16 and i32}}
// expected-note@below {{export the network with one of these types}}
func.func @wide_result(%x: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<1x4xi64>) {
  %0 = "tosa.const"() <{values = dense<1> : tensor<1x4xi64>}> : () -> tensor<1x4xi64>
  return %x, %0 : tensor<1x4xf32>, tensor<1x4xi64>
}

// -----

// What is wrong with the signature is all that is said: the rest may follow from it.
// expected-error@below {{dimension 0 of result #0 is dynamic: 'tensor<?xf32>'}}
// expected-note@below {{shapes must be static}}
func.func @dynamic_result(%x: tensor<1xf32>) -> tensor<?xf32> {
  %0 = tensor.cast %x : tensor<1xf32> to tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

// expected-error@below {{network has no results}}
func.func @no_results(%x: tensor<1xf32>) {
  return
}

// -----

func.func @dynamic_operation(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  // expected-error@below {{dimension 1 of result #0 is dynamic: 'tensor<2x?xf32>'}}
  // expected-note@below {{shapes must be static}}
  %0 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x?xf32>
  // expected-error@below {{result #0 is 'tensor<*xf32>', but networks compute on ranked tensors}}
  %1 = tosa.exp %0 : (tensor<2x?xf32>) -> tensor<*xf32>
  %2 = tosa.exp %1 : (tensor<*xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// -----

// expected-error@below {{has control flow; networks are one block}}
func.func @control_flow(%x: tensor<1xf32>) -> tensor<1xf32> {
  // expected-error@below {{operation 'cf.br' is not TOSA}}
  // expected-note@below {{networks enter as TOSA}}
  cf.br ^next
^next:
  return %x : tensor<1xf32>
}

// -----

func.func @other_dialects(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@below {{operation 'math.exp' is not TOSA}}
  // expected-note@below {{networks enter as TOSA; convert the model with a TOSA exporter}}
  %0 = math.exp %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @calls(%x: tensor<1xf32>) -> tensor<1xf32> {
  // expected-error@below {{operation 'func.call' is not TOSA}}
  // expected-note@below {{networks enter as TOSA}}
  %0 = func.call @library(%x) : (tensor<1xf32>) -> tensor<1xf32>
  return %0 : tensor<1xf32>
}

// expected-error@below {{has no body}}
func.func private @library(tensor<1xf32>) -> tensor<1xf32>

// -----

// expected-error@below {{module has 2 public functions, expected one: the network}}
module {
  func.func @first(%x: tensor<1xf32>) -> tensor<1xf32> {
    return %x : tensor<1xf32>
  }
  func.func @second(%x: tensor<1xf32>) -> tensor<1xf32> {
    return %x : tensor<1xf32>
  }
}

// -----

// expected-error@below {{module has 0 public functions, expected one: the network}}
module {
  func.func private @only_private(%x: tensor<1xf32>) -> tensor<1xf32> {
    return %x : tensor<1xf32>
  }
}
