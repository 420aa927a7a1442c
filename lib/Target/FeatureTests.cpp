//===- FeatureTests.cpp - Which features a CPU can be asked for -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/FeatureTests.h"

#include "llvm/ADT/STLExtras.h"

using namespace lowbit::target;
using llvm::StringLiteral;

static constexpr uint64_t bit(unsigned index) { return uint64_t(1) << index; }

//===----------------------------------------------------------------------===//
// x86-64
//===----------------------------------------------------------------------===//

static constexpr StringLiteral kX86Baseline[] = {
    "64bit", "cmov", "cx8", "fxsr", "mmx", "nopl", "sse", "sse2", "x87"};

static constexpr StringLiteral kX86Unused[] = {
    "aes",       "amx-avx512", "amx-bf16",  "amx-complex", "amx-fp16",
    "amx-fp8",   "amx-int8",   "amx-movrs", "amx-tf32",    "amx-tile",
    "cldemote",  "clflushopt", "clwb",      "clzero",      "enqcmd",
    "fsgsbase",  "hreset",     "invpcid",   "kl",          "lwp",
    "movdir64b", "movdiri",    "mwaitx",    "pclmul",      "pconfig",
    "pku",       "prefetchi",  "prfchw",    "ptwrite",     "raoint",
    "rdpid",     "rdpru",      "rdrnd",     "rdseed",      "rtm",
    "serialize", "sgx",        "sha",       "sha512",      "shstk",
    "sm3",       "sm4",        "tsxldtrk",  "uintr",       "usermsr",
    "vaes",      "vpclmulqdq", "waitpkg",   "wbnoinvd",    "widekl",
    "xsave",     "xsavec",     "xsaveopt",  "xsaves"};

static constexpr StringLiteral kX86Ignored[] = {"ermsb", "fsrm"};

/// States in XCR0: XMM and YMM; with them masks and both parts of ZMM.
static constexpr uint64_t kYmm = 0x06, kZmm = 0xe6;

static constexpr FeatureTest kX86Tests[] = {
    {"sse3", kLeaf1C, bit(0)},
    {"ssse3", kLeaf1C, bit(9)},
    {"fma", kLeaf1C, bit(12), kYmm},
    {"cx16", kLeaf1C, bit(13)},
    {"sse4.1", kLeaf1C, bit(19)},
    {"sse4.2", kLeaf1C, bit(20)},
    {"crc32", kLeaf1C, bit(20)},
    {"movbe", kLeaf1C, bit(22)},
    {"popcnt", kLeaf1C, bit(23)},
    {"avx", kLeaf1C, bit(28), kYmm},
    {"f16c", kLeaf1C, bit(29), kYmm},
    {"bmi", kLeaf7B, bit(3)},
    {"avx2", kLeaf7B, bit(5), kYmm},
    {"bmi2", kLeaf7B, bit(8)},
    {"avx512f", kLeaf7B, bit(16), kZmm},
    {"avx512dq", kLeaf7B, bit(17), kZmm},
    {"adx", kLeaf7B, bit(19)},
    {"avx512ifma", kLeaf7B, bit(21), kZmm},
    {"avx512cd", kLeaf7B, bit(28), kZmm},
    {"avx512bw", kLeaf7B, bit(30), kZmm},
    {"avx512vl", kLeaf7B, bit(31), kZmm},
    {"avx512vbmi", kLeaf7C, bit(1), kZmm},
    {"avx512vbmi2", kLeaf7C, bit(6), kZmm},
    {"gfni", kLeaf7C, bit(8)},
    {"avx512vnni", kLeaf7C, bit(11), kZmm},
    {"avx512bitalg", kLeaf7C, bit(12), kZmm},
    {"avx512vpopcntdq", kLeaf7C, bit(14), kZmm},
    {"avx512vp2intersect", kLeaf7D, bit(8), kZmm},
    {"avx512fp16", kLeaf7D, bit(23), kZmm},
    {"avxvnni", kLeaf7Sub1A, bit(4), kYmm},
    {"avx512bf16", kLeaf7Sub1A, bit(5), kZmm},
    {"cmpccxadd", kLeaf7Sub1A, bit(7)},
    {"avxifma", kLeaf7Sub1A, bit(23), kYmm},
    {"avxvnniint8", kLeaf7Sub1D, bit(4), kYmm},
    {"avxneconvert", kLeaf7Sub1D, bit(5), kYmm},
    {"avxvnniint16", kLeaf7Sub1D, bit(10), kYmm},
    {"sahf", kExtended1C, bit(0)},
    {"lzcnt", kExtended1C, bit(5)},
    {"sse4a", kExtended1C, bit(6)},
    {"xop", kExtended1C, bit(11), kYmm},
    {"fma4", kExtended1C, bit(16), kYmm},
    {"tbm", kExtended1C, bit(21)}};

