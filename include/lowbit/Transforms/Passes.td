//===- Passes.td - Passes on the ladder --------------------*- tablegen -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TRANSFORMS_PASSES_TD
#define LOWBIT_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// L0 source
//===----------------------------------------------------------------------===//

def SpecializeBatchPass : Pass<"lowbit-specialize-batch", "::mlir::ModuleOp"> {
  let summary = "Fix a free batch size and drop attributes of unknown dialects";
  let description = [{
    The leading dimension of the network's inputs is the batch. Where it is
    dynamic it becomes `batch`, shapes are inferred from there on (by
    tosa-infer-shapes), sizes of -1 in the shape operands of tosa.reshape and
    tosa.slice are resolved, and the function's result types follow. Discardable
    attributes of dialects that are not registered, which exporters leave behind
    (`tfl.*`, `tf.*`), are removed.

    `batch` is 1 to 65536; 0 takes what the network has, and 1 where that is
    free. A dynamic dimension that does not lead, and inputs whose fixed leading
    dimension is another than a `batch` that was asked for, are errors.

    ```mlir
    func.func @main(%x: tensor<?x4x4x2xf32>) -> tensor<?x32xf32> {
      %s = tosa.const_shape {values = dense<[-1, 32]> : tensor<2xindex>} : () -> !tosa.shape<2>
      %0 = tosa.reshape %x, %s : (tensor<?x4x4x2xf32>, !tosa.shape<2>) -> tensor<?x32xf32>
    // becomes, with batch=3
    func.func @main(%x: tensor<3x4x4x2xf32>) -> tensor<3x32xf32> {
      %s = tosa.const_shape {values = dense<[3, 32]> : tensor<2xindex>} : () -> !tosa.shape<2>
      %0 = tosa.reshape %x, %s : (tensor<3x4x4x2xf32>, !tosa.shape<2>) -> tensor<3x32xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tosa::TosaDialect", "::mlir::tensor::TensorDialect"];
  let options = [Option<"batch", "batch", "unsigned", "0", "Batch size of all inputs; 0: as it is, 1 where it is free">];
  let statistics = [Statistic<"numSpecialized", "num-specialized", "Inputs given a batch size">];
}

def FoldConstantsPass : Pass<"lowbit-fold-constants", "::mlir::func::FuncOp"> {
  let summary = "Evaluate TOSA operations whose operands are all constant";
  let description = [{
    Replaces operations on constants by their value, computed by the reference
    evaluator, so that scaled, cast or reshaped weights become plain ones.
    Of integers (i8, i16, i32) only moves and casts are folded. Operations that
    the evaluator does not know are left alone.

    ```mlir
    %w = tosa.cast %int8_weights : (tensor<4x1x1x2xi8>) -> tensor<4x1x1x2xf32>
    %s = tosa.mul %w, %scale, %shift : (tensor<4x1x1x2xf32>, tensor<4x1x1x1xf32>, tensor<1xi8>) -> tensor<4x1x1x2xf32>
    // becomes
    %s = "tosa.const"() <{values = dense<...> : tensor<4x1x1x2xf32>}> : () -> tensor<4x1x1x2xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tosa::TosaDialect"];
  let statistics = [Statistic<"numFolded", "num-folded", "Operations evaluated">];
}

def SinkDataMovementPass : Pass<"lowbit-sink-data-movement", "::mlir::func::FuncOp"> {
  let summary = "Move reshapes and transposes behind elementwise arithmetic";
  let description = [{
    A tosa.add, sub, mul or clamp on f32 whose computed operands are all made by
    the same kind of tosa.reshape or tosa.transpose works on the operands of
    these instead, and its result is reshaped or transposed. A constant operand
    takes another shape; where it would need its elements in another order (it
    varies along several dimensions, or along one that a reshape splits or
    merges) the operation is left alone. So what follows a layer finds it right
    in front, as the next pass needs it, and transposes of an exporter that
    thinks in another layout meet and cancel.

    ```mlir
    %1 = tosa.reshape %0, %shape : (tensor<1x1x1x8xf32>, !tosa.shape<2>) -> tensor<1x8xf32>
    %2 = tosa.clamp %1 {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x8xf32>) -> tensor<1x8xf32>
    // becomes
    %1 = tosa.clamp %0 {max_val = 6.0 : f32, min_val = 0.0 : f32} : (tensor<1x1x1x8xf32>) -> tensor<1x1x1x8xf32>
    %2 = tosa.reshape %1, %shape : (tensor<1x1x1x8xf32>, !tosa.shape<2>) -> tensor<1x8xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tosa::TosaDialect"];
  let statistics = [Statistic<"numMoved", "num-moved", "Operations that moved in front of data movement">];
}

def FindTrainedLevelsPass : Pass<"lowbit-find-trained-levels", "::mlir::func::FuncOp"> {
  let summary = "Note the levels that float weights were trained to";
  let description = [{
    Networks trained to low-bit weights come as float tensors. Sets
    `lowbit.trained` on every tosa.conv2d, depthwise_conv2d and matmul whose
    constant weights are, up to rounding, a scale per output channel times levels
    of one set of at most 6 bits; of several sets the one with the fewest bits.
    Weights that merely might be so are left alone: the evidence must be
    overwhelming (`lowbit/Numerics/TrainedLevels.h`). Stands before
    `lowbit-fold-batch-norm`, which multiplies weights by the gain of their
    channel and the scales with them; after `lowbit-fold-constants`, which makes
    plain weights of computed ones.

    ```mlir
    %w = "tosa.const"() <{values = dense<[...]>}>  // 0.5, -0.5, 0.0, ...
    %0 = tosa.conv2d %x, %w, ...
    // becomes
    %0 = tosa.conv2d %x, %w, ... {lowbit.trained = #lowbit.trained<!lowbit.ternary,
      scales = dense<0.5> : tensor<16xf32>>}
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect"];
  let statistics = [Statistic<"numFound", "num-found", "Layers with trained levels">];
}

def FoldBatchNormPass : Pass<"lowbit-fold-batch-norm", "::mlir::func::FuncOp"> {
  let summary = "Fold per-channel multiplications and additions into convolutions";
  let description = [{
    A tosa.conv2d or depthwise_conv2d with constant weights and bias whose only
    use is a tosa.mul, add or sub with a constant per output channel takes the
    constant into its weights and bias: an inference batch norm is one
    multiplication and one addition. Products and sums are rounded to binary32
    once each. A result with a second use is left alone. Scales in
    `lowbit.trained` are multiplied like the weights.

    ```mlir
    %0 = tosa.conv2d %x, %w, %b, %zp, %zp {...}
    %1 = tosa.mul %0, %gain, %shift
    %2 = tosa.add %1, %offset
    // becomes, with w' = w * gain[o] and b' = b * gain + offset
    %2 = tosa.conv2d %x, %w', %b', %zp, %zp {...}
    ```
  }];
  let dependentDialects = ["::mlir::tosa::TosaDialect"];
  let statistics = [Statistic<"numFolded", "num-folded", "Operations folded into convolutions">];
}

def NameLayersPass : Pass<"lowbit-name-layers", "::mlir::func::FuncOp"> {
  let summary = "Give every operation the layer that it belongs to";
  let description = [{
    Sets the attribute `lowbit.layer` on every TOSA operation that is not
    constant. A convolution, matrix product, pooling, residual add, or any
    operation that is not per-channel arithmetic, a clamp or data movement starts
    a layer, named by its location where that is a name (`loc("conv1")`) and by
    kind and position otherwise (`conv0`, `conv1`, `add0`, ...); what follows
    belongs to the layer of its first computed operand. Names are made unique and
    fit to be C symbols. Recipes refer to these names.

    In networks of integers, `tosa.rescale`, `tosa.table`, casts and arithmetic
    with one computed operand follow too. Other integer arithmetic (of a softmax,
    say) is a layer of kind `head`, in float of kind `float`; such a layer goes on
    as long as its results are computed with.

    ```mlir
    %0 = tosa.conv2d ... loc("stem")      // {lowbit.layer = "stem"}
    %1 = tosa.clamp %0                    // {lowbit.layer = "stem"}
    %2 = tosa.conv2d %1 ...               // {lowbit.layer = "conv1"}
    ```
  }];
  let statistics = [Statistic<"numLayers", "num-layers", "Layers named">];
}

class VerifyLevelPass<string level, string what> : Pass<"lowbit-verify-" # level> {
  let summary = "Check that the module is at the " # level # " level";
  let description = what;
}

def VerifySourcePass : VerifyLevelPass<"source", [{
    Every function body has one block of statically shaped values; the module
    holds exactly one public function, whose arguments and results are tensors of
    f32 or signless i8, i16 or i32; every operation is TOSA, a constant, or of the
    lowbit dialect. Errors stand at the offending operation.

    ```mlir
    // error: argument #0 is tensor<1x32x32x3xf16>; networks take f32, i8, i16 and i32
    func.func @main(%x: tensor<1x32x32x3xf16>) -> tensor<1x10xf32>
    ```
  }]>;

//===----------------------------------------------------------------------===//
// L0 source in integers to L3
//===----------------------------------------------------------------------===//

def ImportQuantizedPass : Pass<"lowbit-import-quantized", "::mlir::func::FuncOp"> {
  let summary = "Move integer TOSA of quantized networks onto codes";
  let description = [{
    Networks that come out of TFLite quantized are i8 with zero points. Their
    convolutions (depthwise ones too), rescales, clamps, residual adds, unpadded
    average pools, means by sums over rows and columns, max pools and data
    movement become `lowbit` operations on levels q - zero point, which compute
    the same integers: biases and input zero points join the offset of the rescale that follows, output zero points
    its saturation. Weights that are levels of fewer bits, up to a factor for
    each output channel, are stored as these, and the factor joins the rescale's
    multiplier; such a layer does without multiplications where its weights can.

    What has no such form (softmax tables, say) stays in TOSA and reads i8 again.
    Layers of which more was expected get `lowbit.reason`. Operations on floats
    are left alone, and so is everything whose i32 sums are not proven to fit.
    Requires `lowbit-name-layers`.

    ```mlir
    %0 = tosa.conv2d %x, %w, %b, %zx, %zw {...} : (tensor<1x8x8x4xi8>, ...) -> tensor<1x8x8x6xi32>
    %1 = tosa.rescale %0, %m, %s, %z0, %z1 {...} : (tensor<1x8x8x6xi32>, ...) -> tensor<1x8x8x6xi8>
    // becomes, for an output zero point of -128
    %l = lowbit.rescale %x multiplier(%one) offset(%zx) shift 0 ... -> tensor<1x8x8x4x!lowbit.int<9>>
    %a = lowbit.conv2d %l, %c ... -> tensor<1x8x8x6xi32>
    %1 = lowbit.rescale %a multiplier(%m) offset(%bm) shift [...] rounding tosa_double -> tensor<1x8x8x6x!lowbit.uint<8>>
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect", "::mlir::arith::ArithDialect",
                           "::mlir::tensor::TensorDialect", "::mlir::linalg::LinalgDialect"];
  let statistics = [Statistic<"numImported", "num-imported", "Operations moved">];
}

//===----------------------------------------------------------------------===//
// L1 annotated
//===----------------------------------------------------------------------===//

def DequantizeTosaPass : Pass<"lowbit-dequantize-tosa", "::mlir::func::FuncOp"> {
  let summary = "Turn integer TOSA of quantized networks back into float";
  let description = [{
    A recipe chooses levels for float values; a network that is i8 with zero
    points already has none. Its convolutions, rescales, clamps, residual adds,
    average pools, sums over rows and columns, and data movement become float
    operations on q - zero point, rescales products with multiplier / 2^shift, limited to what i8 holds. Their
    rounding is dropped: the quantizers that the recipe asks for take its place.
    What has no such form (softmax tables, say) stays in integers and reads
    rounded and saturated bytes. Float operations are left alone. Requires
    `lowbit-name-layers`.

    ```mlir
    %0 = tosa.conv2d %x, %w, %b, %zx, %zw {...} : (tensor<1x8x8x4xi8>, ...) -> tensor<1x8x8x6xi32>
    %1 = tosa.rescale %0, %m, %s, %z0, %z1 {...} : (tensor<1x8x8x6xi32>, ...) -> tensor<1x8x8x6xi8>
    // becomes
    %f = tosa.cast %x : (tensor<1x8x8x4xi8>) -> tensor<1x8x8x4xf32>
    %g = tosa.add %f, %minus_zx
    %0 = tosa.conv2d %g, %wf, %bf, %zero, %zero {...} : (tensor<1x8x8x4xf32>, ...) -> tensor<1x8x8x6xf32>
    %1 = tosa.mul %0, %ratio, %shift
    %2 = tosa.clamp %1 {...}
    ```
  }];
  let dependentDialects = ["::mlir::tosa::TosaDialect"];
  let statistics = [Statistic<"numDequantized", "num-dequantized", "Operations made float">];
}

def AssignSchemesPass : Pass<"lowbit-assign-schemes", "::mlir::func::FuncOp"> {
  let summary = "Attach what a recipe asks to convolutions and matrix products";
  let description = [{
    Reads a recipe and sets `lowbit.scheme` on every tosa.conv2d,
    tosa.depthwise_conv2d and tosa.matmul with constant weights that the recipe
    does not keep in float. Where the recipe asks for trained weights, the level
    set is that of `lowbit.trained`. Layers that
    stay in float get `lowbit.reason`. Fails when an override names a layer that
    does not exist. Requires `lowbit-name-layers`.

    ```mlir
    %0 = tosa.conv2d ... {lowbit.layer = "conv1"}
    // becomes
    %0 = tosa.conv2d ... {lowbit.layer = "conv1", lowbit.scheme = #lowbit.scheme<
      weights = !lowbit.ternary, activation_bits = 2, residual_bits = 16, multiplier_free = true>}
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect"];
  let options = [Option<"recipe", "recipe", "std::string", "\"\"", "Recipe file (YAML)">];
  let statistics = [Statistic<"numAssigned", "num-assigned", "Layers with a scheme">];
}

def InsertSqueezeThresholdPass
    : Pass<"lowbit-insert-squeeze-threshold", "::mlir::func::FuncOp"> {
  let summary = "Insert calibrated activation quantizers where the schemes need them";
  let description = [{
    In front of every convolution with a scheme: a
    `lowbit.squeeze_threshold` for activations of up to 16 levels or of levels
    with gaps, with thresholds half way between the levels, else a
    `lowbit.quantize` and `lowbit.dequantize` pair. The same pairs are inserted,
    at the scheme's residual bits, on both sides of residual adds and pools that
    lie between such layers, unless an operand is a layer's sum itself. The
    network is run in float on the calibration samples; each quantizer's clipping
    range is the one with the least mean squared error over the values seen
    (network inputs and values of more than 8 bits: the whole range seen).
    Values that are never negative get unsigned levels. A scheme that names a
    level set for its activations gets that set.

    Quantizers stand in front of what commutes with them: data movement, pads
    with a constant (which is quantized too), concats of computed tensors and max
    pools are copied behind the quantizers of what they read. All operands of a
    concat get the same levels and scale, chosen for their union, and so do all
    other uses of these values with the same bits: no value is quantized twice
    with the same bits. Where two layers ask for different bits of one value a
    remark names both.

    Where the schemes of all layers that read a value through thresholds say
    `thresholds = channel`, each channel has a range, and so thresholds, of its
    own; the step stays one, and the ratio of a channel's range to their mean
    goes into the weights of the layers. With form=training the training form is
    inserted instead, set up so that freezing it gives what form=frozen gives;
    the weights of its networks are 0 and left for the training tool to draw.
    Requires `lowbit-assign-schemes`; a module without schemes is left alone.

    ```mlir
    %1 = tosa.conv2d %0, ... {lowbit.scheme = ...}
    // becomes
    %s = lowbit.squeeze_threshold %0, %t step(%d) levels(!lowbit.uint<2>) : ...
    %1 = tosa.conv2d %s, ... {lowbit.scheme = ...}
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect", "::mlir::tosa::TosaDialect"];
  let options = [
    Option<"calibration", "calibration", "std::string", "\"\"", "Calibration data: cifar10:FILE, idx:IMAGES,LABELS, npy:X, an image or a folder">,
    Option<"samples", "samples", "unsigned", "0", "How many samples to use at most; 0: as the recipe says, else 128">,
    Option<"normalization", "normalization", "std::string", "\"\"", "scale=S,mean=A:B:C,deviation=D:E:F applied to each sample; empty: as the recipe says">,
    Option<"recipe", "recipe", "std::string", "\"\"", "Recipe that gives samples and normalization where they are not given">,
    Option<"threads", "threads", "unsigned", "0", "Threads for running the samples, 0 for all cores">,
    Option<"form", "form", "::lowbit::SqueezeThresholdForm", "::lowbit::SqueezeThresholdForm::Frozen",
           "Form of the squeeze-and-threshold blocks", [{::llvm::cl::values(
               clEnumValN(::lowbit::SqueezeThresholdForm::Frozen, "frozen", "constant thresholds"),
               clEnumValN(::lowbit::SqueezeThresholdForm::Training, "training", "thresholds that training learns"))}]>,
  ];
  let statistics = [
    Statistic<"numThresholds", "num-squeeze-thresholds", "Squeeze-and-threshold blocks inserted">,
    Statistic<"numQuantizers", "num-quantizers", "Uniform quantizers inserted">];
}

def VerifyAnnotatedPass : VerifyLevelPass<"annotated", [{
    What the source level asks, plus: every convolution and matrix product has
    either a scheme or a reason why not, and the input of one with a scheme comes
    from quantizers, through ops that commute with them at most.

    ```mlir
    // error: layer 'conv1' has a scheme but its input is not quantized
    ```
  }]>;

//===----------------------------------------------------------------------===//
// L2 quantized
//===----------------------------------------------------------------------===//

def FreezeSqueezeThresholdPass
    : Pass<"lowbit-freeze-squeeze-threshold", "::mlir::func::FuncOp"> {
  let summary = "Turn trained activation quantizers into their inference form";
  let description = [{
    Replaces every `lowbit.squeeze_threshold_training` by
    `lowbit.squeeze_threshold`, with the thresholds and the step that the op
    would compute if its running averages were the sample's: the networks go
    away. The running averages must be constant, positive and finite, and
    nothing may read the new ones.

    ```mlir
    %y, %a1, %r1 = lowbit.squeeze_threshold_training %x adjust(...) threshold(...)
        running(%a, %r) levels(!lowbit.uint<2>) ...
    // becomes, for running averages 1.0 and 3.0
    %t = "tosa.const"() <{values = dense<[[0.5, 1.5, 2.5]]> : tensor<1x3xf32>}> : () -> tensor<1x3xf32>
    %s = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
    %y = lowbit.squeeze_threshold %x, %t step(%s) levels(!lowbit.uint<2>) : ...
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect", "::mlir::tosa::TosaDialect"];
  let statistics = [Statistic<"numFrozen", "num-frozen", "Quantizers frozen">];
}

def QuantizeWeightsPass : Pass<"lowbit-quantize-weights", "::mlir::func::FuncOp"> {
  let summary = "Turn layers with a scheme into integer layers on codes";
  let description = [{
    Splits `lowbit.squeeze_threshold` into `lowbit.threshold` and
    `lowbit.dequantize`, moves every dequantization behind data movement,
    concats, pads and pooling, fits the weights of each layer with a scheme to its level set, with
    the scale of least squared error per output channel, and replaces the layer
    by `lowbit.conv2d` or `lowbit.matmul` on codes and one `lowbit.dequantize`
    with scale (weights' scale x activations' scale) and the bias.

    ```mlir
    %f = lowbit.dequantize %q scale(%s) ...
    %1 = tosa.conv2d %f, %w, %b, %zp, %zp {lowbit.scheme = ...}
    // becomes
    %c = lowbit.constant ... : tensor<16x3x3x3x!lowbit.ternary>
    %a = lowbit.conv2d %q, %c ...
    %1 = lowbit.dequantize %a scale(%alpha) bias(%b) ...
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect", "::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
  let statistics = [Statistic<"numQuantized", "num-quantized", "Layers quantized">];
}

def VerifyQuantizedPass : VerifyLevelPass<"quantized", [{
    No layer with a scheme is left in float, no `lowbit.squeeze_threshold` of
    either form is left, and weights of `lowbit` layers are constants.

    ```mlir
    // error: layer 'conv1' has a scheme but is still in float
    ```
  }]>;

//===----------------------------------------------------------------------===//
// L3 integer
//===----------------------------------------------------------------------===//

def MakeIntegerPass : Pass<"lowbit-make-integer", "::mlir::func::FuncOp"> {
  let summary = "Absorb scales, biases, batch norms and ReLUs into integers";
  let description = [{
    Replaces every float segment between a `lowbit.dequantize` and a quantizer:

    * one source and at most 16 levels, or levels with gaps: `lowbit.threshold` on
      the integers. Its
      thresholds are found by bisection of the very binary32 functions that the
      segment consists of, which are monotone in the integer, so the result is
      the same for every input, ties included; a falling segment (negative batch
      norm gain) compares the negated integer.
    * one source and more levels: `lowbit.rescale`, one multiplier and offset per
      channel and a common shift.
    * a residual add of two sources: `lowbit.add`.

    This is the step where float becomes integer. What cannot be absorbed stays
    in float and gets `lowbit.reason`.

    ```mlir
    %f = lowbit.dequantize %a scale(%alpha) bias(%b) ...
    %r = tosa.clamp %f {min_val = 0.0 : f32, ...}
    %n = lowbit.threshold %r, %t : ...f32... -> tensor<...x!lowbit.uint<2>>
    // becomes
    %n = lowbit.threshold %a, %ti : ...i32... -> tensor<...x!lowbit.uint<2>>
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect", "::mlir::arith::ArithDialect"];
  let statistics = [
    Statistic<"numThresholds", "num-thresholds", "Segments turned into thresholds">,
    Statistic<"numRescales", "num-rescales", "Segments turned into rescales">,
    Statistic<"numAdds", "num-adds", "Residual adds made integer">];
}

def VerifyIntegerPass : VerifyLevelPass<"integer", [{
    No float arithmetic leads from a `lowbit.dequantize` back to a quantizer, but
    where that quantizer carries `lowbit.reason`: float may stand before the
    quantizers of network inputs, after the last integer layers, and around
    layers that stay in float.

    ```mlir
    // error: float arithmetic between integer layers is left
    ```
  }]>;

//===----------------------------------------------------------------------===//
// L4 planned
//===----------------------------------------------------------------------===//

def PackWeightsPass : Pass<"lowbit-pack-weights", "::mlir::func::FuncOp"> {
  let summary = "Store constant weights as packed bytes";
  let description = [{
    Replaces each constant of codes by a constant of packed bytes and a
    `lowbit.unpack`, so that the type says what the object file will hold: of
    ternary weights the layout `base3`, of others `bits`.

    ```mlir
    %w = lowbit.constant dense<...> : tensor<36xi8> : tensor<4x3x3x4x!lowbit.ternary>
    // becomes
    %p = lowbit.constant dense<...> : tensor<29xi8> : tensor<29x!lowbit.packed<!lowbit.ternary, base3>>
    %w = lowbit.unpack %p : ...
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect"];
  let statistics = [Statistic<"packedBytes", "packed-bytes", "Bytes of packed weights">];
}

def NarrowSumsPass : Pass<"lowbit-narrow-sums", "::mlir::func::FuncOp"> {
  let summary = "Keep sums in the fewest bits that are proven to hold them";
  let description = [{
    Computes the worst sums of each convolution and matrix product from its
    constant weights and the range of its inputs, records them in `bound`, which
    verifiers compute again, and gives the result 8 or 16 bits where these hold
    every partial sum; sums of pools likewise. Data movement behind a sum
    follows it. A sum that is read by anything but thresholds, rescales, adds,
    dequantizations and checksums keeps its width.

    ```mlir
    %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] ... -> tensor<1x8x8x6xi32>
    // becomes
    %a = lowbit.conv2d %x, %w pad [1, 1, 1, 1] ... bound <[-61, 58] in channels [3, 5]> ... -> tensor<1x8x8x6xi8>
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect"];
  let statistics = [
    Statistic<"numI8", "num-i8", "Sums kept in 8 bits">,
    Statistic<"numI16", "num-i16", "Sums kept in 16 bits">];
}

def SelectKernelsPass : Pass<"lowbit-select-kernels", "::mlir::ModuleOp"> {
  let summary = "Choose a kernel for every layer";
  let description = [{
    Describes the target to the module (`kernel.machine`) and gives each
    convolution and matrix product that a kernel of it can compute a
    `kernel.plan`. Layers on codes get the one that is fastest by the costs of
    steps on the machine (`costs`, see docs/Kernels.md), of `lookup`, `dot`,
    `depthwise` and, for signed powers of two, `shift`; those that must do without
    multiplications get no byte products. Float layers of TOSA with constant
    weights get `float` or `float_depthwise`. Layers without a plan become plain
    loops. `kernel` and `arithmetic` say otherwise. With more than one of
    `threads` the module says so (`kernel.threads`), and loops with enough work
    are made to be shared by them.

    ```mlir
    %a = lowbit.conv2d %x, %w ... : tensor<1x8x8x64x!lowbit.uint<2>>, tensor<64x3x3x64x!lowbit.ternary> -> ...
    // becomes, with bytes=64 features=avx512vbmi
    %a = lowbit.conv2d %x, %w ... {kernel.plan = #kernel.plan<family = lookup, bytes = 64,
      pixels = 7, vectors = 1, group = 4, entries = 96, steps = 8>} : ...
    ```
  }];
  let options = [
    Option<"bytes", "bytes", "int64_t", "0",
           "Size of the target's vectors: 0, 16, 32 or 64">,
    ListOption<"features", "features", "std::string",
               "Instructions of the target, as LLVM names its features">,
    Option<"kernel", "kernel", "std::string", /*default=*/"\"auto\"",
           "auto, or the only kernel to use: loops, dot, depthwise, lookup, shift, "
           "float or float_depthwise">,
    Option<"arithmetic", "arithmetic", "std::string", /*default=*/"\"shift\"",
           "shift: no multiplications where weights can do without; any: with them">,
    Option<"costs", "costs", "std::string", /*default=*/"\"\"",
           "Costs of steps in YAML, as 'lowbit costs' measures them; empty: the known ones">,
    Option<"threads", "threads", "int64_t", "1",
           "Threads that one run of the network uses, 1 to 256">,
    Option<"leastChunkNs", "least-chunk-ns", "int64_t", "::lowbit::kernel::kLeastChunkNs",
           "How long what a thread does must take at least, in nanoseconds by estimate">];
  let dependentDialects = ["::lowbit::kernel::KernelDialect", "::lowbit::LowbitDialect"];
  let statistics = [
    Statistic<"numPlanned", "num-planned", "Layers with a plan">];
}

def InsertChecksumsPass : Pass<"lowbit-insert-checksums", "::mlir::func::FuncOp"> {
  let summary = "Return the checksum of every layer's integers";
  let description = [{
    Adds a last result of type tensor<N x i64> to the public function: the
    checksums of what each layer hands to other layers, in program order. The
    names are kept in the function attribute `lowbit.checksums`.

    ```mlir
    func.func @main(%x: tensor<1x4xf32>) -> tensor<1x4xf32>
    // becomes
    func.func @main(%x: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<3xi64>)
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect", "::mlir::tensor::TensorDialect"];
}

def OutlineLayersPass : Pass<"lowbit-outline-layers", "::mlir::ModuleOp"> {
  let summary = "Make every layer a function of its own, with its kernel and reason";
  let description = [{
    Moves the operations of each layer into a private function named after it
    and records `lowbit.layer`, `lowbit.kernel`, `lowbit.reason`, `lowbit.macs`
    and, where its scheme asks for it, `lowbit.multiplier_free` there. Constants
    are copied into the functions that use them. Data movement stays outside,
    except what a layer does to its own sums.

    Thresholds, rescales and residual adds without weights join the layer with
    weights that makes the last of their operands (`conv2+add0`), so that its
    kernel can compute them while the sums are in registers.

    ```mlir
    %1 = call @conv1(%0) : (tensor<1x32x32x16x!lowbit.uint<2>>) -> tensor<1x32x32x16x!lowbit.uint<2>>
    ```
  }];
  let dependentDialects = ["::lowbit::LowbitDialect", "::mlir::func::FuncDialect"];
  let statistics = [Statistic<"numLayers", "num-layers", "Functions made">];
}

def VerifyPlannedPass : VerifyLevelPass<"planned", [{
    No operation that belongs to a layer stands outside of its function; every
    layer function has a kernel and a reason; weights are packed.

    ```mlir
    // error: layer function without 'lowbit.kernel'
    ```
  }]>;

//===----------------------------------------------------------------------===//
// L5 loops
//===----------------------------------------------------------------------===//

def PlanWorkspacePass : Pass<"lowbit-plan-workspace", "::mlir::ModuleOp"> {
  let summary = "Give every buffer an offset in one workspace";
  let description = [{
    The buffers of layer functions become arguments that the caller hands in.
    The allocations of the public function become views of one byte buffer, its
    last argument; what is only copied to a result at the end is computed in the
    result. The public function must be one block; requires copies as
    linalg.generic and statically shaped buffers.

    Buffers that are never alive at the same time share bytes. A buffer is alive
    from its first to its last use in program order, views included; the
    operations of a layer count one by one, in the place of the call. The result
    of an elementwise linalg operation takes the place of an operand of the same
    type that dies there. Offsets are multiples of 64 bytes. Several orders of
    greedy placement and a search from the best of them look for the smallest
    workspace; the search stops at the lower bound.

    Arguments of a layer are known not to overlap. Those whose buffers share
    bytes, and thus are alive one after another, become one argument, of which
    the layer takes views.

    `lowbit.workspace` records the size, `lowbit.workspace_bound` the most bytes
    that are alive at one operation, `lowbit.workspace_peak` the layer of that
    operation.

    ```mlir
    %0 = memref.alloc() : memref<1x8x8x4xi8>
    %1 = memref.alloc() : memref<1x8x8x4xi8>
    call @layer(%0, %1) : (memref<1x8x8x4xi8>, memref<1x8x8x4xi8>) -> ()
    // becomes, where the layer is elementwise and %0 is not used again,
    %0 = memref.view %workspace[%c1024][] : memref<4096xi8> to memref<1x8x8x4xi8>
    call @layer(%0) : (memref<1x8x8x4xi8>) -> ()
    ```
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect", "::mlir::arith::ArithDialect"];
  let statistics = [
    Statistic<"workspaceBytes", "workspace-bytes", "Bytes of the largest workspace">,
    Statistic<"lowerBound", "lower-bound", "Most bytes alive at one operation">];
}

def VerifyLoopsPass : VerifyLevelPass<"loops", [{
    No `lowbit` or tensor operation and no allocation is left, and the functions
    marked `lowbit.multiplier_free` contain no multiplication or division.

    ```mlir
    // error: multiplication in the multiplier-free layer 'conv1'
    ```
  }]>;

def SortConstantsPass : Pass<"lowbit-sort-constants", "::mlir::ModuleOp"> {
  let summary = "Order and name constants by their first use";
  let description = [{
    Bufferization makes one global for each constant, in an order that depends on
    addresses in the compiling process. This pass brings private globals into the
    order of their first use and numbers them, so that the same network gives the
    same object at every run.

    ```mlir
    memref.global "private" constant @__constant_4xi8_17 : memref<4xi8> = dense<1>
    // becomes
    memref.global "private" constant @lowbit_constant_0 : memref<4xi8> = dense<1>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// L6 LLVM
//===----------------------------------------------------------------------===//

def InsertTimersPass : Pass<"lowbit-insert-timers", "::mlir::ModuleOp"> {
  let summary = "Return the times at which every layer begins and ends";
  let description = [{
    Gives the public function one more result buffer, before the workspace, of
    type memref<(N + 1) x 2 x i64>: the values of the machine's time counter when
    the network began and ended (row 0), and each of its N layers (in program
    order). The layers' names are kept in the function attribute `lowbit.timers`.
    Nothing else changes, so that the network computes what it did before.

    The counter is LLVM's `llvm.readcyclecounter`: on x86 the time stamp counter,
    on AArch64 the virtual counter. Both count time at a constant rate, which is
    not that of the core's cycles. Elsewhere programs may not be allowed to read
    it. It touches memory as far as LLVM knows, and layers are not inlined, so
    that calls stay between their stamps. Processors that work out of order read
    it some ten nanoseconds before earlier instructions have finished, unless a
    barrier makes them wait.

    Requires the level of loops. Functions that call no layer are left alone.

    ```mlir
    func.func @main(%in: memref<4xf32>, %out: memref<4xf32> {bufferize.result}, %workspace: memref<0xi8>)
        attributes {lowbit.workspace = 0 : i64} {
      call @conv1(%in, %out) : (memref<4xf32>, memref<4xf32>) -> ()
      return
    }
    // becomes, with the indices %c0 and %c1,
    func.func @main(%in: memref<4xf32>, %out: memref<4xf32> {bufferize.result},
                    %stamps: memref<2x2xi64> {bufferize.result}, %workspace: memref<0xi8>)
        attributes {lowbit.timers = ["conv1"], lowbit.workspace = 0 : i64} {
      %begin = llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
      memref.store %begin, %stamps[%c0, %c0] : memref<2x2xi64>
      %0 = llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
      memref.store %0, %stamps[%c1, %c0] : memref<2x2xi64>
      call @conv1(%in, %out) : (memref<4xf32>, memref<4xf32>) -> ()
      %1 = llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
      memref.store %1, %stamps[%c1, %c1] : memref<2x2xi64>
      %end = llvm.call_intrinsic "llvm.readcyclecounter"() : () -> i64
      memref.store %end, %stamps[%c0, %c1] : memref<2x2xi64>
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::LLVM::LLVMDialect", "::mlir::memref::MemRefDialect"];
  let options = [
    Option<"barrier", "barrier", "::lowbit::TimerBarrier", "::lowbit::TimerBarrier::None",
           "What waits for earlier instructions before each stamp", [{::llvm::cl::values(
               clEnumValN(::lowbit::TimerBarrier::None, "none", "nothing"),
               clEnumValN(::lowbit::TimerBarrier::Lfence, "lfence", "the instruction of x86 with SSE2"),
               clEnumValN(::lowbit::TimerBarrier::Isb, "isb", "the instruction of AArch64"))}]>];
  let statistics = [Statistic<"numTimed", "num-timed", "Layers with time stamps">];
}

def EmitEntryPointPass : Pass<"lowbit-emit-entry-point", "::mlir::ModuleOp"> {
  let summary = "Give the network its C entry point";
  let description = [{
    Renames the public function to <name>_run, lets it return an i32 status (0:
    done; 1: a pointer is null; 2: the workspace is not aligned to 64 bytes) and
    checks its pointers first. Layer functions become internal and are kept from
    being inlined, arguments are marked as not overlapping, and the lowbit
    attributes of functions give way to LLVM's (`lowbit.multiplier_free` to the
    function attribute "lowbit-multiplier-free"). Requires buffers in place of
    tensors.

    ```mlir
    func.func @main(%in: memref<1x4xf32>, %out: memref<1x4xf32>, %workspace: memref<64xi8>)
    // becomes
    func.func @net_run(...) -> i32
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect", "::mlir::cf::ControlFlowDialect", "::mlir::LLVM::LLVMDialect"];
  let options = [Option<"name", "name", "std::string", "\"net\"", "Prefix of the C symbols">];
}

#endif // LOWBIT_TRANSFORMS_PASSES_TD
