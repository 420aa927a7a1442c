//===- LowerSteps.cpp - Steps of kernels to instructions -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Kernel/KernelOps.h"
#include "lowbit/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lowbit {
#define GEN_PASS_DEF_LOWERKERNELSTEPSPASS
#include "lowbit/Conversion/Passes.h.inc"
} // namespace lowbit

using namespace mlir;
using namespace lowbit;

static int64_t countElements(Value vector) {
  return cast<VectorType>(vector.getType()).getNumElements();
}

static Value callIntrinsic(OpBuilder &builder, Location loc, StringRef name,
                           Type type, ValueRange operands) {
  return LLVM::CallIntrinsicOp::create(builder, loc, type,
                                       builder.getStringAttr(name), operands)
      .getResult(0);
}

static Value createSplat(OpBuilder &builder, Location loc, Type type,
                         int64_t value) {
  auto vector = cast<VectorType>(type);
  return arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(
          vector, builder.getIntegerAttr(vector.getElementType(), value)));
}

//===----------------------------------------------------------------------===//
// dot
//===----------------------------------------------------------------------===//

/// The instruction that is a `kernel.dot` of vectors of `bytes` bytes, if the
/// machine has it.
static StringRef getDotIntrinsic(kernel::MachineAttr machine, int64_t bytes,
                                 bool hasSignedLhs) {
  if (hasSignedLhs)
    return bytes == 16 && machine.has("dotprod")
               ? "llvm.aarch64.neon.sdot.v4i32.v16i8"
               : "";
  bool isWide = machine.has("avx512vnni");
  bool isNarrow = (isWide && machine.has("avx512vl")) || machine.has("avxvnni");
  if (bytes == 64 && isWide)
    return "llvm.x86.avx512.vpdpbusd.512";
  if (bytes == 32 && isNarrow)
    return "llvm.x86.avx512.vpdpbusd.256";
  if (bytes == 16 && isNarrow)
    return "llvm.x86.avx512.vpdpbusd.128";
  if (bytes == 16 && machine.has("i8mm"))
    return "llvm.aarch64.neon.usdot.v4i32.v16i8";
  return "";
}

/// The instruction that multiplies 16-bit integers and sums neighbouring
/// products.
static StringRef getPairIntrinsic(kernel::MachineAttr machine, int64_t bytes) {
  if (bytes == 64 && machine.has("avx512bw"))
    return "llvm.x86.avx512.pmaddw.d.512";
  if (bytes == 32 && machine.has("avx2"))
    return "llvm.x86.avx2.pmadd.wd";
  if (bytes == 16 && machine.has("sse2"))
    return "llvm.x86.sse2.pmadd.wd";
  return "";
}

namespace {
/// Splits vectors of bytes into the bytes at even and at odd places, as 16-bit
/// integers, or into four as 32-bit integers.
struct ByteSplitter {
  OpBuilder &builder;
  Location loc;
  VectorType type; ///< of the parts

