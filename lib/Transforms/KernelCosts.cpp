//===- KernelCosts.cpp - What the steps of kernels cost -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Transforms/KernelCosts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"

using namespace lowbit;

LLVM_YAML_IS_SEQUENCE_VECTOR(lowbit::MachineCosts)

namespace llvm::yaml {

template <> struct MappingTraits<StepCosts> {
  static const bool flow = true;
  static void mapping(IO &io, StepCosts &costs) {
    io.mapRequired("dot", costs.dot);
    io.mapRequired("depthwise", costs.depthwise);
    io.mapRequired("lookup16", costs.lookup16);
    io.mapOptional("lookup64", costs.lookup64, 0.0);
    io.mapOptional("lookup128", costs.lookup128, 0.0);
    io.mapRequired("widen", costs.widen);
    io.mapRequired("shift", costs.shift);
    io.mapRequired("load", costs.load);
  }
  static std::string validate(IO &, StepCosts &costs) {
    for (double cost :
         {costs.dot, costs.depthwise, costs.lookup16, costs.widen, costs.shift})
      if (!(cost > 0))
        return "costs are picoseconds above 0";
    for (double cost : {costs.lookup64, costs.lookup128, costs.load})
      if (!(cost >= 0))
        return "costs are not negative";
    return {};
  }
};

template <> struct MappingTraits<MachineCosts> {
  static void mapping(IO &io, MachineCosts &machine) {
    io.mapRequired("name", machine.name);
    io.mapRequired("measured-on", machine.measuredOn);
    io.mapRequired("bytes", machine.bytes);
    io.mapOptional("features", machine.features);
    io.mapRequired("picoseconds", machine.steps);
  }
};

template <> struct MappingTraits<KernelCosts> {
  static void mapping(IO &io, KernelCosts &costs) {
    io.mapRequired("machines", costs.machines);
  }
};

} // namespace llvm::yaml

const MachineCosts *KernelCosts::find(kernel::MachineAttr machine) const {
  auto found = llvm::find_if(machines, [&](const MachineCosts &known) {
    return known.bytes == machine.getBytes() &&
           llvm::all_of(known.features, [&](const std::string &feature) {
             return machine.has(feature);
           });
  });
  return found == machines.end() ? nullptr : &*found;
}

void KernelCosts::print(llvm::raw_ostream &os) const {
  llvm::yaml::Output output(os);
  output << const_cast<KernelCosts &>(*this);
}

/// Keeps the first message, with its place.
static void keepMessage(const llvm::SMDiagnostic &diagnostic, void *context) {
  auto &message = *static_cast<std::string *>(context);
  if (!message.empty())
    return;
  llvm::raw_string_ostream(message)
      << diagnostic.getFilename() << ':' << diagnostic.getLineNo() << ": "
      << diagnostic.getMessage();
}

llvm::Expected<KernelCosts> lowbit::parseKernelCosts(llvm::StringRef text,
                                                     llvm::StringRef fileName) {
  std::string message;
  KernelCosts costs;
  llvm::yaml::Input input(llvm::MemoryBufferRef(text, fileName), nullptr,
                          keepMessage, &message);
  input >> costs;
  // A document that maps nothing is no error to the YAML reader.
  if (message.empty() && costs.machines.empty())
    message = (fileName + ": names no machines; 'lowbit costs' writes such a "
                          "file")
                  .str();
  if (!message.empty())
    return llvm::createStringError(message);
  return costs;
}

llvm::Expected<KernelCosts> lowbit::loadKernelCosts(llvm::StringRef fileName) {
  auto buffer = llvm::MemoryBuffer::getFile(fileName, /*IsText=*/true);
  if (!buffer)
    return llvm::createStringError("cannot read costs '" + fileName +
                                   "': " + buffer.getError().message());
  return parseKernelCosts((*buffer)->getBuffer(), fileName);
}

const KernelCosts &lowbit::getKnownKernelCosts() {
  static const KernelCosts known = llvm::cantFail(parseKernelCosts(
#include "lib/Transforms/KernelCosts.inc"
      , "KernelCosts.yaml"));
  return known;
}
