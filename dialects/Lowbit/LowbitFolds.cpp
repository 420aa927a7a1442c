//===- LowbitFolds.cpp - Folders -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"

using namespace mlir;
using namespace lowbit;

OpFoldResult ConstantOp::fold(FoldAdaptor) {
  return CodesAttr::get(getContext(), getCodes());
}

OpFoldResult PackOp::fold(FoldAdaptor adaptor) {
  if (Attribute codes = adaptor.getInput())
    return codes; // a constant keeps its codes packed
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
