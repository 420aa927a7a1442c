//===- VerifyLevels.cpp - What is true at each level of the ladder -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatGlue.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

namespace lowbit {
#define GEN_PASS_DEF_VERIFYSOURCEPASS
#define GEN_PASS_DEF_VERIFYANNOTATEDPASS
#define GEN_PASS_DEF_VERIFYQUANTIZEDPASS
#define GEN_PASS_DEF_VERIFYINTEGERPASS
#define GEN_PASS_DEF_VERIFYPLANNEDPASS
#define GEN_PASS_DEF_VERIFYLOOPSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Runs `check` on every operation and fails the pass if any check fails.
template <typename Check>
static bool allOperationsPass(Operation *root, Check check) {
  bool isRight = true;
  root->walk([&](Operation *op) { isRight &= succeeded(check(op)); });
  return isRight;
}

//===----------------------------------------------------------------------===//
// L0 source
//===----------------------------------------------------------------------===//

static LogicalResult verifyTensorType(Operation *op, const Twine &what,
                                      Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return op->emitError() << what << " is " << type
                           << ", but networks compute on ranked tensors";
  for (auto [index, size] : llvm::enumerate(tensor.getShape())) {
    if (ShapedType::isDynamic(size)) {
      auto diagnostic = op->emitError() << "dimension " << index << " of "
                                        << what << " is dynamic: " << type;
      diagnostic.attachNote()
          << "shapes must be static, the batch of the inputs excepted; export "
             "the network with all other sizes fixed";
      return diagnostic;
    }
    if (size == 0)
      return op->emitError() << "dimension " << index << " of " << what
                             << " has size 0: " << type;
  }
  return success();
}

/// What crosses the C interface.
static LogicalResult verifyInterfaceType(func::FuncOp function,
                                         const Twine &what, Type type) {
  if (failed(verifyTensorType(function, what, type)))
    return failure();
  Type element = getElementTypeOrSelf(type);
  if (element.isF32() || element.isSignlessInteger(8) ||
      element.isSignlessInteger(16) || element.isSignlessInteger(32))
    return success();
  auto diagnostic = function.emitError()
                    << what << " is " << type
                    << "; networks take and give f32, i8, i16 and i32";
  diagnostic.attachNote() << "export the network with one of these types, or "
                             "cast inside of it";
  return diagnostic;
}

static LogicalResult verifySignature(func::FuncOp function) {
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes()))
    if (failed(
            verifyInterfaceType(function, "argument #" + Twine(index), type)))
      return failure();
  for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
    if (failed(verifyInterfaceType(function, "result #" + Twine(index), type)))
      return failure();
  if (function.getNumResults() == 0)
    return function.emitError("network has no results");
  return success();
}

static LogicalResult verifySourceOperation(Operation *op) {
  if (isa<ModuleOp>(op))
    return success();
  if (auto function = dyn_cast<func::FuncOp>(op)) {
    if (function.isExternal())
      return function.emitError("has no body");
    if (!function.getBody().hasOneBlock())
      return function.emitError("has control flow; networks are one block");
    return success();
  }
  if (isa<func::ReturnOp>(op) || isa<tosa::ConstShapeOp>(op))
    return success();
  if (failed(verifyIsTosa(op)))
    return failure();
  for (auto [index, type] : llvm::enumerate(op->getResultTypes()))
    if (failed(verifyTensorType(op, "result #" + Twine(index), type)))
      return failure();
  return success();
}

static bool verifySource(ModuleOp module) {
  int64_t publicFunctions = 0;
  for (auto function : module.getOps<func::FuncOp>())
    publicFunctions += function.isPublic();
  if (publicFunctions != 1) {
    module.emitError() << "module has " << publicFunctions
                       << " public functions, expected one: the network";
    return false;
  }
  // What is wrong with a network's arguments is wrong with all that follows.
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isExternal() && failed(verifySignature(function)))
      return false;
  return allOperationsPass(module, verifySourceOperation);
}

