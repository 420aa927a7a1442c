//===- TosaToKernel.cpp - Planned float layers to kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Kernel/KernelOps.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lowbit/Analysis/FloatLayers.h"
#include "lowbit/Conversion/Passes.h"
#include "lowbit/Numerics/FloatLayouts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/TypeUtilities.h"

namespace lowbit {
#define GEN_PASS_DEF_CONVERTTOSATOKERNELPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

static Value createFloats(OpBuilder &builder, Location loc,
                          ArrayRef<float> values) {
  auto type = RankedTensorType::get({static_cast<int64_t>(values.size())},
                                    builder.getF32Type());
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, values));
}

/// Pads rows and columns of the input with zeros; `image` gets the new sizes.
static Value padInput(OpBuilder &builder, Location loc, Value input,
                      const FloatLayer &layer, SmallVector<int64_t> &image) {
  if (!layer.isPadded())
    return input;
  ArrayRef<int64_t> pad = layer.pad;
  image[1] += pad[0] + pad[1];
  image[2] += pad[2] + pad[3];
  SmallVector<OpFoldResult> low(4, builder.getIndexAttr(0)), high = low;
  for (unsigned axis : {0, 1}) {
    low[axis + 1] = builder.getIndexAttr(pad[2 * axis]);
    high[axis + 1] = builder.getIndexAttr(pad[2 * axis + 1]);
  }
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getF32FloatAttr(0.0f));
  auto type = RankedTensorType::get(image, builder.getF32Type());
  return tensor::PadOp::create(builder, loc, type, input, low, high, zero);
}

/// The bias of each channel; null where there is none. A bias of 0 changes no
/// sum: those that start at 0 are never -0.
static Value createBias(OpBuilder &builder, Operation *op, int64_t channels) {
  if (isa<tosa::MatMulOp>(op))
    return {};
  Value bias = op->getOperand(2);
  auto values = getConstantFloats(bias);
  if (!values)
    return bias;
  if (llvm::all_of(*values, [](float value) { return value == 0; }))
    return {};
  SmallVector<float> all;
  for (int64_t channel = 0; channel != channels; ++channel)
    all.push_back(atChannel(*values, channel));
  return createFloats(builder, op->getLoc(), all);
}

/// Sums go out as they are, or with the bias of their channel.
static void buildEpilogue(OpBuilder &builder, kernel::Conv2DOp conv) {
  Location loc = conv.getLoc();
  OpBuilder::InsertionGuard guard(builder);
  SmallVector<Type> types(1 + conv.getChannels().size(), builder.getF32Type());
  SmallVector<Location> locations(types.size(), loc);
  Block *block = builder.createBlock(&conv.getEpilogue(), {}, types, locations);
  Value sum = block->getArgument(0);
  for (Value bias : block->getArguments().drop_front())
    sum = arith::AddFOp::create(builder, loc, sum, bias);
  kernel::YieldOp::create(builder, loc, sum);
}

static LogicalResult convert(Operation *op, kernel::PlanAttr plan) {
  auto read = isFloatLayer(op) ? readFloatLayer(op) : "it is not of floats";
  if (auto *reason = std::get_if<StringRef>(&read))
    return op->emitError("the plan of this layer does not fit it: ") << *reason;
  const FloatLayer &layer = std::get<FloatLayer>(read);
  bool isDepthwisePlan = plan.getFamily() == kernel::Family::FloatDepthwise;
  if (!plan.isFloat() || isDepthwisePlan != layer.isDepthwise)
    return op->emitError("the plan of this layer does not fit it");
  OpBuilder builder(op);
  Location loc = op->getLoc();
  Value bias = createBias(builder, op, layer.output[3]);
  SmallVector<int64_t> image = layer.image;
  Value input = padInput(builder, loc, op->getOperand(0), layer, image);
  auto weights = *getConstantFloats(op->getOperand(1));
  constexpr int64_t floatBytes = 4;
  Value weight = createFloats(
      builder, loc,
      numerics::packFloats(weights, layer.output[3], layer.hasOutputsLast,
                           plan.getBytes() / floatBytes));
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  Value empty = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                        type.getElementType());
  SmallVector<int64_t> filter(ArrayRef(layer.output).drop_front());
  filter.append({layer.filterHeight, layer.filterWidth});
  auto conv = kernel::Conv2DOp::create(
      builder, loc, TypeRange(type), input, weight, /*table=*/Value(),
      /*init=*/Value(), /*elementwise=*/ValueRange(),
      bias ? ValueRange(bias) : ValueRange(), empty, plan, image, filter,
      layer.stride, layer.dilation, /*scratch=*/false);
  buildEpilogue(builder, conv);
  op->replaceAllUsesWith(conv.getResults());
  op->erase();
  return success();
}

namespace {
struct ConvertTosaToKernelPass
    : lowbit::impl::ConvertTosaToKernelPassBase<ConvertTosaToKernelPass> {
  void runOnOperation() override {
    SmallVector<std::pair<Operation *, kernel::PlanAttr>> planned;
    getOperation()->walk([&](Operation *op) {
      auto plan = op->getAttrOfType<kernel::PlanAttr>(kernel::kPlanAttr);
      if (plan && isa<tosa::TosaDialect>(op->getDialect()))
        planned.emplace_back(op, plan);
    });
    for (auto [op, plan] : planned)
      if (failed(convert(op, plan)))
        return signalPassFailure();
  }
};
} // namespace
