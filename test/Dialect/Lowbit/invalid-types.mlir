// What types refuse.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

// expected-error@below {{pow2 has a width of 2 to 5 bits, not 1}}
func.func private @pow2_too_narrow(!lowbit.pow2<1>)

// -----

// expected-error@below {{pow2 has a width of 2 to 5 bits, not 6}}
func.func private @pow2_too_wide(!lowbit.pow2<6>)

// -----

// expected-error@below {{pow2 nozero has a width of 2 to 5 bits, not 1}}
func.func private @pow2_nozero_too_narrow(!lowbit.pow2<1, nozero>)

// -----

// expected-error@below {{pow2 nozero has a width of 2 to 5 bits, not 6}}
func.func private @pow2_nozero_too_wide(!lowbit.pow2<6, nozero>)

// -----

// expected-error@below {{expected 'nozero'}}
func.func private @pow2_unknown_word(!lowbit.pow2<3, narrow>)

// -----

// expected-error@below {{odd has a width of 1 to 8 bits, not 0}}
func.func private @odd_too_narrow(!lowbit.odd<0>)

// -----

// expected-error@below {{odd has a width of 1 to 8 bits, not 9}}
func.func private @odd_too_wide(!lowbit.odd<9>)

// -----

// expected-error@below {{int has a width of 1 to 16 bits, not 0}}
func.func private @int_too_narrow(!lowbit.int<0>)

// -----

// expected-error@below {{int has a width of 1 to 16 bits, not 17}}
func.func private @int_too_wide(!lowbit.int<17>)

// -----

// expected-error@below {{int narrow has a width of 2 to 16 bits, not 1}}
func.func private @int_narrow_too_narrow(!lowbit.int<1, narrow>)

// -----

// expected-error@below {{int narrow has a width of 2 to 16 bits, not 17}}
func.func private @int_narrow_too_wide(!lowbit.int<17, narrow>)

// -----

// expected-error@below {{expected 'narrow'}}
func.func private @int_unknown_word(!lowbit.int<8, nozero>)

// -----

// expected-error@below {{uint has a width of 1 to 16 bits, not 0}}
func.func private @uint_too_narrow(!lowbit.uint<0>)

// -----

// expected-error@below {{uint has a width of 1 to 16 bits, not 17}}
func.func private @uint_too_wide(!lowbit.uint<17>)

// -----

// expected-error@below {{uint has a width of 1 to 16 bits}}
func.func private @width_is_negative(!lowbit.uint<-1>)

// -----

// expected-error@below {{a list has 2 to 16 levels, not 1}}
func.func private @levels_too_few(!lowbit.levels<[3]>)

// -----

func.func private @levels_too_many(
    // expected-error@below {{a list has 2 to 16 levels, not 17}}
    !lowbit.levels<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]>)

// -----

// expected-error@below {{levels must ascend, but -1 follows 4}}
func.func private @levels_descend(!lowbit.levels<[4, -1]>)

// -----

// expected-error@below {{levels must ascend, but 4 follows 4}}
func.func private @levels_repeat(!lowbit.levels<[0, 4, 4]>)

// -----

// expected-error@below {{level 32769 is out of range; the greatest magnitude is 32768}}
func.func private @levels_too_great(!lowbit.levels<[0, 32769]>)

// -----

// expected-error@below {{level -32769 is out of range; the greatest magnitude is 32768}}
func.func private @levels_too_low(!lowbit.levels<[-32769, 0]>)

// -----

// expected-error@below {{expected '['}}
func.func private @levels_without_brackets(!lowbit.levels<-1, 1>)

// -----

// expected-error@below {{only codes can be packed, not 'i8'}}
func.func private @packed_holds_bytes(!lowbit.packed<i8, bits>)

// -----

// expected-error@below {{only codes can be packed}}
func.func private @packed_holds_packed(!lowbit.packed<!lowbit.packed<!lowbit.ternary, bits>, bits>)

// -----

// expected-error@below {{only codes can be packed}}
func.func private @packed_holds_tensor(!lowbit.packed<tensor<4x!lowbit.ternary>, bits>)

// -----

// expected-error@below {{expected one of [bits, base3] for how codes lie in bytes, got: bytes}}
// expected-error@below {{failed to parse}}
func.func private @packed_unknown_layout(!lowbit.packed<!lowbit.ternary, bytes>)

// -----

// expected-error@below {{type `unary` in dialect `lowbit`}}
func.func private @unknown_type(!lowbit.unary)

// -----

// expected-error@below {{layout base3 holds ternary codes only, not uint<2>}}
func.func private @packed_base3_of_uint(tensor<2x!lowbit.packed<!lowbit.uint<2>, base3>>)
