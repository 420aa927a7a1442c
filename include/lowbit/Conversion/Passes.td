//===- Passes.td - Conversions between dialects ------------*- tablegen -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_CONVERSION_PASSES_TD
#define LOWBIT_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertLowbitToLinalgPass : Pass<"convert-lowbit-to-linalg", "::mlir::ModuleOp"> {
  let summary = "Lower codes to plain integers and lowbit ops to linalg";
  let description = [{
    Every level-set tensor becomes a tensor of its storage type: the level
    itself in i8, i16 or i32, except for the powers of two, which keep their
    code (sign and exponent) in i8. Layers become `linalg.generic` on those
    integers, with a body of shifts, signs and additions where the weights are
    ternary, bipolar or powers of two, and of products otherwise. In functions
    marked `lowbit.multiplier_free`, the multipliers of `rescale` and `add`
    become tables of canonical signed digits. Thresholds, multipliers and
    offsets must be constants.

    ```mlir
    %n = lowbit.threshold %a, %t : tensor<1x4xi32>, tensor<1x3xi32> -> tensor<1x4x!lowbit.uint<2>>
    // becomes a linalg.generic that sums three comparisons into tensor<1x4xi8>
    ```
  }];
  let dependentDialects = [
    "::lowbit::kernel::KernelDialect",
    "::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect"];
}

def ConvertTosaToKernelPass : Pass<"convert-tosa-to-kernel", "::mlir::func::FuncOp"> {
  let summary = "Turn planned float layers into kernels";
  let description = [{
    Convolutions, depthwise convolutions and matrix products of f32 that have a
    `kernel.plan` become `kernel.conv2d`: the input padded with zeros, the
    weights in the order of the plan, the bias in the epilogue. Sums are those of
    the reference evaluator, bit for bit: in the order of the filter from 0, and
    the bias last. Other operations are left.

    ```mlir
    %y = tosa.conv2d %x, %w, %b, %z, %z {kernel.plan = #kernel.plan<family = float,
      bytes = 64, pixels = 8, vectors = 1, group = 1>, ...}
    // becomes
    %y = kernel.conv2d <family = float, ...> ... ins(%x, %packed) channels(%b) outs(%e) {
      ^bb0(%sum: f32, %bias: f32): ... kernel.yield %biased : f32 }
    ```
  }];
  let dependentDialects = [
    "::lowbit::kernel::KernelDialect", "::mlir::arith::ArithDialect",
    "::mlir::tensor::TensorDialect"];
}

def SeparateBiasPass : Pass<"lowbit-separate-bias", "::mlir::func::FuncOp"> {
  let summary = "Add the bias of float convolutions behind them";
  let description = [{
    Upstream's lowering starts the sums of a `tosa.conv2d` at its bias; the
    evaluator and kernels add it last, which rounds otherwise. With a bias of 0 and
    an addition the convolutions that no kernel computes give the same bits.

    ```mlir
    %y = tosa.conv2d %x, %w, %b, %z, %z ...
    // becomes
    %s = tosa.conv2d %x, %w, %zero, %z, %z ...
    %y = tosa.add %s, %expanded
    ```
  }];
  let dependentDialects = ["::mlir::tosa::TosaDialect"];
}

