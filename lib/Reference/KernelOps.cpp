//===- KernelOps.cpp - Steps of kernels -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Kernel/KernelOps.h"
#include "lib/Reference/Integers.h"
#include "lib/Reference/OpEvaluators.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;

/// The unsigned value of a byte, which tensors hold sign-extended.
static int64_t toUnsigned(int64_t byte) { return byte & 255; }

static Tensor dot(kernel::DotOp op, Operands operands) {
  ArrayRef<int64_t> lhs = operands[1]->integers();
  ArrayRef<int64_t> rhs = operands[2]->integers();
  std::vector<int64_t> sums;
  for (auto [i, sum] : llvm::enumerate(operands[0]->integers())) {
    int64_t result = sum;
    for (size_t j = 4 * i; j != 4 * i + 4; ++j)
      result += (op.getHasSignedLhs() ? lhs[j] : toUnsigned(lhs[j])) * rhs[j];
    sums.push_back(wrap(result, 32));
  }
  return Tensor(resultShape(op), std::move(sums));
}

static FailureOr<Tensor> lookUp(kernel::LookupOp op, Operands operands) {
  std::vector<int64_t> table;
  for (const Tensor *part : operands.drop_front())
    llvm::append_range(table, part->integers());
  ArrayRef<int64_t> codes = operands.front()->integers();
  int64_t entries = op.getEntries();
  size_t run = codes.size() / op.getTables();
  std::vector<int64_t> bytes;
  for (auto [i, code] : llvm::enumerate(codes)) {
    if (toUnsigned(code) >= entries)
      return op.emitError() << "code " << toUnsigned(code)
                            << " is not in a table of " << entries << " bytes";
    auto first = static_cast<int64_t>(i / run) * entries;
    bytes.push_back(table[first + toUnsigned(code)]);
  }
  return Tensor(resultShape(op), std::move(bytes));
}

void lowbit::reference::addKernelOps(OpTable &table) {
  table.add<dot>();
  table.add<lookUp>();
}
