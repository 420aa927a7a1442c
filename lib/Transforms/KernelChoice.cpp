//===- KernelChoice.cpp - Which kernel a layer gets -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/KernelChoice.h"

#include "lib/Transforms/KernelPlans.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace lowbit;
using kernel::Family;
using kernel::MachineAttr;
using kernel::PlanAttr;
using numerics::LevelSet;

namespace {
/// A plan that a layer could have.
struct Candidate {
  PlanAttr plan;
  double ns;
  bool isAllowed; ///< by the arithmetic that the layer may use
};
} // namespace

static bool fitsByte(const LevelSet &set) {
  return set.minLevel() >= -128 && set.maxLevel() <= 127;
}

/// All plans of a layer, whatever the policy.
static SmallVector<Candidate> listCandidates(const LayerShape &shape,
                                             MachineAttr machine,
                                             const StepCosts &costs,
                                             bool allowsProducts) {
  SmallVector<Candidate> candidates;
  auto add = [&](PlanAttr plan, bool isAllowed) {
    if (plan)
      candidates.push_back({plan, estimateTime(shape, plan, costs), isAllowed});
  };
  bool isDepthwise = shape.isDepthwise();
  if (!isDepthwise)
    for (PlanAttr plan : planLookups(shape, machine))
      add(plan, true);
  if (shape.range.hi - shape.range.lo > 255)
    return candidates;
  bool hasProducts = !shape.isMultiplierFree || allowsProducts;
  if (fitsByte(shape.weight))
    add(isDepthwise ? planDepthwise(shape, machine) : planDot(shape, machine),
        hasProducts);
  if (!isDepthwise && shape.isMultiplierFree)
    add(planShift(shape, machine), true);
  return candidates;
}

/// The fastest of the candidates that `fits` accepts; null if there is none.
static const Candidate *
findFastest(ArrayRef<Candidate> candidates,
            function_ref<bool(const Candidate &)> fits) {
  const Candidate *best = nullptr;
  for (const Candidate &candidate : candidates)
    if (fits(candidate) && (!best || candidate.ns < best->ns))
      best = &candidate;
  return best;
}

static std::string explain(const LayerShape &shape, PlanAttr plan) {
  switch (plan.getFamily()) {
  case Family::Lookup:
    return llvm::formatv("{0} weights of {1} channels choose one of {2} sums",
                         shape.weight.str(), plan.getGroup(),
                         plan.getEntries());
  case Family::Depthwise:
    return "byte products of rows";
  case Family::Dot:
    return "byte products";
  case Family::Shift:
    return llvm::formatv(
        "{0} weights are sums of at most {1} signed powers of two",
        shape.weight.str(), plan.getGroup());
  case Family::Float:
  case Family::FloatDepthwise:
    break; // never of codes
  }
  llvm_unreachable("layers on codes have other families");
}

/// What the best plan of another family would have cost.
static std::string compare(const Candidate &chosen,
                           ArrayRef<Candidate> candidates) {
  const Candidate *other =
      findFastest(candidates, [&](const Candidate &candidate) {
        return candidate.plan.getFamily() != chosen.plan.getFamily();
      });
  if (!other)
    return "";
  return llvm::formatv("; {0}{1} would take {2:F2} times as long",
                       kernel::stringifyFamily(other->plan.getFamily()),
                       other->isAllowed ? "" : ", which multiplies,",
                       other->ns / chosen.ns);
}

static std::string refuse(const LayerShape &shape, const KernelPolicy &policy) {
  if (shape.range.hi - shape.range.lo > 255)
    return "levels do not fit a byte";
  if (policy.family)
    return "the kernel that was asked for does not fit";
  return shape.isMultiplierFree ? "no kernel without products fits these levels"
                                : "levels do not fit a byte";
}

KernelChoice lowbit::chooseKernel(Operation *op, MachineAttr machine,
                                  const KernelPolicy &policy) {
  if (policy.isLoops)
    return {{}, "plain loops were asked for"};
  if (machine.getBytes() == 0)
    return {{}, "the target has no vectors"};
  std::optional<LayerShape> shape = LayerShape::get(op);
  if (!shape)
    return {{}, "weights are not constant"};
  if (shape->groups > 1 && !shape->isDepthwise())
    return {{}, "grouped convolutions have no kernel"};
  SmallVector<Candidate> candidates =
      listCandidates(*shape, machine, policy.costs, policy.allowsProducts);
  const Candidate *chosen =
      findFastest(candidates, [&](const Candidate &candidate) {
        return candidate.isAllowed &&
               (!policy.family || *policy.family == candidate.plan.getFamily());
      });
  if (!chosen)
    return {{}, refuse(*shape, policy)};
  return {chosen->plan,
          explain(*shape, chosen->plan) + compare(*chosen, candidates),
          countWeightBytes(*shape, chosen->plan)};
}
