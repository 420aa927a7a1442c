//===- Resolver.cpp - Functions chosen when they are loaded -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/Resolver.h"

#include "lib/Target/FeatureTests.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalIFunc.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;
using namespace lowbit::target;

//===----------------------------------------------------------------------===//
// x86-64
//===----------------------------------------------------------------------===//

namespace {
/// Registers after `cpuid`.
struct CpuId {
  Value *a, *b, *c, *d;
};
} // namespace

static CpuId askCpu(IRBuilder<> &builder, unsigned leaf, unsigned sub = 0) {
  Type *i32 = builder.getInt32Ty();
  auto *result = StructType::get(i32, i32, i32, i32);
  auto *type = FunctionType::get(result, {i32, i32}, false);
  auto *cpuid = InlineAsm::get(
      type, "cpuid", "={ax},={bx},={cx},={dx},0,2,~{dirflag},~{fpsr},~{flags}",
      /*hasSideEffects=*/true);
  Value *all = builder.CreateCall(
      type, cpuid, {builder.getInt32(leaf), builder.getInt32(sub)});
  return {
      builder.CreateExtractValue(all, 0), builder.CreateExtractValue(all, 1),
      builder.CreateExtractValue(all, 2), builder.CreateExtractValue(all, 3)};
}

/// The states of registers that the system saves: those in XCR0 if it lets
/// programs ask, else none. Continues in a block of its own.
static Value *readSavedStates(IRBuilder<> &builder, Value *leaf1C) {
  BasicBlock *before = builder.GetInsertBlock();
  Function *function = before->getParent();
  auto *ask = BasicBlock::Create(builder.getContext(), "ask", function);
  auto *after = BasicBlock::Create(builder.getContext(), "after", function);
  Value *isSaved = builder.CreateAnd(leaf1C, builder.getInt32(1u << 27));
  builder.CreateCondBr(builder.CreateIsNotNull(isSaved), ask, after);

  builder.SetInsertPoint(ask);
  Type *i32 = builder.getInt32Ty();
  auto *type = FunctionType::get(StructType::get(i32, i32), {i32}, false);
  auto *xgetbv = InlineAsm::get(type, "xgetbv",
                                "={ax},={dx},{cx},~{dirflag},~{fpsr},~{flags}",
                                /*hasSideEffects=*/true);
  Value *states = builder.CreateExtractValue(
      builder.CreateCall(type, xgetbv, {builder.getInt32(0)}), 0);
  builder.CreateBr(after);

  builder.SetInsertPoint(after);
  PHINode *phi = builder.CreatePHI(i32, 2);
  phi->addIncoming(states, ask);
  phi->addIncoming(builder.getInt32(0), before);
  return phi;
}

static SmallVector<Value *> readX86(IRBuilder<> &builder) {
  SmallVector<Value *> words(kNumX86Words);
  CpuId leaf0 = askCpu(builder, 0);
  CpuId leaf1 = askCpu(builder, 1);
  CpuId leaf7 = askCpu(builder, 7);
  CpuId leaf7Sub1 = askCpu(builder, 7, 1);
  // Leaves that a CPU does not have may say anything.
  Value *zero = builder.getInt32(0);
  Value *has7 = builder.CreateICmpUGE(leaf0.a, builder.getInt32(7));
  auto where = [&](Value *has, Value *word) {
    return builder.CreateSelect(has, word, zero);
  };
  Value *hasSub1 = builder.CreateIsNotNull(where(has7, leaf7.a));
  words[kLeaf1C] = leaf1.c;
  words[kLeaf7B] = where(has7, leaf7.b);
  words[kLeaf7C] = where(has7, leaf7.c);
  words[kLeaf7D] = where(has7, leaf7.d);
  words[kLeaf7Sub1A] = where(hasSub1, leaf7Sub1.a);
  words[kLeaf7Sub1D] = where(hasSub1, leaf7Sub1.d);
  // Every CPU of 64 bits has this one: it tells of the 64 bits.
  words[kExtended1C] = askCpu(builder, 0x80000001).c;
  words[kSavedStates] = readSavedStates(builder, leaf1.c);
  return words;
}

