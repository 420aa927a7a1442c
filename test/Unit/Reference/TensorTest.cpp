//===- TensorTest.cpp - Unit tests of host tensors -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Reference/Tensor.h"

#include "lowbit/Numerics/Checksum.h"
#include "mlir/IR/Builders.h"

#include "gtest/gtest.h"

using namespace lowbit::reference;

namespace {

TEST(TensorTest, KeepsShapeAndElements) {
  Tensor tensor({2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
  EXPECT_TRUE(tensor.isFloat());
  EXPECT_EQ(tensor.numElements(), 6);
  Tensor other = tensor.reshaped({3, 1, 2});
  EXPECT_EQ(other.shape(), llvm::ArrayRef<int64_t>({3, 1, 2}));
  EXPECT_EQ(other.floats(), tensor.floats());
}

TEST(TensorTest, ZerosFollowTheElementType) {
  mlir::MLIRContext context;
  mlir::Builder builder(&context);
  EXPECT_TRUE(
      Tensor::zeros(mlir::RankedTensorType::get({2}, builder.getF32Type()))
          .isFloat());
  Tensor integers =
      Tensor::zeros(mlir::RankedTensorType::get({2, 2}, builder.getI8Type()));
  EXPECT_EQ(integers.integers(), llvm::ArrayRef<int64_t>({0, 0, 0, 0}));
}

TEST(TensorTest, ChecksumFeedsTheElementsInOrder) {
  lowbit::numerics::Checksum hash;
  for (int64_t value : {3, -1, 7})
    hash.update(value);
  EXPECT_EQ(checksum(Tensor({3}, std::vector<int64_t>{3, -1, 7})),
            hash.finish());
}

} // namespace
