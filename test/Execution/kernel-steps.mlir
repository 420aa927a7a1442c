// Steps of kernels, in arithmetic and in the instructions that this machine has.
// The values of the first four sums are those of KernelOpsTest, DotByHand.
// DEFINE: %{run} = lowbit-opt --lowbit-lower-kernel-steps --convert-vector-to-scf --convert-scf-to-cf \
// DEFINE:   --convert-vector-to-llvm --convert-arith-to-llvm --convert-func-to-llvm --convert-cf-to-llvm \
// DEFINE:   --reconcile-unrealized-casts | %run_main | FileCheck %s
// RUN: sed 's/attributes {kernel.machine = 0}//' %s | %{run}
// RUN: %if host-avx2 %{ sed 's/kernel.machine = 0/kernel.machine = #kernel.machine<bytes = 32, features = ["sse2", "ssse3", "avx2"]>/' %s | %{run} %}
// RUN: %if host-avx512bw %{ sed 's/kernel.machine = 0/kernel.machine = #kernel.machine<bytes = 64, features = ["sse2", "ssse3", "avx2", "avx512bw"]>/' %s | %{run} %}
// RUN: %if host-avx512_vnni %{ sed 's/kernel.machine = 0/kernel.machine = #kernel.machine<bytes = 64, features = ["avx512vl", "avx512vnni"]>/' %s | %{run} %}
// RUN: %if host-avx512vbmi %{ sed 's/kernel.machine = 0/kernel.machine = #kernel.machine<bytes = 64, features = ["avx512bw", "avx512vbmi"]>/' %s | %{run} %}
// RUN: %if host-asimd %{ sed 's/kernel.machine = 0/kernel.machine = #kernel.machine<bytes = 16, features = ["neon"]>/' %s | %{run} %}

