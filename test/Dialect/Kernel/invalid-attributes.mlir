// What plans and machines refuse, and discardable attributes of the dialect.
// RUN: lowbit-opt %s --split-input-file --verify-diagnostics

func.func private @plan_bytes() attributes {
  // expected-error@below {{a plan has vectors of 16, 32 or 64 bytes, not 8}}
  kernel.plan = #kernel.plan<family = dot, bytes = 8, pixels = 1, vectors = 1, group = 4>}

// -----

func.func private @plan_no_bytes() attributes {
  // expected-error@below {{a plan has vectors of 16, 32 or 64 bytes, not 0}}
  kernel.plan = #kernel.plan<family = dot, bytes = 0, pixels = 1, vectors = 1, group = 4>}

// -----

func.func private @plan_pixels() attributes {
  // expected-error@below {{pixels, vectors and group of a plan are at least 1}}
  kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 0, vectors = 1, group = 4>}

// -----

func.func private @plan_vectors() attributes {
  // expected-error@below {{pixels, vectors and group of a plan are at least 1}}
  kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 1, vectors = 0, group = 4>}

// -----

func.func private @plan_group() attributes {
  // expected-error@below {{pixels, vectors and group of a plan are at least 1}}
  kernel.plan = #kernel.plan<family = depthwise, bytes = 16, pixels = 1, vectors = 1, group = -4>}

// -----

func.func private @plan_entries_of_products() attributes {
  // expected-error@below {{entries and steps are of lookups}}
  kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4, entries = 16>}

// -----

func.func private @plan_steps_of_products() attributes {
  // expected-error@below {{entries and steps are of lookups}}
  kernel.plan = #kernel.plan<family = depthwise, bytes = 16, pixels = 1, vectors = 1, group = 4, steps = 1>}

// -----

func.func private @plan_lookup_without_entries() attributes {
  // expected-error@below {{entries and steps are of lookups}}
  kernel.plan = #kernel.plan<family = lookup, bytes = 16, pixels = 1, vectors = 1, group = 4, steps = 1>}

// -----

func.func private @plan_lookup_without_steps() attributes {
  // expected-error@below {{entries and steps are of lookups}}
  kernel.plan = #kernel.plan<family = lookup, bytes = 16, pixels = 1, vectors = 1, group = 4, entries = 16>}

// -----

func.func private @plan_rows_in_lanes_of_products() attributes {
  // expected-error@below {{rows_in_lanes and columns_apart are of lookups}}
  kernel.plan = #kernel.plan<family = dot, bytes = 16, pixels = 1, vectors = 1, group = 4, rows_in_lanes = true>}

// -----

func.func private @plan_columns_apart_of_products() attributes {
  // expected-error@below {{rows_in_lanes and columns_apart are of lookups}}
  kernel.plan = #kernel.plan<family = depthwise, bytes = 16, pixels = 1, vectors = 1, group = 4, columns_apart = true>}

// -----

func.func private @plan_signed_input_of_lookups() attributes {
  // expected-error@below {{signed_input is of byte products}}
  kernel.plan = #kernel.plan<family = lookup, bytes = 16, pixels = 1, vectors = 1, group = 2, entries = 16, steps = 1, signed_input = true>}

// -----

func.func private @plan_family_unknown() attributes {
  // expected-error@+2 {{expected ::lowbit::kernel::Family to be one of: dot, depthwise, lookup}}
  // expected-error@+1 {{failed to parse Kernel_PlanAttr parameter 'family'}}
  kernel.plan = #kernel.plan<family = winograd, bytes = 16, pixels = 1, vectors = 1, group = 4>}

// -----

// expected-error@below {{a machine has vectors of 0, 16, 32 or 64 bytes, not 128}}
module attributes {kernel.machine = #kernel.machine<bytes = 128>} {}

// -----

// expected-error@below {{'kernel.plan' must be a #kernel.plan}}
func.func private @plan_is_no_plan() attributes {kernel.plan = 1 : i64}

// -----

// expected-error@below {{'kernel.machine' must be a #kernel.machine}}
module attributes {kernel.machine = "znver4"} {}

// -----

// expected-error@below {{'kernel.threads' must be an i64 from 1 to 256}}
module attributes {kernel.threads = 0 : i64} {}

// -----

// expected-error@below {{'kernel.threads' must be an i64 from 1 to 256}}
module attributes {kernel.threads = 2 : i32} {}

// -----

// expected-error@below {{'kernel.least_chunk_ns' must be an i64 that is not negative}}
module attributes {kernel.least_chunk_ns = -1 : i64} {}

// -----

// expected-error@below {{'kernel.reason' must be a string}}
func.func private @reason_is_no_string() attributes {kernel.reason = 1 : i64}

// -----

// expected-error@below {{unknown attribute 'kernel.plans' of the kernel dialect}}
func.func private @attribute_unknown() attributes {kernel.plans = "dot"}
