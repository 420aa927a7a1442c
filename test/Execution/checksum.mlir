// Checksums of levels and integers. The numbers are those of Semantics.md's formula
// (ternary is its example, 0x08DD950E93AC1B0A), computed apart from the project.
// RUN: lowbit-opt %s %to_llvm | %run_main | FileCheck %s

func.func private @printI64(i64)
func.func private @printNewline()

func.func @i32(%x: tensor<6xi32>) -> i64 {
  %h = lowbit.checksum %x : tensor<6xi32>
  return %h : i64
}

func.func @i8(%x: tensor<2x2xi8>) -> i64 {
  %h = lowbit.checksum %x : tensor<2x2xi8>
  return %h : i64
}

func.func @i16(%x: tensor<4xi16>) -> i64 {
  %h = lowbit.checksum %x : tensor<4xi16>
  return %h : i64
}

func.func @ternary(%x: tensor<4x!lowbit.ternary>) -> i64 {
  %h = lowbit.checksum %x : tensor<4x!lowbit.ternary>
  return %h : i64
}

func.func @uint_8(%x: tensor<1x1x2x3x!lowbit.uint<8>>) -> i64 {
  %h = lowbit.checksum %x : tensor<1x1x2x3x!lowbit.uint<8>>
  return %h : i64
}

func.func @pow2_4(%x: tensor<2x3x!lowbit.pow2<4>>) -> i64 {
  %h = lowbit.checksum %x : tensor<2x3x!lowbit.pow2<4>>
  return %h : i64
}

func.func @pow2_3_nozero(%x: tensor<4x!lowbit.pow2<3, nozero>>) -> i64 {
  %h = lowbit.checksum %x : tensor<4x!lowbit.pow2<3, nozero>>
  return %h : i64
}

func.func @odd_2(%x: tensor<5x!lowbit.odd<2>>) -> i64 {
  %h = lowbit.checksum %x : tensor<5x!lowbit.odd<2>>
  return %h : i64
}

func.func @int_16(%x: tensor<4x!lowbit.int<16>>) -> i64 {
  %h = lowbit.checksum %x : tensor<4x!lowbit.int<16>>
  return %h : i64
}

func.func @uint_16(%x: tensor<3x!lowbit.uint<16>>) -> i64 {
  %h = lowbit.checksum %x : tensor<3x!lowbit.uint<16>>
  return %h : i64
}

func.func @main() {
  %x_i32 = arith.constant dense<[0, 1, -1, 2147483647, -2147483648, 123456]> : tensor<6xi32>
  %i32 = call @i32(%x_i32) : (tensor<6xi32>) -> i64
  // CHECK: 9186808981964665832
  func.call @printI64(%i32) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // The hash is that of the levels -1 0 1 1 below.
  %x_i8 = arith.constant dense<[[-1, 0], [1, 1]]> : tensor<2x2xi8>
  %i8 = call @i8(%x_i8) : (tensor<2x2xi8>) -> i64
  // CHECK-NEXT: 638830611996089098
  func.call @printI64(%i8) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // Likewise that of the levels of int<16> below.
  %x_i16 = arith.constant dense<[-32768, 32767, -1, 0]> : tensor<4xi16>
  %i16 = call @i16(%x_i16) : (tensor<4xi16>) -> i64
  // CHECK-NEXT: 709202847112976793
  func.call @printI64(%i16) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // -1 0 1 1
  %x_ternary = lowbit.constant dense<[0xA4]> : tensor<1xi8> : tensor<4x!lowbit.ternary>
  %ternary = call @ternary(%x_ternary) : (tensor<4x!lowbit.ternary>) -> i64
  // CHECK-NEXT: 638830611996089098
  func.call @printI64(%ternary) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // 0 127 128 255 1 2
  %x_uint_8 = lowbit.constant dense<[0x00, 0x7F, 0x80, 0xFF, 0x01, 0x02]> : tensor<6xi8>
      : tensor<1x1x2x3x!lowbit.uint<8>>
  %uint_8 = call @uint_8(%x_uint_8) : (tensor<1x1x2x3x!lowbit.uint<8>>) -> i64
  // CHECK-NEXT: 8031541403786936942
  func.call @printI64(%uint_8) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // -64 -1 0 1 2 64
  %x_pow2_4 = lowbit.constant dense<[0x9F, 0x10, 0x72]> : tensor<3xi8> : tensor<2x3x!lowbit.pow2<4>>
  %pow2_4 = call @pow2_4(%x_pow2_4) : (tensor<2x3x!lowbit.pow2<4>>) -> i64
  // CHECK-NEXT: 3246282567262718194
  func.call @printI64(%pow2_4) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // -8 -1 1 8
  %x_pow2_3_nozero = lowbit.constant dense<[0x27, 0x06]> : tensor<2xi8> : tensor<4x!lowbit.pow2<3,
      nozero>>
  %pow2_3_nozero = call @pow2_3_nozero(%x_pow2_3_nozero) : (tensor<4x!lowbit.pow2<3, nozero>>)
      -> i64
  // CHECK-NEXT: 2899057365411458881
  func.call @printI64(%pow2_3_nozero) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // -3 -1 1 3 3
  %x_odd_2 = lowbit.constant dense<[0xE4, 0x03]> : tensor<2xi8> : tensor<5x!lowbit.odd<2>>
  %odd_2 = call @odd_2(%x_odd_2) : (tensor<5x!lowbit.odd<2>>) -> i64
  // CHECK-NEXT: 1155333199917513336
  func.call @printI64(%odd_2) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // -32768 32767 -1 0
  %x_int_16 = lowbit.constant dense<[0x00, 0x80, 0xFF, 0x7F, 0xFF, 0xFF, 0x00, 0x00]>
      : tensor<8xi8> : tensor<4x!lowbit.int<16>>
  %int_16 = call @int_16(%x_int_16) : (tensor<4x!lowbit.int<16>>) -> i64
  // CHECK-NEXT: 709202847112976793
  func.call @printI64(%int_16) : (i64) -> ()
  func.call @printNewline() : () -> ()

  // 65535 32768 0
  %x_uint_16 = lowbit.constant dense<[0xFF, 0xFF, 0x00, 0x80, 0x00, 0x00]> : tensor<6xi8>
      : tensor<3x!lowbit.uint<16>>
  %uint_16 = call @uint_16(%x_uint_16) : (tensor<3x!lowbit.uint<16>>) -> i64
  // CHECK-NEXT: 2688229619641082567
  func.call @printI64(%uint_16) : (i64) -> ()
  func.call @printNewline() : () -> ()
  return
}