namespace {
struct VerifySourcePass : lowbit::impl::VerifySourcePassBase<VerifySourcePass> {
  void runOnOperation() override {
    auto module = dyn_cast<ModuleOp>(getOperation());
    if (module && !verifySource(module))
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// L1 annotated
//===----------------------------------------------------------------------===//

/// Whether `value` comes from quantizers, through ops that commute with them.
static bool comesFromQuantizer(Value value) {
  Operation *op = value.getDefiningOp();
  if (commutesWithQuantizer(op))
    return llvm::all_of(getMovedOperands(op), comesFromQuantizer);
  return isa_and_nonnull<SqueezeThresholdOp, SqueezeThresholdTrainingOp,
                         DequantizeOp>(op);
}

static LogicalResult verifyAnnotatedOperation(Operation *op) {
  bool hasScheme = op->hasAttr(kSchemeAttr);
  if (isLayerWithWeights(op) && !hasScheme && !op->hasAttr(kReasonAttr))
    return op->emitError() << "layer '" << getLayerName(op)
                           << "' has neither a scheme nor a reason for float";
  if (hasScheme && !comesFromQuantizer(op->getOperand(0)))
    return op->emitError() << "layer '" << getLayerName(op)
                           << "' has a scheme but its input is not quantized";
  return success();
}

namespace {
struct VerifyAnnotatedPass
    : lowbit::impl::VerifyAnnotatedPassBase<VerifyAnnotatedPass> {
  void runOnOperation() override {
    if (!allOperationsPass(getOperation(), verifyAnnotatedOperation))
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// L2 quantized
//===----------------------------------------------------------------------===//

static LogicalResult verifyQuantizedOperation(Operation *op) {
  if (op->hasAttr(kSchemeAttr))
    return op->emitError() << "layer '" << getLayerName(op)
                           << "' has a scheme but is still in float";
  if (isa<SqueezeThresholdOp>(op))
    return op->emitError("is left at the quantized level");
  if (isa<SqueezeThresholdTrainingOp>(op))
    return op->emitError("is left at the quantized level; run "
                         "lowbit-freeze-squeeze-threshold first");
  if (isa<Conv2DOp, MatmulOp>(op)) {
    Operation *weight = op->getOperand(1).getDefiningOp();
    if (!isa_and_nonnull<ConstantOp, UnpackOp>(weight))
      return op->emitError("weights must be constant");
  }
  return success();
}

namespace {
struct VerifyQuantizedPass
    : lowbit::impl::VerifyQuantizedPassBase<VerifyQuantizedPass> {
  void runOnOperation() override {
    if (!allOperationsPass(getOperation(), verifyQuantizedOperation))
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// L3 integer
//===----------------------------------------------------------------------===//

/// Whether the float computation from `value` on reaches a quantizer.
static bool reachesQuantizer(Value value, llvm::DenseSet<Value> &seen) {
  if (!seen.insert(value).second)
    return false;
  return llvm::any_of(value.getUsers(), [&](Operation *user) {
    if (isa<QuantizeOp, ThresholdOp>(user))
      return !user->hasAttr(kReasonAttr);
    return llvm::any_of(user->getResults(), [&](Value result) {
      return reachesQuantizer(result, seen);
    });
  });
}

static LogicalResult verifyIntegerOperation(Operation *op) {
  auto dequantize = dyn_cast<DequantizeOp>(op);
  if (!dequantize)
    return success();
  llvm::DenseSet<Value> seen;
  if (!reachesQuantizer(dequantize.getResult(), seen))
    return success();
  return op->emitError("float arithmetic between integer layers is left");
}

namespace {
struct VerifyIntegerPass
    : lowbit::impl::VerifyIntegerPassBase<VerifyIntegerPass> {
  void runOnOperation() override {
    if (!allOperationsPass(getOperation(), verifyIntegerOperation))
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// L4 planned
//===----------------------------------------------------------------------===//

static LogicalResult verifyPlannedFunction(func::FuncOp function) {
  if (function.isPublic()) {
    for (Operation &op : function.getBody().getOps())
      if (op.hasAttr(kLayerAttr) && !matchPattern(&op, m_Constant()))
        return op.emitError("stands outside of its layer's function");
    return success();
  }
  for (StringRef name :
       {StringRef(kLayerAttr), StringRef(kKernelAttr), StringRef(kReasonAttr)})
    if (!function->hasAttr(name))
      return function.emitError() << "layer function without '" << name << "'";
  WalkResult result = function.walk([](ConstantOp op) {
    if (isa<PackedType>(getElementTypeOrSelf(op.getType())))
      return WalkResult::advance();
    op.emitError("weights are not packed");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

namespace {
struct VerifyPlannedPass
    : lowbit::impl::VerifyPlannedPassBase<VerifyPlannedPass> {
  void runOnOperation() override {
    bool isRight = true;
    getOperation()->walk([&](func::FuncOp function) {
      isRight &= succeeded(verifyPlannedFunction(function));
    });
    if (!isRight)
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// L5 loops
//===----------------------------------------------------------------------===//

static bool isMultiplication(Operation *op) {
  if (isa<arith::MulIOp, arith::MulSIExtendedOp, arith::MulUIExtendedOp,
          arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp,
          arith::CeilDivSIOp, arith::CeilDivUIOp, arith::FloorDivSIOp>(op))
    return !op->getResult(0).getType().isIndex();
  return isa<arith::MulFOp, arith::DivFOp, arith::RemFOp, math::FmaOp>(op);
}

static LogicalResult verifyLoopsOperation(Operation *op) {
  if (isa_and_nonnull<LowbitDialect, tensor::TensorDialect, tosa::TosaDialect>(
          op->getDialect()))
    return op->emitError("is left at the level of loops");
  if (isa<memref::AllocOp, memref::AllocaOp>(op))
    return op->emitError("allocates; buffers must lie in the workspace");
  if (!isMultiplication(op))
    return success();
  auto function = op->getParentOfType<func::FuncOp>();
  if (function && function->hasAttr(kMultiplierFreeAttr))
    return op->emitError() << "multiplication in the multiplier-free layer '"
                           << getLayerName(function) << "'";
  return success();
}

namespace {
struct VerifyLoopsPass : lowbit::impl::VerifyLoopsPassBase<VerifyLoopsPass> {
  void runOnOperation() override {
    if (!allOperationsPass(getOperation(), verifyLoopsOperation))
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
