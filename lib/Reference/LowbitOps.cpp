//===- LowbitOps.cpp - Ops of the lowbit dialect -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"
#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "lib/Reference/Integers.h"
#include "lib/Reference/OpEvaluators.h"
#include "lib/Reference/Strided.h"
#include "lib/Reference/Windows.h"
#include "lowbit/Numerics/Packing.h"
#include "lowbit/Numerics/Quantize.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;
using lowbit::numerics::LevelSet;

static Tensor makeIntegers(Operation *op, ArrayRef<int32_t> values) {
  return Tensor(resultShape(op),
                std::vector<int64_t>(values.begin(), values.end()));
}

template <typename T> static std::vector<T> narrow(ArrayRef<int64_t> values) {
  return std::vector<T>(values.begin(), values.end());
}

//===----------------------------------------------------------------------===//
// From float to codes and back
//===----------------------------------------------------------------------===//

static FailureOr<Tensor> quantize(QuantizeOp op, Operands operands) {
  LevelSet set = *getLevelSet(op.getType());
  float scale = operands[1]->floats().front();
  if (!(scale > 0) || !std::isfinite(scale))
    return op.emitError("the scale is not positive and finite");
  std::vector<int64_t> levels;
  levels.reserve(operands[0]->numElements());
  for (float value : operands[0]->floats())
    levels.push_back(numerics::quantize(value, scale, set));
  return Tensor(resultShape(op), std::move(levels));
}

