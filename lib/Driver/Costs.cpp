//===- Costs.cpp - lowbit costs -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"
#include "Timing.h"
#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Driver/Commands.h"
#include "lowbit/Driver/Engine.h"
#include "lowbit/Transforms/KernelCosts.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/TargetParser/Host.h"

#include <algorithm>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;
using kernel::Family;
using numerics::LevelSet;

/// Rows and columns of the output, and of the filter.
static constexpr int64_t kImage = 28, kFilter = 3;
static constexpr int64_t kChannels = 64;

//===----------------------------------------------------------------------===//
// Layers to time
//===----------------------------------------------------------------------===//

namespace {
/// A convolution with weights of one level, computed by one plan.
struct Trial {
  LevelSet inputs, weights;
  unsigned sumBits;
  int64_t outputs;
  kernel::PlanAttr plan;
};
} // namespace

static OwningOpRef<ModuleOp> makeLayer(MLIRContext *context, const Trial &trial,
                                       kernel::MachineAttr machine) {
  OpBuilder builder(context);
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  (*module)->setAttr(kernel::kMachineAttr, machine);
  builder.setInsertionPointToEnd(module->getBody());
  bool isDepthwise = trial.plan.getFamily() == Family::Depthwise;
  int64_t groups = isDepthwise ? kChannels : 1, side = kImage + kFilter - 1;
  auto input = RankedTensorType::get({1, side, side, kChannels},
                                     getLevelSetType(context, trial.inputs));
  auto weight = RankedTensorType::get(
      {trial.outputs, kFilter, kFilter, kChannels / groups},
      getLevelSetType(context, trial.weights));
  auto output = RankedTensorType::get({1, kImage, kImage, trial.outputs},
                                      builder.getIntegerType(trial.sumBits));
  auto function = func::FuncOp::create(builder, loc, "main",
                                       builder.getFunctionType(input, output));
  builder.setInsertionPointToEnd(function.addEntryBlock());
  // Zeros let runs be of any length.
  bool isLookup = trial.plan.getFamily() == Family::Lookup;
  SmallVector<int32_t> levels(weight.getNumElements(), isLookup ? 0 : 1);
  Value filter = ConstantOp::fromLevels(builder, loc, weight, levels);
  auto conv =
      Conv2DOp::create(builder, loc, function.getArgument(0), filter,
                       ArrayRef<int64_t>{0, 0, 0, 0}, ArrayRef<int64_t>{1, 1},
                       ArrayRef<int64_t>{1, 1}, groups, WorstSumsAttr());
  conv.getResult().setType(output);
  conv->setAttr(kLayerAttr, builder.getStringAttr("layer"));
  conv->setAttr(kernel::kPlanAttr, trial.plan);
  func::ReturnOp::create(builder, loc, conv.getResult());
  return module;
}

//===----------------------------------------------------------------------===//
// Measuring
//===----------------------------------------------------------------------===//

namespace {
/// Times trials on this machine, and takes the costs of steps from them.
class CostMeter {
public:
  CostMeter(Session &session, const target::Machine &machine,
            const target::Vectors &vectors)
      : session(session), machine(machine), bytes(vectors.bytes) {
    MLIRContext *context = session.getContext();
    SmallVector<StringAttr> names;
    for (const std::string &feature : vectors.features)
      names.push_back(StringAttr::get(context, feature));
    kernelMachine = kernel::MachineAttr::get(context, bytes, names);
    registers = kernelMachine.countRegisters();
  }

  FailureOr<StepCosts> measure() {
    StepCosts costs;
    if (failed(measureProducts(costs)) || failed(measureShifts(costs)) ||
        failed(measureLookups(costs)))
      return failure();
    return costs;
  }

private:
  int64_t pixels() const { return registers / 4; }
  int64_t countVectors(int64_t outputs, int64_t perByte) const {
    return llvm::divideCeil(outputs * perByte, bytes);
  }

  /// Picoseconds of a whole run.
  FailureOr<double> time(const Trial &trial) {
    OwningOpRef<ModuleOp> module =
        makeLayer(session.getContext(), trial, kernelMachine);
    auto addOutlining = [](OpPassManager &passes) {
      passes.addPass(createOutlineLayersPass());
    };
    if (failed(session.run(*module, "planning", addOutlining)))
      return failure();
    auto network = generateNetwork(session, *module, machine);
    if (failed(network))
      return failure();
    session.getConsole().progress(
        ("timing " + kernel::stringifyFamily(trial.plan.getFamily())).str());
    Call call(**network, InputRange());
    return 1000 * measureNetwork(call, Budget{0.2, 0}).total().minNs;
  }

  kernel::PlanAttr getPlan(Family family, int64_t pixels, int64_t vectors,
                           int64_t group, int64_t entries = 0,
                           int64_t steps = 0) {
    return kernel::PlanAttr::get(session.getContext(), family, bytes, pixels,
                                 vectors, group, entries, steps, false, false,
                                 false);
  }

