//===- OutlineLayers.cpp - A function for every layer -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"
#include "dialects/Kernel/KernelAttrs.h"
#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Analysis/FloatLayers.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SetVector.h"

namespace lowbit {
#define GEN_PASS_DEF_OUTLINELAYERSPASS
#include "lowbit/Transforms/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

/// Constants are copied into every function that uses them; so are the ops that
/// unpack constant weights.
static bool isRematerialized(Operation *op) {
  return matchPattern(op, m_Constant()) ||
         isa<tosa::ConstShapeOp, UnpackOp>(op);
}

//===----------------------------------------------------------------------===//
// What a layer is
//===----------------------------------------------------------------------===//

/// Multiply-accumulates of one operation; 0 for operations without weights.
static int64_t countMacs(Operation *op) {
  // Every output element sums as many products as one filter has elements.
  auto countFor = [&](int64_t productsPerOutput) {
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    return type.getNumElements() * productsPerOutput;
  };
  auto filterSize = [&](ArrayRef<unsigned> filterDims) {
    auto type = cast<RankedTensorType>(op->getOperand(1).getType());
    int64_t size = 1;
    for (unsigned dim : filterDims)
      size *= type.getDimSize(dim);
    return size;
  };
  if (isa<Conv2DOp, tosa::Conv2DOp>(op)) // OHWI
    return countFor(filterSize({1, 2, 3}));
  if (isa<tosa::DepthwiseConv2DOp>(op)) // HWCM
    return countFor(filterSize({0, 1}));
  if (isa<MatmulOp>(op)) // OK
    return countFor(filterSize({1}));
  if (isa<tosa::MatMulOp>(op)) // NKO
    return countFor(filterSize({1}));
  return 0;
}

static bool isTosa(Operation *op) {
  return isa<tosa::TosaDialect>(op->getDialect());
}

static Kernel getKernel(kernel::Family family) {
  switch (family) {
  case kernel::Family::Dot:
    return Kernel::Dot;
  case kernel::Family::Depthwise:
    return Kernel::Depthwise;
  case kernel::Family::Lookup:
    return Kernel::Lookup;
  case kernel::Family::Shift:
    return Kernel::Shift;
  case kernel::Family::Float:
  case kernel::Family::FloatDepthwise:
    return Kernel::Float;
  }
  llvm_unreachable("all families are listed");
}

/// Why a float layer has no kernel, as a clause that follows another; empty
/// where it has one.
static std::string explainLoops(ArrayRef<Operation *> ops) {
  for (Operation *op : ops)
    if (auto why = op->getAttrOfType<StringAttr>(kernel::kReasonAttr);
        why && isFloatLayer(op) && !op->hasAttr(kernel::kPlanAttr))
      return "; " + why.str();
  return "";
}

/// How the operations compute, and why so.
static std::pair<Kernel, std::string> chooseKernel(ArrayRef<Operation *> ops) {
  for (Operation *op : ops)
    if (auto reason = op->getAttrOfType<StringAttr>(kReasonAttr))
      return {isTosa(op) && !touchesFloat(op) ? Kernel::Upstream
                                              : Kernel::Float,
              reason.str() + explainLoops(ops)};
  for (Operation *op : ops) {
    if (!isa<Conv2DOp, MatmulOp>(op))
      continue;
    auto set = *getLevelSet(op->getOperand(1).getType());
    auto why = op->getAttrOfType<StringAttr>(kernel::kReasonAttr);
    if (auto plan = op->getAttrOfType<kernel::PlanAttr>(kernel::kPlanAttr))
      return {getKernel(plan.getFamily()), why ? why.str() : "asked for"};
    bool isList = set.kind() == numerics::LevelKind::List;
    std::string note = why ? "; " + why.str() : "";
    if (op->hasAttr(kMultiplierFreeAttr))
      return {Kernel::ShiftAdd,
              (isList ? "weights are sums of few shifts"
                      : set.str() + " weights need signs and shifts only") +
                  note};
    return {Kernel::MultiplyAdd,
            (set.isMultiplierFree() ? "the recipe allows multiplications"
                                    : set.str() + " weights need products") +
                note};
  }
  if (llvm::any_of(
          ops, [](Operation *op) { return isTosa(op) && touchesFloat(op); }))
    return {Kernel::Float, "outside the quantized layers" + explainLoops(ops)};
  if (llvm::any_of(ops, isTosa))
    return {Kernel::Upstream, "integer TOSA, lowered as it is"};
  if (llvm::any_of(ops, [](Operation *op) { return isa<DequantizeOp>(op); }))
    return {Kernel::Float, "integers become real results here"};
  auto readsFloat = [](Operation *op) {
    return isa<QuantizeOp, ThresholdOp>(op) &&
           getElementTypeOrSelf(op->getOperand(0)).isF32();
  };
  if (llvm::any_of(ops, readsFloat))
    return {Kernel::Float, "real inputs become integers here"};
  return {Kernel::Integer, "no weights"};
}

/// Whether `op` is a reshape or slice of sums.
static bool isSumMovement(Operation *op) {
  return isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp,
             tensor::ExtractSliceOp>(op) &&
         getElementTypeOrSelf(op->getResult(0)).isSignlessInteger();
}

namespace {
/// One layer: its operations in program order.
struct Layer {
  StringAttr name;
  SmallVector<Operation *> ops;
};

struct OutlineLayersPass
    : lowbit::impl::OutlineLayersPassBase<OutlineLayersPass> {
  void runOnOperation() override {
    SmallVector<func::FuncOp> functions;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic() && !function.isExternal())
        functions.push_back(function);
    SymbolTable symbols(getOperation());
    for (func::FuncOp function : functions) {
      collectRanges(function);
      for (const Layer &layer : collectLayers(function))
        outline(function, layer, symbols);
    }
  }