def ExpandMathPass : Pass<"lowbit-expand-math"> {
  let summary = "Replace math operations that would call the C library";
  let description = [{
    Exponentials, logarithms, hyperbolic tangents and the like become polynomials
    (upstream's approximations), and fused multiply-adds become a multiplication
    and an addition, each rounded: objects need no libm, and float results do not
    depend on whether a CPU fuses.

    ```mlir
    %y = math.fma %a, %b, %c : f32
    // becomes
    %p = arith.mulf %a, %b : f32
    %y = arith.addf %p, %c : f32
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::vector::VectorDialect"];
}

def LowerCopiesPass : Pass<"lowbit-lower-copies"> {
  let summary = "Turn memref.copy into linalg";
  let description = [{
    A copy from or to a strided buffer would call a runtime function (memrefCopy).
    As linalg operation it becomes a loop.

    ```mlir
    memref.copy %a, %b : memref<4xf32, strided<[2]>> to memref<4xf32>
    // becomes a linalg.generic that yields its input
    ```
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def ConvertKernelToVectorPass : Pass<"convert-kernel-to-vector", "::mlir::ModuleOp"> {
  let summary = "Turn kernels on buffers into loops over vectors";
  let description = [{
    Emits the loops of each `kernel.conv2d` by its plan: over blocks of output
    channels, rows and blocks of pixels; inside, the sums of a tile in registers,
    made by `kernel.dot` or `kernel.lookup`; then the epilogue on vectors instead
    of scalars. What does not divide evenly is spread over tiles of two sizes.

    ```mlir
    kernel.conv2d <family = dot, bytes = 64, pixels = 6, vectors = 4, group = 4> ...
    // becomes scf.for loops around
    %s = kernel.dot %sum, %x, %w : vector<16xi32>, vector<64xi8>
    ```
  }];
  let dependentDialects = [
    "::lowbit::kernel::KernelDialect", "::mlir::affine::AffineDialect",
    "::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
}

def LowerKernelStepsPass : Pass<"lowbit-lower-kernel-steps", "::mlir::ModuleOp"> {
  let summary = "Turn the steps of kernels into instructions of the machine";
  let description = [{
    Each `kernel.dot` and `kernel.lookup` becomes the instruction that the
    module's `kernel.machine` has for it, or arithmetic and single accesses where
    there is none. Both give the same bits.

    ```mlir
    %s = kernel.dot %sum, %x, %w : vector<16xi32>, vector<64xi8>
    // becomes, with features = ["avx512vnni"],
    %s = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%sum, %x, %w) : ...
    ```
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::vector::VectorDialect"];
}

def VectorizeLinalgPass : Pass<"lowbit-vectorize-linalg", "::mlir::ModuleOp"> {
  let summary = "Turn linalg operations on buffers into loops over vectors";
  let description = [{
    Elementwise operations, fills, copies and pools whose accesses are linear in
    the loops become loops of which the last parallel one walks in vectors, if
    all operands have neighbouring elements there, or one for all: as many as
    the vectors of the module's `kernel.machine` hold of the widest type that is
    computed on, 32-bit integers at most. What is left at the end is done in
    smaller vectors. Of reductions four vectors are computed side by side, of
    neighbouring iterations of the next parallel loop or else of the last. Loops that walk on where the one inside them ended are
    merged with it before. Other operations are left.

    ```mlir
    linalg.generic ... ins(%a, %t : memref<1x8x8x64xi32>, memref<64xi32>) outs(%b : memref<1x8x8x64xi8>)
    // becomes two scf.for loops around vector.load, arithmetic on
    // vector<16xi32>, and vector.store
    ```
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
  let statistics = [
    Statistic<"numVectorized", "num-vectorized", "Operations turned into loops">];
}

def ShareLoopsPass : Pass<"lowbit-share-loops", "::mlir::ModuleOp"> {
  let summary = "Divide linalg operations on buffers among threads";
  let description = [{
    Where the module has `kernel.threads`, each linalg operation that takes one
    core long enough is done in chunks of the parallel loop that divides best:
    the body of an `scf.parallel` over the chunks is the operation on views of
    its buffers. Kernels and vectorized operations are divided where they become
    loops (`convert-kernel-to-vector`, `lowbit-vectorize-linalg`).

    ```mlir
    linalg.generic ... outs(%b : memref<256x512xf32>)
    // becomes, with kernel.threads = 2,
    scf.parallel (%i) = (%c0) to (%c2) step (%c1) {
      %v = memref.subview %b[%first, 0] [%size, 512] [1, 1] : ...
      linalg.generic ... outs(%v : memref<?x512xf32, strided<[512, 1], offset: ?>>)
    }
    ```
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect"];
  let statistics = [
    Statistic<"numShared", "num-shared", "Operations divided">];
}

def OutlineChunksPass : Pass<"lowbit-outline-chunks", "::mlir::ModuleOp"> {
  let summary = "Move the bodies of parallel loops into functions";
  let description = [{
    The body of each `scf.parallel`, a chunk of a layer's work, becomes a private
    function of its own, so that buffers enter it as arguments, which are known
    not to overlap: OpenMP hands pointers to its threads through memory, and LLVM
    forgets what it knew of them. What is made of constants, and views of
    buffers, is made again inside. A layer without multiplications has chunks
    without any.

    ```mlir
    scf.parallel (%i) = (%c0) to (%c2) step (%c1) { ... }
    // becomes
    scf.parallel (%i) = (%c0) to (%c2) step (%c1) {
      func.call @conv1_chunk(%i, %input, %output) : (index, memref<64xi8>, memref<64xi8>) -> ()
    }
    ```
  }];
  let dependentDialects = ["::mlir::func::FuncDialect"];
  let statistics = [
    Statistic<"numOutlined", "num-outlined", "Functions made">];
}

def FuseEpiloguesPass : Pass<"lowbit-fuse-epilogues", "::mlir::func::FuncOp"> {
  let summary = "Move elementwise operations into the kernels before them";
  let description = [{
    An elementwise `linalg.generic` that reads a result of a `kernel.conv2d`
    becomes part of its epilogue, where the sums are in registers, if its other
    operands are of the same shape or one value per channel, and its body is
    arithmetic on single elements.

    ```mlir
    %a = kernel.conv2d ... { ^bb0(%s: i32): kernel.yield %s : i32 } -> tensor<1x8x8x64xi32>
    %b = linalg.generic ... ins(%a, %t : ...) { thresholds } -> tensor<1x8x8x64xi8>
    // becomes one kernel.conv2d with the thresholds in its region
    ```
  }];
  let dependentDialects = ["::lowbit::kernel::KernelDialect"];
  let statistics = [
    Statistic<"numFused", "num-fused", "Operations moved into kernels">];
}

#endif // LOWBIT_CONVERSION_PASSES_TD