  /// One pixel at a time loads weights for each step, many share the loads.
  LogicalResult measureProducts(StepCosts &costs) {
    int64_t across = registers == 32 ? 4 : 2, many = registers == 32 ? 6 : 4;
    int64_t outputs = 4 * bytes;
    Trial trial = {LevelSet::unsignedInteger(7), LevelSet::integer(8), 32,
                   outputs, getPlan(Family::Dot, 1, across, 4)};
    FailureOr<double> one = time(trial);
    trial.plan = getPlan(Family::Dot, many, across, 4);
    FailureOr<double> most = time(trial);
    trial.outputs = kChannels;
    trial.plan = getPlan(Family::Depthwise, pixels(), 1, 4);
    FailureOr<double> depthwise = time(trial);
    if (failed(one) || failed(most) || failed(depthwise))
      return failure();
    auto steps =
        static_cast<double>(kImage * kImage * kFilter * kFilter *
                            (kChannels / 4) * countVectors(outputs, 4));
    double shared = 1 - 1 / static_cast<double>(many);
    costs.load = std::max(0.0, (*one - *most) / steps / shared);
    costs.dot = *one / steps - costs.load;
    costs.depthwise =
        *depthwise / static_cast<double>(kImage * kImage * kFilter *
                                         countVectors(kChannels, 4)) -
        costs.load / static_cast<double>(pixels());
    return success();
  }

  LogicalResult measureShifts(StepCosts &costs) {
    int64_t outputs = bytes;
    FailureOr<double> whole =
        time({LevelSet::unsignedInteger(8), LevelSet::ternary(), 32, outputs,
              getPlan(Family::Shift, pixels(), 1, 1)});
    if (failed(whole))
      return failure();
    auto steps = static_cast<double>(kImage * kImage * kFilter * kFilter *
                                     kChannels * countVectors(outputs, 4));
    costs.shift = *whole / steps - costs.load / static_cast<double>(pixels());
    return success();
  }

  /// A run for all groups has lookups only, a run for each is widened, too.
  LogicalResult measureLookups(StepCosts &costs) {
    struct {
      int64_t group, entries;
      double *cost;
    } const tables[] = {{2, 16, &costs.lookup16},
                        {3, 64, &costs.lookup64},
                        {4, 96, &costs.lookup128}};
    for (auto [group, entries, cost] : tables) {
      if (entries > 16 && entries > kernelMachine.getMostEntries())
        break;
      int64_t groups = llvm::divideCeil(kChannels, group);
      Trial trial = {
          LevelSet::unsignedInteger(2), LevelSet::ternary(), 16, bytes,
          getPlan(Family::Lookup, pixels(), 1, group, entries, groups)};
      FailureOr<double> whole = time(trial);
      if (failed(whole))
        return failure();
      auto runs = static_cast<double>(kImage * kImage * kFilter);
      double steps = runs * static_cast<double>(kFilter * groups);
      *cost = *whole / steps - costs.load / static_cast<double>(pixels());
      if (entries > 16)
        continue;
      trial.plan = getPlan(Family::Lookup, pixels(), 1, group, entries, 1);
      FailureOr<double> widened = time(trial);
      if (failed(widened))
        return failure();
      costs.widen =
          (*widened - *whole) / (runs * static_cast<double>(groups - 1));
    }
    return success();
  }

  Session &session;
  const target::Machine &machine;
  kernel::MachineAttr kernelMachine;
  int64_t bytes, registers;
};
} // namespace

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

/// Whole picoseconds, at least 1: the clock tells no fractions of them.
static void roundCosts(StepCosts &costs) {
  for (double *cost :
       {&costs.dot, &costs.depthwise, &costs.lookup16, &costs.lookup64,
        &costs.lookup128, &costs.widen, &costs.shift, &costs.load})
    if (*cost != 0)
      *cost = std::max(1.0, std::round(*cost));
}

LogicalResult driver::measureCosts(Session &session,
                                   const CostsRequest &request) {
  Console &console = session.getConsole();
  std::vector<unsigned> cores;
  if (request.core)
    cores.push_back(*request.core);
  if (failed(checkCores(cores, /*threads=*/1, console)))
    return failure();
  if (failed(requireRunnable(request.machine, console)))
    return failure();
  auto vectors = target::describeVectors(request.machine);
  if (!vectors)
    return console.error(vectors.takeError());
  if (vectors->bytes == 0)
    return console.error("the machine has no vectors that kernels know; there "
                         "is nothing to measure");
  if (failed(pinToCores(std::move(cores), /*threads=*/1, console)))
    return failure();
  session.getContext()
      ->loadDialect<func::FuncDialect, LowbitDialect, kernel::KernelDialect>();
  FailureOr<StepCosts> steps =
      CostMeter(session, request.machine, *vectors).measure();
  if (failed(steps))
    return failure();
  roundCosts(*steps);
  StringRef cpu = request.machine.cpu, host = llvm::sys::getHostCPUName();
  StringRef name = cpu.empty() || cpu == "native" ? host : cpu;
  KernelCosts costs{{MachineCosts{name.str(), host.str(), vectors->bytes,
                                  vectors->features, *steps}}};
  costs.print(console.results());
  return success();
}
