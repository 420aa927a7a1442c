// Each family and each reason for none. Sizes of tiles are not looked at.
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=64 features=avx512bw,avx512vl,avx512vbmi,avx512vnni" \
// RUN:   | FileCheck %s --check-prefixes=CHECK,VBMI
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=32 features=ssse3,avx2" | FileCheck %s --check-prefixes=CHECK,AVX2
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=16" | FileCheck %s --check-prefixes=CHECK,PLAIN
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=16 features=neon,dotprod" | FileCheck %s --check-prefix=NEON
// RUN: lowbit-opt %s --lowbit-select-kernels | FileCheck %s --check-prefix=NONE
// RUN: not lowbit-opt %s --lowbit-select-kernels=bytes=24 2>&1 | FileCheck %s --check-prefix=BYTES

// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=64 arithmetic=any features=avx512vnni" | FileCheck %s --check-prefix=ANY
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=64 kernel=loops" | FileCheck %s --check-prefix=LOOPS
// RUN: lowbit-opt %s --lowbit-select-kernels="bytes=64 kernel=depthwise" | FileCheck %s --check-prefix=ONE
// RUN: not lowbit-opt %s --lowbit-select-kernels=kernel=fast 2>&1 | FileCheck %s --check-prefix=KERNEL
// RUN: not lowbit-opt %s --lowbit-select-kernels=arithmetic=add 2>&1 | FileCheck %s --check-prefix=ARITHMETIC
// RUN: lowbit-opt %s --lowbit-select-kernels=threads=2 | FileCheck %s --check-prefix=THREADS
// RUN: lowbit-opt %s --lowbit-select-kernels="threads=256 least-chunk-ns=0" | FileCheck %s --check-prefix=CHUNKS
// RUN: not lowbit-opt %s --lowbit-select-kernels=threads=0 2>&1 | FileCheck %s --check-prefix=NO-THREADS
// RUN: not lowbit-opt %s --lowbit-select-kernels=threads=257 2>&1 | FileCheck %s --check-prefix=MANY
// RUN: not lowbit-opt %s --lowbit-select-kernels=least-chunk-ns=-1 2>&1 | FileCheck %s --check-prefix=LEAST

// THREADS: module attributes {kernel.machine = #kernel.machine<bytes = 0>, kernel.threads = 2 : i64}
// CHUNKS: kernel.least_chunk_ns = 0 : i64
// CHUNKS-SAME: kernel.threads = 256 : i64
// NO-THREADS: error: threads are 1 to 256, not 0
// MANY: error: threads are 1 to 256, not 257
// LEAST: error: chunks take no less than 0 ns, not -1

// KERNEL: error: kernels are 'auto', 'loops', 'dot', 'depthwise', 'lookup', 'shift', 'float' and 'float_depthwise', not 'fast'
// ARITHMETIC: error: arithmetic is 'shift' or 'any', not 'add'
// BYTES: error: vectors have 0, 16, 32 or 64 bytes, not 24

// Without vectors there are no kernels.
// NONE: module attributes {kernel.machine = #kernel.machine<bytes = 0>}
// NONE-NOT: kernel.plan
// NONE: lowbit.conv2d {{.*}} {kernel.reason = "the target has no vectors"{{.*}}}
// NONE-NOT: kernel.plan

// VBMI: module attributes {kernel.machine = #kernel.machine<bytes = 64, features = ["avx512bw", "avx512vl", "avx512vbmi", "avx512vnni"]>}
// AVX2: module attributes {kernel.machine = #kernel.machine<bytes = 32, features = ["ssse3", "avx2"]>}
// PLAIN: module attributes {kernel.machine = #kernel.machine<bytes = 16>}

