//===- LowbitOps.td - Operations on codes ------------------*- tablegen -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITOPS_TD
#define LOWBIT_DIALECTS_LOWBIT_LOWBITOPS_TD

include "dialects/Lowbit/LowbitDialect.td"
include "dialects/Lowbit/LowbitTypes.td"
include "dialects/Lowbit/LowbitAttrs.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Lowbit_Op<string mnemonic, list<Trait> traits = []>
    : Op<Lowbit_Dialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// Operand constraints
//===----------------------------------------------------------------------===//

def Lowbit_FloatTensor : StaticShapeTensorOf<[F32]>;
def Lowbit_CodeTensor : StaticShapeTensorOf<[Lowbit_AnyLevelSet]>;
def Lowbit_IntegerTensor : StaticShapeTensorOf<[Lowbit_AnyLevelSet, I8, I16, I32]>;
def Lowbit_NumberTensor : StaticShapeTensorOf<[Lowbit_AnyLevelSet, I8, I16, I32, F32]>;
def Lowbit_PackedTensor : StaticShapeTensorOf<[Lowbit_AnyPacked]>;
def Lowbit_F32Vector : 1DTensorOf<[F32]>;
def Lowbit_F32Matrix : TensorRankOf<[F32], [2]>;
def Lowbit_I64Vector : 1DTensorOf<[I64]>;
def Lowbit_ThresholdTable
    : TensorRankOf<[F32, I32], [2]>;

/// Sums of products, in an accumulator of the least width that holds them.
class Lowbit_SumTensorOfRank<int rank> : TensorRankOf<[I8, I16, I32], [rank]>;

class Lowbit_CodeTensorOfRank<int rank>
    : Type<And<[Lowbit_CodeTensor.predicate, HasAnyRankOfPred<[rank]>]>,
           rank # "-D statically shaped tensor of level-set type values",
           "::mlir::RankedTensorType">;

//===----------------------------------------------------------------------===//
// From float to codes and back
//===----------------------------------------------------------------------===//

def Lowbit_ConstantOp : Lowbit_Op<"constant", [Pure, ConstantLike]> {
  let summary = "a tensor of codes, kept packed";
  let description = [{
    The codes lie in `codes` as one string of bits, low element in low bits
    (layout `bits`), in row-major order. `codes` may be `dense` or
    `dense_resource`. The result is the tensor of codes or, where its elements
    are of packed type, the bytes themselves, in the layout of that type.

    * C1: `codes` is a 1-D tensor of i8 with ceil(n k / 8) elements, n being the
      number of elements of the result and k the bits of one code; for a packed
      result, with as many elements as the result.
    * C2: no code is poison and the unused bits of the last byte are zero.

    ```mlir
    // Levels -1, 0, 1, 1 are codes 00, 01, 10, 10: the byte 0b10100100.
    %0 = lowbit.constant dense<0xA4> : tensor<1xi8> : tensor<4x!lowbit.ternary>
    ```
  }];
  let arguments = (ins ElementsAttr:$codes);
  let results = (outs StaticShapeTensorOf<[Lowbit_AnyLevelSet, Lowbit_AnyPacked]>:$result);
  let assemblyFormat = "$codes attr-dict `:` type($result)";
  let extraClassDeclaration = [{
    /// The level set of the codes, packed or not.
    ::lowbit::numerics::LevelSet getLevelSet();
    /// How the codes lie in the bytes.
    ::lowbit::numerics::Layout getCodesLayout();
    /// How many codes there are. Of packed bytes only an upper bound is known:
    /// what is unused of the last byte is counted.
    int64_t getNumCodes();
    /// The levels in row-major order.
    ::llvm::SmallVector<int32_t> getLevels();
    /// Builds a constant from levels, each of which must be in the level set
    /// of `type`.
    static ConstantOp fromLevels(::mlir::OpBuilder &builder,
                                 ::mlir::Location loc,
                                 ::mlir::RankedTensorType type,
                                 ::llvm::ArrayRef<int32_t> levels);
  }];
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Lowbit_SqueezeThresholdOp : Lowbit_Op<"squeeze_threshold",
    [Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "squeeze-and-threshold activation quantizer, inference form";
  let description = [{
    Float to float: result = step x level(r), where r is the number of
    thresholds t of the element's channel (last dimension) with input >= t, and
    level(r) is the r-th smallest level of `levels`. A NaN counts no threshold.
    This is the inference form of the squeeze-and-threshold block, whose
    thresholds are constants (following the abstract of arXiv 2209.15317);
    `lowbit-freeze-squeeze-threshold` makes it from the training form,
    `lowbit.squeeze_threshold_training`.

    * C1: `thresholds` is C x n or 1 x n, n being the number of levels less one
      and C the size of the last dimension of `input`.
    * C2: `step` has one element.
    * C3: `levels` is a level-set type with at most 65536 levels.

    ```mlir
    %0 = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>)
        : tensor<1x8x8x4xf32>, tensor<1x3xf32>, tensor<1xf32>
    ```
  }];
  let arguments = (ins Lowbit_FloatTensor:$input,
                       TensorRankOf<[F32], [2]>:$thresholds,
                       Lowbit_F32Vector:$step, TypeAttr:$levels);
  let results = (outs Lowbit_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $thresholds `step` `(` $step `)` `levels` `(` $levels `)`
    attr-dict `:` type($input) `,` type($thresholds) `,` type($step)
  }];
  let hasVerifier = 1;
}