  /// Groups operations by layer. An operation joins the layer only when it can
  /// move up to the layer's other operations: its operands must not come from
  /// other operations after the layer began.
  SmallVector<Layer> collectLayers(func::FuncOp function) {
    SmallVector<Layer> layers;
    llvm::DenseMap<StringAttr, size_t> latest; // layer's last entry
    llvm::DenseMap<Operation *, size_t> owner;
    for (Operation &op : function.getOps()) {
      auto name = op.getAttrOfType<StringAttr>(kLayerAttr);
      if (!name && isSumMovement(&op)) {
        auto found = owner.find(op.getOperand(0).getDefiningOp());
        if (found != owner.end() &&
            isUsedInLayer(&op, layers[found->second].name))
          name = layers[found->second].name;
      }
      if (!name || isRematerialized(&op))
        continue;
      auto found = latest.find(name);
      if (found == latest.end() ||
          !canJoin(&op, layers[found->second], owner, found->second)) {
        latest[name] = layers.size();
        layers.push_back({name, {}});
      }
      layers[latest[name]].ops.push_back(&op);
      owner[&op] = latest[name];
    }
    return mergeEpilogues(std::move(layers), owner);
  }

  /// Lets layers of elementwise operations be part of the one that makes the
  /// last of their operands, if it has weights: kernels compute residual adds
  /// while the sums are in registers. What is a layer depends on no machine.
  static SmallVector<Layer>
  mergeEpilogues(SmallVector<Layer> layers,
                 llvm::DenseMap<Operation *, size_t> &owner) {
    SmallVector<Layer> kept;
    for (size_t index = 0; index != layers.size(); ++index) {
      Layer &layer = layers[index];
      std::optional<size_t> host = findHost(layers, index, owner);
      if (!host)
        continue;
      Layer &into = layers[*host];
      for (Operation *op : layer.ops)
        owner[op] = *host;
      llvm::append_range(into.ops, layer.ops);
      into.name = StringAttr::get(into.name.getContext(),
                                  into.name.strref() + Twine("+") +
                                      layer.name.strref());
      layer.ops.clear();
    }
    llvm::copy_if(layers, std::back_inserter(kept),
                  [](const Layer &layer) { return !layer.ops.empty(); });
    return kept;
  }

  /// The layer with weights that the one at `index` can join.
  static std::optional<size_t>
  findHost(ArrayRef<Layer> layers, size_t index,
           const llvm::DenseMap<Operation *, size_t> &owner) {
    ArrayRef<Operation *> ops = layers[index].ops;
    if (!llvm::all_of(ops, llvm::IsaPred<ThresholdOp, RescaleOp, AddOp>))
      return std::nullopt;
    for (Operation *op : ops)
      for (Value operand : op->getOperands()) {
        auto found = owner.find(operand.getDefiningOp());
        if (found == owner.end() || found->second == index)
          continue;
        const Layer &host = layers[found->second];
        auto isInside = [&](Operation *inner) {
          return canJoin(inner, host, owner, found->second, index);
        };
        if (llvm::any_of(host.ops, llvm::IsaPred<Conv2DOp, MatmulOp>) &&
            llvm::all_of(ops, isInside))
          return found->second;
      }
    return std::nullopt;
  }

  /// Whether a sum that `op` reshapes is read in the layer `name`: then it
  /// stays inside.
  static bool isUsedInLayer(Operation *op, StringAttr name) {
    return llvm::any_of(op->getUsers(), [&](Operation *user) {
      return user->getAttr(kLayerAttr) == name ||
             (isSumMovement(user) && isUsedInLayer(user, name));
    });
  }

  /// Whether the operands of `op` are there before `layer`, number `index`, or
  /// come from it, or from the one that moves there with `op`, if any does.
  static bool canJoin(Operation *op, const Layer &layer,
                      const llvm::DenseMap<Operation *, size_t> &owner,
                      size_t index, std::optional<size_t> moved = {}) {
    Operation *first = layer.ops.front();
    return llvm::all_of(op->getOperands(), [&](Value operand) {
      Operation *producer = operand.getDefiningOp();
      if (!producer || isRematerialized(producer) ||
          producer->isBeforeInBlock(first))
        return true;
      auto found = owner.find(producer);
      return found != owner.end() &&
             (found->second == index || found->second == moved);
    });
  }

