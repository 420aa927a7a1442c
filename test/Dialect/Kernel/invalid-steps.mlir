// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func @dot_c1_bytes_differ(%s: vector<4xi32>, %x: vector<32xi8>) {
  // expected-error@below {{C1: a sum has four bytes of each operand}}
  %r = kernel.dot %s, %x, %x : vector<4xi32>, vector<32xi8>
  return
}

// -----

func.func @lookup_c1_parts_differ(%t: vector<16xi8>, %u: vector<32xi8>, %c: vector<16xi8>) {
  // expected-error@below {{C1: the table must be vectors of one type}}
  %r = kernel.lookup (%t, %u) in 1, %c : (vector<16xi8>, vector<32xi8>), vector<16xi8>
  return
}

// -----

func.func @lookup_c1_no_table(%c: vector<16xi8>) {
  // expected-error@below {{C1: the table must be vectors of one type}}
  %r = "kernel.lookup"(%c) <{tables = 1 : i64}> : (vector<16xi8>) -> vector<16xi8>
  return
}

// -----

func.func @lookup_c1_no_tables(%t: vector<16xi8>, %c: vector<16xi8>) {
  // expected-error@below {{C1: 0 tables must share codes and bytes evenly}}
  %r = kernel.lookup (%t) in 0, %c : (vector<16xi8>), vector<16xi8>
  return
}

// -----

func.func @lookup_c1_tables_share_no_bytes(%t: vector<16xi8>, %c: vector<24xi8>) {
  // expected-error@below {{C1: 3 tables must share codes and bytes evenly}}
  %r = kernel.lookup (%t) in 3, %c : (vector<16xi8>), vector<24xi8>
  return
}

// -----

func.func @lookup_c1_tables_share_no_codes(%t: vector<32xi8>, %c: vector<17xi8>) {
  // expected-error@below {{C1: 2 tables must share codes and bytes evenly}}
  %r = kernel.lookup (%t) in 2, %c : (vector<32xi8>), vector<17xi8>
  return
}

// -----

func.func @lookup_c2_entries_are_no_power(%t: vector<24xi8>, %c: vector<16xi8>) {
  // expected-error@below {{C2: a table has a power of two of at most 128 entries, not 24}}
  %r = kernel.lookup (%t) in 1, %c : (vector<24xi8>), vector<16xi8>
  return
}

// -----

func.func @lookup_c2_too_many_entries(%t: vector<64xi8>, %c: vector<16xi8>) {
  // expected-error@below {{C2: a table has a power of two of at most 128 entries, not 256}}
  %r = kernel.lookup (%t, %t, %t, %t) in 1, %c
      : (vector<64xi8>, vector<64xi8>, vector<64xi8>, vector<64xi8>), vector<16xi8>
  return
}
