//===- StepLimits.cpp - How fast steps can be -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StepLimits.h"

#include "Timing.h"
#include "lowbit/Conversion/Passes.h"
#include "lowbit/Driver/Engine.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;
using kernel::Family;
using kernel::PlanAttr;

/// Chains of steps: more than the latency of one, few enough for registers.
static constexpr int kChains = 8;
static constexpr int kIterations = 4000;

namespace {
/// Writes a function whose loop does one step of each chain.
class LoopWriter {
public:
  LoopWriter(PlanAttr plan, kernel::MachineAttr machine)
      : plan(plan), machine(machine), bytes(plan.getBytes()) {}

  std::string write() {
    vector = getCarriedType();
    os << llvm::formatv(
        "module attributes {{kernel.machine = {0}} {{\n"
        "func.func @main(%x: memref<{1}xi8>, %y: memref<{1}xi8> "
        "{{bufferize.result}, %workspace: memref<64xi8>) attributes "
        "{{lowbit.workspace = 64 : i64, lowbit.workspace_bound = 64 : i64, "
        "lowbit.workspace_peak = \"\"} {{\n"
        "%c0 = arith.constant 0 : index\n%c1 = arith.constant 1 : index\n"
        "%n = arith.constant {2} : index\n"
        "%low = arith.constant dense<15> : {3}\n",
        machine, kChains * bytes, kIterations, bytesType());
    for (int i = 0; i != kChains; ++i)
      writeStart(i);
    // Amounts below 32.
    os << llvm::formatv("%seven = arith.constant dense<7> : {0}\n"
                        "%w = vector.bitcast %b2 : {1} to {0}\n"
                        "%shift = arith.andi %w, %seven : {0}\n",
                        sumsType(), bytesType());
    os << llvm::formatv("%r:{0} = scf.for %i = %c0 to %n step %c1 iter_args(",
                        kChains);
    list([&](int i) { os << llvm::formatv("%a{0} = %s{0}", i); });
    os << ") -> (";
    list([&](int) { os << vector; });
    os << ") {\n";
    for (int i = 0; i != kChains; ++i)
      writeStep(i);
    os << "scf.yield ";
    list([&](int i) { os << llvm::formatv("%n{0}", i); });
    os << " : ";
    list([&](int) { os << vector; });
    os << "\n}\n";
    for (int i = 0; i != kChains; ++i)
      os << llvm::formatv(
          "%e{0} = vector.bitcast %r#{0} : {1} to {2}\n"
          "vector.store %e{0}, %y[%p{0}] : memref<{3}xi8>, {2}\n",
          i, vector, bytesType(), kChains * bytes);
    os << "return\n}\n}\n";
    return text;
  }

private:
  std::string getCarriedType() const {
    if (plan.getFamily() == Family::Lookup)
      return bytesType();
    return plan.isFloat() ? floatsType() : sumsType();
  }
  std::string floatsType() const {
    return llvm::formatv("vector<{0}xf32>", bytes / 4);
  }
  std::string bytesType() const {
    return llvm::formatv("vector<{0}xi8>", bytes);
  }
  std::string sumsType() const {
    return llvm::formatv("vector<{0}xi32>", bytes / 4);
  }

  void list(llvm::function_ref<void(int)> item) {
    for (int i = 0; i != kChains; ++i) {
      if (i != 0)
        os << ", ";
      item(i);
    }
  }

  /// Small numbers of the input: bytes %b, and %s as the loop carries them.
  /// Floats are made of integers, lest they be subnormal, which are slow.
  void writeStart(int i) {
    os << llvm::formatv("%p{0} = arith.constant {1} : index\n"
                        "%l{0} = vector.load %x[%p{0}] : memref<{2}xi8>, {3}\n"
                        "%b{0} = arith.andi %l{0}, %low : {3}\n",
                        i, i * bytes, kChains * bytes, bytesType());
    if (plan.isFloat())
      os << llvm::formatv("%i{0} = vector.bitcast %b{0} : {1} to {2}\n"
                          "%s{0} = arith.sitofp %i{0} : {2} to {3}\n",
                          i, bytesType(), sumsType(), vector);
    else
      os << llvm::formatv("%s{0} = vector.bitcast %b{0} : {1} to {2}\n", i,
                          bytesType(), vector);
  }

  void writeStep(int i) {
    switch (plan.getFamily()) {
    case Family::Dot:
    case Family::Depthwise:
      os << llvm::formatv(
          "%m{0} = vector.bitcast %a{0} : {1} to {2}\n"
          "%n{0} = kernel.dot {3}%a{0}, %m{0}, %b0 : {1}, {2}\n",
          i, vector, bytesType(), plan.getSignedInput() ? "signed " : "");
      return;
    case Family::Lookup: {
      bool isLong = plan.getEntries() > 64, isShort = plan.getEntries() == 16;
      os << llvm::formatv(
          "%n{0} = kernel.lookup (%b0{1}) in {2}, %a{0} : ({3}{4}), {3}\n", i,
          isLong ? ", %b1" : "", isShort ? bytes / 16 : 1, vector,
          isLong ? ", " + vector : "");
      return;
    }
    case Family::Shift:
      os << llvm::formatv("%m{0} = arith.shli %a{0}, %shift : {1}\n"
                          "%o{0} = arith.xori %m{0}, %s1 : {1}\n"
                          "%n{0} = arith.addi %a{0}, %o{0} : {1}\n",
                          i, vector);
      return;
    case Family::Float:
    case Family::FloatDepthwise:
      os << llvm::formatv("%m{0} = arith.mulf %a{0}, %s1 : {1}\n"
                          "%n{0} = arith.addf %m{0}, %s2 : {1}\n",
                          i, vector);
      return;
    }
    llvm_unreachable("all families are listed");
  }

  PlanAttr plan;
  kernel::MachineAttr machine;
  int64_t bytes;
  std::string vector, text;
  llvm::raw_string_ostream os{text};
};
} // namespace

/// Multiply-accumulates of a step whose lanes and channels are all of use.
static double countMacs(PlanAttr plan) {
  auto bytes = static_cast<double>(plan.getBytes());
  auto group = static_cast<double>(plan.getGroup());
  switch (plan.getFamily()) {
  case Family::Dot:
  case Family::Depthwise:
    return bytes;
  case Family::Lookup:
    return bytes * group;
  case Family::Shift:
    return bytes / 4 / group;
  case Family::Float:
  case Family::FloatDepthwise:
    return bytes / 4;
  }
  llvm_unreachable("all families are listed");
}

FailureOr<double> StepLimits::measure(PlanAttr plan) {
  std::string text = LoopWriter(plan, kernelMachine).write();
  if (auto found = known.find(text); found != known.end())
    return found->second;
  auto loops = parseSourceString<ModuleOp>(text, session.getContext());
  if (!loops ||
      failed(session.run(*loops, "measuring limits", [](OpPassManager &passes) {
        passes.addPass(createLowerKernelStepsPass());
      })))
    return failure();
  auto network = loadNetwork(session, *loops, machine);
  if (failed(network))
    return failure();
  Call call(**network, InputRange());
  double ns = measureNetwork(call, Budget{0.05, 0}).total().minNs;
  return known[text] = ns / kChains / kIterations;
}

FailureOr<double> StepLimits::getLeastTime(PlanAttr plan, int64_t macs) {
  FailureOr<double> step = measure(plan);
  if (failed(step))
    return failure();
  return *step * static_cast<double>(macs) / countMacs(plan);
}
