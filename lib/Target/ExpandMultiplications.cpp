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
#include "llvm/Analysis/VectorUtils.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/Pass.h"
#include "llvm/Target/TargetMachine.h"

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

/// The constant that `value` is. Where a CPU loads large constants by several
/// instructions, LLVM hides one behind a cast and makes others from it by
/// additions.
static Constant *findConstant(Value *value) {
  if (auto *constant = dyn_cast<Constant>(value))
    return constant;
  if (auto *cast = dyn_cast<BitCastInst>(value))
    return cast->getSrcTy() == cast->getDestTy()
               ? findConstant(cast->getOperand(0))
               : nullptr;
  auto *add = dyn_cast<BinaryOperator>(value);
  if (!add || add->getOpcode() != Instruction::Add)
    return nullptr;
  Constant *base = findConstant(add->getOperand(0));
  auto *difference = dyn_cast<Constant>(add->getOperand(1));
  return base && difference ? ConstantExpr::getAdd(base, difference) : nullptr;
}

/// The product without a multiplication; null for scalars of which none is
/// constant, and for constants of more than 62 bits.
static Value *expand(BinaryOperator *product) {
  IRBuilder<> builder(product);
  Value *x = product->getOperand(0);
  Constant *factor = findConstant(product->getOperand(1));
  if (!factor) {
    factor = findConstant(product->getOperand(0));
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

//===----------------------------------------------------------------------===//
// Shifts
//===----------------------------------------------------------------------===//

/// `vector`, of which code generation sees no more that it is constant: lanes
/// of shifts by different constants would be put together to products again.
static Value *hide(IRBuilder<> &builder, Value *vector) {
  Type *i32 = builder.getInt32Ty();
  auto *type = FunctionType::get(i32, i32, false);
  Value *zero = builder.CreateCall(
      InlineAsm::get(type, "", "=r,0", /*hasSideEffects=*/false),
      builder.getInt32(0));
  auto *lanes = cast<FixedVectorType>(vector->getType());
  zero = builder.CreateZExtOrTrunc(zero, lanes->getElementType());
  return builder.CreateXor(
      vector, builder.CreateVectorSplat(lanes->getNumElements(), zero));
}

/// x << amounts lane by lane, by one bit of the amounts after the other, on a
/// CPU whose vector registers are x86's.
static Value *shiftLaneByLane(IRBuilder<> &builder, Value *x, Value *amounts) {
  unsigned width = x->getType()->getScalarSizeInBits();
  if (isa<Constant>(amounts))
    amounts = hide(builder, amounts);
  for (unsigned bit = 0; (1u << bit) < width; ++bit) {
    // Blending instructions ask for the top bit of a lane.
    Value *top = builder.CreateShl(amounts, width - 1 - bit);
    Value *isSet =
        builder.CreateICmpSLT(top, Constant::getNullValue(top->getType()));
    x = builder.CreateSelect(isSet, builder.CreateShl(x, 1u << bit), x);
  }
  return x;
}

/// Whether instructions of the target shift each lane by an amount of its own.
/// Where x86 has none, LLVM multiplies by powers of two.
static bool shiftsLanes(const MCSubtargetInfo &subtarget, const Value &x) {
  if (!subtarget.getTargetTriple().isX86() || !x.getType()->isVectorTy())
    return true;
  unsigned width = x.getType()->getScalarSizeInBits();
  StringRef needed = width >= 32 ? "+avx2" : "+avx512bw";
  return width >= 16 && subtarget.checkFeatures(needed);
}

static bool needsExpansion(const MCSubtargetInfo &subtarget,
                           const Instruction &shift) {
  if (shift.getOpcode() != Instruction::Shl)
    return false;
  auto *amount = dyn_cast<Constant>(shift.getOperand(1));
  bool isUniform =
      (amount && amount->getSplatValue()) || isSplatValue(shift.getOperand(1));
  return !isUniform && !shiftsLanes(subtarget, shift);
}

namespace {
class ExpandMultiplications : public FunctionPass {
public:
  static char ID;
  explicit ExpandMultiplications(const TargetMachine &machine)
      : FunctionPass(ID), machine(machine) {}

  StringRef getPassName() const override {
    return "Lowbit: expand multiplications by constants";
  }

  bool runOnFunction(Function &function) override {
    if (!function.hasFnAttribute(kMultiplierFreeFunction))
      return false;
    const MCSubtargetInfo &subtarget = *machine.getSubtargetImpl(function);
    SmallVector<BinaryOperator *> products, shifts;
    for (Instruction &instruction : instructions(function))
      if (instruction.getOpcode() == Instruction::Mul)
        products.push_back(cast<BinaryOperator>(&instruction));
      else if (needsExpansion(subtarget, instruction))
        shifts.push_back(cast<BinaryOperator>(&instruction));
    for (BinaryOperator *shift : shifts) {
      IRBuilder<> builder(shift);
      shift->replaceAllUsesWith(
          shiftLaneByLane(builder, shift->getOperand(0), shift->getOperand(1)));
      shift->eraseFromParent();
    }
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
    return !products.empty() || !shifts.empty();
  }

private:
  const TargetMachine &machine;
};
} // namespace

char ExpandMultiplications::ID = 0;

FunctionPass *
target::createExpandMultiplicationsPass(const TargetMachine &machine) {
  return new ExpandMultiplications(machine);
}