  Value cast(Value bytes) const {
    return vector::BitCastOp::create(builder, loc, type, bytes);
  }
  Value amount(int64_t bits) const {
    return createSplat(builder, loc, type, bits);
  }
  /// Byte j of each element, zero-extended.
  Value unsignedPart(Value bytes, int64_t j) const {
    Value moved =
        arith::ShRUIOp::create(builder, loc, cast(bytes), amount(8 * j));
    return arith::AndIOp::create(builder, loc, moved, amount(255));
  }
  /// Byte j of each element, sign-extended.
  Value signedPart(Value bytes, int64_t j) const {
    int64_t width = type.getElementTypeBitWidth();
    Value top = arith::ShLIOp::create(builder, loc, cast(bytes),
                                      amount(width - 8 - 8 * j));
    return arith::ShRSIOp::create(builder, loc, top, amount(width - 8));
  }
};

/// NEON without sdot: sixteen products in 16 bits, whose neighbours are summed
/// in 16 bits, too, and once more in 32.
static Value emitNeonDot(OpBuilder &builder, kernel::DotOp op) {
  Location loc = op.getLoc();
  auto wide = VectorType::get({8}, builder.getI16Type());
  auto multiply = [&](int64_t half) {
    SmallVector<Value> parts;
    for (Value bytes : {op.getLhs(), op.getRhs()})
      parts.push_back(vector::ExtractStridedSliceOp::create(
          builder, loc, bytes, ArrayRef<int64_t>{8 * half},
          ArrayRef<int64_t>{8}, ArrayRef<int64_t>{1}));
    return callIntrinsic(builder, loc, "llvm.aarch64.neon.smull.v8i16", wide,
                         parts);
  };
  Value low = multiply(0), high = multiply(1);
  Value pairs = callIntrinsic(builder, loc, "llvm.aarch64.neon.addp.v8i16",
                              wide, {low, high});
  Value sums =
      callIntrinsic(builder, loc, "llvm.aarch64.neon.saddlp.v4i32.v8i16",
                    op.getType(), pairs);
  return arith::AddIOp::create(builder, loc, op.getSum(), sums);
}

struct LowerDot : OpRewritePattern<kernel::DotOp> {
  LowerDot(MLIRContext *context, kernel::MachineAttr machine)
      : OpRewritePattern(context), machine(machine) {}

  LogicalResult matchAndRewrite(kernel::DotOp op,
                                PatternRewriter &rewriter) const override {
    if (!isa<VectorType>(op.getType()))
      return rewriter.notifyMatchFailure(op, "is not on vectors");
    Location loc = op.getLoc();
    int64_t bytes = countElements(op.getLhs());
    bool isSigned = op.getHasSignedLhs();
    StringRef dot = getDotIntrinsic(machine, bytes, isSigned);
    if (!dot.empty()) {
      rewriter.replaceOp(op, callIntrinsic(rewriter, loc, dot, op.getType(),
                                           op->getOperands()));
      return success();
    }
    if (isSigned && bytes == 16 && machine.has("neon")) {
      rewriter.replaceOp(op, emitNeonDot(rewriter, op));
      return success();
    }
    StringRef pair = getPairIntrinsic(machine, bytes);
    int64_t parts = pair.empty() ? 4 : 2;
    Type element = pair.empty() ? rewriter.getI32Type() : rewriter.getI16Type();
    int64_t count = bytes * 8 / element.getIntOrFloatBitWidth();
    ByteSplitter splitter = {rewriter, loc, VectorType::get({count}, element)};
    Value sum = op.getSum();
    for (int64_t j = 0; j != parts; ++j) {
      Value lhs = isSigned ? splitter.signedPart(op.getLhs(), j)
                           : splitter.unsignedPart(op.getLhs(), j);
      Value rhs = splitter.signedPart(op.getRhs(), j);
      Value product =
          pair.empty()
              ? arith::MulIOp::create(rewriter, loc, lhs, rhs).getResult()
              : callIntrinsic(rewriter, loc, pair, op.getType(), {lhs, rhs});
      sum = arith::AddIOp::create(rewriter, loc, sum, product);
    }
    rewriter.replaceOp(op, sum);
    return success();
  }

  kernel::MachineAttr machine;
};

//===----------------------------------------------------------------------===//
// lookup
//===----------------------------------------------------------------------===//

struct LowerLookup : OpRewritePattern<kernel::LookupOp> {
  LowerLookup(MLIRContext *context, kernel::MachineAttr machine)
      : OpRewritePattern(context), machine(machine) {}

