//===- LowbitDialect.cpp - The lowbit dialect -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitDialect.h"

#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit;

#include "dialects/Lowbit/LowbitDialect.cpp.inc"

void LowbitDialect::initialize() {
  registerTypes();
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "dialects/Lowbit/LowbitOps.cpp.inc"
      >();
}

Operation *LowbitDialect::materializeConstant(OpBuilder &builder,
                                              Attribute value, Type type,
                                              Location loc) {
  if (auto codes = dyn_cast<CodesAttr>(value))
    return ConstantOp::create(builder, loc, type, codes.getBytes());
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

LogicalResult LowbitDialect::verifyRegionArgAttribute(Operation *op, unsigned,
                                                      unsigned argument,
                                                      NamedAttribute attr) {
  auto range = dyn_cast<DenseI64ArrayAttr>(attr.getValue());
  if (attr.getName() == kRangeAttr && range && range.size() == 2 &&
      range[0] <= range[1])
    return success();
  return op->emitError() << "argument #" << argument << ": '"
                         << attr.getName().getValue()
                         << "' must be lowbit.range = array<i64: lo, hi> with "
                            "lo <= hi";
}

LogicalResult LowbitDialect::verifyOperationAttribute(Operation *op,
                                                      NamedAttribute attr) {
  auto expect = [&](bool isRight, StringRef what) -> LogicalResult {
    if (isRight)
      return success();
    return op->emitError() << "'" << attr.getName().getValue() << "' must be "
                           << what;
  };
  StringRef name = attr.getName().getValue();
  Attribute value = attr.getValue();
  if (name == kLayerAttr || name == kReasonAttr || name == kWorkspacePeakAttr)
    return expect(isa<StringAttr>(value), "a string");
  if (name == kSchemeAttr)
    return expect(isa<SchemeAttr>(value), "a #lowbit.scheme");
  if (name == kTrainedAttr)
    return expect(isa<TrainedAttr>(value), "a #lowbit.trained");
  if (name == kKernelAttr)
    return expect(isa<KernelAttr>(value), "a #lowbit.kernel");
  if (name == kChecksumsAttr || name == kTimersAttr) {
    auto names = dyn_cast<ArrayAttr>(value);
    return expect(names && llvm::all_of(names, llvm::IsaPred<StringAttr>),
                  "an array of strings");
  }
  if (name == kMultiplierFreeAttr)
    return expect(isa<UnitAttr>(value), "a unit attribute");
  if (name == kMacsAttr || name == kWorkspaceAttr ||
      name == kWorkspaceBoundAttr) {
    auto count = dyn_cast<IntegerAttr>(value);
    return expect(count && count.getType().isInteger(64) && count.getInt() >= 0,
                  "an i64 that is not negative");
  }
  return op->emitError() << "unknown attribute '" << name
                         << "' of the lowbit dialect";
}