static constexpr FeatureTable kX86 = {
    "x86-64",    kX86Baseline,
    kX86Unused,  kX86Ignored,
    kX86Tests,   "x86-64,x86-64-v2,x86-64-v3,x86-64-v4+avx512vnni+avx512vbmi",
    kNumX86Words};

//===----------------------------------------------------------------------===//
// AArch64
//===----------------------------------------------------------------------===//

static constexpr StringLiteral kAArch64Baseline[] = {"fp-armv8", "neon"};

static constexpr StringLiteral kAArch64Unused[] = {
    "CONTEXTIDREL2", "aes",     "am",        "amvs",
    "brbe",          "bti",     "ccdp",      "ccidx",
    "ccpp",          "chk",     "clrbhb",    "crc",
    "dit",           "ecv",     "el2vmsa",   "el3",
    "ete",           "fgt",     "fpac",      "hcx",
    "lor",           "ls64",    "mec",       "mpam",
    "mte",           "nmi",     "nv",        "pan",
    "pan-rwv",       "pauth",   "perfmon",   "predres",
    "rand",          "ras",     "rme",       "sb",
    "sel2",          "sha2",    "sm4",       "sme",
    "spe",           "spe-eef", "specres2",  "specrestrict",
    "ssbs",          "tlb-rmi", "tracev8.4", "trbe",
    "uaops",         "vh",      "wfxt",      "xs"};

static constexpr StringLiteral kAArch64Ignored[] = {
    "v8a",   "v8.1a", "v8.2a", "v8.3a", "v8.4a", "v8.5a", "v8.6a", "v8.7a",
    "v8.8a", "v8.9a", "v8r",   "v9a",   "v9.1a", "v9.2a", "v9.3a", "v9.4a"};

static constexpr FeatureTest kAArch64Tests[] = {
    {"lse", kHwcap, bit(8)},        {"fullfp16", kHwcap, bit(9) | bit(10)},
    {"rdm", kHwcap, bit(12)},       {"jsconv", kHwcap, bit(13)},
    {"complxnum", kHwcap, bit(14)}, {"rcpc", kHwcap, bit(15)},
    {"dotprod", kHwcap, bit(20)},   {"sve", kHwcap, bit(22)},
    {"fp16fml", kHwcap, bit(23)},   {"lse2", kHwcap, bit(25)},
    {"rcpc-immo", kHwcap, bit(26)}, {"flagm", kHwcap, bit(27)},
    {"sve2", kHwcap2, bit(1)},      {"sve-bitperm", kHwcap2, bit(4)},
    {"altnzcv", kHwcap2, bit(7)},   {"fptoint", kHwcap2, bit(8)},
    {"i8mm", kHwcap2, bit(13)},     {"bf16", kHwcap2, bit(14)}};

static constexpr FeatureTable kAArch64 = {
    "generic",       kAArch64Baseline,
    kAArch64Unused,  kAArch64Ignored,
    kAArch64Tests,   "generic,generic+dotprod,generic+dotprod+i8mm",
    kNumAArch64Words};

//===----------------------------------------------------------------------===//
// Both
//===----------------------------------------------------------------------===//

const FeatureTest *FeatureTable::find(llvm::StringRef feature) const {
  auto found = llvm::find_if(
      tests, [&](const FeatureTest &test) { return test.feature == feature; });
  return found == tests.end() ? nullptr : found;
}

const FeatureTable *
lowbit::target::getFeatureTable(const llvm::Triple &triple) {
  if (triple.getArch() == llvm::Triple::x86_64 && !triple.isX32())
    return &kX86;
  if (triple.getArch() == llvm::Triple::aarch64)
    return &kAArch64;
  return nullptr;
}
