//===- Bench.cpp - lowbit bench -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BenchReport.h"
#include "Core.h"
#include "StepLimits.h"
#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Conversion/Storage.h"
#include "lowbit/Driver/Commands.h"
#include "lowbit/Driver/Engine.h"
#include "lowbit/Driver/Report.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

/// A day: longer times are typing errors.
static constexpr double kMaxSeconds = 86400;

//===----------------------------------------------------------------------===//
// What layers read and write
//===----------------------------------------------------------------------===//

/// Bytes of a tensor or buffer as it lies in memory.
static int64_t countBytes(Type type) {
  auto shaped = cast<ShapedType>(type);
  Type element = shaped.getElementType();
  if (auto set = getLevelSet(type))
    element = getStorageType(type.getContext(), *set);
  return shaped.getNumElements() *
         llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

static int64_t countBytes(TypeRange types) {
  int64_t bytes = 0;
  for (Type type : types)
    bytes += countBytes(type);
  return bytes;
}

/// The layers of a planned module, without times and constants, in program
/// order.
static std::vector<LayerBench> describeLayers(ModuleOp planned) {
  std::vector<LayerBench> layers;
  for (const LayerReport &report : makeReport(planned, {}).layers) {
    auto function = planned.lookupSymbol<func::FuncOp>(report.name);
    LayerBench layer;
    layer.name = report.name;
    layer.kernel = report.kernel;
    layer.macs = report.macs;
    layer.inputBytes = countBytes(function.getArgumentTypes());
    layer.outputBytes = countBytes(function.getResultTypes());
    function.walk([&](Operation *op) {
      if (auto plan = op->getAttrOfType<kernel::PlanAttr>(kernel::kPlanAttr))
        layer.plan = plan;
    });
    layers.push_back(std::move(layer));
  }
  return layers;
}

/// Adds the constants as the loops have them: packed, padded, or in the order
/// of a kernel.
static void addConstants(LayerBench &layer, ModuleOp loops) {
  llvm::StringMap<Type> constants;
  loops.lookupSymbol<func::FuncOp>(layer.name)
      .walk([&](memref::GetGlobalOp op) {
        constants.try_emplace(op.getName(), op.getType());
      });
  for (const auto &constant : constants)
    layer.constantBytes += countBytes(constant.getValue());
}

//===----------------------------------------------------------------------===//
// What networks read
//===----------------------------------------------------------------------===//

/// The numbers that an input's quantizer tells apart, if it has one right
/// there.
static InputRange getRange(BlockArgument input) {
  for (Operation *user : input.getUsers()) {
    auto quantizer = dyn_cast<QuantizeOp>(user);
    DenseFPElementsAttr scale;
    if (!quantizer || !matchPattern(quantizer.getScale(), m_Constant(&scale)))
      continue;
    auto set = getLevelSet(quantizer.getResult().getType());
    float step = (*scale.value_begin<APFloat>()).convertToFloat();
    return {step * static_cast<float>(set->minLevel()),
            step * static_cast<float>(set->maxLevel())};
  }
  return InputRange();
}

//===----------------------------------------------------------------------===//
// Networks
//===----------------------------------------------------------------------===//

namespace {
/// What is measured.
struct Subject {
  std::unique_ptr<target::Network> network;
  /// The same with time stamps; null where layers cannot be timed.
  std::unique_ptr<target::Network> stamped;
  /// The same for one thread; null where `network` has one.
  std::unique_ptr<target::Network> alone;
  std::vector<LayerBench> layers;
  std::vector<InputRange> ranges; ///< one for each input
  kernel::MachineAttr machine;    ///< of the layers
};
} // namespace

/// What lowbit-insert-timers needs on this machine; nothing where code of this
/// process may not read the counter, or the counter does not count time.
static std::optional<TimerBarrier> getBarrier() {
  llvm::Triple host(llvm::sys::getProcessTriple());
  if (host.getArch() == llvm::Triple::x86_64)
    return TimerBarrier::Lfence;
  if (host.isAArch64())
    return TimerBarrier::Isb;
  return std::nullopt;
}

static FailureOr<Subject> openShared(const BenchRequest &request,
                                     Console &console) {
  if (request.quantization.batch)
    return console.error("a shared object has its batch size; --batch is for "
                         "networks in MLIR");
  if (request.code.threads != 1)
    return console.error("a shared object has its number of threads; --threads "
                         "is for networks in MLIR");
  auto network = openSharedNetwork(request.network, console);
  if (failed(network))
    return failure();
  Subject subject;
  subject.network = *std::move(network);
  subject.ranges.resize(subject.network->interface().inputs.size());
  if (!request.samplesOnly)
    console.note("only the whole of a shared object is timed; layers need the "
                 "network in MLIR");
  return subject;
}

/// Adds a build with time stamps of the same loops.
static LogicalResult addStamped(Session &session, const BenchRequest &request,
                                ModuleOp loops, Subject &subject) {
  auto barrier = getBarrier();
  if (!barrier) {
    session.getConsole().note("layer times are not available: programs cannot "
                              "read a time counter on this processor");
    return success();
  }
  InsertTimersPassOptions timers{*barrier};
  if (failed(session.run(loops, "inserting time stamps",
                         [&](OpPassManager &passes) {
                           passes.addPass(createInsertTimersPass(timers));
                           passes.addPass(createVerifyLoopsPass());
                         })))
    return failure();
  // A network without layers has no stamps.
  auto names = getNetworkFunction(loops)->getAttrOfType<ArrayAttr>(kTimersAttr);
  if (!names)
    return success();
  assert(names.size() == subject.layers.size() && "a call for each layer");
  for (LayerBench &layer : subject.layers)
    addConstants(layer, loops);
  auto network = loadNetwork(session, loops, request.code);
  if (failed(network))
    return failure();
  subject.stamped = *std::move(network);
  return success();
}

/// Adds a build for one thread of the same plans, where threads share loops.
static LogicalResult addAlone(Session &session, const BenchRequest &request,
                              ModuleOp planned, Subject &subject) {
  if (request.code.threads == 1 || request.samplesOnly)
    return success();
  OwningOpRef<ModuleOp> copy = planned.clone();
  (*copy)->removeAttr(kernel::kThreadsAttr);
  auto network = generateNetwork(session, *copy, request.code);
  if (failed(network))
    return failure();
  subject.alone = *std::move(network);
  return success();
}

static FailureOr<Subject> makeSubject(Session &session,
                                      const BenchRequest &request) {
  if (isSharedObject(request.network))
    return openShared(request, session.getConsole());
  OwningOpRef<ModuleOp> module = session.parse(request.network);
  if (!module || failed(quantize(session, *module, request.quantization)))
    return failure();
  Subject subject;
  for (BlockArgument input : getNetworkFunction(*module).getArguments())
    subject.ranges.push_back(getRange(input));
  if (failed(plan(session, *module, request.code, /*checksums=*/false)))
    return failure();
  subject.layers = describeLayers(*module);
  subject.machine =
      (*module)->getAttrOfType<kernel::MachineAttr>(kernel::kMachineAttr);
  if (failed(addAlone(session, request, *module, subject)) ||
      failed(makeLoops(session, *module)))
    return failure();
  OwningOpRef<ModuleOp> copy = module->clone();
  auto network = loadNetwork(session, *copy, request.code);
  if (failed(network) ||
      (!request.samplesOnly &&
       failed(addStamped(session, request, *module, subject))))
    return failure();
  subject.network = *std::move(network);
  return subject;
}

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

/// What can be checked without long work.
static LogicalResult checkRequest(const BenchRequest &request,
                                  Console &console) {
  if (!(request.seconds > 0 && request.seconds <= kMaxSeconds))
    return console.error("--seconds must be more than 0 and at most 86400");
  // Of a shared object they are known when it is open.
  if (!isSharedObject(request.network) &&
      (failed(checkThreads(request.code, console)) ||
       failed(checkCores(request.cores, request.code.threads, console))))
    return failure();
  return requireRunnable(request.code, console);
}

/// Times the layers of `subject` into `report`. `call` is of the network
/// without stamps, and has run.
static LogicalResult measureByLayer(const Subject &subject, const Call &call,
                                    const Budget &budget, BenchReport &report,
                                    Console &console) {
  console.progress("timing layers");
  Call stamped(*subject.stamped, subject.ranges);
  auto times = measureLayers(stamped, budget);
  if (!times) {
    console.note("layer times are not available: the time counter of this "
                 "machine stands still");
    return success();
  }
  if (stamped.getOutputs().drop_back() != call.getOutputs())
    return console.error("the network with time stamps answers otherwise than "
                         "the one without; this is a fault of lowbit");
  report.byLayer =
      LayersBench{subject.layers, times->outside, times->network, times->runs};
  for (auto [layer, time] :
       llvm::zip_equal(report.byLayer->layers, times->layers))
    layer.times = time;
  return success();
}

/// Adds what the layers with kernels take at least, on as many cores as there
/// are threads.
static LogicalResult addLimits(Session &session, const BenchRequest &request,
                               Subject &subject) {
  StepLimits limits(session, request.code, subject.machine);
  for (LayerBench &layer : subject.layers) {
    if (!layer.plan)
      continue;
    FailureOr<double> ns = limits.getLeastTime(layer.plan, layer.macs);
    if (failed(ns))
      return failure();
    layer.leastNs =
        *ns / static_cast<double>(subject.network->interface().threads);
  }
  return success();
}

/// Times the network for one thread into `report`.
static LogicalResult measureAlone(const Subject &subject, const Call &call,
                                  const Budget &budget, BenchReport &report,
                                  Console &console) {
  console.progress("timing one thread");
  Call alone(*subject.alone, subject.ranges);
  report.alone = measureNetwork(alone, budget);
  if (alone.getOutputs() == call.getOutputs())
    return success();
  return console.error("the network answers otherwise on " +
                       Twine(report.threads) +
                       " threads than on one; this is a fault of lowbit");
}

static FailureOr<BenchReport>
measure(Session &session, const BenchRequest &request, Subject &subject) {
  Console &console = session.getConsole();
  Budget budget{request.seconds, request.rounds};
  BenchReport report;
  report.cpu = llvm::sys::getHostCPUName().str();
  // Code that shares nothing has one thread, whatever it may have.
  size_t threads = std::max<size_t>(request.code.threads,
                                    subject.network->interface().threads);
  if (failed(checkCores(request.cores, threads, console)))
    return failure();
  auto cores = pinToCores(request.cores, threads, console);
  if (failed(cores))
    return failure();
  report.cores = *std::move(cores);
  report.threads = subject.network->interface().threads;
  if (subject.stamped && failed(addLimits(session, request, subject)))
    return failure();
  Call call(*subject.network, subject.ranges);
  if (int code = call.run())
    return console.error("the network returned " + Twine(code) +
                         " instead of 0");
  console.progress("timing the network");
  report.whole = measureNetwork(call, budget);
  if (subject.alone &&
      failed(measureAlone(subject, call, budget, report, console)))
    return failure();
  if (subject.stamped &&
      failed(measureByLayer(subject, call, budget, report, console)))
    return failure();
  return report;
}

LogicalResult driver::bench(Session &session, BenchRequest request) {
  Console &console = session.getConsole();
  if (failed(checkRequest(request, console)))
    return failure();
  auto quantization = complete(request.quantization, console);
  if (failed(quantization))
    return failure();
  request.quantization = *std::move(quantization);
  auto subject = makeSubject(session, request);
  if (failed(subject))
    return failure();
  auto report = measure(session, request, *subject);
  if (failed(report))
    return failure();
  if (!request.json.empty()) {
    std::string text = llvm::formatv("{0:2}\n", report->toJson(request));
    if (llvm::Error error = target::writeFile(request.json, text))
      return console.error(std::move(error));
  }
  if (!request.samplesOnly) {
    report->print(console.results(), request);
    return success();
  }
  for (double ns : report->whole.rounds)
    console.results() << llvm::formatv("{0:F1}\n", ns);
  return success();
}