def Lowbit_SqueezeThresholdTrainingOp : Lowbit_Op<"squeeze_threshold_training",
    [Pure, AllTypesMatch<["input", "result"]>,
     AllTypesMatch<["running_adjust", "new_running_adjust"]>,
     AllTypesMatch<["running_range", "new_running_range"]>]> {
  let summary = "squeeze-and-threshold activation quantizer, training form";
  let description = [{
    Float to float, as `lowbit.squeeze_threshold`, with thresholds that each
    sample computes from itself (following the abstract of arXiv 2209.15317; the
    inside of the block is our reconstruction). The input is N samples of
    positions of C channels. Of each sample:

        z = mean of input over the positions               (squeeze, per channel)
        a = 2 sigmoid(w2 relu(w1 z + b1) + b2)             (adjust)
        v = mean of a x input over the positions
        tau = max_range sigmoid(w4 relu(w3 v + b3) + b4)   (threshold)
        thresholds from a and tau, the step from tau

    and the results are step x level(rank of the input among the thresholds), and
    running averages that have moved by `momentum` towards the means of a and tau
    over the samples: the inference form is made from those. The operands in
    parentheses are the parameters of the two networks, which training learns.
    docs/Semantics.md gives the order of every operation.

    * C1: `input` has at least two dimensions, [N, ..., C].
    * C2: adjust(w1, b1, w2, b2) are R x C, R, C x R and C.
    * C3: threshold(w3, b3, w4, b4) are Q x C, Q, T x Q and T, with T = C (a range
      for each channel) or T = 1 (one for the layer).
    * C4: running(adjust, range) have C and T elements.
    * C5: `levels` is `bipolar`, or a gapless level-set type that holds a positive
      level.
    * C6: `momentum` is in [0, 1]; `max_range` is positive and finite.

    ```mlir
    %y, %adjust_1, %range_1 = lowbit.squeeze_threshold_training %x
        adjust(%w1, %b1, %w2, %b2) threshold(%w3, %b3, %w4, %b4)
        running(%adjust, %range) levels(!lowbit.uint<2>)
        momentum 1.0e-01 max_range 8.0
        : tensor<8x8x8x4xf32>, tensor<2x4xf32>, tensor<2xf32>, tensor<4x2xf32>, tensor<4xf32>,
          tensor<2x4xf32>, tensor<2xf32>, tensor<1x2xf32>, tensor<1xf32>,
          tensor<4xf32>, tensor<1xf32>
    ```
  }];
  let arguments = (ins Lowbit_FloatTensor:$input,
                       Lowbit_F32Matrix:$w1, Lowbit_F32Vector:$b1,
                       Lowbit_F32Matrix:$w2, Lowbit_F32Vector:$b2,
                       Lowbit_F32Matrix:$w3, Lowbit_F32Vector:$b3,
                       Lowbit_F32Matrix:$w4, Lowbit_F32Vector:$b4,
                       Lowbit_F32Vector:$running_adjust,
                       Lowbit_F32Vector:$running_range,
                       TypeAttr:$levels, F32Attr:$momentum, F32Attr:$max_range);
  let results = (outs Lowbit_FloatTensor:$result,
                      Lowbit_F32Vector:$new_running_adjust,
                      Lowbit_F32Vector:$new_running_range);
  let assemblyFormat = [{
    $input `adjust` `(` $w1 `,` $b1 `,` $w2 `,` $b2 `)`
    `threshold` `(` $w3 `,` $b3 `,` $w4 `,` $b4 `)`
    `running` `(` $running_adjust `,` $running_range `)`
    `levels` `(` $levels `)` `momentum` $momentum `max_range` $max_range
    attr-dict `:` type($input) `,` type($w1) `,` type($b1) `,` type($w2) `,`
    type($b2) `,` type($w3) `,` type($b3) `,` type($w4) `,` type($b4) `,`
    type($running_adjust) `,` type($running_range)
  }];
  let hasVerifier = 1;
}