//===----------------------------------------------------------------------===//
// AArch64
//===----------------------------------------------------------------------===//

/// The words behind the resolver's arguments: AT_HWCAP, and a pointer to a
/// structure { size, AT_HWCAP, AT_HWCAP2 } if bit 62 of it is set.
static SmallVector<Value *> readAArch64(IRBuilder<> &builder) {
  BasicBlock *before = builder.GetInsertBlock();
  Function *function = before->getParent();
  Value *hwcap = function->getArg(0);
  auto *ask = BasicBlock::Create(builder.getContext(), "ask", function);
  auto *after = BasicBlock::Create(builder.getContext(), "after", function);
  Value *hasMore =
      builder.CreateAnd(hwcap, builder.getInt64(uint64_t(1) << 62));
  builder.CreateCondBr(builder.CreateIsNotNull(hasMore), ask, after);

  builder.SetInsertPoint(ask);
  Type *i64 = builder.getInt64Ty();
  Value *more = builder.CreateLoad(
      i64, builder.CreateConstGEP1_64(i64, function->getArg(1), 2));
  builder.CreateBr(after);

  builder.SetInsertPoint(after);
  PHINode *hwcap2 = builder.CreatePHI(i64, 2);
  hwcap2->addIncoming(more, ask);
  hwcap2->addIncoming(builder.getInt64(0), before);
  return {hwcap, hwcap2};
}

//===----------------------------------------------------------------------===//
// Both
//===----------------------------------------------------------------------===//

static Value *isSupported(IRBuilder<> &builder, ArrayRef<Value *> words,
                          const Version &version, const FeatureTable &table) {
  SmallVector<uint64_t> masks(table.numWords, 0);
  for (const std::string &feature : version.tests) {
    const FeatureTest &test = *table.find(feature);
    masks[test.word] |= test.mask;
    if (test.states != 0)
      masks[kSavedStates] |= test.states;
  }
  Value *result = builder.getTrue();
  for (auto [word, mask] : llvm::zip_equal(words, masks)) {
    if (mask == 0)
      continue;
    Value *bits = ConstantInt::get(word->getType(), mask);
    Value *has = builder.CreateICmpEQ(builder.CreateAnd(word, bits), bits);
    result = builder.CreateAnd(result, has);
  }
  return result;
}

void lowbit::target::addResolver(StringRef name, ArrayRef<Function *> functions,
                                 ArrayRef<Version> versions) {
  Module &module = *functions.front()->getParent();
  LLVMContext &context = module.getContext();
  const Triple &triple = module.getTargetTriple();
  const FeatureTable &table = *getFeatureTable(triple);
  Type *pointer = PointerType::get(context, 0);
  SmallVector<Type *> arguments;
  if (triple.isAArch64())
    arguments = {Type::getInt64Ty(context), pointer};
  auto *resolver = Function::Create(
      FunctionType::get(pointer, arguments, false),
      GlobalValue::InternalLinkage, name + ".resolver", module);
  resolver->setDoesNotThrow();
  resolver->addFnAttr("target-cpu", table.cpu);

  IRBuilder<> builder(BasicBlock::Create(context, "entry", resolver));
  SmallVector<Value *> words =
      triple.isAArch64() ? readAArch64(builder) : readX86(builder);
  Value *chosen = functions.front();
  for (auto [function, version] :
       llvm::zip_equal(functions.drop_front(), versions.drop_front()))
    chosen = builder.CreateSelect(isSupported(builder, words, version, table),
                                  function, chosen);
  builder.CreateRet(chosen);
  GlobalIFunc::create(functions.front()->getFunctionType(), 0,
                      GlobalValue::ExternalLinkage, name, resolver, &module);
}
