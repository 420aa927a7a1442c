//===- TosaResizeTest.cpp - Tests of TOSA resize -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Reference/ModuleTest.h"
#include "llvm/Support/FormatVariadic.h"

using namespace lowbit::reference;

namespace {

class TosaResizeTest : public ModuleTest {
protected:
  /// Two pixels at `scale` to four, half a pixel to the left.
  Tensor resize(const char *mode, const char *from, const char *to,
                Tensor input) {
    std::string body = llvm::formatv(
        "%s = tosa.const_shape {{values = dense<[1, 1, 4, 2]> : "
        "tensor<4xindex>} : () -> !tosa.shape<4>\n"
        "%o = tosa.const_shape {{values = dense<[0, -1]> : tensor<2xindex>} : "
        "() -> !tosa.shape<2>\n"
        "%b = tosa.const_shape {{values = dense<[0, 1]> : tensor<2xindex>} : "
        "() -> !tosa.shape<2>\n"
        "%r = tosa.resize %x, %s, %o, %b {{mode = {0}} : (tensor<1x1x2x1x{1}>, "
        "!tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> "
        "tensor<1x1x4x1x{2}>",
        mode, from, to);
    return runBody(llvm::formatv("%x: tensor<1x1x2x1x{0}>", from).str(), body,
                   llvm::formatv("tensor<1x1x4x1x{0}>", to).str(),
                   {std::move(input)});
  }
};

TEST_F(TosaResizeTest, Floats) {
  Tensor input({1, 1, 2, 1}, Floats{10, 20});
  EXPECT_EQ(resize("NEAREST_NEIGHBOR", "f32", "f32", input).floats(),
            llvm::ArrayRef<float>({10, 10, 20, 20}));
  EXPECT_EQ(resize("BILINEAR", "f32", "f32", input).floats(),
            llvm::ArrayRef<float>({10, 12.5f, 17.5f, 20}));
}

TEST_F(TosaResizeTest, Integers) {
  Tensor input({1, 1, 2, 1}, Integers{10, -128});
  EXPECT_EQ(resize("NEAREST_NEIGHBOR", "i8", "i8", input).integers(),
            llvm::ArrayRef<int64_t>({10, 10, -128, -128}));
  // Four times as large; left of the first pixel lies the first pixel.
  EXPECT_EQ(resize("BILINEAR", "i8", "i32", input).integers(),
            llvm::ArrayRef<int64_t>({40, 3 * 10 - 128, 10 - 3 * 128, -512}));
}

TEST_F(TosaResizeTest, RefusesAnotherTypeOfNearest) {
  expectRefused("%x: tensor<1x1x1x1xi8>",
                "%s = tosa.const_shape {values = dense<1> : tensor<4xindex>} : "
                "() -> !tosa.shape<4>\n"
                "%o = tosa.const_shape {values = dense<0> : tensor<2xindex>} : "
                "() -> !tosa.shape<2>\n"
                "%r = tosa.resize %x, %s, %o, %o {mode = NEAREST_NEIGHBOR} : "
                "(tensor<1x1x1x1xi8>, !tosa.shape<4>, !tosa.shape<2>, "
                "!tosa.shape<2>) -> tensor<1x1x1x1xf32>",
                "tensor<1x1x1x1xf32>");
}

} // namespace
