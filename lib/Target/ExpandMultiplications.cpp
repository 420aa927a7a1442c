//===- ExpandMultiplications.cpp - Products by constants as shifts and additions
//-*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/ExpandMultiplications.h"

#include "lowbit/Numerics/SignedDigits.h"
#include "lowbit/Transforms/Passes.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/Pass.h"

using namespace llvm;
using namespace lowbit;

/// x * value in the type of x, modulo its width.
static Value *multiplyByConstant(IRBuilder<> &builder, Value *x,
                                 const APInt &value) {
  Type *type = x->getType();
  Value *sum = Constant::getNullValue(type);
  // Values beyond 62 bits cannot be strides or multipliers of ours; modulo the
  // width of x the sign-extended value gives the same product.
  for (numerics::SignedDigit digit :
       numerics::canonicalSignedDigits(value.getSExtValue())) {
    if (digit.shift >= type->getScalarSizeInBits())
      continue;
    Value *term = builder.CreateShl(x, digit.shift);
    sum = digit.negative ? builder.CreateSub(sum, term)
                         : builder.CreateAdd(sum, term);
  }
  return sum;
}

/// x * (one constant per lane): for each bit that some lane has, the shifted x
/// masked to those lanes.
static Value *multiplyByLanes(IRBuilder<> &builder, Value *x,
                              Constant *factors) {
  auto *type = cast<FixedVectorType>(x->getType());
  unsigned width = type->getScalarSizeInBits();
  Value *sum = Constant::getNullValue(type);
  for (unsigned bit = 0; bit != width; ++bit) {
    SmallVector<Constant *> mask;
    bool isUsed = false;
    for (unsigned lane = 0; lane != type->getNumElements(); ++lane) {
      auto *factor = dyn_cast<ConstantInt>(factors->getAggregateElement(lane));
      bool has = factor && factor->getValue()[bit];
      isUsed |= has;
      mask.push_back(has ? Constant::getAllOnesValue(type->getElementType())
                         : Constant::getNullValue(type->getElementType()));
    }
    if (!isUsed)
      continue;
    Value *term =
        builder.CreateAnd(builder.CreateShl(x, bit), ConstantVector::get(mask));
    sum = builder.CreateAdd(sum, term);
  }
  return sum;
}

/// x * y of vectors, bit by bit of y. The SLP vectorizer computes several
/// operations on all lanes where each lane wants one of them; what it
/// multiplies lane by lane is no product of data, of which there is none, but
/// LLVM cannot always tell that the lanes which count are constants.
static Value *multiplyLaneByLane(IRBuilder<> &builder, Value *x, Value *y) {
  unsigned width = x->getType()->getScalarSizeInBits();
  Value *sum = Constant::getNullValue(x->getType());
  for (unsigned bit = 0; bit != width; ++bit) {
    Value *top = builder.CreateShl(y, width - 1 - bit);
    Value *mask = builder.CreateAShr(top, width - 1);
    sum = builder.CreateAdd(sum,
                            builder.CreateAnd(builder.CreateShl(x, bit), mask));
  }
  return sum;
}

static bool isSmall(const APInt &value) {
  return value.getSignificantBits() <= 62;
}

/// The product without a multiplication; null for scalars of which none is
/// constant, and for constants of more than 62 bits.
static Value *expand(BinaryOperator *product) {
  IRBuilder<> builder(product);
  Value *x = product->getOperand(0);
  auto *factor = dyn_cast<Constant>(product->getOperand(1));
  if (!factor) {
    factor = dyn_cast<Constant>(product->getOperand(0));
    x = product->getOperand(1);
  }
  if (!factor)
    return isa<FixedVectorType>(x->getType())
               ? multiplyLaneByLane(builder, product->getOperand(0),
                                    product->getOperand(1))
               : nullptr;
  auto *scalar = dyn_cast<ConstantInt>(factor);
  if (!scalar && factor->getType()->isVectorTy())
    scalar = dyn_cast_or_null<ConstantInt>(factor->getSplatValue());
  if (scalar)
    return isSmall(scalar->getValue())
               ? multiplyByConstant(builder, x, scalar->getValue())
               : nullptr;
  if (isa<FixedVectorType>(x->getType()))
    return multiplyByLanes(builder, x, factor);
  return nullptr;
}

namespace {
class ExpandMultiplications : public FunctionPass {
public:
  static char ID;
  ExpandMultiplications() : FunctionPass(ID) {}

  StringRef getPassName() const override {
    return "Lowbit: expand multiplications by constants";
  }

  bool runOnFunction(Function &function) override {
    if (!function.hasFnAttribute(kMultiplierFreeFunction))
      return false;
    SmallVector<BinaryOperator *> products;
    for (Instruction &instruction : instructions(function))
      if (instruction.getOpcode() == Instruction::Mul)
        products.push_back(cast<BinaryOperator>(&instruction));
    for (BinaryOperator *product : products) {
      Value *expanded = expand(product);
      if (!expanded) {
        function.getContext().diagnose(DiagnosticInfoUnsupported(
            function,
            "multiplication of two variables in a multiplier-free "
            "layer",
            product->getDebugLoc()));
        return true;
      }
      product->replaceAllUsesWith(expanded);
      product->eraseFromParent();
    }
    return !products.empty();
  }
};
} // namespace

char ExpandMultiplications::ID = 0;

FunctionPass *target::createExpandMultiplicationsPass() {
  return new ExpandMultiplications();
}
