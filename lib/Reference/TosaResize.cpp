//===- TosaResize.cpp - TOSA resize on floats and integers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Integers.h"
#include "lib/Reference/Predicates.h"
#include "lib/Reference/Strided.h"
#include "lib/Reference/Windows.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace lowbit::reference;

namespace {

/// Where one output coordinate of a resize falls between input coordinates:
/// rest / numerator above `below`.
struct ResizePoint {
  int64_t below, above, nearest;
  int64_t rest, numerator;

  /// The scale is the quotient numerator / denominator of the sizes.
  ResizePoint(int64_t output, int64_t extent, int64_t numerator,
              int64_t denominator, int64_t offset)
      : numerator(numerator) {
    int64_t position = output * denominator + offset;
    int64_t cell = llvm::divideFloorSigned(position, numerator);
    rest = position - cell * numerator;
    below = std::clamp<int64_t>(cell, 0, extent - 1);
    above = std::clamp<int64_t>(cell + 1, 0, extent - 1);
    nearest = 2 * rest >= numerator ? above : below;
  }

  float fraction() const {
    return static_cast<float>(rest) / static_cast<float>(numerator);
  }
};

/// Calls visit(picture, y, x) for each output position of a resize; picture is
/// the first pixel of the input picture.
template <typename Visit>
LogicalResult forEachPoint(tosa::ResizeOp op, Operands operands, Visit visit) {
  ArrayRef<int64_t> scale = operands[1]->integers();
  ArrayRef<int64_t> offset = operands[2]->integers();
  if (llvm::any_of(scale,
                   [](int64_t s) { return s <= 0 || !llvm::isInt<32>(s); }))
    return op.emitError("a scale is not positive or exceeds 32 bits");
  if (!llvm::all_of(offset, llvm::isInt<32>))
    return op.emitError("an offset exceeds 32 bits");
  ArrayRef<int64_t> inShape = operands[0]->shape();
  forEachPosition(
      inShape, resultShape(op),
      [&](int64_t, int64_t picture, int64_t y, int64_t x) {
        visit(picture,
              ResizePoint(y, inShape[1], scale[0], scale[1], offset[0]),
              ResizePoint(x, inShape[2], scale[2], scale[3], offset[1]));
      });
  return success();
}

} // namespace

static FailureOr<Tensor> nearest(tosa::ResizeOp op, Operands operands) {
  const Tensor &input = *operands[0];
  int64_t width = input.shape()[2], channels = input.shape()[3];
  std::vector<int64_t> offsets;
  auto append = [&](int64_t picture, const ResizePoint &y,
                    const ResizePoint &x) {
    int64_t pixel = picture + y.nearest * width + x.nearest;
    for (int64_t c = 0; c < channels; ++c)
      offsets.push_back(pixel * channels + c);
  };
  if (failed(forEachPoint(op, operands, append)))
    return failure();
  return gather(input, resultShape(op), offsets);
}

/// Calls blend(y, x, at) for each output element, at(iy, ix) being an input
/// element of its picture and channel.
template <typename T, typename Blend>
static FailureOr<std::vector<T>> bilinear(tosa::ResizeOp op, Operands operands,
                                          ArrayRef<T> input, Blend blend) {
  int64_t width = shapeOf(op.getInput())[2];
  int64_t channels = shapeOf(op.getInput())[3];
  std::vector<T> values;
  auto append = [&](int64_t picture, const ResizePoint &y,
                    const ResizePoint &x) {
    for (int64_t c = 0; c < channels; ++c)
      values.push_back(blend(y, x, [&](int64_t iy, int64_t ix) {
        return input[(picture + iy * width + ix) * channels + c];
      }));
  };
  if (failed(forEachPoint(op, operands, append)))
    return failure();
  return values;
}

static FailureOr<Tensor> bilinearFloats(tosa::ResizeOp op, Operands operands) {
  auto blend = [](const ResizePoint &y, const ResizePoint &x, auto at) {
    float fx = x.fraction(), fy = y.fraction();
    float top = at(y.below, x.below) * (1 - fx) + at(y.below, x.above) * fx;
    float bottom = at(y.above, x.below) * (1 - fx) + at(y.above, x.above) * fx;
    return top * (1 - fy) + bottom * fy;
  };
  auto values = bilinear<float>(op, operands, operands[0]->floats(), blend);
  if (failed(values))
    return failure();
  return Tensor(resultShape(op), *std::move(values));
}

/// The four neighbours times what the opposite distances multiply to, without
/// a division: the result is larger than the input by both numerators.
static FailureOr<Tensor> bilinearIntegers(tosa::ResizeOp op,
                                          Operands operands) {
  std::vector<uint64_t> input(operands[0]->integers().begin(),
                              operands[0]->integers().end());
  auto blend = [](const ResizePoint &y, const ResizePoint &x, auto at) {
    uint64_t wx = x.rest, vx = x.numerator - x.rest;
    uint64_t wy = y.rest, vy = y.numerator - y.rest;
    return at(y.below, x.below) * vx * vy + at(y.below, x.above) * wx * vy +
           at(y.above, x.below) * vx * wy + at(y.above, x.above) * wx * wy;
  };
  auto values = bilinear<uint64_t>(op, operands, input, blend);
  if (failed(values))
    return failure();
  return wrapTo<uint64_t>(op.getOutput(), *values);
}

template <tosa::ResizeMode mode> static bool hasMode(Operation *op) {
  return cast<tosa::ResizeOp>(op).getMode() == mode;
}

void lowbit::reference::addTosaResize(OpTable &table) {
  constexpr auto isNearest = hasMode<tosa::ResizeMode::NEAREST_NEIGHBOR>;
  constexpr auto isBilinear = hasMode<tosa::ResizeMode::BILINEAR>;
  table.add<nearest>(all<hasPoolShapes, isNearest, keepsElementType>);
  table.add<bilinearFloats>(all<hasOnlyFloats, hasPoolShapes, isBilinear>);
  table.add<bilinearIntegers>(all<hasIntegers, hasPoolShapes, isBilinear>);
}
