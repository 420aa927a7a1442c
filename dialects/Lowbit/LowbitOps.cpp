//===- LowbitOps.cpp - Verifiers, labelled as in docs/Semantics.md -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitOps.h"

#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitConstants.h"
#include "dialects/Lowbit/LowbitVerifiers.h"
#include "lowbit/Numerics/Packing.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace mlir;
using namespace lowbit;
using numerics::LevelSet;

//===----------------------------------------------------------------------===//
// Syntax: one shift, or a list of one for each channel
//===----------------------------------------------------------------------===//

static ParseResult parseShift(OpAsmParser &parser, DenseI64ArrayAttr &shift) {
  SmallVector<int64_t> values;
  auto parseOne = [&] { return parser.parseInteger(values.emplace_back()); };
  if (succeeded(parser.parseOptionalLSquare())) {
    if (parser.parseCommaSeparatedList(parseOne) || parser.parseRSquare())
      return failure();
  } else if (parseOne()) {
    return failure();
  }
  shift = DenseI64ArrayAttr::get(parser.getContext(), values);
  return success();
}

static void printShift(OpAsmPrinter &printer, Operation *,
                       DenseI64ArrayAttr shift) {
  if (shift.size() == 1) {
    printer << shift[0];
    return;
  }
  printer << '[';
  llvm::interleaveComma(shift.asArrayRef(), printer);
  printer << ']';
}

#define GET_OP_CLASSES
#include "dialects/Lowbit/LowbitOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Checks that several ops share
//===----------------------------------------------------------------------===//

ConstantOp lowbit::getWeightConstant(Value weight) {
  if (auto unpack = weight.getDefiningOp<UnpackOp>())
    weight = unpack.getInput();
  return weight.getDefiningOp<ConstantOp>();
}

int64_t lowbit::getChannels(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  return type.getRank() == 0 ? 1 : type.getShape().back();
}

/// One value for all channels or one for each.
static LogicalResult verifyPerChannel(Operation *op, StringRef name,
                                      int64_t size, Value channelsOf) {
  int64_t channels = getChannels(channelsOf);
  if (size == 1 || size == channels)
    return success();
  return op->emitOpError() << name << " has " << size
                           << " elements; expected 1 or one per channel ("
                           << channels << ")";
}

static LogicalResult verifyPerChannel(Operation *op, StringRef name,
                                      Value vector, Value channelsOf) {
  int64_t size = cast<RankedTensorType>(vector.getType()).getDimSize(0);
  return verifyPerChannel(op, name, size, channelsOf);
}

static LogicalResult verifyGapless(Operation *op, Type result) {
  auto set = getLevelSet(result);
  if (!set || set->isContiguous())
    return success();
  return op->emitOpError() << "result levels '" << set->str()
                           << "' have gaps; use int, uint or ternary";
}

static int64_t getLevelMagnitude(Value value) {
  return getLevelSet(value.getType())->maxMagnitude();
}

/// Greatest magnitude of an operand's elements: of its levels, of a sum as far
/// as the types of its terms tell, of a stated range, or of any i32.
static int64_t getMagnitude(Value value) {
  if (getLevelSet(value.getType()))
    return getLevelMagnitude(value);
  if (isa<BlockArgument>(value))
    return getRange(value).magnitude();
  return llvm::TypeSwitch<Operation *, int64_t>(value.getDefiningOp())
      .Case<Conv2DOp, MatmulOp>([](auto op) {
        auto weight = cast<RankedTensorType>(op.getWeight().getType());
        return ShapedType::getNumElements(weight.getShape().drop_front()) *
               getLevelMagnitude(op.getInput()) *
               getLevelMagnitude(op.getWeight());
      })
      .Case([](SumPool2DOp op) {
        return op.getKernel()[0] * op.getKernel()[1] *
               getLevelMagnitude(op.getInput());
      })
      .Default(int64_t(1) << 31);
}

static LogicalResult verifyFitsI32(Operation *op, uint64_t terms, Value lhs,
                                   int64_t rhsMagnitude) {
  // Magnitudes are at most 2^16, so that 128 bits hold any number of terms.
  llvm::APInt bound(128, terms);
  bound *= llvm::APInt(128, getMagnitude(lhs));
  bound *= llvm::APInt(128, rhsMagnitude);
  if (bound.ult(llvm::APInt(128, int64_t(1) << 31)))
    return success();
  SmallString<40> digits;
  bound.toStringUnsigned(digits);
  return op->emitOpError() << "sum of " << terms << " products may reach "
                           << digits << ", which does not fit i32";
}

