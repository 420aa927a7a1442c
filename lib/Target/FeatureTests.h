//===- FeatureTests.h - Which features a CPU can be asked for -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_TARGET_FEATURETESTS_H
#define LOWBIT_LIB_TARGET_FEATURETESTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/TargetParser/Triple.h"

#include <cstdint>

namespace lowbit::target {

/// The words that a resolver reads on x86-64: registers after `cpuid`, named by
/// leaf and register, and the states that the system saves.
enum X86Word : unsigned {
  kLeaf1C,
  kLeaf7B,
  kLeaf7C,
  kLeaf7D,
  kLeaf7Sub1A,
  kLeaf7Sub1D,
  kExtended1C,
  kSavedStates,
  kNumX86Words
};

/// Those on AArch64: what the kernel tells about the CPU.
enum AArch64Word : unsigned { kHwcap, kHwcap2, kNumAArch64Words };

/// A CPU has the feature if all bits of `mask` are set in the word, and all of
/// `states` in the word of saved states.
struct FeatureTest {
  llvm::StringLiteral feature;
  unsigned word;
  uint64_t mask;
  uint64_t states = 0;
};

/// What is known of the features of an architecture. Names are LLVM's.
struct FeatureTable {
  /// The CPU of which every other has the features, and these.
  llvm::StringLiteral cpu;
  llvm::ArrayRef<llvm::StringLiteral> baseline;
  /// For systems and cryptography, whose instructions nothing but intrinsics of
  /// their own asks for: networks are compiled without them.
  llvm::ArrayRef<llvm::StringLiteral> unused;
  /// That say how fast something is, or stand for the features they imply.
  llvm::ArrayRef<llvm::StringLiteral> ignored;
  llvm::ArrayRef<FeatureTest> tests;
  /// The versions that suit most machines.
  llvm::StringLiteral versions;
  unsigned numWords;

  /// Null if the feature cannot be tested.
  const FeatureTest *find(llvm::StringRef feature) const;
};

/// Null for architectures without resolvers.
const FeatureTable *getFeatureTable(const llvm::Triple &triple);

} // namespace lowbit::target

#endif // LOWBIT_LIB_TARGET_FEATURETESTS_H
