//===- LinearLoops.cpp - Loop nests with linear accesses -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/KernelToVector/LinearLoops.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace lowbit;

/// Adds `scale` times the linear function `expression` to strides and offset.
static bool addLinear(AffineExpr expression, int64_t scale,
                      SmallVector<int64_t> &strides, int64_t &offset) {
  if (auto dim = dyn_cast<AffineDimExpr>(expression)) {
    strides[dim.getPosition()] += scale;
    return true;
  }
  if (auto constant = dyn_cast<AffineConstantExpr>(expression)) {
    offset += scale * constant.getValue();
    return true;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expression);
  if (!binary)
    return false;
  if (binary.getKind() == AffineExprKind::Add)
    return addLinear(binary.getLHS(), scale, strides, offset) &&
           addLinear(binary.getRHS(), scale, strides, offset);
  auto factor = dyn_cast<AffineConstantExpr>(binary.getRHS());
  return binary.getKind() == AffineExprKind::Mul && factor &&
         addLinear(binary.getLHS(), scale * factor.getValue(), strides, offset);
}

/// Whether the loop `outer` goes on, in all operands, where `inner` ends.
static bool canMerge(const LinearLoop &outer, const LinearLoop &inner) {
  if (outer.isReduction != inner.isReduction)
    return false;
  return llvm::all_of(llvm::zip_equal(outer.strides, inner.strides),
                      [&](auto both) {
                        auto [far, near] = both;
                        return far == near * inner.extent;
                      });
}

/// Parallel loops in their order, reductions after them, without loops of one
/// iteration; neighbours that can be are merged.
static SmallVector<LinearLoop> arrange(ArrayRef<LinearLoop> loops) {
  SmallVector<LinearLoop> arranged;
  for (bool reductions : {false, true})
    for (LinearLoop loop : loops) {
      if (loop.isReduction != reductions || loop.extent == 1)
        continue;
      if (!arranged.empty() && canMerge(arranged.back(), loop)) {
        loop.extent *= arranged.back().extent;
        arranged.pop_back();
      }
      arranged.push_back(loop);
    }
  return arranged;
}

std::optional<LinearNest> LinearNest::read(linalg::LinalgOp op) {
  LinearNest nest;
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  SmallVector<LinearLoop> loops;
  for (auto [extent, iterator] :
       llvm::zip_equal(extents, op.getIteratorTypesArray())) {
    if (ShapedType::isDynamic(extent) ||
        (iterator != utils::IteratorType::parallel &&
         iterator != utils::IteratorType::reduction))
      return std::nullopt;
    loops.push_back({extent, iterator == utils::IteratorType::reduction, {}});
  }
  for (OpOperand &operand : op->getOpOperands()) {
    SmallVector<int64_t> strides(loops.size(), 0);
    nest.offsets.push_back(0);
    if (auto type = dyn_cast<MemRefType>(operand.get().getType())) {
      SmallVector<int64_t> steps;
      int64_t offset;
      if (failed(type.getStridesAndOffset(steps, offset)) ||
          ShapedType::isDynamic(offset) ||
          llvm::any_of(steps, ShapedType::isDynamic))
        return std::nullopt;
      AffineMap map = op.getMatchingIndexingMap(&operand);
      for (auto [expression, step] : llvm::zip_equal(map.getResults(), steps))
        if (!addLinear(expression, step, strides, nest.offsets.back()))
          return std::nullopt;
    }
    for (auto [loop, stride] : llvm::zip_equal(loops, strides))
      loop.strides.push_back(stride);
  }
  nest.loops = arrange(loops);
  return nest;
}