static Tensor dequantize(DequantizeOp op, Operands operands) {
  ArrayRef<int64_t> shape = resultShape(op);
  ArrayRef<float> scale = operands[1]->floats();
  // Adding -0 changes no number, not even -0.
  const float noBias = -0.0f;
  ArrayRef<float> bias = op.getBias() ? operands[2]->floats() : noBias;
  int64_t channels = shape.back();
  std::vector<float> values;
  values.reserve(operands[0]->numElements());
  for (auto [index, level] : llvm::enumerate(operands[0]->integers())) {
    size_t channel = index % channels;
    values.push_back(numerics::dequantize(level, atChannel(scale, channel),
                                          atChannel(bias, channel)));
  }
  return Tensor(shape, std::move(values));
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// The verifiers bound every sum by 2^31.
static std::vector<int32_t>
convolveLevels(const Tensor &input, ArrayRef<int64_t> inputShape,
               const Tensor &weight, ArrayRef<int64_t> shape,
               const Window &window, int64_t groups = 1) {
  auto weights = outputChannelsLast<int32_t>(weight.integers(), shape[3]);
  auto levels = narrow<int32_t>(input.integers());
  return convolve<int32_t>(levels, inputShape, weights, shape, window, groups);
}

static Tensor conv2D(Conv2DOp op, Operands operands) {
  const Tensor &input = *operands[0], &weight = *operands[1];
  Window window(weight.shape().slice(1, 2), op.getPad(), op.getStride(),
                op.getDilation());
  return makeIntegers(op,
                      convolveLevels(input, input.shape(), weight,
                                     resultShape(op), window, op.getGroups()));
}

/// A 1x1 convolution of M pictures of one pixel.
static Tensor matmul(MatmulOp op, Operands operands) {
  ArrayRef<int64_t> shape = resultShape(op);
  int64_t channels = operands[0]->shape()[1];
  Window window({1, 1}, {0, 0, 0, 0}, {1, 1});
  return makeIntegers(
      op, convolveLevels(*operands[0], {shape[0], 1, 1, channels}, *operands[1],
                         {shape[0], 1, 1, shape[1]}, window));
}

static Tensor maxPool2D(MaxPool2DOp op, Operands operands) {
  const Tensor &input = *operands[0];
  Window window(op.getKernel(), op.getPad(), op.getStride());
  return Tensor(resultShape(op),
                pool<int64_t>(input.integers(), input.shape(), resultShape(op),
                              window, std::numeric_limits<int64_t>::min(),
                              greaterOf));
}

static Tensor sumPool2D(SumPool2DOp op, Operands operands) {
  const Tensor &input = *operands[0];
  Window window(op.getKernel(), op.getPad(), op.getStride());
  return Tensor(resultShape(op),
                pool<int64_t>(input.integers(), input.shape(), resultShape(op),
                              window, 0, std::plus<int64_t>()));
}

namespace {

/// One operand of an affine sum.
struct Term {
  ArrayRef<int64_t> input;
  ArrayRef<int64_t> multiplier;
};

} // namespace

/// offset[channel] + sum of input[index] * multiplier[channel]; nothing when
/// the magnitudes reach 2^62, which the verifiers exclude for constants.
static std::optional<int64_t> affineSum(ArrayRef<Term> terms,
                                        ArrayRef<int64_t> offset, size_t index,
                                        size_t channel) {
  constexpr int64_t limit = int64_t(1) << 62;
  auto isBounded = [](int64_t x) { return -limit < x && x < limit; };
  int64_t sum = atChannel(offset, channel);
  for (const Term &term : terms) {
    int64_t product;
    if (!isBounded(sum) ||
        llvm::MulOverflow(term.input[index],
                          atChannel(term.multiplier, channel), product) ||
        !isBounded(product))
      return std::nullopt;
    sum += product;
  }
  return isBounded(sum) ? std::optional(sum) : std::nullopt;
}

template <typename Op>
static FailureOr<Tensor> rescaleTerms(Op op, ArrayRef<Term> terms,
                                      ArrayRef<int64_t> offset,
                                      ArrayRef<int64_t> shift) {
  auto [lo, hi] = getLimits(op.getClamp(), op.getType());
  numerics::Rounding rounding = getRounding(op.getRounding());
  size_t channels = resultShape(op).back(), count = terms.front().input.size();
  std::vector<int64_t> levels(count);
  for (size_t index = 0; index < count; ++index) {
    auto sum = affineSum(terms, offset, index, index % channels);
    if (!sum)
      return op.emitError("a sum reaches 2^62 in magnitude");
    levels[index] = numerics::saturate(
        numerics::roundingShiftRight(*sum, atChannel(shift, index % channels),
                                     rounding),
        lo, hi);
  }
  return Tensor(resultShape(op), std::move(levels));
}

static FailureOr<Tensor> rescale(RescaleOp op, Operands operands) {
  Term term = {operands[0]->integers(), operands[1]->integers()};
  return rescaleTerms(op, term, operands[2]->integers(), op.getShift());
}

static FailureOr<Tensor> add(AddOp op, Operands operands) {
  Term lhs = {operands[0]->integers(), operands[1]->integers()};
  Term rhs = {operands[2]->integers(), operands[3]->integers()};
  int64_t shift = op.getShift();
  return rescaleTerms(op, {lhs, rhs}, operands[4]->integers(), shift);
}

//===----------------------------------------------------------------------===//
// Storage and proof
//===----------------------------------------------------------------------===//

static Tensor pad(PadOp op, Operands operands) {
  Tensor filler({}, std::vector<int64_t>{static_cast<int64_t>(op.getLevel())});
  return *padBox(*operands[0], filler, resultShape(op), op.getLow());
}

/// The layout of a packed tensor's bytes.
static numerics::Layout getLayoutOf(Type packed) {
  return getLayout(cast<PackedType>(getElementTypeOrSelf(packed)).getLayout());
}

static FailureOr<Tensor> pack(PackOp op, Operands operands) {
  auto levels = narrow<int32_t>(operands[0]->integers());
  auto bytes = numerics::packLevels(
      levels, *getLevelSet(op.getInput().getType()), getLayoutOf(op.getType()));
  if (!bytes)
    return op.emitError("an element is not a level of its type");
  return Tensor(resultShape(op),
                std::vector<int64_t>(bytes->begin(), bytes->end()));
}

static FailureOr<Tensor> unpack(UnpackOp op, Operands operands) {
  ArrayRef<int64_t> shape = resultShape(op);
  auto bytes = narrow<uint8_t>(operands[0]->integers());
  auto levels = numerics::unpackLevels(bytes, ShapedType::getNumElements(shape),
                                       *getLevelSet(op.getType()),
                                       getLayoutOf(op.getInput().getType()));
  if (!levels)
    return op.emitError("the bytes hold a poison code or stray bits");
  return makeIntegers(op, *levels);
}

static Tensor hash(ChecksumOp, Operands operands) {
  auto value = static_cast<int64_t>(checksum(*operands[0]));
  return Tensor({}, std::vector<int64_t>{value});
}

void lowbit::reference::addLowbitOps(OpTable &table) {
  table.add<quantize>();
  table.add<dequantize>();
  table.add<conv2D>();
  table.add<matmul>();
  table.add<rescale>();
  table.add<add>();
  table.add<maxPool2D>();
  table.add<sumPool2D>();
  table.add<pad>();
  table.add<pack>();
  table.add<unpack>();
  table.add<hash>();
}