def Lowbit_QuantizeOp : Lowbit_Op<"quantize",
    [Pure, AllShapesMatch<["input", "result"]>]> {
  let summary = "real numbers to levels of a gapless set";
  let description = [{
    level = round_half_even(min(max(input / scale, lowest), highest)) in binary32;
    NaN becomes the lowest level.

    * C1: the level set of the result has no gap (int, narrow int, uint, ternary).
    * C2: `scale` has one element; where it is a constant it is positive and
      finite.

    ```mlir
    %q = lowbit.quantize %x, %s : tensor<1x4xf32>, tensor<1xf32> -> tensor<1x4x!lowbit.uint<8>>
    ```
  }];
  let arguments = (ins Lowbit_FloatTensor:$input, Lowbit_F32Vector:$scale);
  let results = (outs Lowbit_CodeTensor:$result);
  let assemblyFormat = [{
    $input `,` $scale attr-dict `:` type($input) `,` type($scale) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Lowbit_DequantizeOp : Lowbit_Op<"dequantize",
    [Pure, AllShapesMatch<["input", "result"]>]> {
  let summary = "levels or accumulators to real numbers";
  let description = [{
    result = float(level) x scale[c] + bias[c] in binary32, each operation
    rounded on its own (never fused); c is the index in the last dimension.
    Without `bias` there is no addition.

    * C1: `scale`, and `bias` where given, has one element or as many as the
      last dimension of `input`.

    ```mlir
    %f = lowbit.dequantize %a scale(%s) bias(%b)
        : tensor<1x8x8x4xi32>, tensor<4xf32>, tensor<4xf32> -> tensor<1x8x8x4xf32>
    ```
  }];
  let arguments = (ins Lowbit_IntegerTensor:$input, Lowbit_F32Vector:$scale,
                       Optional<Lowbit_F32Vector>:$bias);
  let results = (outs Lowbit_FloatTensor:$result);
  let assemblyFormat = [{
    $input `scale` `(` $scale `)` (`bias` `(` $bias^ `)`)? attr-dict `:`
    type($input) `,` type($scale) (`,` type($bias)^)? `->` type($result)
  }];
  let hasVerifier = 1;
}

def Lowbit_ThresholdOp : Lowbit_Op<"threshold",
    [Pure, AllShapesMatch<["input", "result"]>]> {
  let summary = "count constant thresholds: the inference form of an activation";
  let description = [{
    r = base + sum over i of steps[i] x [signs[c] x input >= thresholds[c][i]],
    and the result is the r-th smallest level of its level set. c is the index
    in the last dimension; ties count; a NaN counts none. On codes the levels
    are compared. `signs` defaults to +1 for every channel; -1 serves a negative
    gain. `base` defaults to 0 and each of `steps` to 1: others come where
    columns that every input reaches, or none, have been dropped and equal ones
    merged.

    * C1: `thresholds` is C x n or 1 x n, n being, without `base` and `steps`,
      the number of levels of the result less one.
    * C2: the element type of `thresholds` is f32 for a float input and i32
      otherwise.
    * C3: `signs` has C elements, each 1 or -1.
    * C4: constant thresholds ascend (ties allowed) and are not NaN.
    * C5: `base` is not negative, `steps` has n positive elements (n at least 1),
      and base + sum of steps is at most the number of levels less one.

    ```mlir
    %n = lowbit.threshold %a, %t
        : tensor<1x8x8x4xi32>, tensor<4x3xi32> -> tensor<1x8x8x4x!lowbit.uint<2>>
    ```
  }];
  let arguments = (ins Lowbit_NumberTensor:$input, Lowbit_ThresholdTable:$thresholds,
                       OptionalAttr<DenseI8ArrayAttr>:$signs,
                       DefaultValuedOptionalAttr<I64Attr, "0">:$base,
                       OptionalAttr<DenseI64ArrayAttr>:$steps);
  let results = (outs Lowbit_CodeTensor:$result);
  let builders = [OpBuilder<(ins "::mlir::Type":$result, "::mlir::Value":$input,
      "::mlir::Value":$thresholds, "::mlir::DenseI8ArrayAttr":$signs), [{
    build($_builder, $_state, result, input, thresholds, signs,
          ::mlir::IntegerAttr(), ::mlir::DenseI64ArrayAttr());
  }]>];
  let assemblyFormat = [{
    $input `,` $thresholds (`signs` $signs^)? (`base` $base^)? (`steps` $steps^)?
    attr-dict `:` type($input) `,` type($thresholds) `->` type($result)
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

def Lowbit_Conv2DOp : Lowbit_Op<"conv2d", [Pure, InferTypeOpAdaptor]> {
  let summary = "2-D convolution of levels, exact integer sum";
  let description = [{
    out[n, y, x, o] = sum over ky, kx, c of
      in[n, y sy - top + ky dy, x sx - left + kx dx, g C / G + c]
        x weight[o, ky, kx, c],
    where elements outside the input count 0 and g = floor(o G / O). Layouts NHWC
    and OHWI, pad = [top, bottom, left, right], stride and dilation = [y, x]. G is
    `groups`, 1 by default; depthwise convolutions have G = C.

    * C1: the input has G times the channels (last dimension) of the weight.
    * C2: pads are not negative, strides and dilations positive.
    * C3: the output has a size of at least 1: floor((in - 1 + pads -
      (k - 1) dilation) / stride) + 1 >= 1.
    * C4: no sum can leave i32: taps x channels of the weight x greatest
      magnitudes is below 2^31, or the weights are constant and their worst sums fit.
    * C5: `groups` is positive and divides the output channels.
    * C6: an i8 or i16 result holds the worst sums.
    * C7: `bound`, where given, is what the constant weights give.

    ```mlir
    %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] stride [1, 1] dilation [1, 1]
        : tensor<1x8x8x4x!lowbit.uint<2>>, tensor<6x3x3x4x!lowbit.ternary> -> tensor<1x8x8x6xi32>
    ```
  }];
  let arguments = (ins Lowbit_CodeTensorOfRank<4>:$input,
                       Lowbit_CodeTensorOfRank<4>:$weight,
                       DenseI64ArrayAttr:$pad, DenseI64ArrayAttr:$stride,
                       DenseI64ArrayAttr:$dilation,
                       DefaultValuedAttr<I64Attr, "1">:$groups,
                       OptionalAttr<Lowbit_WorstSumsAttr>:$bound);
  let results = (outs Lowbit_SumTensorOfRank<4>:$result);
  let assemblyFormat = [{
    $input `,` $weight `pad` $pad `stride` $stride `dilation` $dilation
    (`groups` $groups^)? (`bound` $bound^)? attr-dict
    `:` type($input) `,` type($weight) `->` type($result)
  }];
  let extraClassDeclaration = [{
    /// Sums may be of 8, 16 or 32 bits.
    static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                        ::mlir::TypeRange actual);
  }];
  let hasVerifier = 1;
  let hasCanonicalizer = 1;
}

def Lowbit_MatmulOp : Lowbit_Op<"matmul", [Pure, InferTypeOpAdaptor]> {
  let summary = "matrix product of levels with transposed weights, exact";
  let description = [{
    out[m, o] = sum over k of in[m, k] x weight[o, k].

    * C1: the last dimensions of input and weight agree.
    * C2: no sum can leave i32: K x greatest magnitudes is below 2^31, or the
      weights are constant and their worst sums fit.
    * C3: an i8 or i16 result holds the worst sums.
    * C4: `bound`, where given, is what the constant weights give.

    ```mlir
    %a = lowbit.matmul %x, %w
        : tensor<1x64x!lowbit.uint<8>>, tensor<10x64x!lowbit.int<8>> -> tensor<1x10xi32>
    ```
  }];
  let arguments = (ins Lowbit_CodeTensorOfRank<2>:$input,
                       Lowbit_CodeTensorOfRank<2>:$weight,
                       OptionalAttr<Lowbit_WorstSumsAttr>:$bound);
  let results = (outs Lowbit_SumTensorOfRank<2>:$result);
  let assemblyFormat = [{
    $input `,` $weight (`bound` $bound^)? attr-dict `:` type($input) `,` type($weight) `->` type($result)
  }];
  let extraClassDeclaration = [{
    /// Sums may be of 8, 16 or 32 bits.
    static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                        ::mlir::TypeRange actual);
  }];
  let hasVerifier = 1;
}

def Lowbit_RescaleOp : Lowbit_Op<"rescale",
    [Pure, AllShapesMatch<["input", "result"]>]> {
  let summary = "integer affine map with a named rounding";
  let description = [{
    level = saturate(round((input x multiplier[c] + offset[c]) / 2^shift[c])),
    in exact integers. Saturation is to the level set of the result (of an
    integer result: to its width), or to the interval `clamp` inside it. `rounding` names the
    rounding of the division.

    * C1: `multiplier`, `offset` and `shift` have one element or as many as the
      last dimension of `input`.
    * C2: `shift` is in [0, 62].
    * C3: the level set of the result has no gap.
    * C4: `clamp` = [lo, hi] with lo <= hi, both levels of the result.
    * C5: for constant operands, |input x multiplier| + |offset| + 2^(shift-1)
      stays below 2^62 for every input that is possible: the levels of its set;
      of an i32 tensor, what the terms of the sum that makes it allow, or the
      `lowbit.range` of a function argument, or any i32.

    ```mlir
    %r = lowbit.rescale %a multiplier(%m) offset(%o) shift 20 rounding half_up
        : tensor<1x8x8x4xi32>, tensor<4xi64>, tensor<4xi64> -> tensor<1x8x8x4x!lowbit.uint<8>>
    ```
  }];
  let arguments = (ins Lowbit_IntegerTensor:$input, Lowbit_I64Vector:$multiplier,
                       Lowbit_I64Vector:$offset, DenseI64ArrayAttr:$shift,
                       Lowbit_RoundingAttr:$rounding,
                       OptionalAttr<DenseI64ArrayAttr>:$clamp);
  let results = (outs Lowbit_IntegerTensor:$result);
  let assemblyFormat = [{
    $input `multiplier` `(` $multiplier `)` `offset` `(` $offset `)`
    `shift` custom<Shift>($shift) `rounding` $rounding (`clamp` $clamp^)? attr-dict `:`
    type($input) `,` type($multiplier) `,` type($offset) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Lowbit_AddOp : Lowbit_Op<"add",
    [Pure, AllShapesMatch<["lhs", "rhs", "result"]>]> {
  let summary = "residual addition with an integer rescale on each side";
  let description = [{
    level = saturate(round((lhs x lhs_multiplier[c] + rhs x rhs_multiplier[c] +
    offset[c]) / 2^shift)): one rounding, after the exact sum. An integer result
    saturates to its width.

    * C1: multipliers and `offset` have one element or as many as the last
      dimension of `lhs`.
    * C2: `shift` is in [0, 62].
    * C3: the level set of the result has no gap.
    * C4: `clamp` = [lo, hi] with lo <= hi, both levels of the result.
    * C5: for constant operands, the sum of the magnitudes stays below 2^62, as
      in `rescale`.

    ```mlir
    %r = lowbit.add %a multiplier(%m) , %b multiplier(%n) offset(%o) shift 20 rounding half_up
        : tensor<1x4xi32>, tensor<4xi64>, tensor<1x4x!lowbit.int<8>>, tensor<1xi64>, tensor<1xi64>
        -> tensor<1x4x!lowbit.int<8>>
    ```
  }];
  let arguments = (ins Lowbit_IntegerTensor:$lhs, Lowbit_I64Vector:$lhs_multiplier,
                       Lowbit_IntegerTensor:$rhs, Lowbit_I64Vector:$rhs_multiplier,
                       Lowbit_I64Vector:$offset, I64Attr:$shift,
                       Lowbit_RoundingAttr:$rounding,
                       OptionalAttr<DenseI64ArrayAttr>:$clamp);
  let results = (outs Lowbit_IntegerTensor:$result);
  let assemblyFormat = [{
    $lhs `multiplier` `(` $lhs_multiplier `)` `,`
    $rhs `multiplier` `(` $rhs_multiplier `)` `offset` `(` $offset `)`
    `shift` $shift `rounding` $rounding (`clamp` $clamp^)? attr-dict `:`
    type($lhs) `,` type($lhs_multiplier) `,` type($rhs) `,`
    type($rhs_multiplier) `,` type($offset) `->` type($result)
  }];
  let hasVerifier = 1;
}

class Lowbit_PoolOp<string mnemonic> : Lowbit_Op<mnemonic, [Pure, InferTypeOpAdaptor]> {
  let arguments = (ins Lowbit_CodeTensorOfRank<4>:$input,
                       DenseI64ArrayAttr:$kernel, DenseI64ArrayAttr:$pad,
                       DenseI64ArrayAttr:$stride);
  let assemblyFormat = [{
    $input `kernel` $kernel `pad` $pad `stride` $stride attr-dict `:`
    type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Lowbit_MaxPool2DOp : Lowbit_PoolOp<"max_pool2d"> {
  let summary = "greatest level of each window";
  let description = [{
    NHWC; positions outside the input do not take part.

    * C1: kernel sizes and strides are positive, pads not negative.
    * C2: every pad is smaller than the kernel, so each window holds an element.
    * C3: the output has a size of at least 1.

    ```mlir
    %p = lowbit.max_pool2d %x kernel [2, 2] pad [0, 0, 0, 0] stride [2, 2]
        : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x4x4x4x!lowbit.uint<2>>
    ```
  }];
  let results = (outs Lowbit_CodeTensorOfRank<4>:$result);
}

def Lowbit_SumPool2DOp : Lowbit_PoolOp<"sum_pool2d"> {
  let summary = "sum of the levels of each window";
  let description = [{
    NHWC; positions outside the input count 0. An average is this sum with the
    division moved into the scale of what follows.

    * C1: kernel sizes and strides are positive, pads not negative.
    * C2: every pad is smaller than the kernel.
    * C3: the output has a size of at least 1.
    * C4: kernel elements x greatest magnitude is below 2^31, and an i8 or i16
      result holds it.

    ```mlir
    %p = lowbit.sum_pool2d %x kernel [8, 8] pad [0, 0, 0, 0] stride [8, 8]
        : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x1x1x4xi32>
    ```
  }];
  let results = (outs Lowbit_SumTensorOfRank<4>:$result);
  let extraClassDeclaration = [{
    /// Sums may be of 8, 16 or 32 bits.
    static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                        ::mlir::TypeRange actual);
  }];
}

//===----------------------------------------------------------------------===//
// Data movement, as far as upstream's tensor ops do not do it
//===----------------------------------------------------------------------===//

def Lowbit_PadOp : Lowbit_Op<"pad", [Pure, InferTypeOpAdaptor]> {
  let summary = "surround codes with a level";
  let description = [{
    Adds `low[d]` elements in front of and `high[d]` behind dimension d, all of
    level `level`. Level 0 around height and width folds into the padding of a
    `conv2d`.

    * C1: `low` and `high` have one entry for each dimension, none negative.
    * C2: `level` is a level of the element type.
    * C3: no dimension of the result leaves 63 bits.

    ```mlir
    %p = lowbit.pad %x low [0, 1, 1, 0] high [0, 1, 1, 0] level 0
        : tensor<1x8x8x4x!lowbit.uint<2>> -> tensor<1x10x10x4x!lowbit.uint<2>>
    ```
  }];
  let arguments = (ins Lowbit_CodeTensor:$input, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, I64Attr:$level);
  let results = (outs Lowbit_CodeTensor:$result);
  let assemblyFormat = [{
    $input `low` $low `high` $high `level` $level attr-dict `:`
    type($input) `->` type($result)
  }];
  let hasFolder = 1;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Storage and proof
//===----------------------------------------------------------------------===//

def Lowbit_PackOp : Lowbit_Op<"pack", [Pure]> {
  let summary = "codes to a string of bytes";
  let description = [{
    Writes the codes of `input` in row-major order as bytes of the layout that
    the result's type names. `pack(unpack(x))` folds to x where the types agree,
    and the `pack` of a constant to a packed constant.

    * C1: the result is 1-D with as many bytes as the layout takes for the codes
      of `input`: ceil(n k / 8) in `bits`, ceil(n / 5) in `base3`.
    * C2: the packed element type is the element type of `input`.

    ```mlir
    %p = lowbit.pack %w : tensor<6x3x3x4x!lowbit.ternary> -> tensor<54x!lowbit.packed<!lowbit.ternary, bits>>
    ```
  }];
  let arguments = (ins Lowbit_CodeTensor:$input);
  let results = (outs Lowbit_PackedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Lowbit_UnpackOp : Lowbit_Op<"unpack", [Pure]> {
  let summary = "a string of bytes to codes";
  let description = [{
    The inverse of `pack`. The bytes must hold no poison code: a constant is
    checked where it is made. `unpack(pack(x))` folds to x where the types agree.

    * C1: the input is 1-D with as many bytes as its layout takes for the codes
      of the result: ceil(n k / 8) in `bits`, ceil(n / 5) in `base3`.
    * C2: the packed element type is the element type of the result.

    ```mlir
    %w = lowbit.unpack %p : tensor<54x!lowbit.packed<!lowbit.ternary, bits>> -> tensor<6x3x3x4x!lowbit.ternary>
    ```
  }];
  let arguments = (ins Lowbit_PackedTensor:$input);
  let results = (outs Lowbit_CodeTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Lowbit_ChecksumOp : Lowbit_Op<"checksum", [Pure]> {
  let summary = "64-bit hash of a tensor's integers";
  let description = [{
    Feeds the levels (of an i8, i16 or i32 tensor: the integers), sign-extended
    to 64 bits, in row-major order to the one-at-a-time hash of
    docs/Semantics.md.

    ```mlir
    %h = lowbit.checksum %x : tensor<1x8x8x4x!lowbit.uint<2>>
    ```
  }];
  let arguments = (ins Lowbit_IntegerTensor:$input);
  let results = (outs I64:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
}

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITOPS_TD