/// C4 of `conv2d` and C2 of `matmul`: what the types allow, or, where that is
/// too much, the worst sums of the constant weights.
static LogicalResult verifySums(Operation *op, Value input, Value weight) {
  auto type = cast<RankedTensorType>(weight.getType());
  int64_t terms = ShapedType::getNumElements(type.getShape().drop_front());
  SmallVector<IntegerRange> sums;
  uint64_t most = llvm::SaturatingMultiply<uint64_t>(
      llvm::SaturatingMultiply<uint64_t>(terms, getMagnitude(input)),
      getLevelMagnitude(weight));
  if (most >> 31)
    sums = getWorstSums(input, weight);
  if (sums.empty())
    return verifyFitsI32(op, terms, input, getLevelMagnitude(weight));
  for (auto [channel, sum] : llvm::enumerate(sums))
    if (numerics::accumulatorBits(sum) > 32)
      return op->emitOpError()
             << "sums of output channel " << channel << " may reach "
             << (sum.magnitude() == sum.hi ? sum.hi : sum.lo)
             << ", which does not fit i32";
  return success();
}

/// The bits of a sum hold `range`, and `bound`, where given, is its proof.
static LogicalResult verifyAccumulator(Operation *op, Value input, Value weight,
                                       WorstSumsAttr bound) {
  unsigned bits =
      getElementTypeOrSelf(op->getResult(0)).getIntOrFloatBitWidth();
  if (bits == 32 && !bound)
    return success();
  WorstSumsAttr proven =
      weight ? getWorstSumsAttr(input, weight) : WorstSumsAttr();
  IntegerRange range = proven ? IntegerRange{proven.getLo(), proven.getHi()}
                              : getRange(op->getResult(0));
  if (numerics::accumulatorBits(range) > bits)
    return op->emitOpError()
           << "sums may be in [" << range.lo << ", " << range.hi << "], which i"
           << bits << " does not hold";
  if (!bound)
    return success();
  if (!proven)
    return op->emitOpError("bound needs constant weights");
  if (bound != proven)
    return op->emitOpError()
           << "bound is not what the weights give: " << proven;
  return success();
}

/// C2, C4 and C5 of `rescale` and `add`: every (operand, multiplier) pair
/// with the offset must stay below 2^62.
static LogicalResult verifyAffine(Operation *op,
                                  ArrayRef<std::pair<Value, Value>> terms,
                                  Value offset, ArrayRef<int64_t> shifts,
                                  std::optional<ArrayRef<int64_t>> clamp,
                                  Type result) {
  int64_t most = 0;
  for (int64_t shift : shifts) {
    if (shift < 0 || shift > 62)
      return op->emitOpError()
             << "shift is " << shift << ", must be in [0, 62]";
    most = std::max(most, shift);
  }
  auto set = getLevelSet(result);
  auto isResult = [&](int64_t value) {
    IntegerRange any = getTypeRange(result);
    return set ? set->contains(value) : any.lo <= value && value <= any.hi;
  };
  if (clamp && (clamp->size() != 2 || (*clamp)[0] > (*clamp)[1] ||
                !isResult((*clamp)[0]) || !isResult((*clamp)[1])))
    return op->emitOpError()
           << "clamp must be [lo, hi] with lo <= hi, both "
           << (set ? "levels of " + set->str() : std::string("of its type"));
  auto greatest = [](Value vector) {
    double most = 0;
    if (auto values = getConstantIntegers(vector))
      for (int64_t value : *values)
        most = std::max(most, std::abs(static_cast<double>(value)));
    return most;
  };
  auto addTerms = [&](function_ref<int64_t(Value)> magnitude) {
    double bound = greatest(offset) + std::ldexp(0.5, most);
    for (auto [value, multiplier] : terms)
      bound += greatest(multiplier) * static_cast<double>(magnitude(value));
    return bound;
  };
  // What the types of the terms allow is cheaper to know than worst sums.
  if (addTerms(getMagnitude) >= 0x1p62 && addTerms([](Value value) {
                                            return getRange(value).magnitude();
                                          }) >= 0x1p62)
    return op->emitOpError()
           << "products and offset may leave 62 bits; use smaller multipliers "
              "and a smaller shift";
  return success();
}

//===----------------------------------------------------------------------===//
// ConstantOp
//===----------------------------------------------------------------------===//

LevelSet ConstantOp::getLevelSet() {
  Type element = getElementTypeOrSelf(getType());
  if (auto packed = dyn_cast<PackedType>(element))
    element = packed.getElement();
  return *lowbit::getLevelSet(element);
}

