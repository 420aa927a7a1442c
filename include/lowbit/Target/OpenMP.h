//===- OpenMP.h - The runtime of networks with threads -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TARGET_OPENMP_H
#define LOWBIT_TARGET_OPENMP_H

#include "llvm/Support/Error.h"

#include <string>

namespace lowbit::target {

/// Loads LLVM's OpenMP runtime into this process, once, so that code for
/// several threads can run here: the file that the variable LOWBIT_OPENMP
/// names, or the one that the system has. Returns its file, or an error that
/// says what to install.
llvm::Expected<std::string> loadOpenMP();

} // namespace lowbit::target

#endif // LOWBIT_TARGET_OPENMP_H
