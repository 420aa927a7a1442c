// RUN: lowbit-opt %s --lowbit-insert-checksums | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK-SAME: -> (tensor<4xf32>, tensor<2xi64>) attributes {lowbit.checksums = ["conv1", "conv2"]}
// CHECK: %[[CODES:.+]] = call @conv1
// CHECK-NEXT: %[[FIRST:.+]] = lowbit.checksum %[[CODES]] : tensor<4x!lowbit.uint<2>>
// CHECK: %[[SUMS:.+]] = call @conv2
// CHECK-NEXT: %[[SECOND:.+]] = lowbit.checksum %[[SUMS]] : tensor<4xi32>
// CHECK: %[[REAL:.+]] = call @output
// CHECK: %[[ALL:.+]] = tensor.from_elements %[[FIRST]], %[[SECOND]] : tensor<2xi64>
// CHECK: return %[[REAL]], %[[ALL]]
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @conv1(%x) : (tensor<4xf32>) -> tensor<4x!lowbit.uint<2>>
  %1 = call @conv2(%0) : (tensor<4x!lowbit.uint<2>>) -> tensor<4xi32>
  %2 = call @output(%1) : (tensor<4xi32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// A layer of several results has several checksums.
// CHECK-LABEL: func.func @results_of_one_layer
// CHECK-SAME: lowbit.checksums = ["two", "two"]
// CHECK: tensor.from_elements %{{.+}}, %{{.+}} : tensor<2xi64>
func.func @results_of_one_layer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0:2 = call @two(%x) : (tensor<4xf32>) -> (tensor<4x!lowbit.uint<2>>, tensor<4xi32>)
  %1 = call @output(%0#1) : (tensor<4xi32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Integers of networks that were quantized before.
// CHECK-LABEL: func.func @hashes_plain_integers
// CHECK-SAME: lowbit.checksums = ["bytes", "bytes"]
// CHECK-DAG: lowbit.checksum %{{.+}} : tensor<4xi8>
// CHECK-DAG: lowbit.checksum %{{.+}} : tensor<4xi16>
func.func @hashes_plain_integers(%x: tensor<4xi8>) -> tensor<4xi8> {
  %0:2 = call @bytes(%x) : (tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi16>)
  return %0#0 : tensor<4xi8>
}

// CHECK-LABEL: func.func @does_not_hash_floats
// CHECK-SAME: -> tensor<4xf32> {
// CHECK-NOT: lowbit.checksum
// CHECK: return %{{.+}} : tensor<4xf32>
func.func @does_not_hash_floats(%x: tensor<4xi32>) -> tensor<4xf32> {
  %0 = call @output(%x) : (tensor<4xi32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func private @does_not_change_layers
// CHECK-SAME: -> tensor<4xi32> {
// CHECK-NOT: lowbit.checksum
func.func private @does_not_change_layers(%x: tensor<4x!lowbit.uint<2>>) -> tensor<4xi32> {
  %0 = call @conv2(%x) : (tensor<4x!lowbit.uint<2>>) -> tensor<4xi32>
  return %0 : tensor<4xi32>
}

// CHECK: func.func private @conv1(tensor<4xf32>)
func.func private @conv1(tensor<4xf32>) -> tensor<4x!lowbit.uint<2>>
func.func private @conv2(tensor<4x!lowbit.uint<2>>) -> tensor<4xi32>
func.func private @two(tensor<4xf32>) -> (tensor<4x!lowbit.uint<2>>, tensor<4xi32>)
func.func private @bytes(tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi16>)
func.func private @output(tensor<4xi32>) -> tensor<4xf32>
