func.func @unpacks_what_was_packed(%x: tensor<4x!lowbit.ternary>) -> tensor<4x!lowbit.ternary> {
  %p = lowbit.pack %x : tensor<4x!lowbit.ternary> -> tensor<1x!lowbit.packed<!lowbit.ternary, bits>>
  %u = lowbit.unpack %p : tensor<1x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<4x!lowbit.ternary>
  return %u : tensor<4x!lowbit.ternary>
}
