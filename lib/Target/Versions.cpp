//===- Versions.cpp - Lists of CPUs, and what they need -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Target/Versions.h"

#include "lib/Target/CodeGeneration.h"
#include "lib/Target/FeatureTests.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/TargetParser/Host.h"

using namespace lowbit;
using namespace lowbit::target;
using llvm::createStringError;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// The target
//===----------------------------------------------------------------------===//

static bool hasResolvers(const llvm::Triple &triple) {
  return triple.isOSBinFormatELF() && triple.isOSLinux() && !triple.isMusl() &&
         triple.getEnvironment() != llvm::Triple::GNUILP32 &&
         getFeatureTable(triple);
}

static llvm::Expected<const llvm::Target *>
findTarget(const llvm::Triple &triple) {
  initializeTargets();
  std::string message;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, message);
  if (!target)
    return createStringError("unknown target '" + triple.str() +
                             "': " + message);
  return target;
}

//===----------------------------------------------------------------------===//
// One version
//===----------------------------------------------------------------------===//

namespace {
/// Reads versions for one target.
class VersionReader {
public:
  VersionReader(const llvm::Triple &triple, const llvm::Target &target)
      : triple(triple), target(target), table(*getFeatureTable(triple)),
        subtarget(target.createMCSubtargetInfo(triple, "", "")) {}

  llvm::Expected<Version> read(StringRef name);

private:
  llvm::Error check(StringRef cpu, llvm::ArrayRef<StringRef> features);
  /// Features of the instruction set; how to tune for the CPU is left out.
  std::vector<std::string> findFeatures(StringRef cpu, StringRef features);

  const llvm::Triple &triple;
  const llvm::Target &target;
  const FeatureTable &table;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget;
};
} // namespace

llvm::Error VersionReader::check(StringRef cpu,
                                 llvm::ArrayRef<StringRef> features) {
  if (cpu.empty())
    return createStringError("--multiversion has an empty name in its list; "
                             "write CPU,CPU,... or CPU+FEATURE");
  if (cpu == "native")
    return createStringError("--multiversion is for known CPUs, not 'native'; "
                             "write the name of the CPU");
  if (!subtarget->isCPUStringValid(cpu))
    return createStringError("unknown CPU '" + cpu + "' for target '" +
                             triple.str() +
                             "' in --multiversion; llc-22 -mcpu=help lists "
                             "them");
  for (StringRef feature : features)
    if (llvm::none_of(subtarget->getAllProcessorFeatures(),
                      [&](const llvm::SubtargetFeatureKV &known) {
                        return feature == known.Key;
                      }))
      return createStringError("unknown feature '" + feature +
                               "' for target '" + triple.str() +
                               "' in --multiversion; llc-22 -mattr=help lists "
                               "them");
  return llvm::Error::success();
}

std::vector<std::string> VersionReader::findFeatures(StringRef cpu,
                                                     StringRef features) {
  subtarget->setDefaultFeatures(cpu, /*TuneCPU=*/"", features);
  std::vector<std::string> found;
  for (const llvm::SubtargetFeatureKV &known :
       subtarget->getAllProcessorFeatures())
    if (subtarget->hasFeature(known.Value))
      found.push_back(known.Key);
  return found;
}

llvm::Expected<Version> VersionReader::read(StringRef name) {
  llvm::SmallVector<StringRef> parts;
  name.split(parts, '+');
  llvm::ArrayRef<StringRef> extra = llvm::ArrayRef(parts).drop_front();
  if (llvm::Error error = check(parts.front(), extra))
    return error;
  // Some CPUs go by several names.
  std::unique_ptr<llvm::MCSubtargetInfo> resolved(
      target.createMCSubtargetInfo(triple, parts.front(), ""));
  StringRef cpu = resolved->getCPU();
  llvm::SmallVector<std::string> flags;
  for (StringRef feature : extra)
    flags.push_back(("+" + feature).str());
  for (const std::string &feature : findFeatures(cpu, llvm::join(flags, ",")))
    if (llvm::is_contained(table.unused, feature))
      flags.push_back("-" + feature);
  std::string features = llvm::join(flags, ",");
  Version version{name.str(), {triple.str(), cpu.str(), features}, {}};
  bool hasBaseline = false;
  for (std::string &feature : findFeatures(cpu, features)) {
    hasBaseline |= feature == table.baseline.front();
    if (!llvm::is_contained(table.baseline, feature) &&
        !llvm::is_contained(table.ignored, feature))
      version.tests.push_back(std::move(feature));
  }
  if (!hasBaseline)
    return createStringError("CPU '" + cpu + "' has no '" +
                             table.baseline.front() + "', which code for '" +
                             triple.str() + "' needs");
  return version;
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

/// Whether `version` runs wherever `other` does.
static bool runsWhere(const Version &version, const Version &other) {
  return llvm::all_of(version.tests, [&](const std::string &feature) {
    return llvm::is_contained(other.tests, feature);
  });
}

/// Whether each version can be chosen: none of those behind it needs less.
static llvm::Error checkOrder(llvm::ArrayRef<Version> versions) {
  for (const Version &version : versions)
    for (const Version &later :
         versions.drop_front(&version - versions.data()).drop_front()) {
      if (later.name == version.name)
        return createStringError("--multiversion lists '" + later.name +
                                 "' twice");
      if (runsWhere(later, version))
        return createStringError(
            "'" + later.name + "' in --multiversion runs wherever '" +
            version.name +
            "' does, which stands in front of it and would "
            "never be chosen; list the CPUs from the least to the most");
    }
  return llvm::Error::success();
}

/// Leaves out what the base needs as well, and requires tests for the rest.
static llvm::Error chooseTests(llvm::MutableArrayRef<Version> versions,
                               const FeatureTable &table) {
  std::vector<std::string> common = versions.front().tests;
  for (Version &version : versions)
    llvm::erase_if(version.tests, [&](const std::string &feature) {
      return llvm::is_contained(common, feature);
    });
  for (const Version &version : versions)
    for (const std::string &feature : version.tests)
      if (!table.find(feature))
        return createStringError(
            "'" + version.name + "' in --multiversion needs '" + feature +
            "', which no test at load tells; write a CPU without it and the "
            "features that count, as CPU+FEATURE");
  return llvm::Error::success();
}

llvm::Expected<std::vector<Version>>
target::parseVersions(StringRef list, StringRef tripleText) {
  llvm::Triple triple(tripleText.empty() ? llvm::sys::getDefaultTargetTriple()
                                         : llvm::Triple::normalize(tripleText));
  auto target = findTarget(triple);
  if (!target)
    return target.takeError();
  if (!hasResolvers(triple))
    return createStringError(
        "--multiversion needs a loader that resolves functions, which x86-64 "
        "and AArch64 have on Linux with glibc or bionic, not '" +
        triple.str() + "'; compile an object for each --cpu");
  const FeatureTable &table = *getFeatureTable(triple);
  llvm::SmallVector<StringRef> names;
  (list == "default" ? StringRef(table.versions) : list).split(names, ',');
  VersionReader reader(triple, **target);
  std::vector<Version> versions;
  for (StringRef name : names) {
    auto version = reader.read(name);
    if (!version)
      return version.takeError();
    versions.push_back(std::move(*version));
  }
  if (versions.size() == 1)
    return createStringError("--multiversion needs two CPUs at least; for one, "
                             "pass --cpu " +
                             versions.front().machine.cpu);
  if (llvm::Error error = checkOrder(versions))
    return error;
  if (llvm::Error error = chooseTests(versions, table))
    return error;
  return versions;
}
