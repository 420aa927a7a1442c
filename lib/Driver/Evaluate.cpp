//===- Evaluate.cpp - lowbit eval and run -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Npy.h"
#include "Timing.h"
#include "lowbit/Driver/Commands.h"
#include "lowbit/Driver/Engine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

/// Opens or compiles what the request asks for. `request.quantization` is
/// complete.
static FailureOr<std::unique_ptr<Engine>>
makeEngine(Session &session, const RunRequest &request, bool useEvaluator) {
  Console &console = session.getConsole();
  if (failed(requireSingleSamples(request.quantization, console)))
    return failure();
  if (isSharedObject(request.network)) {
    if (request.quantization.batch)
      return console.error("a shared object has its batch size; --batch is for "
                           "networks in MLIR");
    if (useEvaluator)
      return console.error("the evaluator needs a network in MLIR, not a "
                           "shared object");
    return openSharedEngine(request.network, console);
  }
  OwningOpRef<ModuleOp> module = session.parse(request.network);
  if (!module || failed(quantize(session, *module, request.quantization)))
    return failure();
  if (useEvaluator)
    return makeEvaluatorEngine(std::move(module), console);
  if (failed(plan(session, *module, CodeOptions(), /*checksums=*/false)))
    return failure();
  auto network = generateNetwork(session, *module, target::Machine());
  if (failed(network))
    return failure();
  return makeNativeEngine(*std::move(network), console);
}

//===----------------------------------------------------------------------===//
// eval
//===----------------------------------------------------------------------===//

namespace {
struct Accuracy {
  size_t samples = 0;
  size_t correct = 0;
  /// Wall time per sample; nothing when it was not measured.
  std::optional<double> medianMicroseconds;

  double top1() const { return static_cast<double>(correct) / samples; }
};
} // namespace

static LogicalResult writeJson(const EvalRequest &request,
                               const Accuracy &accuracy, Console &console) {
  llvm::json::Object object{
      {"samples", static_cast<int64_t>(accuracy.samples)},
      {"correct", static_cast<int64_t>(accuracy.correct)},
      {"top1", accuracy.top1()},
      {"engine", request.useEvaluator ? "evaluator" : "native"},
      {"median_us", accuracy.medianMicroseconds}};
  std::string text =
      llvm::formatv("{0:2}\n", llvm::json::Value(std::move(object))).str();
  if (llvm::Error error = target::writeFile(request.json, text))
    return console.error(std::move(error));
  return success();
}

static FailureOr<Accuracy> measure(const Engine &engine, const Samples &samples,
                                   const EvalRequest &request,
                                   Console &console) {
  Accuracy accuracy;
  accuracy.samples = samples.size();
  std::vector<double> times;
  auto count = [&](size_t index, ArrayRef<Outcome> outcomes) {
    const Outcome &outcome = outcomes.front();
    accuracy.correct += outcome.predictedClass() == samples.label(index);
    times.push_back(outcome.microseconds);
    return success();
  };
  if (failed(runSamples(&engine, samples, request.jobs, console, count)))
    return failure();
  if (request.jobs == 1 && !request.useEvaluator)
    accuracy.medianMicroseconds = getMedian(std::move(times));
  return accuracy;
}

LogicalResult driver::eval(Session &session, EvalRequest request) {
  Console &console = session.getConsole();
  auto quantization = complete(std::move(request.quantization), console);
  if (failed(quantization))
    return failure();
  request.quantization = *std::move(quantization);
  auto samples = Samples::open(request.data, request.limit,
                               request.quantization.normalization, console);
  if (failed(samples) || failed(samples->requireLabels()))
    return failure();
  auto engine = makeEngine(session, request, request.useEvaluator);
  if (failed(engine))
    return failure();
  auto accuracy = measure(**engine, *samples, request, console);
  if (failed(accuracy))
    return failure();
  if (!request.json.empty() && failed(writeJson(request, *accuracy, console)))
    return failure();
  console.results() << llvm::format("top-1 %.2f %%", 100 * accuracy->top1())
                    << " (" << accuracy->correct << " of " << accuracy->samples
                    << ")\n";
  if (accuracy->medianMicroseconds)
    console.results() << llvm::format("median %.1f us per sample\n",
                                      *accuracy->medianMicroseconds);
  return success();
}

//===----------------------------------------------------------------------===//
// run
//===----------------------------------------------------------------------===//

/// More elements of an output than these are not printed.
static constexpr size_t kPrintedElements = 16;

static void print(raw_ostream &os, ArrayRef<double> values, bool isFloat) {
  for (double value : values.take_front(kPrintedElements))
    os << llvm::format(isFloat ? " %g" : " %.0f", value);
  if (values.size() > kPrintedElements)
    os << " ... (" << values.size() << " values)";
  os << '\n';
}

static void print(raw_ostream &os, size_t index, const Outcome &outcome,
                  const target::Interface &interface) {
  os << index << ": class " << outcome.predictedClass() << ':';
  for (auto [number, values] : llvm::enumerate(outcome.outputs)) {
    if (number != 0)
      os << "  output " << number << ':';
    print(os, values, interface.outputs[number].isFloat());
  }
}

/// Shape of the array of all outputs: samples first, then the only output's
/// shape without its batch of 1, or the elements of all outputs in a row.
static std::vector<int64_t> getNpyShape(const target::Interface &interface,
                                        size_t samples) {
  std::vector<int64_t> shape = {static_cast<int64_t>(samples)};
  if (interface.outputs.size() == 1) {
    ArrayRef<int64_t> rest = interface.outputs.front().shape;
    if (!rest.empty() && rest.front() == 1)
      rest = rest.drop_front();
    llvm::append_range(shape, rest);
    return shape;
  }
  int64_t elements = 0;
  for (const target::Array &output : interface.outputs)
    elements += output.numElements();
  shape.push_back(elements);
  return shape;
}

/// The element type of the array of all outputs: theirs, or one that holds all
/// of theirs.
static std::string getNpyType(const target::Interface &interface) {
  const std::string &first = interface.outputs.front().type;
  bool isOnly =
      llvm::all_of(interface.outputs, [&](const target::Array &output) {
        return output.type == first;
      });
  return isOnly ? first : "f64";
}

LogicalResult driver::run(Session &session, PrintRequest request) {
  Console &console = session.getConsole();
  auto quantization = complete(std::move(request.quantization), console);
  if (failed(quantization))
    return failure();
  request.quantization = *std::move(quantization);
  auto samples = Samples::open(request.data, request.limit,
                               request.quantization.normalization, console);
  if (failed(samples))
    return failure();
  auto engine = makeEngine(session, request, /*useEvaluator=*/false);
  if (failed(engine))
    return failure();
  const Engine *only = engine->get();
  std::vector<double> all;
  auto consume = [&](size_t index, ArrayRef<Outcome> outcomes) {
    print(console.results(), index, outcomes.front(), only->getInterface());
    if (!request.npy.empty())
      for (const std::vector<double> &values : outcomes.front().outputs)
        all.insert(all.end(), values.begin(), values.end());
    return success();
  };
  if (failed(runSamples(only, *samples, /*threads=*/1, console, consume)))
    return failure();
  if (request.npy.empty())
    return success();
  std::string content =
      encodeNpy(getNpyShape(only->getInterface(), samples->size()),
                getNpyType(only->getInterface()), all);
  if (llvm::Error error = target::writeFile(request.npy, content))
    return console.error(std::move(error));
  return success();
}