// Tables of 3^4 sums, rounded up; of 3^2 where 16 bytes are looked up at once. What would
// come next is said, too.
// CHECK-LABEL: @lookup
// VBMI: lowbit.conv2d {{.*}} {kernel.plan = #kernel.plan<family = lookup, bytes = 64, {{.*}} group = 4, entries = 96, steps = 1
// VBMI-SAME: kernel.reason = "ternary weights of 4 channels choose one of 96 sums; dot, which multiplies, would take {{[0-9]+\.[0-9][0-9]}} times as long"
// AVX2: lowbit.conv2d {{.*}} {kernel.plan = #kernel.plan<family = lookup, bytes = 32, {{.*}} group = 2, entries = 16, steps = 2
// AVX2-SAME: kernel.reason = "ternary weights of 2 channels choose one of 16 sums; dot, which multiplies, would take {{[0-9]+\.[0-9][0-9]}} times as long"
// PLAIN: lowbit.conv2d {{.*}} {kernel.reason = "no kernel without products fits these levels"
func.func @lookup(%x: tensor<1x4x4x4x!lowbit.uint<2>>) -> tensor<1x4x4x5x!lowbit.uint<1>> {
  %w = lowbit.constant dense<0x69> : tensor<45xi8> : tensor<5x3x3x4x!lowbit.ternary>
  %t = arith.constant dense<2> : tensor<1x1xi32>
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1] {lowbit.multiplier_free}
      : tensor<1x4x4x4x!lowbit.uint<2>>, tensor<5x3x3x4x!lowbit.ternary> -> tensor<1x4x4x5xi8>
  %q = lowbit.threshold %a, %t : tensor<1x4x4x5xi8>, tensor<1x1xi32> -> tensor<1x4x4x5x!lowbit.uint<1>>
  return %q : tensor<1x4x4x5x!lowbit.uint<1>>
}

// CHECK-LABEL: @lookup_of_a_matrix
// VBMI: lowbit.matmul {{.*}}family = lookup, {{.*}} group = 2, entries = 64, steps = 1
// VBMI-SAME: kernel.reason = "pow2<3, nozero> weights of 2 channels choose one of 64 sums; dot, which multiplies, would take {{[0-9]+\.[0-9][0-9]}} times as long"
// Tables of 16 hold the products of one channel.
// AVX2: lowbit.matmul {{.*}}family = lookup, {{.*}} group = 1, entries = 16
func.func @lookup_of_a_matrix(%x: tensor<3x2x!lowbit.uint<3>>) -> tensor<3x1xi16> {
  %w = lowbit.constant dense<0x00> : tensor<1xi8> : tensor<1x2x!lowbit.pow2<3, nozero>>
  %a = lowbit.matmul %x, %w {lowbit.multiplier_free} : tensor<3x2x!lowbit.uint<3>>, tensor<1x2x!lowbit.pow2<3, nozero>> -> tensor<3x1xi16>
  return %a : tensor<3x1xi16>
}

// Sums of 32 bits are widened row by row, so that lanes do not stand for rows.
// CHECK-LABEL: @lookup_for_sums_of_32_bits
// VBMI: lowbit.conv2d {{.*}} {kernel.plan = #kernel.plan<family = lookup, {{.*}} entries = 96, steps = 1>, kernel.reason
// PLAIN: lowbit.conv2d {{.*}} {kernel.reason = "no kernel without products fits these levels"
func.func @lookup_for_sums_of_32_bits(%x: tensor<1x4x4x4x!lowbit.uint<2>>) -> tensor<1x4x4x5xi32> {
  %w = lowbit.constant dense<0x69> : tensor<45xi8> : tensor<5x3x3x4x!lowbit.ternary>
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1] {lowbit.multiplier_free}
      : tensor<1x4x4x4x!lowbit.uint<2>>, tensor<5x3x3x4x!lowbit.ternary> -> tensor<1x4x4x5xi32>
  return %a : tensor<1x4x4x5xi32>
}

// One channel and one output: a lookup is not worth its sums of 16 bits.
// CHECK-LABEL: @shift_of_one_channel
// VBMI: lowbit.matmul {{.*}} {kernel.plan = #kernel.plan<family = shift,
// AVX2: lowbit.matmul {{.*}} {kernel.plan = #kernel.plan<family = shift,
// PLAIN: lowbit.matmul {{.*}} {kernel.reason = "no kernel without products fits these levels"
func.func @shift_of_one_channel(%x: tensor<3x1x!lowbit.uint<2>>) -> tensor<3x1xi8> {
  %w = lowbit.constant dense<0x02> : tensor<1xi8> : tensor<1x1x!lowbit.ternary>
  %a = lowbit.matmul %x, %w {lowbit.multiplier_free} : tensor<3x1x!lowbit.uint<2>>, tensor<1x1x!lowbit.ternary> -> tensor<3x1xi8>
  return %a : tensor<3x1xi8>
}

