//===- LowbitFolds.cpp - Folders -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit;

OpFoldResult ConstantOp::fold(FoldAdaptor) {
  return CodesAttr::get(getContext(), getCodes());
}

/// The codes of a constant, which keeps them in layout `bits`, in `layout`.
static CodesAttr changeLayout(CodesAttr codes, RankedTensorType type,
                              PackedLayout layout) {
  if (layout == PackedLayout::Bits)
    return codes;
  numerics::LevelSet set = *getLevelSet(type);
  SmallVector<uint8_t> storage;
  auto levels = numerics::unpackLevels(*getBytes(codes.getBytes(), storage),
                                       type.getNumElements(), set);
  auto bytes = numerics::packLevels(*levels, set, getLayout(layout));
  return CodesAttr::get(codes.getContext(),
                        createBytes(codes.getContext(), *bytes));
}

OpFoldResult PackOp::fold(FoldAdaptor adaptor) {
  if (auto codes = dyn_cast_or_null<CodesAttr>(adaptor.getInput()))
    return changeLayout(
        codes, cast<RankedTensorType>(getInput().getType()),
        cast<PackedType>(getElementTypeOrSelf(getType())).getLayout());
  auto unpack = getInput().getDefiningOp<UnpackOp>();
  if (unpack && unpack.getInput().getType() == getType())
    return unpack.getInput();
  return {};
}

OpFoldResult UnpackOp::fold(FoldAdaptor) {
  auto pack = getInput().getDefiningOp<PackOp>();
  if (pack && pack.getInput().getType() == getType())
    return pack.getInput();
  return {};
}
