//===- ChannelThresholds.cpp - Thresholds of each channel's own -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A channel c with the clipping range tau_c, quantized by thresholds of its own
// to levels up to hi, is x_c ~ (tau_c / hi) l_c for its level l_c. The
// quantizer gives y_c = s l_c with one step s = mean(tau) / hi for all
// channels, so that the integers of the next layer have one scale. What that
// layer sums is
//
//     sum over c of w_c x_c  ~  sum over c of w_c (tau_c / mean(tau)) y_c:
//
// the same in real numbers when its weights along input channel c, before they
// are quantized, are multiplied by tau_c / mean(tau). That needs y_c to arrive
// as input channel c, whatever moves elements on the way; at layers that take
// the factors, and nowhere else.
//

#include "ChannelThresholds.h"

#include "Constants.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace lowbit;

/// Whether element i of the result's last dimension is made of elements i of
/// the operand's. Where a reshape or slice leaves the size of that dimension,
/// which is the innermost, it leaves the dimension.
static bool keepsChannels(Operation *op) {
  return isa_and_nonnull<tosa::IdentityOp, tosa::ReshapeOp, tosa::SliceOp,
                         tosa::MaxPool2dOp>(op) &&
         getChannels(op->getOperand(0)) == getChannels(op->getResult(0));
}

std::string lowbit::getChannelObstacle(Operation *user, unsigned operand,
                                       Value source) {
  auto scheme = user->getAttrOfType<SchemeAttr>(kSchemeAttr);
  if (!scheme ||
      !isa<tosa::Conv2DOp, tosa::DepthwiseConv2DOp, tosa::MatMulOp>(user))
    return ("'" + user->getName().getStringRef() +
            "' reads these activations, too")
        .str();
  if (scheme.getThresholds() != Granularity::Channel)
    return "another layer reads them with one list";
  if (user->hasAttr(kTrainedAttr))
    return "its weights were trained to levels, which have no room for the "
           "ratios";
  for (Value value = user->getOperand(operand); value != source;) {
    Operation *op = value.getDefiningOp();
    if (!keepsChannels(op))
      return ("'" + op->getName().getStringRef() +
              "' in front of it does not keep channels")
          .str();
    value = op->getOperand(0);
  }
  if (!getConstantFloats(user->getOperand(1)))
    return "its weights are not constant f32";
  return "";
}

void lowbit::scaleInputChannels(Operation *layer, ArrayRef<float> factors) {
  Value weight = layer->getOperand(1);
  auto type = cast<RankedTensorType>(weight.getType());
  // Convolutions have the input channel last, [O, KH, KW, C]; it is the last
  // but one of depthwise convolutions, [KH, KW, C, M], and matrix products, [1,
  // C, O].
  int64_t inner = isa<tosa::Conv2DOp>(layer) ? 1 : type.getShape().back();
  SmallVector<float> weights = *getConstantFloats(weight);
  for (auto [index, w] : llvm::enumerate(weights))
    w *= factors[index / inner % factors.size()];
  OpBuilder builder(layer);
  layer->setOperand(
      1, createTosaFloats(builder, weight.getLoc(), type.getShape(), weights));
}
