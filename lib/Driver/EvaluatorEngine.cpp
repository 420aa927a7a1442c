//===- EvaluatorEngine.cpp - Running the reference evaluator -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitDialect.h"
#include "lowbit/Driver/Engine.h"
#include "lowbit/Reference/Evaluator.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

static target::Array describe(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  std::string element;
  llvm::raw_string_ostream(element) << tensor.getElementType();
  return {element, tensor.getShape().vec()};
}

static target::Interface describe(func::FuncOp function) {
  target::Interface interface;
  interface.name = function.getName().str();
  for (Type type : function.getArgumentTypes())
    interface.inputs.push_back(describe(type));
  for (Type type : function.getResultTypes())
    interface.outputs.push_back(describe(type));
  auto names = function->getAttrOfType<ArrayAttr>(kChecksumsAttr);
  if (!names)
    return interface;
  interface.outputs.pop_back();
  for (auto name : names.getAsRange<StringAttr>())
    interface.checksums.push_back(name.str());
  return interface;
}

/// The input for a normalized sample.
static reference::Tensor makeInput(const target::Array &array,
                                   ArrayRef<float> sample) {
  if (array.isFloat())
    return {array.shape, std::vector<float>(sample.begin(), sample.end())};
  return {array.shape, data::toIntegers(sample, array.numBits())};
}

static std::vector<double> toReals(const reference::Tensor &tensor) {
  if (tensor.isFloat())
    return {tensor.floats().begin(), tensor.floats().end()};
  return {tensor.integers().begin(), tensor.integers().end()};
}

namespace {
class EvaluatorWorker : public Engine::Worker {
public:
  EvaluatorWorker(const reference::Evaluator &evaluator,
                  const target::Interface &interface)
      : evaluator(evaluator), interface(interface) {}

  LogicalResult run(ArrayRef<float> input, Outcome &outcome) override {
    reference::Tensor tensor = makeInput(interface.inputs.front(), input);
    auto start = std::chrono::steady_clock::now();
    auto results = evaluator.run({tensor});
    std::chrono::duration<double, std::micro> time =
        std::chrono::steady_clock::now() - start;
    if (failed(results))
      return failure();
    outcome.microseconds = time.count();
    outcome.checksums.clear();
    if (!interface.checksums.empty()) {
      ArrayRef<int64_t> hashes = results->back().integers();
      outcome.checksums.assign(hashes.begin(), hashes.end());
      results->pop_back();
    }
    outcome.outputs.clear();
    for (const reference::Tensor &result : *results)
      outcome.outputs.push_back(toReals(result));
    return success();
  }

private:
  const reference::Evaluator &evaluator;
  const target::Interface &interface;
};

class EvaluatorEngine : public Engine {
public:
  EvaluatorEngine(OwningOpRef<ModuleOp> module, reference::Evaluator evaluator)
      : module(std::move(module)), evaluator(std::move(evaluator)) {
    interface = describe(getNetworkFunction(*this->module));
  }

  std::unique_ptr<Worker> makeWorker() const override {
    return std::make_unique<EvaluatorWorker>(evaluator, interface);
  }

private:
  OwningOpRef<ModuleOp> module;
  reference::Evaluator evaluator;
};
} // namespace

FailureOr<std::unique_ptr<Engine>>
driver::makeEvaluatorEngine(OwningOpRef<ModuleOp> module, Console &console) {
  func::FuncOp function = getNetworkFunction(*module);
  if (!function || function.getNumArguments() != 1)
    return console.error("data can feed a network of one input, this one has " +
                         Twine(function ? function.getNumArguments() : 0) +
                         " inputs");
  auto evaluator = reference::Evaluator::create(function);
  if (failed(evaluator))
    return failure();
  return std::unique_ptr<Engine>(std::make_unique<EvaluatorEngine>(
      std::move(module), *std::move(evaluator)));
}
