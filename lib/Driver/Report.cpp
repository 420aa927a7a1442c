//===- Report.cpp - What became of every layer -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Report.h"

#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

//===----------------------------------------------------------------------===//
// Reading layers
//===----------------------------------------------------------------------===//

/// The elements of a value: a level set, or the name of a plain type.
static std::string describeElements(Type type) {
  if (auto set = getLevelSet(type))
    return set->str();
  std::string text;
  llvm::raw_string_ostream(text) << getElementTypeOrSelf(type);
  return text;
}

/// The constant weights of `op`; null for operations without any.
static Value getWeights(Operation *op) {
  if (!isa<Conv2DOp, MatmulOp, tosa::Conv2DOp, tosa::DepthwiseConv2DOp,
           tosa::TransposeConv2DOp, tosa::Conv3DOp, tosa::MatMulOp>(op))
    return Value();
  Operation *producer = op->getOperand(1).getDefiningOp();
  bool isConstant = producer && (isa<UnpackOp>(producer) ||
                                 matchPattern(producer, m_Constant()));
  return isConstant ? op->getOperand(1) : Value();
}

/// Bytes of the weights of `op` in the object.
static int64_t countStoredBytes(Operation *op, Value weights) {
  if (auto bytes = op->getAttrOfType<IntegerAttr>(kernel::kWeightBytesAttr))
    return bytes.getInt();
  auto type = cast<RankedTensorType>(weights.getType());
  if (auto unpack = weights.getDefiningOp<UnpackOp>())
    return cast<RankedTensorType>(unpack->getOperand(0).getType())
        .getNumElements();
  return type.getNumElements() *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

static void addWeights(LayerReport &layer, Operation *op, Value weights) {
  std::string elements = describeElements(weights.getType());
  layer.weights =
      layer.weights.empty() ? elements : layer.weights + ", " + elements;
  layer.numWeights +=
      cast<RankedTensorType>(weights.getType()).getNumElements();
  layer.weightBytes += countStoredBytes(op, weights);
}

/// Notes trained levels, which only ops on codes store as such.
static void addTrained(LayerReport &layer, Operation *op) {
  auto trained = op->getAttrOfType<TrainedAttr>(kTrainedAttr);
  if (!trained)
    return;
  layer.trained = describeElements(trained.getLevels());
  layer.keepsTrained = !isa<tosa::TosaDialect>(op->getDialect());
}

static LayerReport describeLayer(func::FuncOp function) {
  LayerReport layer;
  auto text = [&](StringRef name) {
    auto attribute = function->getAttrOfType<StringAttr>(name);
    return attribute ? attribute.str() : std::string();
  };
  layer.name = function.getName().str();
  layer.reason = text(kReasonAttr);
  if (auto kernel = function->getAttrOfType<KernelAttr>(kKernelAttr))
    layer.kernel = stringifyKernel(kernel.getValue()).str();
  if (auto macs = function->getAttrOfType<IntegerAttr>(kMacsAttr))
    layer.macs = macs.getInt();
  for (Type type : function.getArgumentTypes())
    layer.inputs.push_back(describeElements(type));
  for (Type type : function.getResultTypes())
    layer.outputs.push_back(describeElements(type));
  if (function.getNumResults() != 0)
    if (auto type = dyn_cast<RankedTensorType>(function.getResultTypes()[0]))
      layer.shape = type.getShape().vec();
  function.walk([&](Operation *op) {
    if (Value weights = getWeights(op))
      addWeights(layer, op, weights);
    addTrained(layer, op);
  });
  if (layer.weights.empty())
    layer.weights = "-";
  return layer;
}

static bool isFallback(func::FuncOp function, ArrayRef<Fallback> fallbacks) {
  auto layer = function->getAttrOfType<StringAttr>(kLayerAttr);
  auto reason = function->getAttrOfType<StringAttr>(kReasonAttr);
  return layer && reason &&
         llvm::any_of(fallbacks, [&](const Fallback &fallback) {
           return fallback.layer == layer.strref() &&
                  fallback.reason == reason.strref();
         });
}

NetworkReport driver::makeReport(ModuleOp module,
                                 ArrayRef<Fallback> fallbacks) {
  NetworkReport report;
  SymbolTable symbols(module);
  for (auto call : getNetworkFunction(module).getOps<func::CallOp>()) {
    auto function = symbols.lookup<func::FuncOp>(call.getCallee());
    if (!function || !function->hasAttr(kLayerAttr))
      continue;
    report.layers.push_back(describeLayer(function));
    report.layers.back().isFallback = isFallback(function, fallbacks);
  }
  return report;
}

/// How many threads share the loops of a layer, at most.
static int64_t countThreads(func::FuncOp function) {
  int64_t threads = 1;
  function.walk([&](scf::ParallelOp op) {
    if (auto count = getConstantIntValue(op.getUpperBound().front()))
      threads = std::max(threads, *count);
  });
  return threads;
}

void driver::addThreads(NetworkReport &report, ModuleOp loops) {
  if (kernel::getThreads(loops) == 1)
    return;
  SymbolTable symbols(loops);
  for (LayerReport &layer : report.layers) {
    auto function = symbols.lookup<func::FuncOp>(layer.name);
    layer.threads = function ? countThreads(function) : 1;
    if (layer.threads == 1)
      layer.reason += "; too little work to divide";
  }
}

//===----------------------------------------------------------------------===//
// Totals and JSON
//===----------------------------------------------------------------------===//

static void addCounts(LayerReport &total, const LayerReport &layer) {
  total.macs += layer.macs;
  total.numWeights += layer.numWeights;
  total.weightBytes += layer.weightBytes;
}

LayerReport NetworkReport::totals() const {
  LayerReport total;
  for (const LayerReport &layer : layers)
    addCounts(total, layer);
  return total;
}

LayerReport NetworkReport::trainedTotals() const {
  LayerReport total;
  for (const LayerReport &layer : layers)
    if (layer.keepsTrained)
      addCounts(total, layer);
  return total;
}

size_t NetworkReport::numTrained() const {
  return llvm::count_if(
      layers, [](const LayerReport &layer) { return layer.keepsTrained; });
}

size_t NetworkReport::numFallbacks() const {
  return llvm::count_if(
      layers, [](const LayerReport &layer) { return layer.isFallback; });
}

static llvm::json::Object countsToJson(const LayerReport &layer) {
  return llvm::json::Object{{"macs", layer.macs},
                            {"weight_bytes", layer.weightBytes},
                            {"float_bytes", layer.floatBytes()}};
}

llvm::json::Value NetworkReport::toJson() const {
  llvm::json::Array list;
  for (const LayerReport &layer : layers) {
    llvm::json::Object object = countsToJson(layer);
    object["name"] = layer.name;
    object["kernel"] = layer.kernel;
    object["weights"] = layer.weights;
    object["inputs"] = llvm::json::Array(layer.inputs);
    object["outputs"] = llvm::json::Array(layer.outputs);
    object["shape"] = llvm::json::Array(layer.shape);
    if (!layer.trained.empty()) {
      object["trained"] = layer.trained;
      object["keeps_trained"] = layer.keepsTrained;
    }
    object["reason"] = layer.reason;
    if (layer.threads != 0)
      object["threads"] = layer.threads;
    object["fallback"] = layer.isFallback;
    list.push_back(std::move(object));
  }
  llvm::json::Object total = countsToJson(totals());
  total["layers"] = static_cast<int64_t>(layers.size());
  total["fallbacks"] = static_cast<int64_t>(numFallbacks());
  LayerReport trained = trainedTotals();
  total["trained_layers"] = static_cast<int64_t>(numTrained());
  total["trained_bytes"] = trained.weightBytes;
  total["trained_float_bytes"] = trained.floatBytes();
  if (workspace) {
    total["workspace_bytes"] = workspace->bytes;
    total["workspace_lower_bound"] = workspace->lowerBound;
    total["workspace_peak_layer"] = workspace->peakLayer;
  }
  return llvm::json::Object{{"layers", std::move(list)},
                            {"total", std::move(total)}};
}
