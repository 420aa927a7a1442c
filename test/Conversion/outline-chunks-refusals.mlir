// RUN: lowbit-opt %s --lowbit-outline-chunks --verify-diagnostics

%zero = arith.constant 0 : index
%one = arith.constant 1 : index
// expected-error@below {{stands outside of a function}}
scf.parallel (%i) = (%zero) to (%one) step (%one) {
  scf.reduce
}
