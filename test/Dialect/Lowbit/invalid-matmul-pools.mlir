// What lowbit.matmul and the pools refuse.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @matmul_c1_columns_differ(%x: tensor<1x64x!lowbit.uint<8>>, %w: tensor<10x32x!lowbit.int<8>>) {
  // expected-error@below {{input has 64 columns, weight has 32}}
  %a = lowbit.matmul %x, %w
      : tensor<1x64x!lowbit.uint<8>>, tensor<10x32x!lowbit.int<8>> -> tensor<1x10xi32>
  return
}

// -----

func.func @matmul_c2_sum_leaves_i32(%x: tensor<1x2x!lowbit.int<16>>, %w: tensor<10x2x!lowbit.int<16>>) {
  // expected-error@below {{sum of 2 products may reach 2147483648, which does not fit i32}}
  %a = lowbit.matmul %x, %w
      : tensor<1x2x!lowbit.int<16>>, tensor<10x2x!lowbit.int<16>> -> tensor<1x10xi32>
  return
}

// -----

func.func @matmul_rank(%x: tensor<1x1x64x!lowbit.uint<8>>, %w: tensor<10x64x!lowbit.int<8>>) {
  // expected-error@below {{operand #0 must be 2-D statically shaped tensor of level-set type values}}
  %a = lowbit.matmul %x, %w
      : tensor<1x1x64x!lowbit.uint<8>>, tensor<10x64x!lowbit.int<8>> -> tensor<1x10xi32>
  return
}

// -----

func.func @max_pool2d_c1_zero_kernel(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %p = lowbit.max_pool2d %x kernel [0, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4x!lowbit.uint<2>>
  return
}

// -----

func.func @max_pool2d_c1_zero_stride(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 0]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4x!lowbit.uint<2>>
  return
}

// -----

func.func @max_pool2d_c1_negative_pad(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [0, 0, 0, -1] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4x!lowbit.uint<2>>
  return
}

// -----

// The first window would lie in the padding altogether.
func.func @max_pool2d_c2_pad_of_kernel_size(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{pad 2 is not smaller than the kernel size 2}}
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [2, 0, 0, 0] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x5x4x4x!lowbit.uint<2>>
  return
}

// -----

func.func @max_pool2d_c3_window_does_not_fit(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{the window does not fit into the padded input: output of 0x4}}
  %p = lowbit.max_pool2d %x kernel [9, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4x!lowbit.uint<2>>
  return
}

// -----

func.func @sum_pool2d_c1_zero_kernel(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %p = lowbit.sum_pool2d %x kernel [0, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4xi32>
  return
}

// -----

func.func @sum_pool2d_c1_zero_stride(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 0]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4xi32>
  return
}

// -----

func.func @sum_pool2d_c1_negative_pad(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{pads must not be negative; kernel sizes, strides and dilations must be positive}}
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, -1] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4xi32>
  return
}

// -----

// The first window would lie in the padding altogether.
func.func @sum_pool2d_c2_pad_of_kernel_size(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{pad 2 is not smaller than the kernel size 2}}
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [2, 0, 0, 0] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x5x4x4xi32>
  return
}

// -----

func.func @sum_pool2d_c3_window_does_not_fit(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{the window does not fit into the padded input: output of 0x4}}
  %p = lowbit.sum_pool2d %x kernel [9, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4xi32>
  return
}

// -----

// 256 * 256 * 2^15 is 2^31.
func.func @sum_pool2d_c4_sum_leaves_i32(%x: tensor<1x256x256x1x!lowbit.int<16>>) {
  // expected-error@below {{sum of 65536 products may reach 2147483648, which does not fit i32}}
  %p = lowbit.sum_pool2d %x kernel [256, 256] pad [0, 0, 0, 0] stride [1, 1]
      : tensor<1x256x256x1x!lowbit.int<16>> -> tensor<1x1x1x1xi32>
  return
}

// -----

// 2^32 * 2^32 elements, which must not wrap around to 0.
func.func @sum_pool2d_c4_huge_kernel(%x: tensor<1x1x1x1x!lowbit.uint<2>>) {
  // expected-error@below {{which does not fit i32}}
  %p = lowbit.sum_pool2d %x kernel [4294967296, 4294967296] pad [4294967295, 4294967295, 4294967295, 4294967295] stride [1, 1]
      : tensor<1x1x1x1x!lowbit.uint<2>> -> tensor<1x4294967296x4294967296x1xi32>
  return
}

// -----

func.func @max_pool2d_c1_wrong_number_of_pads(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{expects 4 pads and 2 kernel sizes, strides and dilations}}
  %p = lowbit.max_pool2d %x kernel [2, 2] pad [0] stride [2, 2]
    : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4x!lowbit.uint<2>>
  return
}

// -----

func.func @sum_pool2d_c1_wrong_number_of_kernel_sizes(%x: tensor<1x8x8x4x!lowbit.uint<2>>) {
  // expected-error@below {{failed to infer returned types}}
  // expected-error@below {{expects 4 pads and 2 kernel sizes, strides and dilations}}
  %p = lowbit.sum_pool2d %x kernel [2] pad [0, 0, 0, 0] stride [2, 2]
    : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4xi32>
  return
}

// -----

func.func @matmul_c3_sums_leave_i8(%x: tensor<1x2x!lowbit.uint<7>>) {
  %w = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x2x!lowbit.ternary>
  // expected-error@below {{sums may be in [-127, 254], which i8 does not hold}}
  %a = lowbit.matmul %x, %w : tensor<1x2x!lowbit.uint<7>>, tensor<2x2x!lowbit.ternary> -> tensor<1x2xi8>
  return
}

// -----

func.func @matmul_c4_wrong_bound(%x: tensor<1x2x!lowbit.uint<7>>) {
  %w = lowbit.constant dense<0xA2> : tensor<1xi8> : tensor<2x2x!lowbit.ternary>
  // expected-error@below {{bound is not what the weights give: #lowbit.worst_sums<[-127, 254] in channels [0, 1]>}}
  %a = lowbit.matmul %x, %w bound <[-127, 254] in channels [1, 1]>
      : tensor<1x2x!lowbit.uint<7>>, tensor<2x2x!lowbit.ternary> -> tensor<1x2xi16>
  return
}

// -----

func.func @sum_pool2d_c4_sums_leave_i8(%x: tensor<1x2x2x1x!lowbit.uint<7>>) {
  // expected-error@below {{sums may be in [0, 508], which i8 does not hold}}
  %p = lowbit.sum_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
      : tensor<1x2x2x1x!lowbit.uint<7>> -> tensor<1x1x1x1xi8>
  return
}
