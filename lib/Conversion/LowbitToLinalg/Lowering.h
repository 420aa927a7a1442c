//===- Lowering.h - What the patterns share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_CONVERSION_LOWBITTOLINALG_LOWERING_H
#define LOWBIT_LIB_CONVERSION_LOWBITTOLINALG_LOWERING_H

#include "dialects/Lowbit/LowbitBounds.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Conversion/Storage.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/Transforms/DialectConversion.h"

namespace lowbit {

/// Level-set tensors to tensors of their storage type.
class StorageTypeConverter : public mlir::TypeConverter {
public:
  StorageTypeConverter();
};

/// Whether the storage of `set` is the code instead of the level.
bool isStoredAsCode(const numerics::LevelSet &set);

/// The stored form of `level`.
int64_t getStored(const numerics::LevelSet &set, int32_t level);

/// Emits the stored form of a level of a gapless set that is in an integer.
mlir::Value emitStoredLevel(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value level, const numerics::LevelSet &set);

/// The proven ranges of the operands of `rescale`, `add` and layers, asked for
/// before the conversion takes the producers apart.
class OperandRanges {
public:
  explicit OperandRanges(mlir::Operation *root);
  IntegerRange get(mlir::Value value) const;

private:
  llvm::DenseMap<mlir::Value, IntegerRange> ranges;
};

/// Emits the level of a stored element, widened to `type`.
mlir::Value emitLevel(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value stored, const numerics::LevelSet &set,
                      mlir::Type type);

/// Emits `value` in the integer `type`, which holds it; a type of fewer bits
/// may be asked for where only the low bits of a sum count.
mlir::Value convert(mlir::OpBuilder &builder, mlir::Location loc,
                    mlir::Value value, mlir::Type type, bool isUnsigned);

/// Emits the integer of an operand of an integer op, widened to `type`: the
/// level of a stored element, or a sum as it is.
mlir::Value emitInteger(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value stored, mlir::Type originalTensor,
                        mlir::Type type);

/// Emits x * weight with signs, shifts and additions only, for a stored weight
/// of a multiplier-free set. `x` and the result have type `x.getType()`.
mlir::Value emitShiftedProduct(mlir::OpBuilder &builder, mlir::Location loc,
                               mlir::Value x, mlir::Value storedWeight,
                               const numerics::LevelSet &set);

/// Whether the function around `op` must do without multiplications.
bool isMultiplierFree(mlir::Operation *op);

/// A constant of `type` (integer), scalar.
mlir::Value createInteger(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Type type, int64_t value);

/// A 1-D constant tensor of integers of `type`.
mlir::Value createIntegers(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Type type, llvm::ArrayRef<int64_t> values);

/// The same in the narrowest of i8, i16, i32 and i64 that holds all values:
/// constants of the object are as small as they can be.
mlir::Value createNarrowIntegers(mlir::OpBuilder &builder, mlir::Location loc,
                                 llvm::ArrayRef<int64_t> values);

/// An indexing map (d0, ..., d(rank-1)) -> (d(rank-1)): the channel; of a
/// scalar, channel 0.
mlir::AffineMap getChannelMap(mlir::MLIRContext *context, int64_t rank);

/// Builds an elementwise linalg.generic over `shape`: `inputs` of the full
/// shape come first, `perChannel` vectors (one value per channel) after them.
/// `body` gets all scalars and returns the result element.
mlir::Value createElementwise(
    mlir::OpBuilder &builder, mlir::Location loc, mlir::RankedTensorType result,
    mlir::ValueRange inputs, mlir::ValueRange perChannel,
    llvm::function_ref<mlir::Value(mlir::OpBuilder &, mlir::Location,
                                   mlir::ValueRange)>
        body);

/// The activations that a sum runs over, padded with 0.
struct PaddedInput {
  mlir::Value tensor;
  /// The set in whose storage they lie; nothing where they lie as levels.
  std::optional<numerics::LevelSet> set;
};

/// Pads height and width of NHWC activations, stored as those of `set`, with
/// 0. Codes without a code for 0 are made levels first.
PaddedInput padForSum(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value stored, const numerics::LevelSet &set,
                      llvm::ArrayRef<int64_t> pad);

/// A tensor filled with an integer.
mlir::Value createFilled(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::RankedTensorType type, int64_t value);

/// How a layer multiplies and adds, as the body of a linalg.generic on
/// (activation, weight, sum).
struct MultiplyAccumulate {
  std::optional<numerics::LevelSet> input; ///< as in PaddedInput
  numerics::LevelSet weight;
  /// Shifts and signs instead of products.
  bool multiplierFree;

  void operator()(mlir::OpBuilder &builder, mlir::Location loc,
                  mlir::ValueRange scalars) const;
};

/// Whether the layer may use products, or its weights leave it no choice.
bool needsMultiplication(mlir::Operation *op, mlir::Value weight);

void populateLayerPatterns(mlir::RewritePatternSet &patterns,
                           const StorageTypeConverter &converter);
void populateGroupedConvolutionPatterns(mlir::RewritePatternSet &patterns,
                                        const StorageTypeConverter &converter);
void populateDataMovementPatterns(mlir::RewritePatternSet &patterns,
                                  const StorageTypeConverter &converter);
void populateElementwisePatterns(mlir::RewritePatternSet &patterns,
                                 const StorageTypeConverter &converter);
void populateThresholdPatterns(mlir::RewritePatternSet &patterns,
                               const StorageTypeConverter &converter);
void populateAffinePatterns(mlir::RewritePatternSet &patterns,
                            const StorageTypeConverter &converter,
                            const OperandRanges &ranges);
void populateStoragePatterns(mlir::RewritePatternSet &patterns,
                             const StorageTypeConverter &converter);

} // namespace lowbit

#endif // LOWBIT_LIB_CONVERSION_LOWBITTOLINALG_LOWERING_H