  LogicalResult matchAndRewrite(kernel::LookupOp op,
                                PatternRewriter &rewriter) const override {
    if (!isa<VectorType>(op.getType()))
      return rewriter.notifyMatchFailure(op, "is not on vectors");
    Location loc = op.getLoc();
    int64_t bytes = countElements(op.getCodes());
    bool isFull = op.getTable().size() * bytes ==
                  static_cast<size_t>(op.getEntries() * op.getTables());
    SmallVector<Value> operands(op.getTable());
    if (isFull && op.getTables() == 1 && bytes == 64 &&
        machine.has("avx512vbmi") && operands.size() <= 2) {
      operands.insert(operands.begin() + 1, op.getCodes());
      StringRef name = operands.size() == 2
                           ? "llvm.x86.avx512.permvar.qi.512"
                           : "llvm.x86.avx512.vpermi2var.qi.512";
      rewriter.replaceOp(
          op, callIntrinsic(rewriter, loc, name, op.getType(), operands));
      return success();
    }
    StringRef shuffle = getShuffle(bytes);
    if (op.getEntries() == 16 && operands.size() == 1 && !shuffle.empty()) {
      operands.push_back(op.getCodes());
      rewriter.replaceOp(
          op, callIntrinsic(rewriter, loc, shuffle, op.getType(), operands));
      return success();
    }
    rewriter.replaceOp(op, lookUpOneByOne(rewriter, op));
    return success();
  }

  /// The instruction that looks up bytes in tables of 16.
  StringRef getShuffle(int64_t bytes) const {
    if (bytes == 64 && machine.has("avx512bw"))
      return "llvm.x86.avx512.pshuf.b.512";
    if (bytes == 32 && machine.has("avx2"))
      return "llvm.x86.avx2.pshuf.b";
    if (bytes == 16 && machine.has("ssse3"))
      return "llvm.x86.ssse3.pshuf.b.128";
    if (bytes == 16 && machine.has("neon"))
      return "llvm.aarch64.neon.tbl1.v16i8";
    return "";
  }

  static Value lookUpOneByOne(OpBuilder &builder, kernel::LookupOp op) {
    Location loc = op.getLoc();
    int64_t lanes = countElements(op.getCodes());
    int64_t run = lanes / op.getTables(), entries = op.getEntries();
    Value result = op.getCodes();
    for (int64_t lane = 0; lane != lanes; ++lane) {
      Value code = vector::ExtractOp::create(builder, loc, op.getCodes(), lane);
      Value place = arith::IndexCastUIOp::create(builder, loc,
                                                 builder.getIndexType(), code);
      Value first =
          arith::ConstantIndexOp::create(builder, loc, lane / run * entries);
      place = arith::AddIOp::create(builder, loc, place, first);
      result = vector::InsertOp::create(
          builder, loc, extractByte(builder, op, place), result, lane);
    }
    return result;
  }

  /// Byte `place` of the vectors of the table.
  static Value extractByte(OpBuilder &builder, kernel::LookupOp op,
                           Value place) {
    Location loc = op.getLoc();
    int64_t size = countElements(op.getTable()[0]);
    Value mask = arith::ConstantIndexOp::create(builder, loc, size - 1);
    Value within = arith::AndIOp::create(builder, loc, place, mask);
    Value byte;
    for (auto [part, bytes] : llvm::enumerate(op.getTable())) {
      Value found =
          vector::ExtractOp::create(builder, loc, bytes, OpFoldResult(within));
      if (!byte) {
        byte = found;
        continue;
      }
      Value first = arith::ConstantIndexOp::create(
          builder, loc, static_cast<int64_t>(part) * size);
      Value isHere = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::uge, place, first);
      byte = arith::SelectOp::create(builder, loc, isHere, found, byte);
    }
    return byte;
  }

  kernel::MachineAttr machine;
};

struct LowerKernelStepsPass
    : lowbit::impl::LowerKernelStepsPassBase<LowerKernelStepsPass> {
  void runOnOperation() override {
    auto machine = getOperation()->getAttrOfType<kernel::MachineAttr>(
        kernel::kMachineAttr);
    if (!machine)
      machine = kernel::MachineAttr::get(&getContext(), 0, {});
    RewritePatternSet patterns(&getContext());
    patterns.add<LowerDot, LowerLookup>(&getContext(), machine);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
    // Nothing below asks for it, and tools downstream need not know it.
    getOperation()->removeAttr(kernel::kMachineAttr);
  }
};
} // namespace
