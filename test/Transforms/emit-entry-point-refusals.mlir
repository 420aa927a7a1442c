// Modules that are no network behind the loops pipeline.
// RUN: lowbit-opt %s --lowbit-emit-entry-point --split-input-file --verify-diagnostics

// expected-error@below {{expects buffers}}
func.func @no_arguments() {
  return
}

// -----

// expected-error@below {{one block}}
func.func @control_flow(%in: memref<4xf32>, %workspace: memref<0xi8>) {
  cf.br ^next
^next:
  return
}

// -----

func.func @first(%workspace: memref<0xi8>) {
  return
}

// expected-error@below {{public}}
func.func @second(%workspace: memref<0xi8>) {
  return
}
