// Layers with a plan become kernels: inputs as unsigned bytes, padded; weights
// in the order of the plan; what takes offsets out of the sums.
// RUN: lowbit-opt %s --convert-lowbit-to-linalg | FileCheck %s

// Levels of -7 to 7 are bytes of 0 to 14, padding among them is a 7; ten codes do
// not fill two packed bytes.
// CHECK-LABEL: @depthwise_of_packed_weights
// CHECK: arith.constant 7 : i8
// CHECK: %[[PADDED:.+]] = tensor.pad %{{.+}} low[0, 0, 0, 0] high[0, 0, 2, 0] {
// CHECK: tensor.yield %c7_i8{{.*}} : i8
// CHECK: } : tensor<1x2x1x5xi8> to tensor<1x2x3x5xi8>
// CHECK: %[[W:.+]] = arith.constant dense<[-1, -1, 0, 0, -1, -1, 0, 0, 1, -1, 0, 0, 1, 1, 0, 0, -1, -1,
// CHECK-SAME: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]> : tensor<32xi8>
// CHECK: %[[INIT:.+]] = arith.constant dense<[14, 14, 0, -14, 14, 0, 0, 0]> : tensor<8xi32>
// CHECK: kernel.conv2d <family = depthwise, {{.*}}> image [1, 2, 3, 5] filter [1, 3, 5, 2, 1]
// CHECK-SAME: ins(%[[PADDED]], %[[W]] : tensor<1x2x3x5xi8>, tensor<32xi8>) init(%[[INIT]] : tensor<8xi32>)
func.func @depthwise_of_packed_weights(%x: tensor<1x2x1x5x!lowbit.odd<3>>) -> tensor<1x1x3x5xi32> {
  %p = lowbit.constant dense<[0xD0, 0x00]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.bipolar, bits>>
  %w = lowbit.unpack %p : tensor<2x!lowbit.packed<!lowbit.bipolar, bits>> -> tensor<5x2x1x1x!lowbit.bipolar>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 2] stride [1, 1] dilation [1, 1] groups 5
      {kernel.plan = #kernel.plan<family = depthwise, bytes = 16, pixels = 3, vectors = 1, group = 4>}
      : tensor<1x2x1x5x!lowbit.odd<3>>, tensor<5x2x1x1x!lowbit.bipolar> -> tensor<1x1x3x5xi32>
  return %a : tensor<1x1x3x5xi32>
}

// Unsigned levels are bytes already. A row of three bytes is read as four: a row
// more follows, in which the last four end.
// CHECK-LABEL: @dot_of_packed_weights
// CHECK: tensor.pad %{{.+}} low[0, 0, 0, 0] high[0, 1, 0, 0]
// CHECK: } : tensor<1x1x3x1xi8> to tensor<1x2x3x1xi8>
// CHECK: arith.constant dense<[1, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]> : tensor<16xi8>
// CHECK-NOT: init(
// CHECK: return
func.func @dot_of_packed_weights(%x: tensor<1x1x3x1x!lowbit.uint<8>>) -> tensor<1x1x1x1xi32> {
  %p = lowbit.constant dense<0x05> : tensor<1xi8> : tensor<1x!lowbit.packed<!lowbit.bipolar, bits>>
  %w = lowbit.unpack %p : tensor<1x!lowbit.packed<!lowbit.bipolar, bits>> -> tensor<1x1x3x1x!lowbit.bipolar>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      {kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4>}
      : tensor<1x1x3x1x!lowbit.uint<8>>, tensor<1x1x3x1x!lowbit.bipolar> -> tensor<1x1x1x1xi32>
  return %a : tensor<1x1x1x1xi32>
}

// Twelve codes in two bytes.
// CHECK-LABEL: @matmul_of_packed_weights
// CHECK: arith.constant dense<[1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0]> : tensor<16xi8>
// CHECK: arith.constant dense<[16, 32, 32, 0]> : tensor<4xi32>
// CHECK: kernel.conv2d {{.*}} image [1, 1, 2, 4] filter [1, 2, 3, 1, 1] stride [1, 1] dilation [1, 1]
func.func @matmul_of_packed_weights(%x: tensor<2x4x!lowbit.int<4>>) -> tensor<2x3xi32> {
  %p = lowbit.constant dense<[0x01, 0x00]> : tensor<2xi8> : tensor<2x!lowbit.packed<!lowbit.bipolar, bits>>
  %w = lowbit.unpack %p : tensor<2x!lowbit.packed<!lowbit.bipolar, bits>> -> tensor<3x4x!lowbit.bipolar>
  %a = lowbit.matmul %x, %w
      {kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 2, vectors = 1, group = 4>}
      : tensor<2x4x!lowbit.int<4>>, tensor<3x4x!lowbit.bipolar> -> tensor<2x3xi32>
  return %a : tensor<2x3xi32>
}

// The pixels of a 1x1 convolution are one row.
// CHECK-LABEL: @pointwise
// CHECK: kernel.conv2d {{.*}} image [1, 1, 24, 4] filter [1, 24, 1, 1, 1]
func.func @pointwise(%x: tensor<2x3x4x4x!lowbit.uint<8>>) -> tensor<2x3x4x1xi32> {
  %w = lowbit.constant dense<1> : tensor<4xi8> : tensor<1x1x1x4x!lowbit.int<8>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1]
      {kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 6, vectors = 1, group = 4>}
      : tensor<2x3x4x4x!lowbit.uint<8>>, tensor<1x1x1x4x!lowbit.int<8>> -> tensor<2x3x4x1xi32>
  return %a : tensor<2x3x4x1xi32>
}

// Two activations of four bits are a byte: a0 + 16 a1. Weights -1 and 1 are the
// code 0 + 3 x 2; channels beyond the one have the code of zeros. Sums start at 15
// so that none is negative.
// CHECK-LABEL: @lookup
// CHECK: %[[FOUR:.+]] = arith.constant 4 : i8
// CHECK: %[[HIGH:.+]] = arith.shli %{{.+}}, %[[FOUR]] : i8
// CHECK: arith.ori %{{.+}}, %[[HIGH]] : i8
// CHECK: } -> tensor<1x1xi8>
// CHECK: arith.constant dense<[15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
// CHECK-SAME: 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]> : tensor<32xi8>
// CHECK: kernel.conv2d {{.*}} image [1, 1, 1, 1] filter [1, 1, 1, 1, 1]
// CHECK-SAME: table(%{{.+}} : tensor<4096xi8>) init(%{{.+}} : tensor<16xi16>)
func.func @lookup(%x: tensor<1x2x!lowbit.uint<4>>) -> tensor<1x1xi8> {
  %w = lowbit.constant dense<0x08> : tensor<1xi8> : tensor<1x2x!lowbit.ternary>
  %a = lowbit.matmul %x, %w
      {kernel.plan = #kernel.plan<family = lookup, bytes = 16, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 1>}
      : tensor<1x2x!lowbit.uint<4>>, tensor<1x2x!lowbit.ternary> -> tensor<1x1xi8>
  return %a : tensor<1x1xi8>
}