numerics::Layout ConstantOp::getCodesLayout() {
  auto packed = dyn_cast<PackedType>(getElementTypeOrSelf(getType()));
  return packed ? getLayout(packed.getLayout()) : numerics::Layout::Bits;
}

int64_t ConstantOp::getNumCodes() {
  auto type = cast<RankedTensorType>(getType());
  if (isa<PackedType>(type.getElementType()))
    return numerics::packedCapacity(type.getNumElements(), getLevelSet(),
                                    getCodesLayout());
  return type.getNumElements();
}

LogicalResult ConstantOp::verify() {
  LevelSet set = getLevelSet();
  int64_t count = getNumCodes();
  int64_t bytes = numerics::packedSize(count, set, getCodesLayout());
  auto codes = dyn_cast<RankedTensorType>(getCodes().getType());
  if (!codes || codes.getRank() != 1 || !codes.getElementType().isInteger(8) ||
      codes.getDimSize(0) != bytes) // C1
    return emitOpError() << "codes must be tensor<" << bytes
                         << "xi8>: " << count << " codes of " << set.codeBits()
                         << " bits";
  SmallVector<uint8_t> storage;
  auto data = getBytes(getCodes(), storage);
  if (!data)
    return emitOpError("codes are not readable: the resource is missing or "
                       "has the wrong size");
  if (!numerics::unpackLevels(*data, count, set, getCodesLayout())) // C2
    return emitOpError() << "holds a code that stands for no level of "
                         << set.str() << ", or a set padding bit";
  return success();
}

SmallVector<int32_t> ConstantOp::getLevels() {
  SmallVector<uint8_t> storage;
  auto levels =
      numerics::unpackLevels(*getBytes(getCodes(), storage), getNumCodes(),
                             getLevelSet(), getCodesLayout());
  return SmallVector<int32_t>(levels->begin(), levels->end());
}

ConstantOp ConstantOp::fromLevels(OpBuilder &builder, Location loc,
                                  RankedTensorType type,
                                  ArrayRef<int32_t> levels) {
  auto bytes = numerics::packLevels(levels, *lowbit::getLevelSet(type));
  assert(bytes && "every level must be in the level set");
  return ConstantOp::create(builder, loc, type,
                            createBytes(builder.getContext(), *bytes));
}

//===----------------------------------------------------------------------===//
// From float to codes and back
//===----------------------------------------------------------------------===//

LogicalResult lowbit::verifyScale(Operation *op, StringRef name, Value scale) {
  if (cast<RankedTensorType>(scale.getType()).getDimSize(0) != 1)
    return op->emitOpError() << name << " must have one element";
  if (auto values = getConstantFloats(scale))
    if (!((*values)[0] > 0) || std::isinf((*values)[0]))
      return op->emitOpError() << name << " must be positive and finite";
  return success();
}

LogicalResult QuantizeOp::verify() {
  if (failed(verifyGapless(*this, getType()))) // C1
    return failure();
  return verifyScale(*this, "scale", getScale()); // C2
}

