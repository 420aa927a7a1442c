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

/// The bytes of a .npy file of `values` in row-major order, as elements of type
/// f32, f64, i8, i16 or i32, which must hold them.
std::string encodeNpy(llvm::ArrayRef<int64_t> shape, llvm::StringRef type,
                      llvm::ArrayRef<double> values);

} // namespace lowbit::driver

#endif // LOWBIT_LIB_DRIVER_NPY_H
