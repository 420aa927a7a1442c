// What attributes refuse, and discardable attributes of the dialect.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func private @scheme_weights_are_no_levels() attributes {
  // expected-error@below {{weights of a scheme must be a level-set type, not 'i8'}}
  lowbit.scheme = #lowbit.scheme<weights = i8, activation_bits = 2,
                                 residual_bits = 16, multiplier_free = true>}

// -----

func.func private @scheme_weights_are_a_tensor() attributes {
  // expected-error@below {{weights of a scheme must be a level-set type, not 'tensor<4x!lowbit.ternary>'}}
  lowbit.scheme = #lowbit.scheme<weights = tensor<4x!lowbit.ternary>, activation_bits = 2,
                                 residual_bits = 16, multiplier_free = true>}

// -----

func.func private @scheme_activation_bits_too_many() attributes {
  // expected-error@below {{activation_bits is 17, must be in [0, 16]}}
  lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 17,
                                 residual_bits = 16, multiplier_free = true>}

// -----

func.func private @scheme_residual_bits_too_few() attributes {
  // expected-error@below {{residual_bits is 1, must be in [2, 16]}}
  lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2,
                                 residual_bits = 1, multiplier_free = true>}

// -----

func.func private @scheme_residual_bits_too_many() attributes {
  // expected-error@below {{residual_bits is 17, must be in [2, 16]}}
  lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 2,
                                 residual_bits = 17, multiplier_free = true>}

// -----

func.func private @scheme_weights_need_multiplications() attributes {
  // expected-error@below {{weights '!lowbit.int<3>' need multiplications, but the scheme asks for none}}
  lowbit.scheme = #lowbit.scheme<weights = !lowbit.int<3>, activation_bits = 2,
                                 residual_bits = 16, multiplier_free = true>}

// -----

func.func private @scheme_activations_are_no_levels() attributes {
  // expected-error@below {{activations of a scheme must be a level-set type, not 'i8'}}
  lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 8,
                                 residual_bits = 16, multiplier_free = true, activations = i8>}

// -----

func.func private @scheme_activations_of_other_bits() attributes {
  // expected-error@below {{activation_bits is 4, but codes of '!lowbit.pow2<3>' have 3}}
  lowbit.scheme = #lowbit.scheme<weights = !lowbit.ternary, activation_bits = 4,
                                 residual_bits = 16, multiplier_free = true, activations = !lowbit.pow2<3>>}

// -----

func.func private @trained_levels_are_no_levels() attributes {
  // expected-error@below {{trained levels must be a level-set type, not 'i8'}}
  lowbit.trained = #lowbit.trained<i8, scales = dense<1.0> : tensor<2xf32>>}

// -----

func.func private @trained_scales_are_no_list() attributes {
  // expected-error@below {{scales of trained levels must be a 1-D tensor of f32, not 'tensor<1x2xf32>'}}
  lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<1.0> : tensor<1x2xf32>>}

// -----

func.func private @trained_scales_are_f64() attributes {
  // expected-error@below {{scales of trained levels must be a 1-D tensor of f32, not 'tensor<2xf64>'}}
  lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<1.0> : tensor<2xf64>>}

// -----

func.func private @trained_scale_is_infinite() attributes {
  // expected-error@below {{scales of trained levels must be finite}}
  lowbit.trained = #lowbit.trained<!lowbit.ternary, scales = dense<0x7F800000> : tensor<2xf32>>}

// -----

// expected-error@below {{'lowbit.trained' must be a #lowbit.trained}}
func.func private @trained_is_no_attribute() attributes {lowbit.trained}

// -----

// expected-error@below {{expected ::lowbit::RoundingMode to be one of: half_up, half_even, half_away, floor}}
// expected-error@below {{failed to parse}}
func.func private @unknown_rounding() attributes {rounding = #lowbit<rounding half_down>}

// -----

// expected-error@below {{'lowbit.layer' must be a string}}
func.func private @layer_is_no_string() attributes {lowbit.layer = 1}

// -----

// expected-error@below {{'lowbit.reason' must be a string}}
func.func private @reason_is_no_string() attributes {lowbit.reason}

// -----

// expected-error@below {{'lowbit.scheme' must be a #lowbit.scheme}}
func.func private @scheme_is_no_scheme() attributes {lowbit.scheme = "ternary"}

// -----

// expected-error@below {{'lowbit.kernel' must be a #lowbit.kernel}}
func.func private @kernel_is_no_kernel() attributes {lowbit.kernel = "shift_add"}

// -----

// expected-error@below {{'lowbit.multiplier_free' must be a unit attribute}}
func.func private @multiplier_free_is_no_unit() attributes {lowbit.multiplier_free = true}

// -----

// expected-error@below {{'lowbit.macs' must be an i64 that is not negative}}
func.func private @macs_are_negative() attributes {lowbit.macs = -1}

// -----

// expected-error@below {{'lowbit.macs' must be an i64 that is not negative}}
func.func private @macs_are_i32() attributes {lowbit.macs = 1 : i32}

// -----

// expected-error@below {{unknown attribute 'lowbit.nonsense' of the lowbit dialect}}
func.func private @unknown_attribute() attributes {lowbit.nonsense}

// -----

// expected-error@below {{'lowbit.workspace' must be an i64 that is not negative}}
func.func private @workspace_is_negative() attributes {lowbit.workspace = -8}

// -----

// expected-error@below {{'lowbit.workspace_bound' must be an i64 that is not negative}}
func.func private @workspace_bound_is_short() attributes {lowbit.workspace_bound = 8 : i32}

// -----

// expected-error@below {{'lowbit.workspace_peak' must be a string}}
func.func private @workspace_peak_is_a_number() attributes {lowbit.workspace_peak = 8}

// -----

// expected-error@below {{'lowbit.checksums' must be an array of strings}}
func.func private @checksums_are_a_string() attributes {lowbit.checksums = "conv1"}

// -----

// expected-error@below {{'lowbit.checksums' must be an array of strings}}
func.func private @checksums_hold_a_number() attributes {lowbit.checksums = ["conv1", 2]}

// -----

// expected-error@below {{'lowbit.timers' must be an array of strings}}
func.func private @timers_are_a_number() attributes {lowbit.timers = 2 : i64}

// -----

// expected-error@below {{'lowbit.range' must be lowbit.range = array<i64: lo, hi> with lo <= hi}}
func.func private @range_is_empty(tensor<4xi32> {lowbit.range = array<i64: 1, 0>})

// -----

// expected-error@below {{'lowbit.range' must be lowbit.range = array<i64: lo, hi> with lo <= hi}}
func.func private @range_of_one(tensor<4xi32> {lowbit.range = array<i64: 1>})

// -----

// expected-error@below {{'lowbit.range' must be lowbit.range = array<i64: lo, hi> with lo <= hi}}
func.func private @range_is_no_array(tensor<4xi32> {lowbit.range = 1})

// -----

// expected-error@below {{argument #1: 'lowbit.nonsense' must be lowbit.range}}
func.func private @unknown_argument_attribute(i32, i32 {lowbit.nonsense})
