//===- Resolver.h - Functions chosen when they are loaded -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TARGET_RESOLVER_H
#define LOWBIT_LIB_TARGET_RESOLVER_H

#include "lowbit/Target/Versions.h"
#include "llvm/ADT/ArrayRef.h"

namespace llvm {
class Function;
} // namespace llvm

namespace lowbit::target {

/// Makes `name` the last of `functions` whose version this CPU can run, the
/// first if there is none other, as an ifunc of their module. Its resolver asks
/// the CPU on x86-64 and reads what the loader hands it on AArch64; it calls
/// nothing and reads no memory that is relocated, since it may run before
/// either works.
void addResolver(llvm::StringRef name,
                 llvm::ArrayRef<llvm::Function *> functions,
                 llvm::ArrayRef<Version> versions);

} // namespace lowbit::target

#endif // LOWBIT_LIB_TARGET_RESOLVER_H