LogicalResult DequantizeOp::verify() { // C1
  if (failed(verifyPerChannel(*this, "scale", getScale(), getInput())))
    return failure();
  return getBias() ? verifyPerChannel(*this, "bias", getBias(), getInput())
                   : success();
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

LogicalResult Conv2DOp::verify() {
  auto weight = cast<RankedTensorType>(getWeight().getType());
  int64_t groups = getGroups();
  if (groups <= 0 || weight.getDimSize(0) % groups != 0) // C5
    return emitOpError() << "groups is " << groups
                         << ", must be positive and divide the "
                         << weight.getDimSize(0) << " output channels";
  int64_t channels = getChannels(getInput());
  if (channels % groups != 0 ||
      channels / groups != getChannels(getWeight())) { // C1
    auto diagnostic = emitOpError()
                      << "input has " << channels << " channels, weight has "
                      << getChannels(getWeight());
    if (groups != 1)
      diagnostic << " for each of " << groups << " groups";
    return diagnostic;
  }
  if (failed(verifySums(*this, getInput(), getWeight()))) // C4
    return failure();
  return verifyAccumulator(*this, getInput(), getWeight(),
                           getBoundAttr()); // C6, C7
}

LogicalResult MatmulOp::verify() {
  if (getChannels(getInput()) != getChannels(getWeight())) // C1
    return emitOpError() << "input has " << getChannels(getInput())
                         << " columns, weight has " << getChannels(getWeight());
  if (failed(verifySums(*this, getInput(), getWeight()))) // C2
    return failure();
  return verifyAccumulator(*this, getInput(), getWeight(),
                           getBoundAttr()); // C3, C4
}

LogicalResult RescaleOp::verify() {
  if (failed(
          verifyPerChannel(*this, "multiplier", getMultiplier(), getInput())) ||
      failed(verifyPerChannel(*this, "offset", getOffset(), getInput())) ||
      failed(verifyPerChannel(*this, "shift", getShift().size(),
                              getInput()))) // C1
    return failure();
  if (failed(verifyGapless(*this, getType()))) // C3
    return failure();
  return verifyAffine(*this, {{getInput(), getMultiplier()}}, getOffset(),
                      getShift(), getClamp(), getType());
}

LogicalResult AddOp::verify() {
  if (failed(verifyPerChannel(*this, "lhs_multiplier", getLhsMultiplier(),
                              getLhs())) ||
      failed(verifyPerChannel(*this, "rhs_multiplier", getRhsMultiplier(),
                              getRhs())) ||
      failed(verifyPerChannel(*this, "offset", getOffset(), getLhs()))) // C1
    return failure();
  if (failed(verifyGapless(*this, getType()))) // C3
    return failure();
  int64_t shift = getShift();
  return verifyAffine(
      *this, {{getLhs(), getLhsMultiplier()}, {getRhs(), getRhsMultiplier()}},
      getOffset(), shift, getClamp(), getType());
}

/// Whether kernel sizes and pads are such that C2 and C4 have a meaning. Shape
/// inference is verified after the ops' own verifiers and reports the rest.
static bool isWindow(ArrayRef<int64_t> kernel, ArrayRef<int64_t> pad) {
  return kernel.size() == 2 && pad.size() == 4 && kernel[0] > 0 &&
         kernel[1] > 0;
}

/// C2 of the pools.
static LogicalResult verifyPads(Operation *op, ArrayRef<int64_t> kernel,
                                ArrayRef<int64_t> pad) {
  if (!isWindow(kernel, pad))
    return success();
  for (int side = 0; side != 4; ++side)
    if (pad[side] >= kernel[side / 2])
      return op->emitOpError()
             << "pad " << pad[side] << " is not smaller than the kernel size "
             << kernel[side / 2];
  return success();
}

LogicalResult MaxPool2DOp::verify() {
  return verifyPads(*this, getKernel(), getPad());
}

LogicalResult SumPool2DOp::verify() {
  if (failed(verifyPads(*this, getKernel(), getPad())))
    return failure();
  if (!isWindow(getKernel(), getPad()))
    return success();
  auto elements =
      llvm::SaturatingMultiply<uint64_t>(getKernel()[0], getKernel()[1]);
  if (failed(verifyFitsI32(*this, elements, getInput(), 1))) // C4
    return failure();
  return verifyAccumulator(*this, getInput(), Value(), WorstSumsAttr());
}

//===----------------------------------------------------------------------===//
// PadOp
//===----------------------------------------------------------------------===//

LogicalResult PadOp::verify() { // C2; shape inference checks the rest
  LevelSet set = *getLevelSet(getInput().getType());
  int64_t level = getLevel();
  if (level == static_cast<int32_t>(level) && set.contains(level))
    return success();
  return emitOpError() << "pads with " << level << ", which is no level of "
                       << set.str();
}

//===----------------------------------------------------------------------===//
// Storage
//===----------------------------------------------------------------------===//

/// C1 and C2 of `pack` and `unpack`; `which` names the packed side.
static LogicalResult verifyPacking(Operation *op, Value packed, Value codes,
                                   StringRef which) {
  auto bytesType = cast<RankedTensorType>(packed.getType());
  auto type = cast<RankedTensorType>(codes.getType());
  auto packedType = cast<PackedType>(bytesType.getElementType());
  if (packedType.getElement() != type.getElementType()) // C2
    return op->emitOpError() << "codes of " << type.getElementType()
                             << " do not lie in bytes of " << packedType;
  LevelSet set = *getLevelSet(type);
  int64_t bytes = numerics::packedSize(type.getNumElements(), set,
                                       getLayout(packedType.getLayout()));
  if (bytesType.getRank() != 1 || bytesType.getDimSize(0) != bytes) // C1
    return op->emitOpError()
           << which << " must be 1-D of " << bytes
           << " bytes: " << type.getNumElements() << " codes of " << set.str()
           << " in layout " << stringifyPackedLayout(packedType.getLayout());
  return success();
}

LogicalResult PackOp::verify() {
  return verifyPacking(*this, getResult(), getInput(), "result");
}

LogicalResult UnpackOp::verify() {
  return verifyPacking(*this, getInput(), getResult(), "input");
}
