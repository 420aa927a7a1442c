//===- LowbitAttrs.h - Enumerations and attributes -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITATTRS_H
#define LOWBIT_DIALECTS_LOWBIT_LOWBITATTRS_H

#include "lowbit/Numerics/Packing.h"
#include "lowbit/Numerics/Rounding.h"
#include "mlir/IR/Attributes.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/Types.h"

#include "dialects/Lowbit/LowbitEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Lowbit/LowbitAttrs.h.inc"

namespace lowbit {

/// The arithmetic that `mode` names.
numerics::Rounding getRounding(RoundingMode mode);
numerics::Layout getLayout(PackedLayout layout);

} // namespace lowbit

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITATTRS_H
