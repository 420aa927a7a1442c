//===- Npy.h - Arrays for numpy -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_DRIVER_NPY_H
#define LOWBIT_LIB_DRIVER_NPY_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace lowbit::driver {

/// The bytes of a .npy file of binary32 numbers in row-major order.
std::string encodeNpy(llvm::ArrayRef<int64_t> shape,
                      llvm::ArrayRef<float> values);

} // namespace lowbit::driver

#endif // LOWBIT_LIB_DRIVER_NPY_H
