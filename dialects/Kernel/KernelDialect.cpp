//===- KernelDialect.cpp - The kernel dialect -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Kernel/KernelDialect.h"

#include "dialects/Kernel/KernelOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lowbit::kernel;

#include "dialects/Kernel/KernelDialect.cpp.inc"
#include "dialects/Kernel/KernelEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Kernel/KernelAttrs.cpp.inc"

void KernelDialect::initialize() {
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "dialects/Kernel/KernelOps.cpp.inc"
      >();
}

void KernelDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Kernel/KernelAttrs.cpp.inc"
      >();
}

LogicalResult KernelDialect::verifyOperationAttribute(Operation *op,
                                                      NamedAttribute attr) {
  StringRef name = attr.getName().getValue();
  if (name == kPlanAttr && isa<PlanAttr>(attr.getValue()))
    return success();
  if (name == kWeightBytesAttr || name == kLeastChunkAttr) {
    auto number = dyn_cast<IntegerAttr>(attr.getValue());
    if (number && number.getType().isInteger(64) && number.getInt() >= 0)
      return success();
    return op->emitError() << "'" << name
                           << "' must be an i64 that is not negative";
  }
  if (name == kThreadsAttr) {
    auto threads = dyn_cast<IntegerAttr>(attr.getValue());
    if (threads && threads.getType().isInteger(64) && threads.getInt() >= 1 &&
        threads.getInt() <= kMaxThreads)
      return success();
    return op->emitError() << "'" << name << "' must be an i64 from 1 to "
                           << kMaxThreads;
  }
  if (name == kReasonAttr) {
    if (isa<StringAttr>(attr.getValue()))
      return success();
    return op->emitError() << "'" << name << "' must be a string";
  }
  if (name == kMachineAttr && isa<MachineAttr>(attr.getValue()))
    return success();
  if (name == kPlanAttr || name == kMachineAttr)
    return op->emitError() << "'" << name << "' must be a #" << name;
  return op->emitError() << "unknown attribute '" << name
                         << "' of the kernel dialect";
}

/// A number that the module of `op` may have.
static int64_t getOfModule(Operation *op, StringRef name, int64_t otherwise) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  auto number = module ? module->getAttrOfType<IntegerAttr>(name) : nullptr;
  return number ? number.getInt() : otherwise;
}

int64_t lowbit::kernel::getThreads(Operation *op) {
  return getOfModule(op, kThreadsAttr, 1);
}

int64_t lowbit::kernel::getLeastChunkNs(Operation *op) {
  return getOfModule(op, kLeastChunkAttr, kLeastChunkNs);
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

static bool isVectorSize(int64_t bytes) {
  return bytes == 16 || bytes == 32 || bytes == 64;
}

LogicalResult PlanAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               Family family, int64_t bytes, int64_t pixels,
                               int64_t vectors, int64_t group, int64_t entries,
                               int64_t steps, bool rowsInLanes,
                               bool columnsApart, bool signedInput) {
  if (!isVectorSize(bytes))
    return emitError() << "a plan has vectors of 16, 32 or 64 bytes, not "
                       << bytes;
  if (pixels < 1 || vectors < 1 || group < 1)
    return emitError() << "pixels, vectors and group of a plan are at least 1";
  bool isLookup = family == Family::Lookup;
  if ((rowsInLanes || columnsApart) && !isLookup)
    return emitError() << "rows_in_lanes and columns_apart are of lookups";
  bool isProducts = family == Family::Dot || family == Family::Depthwise;
  if (signedInput && !isProducts)
    return emitError() << "signed_input is of byte products";
  if (isLookup != (entries > 0) || isLookup != (steps > 0))
    return emitError() << "entries and steps are of lookups";
  return success();
}

LogicalResult MachineAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  int64_t bytes, ArrayRef<StringAttr>) {
  if (bytes == 0 || isVectorSize(bytes))
    return success();
  return emitError() << "a machine has vectors of 0, 16, 32 or 64 bytes, not "
                     << bytes;
}

bool MachineAttr::has(StringRef feature) const {
  return llvm::any_of(getFeatures(), [&](StringAttr attr) {
    return attr.getValue() == feature;
  });
}

int64_t MachineAttr::countRegisters() const {
  return getBytes() == 64 || has("neon") ? 32 : 16;
}

int64_t MachineAttr::getMostEntries() const {
  if (getBytes() == 64 && has("avx512vbmi"))
    return 128;
  return has("ssse3") || has("neon") ? 16 : 0;
}

int64_t PlanAttr::countRuns(int64_t groups, int64_t width) const {
  return static_cast<int64_t>(llvm::divideCeil(groups, getSteps())) *
         (getColumnsApart() ? width : 1);
}
