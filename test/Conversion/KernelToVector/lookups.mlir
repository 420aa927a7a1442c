// Lookups: a byte of the input chooses a row of the table, weights choose in it.
// RUN: lowbit-opt %s --convert-kernel-to-vector | FileCheck %s

// CHECK-LABEL: @tables_of_sixteen
// CHECK-SAME: (%{{.+}}: memref<1x1x1x4xi8>, %[[W:.+]]: memref<96xi8>, %[[T:.+]]: memref<256xi8>,
// CHECK: %[[START:.+]] = vector.load %[[W]][%{{.+}}] : memref<96xi8>, vector<16xi8>
// CHECK: %[[NARROW:.+]] = scf.for {{.*}} iter_args(%[[SUM:.+]] = %[[START]]) -> (vector<16xi8>) {
// CHECK: %[[CODES:.+]] = vector.load %[[W]][%{{.+}}] : memref<96xi8>, vector<16xi8>
// CHECK: %[[BYTE:.+]] = memref.load %{{.+}}[%{{.+}}] : memref<4xi8>
// CHECK: %[[ROW:.+]] = arith.index_castui %[[BYTE]] : i8 to index
// CHECK: %[[ENTRIES:.+]] = vector.load %[[T]][%{{.+}}] : memref<256xi8>, vector<16xi8>
// CHECK: %[[FOUND:.+]] = kernel.lookup(%[[ENTRIES]]) in 1, %[[CODES]] : (vector<16xi8>), vector<16xi8>
// CHECK: %[[NEXT:.+]] = arith.addi %[[SUM]], %[[FOUND]] : vector<16xi8>
// CHECK: scf.yield %[[NEXT]] : vector<16xi8>
// Sums of 8 bits are widened, and handed on as the epilogue asks for them.
// CHECK: vector.bitcast %[[NARROW]] : vector<16xi8> to vector<8xi16>
// CHECK-NOT: kernel.conv2d
// CHECK: return
func.func @tables_of_sixteen(%x: memref<1x1x1x4xi8>, %w: memref<96xi8>, %t: memref<256xi8>,
    %i: memref<16xi16>, %o: memref<1x1x1x16xi16>) {
  kernel.conv2d <family = lookup, bytes = 16, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 4>
      image [1, 1, 1, 4] filter [1, 1, 16, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x1x1x4xi8>, memref<96xi8>) table(%t : memref<256xi8>) init(%i : memref<16xi16>)
      outs(%o : memref<1x1x1x16xi16>) {
  ^bb0(%s: i16):
    kernel.yield %s : i16
  }
  return
}

// Rows of 96 are a vector of 64 and one of 32 that is filled up.
// CHECK-LABEL: @tables_of_96
// CHECK: %[[LOW:.+]] = vector.load %{{.+}}[%{{.+}}] : memref<24576xi8>, vector<64xi8>
// CHECK: %[[REST:.+]] = vector.load %{{.+}}[%{{.+}}] : memref<24576xi8>, vector<32xi8>
// CHECK: %[[HIGH:.+]] = vector.shuffle %[[REST]], %{{.+}} : vector<32xi8>, vector<32xi8>
// CHECK: kernel.lookup(%[[LOW]], %[[HIGH]]) in 1, %{{.+}} : (vector<64xi8>, vector<64xi8>), vector<64xi8>
// CHECK-NOT: kernel.lookup
// CHECK: return
func.func @tables_of_96(%x: memref<1x1x1x1xi8>, %w: memref<128xi8>, %t: memref<24576xi8>,
    %i: memref<64xi16>, %o: memref<1x1x1x64xi16>) {
  kernel.conv2d <family = lookup, bytes = 64, pixels = 1, vectors = 1, group = 4, entries = 96, steps = 1>
      image [1, 1, 1, 1] filter [1, 1, 64, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x1x1x1xi8>, memref<128xi8>) table(%t : memref<24576xi8>) init(%i : memref<64xi16>)
      outs(%o : memref<1x1x1x64xi16>) {
  ^bb0(%s: i16):
    kernel.yield %s : i16
  }
  return
}

// Every 16 lanes have a table of their own, which is the same.
// CHECK-LABEL: @a_table_for_each_sixteen_lanes
// CHECK: %[[ROW:.+]] = vector.load %{{.+}}[%{{.+}}] : memref<256xi8>, vector<16xi8>
// CHECK: %[[REPEATED:.+]] = vector.shuffle %[[ROW]], %{{.+}} [0, 1, {{.*}} 15, 0, 1, {{.*}} 15] : vector<16xi8>
// CHECK: kernel.lookup(%[[REPEATED]]) in 2, %{{.+}} : (vector<32xi8>), vector<32xi8>
// CHECK: return
func.func @a_table_for_each_sixteen_lanes(%x: memref<1x1x1x1xi8>, %w: memref<64xi8>, %t: memref<256xi8>,
    %i: memref<32xi16>, %o: memref<1x1x1x32xi16>) {
  kernel.conv2d <family = lookup, bytes = 32, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 1>
      image [1, 1, 1, 1] filter [1, 1, 32, 1, 1] stride [1, 1] dilation [1, 1]
      ins(%x, %w : memref<1x1x1x1xi8>, memref<64xi8>) table(%t : memref<256xi8>) init(%i : memref<32xi16>)
      outs(%o : memref<1x1x1x32xi16>) {
  ^bb0(%s: i16):
    kernel.yield %s : i16
  }
  return
}
