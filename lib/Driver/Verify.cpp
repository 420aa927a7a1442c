//===- Verify.cpp - lowbit verify -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Commands.h"
#include "lowbit/Driver/Engine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Threading.h"
#include "llvm/TargetParser/Host.h"

#include <cmath>
#include <set>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

/// Of float outputs, relative to max(1, |x|): exp and its like may differ in
/// the last bits. Integers must be equal.
static constexpr double kTolerance = 1e-5;

//===----------------------------------------------------------------------===//
// Comparing
//===----------------------------------------------------------------------===//

static bool isClose(double expected, double actual) {
  if (expected == actual || (std::isnan(expected) && std::isnan(actual)))
    return true;
  return std::abs(expected - actual) <=
         kTolerance * std::max(1.0, std::abs(expected));
}

/// One difference, in words.
static std::string describe(const Twine &what, const Twine &expected,
                            const Twine &actual) {
  return (what + " differs: " + expected + " in the evaluator, " + actual +
          " in native code")
      .str();
}

static std::string spellHash(uint64_t hash) {
  return llvm::formatv("{0:x-16}", hash);
}

static std::string spellReal(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.9g", value);
  return text;
}

/// The first difference between what the evaluator and the native code say;
/// empty when there is none.
static std::string findDifference(const Outcome &expected,
                                  const Outcome &actual,
                                  const target::Interface &interface) {
  for (auto [layer, left, right] :
       llvm::zip(interface.checksums, expected.checksums, actual.checksums))
    if (left != right)
      return describe("checksum of layer '" + Twine(layer) + "'",
                      spellHash(left), spellHash(right));
  for (auto [number, left, right] :
       llvm::enumerate(expected.outputs, actual.outputs))
    for (auto [element, x, y] : llvm::enumerate(left, right))
      if (interface.outputs[number].isFloat() ? !isClose(x, y) : x != y)
        return describe("element " + Twine(element) + " of output " +
                            Twine(number),
                        spellReal(x), spellReal(y));
  return "";
}

static bool areEqual(ArrayRef<target::Array> left,
                     ArrayRef<target::Array> right) {
  return llvm::equal(left, right,
                     [](const target::Array &x, const target::Array &y) {
                       return x.type == y.type && x.shape == y.shape;
                     });
}

/// Whether the two can be compared at all.
static LogicalResult checkInterfaces(const target::Interface &expected,
                                     const target::Interface &actual,
                                     Console &console) {
  if (!areEqual(expected.inputs, actual.inputs) ||
      !areEqual(expected.outputs, actual.outputs))
    return console.error("the object's inputs and outputs are not those of the "
                         "network; was it made from another one?");
  if (!actual.checksums.empty() && actual.checksums != expected.checksums)
    return console.error("the object's layers are not those of the network; "
                         "was it made from another one, or with another "
                         "recipe?");
  return success();
}

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

/// The native side of the comparison: the object of the request, or `module`
/// compiled.
static FailureOr<std::unique_ptr<Engine>>
makeNative(Session &session, const VerifyRequest &request, ModuleOp module) {
  if (!request.object.empty())
    return openSharedEngine(request.object, session.getConsole());
  OwningOpRef<ModuleOp> copy = module.clone();
  auto network = generateNetwork(session, *copy, request.code);
  if (failed(network))
    return failure();
  return makeNativeEngine(*std::move(network), session.getConsole());
}

static LogicalResult compare(const Engine &evaluator, const Engine &native,
                             const Samples &samples, unsigned threads,
                             Console &console) {
  const target::Interface &interface = native.getInterface();
  std::optional<std::pair<size_t, std::string>> first;
  auto consume = [&](size_t index, ArrayRef<Outcome> outcomes) {
    std::string difference =
        findDifference(outcomes.front(), outcomes.back(), interface);
    if (difference.empty())
      return success();
    if (!first || index < first->first)
      first = {index, difference};
    return failure();
  };
  LogicalResult result =
      runSamples({&evaluator, &native}, samples, threads, console, consume);
  if (first)
    return console.error("sample " + Twine(first->first) + ": " +
                         first->second);
  return result;
}

/// Samples that are run at once: all cores are used, none twice.
static unsigned countJobs(const VerifyRequest &request,
                          const target::Interface &interface) {
  if (request.jobs != 0 || interface.threads == 1)
    return request.jobs;
  unsigned cores = llvm::hardware_concurrency().compute_thread_count();
  return std::max(1U, cores / static_cast<unsigned>(interface.threads));
}

static void summarize(const VerifyRequest &request,
                      const target::Interface &interface, size_t layers,
                      size_t samples, Console &console) {
  StringRef cpu = request.code.cpu;
  if (!request.object.empty() || cpu.empty() || cpu == "native")
    cpu = llvm::sys::getHostCPUName();
  std::string where =
      ("equal between evaluator and native code (" + cpu + ")").str();
  bool hasFloats =
      llvm::any_of(interface.outputs, [](const target::Array &output) {
        return output.isFloat();
      });
  if (layers != 0)
    console.summary("exact: " + Twine(layers) + " layers x " + Twine(samples) +
                    " samples " + where);
  else if (!hasFloats)
    console.summary("exact: outputs x " + Twine(samples) + " samples " + where);
  else
    console.summary("close: outputs x " + Twine(samples) + " samples " + where +
                    " within 1e-5");
}

LogicalResult driver::verify(Session &session, VerifyRequest request) {
  Console &console = session.getConsole();
  if (failed(checkThreads(request.code, console)))
    return failure();
  auto quantization = complete(request.quantization, console);
  if (failed(quantization) ||
      failed(requireSingleSamples(*quantization, console)))
    return failure();
  auto samples = Samples::open(request.data, request.limit,
                               quantization->normalization, console);
  if (failed(samples))
    return failure();
  OwningOpRef<ModuleOp> module = session.parse(request.network);
  if (!module || failed(quantize(session, *module, *quantization)) ||
      failed(plan(session, *module, request.code, /*checksums=*/true)))
    return failure();
  auto native = makeNative(session, request, *module);
  if (failed(native))
    return failure();
  auto evaluator = makeEvaluatorEngine(std::move(module), console);
  if (failed(evaluator) ||
      failed(checkInterfaces((*evaluator)->getInterface(),
                             (*native)->getInterface(), console)))
    return failure();
  // A layer that hands on two values has two checksums.
  const std::vector<std::string> &names = (*native)->getInterface().checksums;
  size_t layers = std::set<std::string>(names.begin(), names.end()).size();
  if (layers == 0)
    console.note(request.object.empty()
                     ? "no layer has integers: only outputs are compared"
                     : "'" + request.object +
                           "' was compiled without --checksums: only outputs "
                           "are compared");
  if (failed(compare(**evaluator, **native, *samples,
                     countJobs(request, (*native)->getInterface()), console)))
    return failure();
  summarize(request, (*native)->getInterface(), layers, samples->size(),
            console);
  return success();
}
