//===- LowbitShapes.cpp - Result types from operands -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/MathExtras.h"

#include <limits>

using namespace mlir;
using namespace lowbit;

/// Output size of a window of `kernel` elements along one dimension:
/// floor((in - 1 + before + after - (kernel - 1) dilation) / stride) + 1,
/// which is not positive when no window fits. Requires stride > 0.
static int64_t windowedSize(int64_t in, int64_t kernel, int64_t before,
                            int64_t after, int64_t stride, int64_t dilation) {
  // Attributes may hold anything; no product of theirs leaves 128 bits.
  __int128 span = static_cast<__int128>(in) - 1 + before + after -
                  static_cast<__int128>(kernel - 1) * dilation;
  __int128 size = span < 0 ? 0 : span / stride + 1;
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  return size > most ? most : static_cast<int64_t>(size);
}

/// Infers [N, H', W', channels]. Attributes come unverified: sizes and signs
/// are checked here because the division needs them.
static LogicalResult
inferWindowed(std::optional<Location> loc, RankedTensorType input,
              int64_t channels, ArrayRef<int64_t> kernel, ArrayRef<int64_t> pad,
              ArrayRef<int64_t> stride, ArrayRef<int64_t> dilation,
              SmallVectorImpl<int64_t> &shape) {
  auto isPositive = [](int64_t size) { return size > 0; };
  if (kernel.size() != 2 || stride.size() != 2 || dilation.size() != 2 ||
      pad.size() != 4)
    return emitOptionalError(loc, "expects 4 pads and 2 kernel sizes, strides "
                                  "and dilations");
  if (!llvm::all_of(kernel, isPositive) || !llvm::all_of(stride, isPositive) ||
      !llvm::all_of(dilation, isPositive) ||
      llvm::any_of(pad, [](int64_t size) { return size < 0; }))
    return emitOptionalError(loc, "pads must not be negative; kernel sizes, "
                                  "strides and dilations must be positive");
  shape.assign(1, input.getDimSize(0));
  for (int axis : {0, 1})
    shape.push_back(windowedSize(input.getDimSize(axis + 1), kernel[axis],
                                 pad[2 * axis], pad[2 * axis + 1], stride[axis],
                                 dilation[axis]));
  shape.push_back(channels);
  if (shape[1] <= 0 || shape[2] <= 0)
    return emitOptionalError(
        loc, "the window does not fit into the padded input: output of ",
        shape[1], "x", shape[2]);
  return success();
}

LogicalResult Conv2DOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> loc,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  auto weight = cast<RankedTensorType>(adaptor.getWeight().getType());
  SmallVector<int64_t> shape;
  // C2, C3
  if (failed(inferWindowed(loc, input, weight.getDimSize(0),
                           weight.getShape().slice(1, 2), adaptor.getPad(),
                           adaptor.getStride(), adaptor.getDilation(), shape)))
    return failure();
  types.push_back(RankedTensorType::get(shape, IntegerType::get(context, 32)));
  return success();
}

LogicalResult MatmulOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> loc,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  auto weight = cast<RankedTensorType>(adaptor.getWeight().getType());
  types.push_back(
      RankedTensorType::get({input.getDimSize(0), weight.getDimSize(0)},
                            IntegerType::get(context, 32)));
  return success();
}

template <typename Adaptor>
static LogicalResult inferPool(std::optional<Location> loc, Adaptor adaptor,
                               Type element, SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  SmallVector<int64_t> shape;
  // C1, C3
  if (failed(inferWindowed(loc, input, input.getDimSize(3), adaptor.getKernel(),
                           adaptor.getPad(), adaptor.getStride(), {1, 1},
                           shape)))
    return failure();
  types.push_back(RankedTensorType::get(shape, element));
  return success();
}

LogicalResult MaxPool2DOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> loc,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  return inferPool(loc, adaptor,
                   getElementTypeOrSelf(adaptor.getInput().getType()), types);
}

LogicalResult SumPool2DOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> loc,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  return inferPool(loc, adaptor, IntegerType::get(context, 32), types);
}

LogicalResult PadOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> loc,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  ArrayRef<int64_t> low = adaptor.getLow(), high = adaptor.getHigh();
  auto isNegative = [](int64_t size) { return size < 0; };
  size_t rank = input.getRank();
  if (low.size() != rank || high.size() != rank ||
      llvm::any_of(low, isNegative) || llvm::any_of(high, isNegative)) // C1
    return emitOptionalError(loc, "low and high must have ", rank,
                             " elements, one per dimension, none negative");
  SmallVector<int64_t> shape(input.getShape());
  for (size_t dim = 0; dim != rank; ++dim)
    if (llvm::AddOverflow(shape[dim], low[dim], shape[dim]) ||
        llvm::AddOverflow(shape[dim], high[dim], shape[dim])) // C3
      return emitOptionalError(loc, "dimension ", dim,
                               " of the result leaves 63 bits");
  types.push_back(input.clone(shape));
  return success();
}

//===----------------------------------------------------------------------===//
// Sums of less than 32 bits
//===----------------------------------------------------------------------===//

/// Whether `actual` is the inferred i32 tensor or the same with fewer bits;
/// that they suffice is for the verifiers.
static bool isNarrowerSum(TypeRange inferred, TypeRange actual) {
  auto type = dyn_cast<RankedTensorType>(actual.front());
  return type &&
         type.clone(IntegerType::get(type.getContext(), 32)) ==
             inferred.front() &&
         type.getElementType().isSignlessInteger();
}

bool Conv2DOp::isCompatibleReturnTypes(TypeRange inferred, TypeRange actual) {
  return isNarrowerSum(inferred, actual);
}

bool MatmulOp::isCompatibleReturnTypes(TypeRange inferred, TypeRange actual) {
  return isNarrowerSum(inferred, actual);
}

bool SumPool2DOp::isCompatibleReturnTypes(TypeRange inferred,
                                          TypeRange actual) {
  return isNarrowerSum(inferred, actual);
}