// Two channels of three columns are up to 3 x 2 x 4 x 15 = 360: columns are widened
// alone.
// CHECK-LABEL: @lookup_of_columns
// VBMI: lowbit.conv2d {{.*}} {kernel.plan = #kernel.plan<family = lookup, {{.*}} steps = {{[0-9]+}}, {{(rows_in_lanes = true, )?}}columns_apart = true>
// AVX2: lowbit.conv2d {{.*}} {kernel.plan = #kernel.plan<family = lookup, {{.*}} group = 1, entries = 16, steps = 1
func.func @lookup_of_columns(%x: tensor<1x1x3x2x!lowbit.uint<4>>) -> tensor<1x1x1x1xi16> {
  %w = lowbit.constant dense<[0xDB, 0xB6, 0x01]> : tensor<3xi8> : tensor<1x1x3x2x!lowbit.pow2<3>>
  %a = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] {lowbit.multiplier_free}
      : tensor<1x1x3x2x!lowbit.uint<4>>, tensor<1x1x3x2x!lowbit.pow2<3>> -> tensor<1x1x1x1xi16>
  return %a : tensor<1x1x1x1xi16>
}

// Signed levels become unsigned bytes by an offset.
// NEON without i8mm wants signed bytes, but no weight of -128.
// NEON-LABEL: @dot_for_signed_bytes
// NEON: lowbit.matmul {{.*}} {kernel.plan = #kernel.plan<family = dot, {{.*}} group = 4>, kernel.reason
// NEON-LABEL: @depthwise
// NEON: lowbit.conv2d {{.*}} {kernel.plan = #kernel.plan<family = depthwise, {{.*}} group = 4, signed_input = true>, kernel.reason
// CHECK-LABEL: @dot_for_signed_bytes
// CHECK: lowbit.matmul {{.*}} {kernel.plan = #kernel.plan<family = dot, {{.*}} group = 4>, kernel.reason = "byte products"{{.*}}}
func.func @dot_for_signed_bytes(%x: tensor<3x1x!lowbit.int<8>>) -> tensor<3x1xi32> {
  %w = lowbit.constant dense<0x80> : tensor<1xi8> : tensor<1x1x!lowbit.int<8>>
  %a = lowbit.matmul %x, %w : tensor<3x1x!lowbit.int<8>>, tensor<1x1x!lowbit.int<8>> -> tensor<3x1xi32>
  return %a : tensor<3x1xi32>
}

// CHECK-LABEL: @depthwise
// CHECK: lowbit.conv2d {{.*}} {kernel.plan = #kernel.plan<family = depthwise, {{.*}} vectors = 1, group = 4>, kernel.reason = "byte products of rows"{{.*}}}
func.func @depthwise(%x: tensor<1x4x4x3x!lowbit.uint<8>>) -> tensor<1x4x4x3xi32> {
  %w = lowbit.constant dense<1> : tensor<27xi8> : tensor<3x3x3x1x!lowbit.int<8>>
  %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1] groups 3
      : tensor<1x4x4x3x!lowbit.uint<8>>, tensor<3x3x3x1x!lowbit.int<8>> -> tensor<1x4x4x3xi32>
  return %a : tensor<1x4x4x3xi32>
}

//===----------------------------------------------------------------------===//
// No kernel
//===----------------------------------------------------------------------===//

// CHECK-LABEL: @weights_unknown
// CHECK-NOT: kernel.plan
// CHECK: lowbit.matmul {{.*}} {kernel.reason = "weights are not constant"{{.*}}}
func.func @weights_unknown(%x: tensor<1x2x!lowbit.uint<2>>, %w: tensor<2x2x!lowbit.ternary>) -> tensor<1x2xi32> {
  %a = lowbit.matmul %x, %w : tensor<1x2x!lowbit.uint<2>>, tensor<2x2x!lowbit.ternary> -> tensor<1x2xi32>
  return %a : tensor<1x2xi32>
}

// Two groups; as many groups as channels, but two filters for each.
// CHECK-LABEL: @grouped
// CHECK-NOT: kernel.plan
// CHECK: lowbit.conv2d {{.*}} {kernel.reason = "grouped convolutions have no kernel"{{.*}}}
// CHECK: lowbit.conv2d {{.*}} {kernel.reason = "grouped convolutions have no kernel"{{.*}}}
func.func @grouped(%x: tensor<1x1x1x4x!lowbit.uint<2>>) -> (tensor<1x1x1x2xi32>, tensor<1x1x1x8xi32>) {
  %v = lowbit.constant dense<0x69> : tensor<1xi8> : tensor<2x1x1x2x!lowbit.ternary>
  %w = lowbit.constant dense<0x69> : tensor<2xi8> : tensor<8x1x1x1x!lowbit.ternary>
  %a = lowbit.conv2d %x, %v pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 2
      : tensor<1x1x1x4x!lowbit.uint<2>>, tensor<2x1x1x2x!lowbit.ternary> -> tensor<1x1x1x2xi32>
  %b = lowbit.conv2d %x, %w pad [0, 0, 0, 0] stride [1, 1] dilation [1, 1] groups 4
      : tensor<1x1x1x4x!lowbit.uint<2>>, tensor<8x1x1x1x!lowbit.ternary> -> tensor<1x1x1x8xi32>
  return %a, %b : tensor<1x1x1x2xi32>, tensor<1x1x1x8xi32>
}