module attributes {kernel.machine = 0} {

func.func @dot_16(%s: vector<4xi32>, %x: vector<16xi8>, %w: vector<16xi8>) {
  %r = kernel.dot %s, %x, %w : vector<4xi32>, vector<16xi8>
  vector.print %r : vector<4xi32>
  return
}

func.func @dot_32(%s: vector<8xi32>, %x: vector<32xi8>, %w: vector<32xi8>) {
  %r = kernel.dot %s, %x, %w : vector<8xi32>, vector<32xi8>
  vector.print %r : vector<8xi32>
  return
}

func.func @dot_64(%s: vector<16xi32>, %x: vector<64xi8>, %w: vector<64xi8>) {
  %r = kernel.dot %s, %x, %w : vector<16xi32>, vector<64xi8>
  vector.print %r : vector<16xi32>
  return
}

func.func @lookup_16(%t0: vector<16xi8>, %c: vector<16xi8>) {
  %r = kernel.lookup (%t0) in 1, %c : (vector<16xi8>), vector<16xi8>
  vector.print %r : vector<16xi8>
  return
}

func.func @lookup_32_in_two(%t0: vector<32xi8>, %c: vector<32xi8>) {
  %r = kernel.lookup (%t0) in 2, %c : (vector<32xi8>), vector<32xi8>
  vector.print %r : vector<32xi8>
  return
}

func.func @lookup_64_in_four(%t0: vector<64xi8>, %c: vector<64xi8>) {
  %r = kernel.lookup (%t0) in 4, %c : (vector<64xi8>), vector<64xi8>
  vector.print %r : vector<64xi8>
  return
}

func.func @lookup_64(%t0: vector<64xi8>, %c: vector<64xi8>) {
  %r = kernel.lookup (%t0) in 1, %c : (vector<64xi8>), vector<64xi8>
  vector.print %r : vector<64xi8>
  return
}

func.func @lookup_128(%t0: vector<64xi8>, %t1: vector<64xi8>, %c: vector<64xi8>) {
  %r = kernel.lookup (%t0, %t1) in 1, %c : (vector<64xi8>, vector<64xi8>), vector<64xi8>
  vector.print %r : vector<64xi8>
  return
}

func.func @main() {
  %dot_16_s = arith.constant dense<[10, 2147483647, 0, -5]> : vector<4xi32>
  %dot_16_x = arith.constant dense<[-1, 2, 0, 1, 1, 0, 0, 0, -128, -128, -128, -128, -1, -1, -1, -1]> : vector<16xi8>
  %dot_16_w = arith.constant dense<[-128, 3, 5, -7, 2, 0, 0, 0, 127, 127, 127, 127, -128, -128, -128, -128]> : vector<16xi8>
  // CHECK: ( -32631, -2147483647, 65024, -130565 )
  call @dot_16(%dot_16_s, %dot_16_x, %dot_16_w) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> ()
  %dot_32_s = arith.constant dense<[10, 2147483647, 0, -5, 527858757, 1038467225, 1904202612, 639840853]> : vector<8xi32>
  %dot_32_x = arith.constant dense<[-1, 2, 0, 1, 1, 0, 0, 0, -128, -128, -128, -128, -1, -1, -1, -1, -48, -71, 62, 112, -2, 66, -76, -1, -122, -18, 80, 15, -35, 71, -47, -92]> : vector<32xi8>
  %dot_32_w = arith.constant dense<[-128, 3, 5, -7, 2, 0, 0, 0, 127, 127, 127, 127, -128, -128, -128, -128, -57, -128, -128, -128, -128, 127, -128, -128, 127, -128, 127, -128, -128, 127, -127, -128]> : vector<32xi8>
  // CHECK: ( -32631, -2147483647, 65024, -130565, 527800949, 1038387415, 1904197406, 639774047 )
  call @dot_32(%dot_32_s, %dot_32_x, %dot_32_w) : (vector<8xi32>, vector<32xi8>, vector<32xi8>) -> ()
  %dot_64_s = arith.constant dense<[10, 2147483647, 0, -5, -816224473, 1368024730, -791162561, -80666401, 879047250, -1902666509, 1072861441, 1481252154, 1235826598, -574733303, -2108492267, -1303429503]> : vector<16xi32>
  %dot_64_x = arith.constant dense<[-1, 2, 0, 1, 1, 0, 0, 0, -128, -128, -128, -128, -1, -1, -1, -1, -3, 108, 48, 53, 0, 108, -73, 60, 23, -110, 93, -82, -22, 46, 57, -53, 46, 13, -81, 31, 34, 28, -38, -88, -52, 30, 119, -46, -104, -87, 79, -112, -7, 48, 0, 105, 87, -54, -100, -112, 124, 43, -22, -62, -61, 83, -74, -42]> : vector<64xi8>
  %dot_64_w = arith.constant dense<[-128, 3, 5, -7, 2, 0, 0, 0, 127, 127, 127, 127, -128, -128, -128, -128, 127, -128, 127, 127, -42, 127, 127, 127, 127, -128, 65, -37, 127, -128, 127, -128, 54, 127, 58, 127, 7, 127, -37, 127, 127, 127, 19, 127, 12, 48, 127, -40, 127, 43, -56, -128, 127, 16, -88, -128, 127, 10, -128, -47, 97, -128, -36, 127]> : vector<64xi8>
  // CHECK: ( -32631, -2147483647, 65024, -130565, -816193339, 1368069307, -791178721, -80661316, 879065472, -1902649445, 1072920090, 1481266363, 1235846845, -574751182, -2108515159, -1303400586 )
  call @dot_64(%dot_64_s, %dot_64_x, %dot_64_w) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> ()
  %lookup_16_t0 = arith.constant dense<[-13, -44, -101, -60, -72, 34, -36, 119, -29, -110, 84, 110, 51, 66, -92, -24]> : vector<16xi8>
  %lookup_16_c = arith.constant dense<[15, 0, 0, 11, 12, 8, 13, 3, 11, 1, 9, 3, 9, 10, 9, 11]> : vector<16xi8>
  // CHECK: ( -24, -13, -13, 110, 51, -29, 66, -60, 110, -44, -110, -60, -110, 84, -110, 110 )
  call @lookup_16(%lookup_16_t0, %lookup_16_c) : (vector<16xi8>, vector<16xi8>) -> ()
  %lookup_32_in_two_t0 = arith.constant dense<[-62, 86, 81, 61, 111, -56, -48, 67, 116, -27, -60, -82, 51, -128, 67, -73, 38, -56, 38, 64, 91, 93, -13, 124, 21, 117, 66, 68, -47, 5, 26, 126]> : vector<32xi8>
  %lookup_32_in_two_c = arith.constant dense<[15, 0, 0, 10, 9, 15, 9, 4, 15, 0, 3, 14, 7, 9, 1, 4, 12, 0, 15, 8, 7, 15, 1, 7, 15, 8, 4, 9, 9, 15, 15, 3]> : vector<32xi8>
  // CHECK: ( -73, -62, -62, -60, -27, -73, -27, 111, -73, -62, 61, 67, 67, -27, 86, 111, -47, 38, 126, 21, 124, 126, -56, 124, 126, 21, 91, 117, 117, 126, 126, 64 )
  call @lookup_32_in_two(%lookup_32_in_two_t0, %lookup_32_in_two_c) : (vector<32xi8>, vector<32xi8>) -> ()
  %lookup_64_in_four_t0 = arith.constant dense<[-120, -64, 25, 16, 44, 23, -115, 109, 51, 56, -61, -110, -127, 1, 105, -73, -31, -121, 91, 90, 118, 69, 115, 72, -28, 23, 110, -95, 27, -127, 93, 18, 113, 31, -55, -44, 116, 126, 41, -50, 89, -104, -93, -11, 8, -85, -96, -115, 42, 91, -93, 79, 121, -103, -65, -66, -16, -72, -60, 21, 96, -52, -35, -34]> : vector<64xi8>
  %lookup_64_in_four_c = arith.constant dense<[15, 0, 2, 6, 1, 3, 12, 2, 8, 1, 3, 12, 4, 0, 13, 2, 10, 15, 15, 11, 11, 1, 4, 9, 4, 9, 7, 8, 2, 7, 8, 9, 4, 7, 11, 14, 12, 5, 4, 0, 10, 2, 1, 2, 3, 14, 7, 12, 14, 15, 10, 3, 0, 12, 1, 4, 13, 7, 3, 2, 15, 6, 4, 12]> : vector<64xi8>
  // CHECK: ( -73, -120, 25, -115, -64, 16, -127, 25, 51, -64, 16, -127, 44, -120, 1, 25, 110, 18, 18, -95, -95, -121, 118, 23, 118, 23, 72, -28, 91, 72, -28, 23, 116, -50, -11, -96, 8, 126, 116, 113, -93, -55, 31, -55, -44, -96, -50, 8, -35, -34, -60, 79, 42, 96, 91, 121, -52, -66, 79, -93, -34, -65, 121, 96 )
  call @lookup_64_in_four(%lookup_64_in_four_t0, %lookup_64_in_four_c) : (vector<64xi8>, vector<64xi8>) -> ()
  %lookup_64_t0 = arith.constant dense<[53, -8, 20, 42, 50, 69, 65, -59, 55, 23, 93, 57, -110, -18, -36, 74, -96, -79, -110, -112, -33, -25, -28, -108, 122, 118, 50, -128, 90, 112, 25, 91, 37, 110, 108, -77, -30, -49, -47, -92, 63, 69, 112, -51, 2, -72, 14, -46, 18, -8, -112, 118, -112, 48, 60, 33, -98, -117, 105, 113, -49, -68, 38, 21]> : vector<64xi8>
  %lookup_64_c = arith.constant dense<[63, 0, 20, 4, 25, 3, 29, 10, 51, 46, 39, 23, 59, 46, 36, 8, 59, 20, 30, 22, 26, 5, 55, 34, 0, 59, 7, 57, 52, 21, 5, 4, 44, 12, 9, 30, 62, 11, 60, 6, 31, 6, 63, 50, 7, 6, 32, 52, 57, 39, 6, 4, 24, 22, 51, 24, 29, 10, 40, 13, 11, 20, 9, 27]> : vector<64xi8>
  // CHECK: ( 21, 53, -33, 50, 118, 42, 112, 93, 118, 14, -92, -108, 113, 14, -30, 55, 113, -33, 25, -28, 50, 69, 33, 108, 53, 113, -59, -117, -112, -25, 69, 50, 2, -110, 23, 25, 38, 57, -49, 65, 91, 65, 21, -112, -59, 65, 37, -112, -117, -92, 65, 50, 122, -28, 118, 122, 112, 93, 63, -18, 57, -33, 23, -128 )
  call @lookup_64(%lookup_64_t0, %lookup_64_c) : (vector<64xi8>, vector<64xi8>) -> ()
  %lookup_128_t0 = arith.constant dense<[-120, 97, 55, 121, 88, 64, -61, -122, 29, 101, -14, -69, -57, 31, 119, -84, 6, 78, 32, -61, -62, -87, 113, -3, -85, 91, -3, 13, -97, 124, -1, -104, -26, 18, 63, -78, -92, 87, 32, 66, -128, 18, -61, -114, 98, -55, -119, -104, 90, 9, -74, 67, -62, 36, -95, 28, -42, -58, 6, 126, 37, 18, -111, -96]> : vector<64xi8>
  %lookup_128_t1 = arith.constant dense<[-114, -114, -66, -103, -62, 54, 95, 4, -120, -10, 91, -64, 57, -25, 41, 55, -122, -45, -45, -80, 9, -41, -55, 100, 94, 91, -68, 42, 34, 100, -12, 108, 94, -41, 98, -104, -46, 114, 123, -128, -75, -64, 86, -102, -22, -128, -112, -8, 118, 53, 73, 109, -18, -25, 13, -26, 27, 54, -5, 59, 52, -1, -97, 125]> : vector<64xi8>
  %lookup_128_c = arith.constant dense<[127, 0, 36, 36, 61, 125, 97, 9, 24, 43, 101, 25, 72, 51, 82, 122, 120, 23, 50, 96, 2, 26, 47, 99, 5, 81, 6, 79, 98, 121, 102, 115, 15, 37, 106, 92, 5, 52, 72, 73, 19, 6, 22, 91, 105, 78, 3, 70, 60, 18, 9, 22, 76, 89, 53, 123, 23, 30, 61, 87, 108, 100, 0, 99]> : vector<64xi8>
  // CHECK: ( 125, -120, -92, -92, 18, -1, -41, 101, -85, -114, 114, 91, -120, 67, -45, -5, 27, -3, -74, 94, 55, -3, -104, -104, 64, -45, -61, 55, 98, 54, 123, 109, -84, 87, 86, 34, 64, -62, -120, -10, -61, -61, 113, 42, -64, 41, 121, 95, 37, 32, 101, 113, 57, 91, 36, 59, -3, -1, 18, 100, -22, -46, -120, -104 )
  call @lookup_128(%lookup_128_t0, %lookup_128_t1, %lookup_128_c) : (vector<64xi8>, vector<64xi8>, vector<64xi8>) -> ()
  return
}

}