  void outline(func::FuncOp function, const Layer &layer,
               SymbolTable &symbols) {
    llvm::SetVector<Value> inputs, outputs;
    llvm::SmallPtrSet<Operation *, 8> inside(layer.ops.begin(),
                                             layer.ops.end());
    for (Operation *op : layer.ops) {
      for (Value operand : op->getOperands()) {
        Operation *producer = operand.getDefiningOp();
        if (!producer ||
            (!inside.contains(producer) && !isRematerialized(producer)))
          inputs.insert(operand);
      }
      for (Value result : op->getResults())
        if (llvm::any_of(result.getUsers(), [&](Operation *user) {
              return !inside.contains(user);
            }))
          outputs.insert(result);
    }
    func::FuncOp made =
        createFunction(layer, inputs.getArrayRef(), outputs.getArrayRef());
    for (auto [index, input] : llvm::enumerate(inputs))
      stateRange(made, index, input);
    symbols.insert(made);
    OpBuilder builder(layer.ops.front());
    auto call = func::CallOp::create(builder, layer.ops.front()->getLoc(), made,
                                     inputs.getArrayRef());
    for (auto [output, result] :
         llvm::zip_equal(outputs.takeVector(), call.getResults())) {
      if (auto range = ranges.find(output); range != ranges.end())
        ranges[result] = range->second;
      output.replaceAllUsesWith(result);
    }
    for (Operation *op : llvm::reverse(layer.ops)) {
      // Another value may come to have the address of an erased one.
      for (Value result : op->getResults())
        ranges.erase(result);
      op->erase();
    }
    ++numLayers;
  }

  func::FuncOp createFunction(const Layer &layer, ArrayRef<Value> inputs,
                              ArrayRef<Value> outputs) {
    OpBuilder builder(&getContext());
    Location loc = layer.ops.front()->getLoc();
    auto type = builder.getFunctionType(TypeRange(ValueRange(inputs)),
                                        TypeRange(ValueRange(outputs)));
    auto function = func::FuncOp::create(builder, loc, layer.name, type);
    function.setPrivate();
    describe(function, layer);
    Block *block = function.addEntryBlock();
    builder.setInsertionPointToStart(block);
    IRMapping mapping;
    mapping.map(inputs, block->getArguments());
    for (Operation *op : layer.ops) {
      for (Value operand : op->getOperands())
        copyConstant(builder, operand, mapping);
      Operation *clone = builder.clone(*op, mapping);
      for (StringRef name : {StringRef(kLayerAttr), StringRef(kReasonAttr),
                             StringRef(kMultiplierFreeAttr)})
        clone->removeAttr(name);
    }
    SmallVector<Value> results;
    for (Value output : outputs)
      results.push_back(mapping.lookup(output));
    func::ReturnOp::create(builder, loc, results);
    return function;
  }

  /// Proves the ranges of all sums, and of codes that do not take all their
  /// levels, while the operations that make them are in sight.
  void collectRanges(func::FuncOp function) {
    ranges.clear();
    function.walk([&](Operation *op) {
      for (Value result : op->getResults()) {
        Type element = getElementTypeOrSelf(result);
        bool isInteger = getLevelSet(element) || element.isSignlessInteger();
        if (!isInteger || isRematerialized(op))
          continue;
        IntegerRange range = getRange(result);
        if (range != getTypeRange(element))
          ranges[result] = range;
      }
    });
  }

  /// Lets the function know the proven range of a sum that is handed to it.
  void stateRange(func::FuncOp function, unsigned index, Value input) {
    auto found = ranges.find(input);
    if (found != ranges.end())
      function.setArgAttr(
          index, kRangeAttr,
          DenseI64ArrayAttr::get(&getContext(),
                                 {found->second.lo, found->second.hi}));
  }

  llvm::DenseMap<Value, IntegerRange> ranges;

  void describe(func::FuncOp function, const Layer &layer) {
    auto [kernel, reason] = chooseKernel(layer.ops);
    int64_t macs = 0;
    bool isMultiplierFree = false;
    for (Operation *op : layer.ops) {
      macs += countMacs(op);
      isMultiplierFree |= op->hasAttr(kMultiplierFreeAttr);
    }
    Builder builder(&getContext());
    function->setAttr(kLayerAttr, layer.name);
    function->setAttr(kKernelAttr, KernelAttr::get(&getContext(), kernel));
    function->setAttr(kReasonAttr, builder.getStringAttr(reason));
    function->setAttr(kMacsAttr, builder.getI64IntegerAttr(macs));
    if (isMultiplierFree)
      function->setAttr(kMultiplierFreeAttr, builder.getUnitAttr());
  }

  /// Copies the constant (and what it is unpacked from) that makes `value`.
  static void copyConstant(OpBuilder &builder, Value value,
                           IRMapping &mapping) {
    Operation *producer = value.getDefiningOp();
    if (!producer || mapping.contains(value) || !isRematerialized(producer))
      return;
    for (Value operand : producer->getOperands())
      copyConstant(builder, operand, mapping);
    builder.clone(*producer, mapping);
  }
};
} // namespace