// A layer that must not multiply shifts. With other arithmetic allowed it multiplies. Where
// lanes cannot be shifted by different amounts, signs are better left to plain loops.
// CHECK-LABEL: @no_products
// VBMI: lowbit.matmul {{.*}} {kernel.plan = #kernel.plan<family = shift, bytes = 64, pixels = 1, vectors = 1, group = 1>,
// AVX2: lowbit.matmul {{.*}} {kernel.plan = #kernel.plan<family = shift, bytes = 32, pixels = 1, vectors = 1, group = 1>,
// VBMI-SAME: kernel.reason = "ternary weights are sums of at most 1 signed powers of two; dot, which multiplies, would take {{[0-9]+\.[0-9][0-9]}} times as long"{{.*}}}
// PLAIN: lowbit.matmul {{.*}} {kernel.reason = "no kernel without products fits these levels"{{.*}}}
// ANY-LABEL: @no_products
// ANY: lowbit.matmul {{.*}} {kernel.plan = #kernel.plan<family = dot, {{.*}}>, kernel.reason = "byte products; shift would take {{[0-9.]+}} times as long"{{.*}}}
// LOOPS-LABEL: @no_products
// LOOPS: lowbit.matmul {{.*}} {kernel.reason = "plain loops were asked for"{{.*}}}
// ONE-LABEL: @no_products
// ONE: lowbit.matmul {{.*}} {kernel.reason = "the kernel that was asked for does not fit"{{.*}}}
func.func @no_products(%x: tensor<1x2x!lowbit.uint<8>>) -> tensor<1x2xi32> {
  %w = lowbit.constant dense<0x69> : tensor<1xi8> : tensor<2x2x!lowbit.ternary>
  %a = lowbit.matmul %x, %w {lowbit.multiplier_free}
      : tensor<1x2x!lowbit.uint<8>>, tensor<2x2x!lowbit.ternary> -> tensor<1x2xi32>
  return %a : tensor<1x2xi32>
}

// 85 has four digits: more than are worth a kernel.
// CHECK-LABEL: @many_digits
// CHECK: lowbit.matmul {{.*}} {kernel.reason = "no kernel without products fits these levels"{{.*}}}
func.func @many_digits(%x: tensor<1x2x!lowbit.uint<8>>) -> tensor<1x2xi32> {
  %w = lowbit.constant dense<0x9> : tensor<1xi8> : tensor<2x2x!lowbit.levels<[0, 85]>>
  %a = lowbit.matmul %x, %w {lowbit.multiplier_free}
      : tensor<1x2x!lowbit.uint<8>>, tensor<2x2x!lowbit.levels<[0, 85]>> -> tensor<1x2xi32>
  return %a : tensor<1x2xi32>
}

// One level too many: 0 to 256 with the padding's, and a weight of 128.
// CHECK-LABEL: @levels_too_wide
// CHECK-NOT: kernel.plan
// CHECK: lowbit.matmul {{.*}} {kernel.reason = "levels do not fit a byte"{{.*}}}
// CHECK: lowbit.matmul {{.*}} {kernel.reason = "levels do not fit a byte"{{.*}}}
func.func @levels_too_wide(%x: tensor<1x1x!lowbit.levels<[1, 256]>>, %y: tensor<1x1x!lowbit.uint<8>>)
    -> (tensor<1x1xi32>, tensor<1x1xi32>) {
  %w = lowbit.constant dense<1> : tensor<1xi8> : tensor<1x1x!lowbit.int<8>>
  %v = lowbit.constant dense<-128> : tensor<1xi8> : tensor<1x1x!lowbit.uint<8>>
  %a = lowbit.matmul %x, %w : tensor<1x1x!lowbit.levels<[1, 256]>>, tensor<1x1x!lowbit.int<8>> -> tensor<1x1xi32>
  %b = lowbit.matmul %y, %v : tensor<1x1x!lowbit.uint<8>>, tensor<1x1x!lowbit.uint<8>> -> tensor<1x1xi32>
  return %a, %b : tensor<1x1xi32>, tensor<1x1xi32>
}
