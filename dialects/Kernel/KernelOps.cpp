//===- KernelOps.cpp - Verifiers of the kernel dialect -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Kernel/KernelOps.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace lowbit::kernel;

#define GET_OP_CLASSES
#include "dialects/Kernel/KernelOps.cpp.inc"

//===----------------------------------------------------------------------===//
// conv2d
//===----------------------------------------------------------------------===//

OperandRange Conv2DOp::getYielded() {
  OperandRange outputs = getOutputs();
  return getScratch() ? outputs.drop_back() : outputs;
}

/// Buffers are read, but for the outputs, which are written; tensors are
/// values.
void Conv2DOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  for (OpOperand &operand : getOperation()->getOpOperands()) {
    if (!isa<MemRefType>(operand.get().getType()))
      continue;
    bool isOutput = isDpsInit(&operand);
    if (!isOutput)
      effects.emplace_back(MemoryEffects::Read::get(), &operand,
                           SideEffects::DefaultResource::get());
    if (isOutput)
      effects.emplace_back(MemoryEffects::Write::get(), &operand,
                           SideEffects::DefaultResource::get());
  }
}

/// Sizes of the operands; the weights have what the plan says, which only their
/// packer knows.
static LogicalResult verifySizes(Conv2DOp op) {
  auto expect = [&](StringRef what, Value value,
                    int64_t size) -> LogicalResult {
    int64_t actual = cast<ShapedType>(value.getType()).getNumElements();
    if (actual == size)
      return success();
    return op.emitOpError() << "C1: " << what << " has " << actual
                            << " elements, expected " << size;
  };
  int64_t image = op.getBatch() * op.getHeight() * op.getWidth();
  if (failed(expect("input", op.getInput(), image * op.getInputChannels())))
    return failure();
  int64_t size = op.getBatch() * op.getOutputHeight() * op.getOutputWidth() *
                 op.getOutputChannels();
  for (Value value : op.getElementwise())
    if (failed(expect("elementwise operand", value, size)))
      return failure();
  for (Value value : op.getYielded())
    if (failed(expect("output", value, size)))
      return failure();
  for (Value value : op.getChannels())
    if (failed(expect("channel operand", value, op.getOutputChannels())))
      return failure();
  return success();
}

LogicalResult Conv2DOp::verify() {
  if (getImage().size() != 4 || getFilter().size() != 5 ||
      getStride().size() != 2 || getDilation().size() != 2)
    return emitOpError(
        "C1: image has 4 sizes, filter 5, stride and dilation 2");
  auto isPositive = [](int64_t size) { return size > 0; };
  for (ArrayRef<int64_t> sizes :
       {getImage(), getFilter(), getStride(), getDilation()})
    if (!llvm::all_of(sizes, isPositive))
      return emitOpError("C1: sizes must be positive");
  if (failed(verifySizes(*this)))
    return failure();
  bool isReal = getElementTypeOrSelf(getInput()).isF32() &&
                getElementTypeOrSelf(getWeight()).isF32();
  if (getPlan().isFloat() && !isReal)
    return emitOpError("C1: a plan of floats has an input and weights of f32");
  SmallVector<Type> tensors;
  for (Value output : getOutputs())
    if (isa<TensorType>(output.getType()))
      tensors.push_back(output.getType());
  if (TypeRange(getResults()) != TypeRange(tensors))
    return emitOpError(
        "C1: results must be of the types of the output tensors");
  return success();
}

LogicalResult Conv2DOp::verifyRegions() {
  Block &block = getEpilogue().front();
  SmallVector<Value> operands = llvm::to_vector(getElementwise());
  llvm::append_range(operands, getChannels());
  if (block.getNumArguments() != operands.size() + 1)
    return emitOpError() << "C2: the epilogue has " << block.getNumArguments()
                         << " arguments, expected " << operands.size() + 1;
  Type sum = block.getArgument(0).getType();
  if (getPlan().isFloat() ? !sum.isF32() : !sum.isSignlessInteger())
    return emitOpError("C2: the sum must be an integer, or f32 of floats");
  for (auto [index, operand] : llvm::enumerate(operands))
    if (block.getArgument(index + 1).getType() !=
        getElementTypeOrSelf(operand.getType()))
      return emitOpError() << "C2: argument #" << index + 1
                           << " of the epilogue must be an element of "
                           << operand.getType();
  auto yield = dyn_cast<YieldOp>(block.getTerminator());
  OperandRange outputs = getYielded();
  if (!yield || yield.getValues().size() != outputs.size())
    return emitOpError() << "C3: the epilogue must yield " << outputs.size()
                         << " values";
  for (auto [value, output] : llvm::zip_equal(yield.getValues(), outputs))
    if (value.getType() != getElementTypeOrSelf(output.getType()))
      return emitOpError() << "C3: the epilogue yields " << value.getType()
                           << " for " << output.getType();
  return success();
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

static int64_t countElements(Value lanes) {
  return cast<ShapedType>(lanes.getType()).getNumElements();
}

LogicalResult DotOp::verify() {
  if (countElements(getLhs()) == 4 * countElements(getSum()))
    return success();
  return emitOpError("C1: a sum has four bytes of each operand");
}

int64_t LookupOp::getEntries() {
  int64_t elements = 0;
  for (Value part : getTable())
    elements += countElements(part);
  return elements / static_cast<int64_t>(getTables());
}

LogicalResult LookupOp::verify() {
  int64_t tables = getTables();
  if (getTable().empty() || !llvm::all_equal(getTable().getTypes()))
    return emitOpError("C1: the table must be vectors of one type");
  if (tables < 1 || countElements(getTable()[0]) % tables != 0 ||
      countElements(getCodes()) % tables != 0)
    return emitOpError() << "C1: " << tables
                         << " tables must share codes and bytes evenly";
  if (!llvm::isPowerOf2_64(getEntries()) || getEntries() > 128)
    return emitOpError() << "C2: a table has a power of two of at most 128 "
                            "entries, not "
                         << getEntries();
  return success();
}
